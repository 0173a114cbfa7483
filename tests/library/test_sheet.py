"""Facts as a sheet: out and in again changes nothing; a changed row is a proposal; what is wrong is told by its cell."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spean.kernel.errors import Invalid, NotAllowed
from spean.kernel.text import clean
from spean.library import sheet
from spean.library.models import Fact, FactVersion
from spean.library.operations import bringing, facts
from spean.library.queries.exporting import fact_rows

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(lambda words: clean(f"a{words}b"))
SAID = facts.Said("ថ្លៃ", "A price", "usd", "ក", "An office", "T1", "a page", "2026-01", amount="12")


@settings(deadline=None)
@given(
    WORDS,
    WORDS,
    st.none() | st.dates(),
    st.sampled_from([("words", ""), ("usd", "100"), ("thb_day", "337-400"), ("corridor", "closed")]),
)
def test_a_fact_goes_into_a_row_and_comes_back(one, other, day, told):
    unit, amount = told
    said = facts.Said(
        one, other, unit, other, one, "T1", one, "2025-02", amount=amount, words_km=one, words_en=other, valid_until=day
    )
    rows = [(1, sheet.COLUMNS), (2, sheet.cells("a.b", "a", said, "verified"))]
    assert [(row.key, row.subject, row.said, row.faults) for row in sheet.read(rows, {})] == [("a.b", "a", said, ())]


def _rows(actor, **changed):
    """The sheet as it is given out, with cells of one fact changed."""
    given = fact_rows(actor)
    made = [given[0]]
    for row in given[1:]:
        told = dict(zip(sheet.COLUMNS, row, strict=True))
        made.append([{**told, **(changed if told["key"] == "my.wage" else {})}[name] for name in sheet.COLUMNS])
    return list(enumerate(made, 1))


def test_the_sheet_as_it_went_out_changes_nothing(town):
    actor, before = town.actor("manager"), FactVersion.objects.count()
    assert set(bringing.bring_in(actor, _rows(actor))) == {"same"}
    assert FactVersion.objects.count() == before


def test_a_changed_row_is_a_proposal_that_another_person_publishes_and_twice_is_once(town):
    actor, rows = town.actor("manager"), _rows(town.actor("manager"), amount="១៨០០", state="withdrawn")
    changed = [row for row in bringing.look(actor, rows) if row.verdict == "changed"]
    assert [(row.read.key, row.changes) for row in changed] == [("my.wage", (("amount", "1700", "1800"),))]
    counts = [bringing.bring_in(actor, rows)["changed"] for _n in range(2)]
    fact = Fact.objects.get(key="my.wage")
    assert (counts, fact.amount, fact.state, fact.proposed_by, fact.versions.count()) == (
        [1, 0],
        "1700",
        "unverified",
        town.users["manager"],
        2,
    )
    with pytest.raises(NotAllowed):
        facts.publish(actor, fact.id, 2)
    facts.publish(town.actor("coordinator"), fact.id, 2)
    assert Fact.objects.get(key="my.wage").amount == "1800"


def test_a_new_row_is_a_new_fact(town):
    rows = [(1, sheet.COLUMNS), (3, sheet.cells("x.price", "", SAID, ""))]
    assert bringing.bring_in(town.actor("manager"), rows)["new"] == 1
    fact = Fact.objects.get(key="x.price")
    assert (fact.subject, fact.waiting, facts.said_of(fact)) == ("x.price", True, SAID)


def test_units_and_states_are_read_by_their_words_too():
    told = [
        name if name != "amount" else "ផ្លូវនេះបិទ"
        for name in sheet.cells("a", "a", replace(SAID, unit="corridor", amount="closed"), "")
    ]
    words = {code: (km, en) for code, km, en in sheet.unit_words()}
    for unit in ("corridor", *words["corridor"]):
        told[sheet.COLUMNS.index("unit")] = unit
        told[sheet.COLUMNS.index("amount")] = "This way is shut"
        assert sheet.read([(1, sheet.COLUMNS), (2, told)], {})[0].said.amount == "closed"


WRONG = [
    ({"amount": "many"}, "amount"),
    ({"unit": "gold"}, "unit"),
    ({"as_of": "soon"}, "as_of"),
    ({"valid_until": "1st of May"}, "valid_until"),
    ({"name_km": ""}, "name_km"),
    ({"name_en": "x" * 161}, "name_en"),
    ({"key": "A Key"}, "key"),
    ({"subject": "another"}, "subject"),
]


@pytest.mark.parametrize(("changed", "column"), WRONG)
def test_what_is_wrong_is_told_by_its_cell_and_stays_out(changed, column):
    told = dict(zip(sheet.COLUMNS, sheet.cells("a", "a", SAID, ""), strict=True))
    rows = [(1, sheet.COLUMNS), (7, [{**told, **changed}[name] for name in sheet.COLUMNS])]
    (read,) = sheet.read(rows, {"a": "a"})
    letter = chr(ord("A") + sheet.COLUMNS.index(column))
    assert read.said is None
    assert f"{letter}7" in [fault.cell for fault in read.faults]


def test_a_key_twice_and_headings_that_are_missing_are_refused():
    row = sheet.cells("a", "a", SAID, "")
    assert [fault.cell for fault in sheet.read([(1, sheet.COLUMNS), (2, row), (3, row)], {})[1].faults] == ["A3"]
    for rows in ([], [(1, ("key", "name"))], [(1, sheet.COLUMNS), *[(n, row) for n in range(2, 1003)]]):
        with pytest.raises(Invalid):
            sheet.read(rows, {})
