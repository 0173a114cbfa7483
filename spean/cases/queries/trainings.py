"""Training courses: the list, one with who of our cases is in it (by number alone), and those of one case. Counted facts only."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import ledger_enums
from spean.cases import training_enums as codes
from spean.cases.models import Case, Training
from spean.cases.operations.course import number
from spean.cases.operations.enrolling import THERE
from spean.cases.operations.trainings import Kept
from spean.cases.queries.waiting import called
from spean.directory.enums import Language
from spean.kernel import clock
from spean.kernel.paging import PAGE, Page, cursor_day, in_language
from spean.voices.queries.finding import places_of

MOST_TO_CHOOSE = 200
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TrainingRow:
    """One line of the list."""

    id: UUID
    trade: str
    name: str
    provider: str
    place: str
    starts_on: date
    ends_on: date
    places: int
    free: int
    waiting: int
    age_from: int | None
    sex: str  # where it takes not everybody
    off: bool
    over: bool


@dataclass(frozen=True)
class Part:
    """One of our people in a training course, by number alone."""

    case: UUID
    number: str
    state: str
    state_label: str
    moved_on: date
    held: int
    attended: int
    certified: bool
    next: bool  # waits, and a place is free


@dataclass(frozen=True)
class TrainingPage:
    """One training course, and who of the cases that the reader reaches is in it. `left` are reasons and how many."""

    row: TrainingRow
    entry: UUID | None
    place: str  # its code
    kept: Mapping[str, Any]  # as it is written down, for its form
    language: str
    schooling: str
    fee: Decimal
    stipend: Decimal
    currency: str
    payer: str
    ends_with: str
    accessible: bool
    child_care: bool
    parts: tuple[Part, ...]
    left: tuple[tuple[str, int], ...]
    others: int  # of cases that the reader does not reach
    may: frozenset[str]


@dataclass(frozen=True)
class AttendanceView:
    """One tally."""

    since: date
    until: date
    held: int
    attended: int
    by: str


@dataclass(frozen=True)
class EnrolmentView:
    """One training course of a case. `verbs` are the moves that fit, `others` those to which the person can move."""

    id: UUID
    training: TrainingRow
    state: str
    state_label: str
    left_for: str
    made_on: date
    moved_on: date
    by: str
    stipend: bool
    delivered: str
    ends_with: str
    certificate: str
    certified_on: date | None
    tallies: tuple[AttendanceView, ...]
    held: int
    attended: int
    next_day: date  # the first that is not written down
    verbs: tuple[str, ...]
    others: tuple[TrainingRow, ...]
    may: frozenset[str]
    next: bool  # waits, and a place is free
    passes: bool  # a place may be free for which somebody else waits longer, here or where the person could move to


def _is_next() -> Exists:
    return Exists(called().filter(pk=OuterRef("pk")))


def _rows(found: QuerySet[Training]) -> QuerySet[Any]:
    """With how many places are taken and how many people wait."""
    taken, waits = Q(enrolments__state__in=codes.HOLDS_PLACE), Q(enrolments__state=codes.EnrolmentState.WAITING)
    counted = {"taken": Count("enrolments", filter=taken), "waits": Count("enrolments", filter=waits)}
    return found.select_related("entry", "place").annotate(**counted)


def trainings(actor: Actor, *, trade: str = "", place: str = "", free: bool = False, past: bool = False, after: str = "") -> Page:
    """A page of the organisation's, what begins first; what is past only when asked for, what began last then. One query."""
    found = _rows(access.visible(actor, "training.see", Training.objects.all()))
    found = found.filter(ends_on__lt=clock.today()) if past else _open(found)
    found = found.filter(trade=trade) if trade in codes.Trade else found
    found = found.filter(place__path__startswith=place) if place else found
    found = found.filter(taken__lt=F("places")) if free else found
    if after:
        day, key = cursor_day(after)
        later = Q(starts_on__lt=day) if past else Q(starts_on__gt=day)
        found = found.filter(later | Q(starts_on=day, pk__gt=key))
    rows = list(found.order_by("-starts_on" if past else "starts_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(map(_row, rows[:PAGE])), f"{last.starts_on.isoformat()}.{last.id}" if last else "")


def _open(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.filter(ends_on__gte=clock.today(), state=codes.TrainingState.OPEN)


def places(actor: Actor) -> list[tuple[str, str]]:
    """(path, name) of the provinces and districts in which there are training courses. Two queries."""
    return places_of(access.visible(actor, "training.see", Training.objects.all()))


def _row(t: Any) -> TrainingRow:
    provider = in_language(t.entry.provider_km, t.entry.provider_en) if t.entry else t.provider
    return TrainingRow(
        id=t.id,
        trade=str(codes.Trade(t.trade).label),
        name=t.name,
        provider=provider,
        place=t.place.name,
        starts_on=t.starts_on,
        ends_on=t.ends_on,
        places=t.places,
        free=max(t.places - t.taken, 0),
        waiting=t.waits,
        age_from=t.age_from,
        sex=str(codes.JoinSex(t.sex).label) if t.sex else "",
        off=t.state == codes.TrainingState.OFF,
        over=t.ends_on < clock.today(),
    )


def training(actor: Actor, training_id: UUID) -> TrainingPage:
    """One of them. Who is in it is told by number, of the cases that the reader reaches; of the others only how many."""
    t = access.get(actor, "training.see", _rows(Training.objects.select_related("entry__service")), training_id)
    seen = t.enrolments.filter(case__in=access.visible(actor, "case.see", Case.objects.all()))
    days: dict[str, Any] = {"held": Coalesce(Sum("attendances__held"), 0), "attended": Coalesce(Sum("attendances__attended"), 0)}
    found = list(seen.select_related("case").annotate(**days, next=_is_next()).order_by("state", "moved_on", "case__number"))
    left = Counter(e.left_for for e in found if e.left_for)
    return TrainingPage(
        row=_row(t),
        entry=t.entry_id if hasattr(t.entry, "service") else None,
        place=t.place.code,
        kept={f.name: getattr(t, f"{f.name}_id" if f.name == "entry" else f.name) for f in fields(Kept)},
        language=str(Language(t.language).label),
        schooling=str(codes.Schooling(t.schooling).label),
        fee=t.fee,
        stipend=t.stipend,
        currency=str(ledger_enums.Currency(t.currency).label),
        payer=str(codes.Payer(t.payer).label) if t.payer else "",
        ends_with=str(codes.CertificateKind(t.ends_with).label),
        accessible=t.accessible,
        child_care=t.child_care,
        parts=tuple(map(_part, found)),
        left=tuple((str(codes.LeftFor(code).label), n) for code, n in left.most_common()),
        others=t.enrolments.count() - len(found),
        may=access.allowed(actor, "training", ("change", "call_off"), t),
    )


def _part(e: Any) -> Part:
    label = str(codes.EnrolmentState(e.state).label)
    return Part(e.case_id, number(e.case), e.state, label, e.moved_on, e.held, e.attended, bool(e.certificate), e.next)


def to_choose(actor: Actor, case_id: UUID) -> tuple[TrainingRow, ...]:
    """Those that this case can be offered: not over, not there already; what begins first, no more than 200."""
    found = _open(_rows(access.visible(actor, "training.see", Training.objects.all()))).exclude(enrolments__case=case_id)
    return tuple(map(_row, found.order_by("starts_on", "id")[:MOST_TO_CHOOSE]))


def of_case(actor: Actor, case_id: UUID) -> tuple[EnrolmentView, ...]:
    """Those of one case; what goes on comes first. Four queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    kept = case.enrolments.select_related("by", "promise").prefetch_related("attendances__by")
    rows = kept.annotate(next=_is_next()).order_by("made_on", "id")
    known = {t.id: t for t in _rows(Training.objects.filter(pk__in=case.enrolments.values("training")))}
    others = to_choose(actor, case_id)
    found = [_enrolment(one, known[one.training_id], others) for one in rows]
    return tuple(sorted(found, key=lambda one: one.state not in codes.ON_THE_WAY))


def _enrolment(e: Any, t: Training, others: tuple[TrainingRow, ...]) -> EnrolmentView:
    tallies = sorted(e.attendances.all(), key=lambda a: a.since)
    fits = tuple(verb for verb, (leaves, _to) in codes.ENROLMENT_MOVES.items() if e.state in leaves)
    may = {"attend"} if e.state in THERE else set()
    may |= {"become"} if fits else set()
    may |= {"certify"} if e.state == codes.EnrolmentState.FINISHED else set()
    return EnrolmentView(
        id=e.id,
        training=_row(t),
        state=e.state,
        state_label=str(codes.EnrolmentState(e.state).label),
        left_for=str(codes.LeftFor(e.left_for).label) if e.left_for else "",
        made_on=e.made_on,
        moved_on=e.moved_on,
        by=e.by.name,
        stipend=e.promise_id is not None,
        delivered=e.promise.get_delivered_display() if e.promise else "",
        ends_with=t.ends_with,
        certificate=str(codes.CertificateKind(e.certificate).label) if e.certificate else "",
        certified_on=e.certified_on,
        tallies=tuple(AttendanceView(a.since, a.until, a.held, a.attended, a.by.name) for a in tallies),
        held=sum(a.held for a in tallies),
        attended=sum(a.attended for a in tallies),
        next_day=max((a.until for a in tallies), default=t.starts_on - A_DAY) + A_DAY,
        verbs=tuple(v for v in fits if v != "move" or others),
        others=others,
        may=frozenset(may),
        next=e.next,
        passes=_passes(e, _row(t), fits, others),
    )


def _passes(e: Any, row: TrainingRow, fits: tuple[str, ...], others: tuple[TrainingRow, ...]) -> bool:
    """Whether as many others wait as places are free; nobody is asked why who does not need to be."""
    waits = row.waiting - (e.state == codes.EnrolmentState.WAITING)
    here = "enrol" in fits and not e.next and 0 < row.free <= waits
    return here or ("move" in fits and any(0 < other.free <= other.waiting for other in others))
