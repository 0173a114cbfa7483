"""The check of contracts: precision and recall of each check in each language, and its time beside the limit."""

import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from bench import contracts as fixtures
from bench.contracts import Contract

LIMIT_MS = 50
LEAST = 0.9  # of precision and of recall: what is shown as the peer
Row = tuple[str, str, str, float]
Tally = dict[str, Counter[str]]


def contracts() -> Iterator[Row]:
    """The table of every language, then the times."""
    for language in fixtures.LANGUAGES:
        texts = list(fixtures.contracts(language))
        yield from _quality(language, texts)
        yield _time(language, texts)


def _quality(language: str, texts: list[Contract]) -> Iterator[Row]:
    found = tally([(text, text.text) for text in texts])
    for code in sorted(found):
        if code[0] == "C" and code != "Clean":
            yield row(f"contract check {language} {code}", found[code])
    for kind, what in (("C", "all checks"), ("M", "missing clauses")):
        yield row(f"contract check {language} {what}, {len(texts)} contracts", whole(found, kind))


def whole(found: Tally, kind: str) -> Counter[str]:
    """All checks together, or all missing clauses."""
    return sum((counts for code, counts in found.items() if code[0] == kind), Counter())


def raised(text: str) -> set[str]:
    """What is raised in a text."""
    from spean.checks import contract

    return {f.code for f in contract.check(text).findings}


def tally(texts: list[tuple[Contract, str]]) -> Tally:
    """Right, missed and false of each check, in texts as they were written or as they were read."""
    from spean.checks import contract

    tally: Tally = defaultdict(Counter)
    for text, read in texts:
        reading = contract.check(read)
        raised, missing = {f.code for f in reading.findings}, {m.code for m in reading.missing}
        for wanted, found, may in ((text.raises, raised, text.may_raise), (text.lacks, missing, text.may_lack)):
            for code in wanted | found:
                right = "right" if code in wanted & found else "missed" if code in wanted else "" if code in may else "false"
                tally[code][right] += 1
    return tally


def row(what: str, counts: Counter[str]) -> Row:
    """Precision and recall."""
    right, false, missed = counts["right"], counts["false"], counts["missed"]
    precision = right / (right + false) if right + false else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    seen = f"precision {precision:.2f} recall {recall:.2f}"
    return what, seen, f"at least {LEAST:.2f} and {LEAST:.2f}", min(precision, recall) / LEAST


def _time(language: str, texts: list[Contract]) -> Row:
    from spean.checks import contract

    times = []
    for text in texts * 3:
        began = time.perf_counter()
        contract.check(text.text)
        times.append((time.perf_counter() - began) * 1000)
    p95, letters = statistics.quantiles(times, n=20)[-1], round(statistics.mean(len(t.text) for t in texts))
    what = f"contract check {language}, {letters:,} letters"
    return what, f"{statistics.median(times):.0f} ms p95 {p95:.0f} ms", f"limit {LIMIT_MS} ms", p95 / LIMIT_MS
