"""What a ledger of a case is: its page, what is counted and opened for it, and what is done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form

from spean.accounts.access import Actor
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.ledger_forms import RowForm


@dataclass(frozen=True)
class Ledger:
    """One ledger: its page, what is counted on it, what is opened for it, what is done with it and with one row of it.

    A row says by `may` which acts fit its state. The form of a row's act is made with the row, and brings its id as `row`.
    """

    template: str
    title: Any
    rows: Callable[[Actor, UUID], Any]
    read: Callable[[Actor, UUID, str], Any]
    acts: Mapping[str, Act]
    row_acts: Mapping[str, Act]


def row_form(kind: type[RowForm]) -> Callable[[str, Actor, Any, Any], Form]:
    """How an act makes the form of one row."""
    return lambda verb, _actor, row, data: kind.of(f"{verb}-{row.id}", data, about=row)
