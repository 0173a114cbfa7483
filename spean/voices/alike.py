"""Which reports say the same, and which ask for help at once: told from their words before these are sealed.

What is kept of the words is a keyed digest. Its key lives in memory for a day and is never written: afterwards nobody, with
the whole database in hand, can try out words against it. It only says which reports of one day were equal.
"""

import hmac
import json
import re
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

from spean.kernel.memory import memory

SHORT = 20  # letters: people who do not know each other write the same "help me"


def plain(told: str) -> str:
    """The letters of a text: who sends the same again changes its spaces, its signs, or a number that counts up."""
    return "".join(c for c in told.casefold() if c.isalpha() or "\u17b6" <= c <= "\u17d3")


def mark(told: str, files: Iterable[bytes] = (), envelope_facts: Iterable[object] = ()) -> UUID:
    """One id for equal words; of files alone, for equal files; of an envelope, for equal choices beside it."""
    digest = blake2b(digest_size=32)
    said = plain(told) or told.strip()
    parts = [said.encode()] if said else [blake2b(f).digest() for f in files]
    for part in (*parts, *(str(fact).encode() for fact in envelope_facts)):
        digest.update(len(part).to_bytes(8) + part)
    keyed = hmac.digest(memory().key("alike"), digest.digest(), "sha256")
    return UUID(bytes=keyed[:16], version=4)


@cache
def urgent_words() -> re.Pattern[str]:
    """One pattern for all of them; Latin words as whole words, for Khmer has no spaces between its own."""
    words = json.loads((Path(__file__).parent / "urgent_words.json").read_text(encoding="utf-8"))
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words))


def asks_for_help(told: str) -> bool:
    """Whether the words ask for help at once."""
    return bool(urgent_words().search(told.casefold()))
