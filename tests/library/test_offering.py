"""Texts changed in files over what people wrote: told, and made drafts on an explicit word; nothing is overwritten."""

import argparse
from uuid import uuid4

import pytest

from spean.commands import filling
from spean.library.models import Text, TextVersion, Way
from spean.library.operations import offering, texts
from spean.library.operations.loading import load


@pytest.fixture
def town(small_town):
    return small_town


def _text():
    return Text.objects.get(slug="malaysia")


def _write_here(town, words="Written here"):
    body = {**_text().versions.get().body, "title_en": words}
    made = texts.write(town.actor("manager"), _text().id, body, uuid4())
    texts.propose(town.actor("manager"), made.text_id, made.number)
    texts.publish(town.actor("coordinator"), made.text_id, made.number)


def _change_in_git(folder, words="From Git"):
    path = folder / "ways/malaysia.toml"
    path.write_text(path.read_text("utf-8").replace('title_en = "To Malaysia"', f'title_en = "{words}"'), "utf-8")


def _names(found):
    return [one.name for one in found]


def test_what_people_changed_and_no_file_did_is_no_news(town, small_folder):
    _write_here(town)
    assert offering.offers(small_folder) == []


def test_a_changed_file_is_told_and_becomes_a_draft_only_on_a_word(town, small_folder):
    _write_here(town)
    _change_in_git(small_folder)
    load(small_folder)
    assert (_names(offering.offers(small_folder)), _text().drafted, Way.objects.get().title_en) == (
        ["way/malaysia"], False, "Written here",
    )  # fmt: skip
    assert _names(offering.take(["law/agreed"], small_folder)) == []
    assert _names(offering.take(["way/malaysia"], small_folder)) == ["way/malaysia"]
    assert (_text().drafted, _text().by_people, Way.objects.get().title_en) == (True, True, "Written here")
    assert (offering.take([offering.ALL], small_folder), offering.offers(small_folder)) == ([], [])
    draft = TextVersion.objects.get(state="draft")
    texts.propose(town.actor("manager"), draft.text_id, draft.number)
    texts.publish(town.actor("coordinator"), draft.text_id, draft.number)
    assert Way.objects.get().title_en == "From Git"


def test_a_draft_of_a_person_is_never_put_aside(town, small_folder):
    _write_here(town)
    body = {**_text().versions.latest("number").body, "title_en": "My draft"}
    texts.write(town.actor("coordinator"), _text().id, body, uuid4())
    _change_in_git(small_folder)
    assert offering.take([offering.ALL], small_folder) == []
    assert [one.hindrance != "" for one in offering.offers(small_folder)] == [True]
    assert TextVersion.objects.get(state="draft").body["title_en"] == "My draft"


def test_a_withdrawn_text_says_so_and_comes_back_only_by_people(town, small_folder):
    texts.withdraw(town.actor("manager"), _text().id)
    assert offering.offers(small_folder) == []
    _change_in_git(small_folder)
    assert [one.note for one in offering.offers(small_folder)] == ["withdrawn here"]
    offering.take([offering.ALL], small_folder)
    assert (_text().state, _text().drafted, Way.objects.count()) == ("withdrawn", True, 0)


def test_the_command_tells_what_it_left_and_what_it_made(town, small_folder, capsys):
    _write_here(town)
    _change_in_git(small_folder)
    said = []
    for asked in ([], ["law/agreed"], ["way/malaysia"]):
        assert filling.library_load(argparse.Namespace(folder=small_folder, draft=asked)) == 0
        said.append(capsys.readouterr().out)
    assert "way/malaysia: --draft way/malaysia makes a draft of it" in said[0]
    assert "law/agreed: no draft is needed" in said[1]
    assert "way/malaysia: a draft of what the file says is on the desk" in said[2]
    assert "these stay as they are" not in said[2]
