"""The board: cases that are being worked on, in columns by danger, by day or by who looks after them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.cases import enums
from spean.cases.models import Case
from spean.cases.queries.cases import CaseRow, case_row, seen
from spean.kernel import clock
from spean.kernel.paging import counts

#: cases that a column shows, and all columns together; the list behind a column's head has all of them
SHOWN, CARDS = 8, 96
#: people that a board has columns for, those with most cases first
MOST_PEOPLE = 24
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Column:
    """One column: how many there are, the first of them, and the query of the list that has all; "" where none has."""

    name: str
    count: int
    rows: tuple[CaseRow, ...]
    query: Mapping[str, str] = field(default_factory=dict)


def boards(actor: Actor) -> tuple[str, ...]:
    """The boards that this actor has use of: who looks after only their own has none by person."""
    return ("risk", "due", "who") if actor.has(Role.SUPERVISOR) else ("risk", "due")


def board(actor: Actor, by: str, *, mine: bool = False) -> tuple[Column, ...]:
    """The columns of one board. Three queries: what stands on it is found by its ids, part by part, and then read at once."""
    today = clock.today()
    under_way = seen(actor, mine=mine).filter(state__in=enums.UNDER_WAY)
    parts = {"who": _people, "due": _days}.get(by, _risks)(under_way, today)
    if not parts:
        return ()
    first = [under_way.filter(part.where).order_by(F("due_on").asc(nulls_last=True), "id") for part in parts]
    each = min(SHOWN, CARDS // len(parts))
    ids, *more = [Case.objects.filter(pk__in=rows.values("pk")[:each]).order_by().values_list("pk", flat=True) for rows in first]
    cases = Case.objects.filter(pk__in=list(ids.union(*more, all=True))).select_related("place", "assigned_to")
    shown = list(cases.order_by(F("due_on").asc(nulls_last=True), "id"))
    counted = {} if by == "who" else counts({str(n): rows for n, rows in enumerate(first)})
    return tuple(
        Column(
            part.name,
            counted.get(str(n), part.count),
            tuple(case_row(c, today) for c in shown if part.has(c)),
            part.query,
        )
        for n, part in enumerate(parts)
    )


@dataclass(frozen=True)
class _Part:
    """What belongs into a column: for the database, and for one case that it gave."""

    name: str
    where: Q
    has: Callable[[Case], bool]
    query: Mapping[str, str] = field(default_factory=dict)
    count: int = 0


def _risks(_under_way: QuerySet[Case], _today: date) -> list[_Part]:
    return [
        _Part(str(r.label), Q(risk=r), lambda c, r=r: c.risk == r, {"view": "open", "risk": r.value})  # type: ignore[misc]
        for r in enums.Risk
    ]


def _days(_under_way: QuerySet[Case], today: date) -> list[_Part]:
    week = today + A_WEEK
    return [
        _Part(_("Late"), Q(due_on__lt=today), lambda c: c.due_on is not None and c.due_on < today, {"view": "due"}),
        _Part(_("Due today"), Q(due_on=today), lambda c: c.due_on == today, {"view": "due"}),
        _Part(
            _("Within a week"), Q(due_on__gt=today, due_on__lte=week), lambda c: c.due_on is not None and today < c.due_on <= week
        ),
        _Part(_("Later"), Q(due_on__gt=week), lambda c: c.due_on is not None and c.due_on > week),
        _Part(_("No task with a day"), Q(due_on=None), lambda c: c.due_on is None),
    ]


def _people(under_way: QuerySet[Case], _today: date) -> list[_Part]:
    """Who looks after how many; nobody stands first."""
    rows = under_way.order_by().values_list("assigned_to__name", "assigned_to").annotate(number=Count("team"))
    found = sorted(rows, key=lambda row: (row[1] is not None, -row[2], row[0] or ""))
    return [
        _Part(name or _("Nobody yet"), Q(assigned_to=pk), lambda c, pk=pk: c.assigned_to_id == pk, count=number)  # type: ignore[misc]
        for name, pk, number in found[:MOST_PEOPLE]
    ]
