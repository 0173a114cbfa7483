"""What is asked of volunteers, as it is written in `volunteers.toml`. Read once."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.kernel import clock
from spean.kernel.months import later
from spean.programme.volunteer_enums import CheckStep, TrainingKind

TABLE = Path(__file__).with_name("volunteers.toml")


@dataclass(frozen=True)
class Due:
    """A training that is due: never received, or to be done again since that day."""

    kind: str
    label: str
    since: date | None


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def edition() -> int:
    """The edition of the code of conduct that is signed now."""
    return int(_read()["conduct"]["edition"])


def years_kept() -> int:
    """How long what is sealed of a volunteer is kept after they left."""
    return int(_read()["kept"]["years"])


def first_kinds() -> tuple[str, ...]:
    """What everybody is trained in."""
    return tuple(_read()["first"]["kinds"])


def months_of(kind: str) -> int:
    """After how many months it is done again; 0 for once."""
    return int(_read()["again"].get(kind, 0))


def card_until() -> date:
    """Until when a card holds that is given today."""
    return clock.today() + timedelta(days=int(_read()["card"]["days"]))


def lacking(steps: set[str], learned: set[str], *, signed: bool) -> list[Any]:
    """What somebody lacks to be one of us: steps of the selection, the code of conduct, first trainings."""
    found: list[Any] = [step.label for step in CheckStep if step not in steps]
    if not signed:
        found.append(_("Code of conduct"))
    return found + [kind.label for kind in TrainingKind if kind in first_kinds() and kind not in learned]


def due(received: dict[str, date], today: date) -> tuple[Due, ...]:
    """Which trainings are due, of the last day on which each was received."""
    found = []
    for kind in TrainingKind:
        last, months = received.get(kind), months_of(kind)
        if last is None and kind in first_kinds():
            found.append(Due(kind, str(kind.label), None))
        elif last is not None and months and last <= later(today, -months):
            found.append(Due(kind, str(kind.label), later(last, months)))
    return tuple(found)
