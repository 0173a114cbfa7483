"""Texts as rows of a sheet, one for each part that stands in two languages, and back into the part that a row is of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.kernel.text import clean, has_lone_surrogate, latin_digits, reverses_direction
from spean.library import texts
from spean.library.labels import Broken, Labels
from spean.library.sheet import Fault, Row, address_of, columns_of

#: the headings, in their order; `version` says from which version the row was taken
COLUMNS = ("key", "km", "en", "version")
DOCUMENTS = "documents"
TWICE = _("This key stands in the sheet twice.")
UNKNOWN = _("There is no such text or part of one here. Take the sheet anew, and write new texts on the desk.")
SIGNS = _("There are hidden signs in this text. Please type it again.")
BROKEN = _("Here a mark of a fact is broken: %(mark)s. Take the mark out and put the fact in again from the list.")


@dataclass(frozen=True)
class Read:
    """One row: which part of which text, and what it says; or what is wrong with it."""

    number: int
    key: str
    km: str
    en: str
    version: int
    faults: tuple[Fault, ...] = ()

    @property
    def text(self) -> str:
        """The text that it is of: way.malaysia."""
        return ".".join(self.key.split(".")[:2])


def parts_of(kind: str, slug: str, body: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """(key, what its reasons are called by, Khmer, English) of each part, in the order of the page."""
    for number, (begin, part, pairs) in enumerate(texts.parts(kind, body)):
        key = f"{kind}.{slug}." + (f"step-{number}." if number else "")
        for pair in pairs:
            yield key + pair, begin + pair, part[f"{pair}_km"], part[f"{pair}_en"]
        if number:
            km, en = ("\n".join(pair[at] for pair in part["documents"]) for at in (0, 1))
            yield key + DOCUMENTS, begin + DOCUMENTS, km, en


def rows_of(kind: str, slug: str, body: Mapping[str, Any], version: int, labels: Mapping[str, Labels]) -> Iterator[list[str]]:
    """A text as rows, its facts by their names, as the form shows them."""
    for key, _name, km, en in parts_of(kind, slug, body):
        yield [key, labels["km"].shown(km), labels["en"].shown(en), str(version)]


def put(body: Any, key: str, km: str, en: str) -> None:
    """Write what a row says into its part. The key is one of `parts_of`."""
    *_text, step, name = ["", *key.split(".")[2:]][-2:]
    part = body["steps"][int(step.removeprefix("step-")) - 1] if step else body
    if name == DOCUMENTS:
        lines = [_lines(words) for words in (km, en)]
        part[DOCUMENTS] = [list(pair) for pair in zip(*lines, strict=True)]
    else:
        part[f"{name}_km"], part[f"{name}_en"] = km, en


def read(rows: Sequence[Row], labels: Mapping[str, Labels]) -> list[Read]:
    """The rows below the headings, each judged by itself; Invalid when the headings are not ours."""
    at = columns_of(rows, COLUMNS, COLUMNS)
    told = [(number, {name: clean(given[n]) if n < len(given) else "" for name, n in at.items()}) for number, given in rows[1:]]
    keys = Counter(said["key"] for _number, said in told)  # of two rows nobody can say which is meant
    return [_row(number, said, at, labels, twice=keys[said["key"]] > 1) for number, said in told]


def _row(number: int, said: dict[str, str], at: Mapping[str, int], labels: Mapping[str, Labels], *, twice: bool) -> Read:
    faults = [Fault(address_of(at, "key", number), TWICE)] if twice else []
    kept = {}
    for code in texts.LANGUAGES:
        try:
            if has_lone_surrogate(said[code]) or reverses_direction(said[code]):
                faults.append(Fault(address_of(at, code, number), SIGNS))
            kept[code] = labels[code].read(said[code])
        except Broken as broken:
            kept[code] = said[code]
            faults.append(Fault(address_of(at, code, number), BROKEN % {"mark": broken.mark}))
    if said["key"].endswith(f".{DOCUMENTS}") and len(_lines(kept["km"])) != len(_lines(kept["en"])):
        faults.append(Fault(address_of(at, "en", number), texts.SAME_LINES))
    version = latin_digits(said["version"])
    is_number = version.isascii() and version.isdecimal() and len(version) < 6  # noqa: PLR2004 - figures
    if not is_number:
        faults.append(Fault(address_of(at, "version", number), _("Leave in this column what stood there.")))
    return Read(number, said["key"], kept["km"], kept["en"], int(version) if is_number else 0, tuple(faults))


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
