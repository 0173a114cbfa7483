"""Texts: one writes, another publishes, every version stays; the files never overwrite what a person wrote."""

import copy
import shutil
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.library import seeds
from spean.library.enums import TextState, VersionState
from spean.library.models import FactUse, LawQuestion, Text, TextVersion, Way
from spean.library.operations import texts
from spean.library.operations.loading import load
from spean.library.queries import pages
from spean.library.queries import texts as queries
from spean.privacy import audit


def _text(slug="malaysia", kind="way"):
    return Text.objects.get(kind=kind, slug=slug)


def _body(slug="malaysia", **more):
    shown = _text(slug).versions.order_by("-number").first()
    return {**copy.deepcopy(shown.body), **more}


def _send(town, who="manager", slug="malaysia", **more):
    made = texts.write(town.actor(who), _text(slug).id, _body(slug, **more), uuid4())
    texts.propose(town.actor(who), made.text_id, made.number)
    return made


def _title(slug="malaysia"):
    with override("en"):
        page = pages.way_page(slug)
    return page.row.title if page else None


def test_what_one_writes_is_seen_once_another_publishes_it(town):
    before = _title()
    made = _send(town, title_en="To Malaysia, anew")
    assert (_title(), _text().waiting, _text().proposed_by) == (before, True, town.users["manager"])
    with pytest.raises(NotAllowed):
        texts.publish(town.actor("manager"), made.text_id, made.number)

    texts.publish(town.actor("coordinator"), made.text_id, made.number)

    assert (_title(), _text().waiting, _text().state) == ("To Malaysia, anew", False, TextState.PUBLISHED)
    assert list(_text().versions.order_by("number").values_list("state", flat=True)) == ["replaced", "published"]


@pytest.mark.parametrize("by", ["manager", None])
def test_the_database_itself_refuses_a_text_of_one_person(town, by):
    made = _send(town, title_en="Mine")
    TextVersion.objects.filter(text=made.text_id, state="published").update(state="replaced")
    with pytest.raises(IntegrityError), transaction.atomic():
        TextVersion.objects.filter(pk=made.pk).update(state=VersionState.PUBLISHED, decided_by=by and town.users[by])


def test_who_only_sends_the_draft_of_another_has_not_written_it(town):
    made = texts.write(town.actor("manager"), _text().id, _body(title_en="X"), uuid4())
    texts.propose(town.actor("coordinator"), made.text_id, made.number)
    with pytest.raises(NotAllowed):
        texts.publish(town.actor("manager"), made.text_id, made.number)
    texts.publish(town.actor("coordinator"), made.text_id, made.number)
    assert _title() == "X"


def test_a_new_way_from_nothing(town):
    body = _body("malaysia", title_en="To Laos", destination="other")
    made = texts.begin(town.actor("manager"), "way", "laos", body, uuid4())
    assert Way.objects.filter(slug="laos").count() == 0
    texts.propose(town.actor("manager"), made.text_id, 1)
    texts.publish(town.actor("coordinator"), made.text_id, 1)
    assert _title("laos") == "To Laos"
    assert FactUse.objects.filter(page_slug="laos", subject="my.wage").exists()


@pytest.mark.parametrize("slug", ["", "Laos", "la os", "malaysia", "x" * 81, "ឡាវ"])
def test_an_address_that_cannot_be_is_refused(town, slug):
    with pytest.raises(Invalid) as caught:
        texts.begin(town.actor("manager"), "way", slug, _body(), uuid4())
    assert set(caught.value.fields) == {"slug"}


def test_sent_twice_is_written_once_and_nobody_elses_id_is_taken(town):
    sent, before = uuid4(), _text().versions.count()
    first, again = (texts.write(town.actor("manager"), _text().id, _body(title_en="X"), sent) for _n in range(2))
    assert (first.pk, _text().versions.count()) == (again.pk, before + 1)
    with pytest.raises(NotYours):
        texts.write(town.actor("coordinator"), _text().id, _body(), sent)


def test_a_draft_on_top_of_somebody_elses_is_refused(town):
    texts.write(town.actor("manager"), _text().id, _body(title_en="X"), uuid4(), seen=1)
    with pytest.raises(Invalid):
        texts.write(town.actor("coordinator"), _text().id, _body(title_en="Y"), uuid4(), seen=1)
    assert _text().title_en == "X"


NOT_KEPT = [
    ("lede_en", {"lede_en": "See {fact:no.such}"}),
    ("lede_km", {"lede_km": "See {fact: my.wage}"}),
    ("title_en", {"title_en": "{fact:my.wage}"}),
    ("title_en", {"title_en": "x" * 161}),
    ("kind", {"kind": "road"}),
    ("destination", {"destination": "XX"}),
    ("works", {"works": ["spying"]}),
    ("state_subject", {"state_subject": "no.such"}),
    ("glance_wage", {"glance": {"wage": ["no.such"]}}),
    ("steps", {"steps": [{}] * 41}),
    ("position", {"position": 99_999}),
    ("step-0-name", {"steps": [{"name": "dragon"}]}),
    ("step-0-gives", {"steps": [{"gives": ["gold"]}]}),
]


@pytest.mark.parametrize(("name", "more"), NOT_KEPT, ids=str)
def test_what_cannot_be_kept_is_refused_with_its_place(town, name, more):
    with pytest.raises(Invalid) as caught:
        texts.write(town.actor("manager"), _text().id, _body(**more), uuid4())
    assert set(caught.value.fields) == {name}


GAPS = [
    ("title_km", {"title_km": ""}),
    ("kind", {"kind": ""}),
    ("works", {"works": []}),
    ("steps", {"steps": []}),
    ("lede_en", {"lede_km": "ក {fact:my.wage}", "lede_en": "a"}),
    (
        "step-0-documents_en",
        {"steps": [{**dict.fromkeys(["title_km", "title_en", "text_km", "text_en"], "x"), "documents": [["ក", ""]]}]},
    ),
    (
        "step-0-authority_en",
        {"steps": [{**dict.fromkeys(["title_km", "title_en", "text_km", "text_en"], "x"), "authority_km": "ក"}]},
    ),
]


@pytest.mark.parametrize(("name", "more"), GAPS, ids=str)
def test_a_draft_may_have_gaps_and_is_not_sent_before_they_are_filled(town, name, more):
    made = texts.write(town.actor("manager"), _text().id, _body(**more), uuid4())
    with pytest.raises(Invalid) as caught:
        texts.propose(town.actor("manager"), made.text_id, made.number)
    assert set(caught.value.fields) == {name}
    assert _text().waiting is False


@pytest.mark.parametrize("who", ["manager", "coordinator"])
def test_a_refused_text_changes_nothing_and_can_be_taken_back_by_its_writer(town, who):
    made, before = _send(town, title_en="X"), _title()
    texts.refuse(town.actor(who), made.text_id, made.number)
    assert (_title(), _text().waiting, _text().proposed_by) == (before, False, None)
    with pytest.raises(Conflict):
        texts.publish(town.actor("coordinator"), made.text_id, made.number)


def test_withdrawn_it_is_gone_for_readers_and_a_new_version_brings_it_back(town):
    texts.withdraw(town.actor("manager"), _text().id)
    assert (_title(), _text().state) == (None, TextState.WITHDRAWN)
    assert not FactUse.objects.filter(page_slug="malaysia").exists()
    made = _send(town)
    texts.publish(town.actor("coordinator"), made.text_id, made.number)
    assert _title() is not None


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(seeds.DATA, tmp_path / "data")
    return tmp_path / "data"


def _edit(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_a_file_never_changes_a_text_that_a_person_wrote_or_withdrew(town, folder):
    made = _send(town, title_en="Written here")
    texts.publish(town.actor("coordinator"), made.text_id, made.number)
    texts.withdraw(town.actor("manager"), _text("japan").id)
    _edit(folder / "ways/malaysia.toml", "title_en = ", 'title_en = "From the file" # ')
    (folder / "ways/japan.toml").unlink()
    for _n in range(2):
        load(folder)
        load()
    assert (_title(), _title("japan"), _text().versions.count()) == ("Written here", None, 2)


def test_a_file_renews_a_text_that_nobody_touched_and_the_old_one_is_kept(town, folder):
    _edit(folder / "ways/malaysia.toml", "title_en = ", 'title_en = "From the file" # ')
    (folder / "ways/japan.toml").unlink()
    load(folder)
    assert (_title(), _title("japan"), _text("japan").state) == ("From the file", None, TextState.WITHDRAWN)
    assert list(_text().versions.order_by("number").values_list("state", "written_by")) == [
        ("replaced", None),
        ("published", None),
    ]
    load()
    assert _title("japan") is not None


def test_every_text_of_the_files_has_its_version_and_page(town):
    assert Text.objects.filter(state="published").count() == Way.objects.count() + LawQuestion.objects.count()
    assert TextVersion.objects.filter(state="published", written_by=None).count() == Text.objects.count()


def test_the_trail_knows_who_did_what(town):
    made = _send(town)
    texts.publish(town.actor("coordinator"), made.text_id, made.number)
    texts.withdraw(town.actor("manager"), made.text_id)
    said = [entry.verb for entry in audit.entries(town.teams["team"].organisation_id)]
    assert sorted(v for v in said if v.startswith("text.")) == ["text.propose", "text.publish", "text.withdraw", "text.write"]


def test_two_versions_are_compared_with_facts_by_their_names(town):
    body = _body()
    body["steps"][0]["title_en"] = "Another first step"
    body["steps"].pop()
    made = texts.write(town.actor("manager"), _text().id, body, uuid4())
    with override("en"):
        _row, change = queries.compare(town.actor("coordinator"), made.text_id, 1, made.number)
    new = [line.text for line in change.en if line.mark == "new"]
    gone = [line.text for line in change.en if line.mark == "gone"]
    assert new == ["Title: Another first step"]
    assert len(gone) > 2
    assert not any("{fact:" in line.text for line in (*change.km, *change.en))
    assert {line.mark for line in change.km} == {"gone", "gap", ""}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_page_ask_the_same_number_of_times(town, rows):
    kept = [_text(slug).pk for slug in ("malaysia", "japan", "korea")[:rows]]
    actor = town.actor("manager")
    for _n in range(rows):
        made = texts.write(actor, kept[0], _body(title_en=str(_n)), uuid4())
    TextVersion.objects.exclude(text__in=kept).delete()
    Text.objects.exclude(pk__in=kept).delete()
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.listed(actor, queries.Wanted()).rows) == rows
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert queries.text_page(actor, made.text_id).draft
    assert len(asked) == 8
