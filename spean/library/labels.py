"""A reference as a writer sees it: by the name of the fact, [[Price of a passport]]; kept as {fact:kh.passport.price}."""

import re
from collections import Counter
from collections.abc import Iterable

from spean.library import wording

_LABEL = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_HALF = re.compile(r"[^\n]{0,30}(?:\[\[|\]\])[^\n]{0,30}")
_BETWEEN = " · "


class Broken(Exception):
    """A text with a reference that means no fact; `mark` is what stands there."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        super().__init__(mark)


class Labels:
    """The names of facts in one language, each meaning one fact alone: the key stands beside a name that two share."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """From (key, name) of every fact."""
        named = list(names)
        shared = Counter(" ".join(name.split()) for _key, name in named)
        keys = {key for key, _name in named}
        self.of = {key: _label(key, " ".join(name.split()), shared, keys) for key, name in named}
        self.keys = {label: key for key, label in self.of.items()} | {key: key for key in keys}

    def shown(self, text: str) -> str:
        """A kept text as a writer sees it. A key that no fact has any more stays as it is."""
        parts = wording.parse(text)
        return "".join(
            part.text if isinstance(part, wording.Words) else f"[[{self.of.get(part.key, part.key)}]]" for part in parts
        )

    def read(self, text: str) -> str:
        """What a writer typed, as it is kept; Broken with the first mark that is no fact."""
        parts: list[wording.Part] = []
        end = 0
        for found in _LABEL.finditer(text):
            key = self.keys.get(" ".join(found[1].split()))
            if key is None:
                raise Broken(found[0])
            parts += [wording.Words(_whole(text[end : found.start()])), wording.Reference(key)]
            end = found.end()
        return wording.write([*parts, wording.Words(_whole(text[end:]))])


def _label(key: str, name: str, shared: Counter[str], keys: set[str]) -> str:
    if not name or "[" in name or "]" in name or _BETWEEN in name or name in keys:
        return key
    return name if shared[name] == 1 else f"{name}{_BETWEEN}{key}"


def _whole(words: str) -> str:
    """Words without half a mark in them."""
    if half := _HALF.search(words):
        raise Broken(half[0].strip())
    if slips := wording.broken(words):
        raise Broken(slips[0])
    return words


def in_both(names: Iterable[tuple[str, str, str]]) -> dict[str, Labels]:
    """From (key, Khmer name, English name) of every fact. A name copied from the other language is read as well."""
    named = list(names)
    km, en = Labels((key, name) for key, name, _en in named), Labels((key, name) for key, _km, name in named)
    km.keys, en.keys = en.keys | km.keys, km.keys | en.keys
    return {"km": km, "en": en}
