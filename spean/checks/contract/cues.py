"""Where the cues of a check stand in a text, and whether what they found was negated."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from spean.checks.contract.patterns import Cue

LOOK_BACK = 140  # letters before what was found in which a negation is looked for
LOOK_ON = 60  # letters after it
MOST_OF_A_CUE = 20  # places of one cue in a text
NEXT_WORD = 12  # letters between a word that negates what follows at once and what follows
Spans = list[tuple[int, int]]


class Lines:
    """A folded text, and in which of its clauses a word stands: a cue is tried only where all that it needs is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(n + 1 for n, c in enumerate(text) if c == "\n")]
        self._known: dict[frozenset[str], int] = {}
        self._words: dict[str, int] = {}

    def find(self, cues: tuple[Cue, ...]) -> Spans:
        """All places of the cues."""
        return [m.span() for m in self.matches(cues)]

    def matches(self, cues: tuple[Cue, ...]) -> Iterator[re.Match[str]]:
        """The same, with the figures that were read."""
        for found in cues:
            several = (m for line in self._lines(found) for m in found.regex.finditer(self.text, *line))
            yield from islice(several, MOST_OF_A_CUE)

    def has(self, cues: tuple[Cue, ...]) -> bool:
        """Whether one of the cues stands somewhere."""
        return any(found.regex.search(self.text, *line) for found in cues for line in self._lines(found))

    def _lines(self, found: Cue) -> Iterator[tuple[int, int]]:
        where = -1
        for words in found.needs:
            where &= self._where(words)
            if not where:
                return
        if where < 0:
            yield 0, len(self.text)
            return
        while where:
            lowest = where & -where
            line = lowest.bit_length() - 1
            where ^= lowest
            yield self.starts[line], self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)

    def _where(self, words: frozenset[str]) -> int:
        """The clauses with one of these words, as bits."""
        if words not in self._known:
            where = 0
            for word in words:
                where |= self._where_word(word)
            self._known[words] = where
        return self._known[words]

    def _where_word(self, word: str) -> int:
        if word not in self._words:
            where, at = 0, self.text.find(word)
            while at >= 0:
                line = bisect_right(self.starts, at) - 1
                where |= 1 << line
                following = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
                at = self.text.find(word, following)
            self._words[word] = where
        return self._words[word]

    def clause(self, begin: int, end: int) -> tuple[int, int]:
        """Begin and end of the clause around a place."""
        last = self.text.find("\n", end)
        return self.text.rfind("\n", 0, begin) + 1, last if last >= 0 else len(self.text)


@dataclass(frozen=True)
class Grammar:
    """How a language negates: words, and what parts one statement from the next."""

    no: re.Pattern[str] | None
    near: re.Pattern[str] | None  # negates only what follows at once
    after: re.Pattern[str] | None  # negates what stands just before
    no_negation: re.Pattern[str] | None  # looks like a negation and is none
    frees: re.Pattern[str] | None  # the employer may not: what follows is no restriction of the worker
    stops: re.Pattern[str] | None
    openers: re.Pattern[str] | None
    closers: re.Pattern[str] | None

    def negates(self, lines: Lines, begin: int, end: int, *, inside: bool) -> bool:
        """Whether what stands there is forbidden or denied; `inside`: also by a word within it."""
        text, (first, last) = lines.text, lines.clause(begin, end)
        before, found = text[max(first, begin - LOOK_BACK) : begin], text[begin:end]
        scope = before[self._scope(before, found) :]
        if self._has_no(scope + found if inside else scope, scope + found):
            return True
        if self.near and any(len(scope) - m.end() <= NEXT_WORD for m in self.near.finditer(scope)):
            return True
        rest = text[end:last][:LOOK_ON].partition(",")[0]
        return bool(self.after and self.after.search(rest))

    def _has_no(self, words: str, whole: str) -> bool:
        """A negation that begins within `words`, and is more than a part of one that is none."""
        if self.no is None:
            return False
        false = [m.span() for m in self.no_negation.finditer(whole)] if self.no_negation else []
        real = (m.span() for m in self.no.finditer(whole) if m.start() < len(words))
        return any(not any(a <= begin and end <= b for a, b in false) for begin, end in real)

    def _scope(self, before: str, found: str) -> int:
        """Where the statement begins to which what was found belongs."""
        begin = max((m.end() for m in self.stops.finditer(before)), default=0) if self.stops else 0
        for opener in self.openers.finditer(before) if self.openers else ():
            closer = self.closers.search(before + found, opener.end()) if self.closers else None
            begin = max(begin, min(closer.end(), len(before)) if closer else opener.start())
        return begin


@dataclass(frozen=True)
class Rule:
    """The cues of one check in one language."""

    E: tuple[Cue, ...] = ()  # the employer's power: a negation before or inside makes it harmless
    W: tuple[Cue, ...] = ()  # a restriction of the worker, which holds its negation: one before it makes it harmless
    always: tuple[Cue, ...] = ()  # a denial of the employer: no negation makes it harmless
    safe: tuple[Cue, ...] = ()  # words that make harmless what they touch
    unless: tuple[Cue, ...] = ()  # words that make harmless whatever stands in the same clause

    def find(self, lines: Lines, grammar: Grammar) -> Iterator[tuple[int, int]]:
        """Where it raises."""
        for cues, inside in ((self.E, True), (self.W, False), (self.always, None)):
            for begin, end in lines.find(cues):
                if self._is_harmless(lines, begin, end) or (inside is False and _touches(grammar.frees, lines, begin, end)):
                    continue
                if inside is None or not grammar.negates(lines, begin, end, inside=inside):
                    yield begin, end

    def _is_harmless(self, lines: Lines, begin: int, end: int) -> bool:
        first, last = lines.clause(begin, end)
        safe = (m.span() for cue in self.safe for m in cue.regex.finditer(lines.text, first, last))
        return any(_meet(span, begin, end) for span in safe) or any(
            cue.regex.search(lines.text, first, last) for cue in self.unless
        )


def _touches(cue: re.Pattern[str] | None, lines: Lines, begin: int, end: int) -> bool:
    first, last = lines.clause(begin, end)
    return any(_meet(m.span(), begin, end) for m in cue.finditer(lines.text, first, last)) if cue else False


def _meet(span: tuple[int, int], begin: int, end: int) -> bool:
    return span[0] <= end + 1 and begin <= span[1] + 1
