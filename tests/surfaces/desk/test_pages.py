"""Every page of the desk, for each role: who sees it, who is refused, and what it says."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from town import PEOPLE

TEAM = {"worker", "supervisor"}
SEES_ISSUE = TEAM | {"manager", "coordinator", "analyst", "focal", "volunteer"}


@pytest.fixture(autouse=True)
def _english():
    from django.utils import translation

    with translation.override("en"):
        yield


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("name", PEOPLE)
def test_each_role_opens_its_own_pages_and_no_others(town, name):
    issue, concern = town.issue("raised"), town.concern()
    client = town.client(name)

    def status(door, *args):
        return client.get(reverse(f"desk:{door}", args=args)).status_code

    assert status("today") == 200
    assert status("inbox") == 200
    assert status("concern", concern.id) == (200 if name in TEAM else 404)
    assert status("issues") == 200
    assert status("issue", issue.id) == (200 if name in SEES_ISSUE else 404)
    assert status("issue_new") == (200 if name in TEAM | {"stranger"} else 403)
    assert status("reports") == (200 if name in {"volunteer", "faraway"} else 403)
    assert status("report_new") == (200 if name in {"volunteer", "faraway"} else 403)
    assert status("report", concern.id) == 404


@pytest.mark.parametrize(("name", "folded"), [("focal", False), ("volunteer", True), ("supervisor", True)])
def test_only_many_doors_are_folded_and_none_is_lost(town, name, folded):
    html = town.client(name).get(reverse("desk:today")).content.decode()
    menu = html.split("<nav", 1)[1].split("</nav>")[0]
    shown, _more, behind = menu.partition("<details")
    assert (bool(behind), shown.count("<a "), behind.count("<a ") > 1) == (folded, 4 if folded else menu.count("<a "), folded)


@pytest.mark.parametrize("language", ["km", "en"])
def test_today_counts_and_shows_the_first_of_what_waits(town, language):
    from django.utils import translation

    concern = town.concern(danger="now")

    with translation.override(language):
        page = text(town.client("worker").get(reverse("desk:today")))

    assert f"/{language}/desk/concerns/{concern.id}/" in page
    assert f"/{language}/desk/concerns/?view=danger" in page


def test_today_says_when_nothing_waits(town):
    assert "Nothing waits for you." in text(town.client("worker").get(reverse("desk:today")))


def test_the_menu_shows_only_what_one_may_do(town):
    focal, worker = (text(town.client(name).get(reverse("desk:today"))) for name in ("focal", "worker"))

    assert 'href="/en/desk/concerns/"' not in focal
    assert 'href="/en/desk/issues/"' in focal
    assert 'href="/en/desk/concerns/"' in worker


def test_a_stranger_is_sent_to_sign_in(client, town):
    answer = client.get(reverse("desk:inbox"))

    assert (answer.status_code, "next=" in answer.url) == (302, True)


def test_a_concern_is_opened_with_open_keys_only(town):
    concern = town.concern(told="ប្ដីខ្ញុំបាត់ដំណឹង")
    address = reverse("desk:concern", args=[concern.id])

    locked = town.client("worker", locked=True).get(address)
    opened = text(town.client("worker").get(address))

    assert (locked.status_code, "/unlock/" in locked.url) == (302, True)
    assert "ប្ដីខ្ញុំបាត់ដំណឹង" in opened
    assert "Trapeang Srae" in opened


def test_opening_a_concern_is_written_in_the_trail(town):
    from spean.privacy import audit

    concern = town.concern()
    town.client("worker").get(reverse("desk:concern", args=[concern.id]))

    last = audit.entries(town.teams["team"].organisation_id)[0]
    assert (last.verb, str(last.subject_id)) == ("concern.read", str(concern.id))


def test_without_the_teams_key_the_page_says_how_to_get_it(town):
    from spean.privacy import keys

    concern = town.concern(told="សម្ងាត់")
    keys.revoke_team(town.teams["team"].id, town.users["worker"].id)

    answer = town.client("worker").get(reverse("desk:concern", args=[concern.id]))

    assert answer.status_code == 200
    assert "Your key does not open this yet" in text(answer)
    assert "សម្ងាត់" not in text(answer)


def test_an_answer_is_sent_once_and_says_who_will_read_it(town):
    concern = town.concern(answer_wish="receipt")
    client, sent = town.client("worker"), {"text": "យើងបានទទួល", "sent_id": str(uuid4())}
    client.get(reverse("desk:concern", args=[concern.id]))

    for _twice in range(2):
        answer = client.post(reverse("desk:concern_act", args=[concern.id, "answer"]), sent, follow=True)

    assert "when they come back with their receipt number" in text(answer)
    assert concern.messages.count() == 1


def test_what_was_typed_comes_back_with_its_reason(town):
    concern = town.concern()
    client = town.client("worker")
    client.get(reverse("desk:concern", args=[concern.id]))
    typed = {"text": "ខ្ញុំ\u202eទាយ", "sent_id": str(uuid4())}

    answer = client.post(reverse("desk:concern_act", args=[concern.id, "answer"]), typed)

    assert answer.status_code == 422
    assert "ខ្ញុំ" in text(answer)
    assert "hidden signs" in text(answer)


def test_assigning_passing_and_joining_from_the_page(town):
    concern, issue = town.concern(), town.issue()
    client = town.client("worker")
    client.get(reverse("desk:concern", args=[concern.id]))

    def act(verb, choice):
        return client.post(reverse("desk:concern_act", args=[concern.id, verb]), {"choice": str(choice)}).status_code

    assert act("assign", town.users["supervisor"].id) == 302
    assert act("assign", town.users["stranger"].id) == 422
    assert act("join", issue.id) == 302
    assert act("pass", town.teams["partner"].id) == 409  # part of an issue: it stays
    assert act("nonsense", issue.id) == 404


def test_a_photo_is_shown_in_a_sandbox_and_audited(town):
    from spean.collect.uploads import CleanFile
    from spean.privacy import audit

    concern = town.concern(files=(CleanFile(kind="image", mime="image/jpeg", data=b"\xff\xd8 a photo"),))
    file_id = concern.attachments.get().id

    answer = town.client("worker").get(reverse("desk:concern_file", args=[concern.id, file_id]))

    assert answer.content == b"\xff\xd8 a photo"
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/jpeg", "inline")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert audit.entries(town.teams["team"].organisation_id)[0].verb == "concern.file"


def _issue_data(**more):
    words = {"title_km": "ថ្លៃ", "summary_km": "សង្ខេប", "title_en": "Fees", "summary_en": "Summary"}
    return {"kind": "fees", **words, "sent_id": str(uuid4()), "send": "1", "fact_households": "៦", **more}


def test_an_issue_is_opened_from_a_concern_with_several_places(town):
    from spean.voices.models import Issue

    concern, client = town.concern(), town.client("worker")
    client.get(reverse("desk:concern", args=[concern.id]))
    data = _issue_data(concern=str(concern.id), places=["140102", "14010102"], **{"place-pick": "14010101"})

    answers = [client.post(reverse("desk:issue_new"), data) for _twice in range(2)]

    issue = Issue.objects.get()
    assert [a.url for a in answers] == [reverse("desk:issue", args=[issue.id])] * 2
    assert sorted(p.place.code for p in issue.places.all()) == ["140101" + "01", "14010102", "140102"]
    assert (issue.facts.get().number, issue.joined.get().concern_id) == (6, concern.id)


def test_places_are_added_and_taken_away_without_a_script(town):
    client = town.client("worker")
    typed = {"title_km": "ថ្លៃ", "sent_id": str(uuid4())}

    added = text(client.post(reverse("desk:issue_new"), {**typed, "place-pick": "14010101", "add_place": "1"}))
    taken = text(client.post(reverse("desk:issue_new"), {**typed, "places": ["14010101"], "drop_place": "14010101"}))

    assert 'name="places" value="14010101"' in added
    assert "ថ្លៃ" in added
    assert 'name="places" value="14010101"' not in taken


def test_an_issue_needs_a_place_and_words_in_both_languages(town):
    answer = town.client("worker").post(reverse("desk:issue_new"), _issue_data(title_en="", places=["14"]))

    assert answer.status_code == 422
    assert "Choose the village or commune" in text(answer)
    assert 'id="id_title_en_error"' in text(answer)


def test_the_way_of_an_issue_through_the_pages(town):
    from spean.kernel import clock

    issue = town.issue()
    until = clock.today() + timedelta(days=14)

    def act(name, verb, **data):
        return town.client(name).post(reverse("desk:issue_act", args=[issue.id, verb]), data).status_code

    words = {"title_km": "ក", "summary_km": "ក", "title_en": "T", "summary_en": "S"}
    assert act("supervisor", "rewrite", **words) == 302
    assert act("supervisor", "approve") == 403  # her own words
    assert act("worker", "approve") == 403
    assert act("manager", "approve") == 302
    assert act("focal", "commit") == 404  # not raised yet
    assert act("worker", "raise", choice=str(town.teams["committee"].organisation_id)) == 302
    assert act("worker", "commit", what="W", office="other", until=str(until)) == 403
    assert act("focal", "commit", what="W", office="other", until="1999-01-01") == 422
    assert act("focal", "commit", what="W", office="other", until=str(until)) == 302
    assert act("focal", "finish", note="N") == 302
    assert act("worker", "clear", answer=str(issue.answers.get().id)) == 302
    assert act("faraway", "read-back", outcome="confirmed") == 404
    assert act("volunteer", "read-back", outcome="contested", women="១២", men="3") == 302
    assert act("focal", "decline", why_not="law", what="W") == 302
    issue.refresh_from_db()
    assert issue.state == "declined"


def test_a_committee_sees_neither_concerns_nor_names(town):
    concern = town.concern(told="ឈ្មោះសម្ងាត់")
    town.client("worker").get(reverse("desk:concern", args=[concern.id]))
    issue = town.issue("raised", concerns=(concern.id,))

    page = text(town.client("focal").get(reverse("desk:issue", args=[issue.id])))
    team = text(town.client("worker").get(reverse("desk:issue", args=[issue.id])))

    for hidden in (str(concern.id), "Demo Worker", "Demo Supervisor", "ឈ្មោះសម្ងាត់", "Concerns behind it"):
        assert hidden not in page
    assert str(concern.id) in team


def _report(**more):
    told = {"told": "ប្រពន្ធគាត់បាត់", "danger": "now", "kind": "no_news", "happened": "month", "sex": "woman", "age": "25-59"}
    return {**told, "answer_wish": "volunteer", "place-pick": "14010101", "sent_id": str(uuid4()), "send": "1", **more}


def test_a_volunteers_report_is_sent_once_and_never_shown_again(town):
    from spean.voices.models import Concern

    client, data = town.client("volunteer"), _report(name="Demo Person", phone="012 000 000")
    answers = [client.post(reverse("desk:report_new"), data, follow=True) for _twice in range(2)]

    concern = Concern.objects.get()
    assert "somebody is in danger now" in text(answers[1])
    for door, args in (("reports", []), ("report", [concern.id]), ("report_sent", [concern.id])):
        page = text(client.get(reverse(f"desk:{door}", args=args)))
        assert "ប្រពន្ធគាត់បាត់" not in page
        assert "012 000 000" not in page
    assert concern.place.code == "140101"


def test_the_volunteers_village_is_chosen_already(town):
    page = text(town.client("volunteer").get(reverse("desk:report_new")))

    assert '<option value="14010101" selected>' in page


def test_to_be_called_there_must_be_a_number_and_a_yes(town):
    client = town.client("volunteer")

    refused = client.post(reverse("desk:report_new"), _report(answer_wish="phone"))
    taken = client.post(reverse("desk:report_new"), _report(answer_wish="phone", phone="០១២ ០០០ ០០០", may_call="yes"))

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "Write the number that we may call" in text(refused)
    assert "ប្រពន្ធគាត់បាត់" in text(refused)


def test_the_volunteer_reads_the_answer_to_tell_it(town):
    concern = town.concern(public=False)
    worker = town.client("worker")
    worker.get(reverse("desk:concern", args=[concern.id]))
    worker.post(reverse("desk:concern_act", args=[concern.id, "ask"]), {"text": "តើនៅឯណា?", "sent_id": str(uuid4())})

    client = town.client("volunteer")

    assert "តើនៅឯណា?" in text(client.get(reverse("desk:report", args=[concern.id])))
    assert str(concern.id) in text(client.get(reverse("desk:reports") + "?view=answered"))
    assert town.client("faraway").get(reverse("desk:report", args=[concern.id])).status_code == 404


def test_bad_addresses_are_refused_with_a_reason(town):
    client = town.client("worker")

    assert client.get(reverse("desk:inbox") + "?after=nonsense").status_code == 422
    assert client.get(reverse("desk:issues") + "?after=1.2.3").status_code == 422
    assert client.get(reverse("desk:issue_new") + "?concern=nonsense").status_code == 404
    assert client.get(reverse("desk:inbox") + "?view=nonsense&kind=nonsense").status_code == 200


def _queries(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("door", ["inbox", "issues", "today"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(town, door):
    town.concern()
    town.issue("raised")
    client, address = town.client("worker"), reverse(f"desk:{door}")
    client.get(address)  # the first page of a day notes the device
    one = _queries(client, address)

    for place in ("14010102", "14010101"):
        town.concern(place=town.place(place))
        town.issue("raised", place=place)

    assert (one, _queries(client, address)) == (NUMBER[door], NUMBER[door])


NUMBER = {"inbox": 10, "issues": 12, "today": 16}  # the two lists never more than 12


def test_lists_are_paged_by_key(town, monkeypatch):
    monkeypatch.setattr("spean.voices.queries.stretches.PAGE", 2)
    for _n in range(3):
        town.concern()
    client, address = town.client("worker"), reverse("desk:inbox")

    first = client.get(address)
    second = client.get(f"{address}?after={first.context['found'].after}")

    assert [len(a.context["found"].rows) for a in (first, second)] == [2, 1]
    assert second.context["found"].after == ""
