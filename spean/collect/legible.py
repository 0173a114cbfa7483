"""A photographed page made legible: even light, upright, straight, of the size at which letters are read best."""

from typing import Any

READ_EDGE = 2500  # pixels of the longer side at which letters are read best
MOST_ENLARGED = 3.0
DARK = 130
MOST_ASLANT = 6  # degrees
SHARPER = 1.1  # less is not worth a turn
LEAST_STRIP = 220  # pixels above and below the middle of what is tried: some whole lines


def flat(sheet: Any) -> Any:
    """Grey, of the size at which letters are read best, with the light of the room taken out."""
    import numpy as np
    from PIL import Image, ImageFilter

    grey = sheet.convert("L")
    eighth = (max(1, grey.width // 8), max(1, grey.height // 8))
    paper = grey.resize(eighth, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4))
    light = np.maximum(np.asarray(paper.resize(grey.size, Image.Resampling.BICUBIC), dtype="float32"), 30)
    even = Image.fromarray(np.clip(np.asarray(grey, dtype="float32") / light * 255, 0, 255).astype("uint8"))
    return even.resize(scaled(even.size, READ_EDGE, MOST_ENLARGED), Image.Resampling.LANCZOS)


def scaled(size: tuple[int, int], edge: int, most: float) -> tuple[int, int]:
    """The size whose longer side is `edge`, enlarged at most so many times."""
    by = min(most, edge / max(size))
    return max(8, round(size[0] * by)), max(8, round(size[1] * by))


def ink(even: Any, border: float) -> Any:
    """Where it is dark, without the border, where a table or a finger may be."""
    import numpy as np

    dark = np.asarray(even.resize((max(8, even.width // 2), max(8, even.height // 2)))) < DARK
    high, wide = (max(1, round(n * border)) for n in dark.shape)
    return dark[high:-high, wide:-wide].astype("float32")


def lies_on_its_side(dark: Any) -> tuple[bool, bool]:
    """Whether its lines run up and down: both are tried, the likelier first."""
    import numpy as np

    rows, columns = (float((np.diff(dark.mean(axis)) ** 2).sum()) for axis in (1, 0))
    return (columns > rows, columns <= rows)


def strip(even: Any) -> Any:
    """A part of the page where something is written: enough to see which way up it is."""
    import numpy as np

    rows = (np.asarray(even) < DARK).sum(1).cumsum()
    middle, half = int(np.searchsorted(rows, rows[-1] * 0.4)), max(LEAST_STRIP, even.height // 14)
    return even.crop((0, max(0, middle - half), even.width, min(even.height, middle + half)))


def turned(sheet: Any, turn: int, slant: float) -> Any:
    """Turned by quarters, then straightened."""
    from PIL import Image

    whole = sheet.rotate(turn, expand=True) if turn else sheet
    white = 255 if whole.mode == "L" else (255, 255, 255)
    return whole.rotate(slant, Image.Resampling.BICUBIC, fillcolor=white) if slant else whole


def slant_of(even: Any) -> float:
    """By how many degrees its lines are aslant: at the right angle rows of letters and rows of paper differ most."""
    import numpy as np

    small = even.resize((max(8, even.width // 4), max(8, even.height // 4)))

    def sharp(degrees: float) -> float:
        dark = 255 - np.asarray(small.rotate(degrees, fillcolor=255), dtype="float32")
        high, wide = (max(1, n // 10) for n in dark.shape)
        return float((np.diff(dark[high:-high, wide:-wide].mean(1)) ** 2).sum())

    best = max((n / 2 for n in range(-2 * MOST_ASLANT, 2 * MOST_ASLANT + 1)), key=sharp)
    best = max((best - 0.25, best, best + 0.25), key=sharp)
    return best if sharp(best) > SHARPER * sharp(0.0) else 0.0
