"""Activities on the desk: the form, the count with its sums, a list with its lines, the pages without a script."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.kernel import clock
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def typed(**more):
    said = {
        "kind": "outreach", "setting": "school", "name_km": "មុនពេលចេញដំណើរ", "on": clock.today().isoformat(), "starts": "៧:៣០",
        "topics": ["papers", "help"], "place-pick": "14010101", "send": "planned", "sent_id": str(uuid4()),
    }  # fmt: skip
    return {**said, **more}


def made(town, by="volunteer", **more):
    answer = town.client(by).post(at("activity_new"), typed(**more))
    assert answer.status_code == 302, Page(answer).text
    return answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]


def test_a_volunteer_writes_counts_and_reports_a_session(town):
    pk, client = made(town), town.client("volunteer")
    wrong = client.post(at("activity_count", pk), {"total": "48", "sex-women": "៣០", "sex-men": "17"})
    assert (wrong.status_code, "47" in Page(wrong).text) == (422, True)
    assert client.post(at("activity_count", pk), {"total": "48", "sex-women": "៣០", "sex-men": "18"}).status_code == 302
    question = {"topic": "papers", "words": "How long does it take?", "sent_id": str(uuid4())}
    assert client.post(at("activity_lines", pk, "questions"), question).status_code == 302
    assert "How long does it take?" in Page(client.get(at("activity_lines", pk, "questions"))).text
    client.post(at("activity_act", pk, "report"))
    shown = Page(client.get(at("activity", pk))).text
    assert [word in shown for word in ("Reported", "48", "Women and girls", "7:30")] == [True] * 4


def test_an_event_is_changed_and_given_a_line_that_is_taken_out(town):
    from spean.programme.models import Activity, Item

    client = town.client("manager")
    pk = made(town, by="manager", kind="event", setting="", presides_en="A deputy governor")
    part = made(town, by="manager", kind="event", setting="", part_of=pk)
    assert client.post(at("activity_change", part), typed(name_en="The second place", setting="")).status_code == 302
    assert str(Activity.objects.get(pk=part).part_of_id) == pk
    item = {"on": clock.today().isoformat(), "starts": "7:00", "minutes": "45", "what_en": "Parade", "sent_id": str(uuid4())}
    assert client.post(at("activity_lines", pk, "items"), item).status_code == 302
    line = Item.objects.get().pk
    assert client.post(at("activity_line", pk, "items", line), {**item, "minutes": "40"}).status_code == 302
    assert Item.objects.get().minutes == 40
    client.post(at("activity_line", pk, "items", line), {"remove": "1"})
    assert Item.objects.count() == 0


def test_the_buttons_of_the_place_keep_what_was_typed(town):
    answer = town.client("volunteer").post(
        at("activity_new"), typed(send="", show="search", **{"place-search": "Andoung"}) | {"send": []}
    )
    shown = answer.content.decode()
    assert (answer.status_code, "មុនពេលចេញដំណើរ" in shown, shown.count("checked")) == (200, True, 3)


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(town, many):
    for _each in range(many):
        made(town)
    client = town.client("volunteer")
    client.get(at("activities"))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(at("activities")).status_code == 200
    about = [q for q in asked if "programme_activity" in q["sql"]]
    assert len(about) == 2


def test_a_report_can_be_begun_with_the_place_of_a_session(town):
    pk = made(town, **{"place-pick": "14010102"})
    shown = town.client("volunteer").get(at("activity", pk)).content.decode()
    assert f"{at('report_new')}?place=14010102" in shown
    assert "14010102" in town.client("volunteer").get(at("report_new") + "?place=14010102").content.decode()
