"""Contracts as somebody photographs them: set on A4 by Typst, then held askew, in shadow, out of focus, upside down."""

import math
import random
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import fontpkg_noto_sans_khmer
import typst
from PIL import Image, ImageChops, ImageDraw, ImageFilter

DEBIAN = Path("/usr/share/fonts/truetype")
KHMER = Path(str(fontpkg_noto_sans_khmer.__file__)).parent / "files"
FONTS = {
    "km": ("Noto Sans Khmer", "Noto Serif Khmer"),
    "th": ("Norasi", "Noto Sans Thai"),
    "en": ("Noto Serif", "Noto Sans"),
    "ms": ("Noto Sans", "Noto Serif"),
}
#: a page of two megapixels, as a cheap telephone takes it when asked for a small picture
WIDE, HIGH = 1190, 1684
MARGIN = 0.03  # of the table on which the page lies
SIZES = (11, 10, 12, 9.5)  # points
WAYS = ("scan", "skew", "blur", "shadow", "camera", "turned")
_PAGE = """#let told = json(bytes(sys.inputs.told))
#set document(title: "page")
#set page(paper: "a4", margin: 2cm)
#set text(font: (told.font, "Noto Sans"), size: eval(told.size + "pt"))
#set par(leading: 0.75em, spacing: 0.75em)
#for line in told.text.split("\\n") [#line \\ ]
"""
_PAGES = '#for (n, text) in told.texts.enumerate() { if n > 0 { pagebreak() }; for line in text.split("\\n") [#line \\ ] }\n'


@dataclass(frozen=True)
class Photograph:
    """A picture of one page, and the way in which it is bad."""

    way: str
    image: Image.Image

    def jpeg(self, quality: int = 80) -> bytes:
        """As it is sent."""
        made = BytesIO()
        self.image.save(made, "JPEG", quality=quality)
        return made.getvalue()


def lacks() -> str:
    """The packages of Debian without which these pages would be set in other letters; nothing where they are there."""
    wanted = {"noto": "fonts-noto-core", "tlwg": "fonts-thai-tlwg"}
    return " ".join(package for folder, package in wanted.items() if not (DEBIAN / folder).is_dir())


def pages(text: str, language: str, *, number: int = 0) -> list[Image.Image]:
    """The text on A4 pages of two megapixels, in a type that this language is printed in."""
    told = {"text": text, "font": FONTS[language][number % len(FONTS[language])], "size": str(SIZES[number % len(SIZES)])}
    made = _compile(_PAGE, told, "png")
    found = made if isinstance(made, list) else [made]
    return [Image.open(BytesIO(png)).convert("L").resize((WIDE, HIGH), Image.Resampling.LANCZOS) for png in found]


def script(text: str, font: str) -> Image.Image:
    """Some lines in letters of another language."""
    made = _compile(_PAGE, {"text": "\n".join([text] * 8), "font": font, "size": "11"}, "png")
    return Image.open(BytesIO(made)).convert("L").resize((WIDE, HIGH)).crop((0, 60, WIDE, 560))


def pdf(texts: list[str], language: str) -> bytes:
    """A PDF of one page for each text, with its letters."""
    source = _PAGE.partition("#for")[0] + _PAGES
    return bytes(_compile(source, {"texts": texts, "font": FONTS[language][0], "size": "9"}, "pdf"))


def _compile(source: str, told: dict, form: str):  # noqa: ANN202 - one page is bytes, several are a list
    import json

    return typst.compile(
        source.encode(), format=form, ppi=144, font_paths=[str(KHMER), str(DEBIAN)], ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )  # fmt: skip


@cache
def _table() -> Image.Image:
    """A wooden table, more or less."""
    chance = random.Random("table")
    small = Image.new("L", (1, 200))
    small.putdata([chance.randrange(70, 110) for _n in range(200)])
    return small.resize((WIDE, HIGH), Image.Resampling.BICUBIC)


def taken(sheet: Image.Image, way: str, seed: str) -> Photograph:
    """The page as it is photographed in one of the WAYS; the same each time."""
    chance = random.Random(f"{way} {seed}")
    out = {
        "scan": lambda: _noise(sheet, 6, chance),
        "skew": lambda: _noise(_askew(sheet, chance.choice((-1, 1)) * chance.uniform(1.5, 4)), 8, chance),
        "blur": lambda: _noise(sheet.filter(ImageFilter.GaussianBlur(chance.uniform(0.9, 1.3))), 8, chance),
        "shadow": lambda: _noise(_shaded(sheet, chance), 8, chance),
        "camera": lambda: _camera(sheet, chance),
        "turned": lambda: _noise(_shaded(sheet, chance), 6, chance).rotate(chance.choice((90, 180, 270)), expand=True),
    }[way]()
    return Photograph(way, out)


def _askew(sheet: Image.Image, degrees: float) -> Image.Image:
    return sheet.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=225)


def _shaded(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """A hand and a lamp: one side darker, and a soft edge across the page."""
    shade = Image.new("L", (64, 64))
    angle, edge, dark = chance.uniform(0, 2 * math.pi), chance.uniform(-10, 10), chance.uniform(0.42, 0.6)
    for x in range(64):
        for y in range(64):
            along = (x - 32) * math.cos(angle) + (y - 32) * math.sin(angle)
            part = 1 / (1 + math.exp(-(along - edge) / 4))
            shade.putpixel((x, y), round(255 * (dark + (0.95 - dark) * part)))
    return ImageChops.multiply(sheet, shade.resize(sheet.size, Image.Resampling.BICUBIC))


def _camera(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Held by hand over a table: in perspective, with a shadow, a little out of focus, with grain."""
    wide, high = sheet.size
    far = chance.uniform(0.015, 0.035)
    inset = [chance.uniform(0.01, MARGIN) for _n in range(8)]
    corners = [
        (wide * (inset[0] + far), high * inset[1]), (wide * (1 - inset[2] - far), high * inset[3]),
        (wide * (1 - inset[4]), high * (1 - inset[5])), (wide * inset[6], high * (1 - inset[7])),
    ]  # fmt: skip
    weights = _perspective(corners, [(0, 0), (wide, 0), (wide, high), (0, high)])
    laid = sheet.transform(sheet.size, Image.Transform.PERSPECTIVE, weights, Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    photo = Image.composite(laid, _table().resize(sheet.size), mask)
    photo = _shaded(photo, chance).filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 0.7)))
    return _noise(photo, 10, chance)


def _perspective(to: list[tuple[float, float]], of: list[tuple[float, float]]) -> list[float]:
    import numpy as np

    rows = []
    for (x, y), (u, v) in zip(to, of, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    found = np.linalg.solve(np.array(rows, float), np.array(of, float).reshape(8))
    return [float(n) for n in found]


def _noise(image: Image.Image, sigma: float, chance: random.Random) -> Image.Image:
    import numpy as np

    grain = np.random.default_rng(chance.randrange(2**31)).normal(0, sigma, (image.height, image.width))
    return Image.fromarray(np.clip(np.asarray(image, float) + grain, 0, 255).astype("uint8"))
