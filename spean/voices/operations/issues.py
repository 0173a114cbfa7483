"""From concerns to an issue: open, join, write and approve the public-safe summary, raise with a committee."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import COMMITTEE_LEVELS, OrganisationKind
from spean.accounts.models import Organisation, Team
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.places.models import Place
from spean.privacy import audit
from spean.voices import enums
from spean.voices.models import Concern, Issue, IssueConcern, IssueFact, IssuePlace, Step
from spean.voices.operations.intake import sent_hash
from spean.voices.signals import issue_moved


@dataclass(frozen=True)
class Summary:
    """The public-safe words of an issue, in both languages."""

    title_km: str
    title_en: str
    summary_km: str
    summary_en: str


def find(actor: Actor, issue_id: UUID, verb: str) -> Issue:
    """The issue, locked for the change `verb`, or the refusal that fits."""
    return access.get(actor, "issue.see", Issue.objects.select_for_update(of=("self",)), issue_id, to=f"issue.{verb}")


def move(issue: Issue, verb: str) -> None:
    """Enter the next state of MOVES, save the issue, write its step, tell who listens. Inside an operation only."""
    states, to = enums.ISSUE_MOVES[verb]
    if issue.state not in states:
        raise Conflict
    issue.state = to
    issue.moved_on = clock.today()
    issue.save()
    step(issue)
    tell(issue)


def tell(issue: Issue) -> None:
    """Tell who publishes that the public words of an issue may have changed; in the same transaction."""
    issue_moved.send(sender=Issue, issue=issue.pk)


def step(issue: Issue) -> None:
    """Write the present state on the issue's ladder."""
    Step.objects.create(issue=issue, position=issue.steps.count(), state=issue.state, on=clock.today())


@transaction.atomic
def open_issue(
    actor: Actor,
    team_id: UUID,
    *,
    kind: str,
    places: Iterable[Place],
    words: Summary,
    facts: Mapping[str, int],
    concerns: Iterable[UUID],
    sent_id: UUID,
) -> UUID:
    """A new issue, as a draft that somebody else has to approve. A replay returns the first one's id."""
    known = Issue.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        if known.written_by_id != actor.id:
            raise NotYours
        return known.id
    if not access.may(actor, "issue.open"):
        raise NotAllowed
    team = Team.objects.filter(pk=team_id, pk__in=[s.team for s in actor.having(_openers())]).first()
    if team is None:
        raise NotYours
    places = list(places)
    if not places or any(p.level not in {"village", "commune"} for p in places):
        raise Invalid({"place": _("Choose the village or commune that this issue is about.")})
    issue = Issue.objects.create(
        number=_next_number(),
        team=team,
        organisation_id=team.organisation_id,
        kind=kind,
        written_by_id=actor.id,
        opened_on=clock.today(),
        moved_on=clock.today(),
        sent_hash=sent_hash(sent_id),
        **_words(words),
    )
    IssuePlace.objects.bulk_create(IssuePlace(issue=issue, place=p) for p in {p.pk: p for p in places}.values())
    IssueFact.objects.bulk_create(IssueFact(issue=issue, fact=f, number=n) for f, n in facts.items() if n)
    step(issue)
    audit.record(actor, "issue.open", issue, org=issue.organisation_id)
    for concern_id in concerns:
        _join(actor, concern_id, issue)
    return issue.id


def _next_number() -> int:
    """The next issue's number. Numbers are one row for all organisations, so all wait at the same one of them."""
    Organisation.objects.select_for_update().order_by("pk").first()
    return (Issue.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _openers() -> set[Any]:
    return {role for rule in access.RULES["issue.open"] for role in rule.roles}


def _words(words: Summary) -> dict[str, str]:
    return {name: getattr(words, name) for name in ("title_km", "title_en", "summary_km", "summary_en")}


@transaction.atomic
def join(actor: Actor, concern_id: UUID, issue_id: UUID) -> None:
    """Make a concern part of an issue of the same team. Twice is once."""
    issue = find(actor, issue_id, "join")
    _join(actor, concern_id, issue)


def _join(actor: Actor, concern_id: UUID, issue: Issue) -> None:
    concern = access.get(actor, "concern.see", Concern.objects.select_for_update(of=("self",)), concern_id)
    if concern.team_id != issue.team_id:
        raise NotYours
    if IssueConcern.objects.filter(issue=issue, concern=concern).exists():
        return
    access.require(actor, "concern.join", concern)
    IssueConcern.objects.create(issue=issue, concern=concern, joined_by_id=actor.id, on=clock.today())
    concern.state = enums.CONCERN_MOVES["join"][1]
    concern.moved_on = clock.today()
    concern.save(update_fields=["state", "moved_on"])
    audit.record(actor, "concern.join", concern, org=issue.organisation_id, reason=str(issue.id))


@transaction.atomic
def rewrite(actor: Actor, issue_id: UUID, words: Summary) -> None:
    """Change the summary; the issue is a draft again, to be approved by somebody else."""
    issue = find(actor, issue_id, "rewrite")
    for name, value in _words(words).items():
        setattr(issue, name, value)
    issue.written_by_id = actor.id
    issue.approved_by = None
    move(issue, "rewrite")
    audit.record(actor, "issue.rewrite", issue, org=issue.organisation_id)


@transaction.atomic
def approve(actor: Actor, issue_id: UUID) -> None:
    """A second person has read the summary: it names nobody and may be read by everybody."""
    issue = access.get(actor, "issue.see", Issue.objects.select_for_update(of=("self",)), issue_id)
    if issue.written_by_id == actor.id:
        raise NotAllowed(_("Another person has to approve what you wrote."))
    access.require(actor, "issue.approve", issue)
    issue.approved_by_id = actor.id
    move(issue, "approve")
    audit.record(actor, "issue.approve", issue, org=issue.organisation_id)


@transaction.atomic
def raise_issue(actor: Actor, issue_id: UUID, committee_id: UUID) -> None:
    """Put the issue before a commune's committee; its time to answer begins."""
    issue = find(actor, issue_id, "raise")
    committee = committees_for(issue).filter(pk=committee_id).first()
    if committee is None:
        raise Invalid({"committee": _("Choose the committee of a commune that this issue is about.")})
    level = COMMITTEE_LEVELS[OrganisationKind(committee.kind)]
    issue.committee = committee
    issue.raised_on = clock.today()
    issue.due_on = clock.today() + timedelta(days=enums.ANSWER_DAYS[level])
    move(issue, "raise")
    audit.record(actor, "issue.raise", issue, org=issue.organisation_id, reason=str(committee.id))


def committees_for(issue: Issue) -> Any:
    """The committees of the communes that an issue's places lie in."""
    communes = {path for p in issue.places.select_related("place") for path in [_commune_path(p.place.path)]}
    return Organisation.objects.filter(kind=OrganisationKind.COMMUNE_COMMITTEE, place__path__in=communes)


def _commune_path(path: str) -> str:
    """The first four parts: KH/14/1411/141104/."""
    return "/".join(path.split("/")[:4]) + "/"
