"""Pages of rows, opened by key: a list is never counted past a bound and never skips."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid

PAGE = 25


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
        raise Invalid({"after": _("This link to the next page is broken. Open the list again.")}) from error


def in_language(km: str, en: str) -> str:
    """The one in the reader's language."""
    return en if get_language() == "en" else km
