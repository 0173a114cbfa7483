"""The first keys of a list of concerns in its order, however many there are.

A team's concerns of one state and one urgency lie in one stretch of an index, in the order of their days (`concern_queue`,
`concern_kind`, `concern_mine`). At the most a page of keys is read from each stretch, and the first of all these are the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from spean.kernel.errors import Invalid
from spean.kernel.paging import BROKEN, PAGE

#: the ways to sort
SORTS = ("urgency", "newest", "oldest")
URGENCIES = (0, 1, 2)
#: stand for a stretch's own values in the one statement that is written for all of them
_TEAM, _STATE, _URGENCY = UUID(int=0), "@", -1
_ORDER = {"urgency": "urgency, received_on, id", "newest": "received_on DESC, id DESC", "oldest": "received_on, id"}

Key = tuple[int, date, UUID]


@dataclass(frozen=True)
class Lists:
    """Which stretches, and in which order they are shown."""

    teams: tuple[UUID, ...]
    states: tuple[str, ...]
    urgencies: tuple[int, ...]
    sort: str


def first_keys(concerns: QuerySet[Any], lists: Lists, after: str) -> tuple[list[Key], str]:
    """The keys of one page of `concerns`, and the cursor of the next page. One query."""
    parts: list[str] = []
    values: list[Any] = []
    try:
        for sql, params in _stretches(concerns, lists, _begin(after)):
            parts.append(f"SELECT urgency, received_on, id FROM ({sql}) part{len(parts)}")  # noqa: S608 - written by the ORM
            values += params
    except EmptyResultSet:
        return [], ""
    if not parts:
        return [], ""
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY {_ORDER[lists.sort]} LIMIT {PAGE + 1}", values)
        found = [_key(*row) for row in cursor.fetchall()]
    if len(found) <= PAGE:
        return found, ""
    urgency, day, key = found[PAGE - 1]
    return found[:PAGE], f"{urgency}.{day.isoformat()}.{key}"


def _stretches(concerns: QuerySet[Any], lists: Lists, begin: Key | None) -> Iterator[tuple[str, Iterable[Any]]]:
    """The statement of each stretch: written once, or twice where one begins in its midst, and filled for each."""
    whole = _statement(concerns, lists.sort)
    rest = _statement(concerns.filter(_beyond(begin, newest=lists.sort == "newest")), lists.sort) if begin else whole
    for urgency in lists.urgencies:
        by_urgency = begin is not None and lists.sort == "urgency"
        if by_urgency and begin is not None and urgency < begin[0]:
            continue
        sql, params = whole if by_urgency and begin is not None and urgency > begin[0] else rest
        for team in lists.teams:
            for state in lists.states:
                own = {_adapted(_TEAM): _adapted(team), _STATE: state, _URGENCY: urgency}
                yield sql, [own.get(p, p) if isinstance(p, (str, int, UUID)) else p for p in params]


def _statement(concerns: QuerySet[Any], sort: str) -> tuple[str, tuple[Any, ...]]:
    order = ("-received_on", "-pk") if sort == "newest" else ("received_on", "pk")
    stretch = concerns.filter(team=_TEAM, state=_STATE, urgency=_URGENCY).order_by(*order)
    return stretch.values("urgency", "received_on", "id")[: PAGE + 1].query.sql_with_params()


def _adapted(key: UUID) -> Any:
    return key if connection.features.has_native_uuid_field else key.hex


def _beyond(begin: Key, *, newest: bool) -> Q:
    """What comes later: a range of days, which an index follows, without what was shown of its first day."""
    _urgency, day, key = begin
    if newest:
        return Q(received_on__lte=day) & (Q(received_on__lt=day) | Q(pk__lt=key))
    return Q(received_on__gte=day) & (Q(received_on__gt=day) | Q(pk__gt=key))


def _key(urgency: int, day: Any, key: Any) -> Key:
    """As Python knows them: SQLite gives texts."""
    return urgency, day if isinstance(day, date) else date.fromisoformat(day), key if isinstance(key, UUID) else UUID(key)


def _begin(cursor: str) -> Key | None:
    """Where the last page ended; a broken cursor is Invalid."""
    if not cursor:
        return None
    try:
        urgency, day, key = cursor.split(".")
        return URGENCIES[URGENCIES.index(int(urgency))], date.fromisoformat(day), UUID(key)
    except ValueError as error:
        raise Invalid({"after": BROKEN}) from error
