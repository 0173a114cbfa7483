"""What the pages of the months after say and draw: how each area went, over time, and what came in. Pictures are plain lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spean.accounts.access import Actor
from spean.cases import rebuild
from spean.cases.operations import following as operations
from spean.cases.operations import livelihoods
from spean.cases.operations.livelihoods import Came
from spean.cases.queries import following as queries
from spean.cases.rebuild_enums import Moved
from spean.surfaces.desk.templatetags.desk import money
from spean.surfaces.templatetags.spean import digits

WIDTH, LEFT, RIGHT, TOP, STEP, BASE = 320, 24, 296, 30, 16, 104  # of a picture, in its own units
HIGHEST, BAR_BASE, MOST_MONTHS = 120, 160, 24


@dataclass(frozen=True)
class Mark:
    """One point or bar of a picture: where it stands, and what stands beside it."""

    x: int
    y: int
    label: str
    below: str
    height: int = 0


@dataclass(frozen=True)
class Line:
    """How one area went: in words, as a picture, and as the cells of a table."""

    name: str
    moved: str  # a code of Moved
    words: str
    told: str  # the picture, said
    points: str
    marks: tuple[Mark, ...]
    cells: tuple[tuple[str, str], ...]  # the step and what it says, for each time


@dataclass(frozen=True)
class Bars:
    """What came in in one currency, month by month."""

    currency: str
    told: str
    width: int
    bars: tuple[Mark, ...]


@dataclass(frozen=True)
class Sign:
    """A sign that was seen, and the task that it proposes."""

    code: str
    name: str
    todo: str


@dataclass(frozen=True)
class Told:
    """What is opened of the follow-ups: words and signs of each, and all areas over time."""

    words: dict[UUID, str]
    signs: dict[UUID, tuple[Sign, ...]]
    times: tuple[str, ...]
    lines: tuple[Line, ...]
    rose: tuple[str, ...]
    fell: tuple[str, ...]
    levels: tuple[int, ...] = tuple(TOP + STEP * at for at in range(len(rebuild.STEPS)))


@dataclass(frozen=True)
class Earned:
    """What is opened of livelihoods: their words, what came in, and a picture of each currency."""

    words: dict[UUID, str]
    incomes: tuple[Came, ...]
    pictures: tuple[Bars, ...]


def after(actor: Actor, case_id: UUID, reason: str = "") -> Told:
    """The follow-ups of a case, opened."""
    said = operations.read(actor, case_id, reason)
    months = {f.id: f.month for f in queries.follow_ups(actor, case_id)}
    shown = [(months.get(pk, 0), it) for pk, it in said.items()]
    courses = rebuild.courses([it.steps for _month, it in shown])
    lines = tuple(_line(course, [month for month, _it in shown]) for course in courses)
    return Told(
        words={pk: it.words for pk, it in said.items()},
        signs={pk: tuple(map(_sign, it.signs)) for pk, it in said.items()},
        times=tuple(time(month) for month, _it in shown),
        lines=lines,
        rose=tuple(line.name for line in lines if line.moved == Moved.ROSE),
        fell=tuple(line.name for line in lines if line.moved == Moved.FELL),
    )


def time(month: int) -> str:
    """When it was: at the start, or after so many months."""
    return _("After %(n)s months") % {"n": digits(month)} if month > 1 else _("After 1 month") if month else _("At the start")


def _sign(code: str) -> Sign:
    known = rebuild.signs().get(code)
    return Sign(code, known.name.of(_language()), known.todo.of(_language())) if known else Sign(code, code, "")


def _line(course: rebuild.Course, months: Sequence[int]) -> Line:
    area, first_last = rebuild.areas()[course.code], course.ends
    xs = _spread(len(months))
    said = [(xs[at], months[at], step) for at, step in enumerate(course.steps) if step is not None]
    marks = tuple(Mark(x, _y(step), digits(step), digits(month)) for x, month, step in said)
    cells = tuple((digits(step), area.steps[step - 1].of(_language())) if step else ("", "") for step in course.steps)
    told = "; ".join(f"{time(m)}: {c[0] or _('not said')}" for m, c in zip(months, cells, strict=True))
    points = " ".join(f"{mark.x},{mark.y}" for mark in marks)
    name = area.name.of(_language())
    return Line(name, course.moved, _in_words(course.moved, first_last), f"{name}. {told}", points, marks, cells)


def _in_words(moved: Moved, ends: tuple[int, int]) -> str:
    numbers = {"a": digits(ends[0]), "b": digits(ends[1])}
    words = {
        Moved.ROSE: _("Rose from %(a)s to %(b)s"),
        Moved.FELL: _("Fell from %(a)s to %(b)s"),
        Moved.SAME: _("Stays at %(b)s"),
    }
    return words.get(moved, _("Said once: %(b)s")) % numbers


def earned(actor: Actor, case_id: UUID, reason: str = "") -> Earned:
    """The livelihoods of a case and what came in, opened."""
    opened = livelihoods.read(actor, case_id, reason)
    counted = [came for came in opened.incomes if not came.mistaken]
    currencies = dict.fromkeys(came.currency for came in counted)
    return Earned(opened.words, opened.incomes, tuple(_bars(name, counted) for name in currencies))


def _bars(currency: str, incomes: Sequence[Came]) -> Bars:
    months: dict[str, Decimal] = {}
    for came in incomes:
        if came.currency == currency:
            name = digits(f"{came.month:%m/%Y}")
            months[name] = months.get(name, Decimal(0)) + came.amount
    shown = list(months.items())[-MOST_MONTHS:]
    most = max((amount for _name, amount in shown), default=Decimal(0)) or Decimal(1)
    xs, tall = _spread(len(shown)), [int(amount / most * HIGHEST) for _name, amount in shown]
    labelled = {0, len(shown) - 1, tall.index(max(tall))}
    bars = tuple(
        Mark(xs[at], BAR_BASE - high, money(amount) if at in labelled else "", name if at in {0, len(shown) - 1} else "", high)
        for at, ((name, amount), high) in enumerate(zip(shown, tall, strict=True))
    )
    told = "; ".join(f"{name}: {money(amount)}" for name, amount in shown)
    return Bars(currency, f"{currency}. {told}", max(4, min(24, (RIGHT - LEFT) // max(len(shown), 1) - 3)), bars)


def _spread(n: int) -> list[int]:
    """Where the times of a picture stand, from left to right."""
    return [(LEFT + RIGHT) // 2] if n == 1 else [LEFT + (RIGHT - LEFT) * at // (n - 1) for at in range(n)]


def _y(step: int) -> int:
    return TOP + STEP * (rebuild.STEPS[-1] - step)


def _language() -> str:
    return get_language() or "km"
