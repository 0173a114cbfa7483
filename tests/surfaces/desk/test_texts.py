"""Texts on the desk: forms that lose nothing, steps moved without a script, a preview by the public template, a second person."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from spean.library import seeds, texts
from spean.library.models import Text, TextVersion, Way
from spean.library.operations.loading import load
from spean.library.queries import texts as queries
from spean.surfaces.desk.text_writing import Writing
from tests.surfaces.public.reading import Page


@pytest.fixture
def desk(town):
    load()
    return town


def _at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def _text(slug="malaysia", kind="way"):
    return Text.objects.get(kind=kind, slug=slug)


def _typed(writing):
    """What a browser would send of these forms."""
    data = QueryDict(mutable=True)
    for form in writing.parts:
        for name, value in form.typed_now().items():
            several = value if isinstance(value, list) else [] if value is None else [value]
            data.setlist(form.add_prefix(name), [str(one) for one in several])
    data["steps"], data["sent_id"] = str(len(writing.steps)), str(uuid4())
    return data


def _sent(slug="malaysia", kind="way", **more):
    body = _text(slug, kind).versions.order_by("-number").first().body
    data = _typed(Writing.begun(kind, queries.fact_names(), body, seen=""))
    for name, value in more.items():
        data[name.replace("step_", "step-").replace("__", "-")] = value
    return data


def test_every_text_of_the_files_goes_through_the_form_unchanged(desk):
    names, wrong = queries.fact_names(), []
    for version in TextVersion.objects.select_related("text"):
        kind = version.text.kind
        writing = Writing.sent(kind, names, _typed(Writing.begun(kind, names, version.body)))
        if not writing.is_valid() or texts.normal(kind, writing.body()) != version.body:
            wrong.append((version.text.slug, [form.errors for form in writing.parts if form.errors]))
    assert wrong == []


COMMANDS = st.sampled_from(["up", "down", "remove", "add", "fact", "nonsense"])


@pytest.fixture(scope="module")
def names():
    from spean.library.labels import in_both

    read = seeds.read()
    rows = [(key, said.name_km, said.name_en) for key, (_subject, said) in read.facts.items()]
    subjects = tuple((subject, said.name_en, said.unit) for subject, said in read.facts.values())
    return queries.FactNames(in_both(rows), tuple((row[0], row[2]) for row in rows), subjects), read.pages["way"]


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_moving_steps_about_loses_and_changes_no_letter(names, data):
    facts, ways = names
    writing = Writing.begun("way", facts, ways["malaysia"])
    typed = data.draw(st.lists(st.text('ab ["<&ក', min_size=1, max_size=5), min_size=1, max_size=3))
    for at, words in enumerate(typed):
        writing.steps[at].initial["text_km"] = words
    before = sorted(step["text_km"].value() for step in writing.steps)
    for verb, at in data.draw(
        st.lists(st.tuples(st.sampled_from(["up", "down", "add", "nonsense"]), st.integers(0, 14)), max_size=5)
    ):
        writing = Writing.sent("way", facts, _typed(writing)).moved(f"{verb}-{at}", {})
    after = [step["text_km"].value() for step in writing.steps]
    assert sorted(text for text in after if text) == [text for text in before if text]


def test_a_manager_writes_a_coordinator_publishes_and_the_reader_sees(desk, client):
    pk, manager, coordinator = _text().id, desk.client("manager"), desk.client("coordinator")
    sent = _sent(title_en="A new title", send="1")
    assert manager.post(_at("text_change", pk), sent).headers["Location"] == _at("text", pk)
    assert manager.post(_at("text_change", pk), sent).status_code == 302  # sent twice
    assert TextVersion.objects.filter(text=pk).count() == 2
    mine = Page(manager.get(_at("text", pk)))
    assert "You wrote it, so another person has to read and publish it." in mine.text
    assert manager.post(_at("text_act", pk, "publish"), {"number": "2"}).status_code == 403
    assert "Title: A new title" in Page(coordinator.get(_at("text", pk))).text
    assert "A new title" not in Page(client.get("/en/ways/malaysia/")).text

    assert coordinator.post(_at("text_act", pk, "publish"), {"number": "2"}).status_code == 302

    assert "A new title" in Page(client.get("/en/ways/malaysia/")).text


def test_a_broken_mark_comes_back_with_its_reason_and_everything_that_was_typed(desk):
    sent = _sent(step_2__text_en="It costs [[Lowest wage in Malaysia] there", lede_km="អ្វីមួយ", draft="1")
    response = desk.client("manager").post(_at("text_change", _text().id), sent)
    page = Page(response)
    assert response.status_code == 422
    assert 'id="id_step-2-text_en_error"' in page.html
    assert "[[Lowest wage in Malaysia] there" in page.values["step-2-text_en"]
    assert page.values["lede_km"] == "អ្វីមួយ"
    assert _text().versions.count() == 1


def test_a_gap_is_named_before_it_is_sent_and_may_stay_in_a_draft(desk):
    manager, pk = desk.client("manager"), _text().id
    refused = manager.post(_at("text_change", pk), _sent(step_0__title_en="", send="1"))
    assert (refused.status_code, _text().versions.count()) == (422, 1)
    assert 'id="id_step-0-title_en_error"' in refused.content.decode()
    assert manager.post(_at("text_change", pk), _sent(step_0__title_en="", draft="1")).status_code == 302
    assert manager.post(_at("text_act", pk, "propose"), {"number": "2"}).status_code == 422


def test_steps_are_moved_removed_and_added_and_nothing_is_saved(desk):
    manager, pk = desk.client("manager"), _text().id
    sent = _sent(title_en="Typed", step_0__title_en="First", step_1__title_en="Second")
    for command, titles in (
        ("up-1", ["Second", "First"]),
        ("down-0", ["Second", "First"]),
        ("remove-0", ["Second"]),
        ("add-1", ["First", "", "Second"]),
    ):
        page = Page(manager.post(_at("text_change", pk), {**dict(sent.lists()), "do": command}))
        assert [page.values[f"step-{n}-title_en"] for n in range(len(titles))] == titles
        assert page.values["title_en"] == "Typed"
    assert _text().versions.count() == 1


@pytest.mark.parametrize(("count", "status"), [(texts.MOST_STEPS, 302), (texts.MOST_STEPS + 1, 422)])
def test_as_many_steps_as_a_way_may_have_are_one_form_and_more_come_back(desk, count, status):
    body = dict(_text().versions.get().body)
    body["steps"] = [{**body["steps"][0], "gives": ["birth", "family", "identity", "passport", "contract"]}] * count
    sent = _typed(Writing.begun("way", queries.fact_names(), body))
    sent["draft"] = "1"
    response = desk.client("manager").post(_at("text_change", _text().id), sent)
    assert response.status_code == status
    assert status == 302 or f"step-{count - 1}-title_km" in Page(response).values


def test_a_fact_is_chosen_and_stands_by_its_name_in_both_languages(desk):
    manager, pk = desk.client("manager"), _text().id
    chosen = {"do": "fact", "fact": "kr.wage", "into": "step-1"}
    page = Page(manager.post(_at("text_change", pk), {**dict(_sent().lists()), **chosen}))
    assert page.values["step-1-text_en"].endswith("[[Lowest wage in Korea]]")
    assert page.values["step-1-text_km"].endswith("]]")
    writing = Writing.sent("way", queries.fact_names(), _sent(step_1__text_en=page.values["step-1-text_en"]))
    assert writing.is_valid()
    assert writing.body()["steps"][1]["text_en"].endswith("{fact:kr.wage}")


def test_a_preview_is_the_public_page_and_says_that_it_is_none(desk, client):
    manager, pk = desk.client("manager"), _text().id
    response = manager.post(_at("text_change", pk), _sent(title_en="Only here", preview="1"))
    page = Page(manager.get(response.headers["Location"]))
    assert "Preview: readers do not see this." in page.text
    assert "<h1>Only here</h1>" in page.html
    assert "data-quick-exit" in page.html
    assert page.forbidden == []
    assert client.get(response.headers["Location"]).status_code == 302
    law = _text("agreed", "law")
    assert "I agreed to go" in Page(manager.get(_at("text_version", law.id, 1))).text
    assert manager.get(_at("text_version", pk, 77)).status_code == 404


def test_a_draft_that_is_nearly_empty_has_a_preview_too(desk):
    manager = desk.client("manager")
    sent = {"slug": "laos", "sent_id": str(uuid4()), "steps": "1", "preview": "1", "title_km": "ឡាវ"}
    response = manager.post(_at("text_new", "way"), sent)
    assert manager.get(response.headers["Location"]).status_code == 200
    assert manager.get(_at("texts") + "?view=drafts").content.decode().count("laos") == 1
    assert not Way.objects.filter(slug="laos").exists()


def test_a_question_is_written_too(desk, client):
    manager, coordinator = desk.client("manager"), desk.client("coordinator")
    both = {"question_km": "សំណួរ", "question_en": "May I keep my passport?", "answer_km": "បាទ", "answer_en": "Yes."}
    manager.post(_at("text_new", "law"), {**both, "slug": "may-i-keep", "sent_id": str(uuid4()), "position": "៩៩", "send": "1"})
    pk = _text("may-i-keep", "law").id
    coordinator.post(_at("text_act", pk, "publish"), {"number": "1"})
    assert "May I keep my passport?" in Page(client.get("/en/law/")).text
    coordinator.post(_at("text_act", pk, "withdraw"))
    assert "May I keep my passport?" not in Page(client.get("/en/law/")).text


def test_two_versions_stand_side_by_side(desk):
    manager, pk = desk.client("manager"), _text().id
    manager.post(_at("text_change", pk), _sent(title_en="Other words", draft="1"))
    text = Page(manager.get(_at("text_compare", pk) + "?old=1&new=2")).text
    assert "Other words" in text
    assert "Other words" in Page(manager.get(_at("text_compare", pk) + "?old=x")).text
    assert manager.get(_at("text_compare", pk) + "?old=1&new=9").status_code == 404


def test_the_lists_are_filtered_by_their_address(desk):
    manager = desk.client("manager")
    for query, shown, hidden in (
        ("?kind=law", "What is trafficking?", "To Korea"),
        ("?q=korea", "To Korea", "What is trafficking?"),
        ("?view=waiting", "No text is here.", "To Korea"),
        ("?view=nonsense&kind=zz&q=%00", "texts", "No text is here."),
    ):
        text = Page(manager.get(_at("texts") + query)).text
        assert shown in text
        assert hidden not in text
    assert manager.get(_at("texts") + "?after=x").status_code == 422


def test_every_text_is_on_one_page_of_the_list(desk):
    manager, seen, address = desk.client("manager"), [], _at("texts")
    while address:
        page = Page(manager.get(address))
        seen += [link for link in page.links if re.fullmatch(re.escape(_at("texts")) + r"[0-9a-f-]{36}/", link)]
        following = [link for link in page.links if link.startswith("?after=")]
        address = _at("texts") + following[0] if following else ""
    assert len(seen) == len(set(seen)) == Text.objects.count()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_times(desk, rows):
    kept = [_text(slug).id for slug in ("malaysia", "japan", "korea")[:rows]]
    TextVersion.objects.exclude(text__in=kept).delete()
    Text.objects.exclude(pk__in=kept).delete()
    manager = desk.client("manager")
    manager.get(_at("texts"))
    with CaptureQueriesContext(connection) as asked:
        manager.get(_at("texts"))
    assert len([q for q in asked if "library_" in q["sql"]]) == 2


def test_today_counts_what_waits(desk):
    desk.client("manager").post(_at("text_change", _text().id), _sent(send="1"))
    assert "Texts that wait for you to publish" in Page(desk.client("coordinator").get(_at("today"))).text
    assert "Texts" not in Page(desk.client("worker").get(_at("today"))).text
