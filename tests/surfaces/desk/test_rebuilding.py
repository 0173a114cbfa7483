"""The months after on the desk: a follow-up written down, what rose and fell, a sign's task, what was promised, what came in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.kernel import clock
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


@pytest.fixture
def case(town):
    return town.case()


def post(town, address, who="worker", **body):
    return town.client(who).post(address, {"sent_id": str(uuid4()), **body})


def told(town, case, month=1, **body):
    """A follow-up that is written down; the first of them begins to count."""
    if not case.follow_ups.filter(month__gt=0).exists():
        since = (clock.today() - timedelta(days=35)).isoformat()
        post(town, at("case_after_act", case.id, "count_from"), since=since)
    pk = case.follow_ups.exclude(state="set_aside").get(month=month).pk
    return post(town, at("case_follow", case.id, pk), **{"how": "visit", "words": "It goes", **body})


def after(town, case, who="worker"):
    return Page(town.client(who).get(at("case_after", case.id)))


def test_what_rose_and_what_fell_stands_in_words_in_a_picture_and_in_a_table(town, case):
    post(town, at("case_start", case.id), how="office", words="I am afraid", area_income="1", area_family="3", area_body="2")
    assert told(town, case, area_income="3", area_family="2").headers["Location"] == at("case_after", case.id)
    page = after(town, case)
    for words in (
        "What rose: Income",
        "What fell: Family",
        "Rose from 1 to 3",
        "Fell from 3 to 2",
        "Said once: 2",
        "I am afraid",
    ):
        assert words in page.text
    assert "Earns most months; it is enough for food" in page.text
    assert 'aria-label="Health of the body. At the start: 2; After 1 month: not said"' in page.html
    assert " style=" not in page.html.split("<main", 1)[1]


def test_what_is_refused_keeps_every_word(town, case):
    answer = told(town, case, how="", words="A long story", area_income="2", signs=["debts"])
    page = Page(answer)
    assert (answer.status_code, page.values["words"], page.values["area_income"]) == (422, "A long story", "2")


def test_a_sign_becomes_a_task_once_and_is_asked_no_more(town, case):
    told(town, case, signs=["debts", "recruiter"])
    before = after(town, case)
    assert "Signs of danger \u00b7 High" in before.text
    row = str(case.follow_ups.get(month=1).pk)
    post(town, at("case_after_act", case.id, "tasks"), row=row, signs=["debts", "recruiter"])
    page = after(town, case)
    assert page.text.count("became a task") == 2
    assert "Make these the tasks of the case" not in page.text
    assert case.tasks.count() == 2


def test_who_does_not_look_after_the_person_is_asked_why(town, case):
    told(town, case, words="My own words")
    assert "My own words" not in after(town, case, "supervisor").text
    page = Page(town.client("supervisor").post(at("case_after", case.id), {"reason": "review"}))
    assert "My own words" in page.text


def test_a_missed_one_waits_on_the_list_of_supervisors_until_one_looked(town, case):
    since = (clock.today() - timedelta(days=60)).isoformat()
    post(town, at("case_after_act", case.id, "count_from"), since=since)
    case.follow_ups.filter(month=3).update(month=1, due_on=clock.today() - timedelta(days=20))
    row = str(case.follow_ups.get(month=1).pk)
    assert post(town, at("case_after_act", case.id, "miss"), row=row, why="x").status_code == 422
    post(town, at("case_after_act", case.id, "miss"), row=row, why="unsafe")
    boss = town.client("supervisor")
    listed = at("cases") + "?view=after"
    assert "C-0001" in Page(boss.get(listed)).text
    boss.post(at("case_after_act", case.id, "look"), {"row": row})
    assert "C-0001" not in Page(boss.get(listed)).text


def test_before_closing_the_case_says_what_was_gone_through(town, case):
    post(town, at("case_promised_act", case.id, "promise"), what="A bicycle")
    page = Page(town.client("worker").get(at("case", case.id)))
    assert "Of what was promised, 0 of 1 were gone through with the person." in page.text
    row = str(case.promises.get().pk)
    post(town, at("case_promised_act", case.id, "kept"), row=row, delivered="partly", said="It came late")
    page = Page(town.client("worker").get(at("case_promised", case.id)))
    assert "Got it: In part" in page.text
    assert "It came late" in page.text


def test_a_long_ledger_is_shown_page_by_page(town, case):
    for n in range(27):
        post(town, at("case_promised_act", case.id, "promise"), what=f"Promise {n:02}")

    first = Page(town.client("worker").get(at("case_promised", case.id)))
    [onward] = {link for link in first.links if "from=" in link}
    second = Page(town.client("worker").get(at("case_promised", case.id) + onward))
    shown = [[n for n in range(27) if f"Promise {n:02}" in page.text] for page in (first, second)]
    assert (len(shown[0]), len(shown[1]), {*shown[0], *shown[1]}) == (25, 2, {*range(27)})

    last = case.promises.get(pk=onward.split("from=")[1])
    wrong = Page(post(town, at("case_promised_act", case.id, "kept"), row=str(last.pk), delivered=""))
    assert [n for n in range(27) if f"Promise {n:02}" in wrong.text] == shown[1]


def test_a_livelihood_ends_only_for_a_reason_and_income_is_a_picture(town, case):
    post(town, at("case_livelihood_act", case.id, "consider"), kind="business", words="A stall")
    row = str(case.livelihoods.get().pk)
    move = at("case_livelihood_act", case.id, "move")
    assert post(town, move, row=row, verb="end").status_code == 422
    post(town, move, row=row, verb="end", why="too_little")
    earn = at("case_livelihood_act", case.id, "earn")
    for month, amount in (("2026-01", "\u17e0"), ("2026-03", "1,250.50")):
        post(town, earn, month=month, amount=amount, currency="USD")
    assert post(town, earn, month="2026-03", amount="-5", currency="USD").status_code == 422
    page = Page(town.client("worker").get(at("case_livelihood", case.id)))
    assert 'aria-label="US dollar. 01/2026: 0; 03/2026: 1,250.50"' in page.html
    assert "It brought too little" in page.text
    income = str(case.incomes.earliest("month").pk)
    post(town, at("case_livelihood_act", case.id, "unearn"), income=income)
    page = Page(town.client("worker").get(at("case_livelihood", case.id)))
    assert 'aria-label="US dollar. 03/2026: 1,250.50"' in page.html


def test_the_page_takes_as_many_queries_with_one_follow_up_as_with_three(town, case):
    counts, worker = [], town.client("worker")
    for months in ((1,), (3, 6)):
        for month in months:
            told(town, case, month, area_income="2", signs=["debts"])
        worker.get(at("case_after", case.id))
        with CaptureQueriesContext(connection) as seen:
            worker.get(at("case_after", case.id))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_what_a_volunteer_told_of_a_follow_up_stands_in_its_form(town):
    from spean.cases.operations import consent, following, visits

    case, worker, today = town.case(), town.actor("worker"), clock.today()
    following.begin(worker, case.id, today)
    follow = case.follow_ups.get(month=1).id
    consent.give(worker, case.id, consent.Given("visit", frozenset({"home"}), today, "thumb"), uuid4())
    wanted = visits.Wanted(town.users["volunteer"].id, "follow_up", today, "Bicycle", safe=True, follow_up=follow)
    pk = visits.ask(worker, case.id, wanted, uuid4())
    visits.tell(town.actor("volunteer"), pk, "met", "PLANTED words", uuid4())
    page, form = town.client("worker"), reverse("desk:case_follow", args=[case.id, follow])
    assert [b"PLANTED words" in page.get(f"{form}?visit={which}").content for which in (pk, uuid4(), "x")] == [True, False, False]
