"""A cue, which a reader can read, made into a regular expression, and into the words without which it cannot be found.

A cue is written in words. `..` is up to 90 letters of the same clause, `(a|b)` one of several, `(a|)` a word that may be
missing, `*` any ending of a word, `{n}` a number, `{year}` a year, `{time}` the hour of a clock, `{blank}` a gap to be filled
in, `<BOSS>` a list of words of the same file. A space may be missing in Khmer and Thai.
"""

import re
from typing import NamedTuple

from spean.checks.contract import folding

_OPEN = "("
TIME = r"(?<![\d.:])(\d{1,2})(?:[:.]\d{2})?(?![\d])"
TIME_24 = r"(?<![\d.:])(1[3-9]|2[0-4])[:.]\d{2}(?!\d)"
GAP = 90
NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
YEAR = r"((?:19|20|24|25)\d\d)(?!\d)"
BLANK = r"(?:_{3,}|\.{4,}|\[\s*\])"
_TOKEN = re.compile(r"\s*\.\.\s*|[(|)*]|\{n\}|\{year\}|\{blank\}|\{time\}|\{time24\}|\s+|[^().|*{\s]+|.")
_OPTIONAL = re.compile(r"\(\?:((?:[^()]|\(\?:[^()]*\))*)\|\)(\\s[+?])")  # a word that may be missing, with the space behind it
_LIST = re.compile(r"<([A-Z_]+)>")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u1780-\u17ff]")
_NOT_BELOW = "(?<!\u17d2)"
_BELONGS = "(?![\u17b6-\u17d3\u17dd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])"
Needs = list[frozenset[str]]
Lists = dict[str, list[str]]


class Cue(NamedTuple):
    """What is looked for; of each set of `needs` one word stands in every place where it is."""

    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


def cue(words: str, lists: Lists | None = None, spelled: tuple[str, ...] = ()) -> Cue:
    """A cue made ready; `lists` holds what stands for <NAMES>, `spelled` are numbers in words."""
    whole = _whole(words, lists)
    return Cue(re.compile(_regex(whole, spelled)), tuple(_needs(_TOKEN.findall(whole))))


def any_of(cues: list[str], lists: Lists | None = None, spelled: tuple[str, ...] = ()) -> re.Pattern[str] | None:
    """All cues as one expression, for short texts; nothing for none."""
    return re.compile("|".join(f"(?:{_regex(_whole(c, lists), spelled)})" for c in cues)) if cues else None


def _whole(words: str, lists: Lists | None) -> str:
    while lists and _LIST.search(words):
        words = _LIST.sub(lambda m: "(" + "|".join(lists[m.group(1)]) + ")", words)
    return folding.spelling(words).strip()


def _regex(whole: str, spelled: tuple[str, ...]) -> str:
    spaced = not _UNSPACED.search(whole)
    number = "|".join([NUMBER, *(rf"\b{w}\b" if spaced else w for w in map(folding.spelling, spelled))])
    special = {
        "{n}": rf"({number})\)?",
        "{year}": YEAR,
        "{blank}": BLANK,
        "{time}": TIME,
        "{time24}": TIME_24,
        "(": "(?:",
        ")": ")",
        "|": "|",
        "*": r"\w*",
    }
    out = [_token(token, special, spaced=spaced) for token in _TOKEN.findall(whole)]
    made = _OPTIONAL.sub(r"(?:(?:\1)\2)?", "".join(out)).replace(r"\b\w*", r"\w*").replace(r"\w*\b", r"\w*")
    return made if spaced else f"{_NOT_BELOW}(?:{made}){_BELONGS}"


def _token(token: str, special: dict[str, str], *, spaced: bool) -> str:
    if token.strip() == "..":
        return rf"[^\n]{{0,{GAP}}}?"
    if token in special:
        return special[token]
    if token.isspace():
        return r"\s+" if spaced else r"\s?"
    if not spaced:
        return re.escape(token)
    return (r"\b" if token[0].isalnum() else "") + re.escape(token) + (r"\b" if token[-1].isalnum() else "")


def _needs(tokens: list[str]) -> Needs:
    """Of a sequence: each of its words, and of each group one word of every alternative."""
    out: Needs = []
    while tokens and tokens[0] not in {"|", ")"}:
        word = tokens.pop(0)
        if word == _OPEN:
            out += _alternatives(tokens)
        elif word[0] not in "*{" and word.strip() not in {"..", ""}:
            out.append(frozenset({word}))
    return out


def _alternatives(tokens: list[str]) -> Needs:
    found: list[Needs] = []
    while True:
        found.append(_needs(tokens))
        if not tokens or tokens.pop(0) == ")":
            break
    if not all(found):
        return []  # one of them may be missing, or is a figure
    best = [min(needs, key=lambda words: (len(words), -max(map(len, words)))) for needs in found]
    return [frozenset().union(*best)]
