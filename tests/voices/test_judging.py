"""A row of a sheet is a concern or has its faults, each with a word that has a sentence."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel import clock
from spean.voices import columns
from spean.voices.columns import Column
from spean.voices.judging import FAULTS, Faulty, Judged, day_of, judge

WITHOUT_PLACE = [c for c in Column if c is not Column.PLACE]


def one(**cells) -> Judged:
    """One row judged; a number and words are there unless they are given."""
    given_ = {"row": "1", "told": "words", **cells}
    return judge([(2, list(given_.values()))], {name: at for at, name in enumerate(given_)})[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-03", "2026-11-03"), ("3/11/2026", "2026-11-03"), ("០៣/១១/២០២៦", "2026-11-03"), ("3.11.2026", "2026-11-03"),
        ("៣ វិច្ឆិកា ២០២៦", "2026-11-03"), ("ថ្ងៃទី៣ ខែវិច្ឆិកា ឆ្នាំ២០២៦", "2026-11-03"), ("3 November 2026", "2026-11-03"),
        ("3 Nov. 2026", "2026-11-03"), ("2026-11-03T08:00:00", "2026-11-03"), ("03/11/2569", "era"), ("៣ វិច្ឆិកា ២៥៧០", "era"),
        ("31/02/2026", "day"), ("11/26/2026", "day"), ("yesterday", "day"), ("3/11/26", "day"), ("46000", "day"),
        ("31/12/1999", "early"), ("1/1/2199", "future"), ("3 Smarch 2026", "day"),
    ],
)  # fmt: skip
def test_a_day_is_understood_or_refused_clearly(written, meant):
    try:
        found = day_of(written).isoformat()
    except Faulty as fault:
        found = str(fault)
    assert found == meant


def test_today_has_come_and_tomorrow_has_not():
    today = clock.today()
    assert day_of(today.isoformat()) == today
    assert one(day=(today + timedelta(days=1)).isoformat()).faults == (("day", "future"),)


@pytest.mark.parametrize(
    ("column", "cell", "meant"),
    [
        ("kind", "fees", "fees"), ("kind", "ថ្លៃ", None), ("kind", "Fees and Brokers", "fees"), ("kind", "", "other"),
        ("danger", "yes", "now"), ("danger", "Yes, now", "now"), ("danger", "", "unknown"), ("danger", "perhaps", None),
        ("sex", "F", "woman"), ("sex", "ប្រុស", "man"), ("age", "២៣", "18-24"), ("age", "17", "0-17"), ("age", "60+", "60+"),
        ("age", "18-24", "18-24"), ("age", "300", None), ("wish", "receipt", None), ("language", "English", "en"),
        ("phone", "០១២ ៣៤៥ ៦៧៨", "012 345 678"), ("phone", "call me", None), ("phone", "12", None),
    ],
)  # fmt: skip
def test_a_cell_is_taken_in_khmer_in_english_and_as_a_code(column, cell, meant):
    row = one(**{column: cell})
    assert (row.values.get(column), bool(row.faults)) == (meant, meant is None)


def test_each_code_is_known_by_its_own_words():
    for column, (codebook, empty) in columns.CODEBOOKS.items():
        for choice in codebook:
            for words in (choice.value, *columns.both(choice.label)):
                assert columns.codes_of(column)[columns.key(words)] == choice.value
        assert empty in codebook.values


def test_what_is_missing_too_long_hidden_or_a_formula_is_said():
    assert one(row=" ", told="").faults == (("row", "missing"), ("told", "missing"))
    assert one(told="x" * 8001).faults == (("told", "long"),)
    assert one(told="abc\u202egnp").faults == (("told", "signs"),)
    assert one(told="\x00formula", kind="\x00fault").faults == (("kind", "fault"), ("told", "formula"))
    assert one(wish="phone").faults == (("phone", "no_phone"),)
    assert one(wish="phone", phone="012345678").values["phone"] == "012345678"


def test_a_number_that_stands_twice_is_faulty_the_second_time():
    rows = judge([(2, ["17", "a"]), (3, ["១៧", "b"]), (4, ["18", "c"])], {"row": 0, "told": 1})
    assert [row.faults for row in rows] == [(), (("row", "twice"),), ()]


@pytest.mark.parametrize(
    "heading", ["row", "ល.រ", "No.", "Number in your list", "លេខរៀង / Number", "លេខរៀង\nID", "ល.រ *", " NUMBER IN YOUR LIST "]
)
def test_a_heading_is_known(heading):
    assert columns.column_of(heading) is Column.ROW


def test_headings_are_found_below_a_title_and_each_in_both_languages():
    rows = [(1, ["Hotline of Prey Veng"]), (3, ["ល.រ", "Date", "nonsense", "ខ្លឹមសារ"]), (4, ["1", "x", "y", "z"])]
    assert columns.find_headings(rows) == 1
    assert columns.assigned(rows[1][1]) == {"row": 0, "day": 1, "told": 3}
    both = [" / ".join(columns.both(c.label)) for c in Column]
    assert columns.assigned(both) == {c.value: at for at, c in enumerate(Column)}
    for language in (0, 1):
        assert columns.assigned([columns.both(c.label)[language] for c in Column]) == columns.assigned(both)


CELLS = st.text(max_size=60) | st.sampled_from(["១/១/២០២៦", "0/0/0000", "99999-1-1", "\x00formula", "²³", "१२", "\ud800", "fees"])


@given(st.lists(st.lists(CELLS, max_size=16), max_size=8), st.permutations(range(len(WITHOUT_PLACE))))
def test_any_cells_are_a_concern_or_have_faults_with_a_sentence(rows, order):
    assigned = {column.value: at for column, at in zip(WITHOUT_PLACE, order, strict=True)}
    for row in judge(list(enumerate(rows, 2)), assigned):
        assert bool(row.values) != bool(row.faults)
        assert all(column in Column.values and word in FAULTS for column, word in row.faults)
        assert Judged.of(row.kept()) == row
