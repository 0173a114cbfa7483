"""Our counted facts in the words of others: HTCDS 2.0 and the 27 columns of CTDC. Pure: `codes.csv` says what is what.

A fact is (name, code), such as ("form", "crime"). What has no counterpart is named as such in the table, and says nothing.
"""

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
type Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what one code of ours is called; empty where there is no such thing."""

    fact: str
    code: str
    htcds_field: str
    htcds_code: str
    ctdc_column: str
    ctdc_value: str
    note: str


@cache
def lines() -> tuple[Line, ...]:
    """The whole table, as it is written."""
    with (HERE / "codes.csv").open(encoding="utf-8", newline="") as source:
        return tuple(Line(**row) for row in csv.DictReader(source))


@cache
def _targets() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((HERE / "targets.toml").read_text(encoding="utf-8"))


def htcds_fields() -> dict[str, list[str]]:
    """The fields of HTCDS that a counted fact can fill, with all their codes; none for codes of ISO 3166."""
    return dict(_targets()["htcds"])


def ctdc_columns() -> tuple[str, ...]:
    """The 27 columns, in their order."""
    return tuple(_targets()["ctdc"]["columns"])


def to_htcds(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    """Each field that something is known of, with its codes in the order of the alphabet."""
    found: dict[str, set[str]] = {}
    for line in _of(facts):
        if line.htcds_field:
            found.setdefault(line.htcds_field, set()).add(line.htcds_code)
    return {field: tuple(sorted(codes)) for field, codes in sorted(found.items())}


def from_htcds(told: dict[str, tuple[str, ...]]) -> frozenset[Fact]:
    """Our codes whose every line stands in what was told, where one code of ours alone is meant by it.

    What several of ours would be (`A_Agriculture…`, `Acquainted`, `Other`) is left to a person: no code is guessed.
    """
    found = set()
    for fact, all_of_it in _by_fact().items():
        said = [(li.htcds_field, li.htcds_code) for li in all_of_it if li.htcds_field]
        if said and all(code in told.get(field, ()) for field, code in said) and _meant(fact[0], said) == {fact}:
            found.add(fact)
    return frozenset(found)


def to_ctdc(facts: Iterable[Fact], *, registered: int) -> dict[str, str]:
    """One row of 27 cells; a cell is empty where nothing is known, for CTDC knows no "no"."""
    row = dict.fromkeys(ctdc_columns(), "")
    row["yearOfRegistration"] = str(registered)
    row.update({line.ctdc_column: line.ctdc_value for line in _of(facts) if line.ctdc_column})
    return row


def says_nothing(name: str, code: str) -> bool:
    """Whether neither of the two has a word for this code."""
    return not any(line.htcds_field or line.ctdc_column for line in _by_fact()[name, code])


def comes_back(name: str, code: str) -> bool:
    """Whether what HTCDS is told of this code means it alone."""
    return from_htcds(to_htcds([(name, code)])) == {(name, code)}


def _of(facts: Iterable[Fact]) -> Iterable[Line]:
    return (line for fact in facts for line in _by_fact()[fact])


@cache
def _by_fact() -> dict[Fact, tuple[Line, ...]]:
    found: dict[Fact, tuple[Line, ...]] = {}
    for line in lines():
        found[line.fact, line.code] = (*found.get((line.fact, line.code), ()), line)
    return found


def _meant(name: str, said: list[tuple[str, str]]) -> set[Fact]:
    """Which of our codes of this name are told by these very lines of HTCDS."""
    alike = {fact: {(li.htcds_field, li.htcds_code) for li in found if li.htcds_field} for fact, found in _by_fact().items()}
    return {fact for fact, told in alike.items() if fact[0] == name and told == set(said)}
