"""What the pages of progress draw: the periods of an indicator as bars, their targets as lines. Pictures are plain shapes."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from spean.programme.amounts import Amount
from spean.programme.queries.progress import AtPlace, Group, Line, Period, Progress
from spean.programme.result_enums import Unit
from spean.surfaces.templatetags.spean import day, digits

WIDTH, BASE, TOP, LEFT, GAP, MOST_BARS = 320, 92, 22, 8, 6, 24


@dataclass(frozen=True)
class Bar:
    """One period of the picture: where it stands, and where its target is; `target` is 0 for none."""

    x: int
    y: int
    width: int
    height: int
    target: int
    until: int  # the right end of the target's line
    label: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Row:
    """One period in the table."""

    days: str
    target: str
    actual: str


@dataclass(frozen=True)
class Shown:
    """An indicator, said and drawn."""

    line: Line
    title: str
    baseline: str
    target: str
    actual: str
    reached: str
    bars: tuple[Bar, ...]
    first: str
    last: str
    told: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ShownGroup:
    """A result with its indicators."""

    group: Group
    lines: tuple[Shown, ...]


def figure(amount: Amount | None) -> str:
    """A number in the reader's digits."""
    if amount is None:
        return "–"
    said = number(amount.rounded().value, amount.unit)
    return _("at least %(n)s") % {"n": said} if amount.more else said


def number(value: Decimal, unit: str = "") -> str:
    """A plain number in the reader's digits, with the sign of a per cent."""
    plain = f"{value:,.1f}".removesuffix(".0")
    return digits(f"{plain}%" if unit == Unit.PERCENT else plain)


def groups(found: Progress) -> tuple[ShownGroup, ...]:
    """Every result as it is shown."""
    return tuple(ShownGroup(group, tuple(map(shown, group.lines))) for group in found.groups)


def shown(line: Line) -> Shown:
    """One indicator, said and drawn."""
    periods = line.periods[-MOST_BARS:]
    told = [period for period in periods if period.actual is not None]
    parts = [f"{_days(p)}: {figure(p.actual)}" for p in told]
    return Shown(
        line=line,
        title=line.name,
        baseline=figure(line.baseline),
        target=figure(line.target),
        actual=figure(line.actual),
        reached="" if line.reached is None else digits(f"{line.reached}%"),
        bars=bars(periods) if told else (),
        first=day(periods[0].starts_on) if periods else "",
        last=day(periods[-1].ends_on) if periods else "",
        told="; ".join(parts),
        rows=tuple(Row(_days(p), figure(p.target), _actual(p)) for p in line.periods),
    )


def places(found: tuple[AtPlace, ...]) -> tuple[tuple[str, str], ...]:
    """Each place, and what was reached there."""
    return tuple((at.name, figure(at.actual)) for at in found)


def _days(period: Period) -> str:
    return f"{day(period.starts_on)} – {day(period.ends_on)}"


def _actual(period: Period) -> str:
    return _("fewer than may be told") if period.hidden else figure(period.actual)


def bars(periods: tuple[Period, ...]) -> tuple[Bar, ...]:
    """The bars of a picture, as high as the largest number or target; numbers below nothing stand at the base."""
    numbers = [amount.value for p in periods for amount in (p.actual, p.target) if amount is not None]
    most = max([*numbers, Decimal(1)])
    step = (WIDTH - 2 * LEFT) // len(periods)
    width = max(step - GAP, 4)
    bars = []
    for at, period in enumerate(periods):
        height = _height(period.actual, most)
        target = BASE - _height(period.target, most) if period.target is not None else 0
        x = LEFT + at * step
        named = len(periods) <= 6 or at in (0, len(periods) - 1)  # noqa: PLR2004 - more labels would touch one another
        label = figure(period.actual) if period.actual is not None and named else ""
        top = min(BASE - height, target or BASE) - 6
        bars.append(Bar(x, BASE - height, width, height, target, x + width, label, x + width // 2, top))
    return tuple(bars)


def _height(amount: Amount | None, most: Decimal) -> int:
    return int(max(amount.value, Decimal(0)) * (BASE - TOP) / most) if amount is not None else 0
