"""Picture and recorded readings of a part of a text: their form, what is wrong with them, whether a reading still fits."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.kernel.text import clean, has_lone_surrogate, reverses_direction
from spean.library import wording
from spean.library.models import LONGEST_NAME

if TYPE_CHECKING:
    from spean.library.queries.showing import Shelf

type Media = dict[str, Any]

LANGUAGES = ("km", "en")
#: what may stand in it: files by their names; words about the picture; of a reading the mark of what it says
READINGS = tuple(f"reading_{code}" for code in LANGUAGES)
FILES = ("picture", *READINGS)
ALTS = tuple(f"alt_{code}" for code in LANGUAGES)
SIZE = ("wide", "high")
#: as `mediafiles` names them: SHA-256 of what is in them
_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|ogg|m4a|mp3)")
_MARK = re.compile(r"[0-9a-f]{16}")
GONE = _("This file is not here any more. Choose it again, or record it anew.")
TWO_WORDS = _("Say in both languages what the picture shows, for those who do not see it.")


def is_name(text: str) -> bool:
    """Whether a file may be called so."""
    return bool(_NAME.fullmatch(text))


def is_picture(name: str) -> bool:
    """Whether this is the name of a picture, else of a reading."""
    return name.endswith(".jpg")


def normal(given: Any) -> Media:
    """The same with nothing empty in it; {} where a part has neither picture nor reading."""
    told = given if isinstance(given, Mapping) else {}
    made: Media = {name: value for name in FILES if (value := str(told.get(name) or ""))}
    if "picture" in made:
        made |= {name: value for name in ALTS if (value := _plain(told.get(name)))}
        made |= {name: value for name in SIZE if isinstance(value := told.get(name), int) and 0 < value < 10_000}  # noqa: PLR2004
    made |= {f"heard_{n[-2:]}": value for n in READINGS if n in made and (value := str(told.get(f"heard_{n[-2:]}") or ""))}
    return made


def _plain(words: Any) -> str:
    """Words that can be kept; nothing of those that no form of ours sends."""
    told = clean(words if isinstance(words, str) else "")
    return "" if has_lone_surrogate(told) or reverses_direction(told) else told


def faults(media: Media) -> Iterator[tuple[str, str | Promise]]:
    """What cannot be kept of a normal one: a name that is none, a picture without words."""
    for name in FILES:
        if name in media and not (is_name(media[name]) and is_picture(media[name]) == (name == "picture")):
            yield name, GONE
    if "picture" in media:
        yield from ((name, TWO_WORDS) for name in ALTS if not media.get(name))
        yield from ((name, _("This is too long.")) for name in ALTS if len(media.get(name, "")) > LONGEST_NAME)
    for code in LANGUAGES:
        if f"heard_{code}" in media and not _MARK.fullmatch(media[f"heard_{code}"]):
            yield f"reading_{code}", GONE


def names_in(parts: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The files of these parts, each once."""
    media = [part.get("media") or {} for part in parts]
    return tuple(dict.fromkeys(one[name] for one in media for name in FILES if name in one))


def mark_of(part: Mapping[str, Any], pairs: Iterable[str], code: str, shelf: "Shelf") -> str:
    """A mark of all that a voice says of this part; another one as soon as a word is another, or a fact that stands in it.

    So a recorded price is heard no longer once the price is another, nobody vouches for it any more, or it was withdrawn.
    """
    texts = [str(part.get(f"{pair}_{code}", "")) for pair in pairs]
    papers = [pair[LANGUAGES.index(code)] for pair in part.get("documents") or ()]
    facts = [_told(key, code, shelf) for text in texts for key in wording.keys_in(text)]
    return sha256(json.dumps([texts, papers, facts], ensure_ascii=False).encode()).hexdigest()[:16]


def _told(key: str, code: str, shelf: "Shelf") -> list[Any]:
    """What readers see in the place of a fact."""
    shown = [shelf.facts[one.key] for one in shelf.at(key)]
    return [shelf.is_withdrawn(key), *([fact.amount, fact.unit, getattr(fact, f"words_{code}")] for fact in shown)]


def fitting(part: Mapping[str, Any], pairs: Iterable[str], code: str, shelf: "Shelf") -> str:
    """The reading in this language if it says what is written; "" where there is none, or it is out of date."""
    media = part.get("media") or {}
    name = media.get(f"reading_{code}", "")
    return name if name and media.get(f"heard_{code}") == mark_of(part, pairs, code, shelf) else ""
