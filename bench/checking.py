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
    tally = _tally(texts)
    for code in sorted(tally):
        if code[0] == "C" and code != "Clean":
            yield _row(f"contract check {language} {code}", tally[code])
    for kind, what in (("C", "all checks"), ("M", "missing clauses")):
        whole = sum((counts for code, counts in tally.items() if code[0] == kind), Counter())
        yield _row(f"contract check {language} {what}, {len(texts)} contracts", whole)


def _tally(texts: list[Contract]) -> Tally:
    from spean.checks import contract

    tally: Tally = defaultdict(Counter)
    for text in texts:
        reading = contract.check(text.text)
        raised, missing = {f.code for f in reading.findings}, {m.code for m in reading.missing}
        for wanted, found, may in ((text.raises, raised, text.may_raise), (text.lacks, missing, text.may_lack)):
            for code in wanted | found:
                right = "right" if code in wanted & found else "missed" if code in wanted else "" if code in may else "false"
                tally[code][right] += 1
    return tally


def _row(what: str, counts: Counter[str]) -> Row:
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
