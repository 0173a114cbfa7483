"""Text as people type it: Khmer digits, zero-width spaces, look-alike marks, and what is refused."""

import re
import unicodedata
from decimal import Decimal

_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_LATIN_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
#: direction overrides and isolates, which can make text read as something else (CVE-2021-42574)
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u2060\u00ad]")
_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])[,\s\u00a0](?=[0-9]{3})")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")


def latin_digits(text: str) -> str:
    """`text` with Khmer digits as 0-9."""
    return text.translate(_KHMER_DIGITS)


def khmer_digits(text: str) -> str:
    """`text` with 0-9 as Khmer digits."""
    return text.translate(_LATIN_DIGITS)


def clean(text: str) -> str:
    """`text` in NFC, with Unix line ends, no control character and no zero-width space; ends trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", _CONTROL.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def reverses_direction(text: str) -> bool:
    """Whether `text` holds marks that reverse the reading direction."""
    return bool(BIDI.search(text))


def has_lone_surrogate(text: str) -> bool:
    """Whether `text` holds half of a character, which no database can store."""
    return any("\ud800" <= c <= "\udfff" for c in text)


def fold(text: str) -> str:
    """`text` for matching: no case, no accents on Latin letters, no zero-width space, one form."""
    text = unicodedata.normalize("NFKD", clean(text)).casefold()
    return "".join(c for c in text if not ("\u0300" <= c <= "\u036f") and c not in "'’- ")


#: what a key of a row may have at most: less than any database's largest
ROW_FIGURES = 15


def whole_number(text: str, figures: int = 5) -> int:
    """A whole number of an address or of a hidden field, of at most `figures`; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= figures else 0


def decimal(typed: str) -> Decimal | None:
    """A number as people write it: Khmer or Latin digits, commas or spaces between thousands, at most two decimals after a point.

    None for anything else: a comma before decimals is not guessed at.
    """
    plain = _BETWEEN_THOUSANDS.sub("", latin_digits(typed).strip())
    return Decimal(plain) if _DECIMAL.fullmatch(plain) else None
