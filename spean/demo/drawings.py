"""Simple drawings for the demo, made by code: invented, of nobody."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

WIDE, HIGH = 640, 400
PAPER, INK, BLUE, SAND, RED = "#fbf7ef", "#26323b", "#2f6f8f", "#e2cfa6", "#a83a32"


@dataclass(frozen=True)
class Drawing:
    """The name of a shared step that it stands beside, and what it shows."""

    alt_km: str
    alt_en: str


DRAWINGS = {
    "agency": Drawing("គំនូរ៖ ការិយាល័យមួយ មានក្រដាសនៅលើជញ្ជាំង", "A drawing: an office with a paper on its wall"),
    "passport": Drawing("គំនូរ៖ លិខិតឆ្លងដែននៅក្នុងដៃម្ចាស់", "A drawing: a passport in its owner's own hand"),
}


def draw(name: str) -> bytes:
    """The drawing as a JPEG."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (WIDE, HIGH), PAPER)
    _DRAWN[name](ImageDraw.Draw(sheet))
    out = BytesIO()
    sheet.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


def _agency(pen: Any) -> None:
    """A desk under a licence that hangs where everybody can read it."""
    pen.rectangle((40, 60, 600, 340), fill=SAND, outline=INK, width=5)
    pen.rectangle((230, 95, 410, 210), fill=PAPER, outline=INK, width=5)
    for y in (120, 142, 164):
        pen.line((255, y, 385, y), fill=INK, width=5)
    pen.ellipse((345, 168, 385, 208), fill=RED)
    pen.rectangle((120, 265, 520, 285), fill=BLUE, outline=INK, width=4)
    for x in (145, 480):
        pen.rectangle((x, 285, x + 18, 340), fill=BLUE, outline=INK, width=4)


def _passport(pen: Any) -> None:
    """A small book, held."""
    pen.rounded_rectangle((225, 40, 430, 300), 16, fill=BLUE, outline=INK, width=6)
    pen.ellipse((275, 90, 380, 195), outline=SAND, width=9)
    pen.line((265, 235, 390, 235), fill=SAND, width=9)
    pen.rounded_rectangle((200, 250, 480, 380), 50, fill=SAND, outline=INK, width=6)
    for x in (235, 295, 355):
        pen.rounded_rectangle((x, 225, x + 52, 320), 24, fill=SAND, outline=INK, width=5)


_DRAWN = {"agency": _agency, "passport": _passport}
