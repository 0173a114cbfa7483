"""Which language a text is written in: by its letters, and Malay from English by the small words."""

import re
import unicodedata
from enum import StrEnum

LEAST_LETTERS = 40  # fewer are no contract: a title, a name
SECOND = 0.2  # a second language with this share of the letters makes a text mixed
LEAST_KNOWN = 0.12  # the share of small words below which Latin letters are in no language that we know
LEAST_WHOLE = 0.5  # below this share of letters and digits a text is noise
_WORD = re.compile(r"[a-z]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL_WORDS = {
    "en": _words(
        "the of and to in by for is be shall will any or with a an at from this that not on as his her their may must no if all "
        "employer employee worker company agency contract wages wage salary passport work hours day month paid per"
    ),
    "ms": _words(
        "yang dan di ke dari untuk oleh tidak akan dengan ini itu atau pada dalam adalah setiap bagi boleh jika kepada hendaklah "
        "mesti majikan pekerja kontrak gaji pasport kerja jam sehari hari bulan sebulan dibayar kerana serta tiada dilarang"
    ),
}
_LETTERS = {
    "LATIN": re.compile("[A-Za-z]"),
    "KHMER": re.compile("[\u1780-\u17b3]"),
    "THAI": re.compile("[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46]"),
}


class Language(StrEnum):
    """The languages that we read, and what we say when it is none or several of them."""

    KHMER = "km"
    THAI = "th"
    ENGLISH = "en"
    MALAY = "ms"
    MIXED = "mixed"
    UNKNOWN = "unknown"


def shares(text: str) -> dict[str, float]:
    """Script -> share of the letters; LATIN is told apart into en, ms and other."""
    found = {name: float(len(letters.findall(text))) for name, letters in _LETTERS.items()}
    whole = sum(c.isalpha() for c in text) or 1
    found["OTHER"] = max(0.0, whole - sum(found.values()))
    out = {name: n / whole for name, n in found.items()}
    latin = out.pop("LATIN")
    words = _WORD.findall(text.casefold())
    known = {name: sum(w in small for w in words) for name, small in SMALL_WORDS.items()}
    sure = sum(known.values())
    if not sure or sure < LEAST_KNOWN * len(words):
        return out | {"other": latin}
    return out | {name: latin * n / sure for name, n in known.items()}


def name(text: str) -> tuple[Language, bool]:
    """(the language, whether a part is written in something that we cannot read)."""
    seen = [c for c in text if not c.isspace()]
    letters = sum(c.isalpha() for c in seen)
    if letters < LEAST_LETTERS or sum(c.isalnum() or unicodedata.category(c) in {"Mn", "Mc"} for c in seen) < LEAST_WHOLE * len(
        seen
    ):
        return Language.UNKNOWN, True
    found = shares(text)
    strange = found.pop("OTHER", 0.0) + found.pop("other", 0.0)
    languages = {
        Language.KHMER: found.get("KHMER", 0.0),
        Language.THAI: found.get("THAI", 0.0),
        Language.ENGLISH: found.get("en", 0.0),
        Language.MALAY: found.get("ms", 0.0),
    }
    large = [language for language, share in languages.items() if share >= SECOND]
    if not large:
        return Language.UNKNOWN, True
    unread = strange >= SECOND
    return (large[0] if len(large) == 1 and not unread else Language.MIXED), unread
