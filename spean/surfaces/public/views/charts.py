"""Shapes of released figures: a map of the provinces, bars, lines of a trend. Only geometry; words stand in the templates.

The provinces' outlines are data of their own under the ODbL: `map/provinces.json`, with its licence beside it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from spean.evidence.figures import Quarter, Slice
from spean.evidence.published import FigureRow

MAP = Path(__file__).resolve().parent.parent / "map" / "provinces.json"
#: share of the voices that have an answer, in percent, from which on a province is drawn darker
STEPS = (25, 50, 75)
LEAST_FOR_A_NUMBER = 2000  # square units of the map: smaller provinces have no room for one
TOGETHER = "together"
_PROVINCE = 2  # parts of its path
NOTHING = "nothing"


@dataclass(frozen=True)
class Shape:
    """One province on the map. `shade` is 0 to 3, "together" or "nothing"; numbers only where it is told alone."""

    name: str
    outline: str
    shade: str
    x: int
    y: int
    percent: int | None
    numbered: bool
    row: FigureRow | None


@dataclass(frozen=True)
class Map:
    """The country."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    together: bool


@cache
def _outlines() -> dict:
    return json.loads(MAP.read_text(encoding="utf-8"))


def country(rows: Sequence[FigureRow], names: dict[str, str]) -> Map:
    """The provinces in the order of their codes; `names`: path -> name in the reader's language."""
    alone = {row.path: row for row in rows if row.level == "province" and row.path.count("/") == _PROVINCE}
    # nobody reads from the map which of the others has few voices, and which none
    together = any(row.rolled_up and row.path not in alone for row in rows)
    drawn = _outlines()
    shapes = []
    for code, outline in drawn["provinces"].items():
        path = f"KH/{code}/"
        row = alone.get(path)
        percent = round(100 * row.answered / row.raised) if row and row.raised else None
        shade = str(sum(percent >= step for step in STEPS)) if percent is not None else TOGETHER if together else NOTHING
        numbered = percent is not None and outline["area"] >= LEAST_FOR_A_NUMBER
        name = names.get(path, code)
        shapes.append(Shape(name, outline["d"], shade, outline["x"], outline["y"], percent, numbered, row))
    return Map(drawn["width"], drawn["height"], tuple(shapes), together)


@dataclass(frozen=True)
class Piece:
    """A part of a bar, in percent of its length."""

    slice: Slice
    tone: int
    x: float
    width: float


def bar(slices: Sequence[Slice]) -> tuple[Piece, ...]:
    """The told slices side by side; nothing where one is hidden, since its length would tell it."""
    numbers = [s.voices for s in slices]
    whole = sum(n or 0 for n in numbers)
    if None in numbers or not whole:
        return ()
    pieces, at = [], 0.0
    for tone, one in enumerate(slices):
        width = 100 * (one.voices or 0) / whole
        pieces.append(Piece(one, tone, round(at, 2), round(width, 2)))
        at += width
    return tuple(pieces)


WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 350, 240, 4, 164, 18, 36
_GAP = 24  # between two labels
LINES = ("raised", "answered", "kept", "overdue")


@dataclass(frozen=True)
class Line:
    """One line of the trend, with the place of its label."""

    name: str
    points: str
    x: float
    y: float
    label_y: float
    value: int


@dataclass(frozen=True)
class Trend:
    """The lines, and where the first and the last quarter stand."""

    quarters: tuple[Quarter, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def trend(quarters: Sequence[Quarter]) -> Trend | None:
    """The lines of a place; None where there are not two quarters."""
    if len(quarters) < 2:  # noqa: PLR2004 - a line needs two points
        return None
    most = max(*(q.raised for q in quarters), 1)
    step = (WIDTH - LEFT - RIGHT) / (len(quarters) - 1)
    lines: list[Line] = []
    for name in LINES:
        values = [getattr(q, name) for q in quarters]
        spots = [(LEFT + n * step, TOP + (HEIGHT - TOP - BOTTOM) * (1 - v / most)) for n, v in enumerate(values)]
        points = " ".join(f"{x:.0f},{y:.0f}" for x, y in spots)
        lines.append(Line(name, points, round(spots[-1][0]), round(spots[-1][1]), 0, values[-1]))
    return Trend(tuple(quarters), tuple(_labelled(lines)))


def _labelled(lines: Sequence[Line]) -> list[Line]:
    """Each label beside the end of its line, none upon another."""
    found: list[Line] = []
    lowest = HEIGHT - BOTTOM + 4
    for line in sorted(lines, key=lambda one: -one.y):
        wanted = min(line.y + 5, lowest)
        found.append(replace(line, label_y=wanted))
        lowest = wanted - _GAP
    return sorted(found, key=lambda one: LINES.index(one.name))
