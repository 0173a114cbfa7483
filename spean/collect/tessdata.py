"""Where the machine keeps what Tesseract knows of each language, and what of it is missing."""

import os
from collections.abc import Iterable
from pathlib import Path

#: code of Tesseract -> the package of Debian that brings it
PACKAGES = {
    "khm": "tesseract-ocr-khm",
    "tha": "tesseract-ocr-tha",
    "eng": "tesseract-ocr-eng",  # Malay too: its letters are the same, and reading was no better with a model of its own
}
NEEDED = ("khm", "eng")  # without these no photo is taken: our readers could not be answered
_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def folder(given: str = "") -> Path | None:
    """The folder that an operator named, or the first of the usual ones that holds a language; None where there is none."""
    named = given or os.environ.get("TESSDATA_PREFIX", "")
    for place in (named, *(() if given else _PLACES)):
        path = Path(place)
        if place and path.is_dir() and any(path.glob("*.traineddata")):
            return path
    return None


def present(given: str = "") -> frozenset[str]:
    """The languages of ours that are there."""
    found = folder(given)
    return frozenset(code for code in PACKAGES if found and (found / f"{code}.traineddata").is_file())


def missing(given: str = "") -> tuple[str, ...]:
    """Those that are not."""
    there = present(given)
    return tuple(code for code in PACKAGES if code not in there)


def packages(codes: Iterable[str]) -> str:
    """What to install for them, on Debian."""
    return " ".join(PACKAGES[code] for code in codes)
