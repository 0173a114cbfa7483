"""Figures of recruiters: each voice is told once, in a batch of at least k; what turns out wrong is taken back whole.

A month tells of a recruiter the voices that no month told before, once they are at least k and not nearly all from one
organisation. The number that a reader sees is a sum of batches, and so is what two months, or the end of the five years for
which a batch is shown, tell apart: 0, or at least k. A voice that was told and is not the recruiter's any more takes all its
batches back, however many such voices there are; what is told of it after that lies at least k from what was told before.

Told beside it is what was raised in the nation and in places: what is left of that without the recruiters is 0 or at least k.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spean.evidence.disclosure import ReleasedBatch, ReleasedKind, ReleasedRow
from spean.evidence.grids import Weight


@dataclass(frozen=True)
class Heard:
    """The voices of one recruiter: those that were never told, by kind and organisation; all of them, by place."""

    recruiter: str
    fresh: Mapping[tuple[str, str], int]
    places: Mapping[str, int]
    wrong: bool = False  # a voice that was told is not its own any more

    def weigh(self, kinds: Iterable[str] | None = None) -> Weight:
        """What stands behind some kinds; behind all without `kinds`."""
        wanted = self.kinds if kinds is None else set(kinds)
        found: Counter[str] = Counter()
        for (kind, organisation), voices in self.fresh.items():
            if kind in wanted:
                found[organisation] += voices
        return Weight(found.total(), max(found.values(), default=0))

    @property
    def kinds(self) -> set[str]:
        """Every kind of which somebody spoke."""
        return {kind for kind, _organisation in self.fresh}


@dataclass(frozen=True)
class Heards:
    """The voices of all recruiters."""

    each: tuple[Heard, ...]


@dataclass(frozen=True)
class Past:
    """What was told of one recruiter: the sum that holds now, and each sum of batches on end that was taken back."""

    now: int
    void: frozenset[int]
    void_kinds: bool


Earlier = Sequence[Sequence[ReleasedBatch]]


def past_of(recruiter: str, earlier: Earlier) -> Past:
    """What the releases so far (oldest first) told of a recruiter."""
    run: list[ReleasedBatch] = []
    void: set[int] = set()
    kinds = False
    for batch in (b for rows in earlier for b in rows if b.recruiter == recruiter):
        if batch.taken_back:
            void |= {sum(b.total for b in run[i:j]) for j in range(1, len(run) + 1) for i in range(j)}
            kinds, run = kinds or any(b.kinds for b in run), []
        else:
            run.append(batch)
    return Past(sum(b.total for b in run), frozenset(void), kinds)


def batches(counted: Heards, earlier: Earlier, raised: Sequence[ReleasedRow], k: int) -> tuple[ReleasedBatch, ...]:
    """What may be told now, recruiter by recruiter; `raised` are the monthly figures that a reader has beside it."""
    past = {heard.recruiter: past_of(heard.recruiter, earlier) for heard in counted.each}
    back = {h.recruiter for h in counted.each if h.wrong and past[h.recruiter].now}
    told = sum(p.now for recruiter, p in past.items() if recruiter not in back)
    found = [b for h in counted.each if h.recruiter not in back and (b := _batch(h, past[h.recruiter], k))]
    heard = {h.recruiter: h for h in counted.each}
    found = [b for b in found if not _near_a_place(heard[b.recruiter], past[b.recruiter].now + b.total, raised, k)]
    found.sort(key=lambda b: (b.total, b.recruiter))
    while found and not _apart(rest_of(raised, told + sum(b.total for b in found)), k):
        found.pop(0)
    made = [*found, *(ReleasedBatch(recruiter, 0, (), taken_back=True) for recruiter in back)]
    return tuple(sorted(made, key=lambda b: b.recruiter))


def _batch(heard: Heard, past: Past, k: int) -> ReleasedBatch | None:
    """Its voices that were never told, as one batch; None while they are too few, or too near to what was taken back."""
    weight = heard.weigh()
    if not weight.voices or not weight.is_safe(k):
        return None
    if any(0 < abs(past.now + weight.voices - void) < k for void in past.void):
        return None
    return ReleasedBatch(heard.recruiter, weight.voices, () if past.void_kinds else _kinds(heard, k))


def _kinds(heard: Heard, k: int) -> tuple[ReleasedKind, ...]:
    """The kinds that may be told alone; the smallest of them join the others until these are nobody, or enough."""
    shown = sorted((k_ for k_ in heard.kinds if heard.weigh([k_]).is_safe(k)), key=lambda k_: (heard.weigh([k_]).voices, k_))
    while shown and not heard.weigh(heard.kinds - set(shown)).is_safe(k):
        shown.pop(0)
    return tuple(ReleasedKind(kind, heard.weigh([kind]).voices) for kind in sorted(shown))


def rest_of(raised: Sequence[ReleasedRow], told: int) -> int | None:
    """What was raised in the nation and is of no recruiter that is told; None where nothing is told of the nation."""
    whole = [row for row in raised if not row.parent]
    return whole[0].raised - told if whole else None


def _apart(rest: int | None, k: int) -> bool:
    """Never less than nothing: what was raised only grows, so it stays apart in the months to come."""
    return rest is not None and (rest == 0 or rest >= k)


def _near_a_place(heard: Heard, told: int, raised: Sequence[ReleasedRow], k: int) -> bool:
    """Whether a place that holds all its voices, or all of whose voices are its own, would tell a few of them apart."""
    everything = sum(heard.places.values())
    for row in raised:
        inside = sum(n for path, n in heard.places.items() if _covers(row, path, raised))
        if inside == everything and not _apart(row.raised - told, k):
            return True
        if inside >= row.raised and not _apart(told - row.raised, k):
            return True
    return False


def _covers(row: ReleasedRow, path: str, rows: Sequence[ReleasedRow]) -> bool:
    if not path.startswith(row.path):
        return False
    if row.reason != "together":
        return True
    alone = [r.path for r in rows if r.parent == row.path and r.reason != "together"]
    return not any(path.startswith(other) for other in alone)
