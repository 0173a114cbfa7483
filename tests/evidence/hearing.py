"""What people told of recruiters through two years, month by month; and a reader who keeps every page of every recruiter.

Nothing here is shared with the guard but what leaves: the attack's sums are written anew, over every voice's own cell.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Any

from spean.evidence.batches import Heard, Heards
from spean.evidence.cohorts import Beside
from spean.evidence.disclosure import Area, Outcomes, ReleasedBatch, ReleasedRow, Withheld, release
from tests.evidence.attacker import DISTRICTS, PROVINCES, Attacker, K, month

RECRUITERS = tuple("ABCDE")
KINDS = ("fees", "documents_kept", "unpaid_wages")
MONTHS = 24
STAYS = 99  # an era that never comes


@dataclass
class Cause:
    """An issue: so many voices, about a recruiter or about none, since a month; and the era in which it is found to be wrong."""

    recruiter: str
    kind: str
    organisation: str
    district: str
    voices: int
    since: int
    told: int = -1  # the month in which its voices were told
    gone: int = STAYS


@dataclass
class Pages:
    """Everything that was told, and what was true."""

    batches: dict[int, tuple[ReleasedBatch, ...]] = field(default_factory=dict)
    raised: dict[int, tuple[ReleasedRow, ...]] = field(default_factory=dict)
    causes: list[Cause] = field(default_factory=list)

    def shown(self, now: int) -> dict[str, int]:
        """The number on each recruiter's page in a month."""
        found: Counter[str] = Counter()
        for _then, rows in sorted((m, r) for m, r in self.batches.items() if m <= now):
            for row in rows:
                found[row.recruiter] = 0 if row.taken_back else found[row.recruiter] + row.total
        return {r: n for r, n in found.items() if n}


def history(seed: int, *, guarded: bool = True, months: int = MONTHS) -> Pages:
    """Two years: most issues bring few voices, some recruiters have many, now and then one is found to be about another."""
    rng, pages, eras = Random(seed), Pages(), Counter[str]()
    pace = {r: rng.choice([0.3, 1, 2.5]) for r in RECRUITERS}
    for now in range(months):
        pages.causes += _new(rng, pace, now)
        told = [c for c in pages.causes if c.told >= 0 and c.gone == STAYS and c.recruiter]
        wrong = {c.recruiter: c for c in told if rng.random() < 0.02}
        for recruiter, cause in wrong.items():
            cause.gone = eras[recruiter]
        _release(pages, now, set(wrong), eras, K if guarded else 1)
    return pages


def _new(rng: Random, pace: dict[str, float], now: int) -> list[Cause]:
    found = []
    for recruiter in (*RECRUITERS, ""):
        rate = pace.get(recruiter, 3)
        for _n in range(int(rate) + (rng.random() < rate % 1)):
            org = rng.choices("ab", weights=[3, 2])[0]
            voices = rng.choice([1, 1, 2, 3, 5, 8, 14])
            found.append(Cause(recruiter, rng.choice(KINDS), org, rng.choice(DISTRICTS), voices, now))
    return found


def _release(pages: Pages, now: int, wrong: set[str], eras: Counter[str], k: int) -> None:
    pages.raised[now] = release(
        "voices", month(now), _nation(pages.causes), earlier=list(pages.raised.values()) if k > 1 else (), k=k
    ).rows
    last = [rows for rows in pages.raised.values() if rows]
    beside = Beside(voices={month(now): last[-1]} if last else {})
    try:
        made = release(
            "recruiters", month(now), _heards(pages.causes, wrong), earlier=list(pages.batches.values()), beside=beside, k=k
        ).rows
    except Withheld:
        made = ()
    pages.batches[now] = made
    for row in made:
        mine = [c for c in pages.causes if c.recruiter == row.recruiter and c.gone == STAYS]
        eras[row.recruiter] += row.taken_back
        for cause in mine:
            cause.told = -1 if row.taken_back else now if cause.told < 0 else cause.told


def _heards(causes: list[Cause], wrong: set[str]) -> Heards:
    fresh: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    places: dict[str, Counter[str]] = defaultdict(Counter)
    for cause in (c for c in causes if c.recruiter and c.gone == STAYS):
        places[cause.recruiter][cause.district] += cause.voices
        if cause.told < 0:
            fresh[cause.recruiter][cause.kind, cause.organisation] += cause.voices
    return Heards(tuple(Heard(r, fresh[r], places[r], wrong=r in wrong) for r in RECRUITERS))


def _nation(causes: list[Cause]) -> Area:
    found: dict[tuple[str, str], int] = Counter()
    for cause in causes:
        found[cause.district, cause.organisation] += cause.voices

    def district(path: str) -> Area:
        givers = {org: Outcomes(waiting=n) for (place, org), n in found.items() if place == path}
        return Area(path, "district", path, path, sum(givers.values(), Outcomes()), (), givers)

    provinces = tuple(Area(p, "province", p, p, Outcomes(), tuple(map(district, _inside(p)))) for p in PROVINCES)
    return Area("KH/", "country", "KH/", "KH/", Outcomes(), provinces)


def _inside(province: str) -> list[str]:
    return [d for d in DISTRICTS if d.startswith(province)]


class Reader(Attacker):
    """Each batch is a sum over the months since the last one, the kinds, and how long a voice stayed its recruiter's."""

    def _read(self, told: Any) -> None:
        eras, begun = Counter[str](), Counter[str]()
        for now, rows in told.batches.items():
            for row in rows:
                if row.taken_back:
                    eras[row.recruiter] += 1
                    begun[row.recruiter] = 0
                    continue
                months = range(begun[row.recruiter], now + 1)
                whole = self._atoms(row.recruiter, months, KINDS, eras[row.recruiter])
                self.sums.append((whole, row.total))
                for kind in row.kinds:
                    self.sums.append((self._atoms(row.recruiter, months, (kind.kind,), eras[row.recruiter]), kind.voices))
                begun[row.recruiter] = now + 1

    @staticmethod
    def _atoms(recruiter: str, months: Any, kinds: Any, era: int) -> set:
        return {(recruiter, m, kind, gone) for m in months for kind in kinds for gone in (*range(era, 6), STAYS)}


def recovered(pages: Pages) -> tuple[list[tuple], int]:
    """The small cells that the reader knows to within less than k-1, or knows to stand for somebody; and how many there are."""
    if not any(row.total for rows in pages.batches.values() for row in rows):
        return [], 0
    reader, found = Reader(pages), []
    truth: Counter[tuple] = Counter()
    for cause in (c for c in pages.causes if c.recruiter):
        truth[cause.recruiter, cause.since, cause.kind, cause.gone] += cause.voices
    small = {cell: n for cell, n in truth.items() if n < K}
    for cell, n in small.items():
        low, high = reader.interval(cell)
        if (high - low < K - 1 or low >= 1) and low - 0.01 <= n <= high + 0.01:
            found.append((cell, n, low, high))
    return found, len(small)


def differences(pages: Pages) -> list[int]:
    """Between the pages of a recruiter in any two months; between a recruiter, several, all, and what the nation raised."""
    found = []
    for recruiter in RECRUITERS:
        numbers = [pages.shown(now).get(recruiter, 0) for now in pages.batches]
        found += [a - b for a, b in combinations(numbers, 2)]
    for now, rows in pages.raised.items():
        nation = [row.raised for row in rows if not row.parent]
        shown = sorted(pages.shown(now).values())
        found += [n - sum(some) for n in nation for size in (1, 2, len(shown)) for some in combinations(shown, size)]
    return found
