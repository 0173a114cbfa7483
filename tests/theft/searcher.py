"""What a thief does with a copy: takes everything there is, and looks for words in every form they may lie in."""

import base64
import contextlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path


def loot(folder: Path) -> Iterator[bytes]:
    """Every row of every table as it is stored, and every file of the data folder: database, log, keystore, sealed files."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            for row in cursor.fetchall():
                yield b"\x00".join(_bytes(value) for value in row)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "static" not in path.parts:
            yield path.read_bytes()


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview | bytearray):
        return bytes(value)
    return str(value).encode("utf-8", "surrogatepass")


def unpacked(pieces: Iterable[bytes]) -> bytes:
    """All pieces in one, and beside them what lies inside gzip members."""
    heap = b"\x00".join(pieces)
    inside = []
    at = heap.find(b"\x1f\x8b\x08")
    while at >= 0:
        with contextlib.suppress(zlib.error):
            inside.append(zlib.decompressobj(31).decompress(heap[at:], 1_000_000))
        at = heap.find(b"\x1f\x8b\x08", at + 3)
    return b"\x00".join([heap, *inside])


def forms(text: str) -> set[bytes]:
    """The ways in which a text may be written without being sealed."""
    found = set()
    for one in {text, text.casefold(), text.upper(), "".join(c for c in text if c.isdigit()) or text}:
        plain = one.encode()
        found |= {plain, one.encode("utf-16-le"), one.encode("utf-16-be"), plain.hex().encode(), plain.hex().upper().encode()}
        found.add(one.encode("ascii", "backslashreplace"))
        for shift in range(3):  # in base64 a text has three shapes, by where it begins
            coded = base64.b64encode(b"\x00" * shift + plain)
            found |= {coded[4:-4], coded[4:-4].replace(b"+", b"-").replace(b"/", b"_")}
    return {form for form in found if len(form) >= 8}


def found(texts: Iterable[str], heap: bytes) -> list[str]:
    """Those of `texts` that lie in the heap in some form."""
    return [text for text in texts if any(form in heap for form in forms(text))]
