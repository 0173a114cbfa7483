"""Looking for planted words in everything that could be taken: as they were, and in the disguises that software gives."""

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from tests.reading import file_bytes

GZIP = b"\x1f\x8b\x08"


def disguises(text: str) -> set[bytes]:
    """The forms in which a text may lie about, in lower case; what is searched is lower-cased too."""
    plain = text.encode()
    forms = {plain, plain.hex().encode(), json.dumps(text)[1:-1].encode(), quote(text).encode()}
    forms |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
    forms |= {_in_base64(plain, start) for start in range(3)}
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 8:
        forms.add(digits.encode())
    return {form.lower() for form in forms if len(form) >= 8}


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

    def found(self, texts: Iterable[str]) -> dict[str, list[str]]:
        """Which of `texts` is where."""
        hits = {}
        for text in texts:
            forms, plain = disguises(text), text.encode().lower()
            where = [name for name, data in self.parts.items() if any(form in data for form in forms)]
            where += [name for name, data in self.large.items() if plain in data]
            if where:
                hits[text] = where
        return hits
