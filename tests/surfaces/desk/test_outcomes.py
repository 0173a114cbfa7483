"""Outcomes of a team on the desk: the page and its sheet show what was told, and say why a number is hidden."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.surfaces.desk.outcomes import tell_outcomes
from tests.surfaces.public.reading import Page


def at(name: str) -> str:
    return reverse(f"desk:{name}").replace("/km/", "/en/")


@pytest.fixture
def told(town):
    tell_outcomes(town)


def test_the_page_has_each_table_with_its_meaning_and_says_why_a_number_is_hidden(town, told):
    with CaptureQueriesContext(connection) as asked:
        shown = Page(town.client("supervisor").get(at("outcomes")))
    assert len([q for q in asked if "evidence_teamrelease" in q["sql"]]) == 3
    for words in (
        "from 1 January 2027 to 30 June 2027, as it was counted on 1 August 2027",
        "Follow-ups that were due", "On time: within 14 days after it.", "After 3 months", "21 hidden 12 told together 61",
        "The others together 10 hidden 5 told together 61", "“Hidden” means: fewer than 5 persons",
        "Finished, without a certificate Left: The person found work 8", "Law 6 7 told together",
        "Nothing is told: it would stand for fewer than 5 persons",
    ):  # fmt: skip
        assert words in " ".join(shown.text.split())


def test_the_sheet_has_the_same_numbers_and_an_empty_cell_for_what_is_hidden(town, told):
    answer = town.client("supervisor").get(at("outcomes_sheet"))
    assert answer["Content-Disposition"] == 'attachment; filename="outcomes-2027-01-01.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][-3:] == ["line", "columns", "number"]
    assert [r[-3:] for r in rows if r[-1] in {"", "21"}] == [
        ["3", "Done on time", "21"], ["3", "Done late", ""], ["The others together", "Done late", ""],
    ]  # fmt: skip


def test_only_who_may_reads_them_and_of_no_other_team(town, told):
    assert town.client("worker").get(at("outcomes")).status_code == 403
    query = f"?team={town.teams['team'].id}&half=2027-01-01"
    assert town.client("supervisor").get(at("outcomes") + query).status_code == 200
    assert town.client("supervisor").get(at("outcomes") + "?team=3f2504e0-4f89-41d3-9a0c-0305e82c3301").status_code == 404


def test_before_the_first_half_year_the_page_says_when_it_comes(town):
    shown = Page(town.client("supervisor").get(at("outcomes")))
    assert "Nothing has been counted yet." in shown.text
    assert town.client("supervisor").get(at("outcomes_sheet")).status_code == 404
