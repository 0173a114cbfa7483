"""Looking for planted words in everything that could be taken: as they were, and in the disguises that software gives."""

import base64
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import numpy as np

from tests.reading import file_bytes

GZIP = b"\x1f\x8b\x08"
#: bytes of a form that are looked for at each place at once; no form is shorter
BEGIN = 8
_BITS = 20
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def disguises(text: str) -> set[bytes]:
    """The forms in which a text may lie about, in lower case; what is searched is lower-cased too."""
    plain = text.encode()
    forms = {plain, plain.hex().encode(), json.dumps(text)[1:-1].encode(), quote(text).encode()}
    forms |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
    forms |= {_in_base64(plain, start) for start in range(3)}
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 8:
        forms.add(digits.encode())
    return {form.lower() for form in forms if len(form) >= BEGIN}


def _in_base64(plain: bytes, start: int) -> bytes:
    """What is the same in every base64 of something that holds `plain`, begun at this place of three."""
    skipped = (3 - start) % 3
    whole = plain[skipped:]
    return base64.b64encode(whole[: len(whole) // 3 * 3])


def unpacked(data: bytes) -> Iterator[bytes]:
    """The data, and every gzip member and zlib stream in it."""
    yield data
    for magic, window in ((GZIP, 31), (b"\x78\x9c", 15), (b"\x78\xda", 15), (b"\x78\x01", 15)):
        at = data.find(magic)
        while at >= 0:
            yield from _inflated(data[at:], window)
            at = data.find(magic, at + 1)


def _inflated(data: bytes, window: int) -> Iterator[bytes]:
    try:
        found = zlib.decompressobj(window).decompress(data, 64 * 1024 * 1024)
    except zlib.error:
        return
    if len(found) >= 8:
        yield found


class Loot:
    """Everything that was taken, by where it came from."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}
        self.large: dict[str, bytes] = {}

    def add(self, name: str, data: bytes) -> None:
        """One part, as it is and unpacked."""
        self.parts[name] = self.parts.get(name, b"") + b"\n".join(unpacked(data)).lower()

    def add_large(self, name: str, data: bytes) -> None:
        """One part that is searched for the plain texts only: a log of many megabytes."""
        self.large[name] = self.large.get(name, b"") + data.lower()

    def add_folder(self, folder: Path, name: str) -> None:
        """Every file in a folder, and the files' names."""
        for path in sorted(folder.rglob("*")):
            self.add(f"{name} file names", str(path.relative_to(folder)).encode() + b"\n")
            if path.is_file():
                self.add(f"{name} {path.suffix or path.name}", file_bytes(path))

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(map(len, [*self.parts.values(), *self.large.values()]))

    def found(self, texts: Sequence[str]) -> dict[str, list[str]]:
        """Which of `texts` is where."""
        hits: dict[str, list[str]] = {}
        forms = {form: text for text in texts for form in disguises(text)}
        plain = {text.encode().lower(): text for text in texts}
        for parts, wanted in ((self.parts, forms), (self.large, plain)):
            for name, data in parts.items():
                for text in {wanted[form] for form in standing(data, list(wanted))}:
                    hits.setdefault(text, []).append(name)
        return hits


def standing(data: bytes, forms: Sequence[bytes]) -> set[bytes]:
    """Which of thousands of forms, of 8 bytes or more each, stand somewhere in the data: every place is looked at once."""
    if any(len(form) < BEGIN for form in forms):
        raise ValueError("A form is too short to be looked for.")
    begins: dict[int, list[bytes]] = {}
    for form in forms:
        begins.setdefault(int.from_bytes(form[:BEGIN], "little"), []).append(form)
    known = np.zeros(1 << _BITS, dtype=bool)
    known[_marks(np.array(list(begins), dtype=np.uint64))] = True
    found: set[bytes] = set()
    for start in range(min(BEGIN, max(0, len(data) - BEGIN + 1))):
        eights = np.frombuffer(data, dtype="<u8", offset=start, count=(len(data) - start) // BEGIN)
        for at in np.flatnonzero(known[_marks(eights)]):
            found.update(form for form in begins.get(int(eights[at]), ()) if data.startswith(form, start + int(at) * BEGIN))
    return found


def _marks(eights: np.ndarray) -> np.ndarray:
    return (eights * _SPREAD) >> np.uint64(64 - _BITS)
