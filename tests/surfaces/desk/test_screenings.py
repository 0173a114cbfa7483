"""Screenings on the desk: the gate holds, nothing typed is lost, the result says its reasons, a second person agrees."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spean.checks.screening import Answer, Class, Profile, indicators, of, screen, tables, version
from tests.surfaces.public.reading import Page

PASSED = {"alone": "yes", "willing": "yes", "language": "yes"}
ADULT = Profile.ADULT_LABOUR.value
MEANS, FORCED, EXPLOITED, HELD = ("D101", "D102"), ("D201", "D202"), ("D401", "D402"), ("D501", "D502")
ABUSED, WEAK = ("D301", "D302", "D303"), ("D601", "D602", "D603")


def _at(name, *args, language="en"):
    return reverse(f"desk:{name}", args=args).replace("/km/", f"/{language}/")


def _begin(**more):
    return {"sent_id": str(uuid4()), **PASSED, "profile": ADULT, "go": "1", **more}


def _answers(*codes, profile=ADULT, rest="no", **more):
    given = {i.code: rest for i in of(Profile(profile))} | dict.fromkeys(codes, "yes")
    return {"sent_id": str(uuid4()), **PASSED, "profile": profile, "keep": "1", **given, **more}


def _result(town, sent, *, by="worker", **facts):
    """The page of the result, and the case."""
    case, client = town.case(**facts), town.client(by)
    answer = client.post(_at("screening_new", case.id), sent)
    assert answer.status_code == 302, Page(answer).text
    return Page(client.get(answer.headers["Location"])), case


# -- the gate ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("missing", [*PASSED, "all"])
def test_without_the_gate_nothing_is_asked_and_nothing_is_kept(town, missing):
    case, sent = town.case(), _begin(**(dict.fromkeys(PASSED, "no") if missing == "all" else {missing: "no"}))
    page = Page(town.client("worker").post(_at("screening_new", case.id), sent))

    assert "Do not ask now" in page.text
    assert "How to do it later" in page.text
    assert "D101" not in page.html
    assert not case.screenings.exists()


def test_what_nobody_said_at_the_gate_is_no_yes(town):
    sent = {k: v for k, v in _begin().items() if k not in PASSED}
    page = Page(town.client("worker").post(_at("screening_new", town.case().id), sent))
    assert "Do not ask now" in page.text


def test_behind_the_gate_stand_the_questions_without_their_weights(town):
    page = Page(town.client("worker").post(_at("screening_new", town.case().id), _begin()))

    assert set(page.values) >= {i.code for i in of(Profile.ADULT_LABOUR)}
    assert {page.values[i.code] for i in of(Profile.ADULT_LABOUR)} == {""}  # nobody asked yet
    assert (page.values["alone"], page.values["profile"]) == ("yes", ADULT)
    assert not [w for w in ("strong sign", "medium", "weak sign") if w in page.text]
    assert "data-sealed" not in page.html  # what is marked stays on the page when the keys lock by themselves


def test_the_gate_cannot_be_walked_around(town):
    case = town.case()
    answer = town.client("worker").post(_at("screening_new", case.id), _answers(*HELD, alone="no"))
    assert answer.status_code == 422
    assert "Ask nothing more now" in Page(answer).text
    assert not case.screenings.exists()


@pytest.mark.parametrize("code", tables.urgent())
def test_what_is_urgent_is_kept_at_once_without_gate_and_profile(town, code):
    case, worker = town.case(), town.client("worker")
    sent = {"sent_id": str(uuid4()), "urgent": code, "go": "1"}
    page = Page(worker.post(_at("screening_new", case.id), sent, follow=True))

    case.refresh_from_db()
    assert (case.indicated, case.risk, case.screenings.get().indicated) == ("urgent", "now", "urgent")
    assert "First, within 1 hour" in page.text
    assert "Stop asking." in page.text
    assert tables.urgent()[code].en in page.text


# -- whose questions --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("age", ["0-17", "not_said"])
def test_a_child_and_somebody_of_unknown_age_are_asked_the_childs_questions(town, age):
    case, worker = town.case(age=age), town.client("worker")
    first = Page(worker.get(_at("screening_new", case.id)))
    assert 'name="profile"' not in first.html
    sent = {k: v for k, v in _begin().items() if k != "profile"}
    page = Page(worker.post(_at("screening_new", case.id), sent))
    assert page.values["profile"] == "child"
    assert "D308" not in page.values
    assert worker.post(_at("screening_new", case.id), _answers(*EXPLOITED, profile="child")).status_code == 302
    assert worker.post(_at("screening_new", case.id), _answers(*EXPLOITED)).status_code == 422


def test_an_adult_chooses(town):
    case, worker = town.case(), town.client("worker")
    answer = worker.post(_at("screening_new", case.id), {**_begin(), "profile": ""})
    assert answer.status_code == 422
    assert Page(answer).values["alone"] == "yes"
    page = Page(worker.post(_at("screening_new", case.id), {**_begin(), "profile": "adult_sexual"}))
    assert page.values["profile"] == "adult_sexual"


# -- nothing is lost --------------------------------------------------------------------------------------------------------
WRONG = [{"D101": "perhaps"}, {"words": "a\u202eb"}, {"sent_id": "broken"}, {"urgent": "rain"}, {"profile": "horse"}]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("language", ["en", "km"])
def test_what_cannot_be_taken_comes_back_with_everything(town, wrong, language):
    case = town.case()
    sent = _answers(*HELD, D505="refused", D504="", words="They lock <the> door") | wrong
    answer = town.client("worker").post(_at("screening_new", case.id, language=language), sent)
    page = Page(answer)

    assert answer.status_code == 422
    assert 'role="alert"' in page.html or "text-error" in page.html
    kept = {i.code: sent[i.code] for i in of(Profile.ADULT_LABOUR) if i.code not in wrong}
    assert {code: page.values[code] for code in kept} == kept
    assert page.values["words"] == sent["words"]
    assert not case.screenings.exists()


def test_a_screening_of_nothing_is_not_kept(town):
    case = town.case()
    answer = town.client("worker").post(_at("screening_new", case.id), _answers(rest=""))
    assert answer.status_code == 422
    assert not case.screenings.exists()


def test_sent_twice_it_is_kept_once(town):
    case, worker, sent = town.case(), town.client("worker"), _answers(*HELD)
    led = {worker.post(_at("screening_new", case.id), sent).headers["Location"] for _twice in range(2)}
    assert len(led) == case.screenings.count() == 1


def test_a_form_that_comes_while_the_keys_are_locked_is_held(town):
    case, sent = town.case(), _answers(*HELD, words="They lock the door")
    answer = town.client("worker", locked=True).post(_at("screening_new", case.id), sent)
    assert answer.status_code == 423
    assert "They lock the door" in Page(answer).values["held"]


# -- the result -------------------------------------------------------------------------------------------------------------
#: the source's table of combinations, then the rows that are our own: (profile, answered with yes, class, words of the row)
ROWS = [
    (ADULT, (), Class.NONE_NOW, "No group has enough signs."),
    (ADULT, EXPLOITED, Class.LABOUR_RIGHTS, "Exploited; no sign yet"),
    (ADULT, (*MEANS, *EXPLOITED), Class.POSSIBLE, "Deceived, forced or used, and exploited"),
    (ADULT, (*MEANS, *EXPLOITED, *HELD), Class.STRONG, "exploited, and kept there by force"),
    (ADULT, (*FORCED, *EXPLOITED, *HELD), Class.STRONG, "exploited, and kept there by force"),
    (ADULT, (*ABUSED, *EXPLOITED, *HELD), Class.STRONG, "exploited, and kept there by force"),
    ("child", EXPLOITED, Class.STRONG, "For a child nothing more is needed."),
    (ADULT, (*EXPLOITED, *HELD), Class.STRONG, "signs of forced labour"),
    (ADULT, (*MEANS, *HELD), Class.POSSIBLE, "no sign yet of exploitation"),
    (ADULT, HELD, Class.POSSIBLE, "no sign yet of exploitation"),
    (ADULT, WEAK, Class.POSSIBLE, "no sign yet of exploitation"),
    (ADULT, MEANS, Class.POSSIBLE, "at recruitment only"),
    ("child", MEANS, Class.POSSIBLE, "at recruitment only"),
    ("adult_sexual", ("D505", "D507", *MEANS), Class.POSSIBLE, "no sign yet of exploitation"),
]
LABELS = {
    Class.NONE_NOW: "No sign among what was answered", Class.TOO_LITTLE: "Too little is known",
    Class.LABOUR_RIGHTS: "Signs that labour rights are broken", Class.POSSIBLE: "Signs of possible trafficking",
    Class.STRONG: "Strong signs of trafficking", Class.URGENT: "Urgent: act first",
}  # fmt: skip


@pytest.mark.parametrize(("profile", "codes", "kind", "row"), ROWS)
def test_each_row_of_the_table_is_explained(town, profile, codes, kind, row):
    page, case = _result(town, _answers(*codes, profile=profile))

    assert case.screenings.get().indicated == kind
    for said in (LABELS[kind], row, version(), "Only an authority decides", "To be verified"):
        assert said in page.text
    for code in codes:
        assert indicators()[code].name.en in page.text
    assert ("from memory" in page.text) == (profile == "adult_sexual")


def test_weights_clause_coverage_and_words_stand_there(town):
    sent = _answers(*EXPLOITED, "D501", "D313", D502="unknown", D315="refused", words="ទ្វារចាក់សោ\nThey lock it")
    text = _result(town, sent)[0].text

    for said in (
        "Signs that labour rights are broken",
        "one strong and one medium sign", "strong sign · excessive overtime", "weight to be verified",
        "15 of 16 answered with yes or no", "14 of 15 answered with yes or no",
        "Papers are kept by others.", "What could change it", "A debt had to be worked off: Not known",
        "Belief or custom was used: Did not want to say", "They lock it", "asked by Demo Worker",
    ):  # fmt: skip
        assert said in text, said


def test_only_what_alone_could_change_it_is_named(town):
    text = _result(town, _answers(*EXPLOITED, "D501", D502="unknown", D315="refused"))[0].text
    could = text.split("What could change it")[1].split("In the person's own words")[0]
    assert "A debt had to be worked off" in could
    assert "Belief or custom" not in could


def test_too_little_is_said_as_such(town):
    page, _case = _result(town, _answers(rest="unknown"))
    assert LABELS[Class.TOO_LITTLE] in page.text
    assert "never taken for a no" in page.text


@pytest.mark.parametrize("kind", Class)
def test_no_class_says_in_any_language_that_somebody_is_no_victim(kind):
    from django.utils import translation

    from spean.surfaces.desk import screening_words as words

    for language in ("en", "km"):
        with translation.override(language):
            said = " ".join(map(str, (words.LEADS[kind], *words.FIRST[kind]))).lower()
            assert "victim" not in said
            assert "ជនរងគ្រោះ" not in said


def test_a_table_that_has_changed_is_told(town):
    _page, case = _result(town, _answers(*HELD))
    worker, address = town.client("worker"), _at("screening", case.id, case.screenings.get().id)
    case.screenings.update(version="2026-01-01.1")
    assert "the class is the same" in Page(worker.get(address)).text
    case.screenings.update(indicated="strong")
    text = Page(worker.get(address)).text
    assert "The table of weights has changed since." in text
    assert LABELS[Class.POSSIBLE] in text
    case.screenings.update(version=version())
    assert "which is not what these answers give" in Page(worker.get(address)).text


# -- who opens it -----------------------------------------------------------------------------------------------------------
def test_another_persons_screening_opens_with_a_reason_that_is_seen(town):
    from spean.privacy import audit

    _page, case = _result(town, _answers(*HELD, words="They lock the door"))
    pk, supervisor = case.screenings.get().id, town.client("supervisor")
    address = _at("screening", case.id, pk)
    closed, wrong = supervisor.get(address), supervisor.post(address, {"reason": "curious"})
    opened = supervisor.post(address, {"reason": "review"})

    assert (closed.status_code, wrong.status_code, opened.status_code) == (200, 422, 200)
    for page in (closed, wrong):
        assert "They lock the door" not in page.content.decode()
        assert indicators()["D502"].name.en not in page.content.decode()
    assert "They lock the door" in Page(opened).text
    assert case.steps.filter(kind="seen", reason="review").count() == 1
    told = [(e.verb, e.reason) for e in audit.entries(case.org_id, subject=str(case.id))]
    assert ("case.read_other", "review") in told
    assert any(e.verb == "case.screening" for e in audit.entries(case.org_id, subject=str(pk)))


def test_nobody_else_finds_it(town):
    _page, case = _result(town, _answers(*HELD))
    pk, theirs = case.screenings.get().id, town.case(by="supervisor")
    for name in ("volunteer", "manager", "stranger", "focal"):
        for address in (_at("screening", case.id, pk), _at("screening_new", case.id)):
            assert town.client(name).get(address).status_code == 404
    assert town.client("worker").get(_at("screening", theirs.id, pk)).status_code == 404
    assert town.client("worker").get(_at("screening", case.id, uuid4())).status_code == 404


def test_a_closed_case_is_not_screened(town):
    case = town.case()
    type(case).objects.update(state="closed")
    assert town.client("worker").get(_at("screening_new", case.id)).status_code == 409


def test_a_second_person_agrees_and_both_names_stand_there(town):
    page, case = _result(town, _answers(*HELD))
    pk, supervisor = case.screenings.get().id, town.client("supervisor")
    assert "I agree" not in page.text
    assert town.client("worker").post(_at("screening_agree", case.id, pk)).status_code == 403
    assert "I agree" in Page(supervisor.post(_at("screening", case.id, pk), {"reason": "review"})).text
    for _twice in range(2):
        assert supervisor.post(_at("screening_agree", case.id, pk)).headers["Location"] == _at("case", case.id)
    after = Page(supervisor.post(_at("screening", case.id, pk), {"reason": "review"}))
    assert "Demo Supervisor has looked at it and agrees." in after.text
    assert "I agree" not in after.text


# -- cost, and all answers --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("screenings", [1, 3])
def test_the_result_asks_the_database_the_same_number_of_times(town, screenings):
    _page, case = _result(town, _answers(*HELD))
    worker, first = town.client("worker"), case.screenings.get().id
    for _more in range(screenings - 1):
        worker.post(_at("screening_new", case.id), _answers(*HELD))
    worker.get(_at("screening", case.id, first))
    with CaptureQueriesContext(connection) as asked:
        worker.get(_at("screening", case.id, first))
    assert len([q for q in asked if "cases_" in q["sql"]]) == 8


GIVEN = st.dictionaries(st.sampled_from(sorted(indicators())), st.sampled_from(["", *(a.value for a in Answer)]), max_size=30)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(profile=st.sampled_from(Profile), given=GIVEN, urgent=st.sets(st.sampled_from(sorted(tables.urgent())), max_size=2))
def test_whatever_is_answered_the_page_says_what_the_engine_says(town, profile, given, urgent):
    case, worker = town.case(), town.client("worker")
    sent = _answers(profile=profile.value, rest="", urgent=sorted(urgent), words="x") | given
    answer = worker.post(_at("screening_new", case.id), sent)
    page = Page(worker.get(answer.headers["Location"]))

    result = screen(profile, {code: said for code, said in given.items() if said}, urgent)
    assert case.screenings.get().indicated == result.kind
    assert LABELS[result.kind] in page.text
    assert page.forbidden == []
