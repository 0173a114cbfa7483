"""Pages of rows, opened by key: a list is never counted past a bound and never skips."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid

PAGE = 25
#: further nothing is counted: it is told as "1,000+"
MOST = 1000
MOST_DIGITS = 6  # of a position
BROKEN = _("This link to the next page is broken. Open the list again.")


@dataclass(frozen=True)
class Page:
    """One page of rows; `after` opens the next one, "" when there is none."""

    rows: tuple[Any, ...]
    after: str


def cursor_day(cursor: str) -> tuple[date, UUID]:
    """The day and key that a page ended with; a broken one is Invalid."""
    try:
        day, key = cursor.split(".")
        return date.fromisoformat(day), UUID(key)
    except ValueError as error:
        raise Invalid({"after": BROKEN}) from error


def cursor_position(cursor: str) -> int:
    """The position that a page ended with; a broken one is Invalid."""
    if not cursor.isdecimal() or len(cursor) > MOST_DIGITS:
        raise Invalid({"after": BROKEN})
    return int(cursor)


def in_language(km: str, en: str) -> str:
    """The one in the reader's language."""
    return en if get_language() == "en" else km


def in_either(km: str, en: str) -> str:
    """The one in the reader's language, or the other one where that was not written."""
    return in_language(km, en) or km or en


def counts(wanted: Mapping[str, QuerySet[Any]], most: int = MOST) -> dict[str, int]:
    """How many rows each of these has, counted no further than `most` + 1. One query for all of them."""
    parts: list[str] = []
    values: list[Any] = []
    asked: list[str] = []
    found = dict.fromkeys(wanted, 0)
    for name, rows in wanted.items():
        try:
            sql, params = rows.order_by().values("pk")[: most + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        asked.append(name)
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) part{len(parts)})")  # noqa: S608 - written by the ORM
        values += params
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", values)
            found.update(zip(asked, cursor.fetchone(), strict=True))
    return found
