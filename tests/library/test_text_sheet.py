"""Texts as a sheet: out and in again changes nothing; a changed row is a draft; what is wrong is told by its cell."""

import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.errors import Invalid, NotAllowed
from spean.kernel.text import clean, has_lone_surrogate, reverses_direction
from spean.library import labels, text_sheet, texts
from spean.library.models import Text, TextVersion
from spean.library.operations import bringing_texts
from spean.library.operations import texts as operations
from spean.library.queries.exporting import text_rows

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="[]{}"), max_size=40).map(lambda w: clean(f"a{w}b"))
PAPER = WORDS.filter(lambda words: len(words.splitlines()) == 1)  # one on each line
PLAIN = labels.in_both([("my.wage", "ប្រាក់ឈ្នួល", "The wage")])
TITLE = "way.malaysia.title"


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), st.lists(st.tuples(PAPER, PAPER), max_size=3))
def test_a_text_goes_into_rows_and_comes_back(steps, papers):
    told = [{"title_km": km, "title_en": en, "text_km": f"{km} {{fact:my.wage}}", "documents": papers} for km, en in steps]
    body = texts.normal("way", {"title_km": steps[0][0], "title_en": steps[0][1], "steps": told})
    rows = [text_sheet.COLUMNS, *text_sheet.rows_of("way", "a", body, 3, PLAIN)]
    again = texts.normal("way", {"steps": [{"documents": [["x", "y"]]} for _step in steps]})
    for row in text_sheet.read(list(enumerate(rows, 1)), PLAIN):
        if any(reverses_direction(words) or has_lone_surrogate(words) for words in (row.km, row.en)):
            return
        assert (row.faults, row.version, row.text) == ((), 3, "way.a")
        text_sheet.put(again, row.key, row.km, row.en)
    assert texts.normal("way", again) == body


@pytest.fixture(scope="module")
def _seeds(tmp_path_factory):
    """Two ways and the law of the files, with the facts that they name."""
    from spean.library import seeds

    folder = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(seeds.DATA, folder)
    for path in (folder / "ways").glob("*.toml"):
        if path.stem not in {"malaysia", "japan"}:
            path.unlink()
    return folder


@pytest.fixture
def town(db, _seeds):
    from town import make_town

    from spean.library.operations.loading import load

    made = make_town()
    load(_seeds)
    return made


def _rows(actor, changed=None):
    """The sheet as it is given out, with the Khmer, the English or the version of some keys changed."""
    given_out = text_rows(actor)
    made = [given_out[0]]
    for row in given_out[1:]:
        told = {**dict(zip(text_sheet.COLUMNS, row, strict=True)), **(changed or {}).get(row[0], {})}
        made.append([told[name] for name in text_sheet.COLUMNS])
    return list(enumerate(made, 1))


def _differ(actor, rows):
    return [row for row in bringing_texts.look(actor, rows) if row.verdict != "same"]


def test_the_sheet_as_it_went_out_changes_nothing_also_on_top_of_a_draft(town):
    actor, before = town.actor("manager"), TextVersion.objects.count()
    assert set(bringing_texts.bring_in(actor, _rows(actor))) == {"same"}
    bringing_texts.bring_in(actor, _rows(actor, {TITLE: {"en": "To Malaysia, anew"}}))
    assert set(bringing_texts.bring_in(town.actor("coordinator"), _rows(actor))) == {"same"}
    assert TextVersion.objects.count() == before + 1


def test_changed_rows_are_one_draft_for_each_text_and_twice_is_once(town):
    actor = town.actor("manager")
    changed = {TITLE: {"en": "To Malaysia, anew"}, "way.malaysia.step-2.text": {"km": "ថ្មី"}, "way.japan.title": {"km": "ជប៉ុន"}}
    rows = _rows(actor, changed)
    seen = _differ(actor, rows)
    told = {row.read.key: [change[0] for change in row.changes] for row in seen if row.verdict == "changed"}
    assert told == {TITLE: ["en"], "way.malaysia.step-2.text": ["km"], "way.japan.title": ["km"]}
    assert [bringing_texts.bring_in(actor, rows)["texts"] for _n in range(2)] == [2, 0]
    text = Text.objects.get(slug="malaysia")
    assert (text.drafted, text.waiting, text.versions.count(), text.title_en) == (True, False, 2, "To Malaysia, anew")
    draft = text.versions.get(number=2)
    assert (draft.body["steps"][1]["text_km"], draft.written_by) == ("ថ្មី", town.users["manager"])
    with override("en"):
        assert "{fact:" in "".join(step["text_en"] for step in draft.body["steps"])


def test_papers_are_lines_in_the_same_order(town):
    actor, key = town.actor("manager"), "way.malaysia.step-3.documents"
    rows = _rows(actor, {key: {"km": "មួយ\nពីរ", "en": "One\nTwo"}})
    bringing_texts.bring_in(actor, rows)
    step = Text.objects.get(slug="malaysia").versions.latest("number").body["steps"][2]
    assert step["documents"] == [["មួយ", "One"], ["ពីរ", "Two"]]


WRONG = [
    ({TITLE: {"key": "way.malaysia.step-99.title"}}, "A"),
    ({TITLE: {"key": "way.mars.title"}}, "A"),
    ({TITLE: {"key": "x"}}, "A"),
    ({TITLE: {"key": "way.malaysia.lede"}}, "A"),
    ({TITLE: {"en": "{fact:my.wage}"}}, "C"),
    ({TITLE: {"km": "[[no such fact]]"}}, "B"),
    ({TITLE: {"en": "x" * 161}}, "C"),
    ({TITLE: {"en": "x\u202e"}}, "C"),
    ({TITLE: {"en": "Other", "version": "first"}}, "D"),
    ({TITLE: {"en": "Other", "version": "9"}}, "D"),
    ({"way.malaysia.step-3.documents": {"km": "មួយ", "en": "One\nTwo"}}, "C"),
]


@pytest.mark.parametrize(("changed", "column"), WRONG, ids=str)
def test_what_is_wrong_is_told_by_its_cell_and_the_rest_comes_in(town, changed, column):
    actor = town.actor("manager")
    rows = _rows(actor, {**changed, "way.japan.title": {"en": "To Japan, anew"}})
    seen = {row.verdict: row for row in _differ(actor, rows)}
    assert set(seen) == {"changed", "faulty"}
    assert [fault.cell[0] for fault in seen["faulty"].read.faults] == [column]
    assert bringing_texts.bring_in(actor, rows)["texts"] == 1
    assert (Text.objects.get(slug="japan").drafted, Text.objects.get(slug="malaysia").drafted) == (True, False)


def test_a_sheet_does_not_take_back_what_somebody_else_wrote_since(town):
    rows = _rows(town.actor("manager"), {TITLE: {"en": "From the sheet"}})
    text = Text.objects.get(slug="malaysia")
    body = {**text.versions.get().body, "lede_en": text.versions.get().body["lede_en"] + " More."}
    from uuid import uuid4

    operations.write(town.actor("coordinator"), text.id, body, uuid4())
    seen = _differ(town.actor("manager"), rows)
    assert {row.verdict for row in seen} == {"faulty"}
    assert {fault.cell[0] for row in seen for fault in row.read.faults} == {"D"}
    assert bringing_texts.bring_in(town.actor("manager"), rows)["texts"] == 0


def test_only_who_keeps_texts_brings_them_in(town):
    with pytest.raises(NotAllowed):
        bringing_texts.bring_in(town.actor("worker"), _rows(town.actor("manager")))
    assert text_rows(town.actor("worker")) == [list(text_sheet.COLUMNS)]


@pytest.mark.parametrize("rows", [[], [(1, ["key", "km", "en"])]])
def test_a_sheet_without_our_headings_is_refused(town, rows):
    with pytest.raises(Invalid):
        bringing_texts.look(town.actor("manager"), rows)


def test_a_look_asks_the_same_number_of_times_for_one_row_and_for_all(town):
    actor = town.actor("manager")
    for rows in (_rows(actor), _rows(actor)[:2]):
        with CaptureQueriesContext(connection) as asked:
            bringing_texts.look(actor, rows)
        assert len(asked) == 5
