"""The ledger of earlier releases: numbers move in steps that stand for at least k voices, so two releases tell no more than one.

Unit: lines that hold no other lines (leaves); every larger line is the sum of those inside it. Between a new release and any
earlier one, groups of leaves that cover the same places are compared, cell by cell: a difference is 0 or at least k. A cell
that moved less keeps the number that was told last; a place that would be told apart or together in another way for fewer
than k voices is told as it was. What was told is never made again, so what is late counts in a later release
(protection.md 2g.6).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spean.evidence.disclosure import Area, Outcomes, ReleasedRow, line_of, outcomes_of

OWN = "#"  # voices of a place that lie in no single place inside it


@dataclass(frozen=True)
class Leaf:
    """A line that holds no other lines, with the smallest places that it covers."""

    row: ReleasedRow
    covers: frozenset[str]

    @property
    def key(self) -> tuple[str, str, frozenset[str]]:
        """The same line of two releases tells of the same places."""
        return self.row.path, self.row.reason, self.covers

    @property
    def cells(self) -> tuple[int, ...]:
        """The four outcomes."""
        return outcomes_of(self.row).cells


def reconcile(
    rows: Sequence[ReleasedRow], nation: Area, earlier: Sequence[Sequence[ReleasedRow]], k: int
) -> tuple[ReleasedRow, ...]:
    """The lines that may leave after these earlier releases (oldest first); those of the last one where too little moved."""
    told = [r for r in earlier if r]
    if not told:
        return tuple(rows)
    atoms = atoms_of(nation) | {row.path for release in told for row in release if row.reason != "together"}
    atoms |= {f"{atom}{OWN}" for atom in atoms if not atom.endswith(OWN)}
    before = [leaves(release, atoms) for release in told]
    chosen = _step(leaves(rows, atoms), before, k)
    return _with_sums(chosen, _names(rows, *told)) if chosen else tuple(told[-1])


def leaves(rows: Sequence[ReleasedRow], atoms: Iterable[str]) -> list[Leaf]:
    """The lines of a release that hold no others, each with the atoms that it covers."""
    ends = {r.path: r for r in rows if r.reason != "together" and not _holds(r, rows)}
    rests = {r.path: r for r in rows if r.reason == "together"}
    shown = {r.path for r in rows}
    covered: dict[tuple[str, str], set[str]] = {}
    for atom in atoms:
        row = _line_that_covers(atom, ends, rests, shown)
        if row is not None:
            covered.setdefault((row.path, row.reason), set()).add(atom)
    both = [*ends.values(), *rests.values()]
    return [Leaf(r, frozenset(covered.get((r.path, r.reason), ()))) for r in both]


def _holds(row: ReleasedRow, rows: Sequence[ReleasedRow]) -> bool:
    return any(r.parent == row.path and r is not row for r in rows)


def _line_that_covers(
    atom: str, ends: Mapping[str, ReleasedRow], rests: Mapping[str, ReleasedRow], shown: Collection[str]
) -> ReleasedRow | None:
    """The line of the smallest place around an atom; None where a release told of nothing there, that is 0."""
    path = atom.rstrip(OWN)
    while path:
        if path in ends:
            return ends[path]
        if path in rests or path in shown:
            return rests.get(path)
        path = "/".join(path.rstrip("/").split("/")[:-1])
        path = f"{path}/" if path else ""
    return None


def atoms_of(area: Area) -> set[str]:
    """The smallest places, and for each place what lies in none of them."""
    found = {f"{area.path}{OWN}"} if area.inside else {area.path}
    for inside in area.inside:
        found |= atoms_of(inside)
    return found


def _step(new: list[Leaf], before: Sequence[list[Leaf]], k: int) -> list[Leaf]:
    """Keep of the new lines what may move, of the last ones what may not; [] when only the last release may stand."""
    last = before[-1]
    kept = [_ratchet(leaf, before, k) for leaf in new]
    for _round in range(len(kept) + len(last) + 1):
        wrong = _wrong(kept, before, k)
        if not wrong:
            return kept
        kept = _fall_back(kept, last, wrong)
        if {leaf.key for leaf in kept} == {leaf.key for leaf in last} and all(leaf in last for leaf in kept):
            return []
    return []


def _ratchet(leaf: Leaf, before: Sequence[list[Leaf]], k: int) -> Leaf:
    """The line with those cells moved that moved by 0 or at least k from every number ever told of it."""
    told = [old.cells for release in before for old in release if old.key == leaf.key]
    if not told:
        return leaf
    moved = []
    for n, cell in enumerate(leaf.cells):
        apart = all(cell == old[n] or abs(cell - old[n]) >= k for old in told)
        moved.append(cell if apart else told[-1][n])
    return replace(leaf, row=line_of(leaf.row, Outcomes(*moved)))


def _wrong(kept: list[Leaf], before: Sequence[list[Leaf]], k: int) -> list[Leaf]:
    """The lines of those groups that differ from some earlier release by fewer than k voices in a cell."""
    wrong: list[Leaf] = []
    for release in before:
        for ours, theirs in blocks(kept, release):
            apart = [a - b for a, b in zip(_sum(ours), _sum(theirs), strict=True)]
            if any(0 < abs(d) < k for d in apart):
                wrong += ours
    return wrong


def blocks(ours: Sequence[Leaf], theirs: Sequence[Leaf]) -> list[tuple[list[Leaf], list[Leaf]]]:
    """The smallest groups of lines of two releases that cover the same places."""
    groups: list[tuple[frozenset[str], list[Leaf], list[Leaf]]] = []
    for leaf, own in [*((leaf, True) for leaf in ours), *((leaf, False) for leaf in theirs)]:
        met = [g for g in groups if g[0] & leaf.covers]
        groups = [g for g in groups if not g[0] & leaf.covers]
        places = leaf.covers.union(*(g[0] for g in met))
        mine, other = [x for g in met for x in g[1]], [x for g in met for x in g[2]]
        groups.append((places, [*mine, leaf] if own else mine, other if own else [*other, leaf]))
    return [(mine, other) for _places, mine, other in groups]


def _fall_back(kept: list[Leaf], last: list[Leaf], wrong: list[Leaf]) -> list[Leaf]:
    """The lines of the last release in the place of the wrong ones, and of all that cover the same places."""
    found: list[Leaf] = []
    for ours, theirs in blocks(kept, last):
        found += theirs if any(leaf in wrong for leaf in ours) else ours
    return found


def _sum(lines: Iterable[Leaf]) -> tuple[int, ...]:
    return tuple(map(sum, zip((0, 0, 0, 0), *(leaf.cells for leaf in lines), strict=True)))


def _names(*releases: Sequence[ReleasedRow]) -> dict[str, ReleasedRow]:
    """A line of each place, the newest first, for its names."""
    found: dict[str, ReleasedRow] = {}
    for rows in (releases[0], *reversed(releases[1:])):
        for row in rows:
            if row.reason != "together":
                found.setdefault(row.path, row)
    return found


def _with_sums(chosen: Sequence[Leaf], names: Mapping[str, ReleasedRow]) -> tuple[ReleasedRow, ...]:
    """The leaves under the places that hold them, each place the sum of what is told inside it."""
    rows = [leaf.row for leaf in chosen]
    inner = {row.parent for row in rows if row.parent}
    inner |= {names[path].parent for path in set(inner) if path in names and names[path].parent}
    made = list(rows)
    for path in sorted(inner, key=len, reverse=True):
        inside = [r for r in made if r.parent == path and not (r.path == path and r.reason != "together")]
        total = sum((outcomes_of(r) for r in inside), Outcomes())
        made.append(line_of(replace(names[path], reason="", rolled_up=False), total))
    return tuple(sorted(made, key=lambda r: (r.path, r.reason == "together")))
