r"""The process that opens one foreign photo or PDF and reads one page of it: bytes in on stdin, words and a picture out.

`python -m spean.collect.pagereader look:KIND` answers "made PAGES\\n"; `read:KIND:NUMBER:TESSDATA` answers "made page\\n", four
bytes of length, JSON and a JPEG; both "refused REASON\\n" when it cannot. Nothing of Django, no key, no database, no network,
no file of its own, little memory, little time.
"""

import contextlib
import ctypes
import json
import os
import signal
import struct
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from spean.collect import legible
from spean.collect.worker import IMAGES, PIXELS, Refused, confine

for _name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_name] = "1"  # two readers are two processes: threads in each would only wait for one another

MEMORY = 700 * 1024 * 1024
CPU_SECONDS = 60  # the only clock here: on a busy machine one of the wall would leave a page half read
NICE = 5  # who opens a page comes before who waits for a photo
PARENT_DIES = 1  # PR_SET_PDEATHSIG
SHOWN_EDGE = 1400  # pixels of the longer side that a telephone is sent
SHOWN_QUALITY = 60
EXIF_TURN = 0x0112
#: model -> (confidence from which it may be believed, that of the best pages that we saw): the Thai one is sure of everything
MODELS = {"khm": (58.0, 88.0), "eng": (60.0, 96.0), "tha": (79.0, 95.0)}
BELIEVED = 0.01  # a wrong model, or the right one upside down, stayed below 0 on all of our pages
HOPELESS = -0.4  # what no model reads better than this in a strip, it does not read on the whole page; a blurred one came to -0.1
LEAST_INK = 0.0003  # of the page: less is nothing that was written
SMALLEST_EDGE = 400  # pixels: in less nobody could read a page
LEGIBLE = 0.2  # worth of a page below which more is guessed than read
WEAK = 0.25  # worth of a line below which it is shown to the other models
MOST_WEAK = 30
NOISE = 22.0  # percent: what is read worse than that is no word
FEWEST = 12  # letters: a stroke that is surely an I is no text
ENOUGH = 45  # letters that say whether a model is the right one


class Word(NamedTuple):
    """A word of the page, where it stands, how sure it is, on which line, and who read it."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    line: int
    model: str = ""


def _confine() -> None:
    confine(MEMORY, CPU_SECONDS)
    with contextlib.suppress(OSError):
        os.nice(NICE)
    with contextlib.suppress(AttributeError, OSError):  # Linux: a worker that is killed takes its reader along
        ctypes.CDLL(None).prctl(PARENT_DIES, signal.SIGKILL)


# -- opening ------------------------------------------------------------------------------------------
def look(data: bytes, kind: str) -> int:
    """How many pages it has."""
    if kind == "pdf":
        with _document(data) as document:
            return len(document)
    _picture(data, kind, whole=False)
    return 1


def _picture(data: bytes, kind: str, *, whole: bool = True) -> Any:
    """The photo in colours, turned as the camera says; without `whole` only its head is looked at, and its end."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(BytesIO(data), formats=[IMAGES[kind]]) as opened:
            if opened.width * opened.height > PIXELS:
                raise Refused("pixels")
            opened.draft("RGB", (legible.READ_EDGE, legible.READ_EDGE))
            opened.load()
            if not whole:
                return None
            return ImageOps.exif_transpose(_on_paper(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Refused("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, KeyError, EOFError, struct.error):
        raise Refused("damaged") from None


def _on_paper(opened: Any) -> Any:
    """In RGB, on white paper where it was transparent; its tags go with it, for the turn."""
    from PIL import Image

    if opened.mode.startswith("I"):
        plain = opened.point(lambda v: v / 256).convert("L").convert("RGB")
    elif opened.mode in {"RGBA", "LA", "PA"} or "transparency" in opened.info:
        clear = opened.convert("RGBA")
        plain = Image.new("RGB", clear.size, "white")
        plain.paste(clear, mask=clear.getchannel("A"))
    else:
        plain = opened.convert("RGB")
    plain.getexif()[EXIF_TURN] = opened.getexif().get(EXIF_TURN, 1)
    return plain


@contextlib.contextmanager
def _document(data: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if "password" in str(error).lower() else "damaged") from None
    except MemoryError:
        raise Refused("pixels") from None
    if not pages:
        raise Refused("damaged")
    try:
        yield document
    finally:
        document.close()


def _sheet(data: bytes, number: int) -> Any:
    """A page of a PDF as the eye sees it. Letters that stand beside it in the file are not believed: see decision 19."""
    import pypdfium2

    with _document(data) as document:
        try:
            page = document[number]
            longer = max(page.get_size())
            if not 0 < longer < 1e6:  # noqa: PLR2004 - points
                raise Refused("damaged")
            return page.render(scale=legible.READ_EDGE / longer, may_draw_forms=False).to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, ValueError, IndexError):
            raise Refused("damaged") from None
        except MemoryError:
            raise Refused("pixels") from None


# -- reading ------------------------------------------------------------------------------------------
class Eyes:
    """Tesseract with one model each, opened when first needed."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._open: dict[str, Any] = {}

    def models(self) -> list[str]:
        """Those whose data the machine has."""
        return [model for model in MODELS if (Path(self.folder) / f"{model}.traineddata").is_file()]

    def of(self, model: str) -> Any:
        """One that reads a page of one column."""
        from tesserocr import PSM, PyTessBaseAPI

        if model not in self._open:
            try:
                self._open[model] = PyTessBaseAPI(path=self.folder, lang=model, psm=PSM.SINGLE_COLUMN)
            except RuntimeError:
                raise Refused("nodata") from None
            self._open[model].SetVariable("tessedit_do_invert", "0")
        return self._open[model]

    def sees(self, model: str, picture: Any) -> tuple[float, int]:
        """(how sure it is, in how many letters)."""
        api = self.of(model)
        api.SetImage(picture)
        api.Recognize()
        found = [(len(word), sure) for word, sure in api.MapWordConfidences()]
        letters = sum(n for n, _sure in found)
        return (sum(n * sure for n, sure in found) / letters if letters else 0.0), letters


def surety(model: str, sure: float) -> float:
    """From 0 (no better than chance) to 1, the same for each model."""
    low, high = MODELS[model]
    return (sure - low) / (high - low)


def upright(even: Any, eyes: Eyes) -> tuple[int, float, str]:
    """(degrees to turn it by, and to straighten it by, the model that reads it): the first that is believed, else the best.

    No model, and no turn, where even the best reads nothing: the whole page would only take longer.
    """
    tried = [(HOPELESS, 0, 0.0, "")]
    for aside in legible.lies_on_its_side(legible.ink(even, 0.1)):
        turn = 90 if aside else 0
        slant = legible.slant_of(legible.turned(even, turn, 0.0))
        for over in (0, 180):
            strip = legible.strip(legible.turned(even, turn + over, slant))
            for model in eyes.models():
                sure, letters = eyes.sees(model, strip)
                believed = surety(model, sure)
                believed *= min(1, letters / ENOUGH) if believed > 0 else 1  # few letters make belief weaker, never doubt
                if believed >= BELIEVED and letters >= FEWEST:
                    return turn + over, slant, model
                tried.append((believed, turn + over, slant, model))
    return max(tried)[1:]


def words_of(even: Any, model: str, eyes: Eyes) -> list[Word]:
    """Everything on the page, line by line; a line that this model reads badly is shown to the others."""
    api = eyes.of(model)
    api.SetImage(even)
    api.Recognize()
    return _mended(even, list(_pieces(api, model)), eyes)


def _pieces(api: Any, model: str) -> Iterator[Word]:
    from tesserocr import RIL, iterate_level

    line = -1
    pieces = api.GetIterator()
    for piece in iterate_level(pieces, RIL.WORD) if pieces else ():
        line += int(piece.IsAtBeginningOf(RIL.TEXTLINE))
        try:
            text, box = piece.GetUTF8Text(RIL.WORD).strip(), piece.BoundingBox(RIL.WORD)
        except RuntimeError:  # a spot that it took for a word
            continue
        if text and box:
            yield Word(text, *box, piece.Confidence(RIL.WORD), max(0, line), model)


def _mended(even: Any, found: list[Word], eyes: Eyes) -> list[Word]:
    lines: dict[int, list[Word]] = {}
    for word in found:
        lines.setdefault(word.line, []).append(word)
    weak = [n for n, some in lines.items() if worth(some) < WEAK][:MOST_WEAK]
    for model in eyes.models() if weak else ():
        eyes.of(model).SetImage(even)
        for number in (n for n in weak if lines[n][0].model != model):
            again = _line(lines[number], model, eyes, even.size)
            if again and worth(again) > max(WEAK, worth(lines[number])):
                lines[number] = again
    return [w for some in lines.values() if sum(w.sure for w in some) >= NOISE * len(some) for w in some]


def _line(some: list[Word], model: str, eyes: Eyes, size: tuple[int, int]) -> list[Word]:
    """One line again, by another model."""
    from tesserocr import PSM

    left, top = max(0, min(w.left for w in some) - 6), max(0, min(w.top for w in some) - 6)
    right, bottom = min(size[0], max(w.right for w in some) + 6), min(size[1], max(w.bottom for w in some) + 6)
    api = eyes.of(model)
    api.SetPageSegMode(PSM.SINGLE_LINE)
    api.SetRectangle(left, top, right - left, bottom - top)
    api.Recognize()
    return [word._replace(line=some[0].line) for word in _pieces(api, model)]


def worth(some: list[Word]) -> float:
    """How well these words are read, a long one counting more."""
    letters = sum(len(w.text) for w in some)
    return sum(len(w.text) * surety(w.model, w.sure) for w in some) / letters if letters else -1.0


def joined(words: list[Word]) -> list[Word]:
    """Thai is written without spaces between words, and its model gives letter by letter: neighbours on a line are one."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if last and last.line == word.line and _is_thai(last.text[-1]) and _is_thai(word.text[0]) and word.left >= last.left:
            low, high = min(last.top, word.top), max(last.bottom, word.bottom)
            edges = (last.left, low, max(last.right, word.right), high)
            out[-1] = Word(last.text + word.text, *edges, min(last.sure, word.sure), word.line, word.model)
        else:
            out.append(word)
    return out


def _is_thai(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f"


# -- the whole ----------------------------------------------------------------------------------------
def read(data: bytes, kind: str, number: int, folder: str) -> bytes:
    """The page upright as a small picture, and its words with their places on it."""
    from PIL import Image

    sheet = _sheet(data, number) if kind == "pdf" else _picture(data, kind)
    even = legible.flat(sheet)
    eyes = Eyes(folder)
    if not eyes.models():
        raise Refused("nodata")
    words: list[Word] = []
    turn, slant, model, trouble = 0, 0.0, "", "unclear"
    if max(sheet.size) >= SMALLEST_EDGE and float(legible.ink(even, 0.03).mean()) < LEAST_INK:
        trouble = "blank"
    else:
        turn, slant, model = upright(even, eyes)
        even = legible.turned(even, turn, slant)
        words = words_of(even, model, eyes) if model else []
        trouble = "" if worth(words) >= LEGIBLE else "unclear"
    shown = legible.turned(sheet, turn, slant)
    shown = shown.resize(legible.scaled(shown.size, SHOWN_EDGE, 1.0), Image.Resampling.LANCZOS)
    by = shown.width / even.width
    told = {
        "wide": shown.width,
        "high": shown.height,
        "model": model,
        "worth": round(worth(words), 3),
        "turned": turn,
        "trouble": trouble,
        "words": [] if trouble else [[w.text, *(round(n * by) for n in w[1:5]), w.line] for w in joined(words)],
    }
    made = BytesIO()
    Image.frombytes("RGB", shown.size, shown.tobytes()).save(made, "JPEG", quality=SHOWN_QUALITY, optimize=True)
    text = json.dumps(told, ensure_ascii=False).encode()
    return struct.pack(">I", len(text)) + text + made.getvalue()


def main(order: str) -> int:
    """Read, make, answer."""
    what, kind, *more = order.split(":", 3)
    data = sys.stdin.buffer.read()
    _import_for(what, kind)  # before the limits: a library may look at the system
    _confine()
    try:
        answer = (
            f"made {look(data, kind)}\n".encode() if what == "look" else b"made page\n" + read(data, kind, int(more[0]), more[1])
        )
    except Refused as refusal:
        answer = f"refused {refusal}\n".encode("ascii")
    except MemoryError:
        answer = b"refused pixels\n"
    sys.stdout.buffer.write(answer)
    return 0


def _import_for(what: str, kind: str) -> None:
    import PIL.Image
    import PIL.ImageFilter
    import PIL.ImageOps
    import PIL.JpegImagePlugin
    import PIL.PngImagePlugin
    import PIL.WebPImagePlugin  # noqa: F401

    if kind == "pdf":
        import pypdfium2  # noqa: F401
    if what == "read":
        import numpy as np
        import tesserocr  # noqa: F401

        np.zeros((8, 8)).mean()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
