"""The queue of a crossing on a day: who comes first, by number. Counted facts only; no name stands in it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.models import Arrival
from spean.cases.operations.border import FIRST
from spean.cases.operations.course import number
from spean.kernel.errors import Invalid
from spean.kernel.paging import BROKEN, PAGE, Page, counts
from spean.voices.enums import Age, Sex

STATES = ("waiting", "gone")
#: rows of a queue on one page: a printed sheet holds them
ROWS = PAGE


@dataclass(frozen=True)
class ArrivalRow:
    """Somebody who waits."""

    id: UUID
    number: int
    case: str
    sex: str
    age: str
    first: bool
    danger: bool
    child: bool
    sick: bool


def _waiting(actor: Actor, crossing: str, on: date) -> QuerySet[Arrival]:
    """Those of that day whom nobody looks after yet."""
    seen = access.visible(actor, "arrival.see", Arrival.objects.filter(crossing=crossing, on=on))
    return seen.filter(case__assigned_to=None, case__state__in=enums.UNDER_WAY)


def queue(actor: Actor, crossing: str, on: date, *, state: str = "waiting", after: str = "") -> Page:
    """A page of the queue: children and who is in danger first, then who is sick, each by number. One query."""
    found = _waiting(actor, crossing, on).filter(state=state).select_related("case").order_by("rank", "number")
    if after:
        rank, number = _cursor(after)
        found = found.filter(Q(rank__gt=rank) | Q(rank=rank, number__gt=number))
    rows = list(found[: ROWS + 1])
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    return Page(tuple(map(_row, rows[:ROWS])), f"{last.rank}.{last.number}" if last else "")


def _cursor(after: str) -> tuple[int, int]:
    rank, _dot, number = after.partition(".")
    if not (rank.isascii() and rank.isdecimal() and number.isascii() and number.isdecimal() and len(after) < 9):  # noqa: PLR2004 - figures
        raise Invalid({"after": BROKEN})
    return int(rank), int(number)


def queue_counts(actor: Actor, crossing: str, on: date) -> dict[str, int]:
    """How many wait, were not there when called, and were written down at all. One query."""
    waiting = _waiting(actor, crossing, on)
    all_of_day = access.visible(actor, "arrival.see", Arrival.objects.filter(crossing=crossing, on=on))
    return counts({**{state: waiting.filter(state=state) for state in STATES}, "all": all_of_day})


def last_number(actor: Actor, crossing: str, on: date) -> int:
    """The number that was given last; 0 for none yet. One query."""
    seen = access.visible(actor, "arrival.see", Arrival.objects.filter(crossing=crossing, on=on))
    return seen.aggregate(last=Max("number"))["last"] or 0


def _row(a: Arrival) -> ArrivalRow:
    return ArrivalRow(
        id=a.id,
        number=a.number,
        case=number(a.case),
        sex=str(Sex(a.case.sex).label),
        age=str(Age(a.case.age).label),
        first=a.rank == FIRST,
        danger=a.case.risk == enums.Risk.NOW,
        child=a.child,
        sick=a.sick,
    )
