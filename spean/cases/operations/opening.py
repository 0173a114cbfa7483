"""Opening a case: from a concern, or for a person who came in another way. Sealed before any write."""

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import KEY_ROLES
from spean.accounts.models import Organisation, Team
from spean.cases import enums
from spean.cases.contexts import person_context
from spean.cases.models import Case
from spean.cases.operations.course import done
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import NotAllowed, NotYours
from spean.places.models import Place
from spean.privacy import keys
from spean.privacy.sealing import seal
from spean.voices.enums import Age, Sex
from spean.voices.models import Concern
from spean.voices.operations.intake import sent_hash


@dataclass(frozen=True)
class Person:
    """Who the person is, in clear for the moment of a page. `contact` says how it is safe to reach them."""

    name_km: str = ""
    name_latin: str = ""
    aliases: tuple[str, ...] = ()
    contact: dict[str, str] = field(default_factory=dict)
    dependants: str = ""
    story: str = ""
    language: str = "km"
    place: dict[str, str] | None = None

    def content(self) -> dict[str, Any]:
        """As it is sealed."""
        return {**asdict(self), "aliases": list(self.aliases)}

    @classmethod
    def of(cls, content: dict[str, Any]) -> "Person":
        """As it was sealed."""
        return cls(**{**content, "aliases": tuple(content["aliases"])})


@dataclass(frozen=True)
class Facts:
    """What is counted of a person: codes alone."""

    source: str
    sex: str = Sex.NOT_SAID
    age: str = Age.NOT_SAID
    country: str = enums.Country.NOT_KNOWN
    risk: str = enums.Risk.NOT_KNOWN


@transaction.atomic
def open_case(
    actor: Actor,
    team_id: UUID,
    person: Person,
    facts: Facts,
    sent_id: UUID,
    *,
    place: Place | None = None,
    concern_id: UUID | None = None,
) -> UUID:
    """A new case that the actor looks after. A replay returns the first one's id."""
    known = sent_before(actor, sent_id)
    if known is not None:
        return known.id
    if not access.may(actor, "case.open"):
        raise NotAllowed
    team = team_of(actor, team_id, concern_id)
    case = begin(actor, team, person, facts, sent_id, place=place, concern_id=concern_id, assigned_to=actor.id)
    done(actor, case, "case.open", StepKind.OPENED, reason=str(concern_id or ""))
    return case.id


def sent_before(actor: Actor, sent_id: UUID) -> Case | None:
    """The case that this actor made with this id; NotYours where it was somebody else."""
    known = Case.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known and known.opened_by_id != actor.id:
        raise NotYours
    return known


def team_of(actor: Actor, team_id: UUID, concern_id: UUID | None = None) -> Team:
    """The team, if this actor may open a case for it."""
    team = next((t for t in teams_for(actor, concern_id) if t.id == team_id), None)
    if team is None:
        raise NotYours
    return team


def begin(
    actor: Actor,
    team: Team,
    person: Person,
    facts: Facts,
    sent_id: UUID,
    *,
    assigned_to: UUID | None,
    place: Place | None = None,
    concern_id: UUID | None = None,
) -> Case:
    """The case with its key and what is sealed; its first step is the caller's. For operations only."""
    case = Case(
        org_id=team.organisation_id,
        number=_next_number(team.organisation_id),
        team=team,
        assigned_to_id=assigned_to,
        opened_by_id=actor.id,
        concern_id=concern_id,
        place=counted_place(place),
        opened_on=clock.today(),
        moved_on=clock.today(),
        sent_hash=sent_hash(sent_id),
        **asdict(facts),
    )
    key = keys.new_subject(case.id, org=case.org_id, teams=[team.id])
    case.person = seal(key, person.content(), person_context(case))
    case.save(force_insert=True)
    return case


def teams_for(actor: Actor, concern_id: UUID | None = None) -> list[Team]:
    """For which teams this actor may open a case: those in which they work, or the one that holds the concern."""
    seats = [s.team for s in actor.having(KEY_ROLES)]
    found = Team.objects.filter(pk__in=seats).select_related("organisation").order_by("name_en", "id")
    if concern_id is not None:
        found = found.filter(pk=access.get(actor, "concern.see", Concern.objects.all(), concern_id).team_id)
    return list(found)


def _next_number(org: UUID) -> int:
    """The next number of this organisation; whoever opens one at the same time waits at its row."""
    Organisation.objects.select_for_update().get(pk=org)
    return (Case.objects.filter(org_id=org).aggregate(last=Max("number"))["last"] or 0) + 1


def counted_place(place: Place | None) -> Place | None:
    """The commune of a village: the village itself is sealed."""
    return place.parent if place is not None and place.level == "village" else place
