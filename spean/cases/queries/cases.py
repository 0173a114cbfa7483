"""The lists of cases, the head of one, and the tiles of Today. Counted facts only: opening a seal is `operations.reading`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from spean.accounts import access, often
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.today import Tile
from spean.cases import enums
from spean.cases.models import Case, Step, Unasked
from spean.cases.operations.course import number
from spean.cases.operations.finding import OFTEN as SEARCH_OFTEN
from spean.cases.operations.reading import OFTEN, needs_reason
from spean.cases.queries import following, waiting
from spean.cases.step_enums import StepKind
from spean.cases.unasked_enums import UnaskedState
from spean.kernel import clock
from spean.kernel.paging import PAGE, Page, counts, cursor_day
from spean.privacy import keys
from spean.voices.enums import Age, Sex
from spean.voices.models import Concern

HEADED = Case.objects.select_related("place", "assigned_to", "closing_by")
SEEN_DAYS = timedelta(days=7)
LAST = date.max


@dataclass(frozen=True)
class CaseRow:
    """One line of a list."""

    id: UUID
    number: str
    state: str
    state_label: str
    risk: str
    risk_label: str
    indicated: str
    place: str
    country: str
    age: str
    assigned_to: str
    opened_on: date
    moved_on: date
    due_on: date | None
    late: bool


@dataclass(frozen=True)
class CaseHead:
    """A case's counted facts, and what this actor may do with it."""

    row: CaseRow
    team: UUID
    facts: Mapping[str, str]  # source, sex, age, country, risk: codes
    place_id: int | None
    source: str
    sex: str
    revision: int
    closed_for: str
    closing_by: str
    concern: UUID | None
    may: frozenset[str]
    needs_reason: bool
    readable: bool  # not erased
    readers: frozenset[str]


def _views(today: date) -> dict[str, Q]:
    under_way = Q(state__in=enums.UNDER_WAY)
    return {
        "open": under_way,
        "due": Q(state__in=enums.CaseState.values, due_on__lte=today),  # of a closed case, a follow-up: see `course.reckon_due`
        "danger": under_way & Q(risk=enums.Risk.NOW),
        "closing": Q(state=enums.CaseState.CLOSING),
        "closed": Q(state=enums.CaseState.CLOSED),
        "after": following.waiting(),
        "place": under_way & Q(Exists(waiting.called().filter(case=OuterRef("pk")))),
        "unasked": under_way & Q(pk__in=Unasked.objects.filter(state=UnaskedState.ASKED).values("case")),
    }


VIEWS = ("open", "due", "danger", "unasked", "closing", "closed", "after", "place")
SORTS = ("due", "moved")


def seen(actor: Actor, *, mine: bool, risk: str = "") -> QuerySet[Case]:
    """The cases that this actor sees, all or their own."""
    cases = access.visible(actor, "case.see", Case.objects.all())
    if mine:
        cases = cases.filter(assigned_to=actor.id)
    return cases.filter(risk=risk) if risk in enums.Risk else cases


def cases(actor: Actor, *, view: str = "open", mine: bool = False, risk: str = "", sort: str = "due", after: str = "") -> Page:
    """A page of cases: what is due first, or what moved last. Two queries."""
    today = clock.today()
    found = seen(actor, mine=mine, risk=risk).filter(_views(today).get(view, Q(state__in=enums.UNDER_WAY)))
    return _page(_sorted(found, sort, after), sort, today)


def _page(found: QuerySet[Case], sort: str, today: date) -> Page:
    """Their keys first, which an index holds in their order; then the rows of one page alone."""
    keys = list(found.values_list("pk", flat=True)[: PAGE + 1])
    known = Case.objects.select_related("place", "assigned_to").in_bulk(keys)
    rows = [known[key] for key in keys if key in known]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    day = (last.moved_on if sort == "moved" else last.due_on or LAST) if last else None
    return Page(tuple(case_row(c, today) for c in rows[:PAGE]), f"{day.isoformat()}.{last.id}" if last and day else "")


def _sorted(found: QuerySet[Case], sort: str, after: str) -> QuerySet[Case]:
    """By key: the last row's day and id say where the next page begins. What has no day to be due comes last."""
    if sort == "moved":
        if after:
            day, key = cursor_day(after)
            found = found.filter(Q(moved_on__lt=day) | Q(moved_on=day, pk__gt=key))
        return found.order_by("-moved_on", "id")
    if after:
        day, key = cursor_day(after)
        later = Q(due_on__gt=day) | Q(due_on=day, pk__gt=key) | Q(due_on=None)
        found = found.filter(Q(due_on=None, pk__gt=key) if day == LAST else later)
    return found.order_by(F("due_on").asc(nulls_last=True), "id")


def to_compare(actor: Actor) -> QuerySet[Case]:
    """The cases that may be of somebody who has another one, and that no supervisor has compared yet."""
    found = access.visible(actor, "case.compare", Case.objects.all())
    alike = Step.objects.filter(kind=StepKind.ALIKE).values("case")  # few among many cases
    return found.filter(~Exists(Step.objects.filter(case=OuterRef("pk"), kind=StepKind.COMPARED)), pk__in=alike)


def cases_alike(actor: Actor, after: str = "") -> Page:
    """A page of them, what moved last first. Two queries."""
    return _page(_sorted(to_compare(actor), "moved", after), "moved", clock.today())


def sees(actor: Actor, case_id: UUID) -> bool:
    """Whether this actor still sees the case, after it went to somebody else."""
    return seen(actor, mine=False).filter(pk=case_id).exists()


def case_counts(actor: Actor, *, mine: bool = False) -> dict[str, int]:
    """How many stand under each view, counted no further than a bound. One query."""
    cases = seen(actor, mine=mine)
    return counts({name: cases.filter(where) for name, where in _views(clock.today()).items()})


@dataclass(frozen=True)
class Load:
    """How much one person of a team looks after."""

    name: str
    under_way: int
    late: int
    danger: int


def caseload(actor: Actor) -> tuple[Load, ...]:
    """Who looks after how many, for supervisors; the most late first. One query."""
    if not actor.has(Role.SUPERVISOR):
        return ()
    today = clock.today()
    views = _views(today)
    under_way = seen(actor, mine=False).filter(views["open"]).order_by().values("assigned_to__name")
    late, danger = Q(due_on__lt=today), views["danger"]
    rows = under_way.annotate(
        under_way=Count("team"), late_ones=Count("team", filter=late), danger_now=Count("team", filter=danger)
    )
    found = (Load(r["assigned_to__name"] or "", r["under_way"], r["late_ones"], r["danger_now"]) for r in rows)
    return tuple(sorted(found, key=lambda load: (-load.late, -load.under_way, load.name)))


def case_row(c: Case, today: date) -> CaseRow:
    """One line of a list."""
    return CaseRow(
        id=c.id,
        number=number(c),
        state=c.state,
        state_label=str(enums.CaseState(c.state).label),
        risk=c.risk,
        risk_label=str(enums.Risk(c.risk).label),
        indicated=str(enums.Indicated(c.indicated).label) if c.indicated else "",
        place=c.place.name if c.place else "",
        country=str(enums.Country(c.country).label),
        age=str(Age(c.age).label),
        assigned_to=c.assigned_to.name if c.assigned_to else "",
        opened_on=c.opened_on,
        moved_on=c.moved_on,
        due_on=c.due_on,
        late=c.due_on is not None and c.due_on < today,
    )


def case_head(actor: Actor, case_id: UUID) -> CaseHead:
    """The counted facts of one case, and what may be done with it. Four queries at most, nothing sealed."""
    return head_of(actor, access.get(actor, "case.see", HEADED, case_id))


def head_of(actor: Actor, case: Case) -> CaseHead:
    """The same of a case that was found; three queries at most."""
    return CaseHead(
        row=case_row(case, clock.today()),
        team=case.team_id,
        facts={name: getattr(case, name) for name in ("source", "sex", "age", "country", "risk")},
        place_id=case.place_id,
        source=str(enums.Source(case.source).label),
        sex=str(Sex(case.sex).label),
        revision=case.revision,
        closed_for=str(enums.CloseFor(case.closed_for).label) if case.closed_for else "",
        closing_by=case.closing_by.name if case.closing_by else "",
        concern=_concern(actor, case),
        may=access.allowed(actor, "case", access.verbs("case"), case),
        needs_reason=needs_reason(actor, case),
        readable=bool(case.person),
        readers=frozenset(str(r.kind) for r in keys.readers(case.id)),
    )


def _concern(actor: Actor, case: Case) -> UUID | None:
    """The concern that it came from, for who may see that one."""
    if case.concern_id is None:
        return None
    seen = access.visible(actor, "concern.see", Concern.objects.filter(pk=case.concern_id))
    return seen.values_list("pk", flat=True).first()


def cases_of_concern(actor: Actor, concern_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """(id, number) of the cases that came from a concern, for who may see them."""
    found = access.visible(actor, "case.see", Case.objects.filter(concern=concern_id)).order_by("number")
    return tuple((c.id, number(c)) for c in found)


def tiles(actor: Actor) -> list[Tile]:
    """What is due, in danger, waits for a supervisor, or was opened by another or too often, for Today. Three queries at most."""
    alarm = often.tile(actor, OFTEN, "cases_often", _("Opened more cases than a day allows"))
    alarm += often.tile(actor, SEARCH_OFTEN, "case_searches_often", _("Searched among the cases more often than a day allows"))
    return [*alarm, *_tiles(actor)] if access.may(actor, "case.see") else alarm


def _tiles(actor: Actor) -> list[Tile]:
    today = clock.today()
    views, mine = _views(today), seen(actor, mine=True)
    looked = Step.objects.filter(case=OuterRef("pk"), kind=StepKind.SEEN, on__gte=today - SEEN_DAYS).exclude(by=actor.id)
    closing = access.visible(actor, "case.close", Case.objects.all())
    wanted = {
        "danger": seen(actor, mine=False).filter(views["danger"]),
        "due": mine.filter(views["due"]),
        "after": seen(actor, mine=False).filter(views["after"]),
        "closing": closing,
        "unasked": seen(actor, mine=False).filter(views["unasked"]),
        "alike": to_compare(actor),
        "place": mine.filter(views["place"]),
        "seen": mine.filter(Q(state__in=enums.UNDER_WAY), Exists(looked)),
    }
    found, free = counts(wanted), "view=place&mine=1"
    tiles = [
        Tile("cases_danger", _("Cases: in danger now"), found["danger"], "urgent", "desk:cases", "view=danger"),
        Tile("cases_due", _("Your cases: a task or a follow-up is due"), found["due"], "due", "desk:cases", "view=due&mine=1"),
        Tile("cases_place", _("Your cases: a place is free at a training course"), found["place"], "due", "desk:cases", free),
        Tile("cases_seen", _("Your cases that somebody else opened"), found["seen"], "calm", "desk:cases", "view=open&mine=1"),
    ]
    if access.may(actor, "case.agree_unasked"):
        told = _("Danger to life: somebody asks to tell without consent")
        tiles.append(Tile("cases_unasked", told, found["unasked"], "urgent", "desk:cases", "view=unasked"))
    if access.may(actor, "case.look"):
        told = _("Follow-ups that wait for a supervisor")
        tiles.append(Tile("cases_after", told, found["after"], "due", "desk:cases", "view=after"))
    if access.may(actor, "case.compare"):
        told = _("New cases that may be of somebody who has one")
        tiles.append(Tile("cases_alike", told, found["alike"], "due", "desk:cases_alike", ""))
    if access.may(actor, "case.close"):
        told = _("Cases that you can close")
        tiles.append(Tile("cases_closing", told, found["closing"], "due", "desk:cases", "view=closing"))
    return tiles
