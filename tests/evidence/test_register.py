"""Every table that may leave stands in the register, and nothing else leaves."""

import ast
from datetime import date
from pathlib import Path

import pytest

from spean.evidence import disclosure, register
from spean.evidence.disclosure import Area, Released, release
from spean.evidence.models import Table

APP = Path(disclosure.__file__).parent
DAY = date(2026, 1, 1)


def test_every_table_is_declared_with_all_that_its_reader_must_know():
    from spean.evidence import outcomes

    assert set(register.REGISTER) == set(Table)
    for table, made in register.REGISTER.items():
        said = (made.name, made.population, made.unit, made.calendar, *made.dimensions)
        assert all(map(str, said))
        assert (made.table, made.threshold) == (table, 5 if table in outcomes.TABLES else 11)
        assert table not in made.overlaps


def test_what_overlaps_is_said_on_both_sides():
    pairs = {(one, other) for one, made in register.REGISTER.items() for other in made.overlaps}
    assert pairs == {(other, one) for one, other in pairs}


def test_a_table_that_is_not_declared_is_refused():
    with pytest.raises(register.Undeclared):
        release("by_age", DAY, Area("KH/", "country", "KH/", "KH/"))


def test_only_the_one_function_makes_what_may_leave():
    """Nobody else calls `Released`, and nobody but the operation keeps a release."""
    made = [(file.name, node.lineno) for file in APP.glob("*.py") for node in _calls(file, Released.__name__)]
    assert {name for name, _line in made} == {"disclosure.py"}
    kept = {file.name for file in APP.parent.rglob("*.py") if "Release.objects.create(" in file.read_text(encoding="utf-8")}
    assert kept == {"operations.py"}
    inside = {file.name for file in APP.parent.rglob("*.py") if "= TeamRelease(" in file.read_text(encoding="utf-8")}
    assert inside == {"teams.py"}


def _calls(file: Path, name: str) -> list[ast.Call]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == name]


def test_the_codes_of_the_register_are_those_of_the_ladder():
    from spean.voices.enums import BEYOND_BORDERS, Level

    assert [*register.RUNGS] == [*(level.value for level in Level if level not in BEYOND_BORDERS), register.BEYOND]
