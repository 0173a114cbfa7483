"""Two versions of a text side by side, line by line: facts by their names, pictures by their words, readings by their state."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from spean.library import media, texts
from spean.library.enums import Destination, Kind, PageKind, Paper, Work
from spean.library.models import TextVersion
from spean.library.queries.showing import Shelf

if TYPE_CHECKING:
    from spean.library.queries.texts import FactNames

CONTEXT = 1  # unchanged lines beside a changed one


@dataclass(frozen=True)
class Line:
    """A line of a comparison: `mark` is "", "new", "gone", or "gap" for lines that are left out."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two versions, line by line, in each language."""

    old: int
    new: int
    km: tuple[Line, ...]
    en: tuple[Line, ...]


def compared(kind: str, old: TextVersion, new: TextVersion, names: "FactNames", shelf: Shelf) -> Comparison:
    """The lines in which two versions differ. `shelf`: the facts of both, for whether a reading says what is written."""
    km, en = (_differing(*(_lines(kind, one.body, code, names, shelf) for one in (old, new))) for code in texts.LANGUAGES)
    return Comparison(old.number, new.number, km, en)


def _differing(old: list[str], new: list[str]) -> tuple[Line, ...]:
    """What is gone and what is new, with a line of what surrounds it."""
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            head, tail = (CONTEXT if a else 0), (CONTEXT if b < len(old) or d < len(new) else 0)
            kept = old[a:b]
            if len(kept) > head + tail:
                found += [*map(Line, kept[:head]), Line("", "gap"), *map(Line, kept[len(kept) - tail :])]
            else:
                found += map(Line, kept)
        else:
            found += [Line(text, "gone") for text in old[a:b]] + [Line(text, "new") for text in new[c:d]]
    return tuple(found) if any(line.mark in ("gone", "new") for line in found) else ()


def _lines(kind: str, body: texts.Body, code: str, names: "FactNames", shelf: Shelf) -> list[str]:
    """A version as lines, its facts by their names."""
    found: list[str] = []
    with translation.override(code):
        for number, (_begin, part, pairs) in enumerate(texts.parts(kind, body)):
            for pair in pairs:
                found += (
                    f"{texts.NAMES[pair]}: {line}"
                    for line in names.labels[code].shown(part[f"{pair}_{code}"]).splitlines()
                    if line.strip()
                )
            at = texts.LANGUAGES.index(code)
            found += [f"{texts.NAMES['documents']}: {pair[at]}" for pair in part.get("documents", ())]
            found += [f"{texts.NAMES['gives']}: {Paper(paper).label}" for paper in part.get("gives", ())]
            found += _media(part, texts.read_of(kind, number), code, shelf)
            if part is body:
                found += _settings(kind, body, names)
    return found


def _settings(kind: str, body: texts.Body, names: "FactNames") -> list[str]:
    """Where to, what work, which facts stand above: in the language that is active."""
    found = [f"{texts.NAMES['position']}: {body['position']}"]
    if kind == PageKind.WAY:
        subjects = {subject: name for subject, name, _unit in names.subjects}
        chosen = [
            ("kind", Kind, [body["kind"]]),
            ("destination", Destination, [body["destination"]]),
            ("works", Work, body["works"]),
        ]
        found += [f"{texts.NAMES[name]}: {book(one).label}" for name, book, several in chosen for one in several if one]
        found += [f"{texts.NAMES['state_subject']}: {body['state_subject']}"] if body["state_subject"] else []
        found += [f"{texts.NAMES[f'glance_{n}']}: {subjects.get(s, s)}" for n, several in body["glance"].items() for s in several]
    return found


def _media(part: Mapping[str, Any], pairs: tuple[str, ...], code: str, shelf: Shelf) -> list[str]:
    """Its picture and its reading, in the language that is active."""
    kept = part.get("media") or {}
    found = []
    if "picture" in kept:
        found.append(f"{texts.NAMES['picture']}: {kept.get(f'alt_{code}', '')} ({kept['picture'][:6]})")
    if name := kept.get(f"reading_{code}"):
        state = _("says what is written") if media.fitting(part, pairs, code, shelf) else _("out of date: nobody hears it")
        found.append(f"{texts.NAMES['reading']}: {name[:6]}, {state}")
    return found
