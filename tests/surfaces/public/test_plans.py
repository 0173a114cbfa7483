"""A plan left without a script or an account: the number opens it, the link shows nothing, and both signs look alike."""

import re
import uuid
from datetime import timedelta

import pytest

from spean.kernel import clock
from spean.kernel.memory import memory
from spean.voices.models import Concern, Plan, PlanPaper
from tests import factories
from tests.surfaces.public.reading import Page, receipt_of
from tests.surfaces.public.test_report import photo

WAY = "PLANTED by the river with Sokha"
MOTHER = "PLANTED mother"


@pytest.fixture
def keepers(readers):
    """A second person who holds the team's key."""
    from spean.accounts.models import Membership, User
    from spean.privacy import keys

    user = User.objects.create(username="second", name="Demo second")
    Membership.objects.create(user=user, team=readers.team, role="supervisor", since=clock.today())
    keys.make_user_keys(user.id, factories.PASSWORD)
    keys.certify_user(readers.ring, readers.organisation.id, user.id)
    keys.grant_team(readers.ring, readers.organisation.id, readers.team.id, user.id)
    return readers


def filled(**more):
    soon = clock.today() + timedelta(days=7)
    typed = {
        "sent_id": str(uuid.uuid4()), "destination": "TH", "way": WAY, "employer": "A factory", "one_name": MOTHER,
        "one_phone": "០១២ 345 678", "every": "7", "until": (soon + timedelta(days=21)).isoformat(), "grace": "24",
        "place-pick": "14010101", "send": "1",
    }  # fmt: skip
    return typed | more


@pytest.fixture
def leave(visitor, keepers):
    def leaving(language="en", **more):
        return visitor.post(f"/{language}/plan/", filled(**more))

    return leaving


def link_of(response):
    return re.search(r"http://testserver(/\w\w/day/[\w-]{43}/)", response.content.decode())[1]


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_form_asks_without_forcing_and_keeps_no_trace(visitor, places, language):
    response = visitor.get(f"/{language}/plan/")
    page = Page(response)
    assert (response.status_code, page.lang, page.forbidden) == (200, language, [])
    assert "Set-Cookie" not in response.headers
    assert "required" not in page.html


def test_what_was_left_is_opened_by_its_number_in_the_one_box(visitor, leave):
    saved = leave()
    assert saved.status_code == 200
    code = receipt_of(saved)
    shown = Page(visitor.post("/en/receipt/", {"code": code}))
    assert "Your plan is under way." in shown.text
    assert WAY not in shown.html
    written = Page(visitor.post("/en/plan/own/", {"code": code, "act": "written"}))
    assert WAY in written.text
    assert MOTHER in written.text
    assert "012 345 678" in written.text


def test_a_form_that_comes_back_has_everything_and_says_why(visitor, leave):
    response = leave(every="7", until="", one_email="no address", broker_phone="12", on_1="2999-01-01", note="x" * 2001)
    page = Page(response)
    assert response.status_code == 422
    for words in ("This day is too far away.", "A telephone number has 6 to 15 digits.", "This is 2001 letters long."):
        assert words in page.text
    assert (page.values["way"], page.values["one_name"]) == (WAY, MOTHER)
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"every": "", "until": ""}, "Choose one day at least"),
        ({"every": "1", "until": ""}, "Choose until which day."),
        ({"every": "1", "until": "days:900"}, "more than 200 days"),
        ({"may_mail": "on"}, "Write the e-mail address first"),
    ],
)
def test_days_that_cannot_be_meant_are_told(visitor, leave, typed, reason):
    typed = {
        k: (clock.today() + timedelta(days=int(v[5:]))).isoformat() if v.startswith("days:") else v for k, v in typed.items()
    }
    response = leave(**typed)
    assert (response.status_code, Plan.objects.count()) == (422, 0)
    assert reason in Page(response).text


def test_the_days_are_those_that_were_chosen(leave):
    day = clock.today()
    leave(every="7", until=(day + timedelta(days=21)).isoformat(), on_1=(day + timedelta(days=2)).isoformat())
    found = list(Plan.objects.get().days.order_by("on").values_list("on", flat=True))
    assert found == [day + timedelta(days=n) for n in (2, 9, 16)]


def test_the_link_shows_nothing_and_both_signs_are_answered_alike(visitor, leave):
    link = link_of(leave())
    before = Page(visitor.get(link))
    assert not [
        w
        for w in (WAY, MOTHER, "plan", "Thailand", "well", "safe")
        if w.lower() in before.text.lower().replace("leave now", "")[:400]
    ]
    sun, rain = (visitor.post(link, {"sign": sign}) for sign in "12")
    assert (sun.status_code, sun.content, len(sun.headers)) == (rain.status_code, rain.content, len(rain.headers))
    assert Concern.objects.get().danger == "now"


@pytest.mark.parametrize("sign", ["", "3", "sun"])
def test_a_sign_that_is_none_checks_nobody_in(visitor, leave, sign):
    link = link_of(leave())
    assert visitor.post(link, {"sign": sign}).status_code == 422
    assert Plan.objects.get().steps.count() == 1


def test_looking_at_the_link_is_no_check_in(visitor, leave):
    link = link_of(leave())
    visitor.get(link)
    known, unknown = (visitor.get(path).content.decode() for path in (link, "/en/day/" + "x" * 43 + "/"))
    assert known.replace(link[4:], "") == unknown.replace("day/" + "x" * 43 + "/", "")
    assert Plan.objects.get().steps.count() == 1
    assert visitor.post("/en/day/" + "x" * 43 + "/", {"sign": "1"}).status_code == 422


def test_a_plan_is_changed_ended_and_erased_with_the_number(visitor, leave):
    code = receipt_of(leave())
    form = Page(visitor.post("/en/plan/own/", {"code": code, "act": "change"}))
    assert (form.values["way"], form.values["one_phone"], form.values["place-village"]) == (WAY, "012 345 678", "14010101")
    kept = {k: v for k, v in form.values.items() if k != "show"}
    answer = visitor.post("/en/plan/own/", {**kept, "code": code, "act": "change", "send": "1", "way": "By bus"})
    assert "Your plan is written anew." in Page(answer).text
    assert "By bus" in Page(visitor.post("/en/plan/own/", {"code": code, "act": "written"})).text
    assert "This plan has ended." in Page(visitor.post("/en/plan/own/", {"code": code, "act": "close"})).text
    assert "Nothing was erased." in Page(visitor.post("/en/plan/own/", {"code": code, "act": "erase"})).text
    assert "Your plan is erased." in Page(visitor.post("/en/plan/own/", {"code": code, "act": "erase", "sure": "on"})).text
    assert visitor.post("/en/receipt/", {"code": code}).status_code == 422


def test_a_changed_plan_keeps_its_days(visitor, leave):
    code = receipt_of(leave())
    before = list(Plan.objects.get().days.order_by("on").values_list("on", flat=True))
    form = Page(visitor.post("/en/plan/own/", {"code": code, "act": "change"}))
    visitor.post("/en/plan/own/", {**form.values, "code": code, "act": "change", "send": "1"})
    assert list(Plan.objects.get().days.order_by("on").values_list("on", flat=True)) == before


def test_a_photo_is_sealed_and_shown_to_who_has_the_number(visitor, leave):
    code = receipt_of(leave(paper_1=photo()))
    paper = PlanPaper.objects.get()
    shown = visitor.post("/en/plan/paper/", {"code": code, "paper": str(paper.pk)})
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    for wrong in (
        {"code": "9" * 24, "paper": str(paper.pk)},
        {"code": code, "paper": str(uuid.uuid4())},
        {"code": code, "paper": "x"},
    ):
        assert visitor.post("/en/plan/paper/", wrong).status_code == 422


def test_every_wrong_number_is_answered_alike_here_too(visitor, leave):
    code = receipt_of(leave())
    from spean.kernel.ids import with_check_digit

    same_place = with_check_digit(code[:6] + f"{(int(code[6:23]) + 1) % 10**17:017d}")
    elsewhere = with_check_digit(f"{(int(code[:6]) + 1) % 10**6:06d}" + code[6:23])
    answers = [
        visitor.post(path, {"code": c, "act": "written"})
        for path in ("/en/plan/own/", "/en/receipt/")
        for c in (same_place, elsewhere)
    ]
    words = {re.sub(f"{same_place}|{elsewhere}|/(large/en|km)/(plan/own|receipt)/", "", a.content.decode()) for a in answers}
    assert [a.status_code for a in answers] == [422] * 4
    assert len(words) == 1


def test_more_plans_of_one_neighbourhood_than_people_make_have_to_wait(visitor, leave, monkeypatch):
    from spean.kernel import memory as module
    from spean.surfaces.public import allowance

    monkeypatch.setattr(module.time, "monotonic", lambda: 1_000_000.0)  # a busy machine takes more than the window for them
    answers = [leave().status_code for _n in range(allowance.MOST_PLANS + 1)]
    assert answers == [200] * allowance.MOST_PLANS + [429]
    assert memory().level(allowance.ALL_PLANS, b"all") == allowance.MOST_PLANS  # who is refused takes nobody else's room


def test_a_place_without_two_keepers_is_told_honestly(visitor, readers):
    response = visitor.post("/en/plan/", filled())
    assert response.status_code == 503
    assert "No team can keep a travel plan" in Page(response).text
    assert Page(response).values["way"] == WAY
