"""Twelve digits on any telephone check in: nothing is shown, both signs look alike, and who guesses gets nowhere."""

import re
import time
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import text

from spean.kernel import clock
from spean.kernel.ids import with_check_digit
from spean.kernel.memory import memory
from spean.kernel.text import khmer_digits
from spean.surfaces.public import allowance
from spean.voices.models import Concern, Plan
from spean.voices.operations import plans
from tests.surfaces.public.reading import Page, receipt_of
from tests.surfaces.public.test_allowance import HERE, THERE, fill_up, proof
from tests.surfaces.public.test_plans import MOTHER, WAY, filled, keepers  # noqa: F401 - a fixture

DAY_MINUTES, YEAR_DAYS = 24 * 60, 365


@pytest.fixture
def left(visitor, keepers):  # noqa: F811
    """The page of a plan: its number, and its short codes."""
    response = visitor.post("/en/plan/", filled())
    sun, rain = re.findall(r'font-mono text-xl" lang="en">([\d ]{14})<', response.content.decode())
    return {"1": sun, "2": rain, "code": receipt_of(response), "page": response.content.decode()}


def send(visitor, digits, address=HERE, language="en", **more):
    return visitor.post(f"/{language}/day/", {"digits": digits, **more}, REMOTE_ADDR=address)


def wrong(number):
    """A well-formed code that is nobody's."""
    return with_check_digit(f"{number:0{plans.SIGN_DIGITS}d}")


def without_typed(response):
    return response.status_code, re.sub(r' value="[^"]*"', "", response.content.decode())


def steps():
    return Plan.objects.get().steps.count()


def test_the_page_of_the_plan_says_where_the_digits_are_typed(left):
    assert "http://testserver/en/day/" in left["page"]


@pytest.mark.parametrize("write", [str, khmer_digits, lambda d: d.replace(" ", ""), lambda d: f" {d.replace(' ', '-')}. "])
def test_sun_from_any_telephone_waits_for_the_next_day(visitor, left, write):
    with clock.at(clock.now() + timedelta(days=7)):
        assert send(visitor, write(left["1"])).status_code == 200
    plan = Plan.objects.get()
    assert (plan.due_on, plan.state) == (clock.today() + timedelta(days=14), "running")


def test_both_signs_are_answered_alike_and_as_the_link_is(visitor, left):
    sun, rain = (send(visitor, left[sign]) for sign in "12")
    assert (sun.status_code, sun.content, dict(sun.headers)) == (200, rain.content, dict(rain.headers))
    assert Concern.objects.get().danger == "now"
    link = re.search(r"http://testserver(/\w\w/day/[\w-]{43}/)", left["page"])[1]
    by_link = visitor.post(link, {"sign": "1"}).content.decode()
    assert by_link.replace(link[4:], "day/") == sun.content.decode()


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_page_shows_nothing_and_keeps_no_trace(visitor, left, language):
    for response in (visitor.get(f"/{language}/day/"), send(visitor, left["1"], language=language)):
        page = Page(response)
        assert (page.lang, page.forbidden, "Set-Cookie" in response.headers) == (language, [], False)
        assert "no-store" in response.headers["Cache-Control"]
        assert not [w for w in (WAY, MOTHER, "Thailand", "Spean", left["1"], left["code"]) if w in page.html]
    assert steps() == 2


def test_an_ended_plan_is_answered_like_any_and_an_erased_one_like_none(visitor, left):
    before = send(visitor, left["1"])
    visitor.post("/en/plan/own/", {"code": left["code"], "act": "close"})
    assert send(visitor, left["1"]).content == before.content
    visitor.post("/en/plan/own/", {"code": left["code"], "act": "erase", "sure": "on"})
    assert without_typed(send(visitor, left["1"])) == without_typed(send(visitor, ""))


def test_every_wrong_code_is_answered_alike_and_checks_nobody_in(visitor, left):
    sun = left["1"].replace(" ", "")
    mistyped = sun[:-1] + str((int(sun[-1]) + 1) % 10)
    given_wrong = (wrong(1), mistyped, sun[:-1], sun + "0", left["code"], "", "x", "\u200b" * 9)
    answers = [send(visitor, digits) for digits in given_wrong]
    assert len(set(map(without_typed, answers))) == 1
    assert steps() == 1


def test_both_signs_are_answered_after_the_same_time(visitor, left, settings):
    settings.SIGN_SECONDS = 1.0
    link = re.search(r"http://testserver(/\w\w/day/[\w-]{43}/)", left["page"])[1]
    number = {"code": left["code"], "act": "sign"}
    for path, body in ((link, {"sign": "2"}), ("/en/day/", {"digits": left["1"]}), ("/en/plan/own/", number)):
        began = time.monotonic()
        assert visitor.post(path, body).status_code == 200
        assert time.monotonic() - began >= 1.0


def test_a_typing_error_and_a_right_code_are_not_counted(visitor, left):
    sun = left["1"].replace(" ", "")
    for _n in range(allowance.MOST_SIGNS + 1):
        send(visitor, sun[:-1])
        assert send(visitor, sun).status_code == 200
    assert memory().level(allowance.ALL_SIGNS, b"all") == 0


def test_who_guesses_has_to_wait_also_with_the_right_one_and_others_do_not(visitor, left):
    answers = [send(visitor, wrong(n)) for n in range(allowance.MOST_SIGNS + 3)]
    assert [a.status_code for a in answers] == [422] * allowance.MOST_SIGNS + [429] * 3
    assert int(answers[-1].headers["Retry-After"]) <= 600
    assert "Nothing was saved." in Page(answers[-1]).text
    assert send(visitor, left["1"]).status_code == 429, "or the wait would not keep anybody from guessing"
    assert send(visitor, left["1"], THERE).status_code == 200
    assert steps() == 2


def test_a_page_that_did_its_work_does_not_wait_for_its_neighbours_but_for_all(visitor, left):
    fill_up(allowance.SIGNS, allowance.MOST_SIGNS)
    assert send(visitor, left["1"], proof=proof(visitor)).status_code == 200
    assert send(visitor, left["1"]).status_code == 429
    memory().count(*[(allowance.ALL_SIGNS, b"all")] * allowance.MOST_OF_ALL_SIGNS)
    assert send(visitor, left["1"], proof=proof(visitor)).status_code == 429
    assert send(visitor, left["1"], THERE).status_code == 200, "a neighbourhood without a wrong one has room of its own"
    memory().count(*[(allowance.ALL_SIGNS, b"all")] * allowance.MOST_OF_ALL_SIGNS)
    assert send(visitor, left["1"], THERE).status_code == 429


def test_what_fails_for_another_reason_is_no_wrong_code(visitor, left, monkeypatch):
    from django.db import OperationalError, connection

    def gone(execute, sql, *more):
        raise OperationalError

    with connection.execute_wrapper(gone):
        assert send(visitor, left["1"]).status_code == 503
    assert memory().level(allowance.ALL_SIGNS, b"all") == 0


def test_the_odds_of_who_guesses_for_a_year_are_those_that_we_tell():
    """Decision 20: all tries that are let through, a thousand plans, two codes each."""
    tries = allowance.MOST_OF_FIRST_SIGNS / (allowance.ALL_SIGNS.seconds / 60) * DAY_MINUTES * YEAR_DAYS
    hits = tries * 2 * 1000 / 10**plans.SIGN_DIGITS
    assert round(hits, 2) == 0.13
    alone = allowance.MOST_SIGNS / (allowance.SIGNS.seconds / 60) * DAY_MINUTES * YEAR_DAYS * 2 * 1000 / 10**plans.SIGN_DIGITS
    assert round(alone, 3) == 0.005


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=text(max_size=60))
def test_whatever_is_typed_is_answered_and_changes_nothing(visitor, left, typed):
    memory().forget()
    response = send(visitor, typed)
    assert (response.status_code, Page(response).forbidden) == (422, [])
    assert steps() == 1
