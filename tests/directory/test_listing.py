"""A list as offices give it out: merged cells, headings in the middle. Each line is read, joined, or told with a reason."""

from datetime import date
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.directory.differing import Head, begun, changes, complete, licence_of, merged
from spean.directory.enums import LicenceState
from spean.directory.listing import FAULTS, Read, Reader, Said
from spean.directory.recruiting import judge

COUNTRIES = {"Thailand": "TH", "ថៃ": "TH", "Malaysia": "MY", "ម៉ាឡេស៊ី": "MY"}
HEAD = Head("ministry", "A list", "alist", date(2026, 1, 1))


def read(*rows, says="licensed", name=""):
    """The lines of one sheet."""
    return Reader(says, COUNTRIES).read([(name, list(enumerate(rows, 1)))])


def good(lines):
    return [line.said for line in lines if not line.reason]


def why(lines):
    return [(line.where, line.reason) for line in lines if line.reason]


def test_headings_in_the_middle_and_merged_in_two_rows():
    """Merged cells say the same in each of their places: so the reader of sheets gives them."""
    title = ("ព្រះរាជាណាចក្រកម្ពុជា",) * 6
    upper = ("ល.រ", "ឈ្មោះក្រុមហ៊ុន", "ឈ្មោះក្រុមហ៊ុន", "អាជ្ញាបណ្ណ", "អាជ្ញាបណ្ណ", "ទូរស័ព្ទ")
    lower = ("ល.រ", "ជាភាសាខ្មែរ", "ជាអក្សរឡាតាំង", "លេខអាជ្ញាបណ្ណ", "ផុតកំណត់", "ទូរស័ព្ទ")
    first = ("១", "ទីភ្នាក់ងារសាកល្បង", "Demo Agency", "០១២/២០២៥", "១៥ មីនា ២០២៧", "០១២ ៣១១ ១១២")
    assert good(read(title, upper, lower, first)) == [
        Said("ទីភ្នាក់ងារសាកល្បង", "Demo Agency", "០១២/២០២៥", "licensed", "2027-03-15", ("+855 12 311 112",))
    ]


def test_three_lines_of_one_agency_are_one():
    heading = ("Name", "Licence number", "Address", "Telephone")
    rows = [("Demo Agency", "1/2025", f"Street {n}", f"012 311 11{n}") for n in range(3)]
    lines = read(heading, *rows, name="2026")
    assert [line.where for line in lines] == ["2026 · 2, 2026 · 3, 2026 · 4"]
    assert lines[0].said.addresses == ("Street 0", "Street 1", "Street 2")
    assert len(lines[0].said.numbers) == 3


def test_lines_that_disagree_are_told():
    heading = ("Name", "Licence number", "State")
    lines = read(
        heading, ("Demo Agency", "1/2025", "valid"), ("Demo Agency", "1/2025", "suspended"), ("Demo Agency", "2/2025", "")
    )
    assert len(good(lines)) == 1
    assert why(lines) == [("3", "twice"), ("4", "twice")]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("ទីភ្នាក់ងារ (Demo Agency)", ("ទីភ្នាក់ងារ", "Demo Agency")), ("Demo Agency (ទីភ្នាក់ងារ)", ("ទីភ្នាក់ងារ", "Demo Agency")),
        ("ទីភ្នាក់ងារ\nDemo Agency", ("ទីភ្នាក់ងារ", "Demo Agency")), ("ទីភ្នាក់ងារ / Demo Agency", ("ទីភ្នាក់ងារ", "Demo Agency")),
        ("Demo Agency (Cambodia)", ("", "Demo Agency (Cambodia)")), ("Demo\nAgency Co., Ltd.", ("", "Demo Agency Co., Ltd.")),
        ("ទីភ្នាក់ងារ", ("ទីភ្នាក់ងារ", "")),
    ],
)  # fmt: skip
def test_a_name_in_two_scripts_in_one_cell(cell, names):
    (said,) = good(read(("Name", "Licence number"), (cell, "1")))
    assert (said.name_km, said.name_en) == names


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "1/2025", "", ""), "title"), (("", "1/2025", "valid", ""), "no_name"), (("To Malaysia",) * 4, "title"),
        (("To Malaysia",), "title"), (("Demo", "1", "perhaps", ""), "state"), (("Demo", "1", "", "soon"), "day"),
        (("Demo", "1", "", "1/1/2570"), "era"), (("Demo", "\x00formula", "", ""), "formula"),
        (("De\u202emo", "1", "", ""), "signs"), (("a" * 161, "1", "", ""), "long"), (("េកម្ពុជា", "1", "", ""), "letters"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_says_why(row, reason):
    assert why(read(("Name", "Licence number", "State", "Valid until"), row)) == [("2", reason)]


def test_a_page_without_headings_goes_on_with_those_before():
    first, second = [(1, ("Name", "Licence number")), (2, ("Demo One", "1"))], [(1, ("Demo Two", "2"))]
    assert [s.name_en for s in good(Reader("licensed", {}).read([("1", first), ("2", second)]))] == ["Demo One", "Demo Two"]


def test_a_sheet_without_headings_is_told_whole():
    assert why(read(("Notes", "x"), ("a", "b"))) == [("1", "no_headings"), ("2", "no_headings")]


def test_a_number_or_country_that_nobody_knows_is_left_out_and_told():
    (line,) = read(("Name", "Telephone", "Countries"), ("Demo", "012 311 112 / 12", "ថៃ, Malaysia, Atlantis"))
    assert line.said.numbers == ("+855 12 311 112",)
    assert line.said.countries == ("TH", "MY")
    assert line.said.left == ("12", "Atlantis")


def test_what_it_means_to_stand_on_it_is_said_by_whoever_brings_it():
    (said,) = good(read(("Name", "Licence number"), ("Demo", "1"), says="suspended"))
    assert said.says == "suspended"


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["Name", "ឈ្មោះ", "Licence number", "State", "valid", "Demo", "012 311 112", "1/2025", "", "\x00fault", "ថៃ", "2026-01-01"]
    ),
)
ROWS = st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=8)
SAID = st.builds(
    Said,
    name_km=st.sampled_from(["", "ទីភ្នាក់ងារ", "ផ្កាយ"]),
    name_en=st.sampled_from(["Demo Agency", "Demo Agency Co., Ltd.", "Demo Star"]),
    licence_number=st.sampled_from(["", "1/2025", "០១២"]),
    says=st.sampled_from(LicenceState.values),
    ends_on=st.sampled_from(["", "2027-01-01"]),
    numbers=st.lists(st.sampled_from(["012 311 112", "+855 12 311 112", "077 455 516"]), max_size=2).map(tuple),
    addresses=st.lists(st.sampled_from(["Street 5", "ផ្លូវ ៥", "Street 7"]), max_size=3).map(tuple),
    countries=st.lists(st.sampled_from(["TH", "MY"]), unique=True, max_size=2).map(tuple),
)


@given(st.lists(ROWS, max_size=3))
def test_any_sheets_are_read_and_no_line_is_lost(sheets):
    numbered = [(str(n), list(enumerate(rows, 1))) for n, rows in enumerate(sheets)]
    lines = Reader("licensed", COUNTRIES).read(numbered)
    assert all(line.reason in FAULTS or (not line.reason and line.said.names) for line in lines)
    told = list(chain.from_iterable(line.where.split(", ") for line in lines if len(line.where) < 80))
    assert len(told) == len(set(told))
    if all(len(line.where) < 80 for line in lines):  # the rest are headings
        assert set(told) <= {f"{n} · {at}" for n, rows in enumerate(sheets) for at in range(1, len(rows) + 1)}


@given(st.lists(st.tuples(st.sampled_from(["Demo One", "Demo Two", "ផ្កាយ"]), st.sampled_from(["", "1", "2"]), CELLS), max_size=8))
def test_below_the_headings_each_line_is_told_once(rows):
    lines = read(("Name", "Licence number", "State"), *rows)
    told = [where for line in lines for where in line.where.split(", ")]
    assert sorted(told, key=int) == [str(n) for n in range(2, len(rows) + 2)]


@given(SAID)
def test_what_a_list_says_of_a_new_one_may_be_kept_and_says_nothing_new_the_second_time(said):
    draft = begun(said, HEAD)
    judge(draft)
    claim = licence_of(said, HEAD)
    assert merged(draft, said, HEAD) == draft
    assert changes(draft, draft, claim, complete(claim, claim)) == []


@given(SAID, SAID)
def test_two_lists_one_after_the_other(first, second):
    draft, claim = begun(first, HEAD), licence_of(first, HEAD)
    after, now = merged(draft, second, HEAD), complete(licence_of(second, HEAD), claim)
    assert set(draft.names) <= set(after.names)
    assert set(draft.numbers) <= set(after.numbers)
    assert merged(after, second, HEAD) == after
    assert changes(after, after, now, complete(licence_of(second, HEAD), now)) == []
    told = {name for name, _before, _after in changes(draft, after, claim, now)}
    assert told == {n for n in draft.body() if n not in {"source", "as_of"} and draft.body()[n] != after.body()[n]} | (
        told & {"licence_number", "says", "ends_on", "as_of"}
    )


def test_a_joined_line_names_both_its_places():
    assert Read("1").said == Said()
