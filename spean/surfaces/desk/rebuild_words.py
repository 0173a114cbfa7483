"""What the pages of the months after say and draw: how each area went, over time, and what came in. Pictures are plain lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
from spean.kernel.months import later
from spean.surfaces.desk.templatetags.desk import money, months_after
from spean.surfaces.templatetags.spean import digits

WIDTH, LEFT, RIGHT, TOP, STEP, BASE = 320, 24, 296, 30, 16, 104  # of a picture, in its own units
HIGHEST, BAR_BASE, MOST_MONTHS = 120, 160, 24


@dataclass(frozen=True)
class Mark:
    """One point or bar of a picture: where it stands, and what stands beside it."""

    x: int
    y: int
    label: str
    below: str = ""


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
    taken: bool


@dataclass(frozen=True)
class Told:
    """What is opened of the follow-ups: words and signs of each, and all areas over time."""

    words: dict[UUID, str]
    signs: dict[UUID, tuple[Sign, ...]]
    times: tuple[str, ...]
    lines: tuple[Line, ...]
    rose: tuple[str, ...]
    fell: tuple[str, ...]
    axis: tuple[tuple[int, str], ...]  # where each time stands, and its month
    open: frozenset[UUID]  # follow-ups with a sign that is no task yet
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
    taken = queries.taken(actor, case_id, [(pk, code) for pk, it in said.items() for code in it.signs])
    signs = {pk: tuple(_sign(code, taken=(pk, code) in taken) for code in it.signs) for pk, it in said.items()}
    return Told(
        words={pk: it.words for pk, it in said.items()},
        signs=signs,
        times=tuple(months_after(month) for month, _it in shown),
        lines=lines,
        rose=tuple(line.name for line in lines if line.moved == Moved.ROSE),
        fell=tuple(line.name for line in lines if line.moved == Moved.FELL),
        axis=tuple(zip(_spread(len(shown)), (digits(month) for month, _it in shown), strict=True)),
        open=frozenset(pk for pk, found in signs.items() if any(not sign.taken for sign in found)),
    )


def _sign(code: str, *, taken: bool) -> Sign:
    known = rebuild.signs().get(code)
    name, todo = (known.name.of(_language()), known.todo.of(_language())) if known else (code, "")
    return Sign(code, name, todo, taken)


def _line(course: rebuild.Course, months: Sequence[int]) -> Line:
    area, first_last = rebuild.areas()[course.code], course.ends
    xs = _spread(len(months))
    said = [(xs[at], step) for at, step in enumerate(course.steps) if step is not None]
    marks = tuple(Mark(x, _y(step), digits(step)) for x, step in said)
    cells = tuple((digits(step), area.steps[step - 1].of(_language())) if step else ("", "") for step in course.steps)
    told = "; ".join(f"{months_after(m)}: {c[0] or _('not said')}" for m, c in zip(months, cells, strict=True))
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
    """A bar for each month that was told, a gap for each that was not, from the first to the last."""
    sums: dict[date, Decimal] = {}
    for came in incomes:
        if came.currency == currency:
            sums[came.month] = sums.get(came.month, Decimal(0)) + came.amount
    first, last = min(sums), max(sums)
    first = max(first, later(last, 1 - MOST_MONTHS))
    months = [later(first, n) for n in range((last.year - first.year) * 12 + last.month - first.month + 1)]
    told = {month: sums[month] for month in months if month in sums}
    most = max(told.values()) or Decimal(1)
    labelled = {min(told), last, max(told, key=told.__getitem__)}
    bars = tuple(
        Mark(
            x,
            BAR_BASE - max(2, int(told[month] / most * HIGHEST)),
            money(told[month]) if month in labelled else "",
            _month(month) if month in {min(told), last} else "",
        )
        for x, month in zip(_spread(len(months)), months, strict=True)
        if month in told
    )
    said = "; ".join(f"{_month(month)}: {money(amount)}" for month, amount in told.items())
    return Bars(currency, f"{currency}. {said}", max(4, min(24, (RIGHT - LEFT) // len(months) - 3)), bars)


def _month(month: date) -> str:
    return digits(f"{month:%m/%Y}")


def _spread(n: int) -> list[int]:
    """Where the times of a picture stand, from left to right."""
    return [(LEFT + RIGHT) // 2] if n == 1 else [LEFT + (RIGHT - LEFT) * at // (n - 1) for at in range(n)]


def _y(step: int) -> int:
    return TOP + STEP * (rebuild.STEPS[-1] - step)


def _language() -> str:
    return get_language() or "km"
