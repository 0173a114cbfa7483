"""Programmes and projects: made, changed, started, ended, dropped; whose places, partners and teams a project has."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import EDITORS, WorkLevel
from spean.accounts.models import Organisation, Team
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.places.queries import by_code
from spean.privacy import audit
from spean.programme.enums import LIVE, PROJECT_MOVES, PartnerRole
from spean.programme.models import Programme, Project, ProjectPartner, ProjectPlace, ProjectTeam
from spean.programme.models.programmes import LONGEST_CODE, LONGEST_NAME

MOST_YEARS, MOST_PLACES, MOST_PARTNERS = 15, 100, 50
LONGEST_STRATEGY, LONGEST_ABOUT = 6000, 2000
NEEDED = _("Please fill this in.")
STRANGE = _("Choose one of the answers.")
BOTH = _("Write it in Khmer and in English, or leave both empty.")


@dataclass(frozen=True)
class ProgrammeWords:
    """What is written down of a programme."""

    code: str
    name_km: str
    name_en: str
    starts_on: date
    ends_on: date
    level: str
    strategy_km: str = ""
    strategy_en: str = ""


@dataclass(frozen=True)
class ProjectWords:
    """What is written down of a project. `teams` are ids of teams of the same organisation."""

    code: str
    name_km: str
    name_en: str
    starts_on: date
    ends_on: date
    programme: UUID | None = None
    about_km: str = ""
    about_en: str = ""
    teams: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Partner:
    """Who takes part: an organisation that works here, or the names of one that does not."""

    role: str
    organisation: UUID | None = None
    name_km: str = ""
    name_en: str = ""
    identifier: str = ""


@transaction.atomic
def make_programme(actor: Actor, words: ProgrammeWords, sent_id: UUID) -> UUID:
    """A new programme of the actor's organisation. A replay returns the first one's id."""
    return _make(actor, "programme", Programme, words, sent_id)


@transaction.atomic
def change_programme(actor: Actor, programme_id: UUID, words: ProgrammeWords) -> None:
    """Other words, days or another level."""
    found = find_programme(actor, programme_id, "change")
    _keep(actor, "programme", found, words)
    audit.record(actor, "programme.change", found, org=found.organisation_id)


@transaction.atomic
def make_project(actor: Actor, words: ProjectWords, sent_id: UUID) -> UUID:
    """A new project of the actor's organisation. A replay returns the first one's id."""
    return _make(actor, "project", Project, words, sent_id)


@transaction.atomic
def change_project(actor: Actor, project_id: UUID, words: ProjectWords) -> None:
    """Other words, days, teams, or another programme."""
    found = find_project(actor, project_id, "change")
    _keep(actor, "project", found, words)
    audit.record(actor, "project.change", found, org=found.organisation_id)


@transaction.atomic
def move_programme(actor: Actor, programme_id: UUID, verb: str) -> None:
    """Start, end or drop it. It ends after its projects."""
    found = find_programme(actor, programme_id, verb)
    if verb != "start" and found.projects.filter(state__in=LIVE).exists():
        raise Conflict(_("Projects of it are planned or running. End or drop them first."))
    _move(actor, "programme", found, verb)


@transaction.atomic
def move_project(actor: Actor, project_id: UUID, verb: str) -> None:
    """Start, end or drop it."""
    _move(actor, "project", find_project(actor, project_id, verb), verb)


@transaction.atomic
def add_place(actor: Actor, project_id: UUID, code: str) -> None:
    """A place where it works. Twice is once."""
    found, place = find_project(actor, project_id, "change"), by_code(code)
    if place is None:
        raise Invalid({"place": _("Choose the place.")})
    if found.places.count() >= MOST_PLACES:
        raise Invalid({"place": _("A project has no more than 100 places. Choose the larger place that holds them.")})
    ProjectPlace.objects.get_or_create(project=found, place_id=place.id, defaults={"path": place.path})
    audit.record(actor, "project.change", found, org=found.organisation_id, reason="place")


@transaction.atomic
def leave_place(actor: Actor, project_id: UUID, row: int) -> None:
    """It does not work there."""
    found = find_project(actor, project_id, "change")
    found.places.filter(pk=row).delete()
    audit.record(actor, "project.change", found, org=found.organisation_id, reason="place")


@transaction.atomic
def add_partner(actor: Actor, project_id: UUID, partner: Partner) -> None:
    """Who funds it, answers for it, or does the work. Twice is once."""
    found = find_project(actor, project_id, "change")
    known = partner.organisation is not None
    texts = {name: clean(getattr(partner, name)) for name in ("name_km", "name_en", "identifier")}
    wrong: dict[str, Any] = {name: too_long(LONGEST_NAME) for name, text in texts.items() if len(text) > LONGEST_NAME}
    if partner.role not in PartnerRole:
        wrong["role"] = STRANGE
    if known == bool(texts["name_km"] or texts["name_en"]):
        wrong["name_km"] = _("Choose an organisation, or write its names.")
    elif not known and not (texts["name_km"] and texts["name_en"]):
        wrong["name_km" if texts["name_en"] else "name_en"] = NEEDED
    organisation = Organisation.objects.filter(pk=partner.organisation).first() if partner.organisation else None
    if known and organisation is None:
        wrong["organisation"] = STRANGE
    if found.partners.count() >= MOST_PARTNERS:
        wrong["role"] = _("A project has no more than 50 donors and partners.")
    if wrong:
        raise Invalid(wrong)
    ProjectPartner.objects.get_or_create(
        project=found, role=partner.role, organisation=organisation, name_km=texts["name_km"],
        name_en=texts["name_en"], defaults={"identifier": texts["identifier"]},
    )  # fmt: skip
    audit.record(actor, "project.change", found, org=found.organisation_id, reason="partner")


@transaction.atomic
def leave_partner(actor: Actor, project_id: UUID, row: int) -> None:
    """It takes no part in this role."""
    found = find_project(actor, project_id, "change")
    leaving = found.partners.filter(pk=row)
    if leaving.filter(Q(money__isnull=False) | Q(shares__isnull=False)).exists():
        raise Conflict(_("Money of this donor is written down, so it stays."))
    leaving.delete()
    audit.record(actor, "project.change", found, org=found.organisation_id, reason="partner")


def find_programme(actor: Actor, programme_id: UUID, to: str) -> Programme:
    """The programme, locked, if the actor may do `to` to it."""
    rows = Programme.objects.select_for_update(of=("self",))
    return access.get(actor, "programme.see", rows, programme_id, to=f"programme.{to}")


def find_project(actor: Actor, project_id: UUID, to: str) -> Project:
    """The project, locked, if the actor may do `to` to it."""
    rows = Project.objects.select_for_update(of=("self",))
    return access.get(actor, "project.see", rows, project_id, to=f"project.{to}")


def _make(actor: Actor, noun: str, kind: type[Any], words: Any, sent_id: UUID) -> UUID:
    seats = actor.having(EDITORS)
    if not seats:
        raise NotAllowed
    known = kind.objects.filter(sent_id=sent_id).first()
    if known:
        if known.organisation_id not in actor.orgs:
            raise NotYours
        return known.id
    made = kind(id=new_id(), sent_id=sent_id, organisation_id=seats[0].org, made_by_id=actor.id)
    _keep(actor, noun, made, words)
    audit.record(actor, f"{noun}.make", made, org=made.organisation_id)
    return made.id


def _keep(actor: Actor, noun: str, made: Any, words: Any) -> None:
    """Write it, then ask the rule: a coordinator's are those in which several countries work together."""
    texts = {name: clean(value) if isinstance(value, str) else value for name, value in asdict(words).items()}
    teams = texts.pop("teams", ())
    wrong = {**_wrong(texts, made), **(_strangers(actor, made, words) if noun == "project" else {})}
    if wrong:
        raise Invalid(wrong)
    for name, value in texts.items():
        setattr(made, f"{name}_id" if name == "programme" else name, value)
    made.save()
    if not access.decide(actor, f"{noun}.change", made).allowed:
        network = _("A network coordinator makes those in which several countries work together: regional or international.")
        raise Invalid({"level" if noun == "programme" else "programme": network})
    if noun == "project":
        made.teams.exclude(team__in=teams).delete()
        for team in teams:
            ProjectTeam.objects.get_or_create(project=made, team_id=team)


def _strangers(actor: Actor, made: Project, words: ProjectWords) -> dict[str, Any]:
    """What is of another organisation."""
    wrong: dict[str, Any] = {}
    programmes = access.visible(actor, "programme.see", Programme.objects.filter(organisation=made.organisation_id))
    if words.programme and not programmes.filter(pk=words.programme).exists():
        wrong["programme"] = STRANGE
    if Team.objects.filter(pk__in=words.teams, organisation=made.organisation_id).count() != len(set(words.teams)):
        wrong["teams"] = STRANGE
    return wrong


def _wrong(texts: dict[str, Any], made: Any) -> dict[str, Any]:
    longest = {"code": LONGEST_CODE, "name_km": LONGEST_NAME, "name_en": LONGEST_NAME, "strategy_km": LONGEST_STRATEGY,
               "strategy_en": LONGEST_STRATEGY, "about_km": LONGEST_ABOUT, "about_en": LONGEST_ABOUT}  # fmt: skip
    wrong: dict[str, Any] = {n: too_long(most) for n, most in longest.items() if len(texts.get(n, "")) > most}
    wrong |= {name: NEEDED for name in ("code", "name_km", "name_en") if not texts[name]}
    long = "strategy" if "strategy_km" in texts else "about"
    if bool(texts[f"{long}_km"]) != bool(texts[f"{long}_en"]):
        wrong[f"{long}_en" if texts[f"{long}_km"] else f"{long}_km"] = BOTH
    if "level" in texts and texts["level"] not in WorkLevel:
        wrong["level"] = STRANGE
    if texts["ends_on"] < texts["starts_on"]:
        wrong["ends_on"] = _("It cannot end before it begins.")
    elif texts["ends_on"].year - texts["starts_on"].year > MOST_YEARS:
        wrong["ends_on"] = _("These days cannot be. Look at them again.")
    same: models.QuerySet[Any] = type(made).objects.filter(organisation=made.organisation_id, code=texts["code"])
    if same.exclude(pk=made.pk).exists():
        wrong["code"] = _("Another one has this code.")
    return wrong


def too_long(most: int) -> Any:
    """The reason, with the limit."""
    return _("This is too long: %(most)d letters are the most.") % {"most": most}


def _move(actor: Actor, noun: str, found: Any, verb: str) -> None:
    found.state = PROJECT_MOVES[verb][1]
    found.save(update_fields=["state"])
    audit.record(actor, f"{noun}.{verb}", found, org=found.organisation_id)
