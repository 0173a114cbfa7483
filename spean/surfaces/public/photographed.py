"""The answer about photographed pages as a page shows it: each finding's words marked on the picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.checks import contract
from spean.checks.contract import Finding, Language
from spean.collect import pages as collected
from spean.collect.pages import Page, Word
from spean.surfaces.public import checked

AROUND = 34  # pixels shown around the words
NARROW = 620  # pixels of a strip: more would be too small to read on a telephone
TROUBLES: dict[str, Promise] = {
    "blank": _("We see nothing written on this page. Is it the right side?"),
    "unclear": _(
        "We could not read this page. Take a new photo: in daylight, the paper flat, straight from above, near enough that it "
        "fills the picture. Or it is in letters that we do not read."
    ),
    "nodata": _("This machine cannot read this language at the moment. Type the text instead."),
}


class Stretch(NamedTuple):
    """A word of the page and where it stands in the text."""

    start: int
    end: int
    word: Word


class Box(NamedTuple):
    """A place on a picture, and the number of the finding it belongs to."""

    left: int
    top: int
    wide: int
    high: int
    number: int


@dataclass(frozen=True)
class Cut:
    """A strip of a page's picture, with the words of one finding on it."""

    page: int
    wide: int
    high: int  # of the whole picture
    view: str  # left, top, width and height of the strip
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Shown:
    """One page: its picture with everything found on it, and the field of its text."""

    number: int
    index: int
    wide: int
    high: int
    view: str
    boxes: tuple[Box, ...]
    firsts: tuple[int, ...]  # findings whose words stand here first
    trouble: Any
    field: Any


def answer(pages: Sequence[Page], texts: Sequence[str], language: str, form: Any) -> dict[str, Any]:
    """Check the texts, and mark what was found on the pictures."""
    whole = "\n".join(texts)
    reading = contract.check(whole)
    stretches = [aligned(page, text) for page, text in zip(pages, texts, strict=True)]
    begins = [sum(len(t) + 1 for t in texts[:n]) for n in range(len(texts))]
    found = [list(_boxes(n, stretches[n], begins[n], reading.findings)) for n in range(len(pages))]
    unread = [n for n, page in enumerate(pages, 1) if page.trouble]
    shown = [
        Shown(
            n + 1,
            n,
            page.wide,
            page.high,
            f"0 0 {page.wide} {page.high}",
            tuple(found[n]),
            _firsts(n, found),
            _trouble(page),
            form[f"page{n}"],
        )
        for n, page in enumerate(pages)
    ]  # fmt: skip
    told = checked.shown(reading, whole, language)
    if unread and told["ending"] == "none_found":  # what stands on the others may be what matters
        told["ending"] = "unread"
    return told | {
        "pages": shown,
        "unread_pages": unread,
        "cuts": {n: list(_cuts(n, pages, found)) for n in range(1, len(reading.findings) + 1)},
        "known": reading.language != Language.UNKNOWN,
    }


def _firsts(page: int, found: Sequence[Sequence[Box]]) -> tuple[int, ...]:
    before = {box.number for boxes in found[:page] for box in boxes}
    return tuple(sorted({box.number for box in found[page]} - before))


def _trouble(page: Page) -> Any:
    return TROUBLES.get(page.trouble) or collected.REASONS.get(page.trouble, "")


# -- where it stands ----------------------------------------------------------------------------------
def aligned(page: Page, text: str) -> list[Stretch]:
    """Each word's place in the text, also after somebody corrected it: a word takes the place of what stands for it."""
    own, at = [], 0
    for piece, word in page.pieces():
        if word is not None:
            own.append(Stretch(at, at + len(piece), word))
        at += len(piece)
    if text == page.text:
        return own
    given = _tokens(text)
    out: list[Stretch] = []
    matcher = SequenceMatcher(None, [s.word.text for s in own], [text[a:b] for a, b in given], autojunk=False)
    for _what, i, j, k, m in matcher.get_opcodes():
        if j - i == m - k:
            out += [Stretch(*given[k + n], own[i + n].word) for n in range(j - i)]
        elif j > i and m > k:  # several for several: each may be any of them
            out += [Stretch(given[k][0], given[m - 1][1], stretch.word) for stretch in own[i:j]]
    return out


def _tokens(text: str) -> list[tuple[int, int]]:
    out, start = [], None
    for at, letter in enumerate(f"{text} "):
        if letter in " \t\n\r\u00a0":
            if start is not None:
                out.append((start, at))
            start = None
        elif start is None:
            start = at
    return out


def _boxes(page: int, stretches: Iterable[Stretch], begin: int, findings: Sequence[Finding]) -> Iterable[Box]:
    stretches = list(stretches)
    for number, finding in enumerate(findings, 1):
        parts = [
            part
            for spot in finding.spots
            for stretch in stretches
            if (part := _part(stretch, spot.start - begin, spot.end - begin)) is not None
        ]
        for _line, some in groupby(sorted(set(parts), key=lambda p: (p[0], p[1])), key=lambda p: p[0]):
            row = list(some)
            left, top = min(p[1] for p in row), min(p[2] for p in row)
            yield Box(left, top, max(p[3] for p in row) - left, max(p[4] for p in row) - top, number)


def _part(stretch: Stretch, start: int, end: int) -> tuple[int, int, int, int, int] | None:
    """(line, left, top, right, bottom) of the letters of this word that lie between; Khmer words are whole phrases."""
    begin, after = max(start, stretch.start), min(end, stretch.end)
    if begin >= after:
        return None
    word, long = stretch.word, stretch.end - stretch.start
    wide = word.right - word.left
    left = word.left + wide * (begin - stretch.start) // long
    return word.line, left, word.top, max(left + 4, word.left + wide * (after - stretch.start) // long), word.bottom


def _cuts(number: int, pages: Sequence[Page], found: Sequence[Sequence[Box]]) -> Iterable[Cut]:
    for n, boxes in enumerate(found):
        mine = sorted((box for box in boxes if box.number == number), key=lambda b: b.top)
        while mine:
            first, some = mine[0], [mine.pop(0)]
            while mine and mine[0].top - first.top < 4 * first.high:
                some.append(mine.pop(0))
            yield Cut(n, pages[n].wide, pages[n].high, _view(some, pages[n]), tuple(some))


def _view(some: Sequence[Box], page: Page) -> str:
    top, bottom = min(b.top for b in some) - AROUND, max(b.top + b.high for b in some) + AROUND
    left, right = min(b.left for b in some) - AROUND, max(b.left + b.wide for b in some) + AROUND
    spare = max(0, NARROW - (right - left)) // 2
    left, right = max(0, left - spare), min(page.wide, right + spare)
    top, bottom = max(0, top), min(page.high, bottom)
    return f"{left} {top} {right - left} {bottom - top}"
