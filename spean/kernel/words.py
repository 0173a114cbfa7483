"""Words of Khmer and English as a search compares them: one spelling, Khmer cut into words, clusters kept whole."""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from spean.kernel.text import latin_digits

#: letters of one word that are kept; nobody types a longer one
LONGEST_WORD = 60
#: letters of a snippet, and how many of them stand before what was found
SNIPPET, BEFORE = 150, 40
_WORD_START = 15
_LONG_PIECE = 12  # no letter that somebody writes is longer with all its signs
_JOINERS = re.compile("[\u200b-\u200d\u17b4\u17b5]")
#: letters that are neither Khmer nor plain Latin: their accents and other forms are folded
_STRANGE = re.compile("[^\0-\x7f\u1780-\u17ff\u200b-\u200d]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_KHMER_DIGITS = re.compile("[\u17e0-\u17e9]")
#: what nobody sees: control characters (not line ends and tabs), direction marks, soft hyphens
_UNSEEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LOOK_ALIKES = (
    ("\u17d2\u178a", "\u17d2\u178f"),  # subscript da and ta are drawn alike
    ("\u17c1\u17b8", "\u17be"),  # e + ii typed for oe
    ("\u17c1\u17b6", "\u17c4"),  # e + aa typed for oo
)
#: a letter with the signs and the letters under it that belong to it
_CLUSTER = re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd])+")
_PART = re.compile("\u17d2[\u1780-\u17b3]|.", re.DOTALL)
_PIECE = re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd\u200b-\u200d])*|.", re.DOTALL)
_BELONGS = re.compile("[\u17b6-\u17d3\u17dd]")
_KHMER = re.compile("[\u1780-\u17d3\u17dd]+")
#: marks that stand in another order than ours, or twice: only these texts are put in order
_DISORDER = re.compile(
    "[\u17b6-\u17d1\u17dd]\u17d2|\u17d2[\u1780-\u17b3]\u17cc|\u17d2\u179a\u17d2|[\u17c6-\u17c8\u17cb\u17cd-\u17d1\u17dd]"
    "[\u17b6-\u17c5]|[\u17b6-\u17c8\u17cb\u17cd-\u17d1\u17dd][\u17c9\u17ca]|[\u17b6-\u17cb\u17cd-\u17d1\u17dd]\u17cc|"
    "([\u17b6-\u17d1\u17dd])\\1"
)
_lock = threading.Lock()  # the segmenter's model is one object that remembers its sentence


class Part(NamedTuple):
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    found: bool


def plain(text: str) -> str:
    """`text` in the one spelling in which texts are compared; words stay apart."""
    return " ".join(_spelt(_UNSEEN.sub("", text)).split())


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Each letter, a Khmer one with what belongs to it, in the one spelling, with its place: text[start:end]."""
    for found in _PIECE.finditer(text):
        piece = found.group()
        yield (_piece if len(piece) < _LONG_PIECE else _unremembered)(piece), found.start(), found.end()


def _unremembered(text: str) -> str:
    return _spelt(_UNSEEN.sub("", text))


@lru_cache(maxsize=4096)
def _piece(text: str) -> str:
    return _unremembered(text)


def _spelt(text: str) -> str:
    """Each step only where there is something for it to do: a search reads thousands of texts."""
    text = text.casefold()
    if text.isascii():
        return text
    if _STRANGE.search(text):
        text = unicodedata.normalize("NFKD", text.encode("utf-8", "ignore").decode("utf-8")).casefold()
        text = _ACCENTS.sub("", text)
    if _KHMER_DIGITS.search(text):
        text = latin_digits(text)
    text = _JOINERS.sub("", text)
    if _DISORDER.search(text):
        text = _CLUSTER.sub(lambda m: _ordered(m.group()), text)
    for typed, meant in _LOOK_ALIKES:
        text = text.replace(typed, meant)
    return text


def _ordered(cluster: str) -> str:
    """Robat, letters below (ro last), register shifter, vowel, signs; each once."""
    parts = _PART.findall(cluster[1:])
    return cluster[0] + "".join(dict.fromkeys(sorted(parts, key=_place)))


def _place(part: str) -> int:
    if part[0] == "\u17d2":
        return 2 if part[1:] == "\u179a" else 1
    if part == "\u17cc":
        return 0
    if part in "\u17c9\u17ca":
        return 3
    return 4 if "\u17b6" <= part <= "\u17c5" else 5


def cut(text: str) -> tuple[str, ...]:
    """The words of a text, in the one spelling; Khmer, which has no spaces, is cut by khmercut."""
    return tuple(w[:LONGEST_WORD] for run in plain(text).split() for w in _words_of_run(run))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """As `cut`, remembered: for public words only, which an issue and its story share."""
    return cut(text)


def _words_of_run(run: str) -> Iterator[str]:
    at = 0
    for khmer in _KHMER.finditer(run):
        yield from _letters(run[at : khmer.start()])
        yield from _segments(khmer.group())
        at = khmer.end()
    yield from _letters(run[at:])


def _letters(text: str) -> Iterator[str]:
    """Runs of letters, digits and their marks; everything else only parts them."""
    word = ""
    for c in text:
        if unicodedata.category(c) in _WORD_SIGNS:
            word += c
            continue
        if word:
            yield word
        word = ""
    if word:
        yield word


_WORD_SIGNS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Co", "Mn", "Mc"})


def _segments(khmer: str) -> list[str]:
    from khmercut import tokenize  # its model is read at the first Khmer word, not at the start of every command

    with _lock:
        return [w for w in tokenize(khmer) if w.strip("\u17d2")]


def contains(text: str, word: str) -> bool:
    """Whether a plain text holds the word, its Khmer clusters whole."""
    return next(_occurrences(text, word), None) is not None


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if _is_edge(text, at) and _is_edge(text, end) and (len(word) > 2 or not word.isascii() or _alone(text, at, end)):  # noqa: PLR2004 - inside other words a pair of letters is chance
            yield at
        at = text.find(word, at + 1)


def _is_edge(text: str, at: int) -> bool:
    """Whether no cluster lies across this place."""
    return at == 0 or at == len(text) or not (_BELONGS.match(text[at]) or text[at - 1] == "\u17d2")


def _alone(text: str, at: int, end: int) -> bool:
    return not text[max(0, at - 1) : at].isalnum() and not text[end : end + 1].isalnum()


def marked(text: str, wanted: Iterable[str]) -> tuple[Part, ...]:
    """The text as it is written, in parts: what was looked for (words in the one spelling), and the rest."""
    return _joined(_pieces(text, wanted))


def snippet(text: str, wanted: Iterable[str]) -> tuple[Part, ...]:
    """As `marked`, but only the surroundings of the first thing found, cut between clusters and before a word."""
    pieces = _pieces(text, wanted)
    first = next((n for n, piece in enumerate(pieces) if piece.found), 0)
    begin = max(0, first - BEFORE)
    if begin:
        begin = next((n + 1 for n in range(begin, min(begin + _WORD_START, first)) if pieces[n].text.isspace()), begin)
    shown = pieces[begin : begin + SNIPPET]
    dots = [Part("… ", found=False)] if begin else []
    end = [Part(" …", found=False)] if begin + SNIPPET < len(pieces) else []
    return _joined([*dots, *shown, *end])


def _pieces(text: str, wanted: Iterable[str]) -> list[Part]:
    pieces = [m.group() for m in _PIECE.finditer(text)]
    spelt, starts = "", []
    for piece in pieces:
        starts.append(len(spelt))
        spelt += _spelt(piece)
    hit = [False] * len(spelt)
    for word in set(wanted):
        for at in _occurrences(spelt, word):
            hit[at : at + len(word)] = [True] * len(word)
    ends = [*starts[1:], len(spelt)][: len(starts)]
    return [Part(p, found=any(hit[a:b])) for p, a, b in zip(pieces, starts, ends, strict=True)]


def _joined(pieces: list[Part]) -> tuple[Part, ...]:
    out: list[Part] = []
    for piece in pieces:
        if out and out[-1].found == piece.found:
            out[-1] = Part(out[-1].text + piece.text, piece.found)
        else:
            out.append(piece)
    return tuple(out)
