"""A text in the one spelling in which it is compared, each letter with its place in the text as it was given.

Lines that were only wrapped are joined; sentences and points of a list become clauses. A list under a head such as
"The employer shall not:" is read with its head before each point.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from spean.kernel import words

FULL, HALF = 0.7, 0.4  # of the longest line
MANY = 0.4  # of the lines
LONGEST_HEAD = 200
LONGEST_CLAUSE = 1200  # a longer one is cut: nobody writes it, and its time would grow with its square
MOST_COPIED = 10_000  # letters of heads before their points, in a whole text
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_STOPS = frozenset("។៕;!?៖။")
_RUN = re.compile(r"(?P<latin>[ -~]+)|[^ -~]+")
_ENDS = _STOPS | {".", ":"}
_THAI_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}")
_POINT = re.compile(r"\s*(?:[-•●▪*–—]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[ក-អ]|[ก-ฮ])[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s*(?=\S)")
_NUMBERED = re.compile(r"\s*(?:ប្រការ|មាត្រា|ចំណុច|ข้อ|มาตรา|article|clause|section|fasal|perkara|klausa)\b", re.IGNORECASE)
_ONE_FORM = {"\u17b2": "\u17b1"}  # two letters for the same Khmer vowel: "to give" is written with either
#: vowels below, of which a camera sees one for the other, and none under a subscript; subscripts that it takes for another
_BELOW_SUBSCRIPT = re.compile("(\u17d2[\u1780-\u17b3])[\u17bb-\u17bd]")
_SEEN_ALIKE = str.maketrans({"\u17bc": "\u17bb", "\u17bd": "\u17bb"})
_TWO_VOWELS = re.compile("[\u17b6-\u17c5]+(?=[\u17b6-\u17c5])")  # nobody writes two; a camera sees the one that is there again
_CHO = ("\u17d2\u1788", "\u17d2\u1787")
_JOINED = re.compile("[\u0e00-\u0e7f\u1780-\u17ff]")


class Letter(NamedTuple):
    """One letter of the folded text and the stretch of the given text that it stands for. A copy of a head stands nowhere."""

    sign: str
    start: int
    end: int


class Folded(NamedTuple):
    """Clauses, one a line, and for each letter its place; -1 where a letter is a copy of its list's head."""

    text: str
    starts: list[int]
    ends: list[int]

    def place(self, begin: int, end: int) -> tuple[int, int] | None:
        """Where text[begin:end] stands in the given text; nothing when it is only a copy."""
        real = [n for n in range(begin, end) if self.starts[n] >= 0 and not self.text[n].isspace()]
        return (self.starts[real[0]], max(self.ends[n] for n in real)) if real else None


def fold(text: str) -> Folded:
    """The text as it is compared."""
    clauses = list(_with_heads(_clauses(_joined(_lines(letters(text))))))
    flat: list[Letter] = []
    for clause in clauses:
        flat += clause
        end = clause[-1].end
        flat.append(Letter("\n", end, end))
    return Folded("".join(x.sign for x in flat), [x.start for x in flat], [x.end for x in flat])


def spelling(text: str) -> str:
    """A short text, such as a cue, in the same spelling."""
    return "".join(x.sign for x in letters(text))


def letters(text: str) -> list[Letter]:
    """Letter by letter: one spelling, digits 0-9, no sign that nobody sees; line ends kept."""
    out: list[Letter] = []
    for run in _RUN.finditer(text):
        begin, end = run.span()
        if run.lastgroup:  # plain Latin letters, each in its own place
            out += map(Letter, run.group().lower(), range(begin, end), range(begin + 1, end + 1))
            continue
        for spelt, start, after in words.pieces(run.group()):
            out += [Letter(c, begin + start, begin + after) for c in _plain(spelt)]
    return _thai_order(out)


@lru_cache(maxsize=4096)
def _plain(spelt: str) -> str:
    """A letter with what belongs to it, as it is compared; a contract has a few hundred different ones."""
    seen = _BELOW_SUBSCRIPT.sub(r"\1", _TWO_VOWELS.sub("", spelt)).replace(*_CHO).translate(_SEEN_ALIKE)
    return "".join(map(_sign, seen))


def _sign(c: str) -> str:
    if c in _LINE_ENDS:
        return "\n"
    if c.isspace():
        return " "
    if unicodedata.category(c) == "Nd":
        return str(unicodedata.decimal(c))
    return "" if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else _ONE_FORM.get(c, c)


def _thai_order(found: list[Letter]) -> list[Letter]:
    """Vowel, tone, ring: typed in any order they look alike. What stood for several stands for the whole of them."""
    text = "".join(x.sign for x in found)
    for marks in _THAI_MARKS.finditer(text):
        begin, end = marks.span()
        some = found[begin:end]
        whole = min(x.start for x in some), max(x.end for x in some)
        found[begin:end] = [Letter(x.sign, *whole) for x in sorted(some, key=_mark_place)]
    return found


def _mark_place(mark: Letter) -> tuple[int, str]:
    return (0 if mark.sign <= "\u0e3a" else 1 if "\u0e48" <= mark.sign <= "\u0e4b" else 2), mark.sign


def _lines(found: list[Letter]) -> Iterator[list[Letter]]:
    line: list[Letter] = []
    for letter in found:
        if letter.sign == "\n":
            yield line
            line = []
        elif letter.sign != " " or (line and line[-1].sign != " "):
            line.append(letter)
    yield line


class Layout(NamedTuple):
    """What the lines of a text look like: those that were only wrapped go on in the next one."""

    longest: int
    full: bool  # many lines are about as long as the longest
    pointed: bool  # many lines begin with a number or a sign
    stopped: bool  # many lines end with a stop


def _layout(lines: list[list[Letter]]) -> Layout:
    some = [line for line in lines if line]
    longest, many = max(map(len, some), default=0), MANY * len(some)
    return Layout(
        longest,
        sum(len(line) >= FULL * longest for line in some) >= many,
        sum(_is_point(line) for line in some) >= many,
        sum(line[-1].sign in _ENDS for line in some) >= many,
    )


def _is_point(line: list[Letter]) -> bool:
    head = "".join(x.sign for x in line[:14])
    return bool(_POINT.match(head) or _NUMBERED.match(head))


def _joined(lines: Iterator[list[Letter]]) -> Iterator[list[Letter]]:
    """Lines that were only wrapped, as one."""
    found = [_trimmed(line) for line in lines]
    layout = _layout(found)
    whole: list[Letter] = []
    before = 0  # the length of the line before
    for line in found:
        if whole and line and _goes_on(whole, before, line, layout):
            _append(whole, line)
        else:
            if whole:
                yield whole
            whole = line
        before = len(line)
    if whole:
        yield whole


def _trimmed(line: list[Letter]) -> list[Letter]:
    while line and line[-1].sign == " ":
        line.pop()
    return line


def _goes_on(whole: list[Letter], before: int, line: list[Letter], layout: Layout) -> bool:
    if whole[-1].sign in _ENDS or _is_point(line):
        return False
    return (
        whole[-1].sign in ",-"
        or (layout.full and before >= FULL * layout.longest)
        or (layout.pointed and _is_point(whole))
        or (layout.stopped and before >= HALF * layout.longest)
    )


def _append(before: list[Letter], line: list[Letter]) -> None:
    last, first = before[-1].sign, line[0].sign
    if last == "-" and len(before) > 1 and before[-2].sign.isalpha() and first.isalpha():
        before.pop()
    elif not (_JOINED.match(last) and _JOINED.match(first)):
        before.append(Letter(" ", before[-1].end, before[-1].end))
    before += line


def _clauses(lines: Iterator[list[Letter]]) -> Iterator[list[Letter]]:
    """Sentences; a stop between figures or in an abbreviation ends none."""
    for line in lines:
        begin = 0
        for n, letter in enumerate(line):
            if letter.sign in _STOPS or (letter.sign == "." and _ends_sentence(line, n)) or _opens_list(line, n):
                yield from _worded(line[begin : n + 1])
                begin = n + 1
        yield from _worded(line[begin:])


def _opens_list(line: list[Letter], n: int) -> bool:
    return line[n].sign == ":" and bool(_POINT.match("".join(x.sign for x in line[n + 1 : n + 15])))


def _ends_sentence(line: list[Letter], n: int) -> bool:
    if n + 1 >= len(line) or line[n + 1].sign != " ":
        return False
    return n >= 3 and all(x.sign.isalnum() or unicodedata.combining(x.sign) for x in line[n - 3 : n])  # noqa: PLR2004 - a word, not "no."


def _worded(clause: list[Letter]) -> Iterator[list[Letter]]:
    begin = 0
    while begin < len(clause) and clause[begin].sign == " ":
        begin += 1
    for at in range(begin, len(clause), LONGEST_CLAUSE):
        yield clause[at : at + LONGEST_CLAUSE]


def _with_heads(clauses: Iterator[list[Letter]]) -> Iterator[list[Letter]]:
    """Each point of a list behind its head."""
    head: list[Letter] = []
    left = MOST_COPIED
    for clause in clauses:
        point = _POINT.match("".join(x.sign for x in clause[:14]))
        if head and point and left > len(head):
            left -= len(head)
            yield head + clause[point.end() :] if clause[point.end() :] else clause
            continue
        yield clause
        is_head = clause[-1].sign in ":៖" and len(clause) <= LONGEST_HEAD
        head = [Letter(x.sign, -1, -1) for x in clause[:-1]] + [Letter(" ", -1, -1)] if is_head else []
