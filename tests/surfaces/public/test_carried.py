"""From the answer of a check to people: its words and pages become a report or a plan, once, and the reading is gone."""

import re
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import translation

from spean.collect import operations, pagefiles, queries
from spean.collect.models import Reading
from spean.collect.pages import Page as Read
from spean.collect.pages import Sent, Word
from spean.kernel import clock
from spean.surfaces.public import findings
from spean.voices import alike
from spean.voices.contexts import file_contexts
from spean.voices.models import Attachment, Concern, Plan, PlanPaper
from spean.voices.operations import files, plan_owner
from tests.collect.test_reading import ENGLISH, IN_THE_QUEUE, png, sheet
from tests.surfaces.public.reading import Page, receipt_of
from tests.surfaces.public.test_photos import photo
from tests.surfaces.public.test_plans import filled, keepers  # noqa: F401 - a fixture
from tests.surfaces.public.test_report import everything_stored

SECOND = "The wage is 300 dollars each month, and it is paid to the agency."
QUOTED = "employer keeps the passport"
GONE = "The pages of the contract are no longer here"


def onward(response, path):
    """The fields of the form on an answer that leads there, as a browser sends them."""
    form = re.search(rf'<form[^>]*action="{path}".*?</form>', response.content.decode(), re.DOTALL).group()
    fields = Page(SimpleNamespace(content=form.encode())).values
    return fields | {"page": re.findall(r'name="page" value="(\d+)"', form), "show": "found"}


def words_of(text):
    """Each word at a place of its own."""
    lines = [line.split() for line in text.split("\n")]
    return tuple(
        Word(word, 60 * at, 60 * n, 60 * at + 55, 60 * n + 40, n) for n, line in enumerate(lines) for at, word in enumerate(line)
    )


@pytest.fixture
def answer(readers, settings):
    """The address of an answer about two pages, as the reader's process would have left it."""
    with pytest.MonkeyPatch.context() as queued:
        queued.setattr(settings, "TASKS", IN_THE_QUEUE)
        token = operations.take([Sent("png", 1, png(sheet(each))) for each in (ENGLISH, SECOND)], uuid4())
    row, key = queries._opened(token)
    for number, text in enumerate((ENGLISH, SECOND)):
        pagefiles.store_page(row.id, key, number, Read(900, 600, "eng", 0.9, 0, words_of(text)))
        pagefiles.store(row.id, key, "shown", number, png(sheet(text).convert("RGB"), "JPEG"))
    Reading.objects.update(read=2, for_worker=b"")
    return f"/en/contract/photos/{token}/"


@pytest.fixture
def asked(answer, visitor):
    """The filled-in report form that the answer leads to."""

    def asking(language="en", **more):
        fields = onward(visitor.get(answer.replace("/en/", f"/{language}/")), f"/{language}/report/")
        return visitor.post(f"/{language}/report/", fields | more)

    return asking


@pytest.fixture
def press(visitor):
    """Presses Send on a form as it is shown, or with other answers."""

    def pressing(response, path="/en/report/", **more):
        values = Page(response).values
        pages = re.findall(r'name="page" value="(\d+)"', response.content.decode())
        return visitor.post(path, {**values, "page": pages, "send": "1", **more})

    return pressing


def opened(readers):
    """The pictures of the only concern, with the team's key."""
    concern, key = Concern.objects.get(), readers.ring.data_key(Concern.objects.get().id)
    bodies = [file_contexts(concern, a.id, in_thread=False)[1] for a in concern.attachments.order_by("pk")]
    return [files.read(a.id, key, body) for a, body in zip(concern.attachments.order_by("pk"), bodies, strict=True)]


@contextmanager
def killed_at(module, name, how=KeyboardInterrupt):
    """The process ends where this would be called."""

    def stop(*_given, **_named):
        raise how

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, name, stop)
        try:
            yield
        except how:
            return
    pytest.fail("it went on")


def begun(pictures):
    """How each picture begins: three bytes alone would be met by chance in so many sealed ones."""
    return [data[:20] for data in pictures]


def token_of(address):
    return address.rstrip("/").rsplit("/", 1)[1]


# -- a report ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["km", "en"])
def test_the_form_opens_with_the_findings_and_the_pages(asked, answer, language):
    page = Page(asked(language))

    assert QUOTED in page.values["told"]
    assert len(re.findall(r'name="page" value="\d" checked', page.html)) == 2
    assert page.html.count("<img ") == 2
    assert page.forbidden == []
    assert token_of(answer) not in page.text
    assert Reading.objects.count() == 1


def test_the_pages_go_to_the_team_and_nothing_is_left_of_the_reading(asked, answer, press, visitor, readers):
    pictures, folder = [queries.picture(token_of(answer), n) for n in range(2)], pagefiles.folder(Reading.objects.get().id)
    response = press(asked(), told="The broker Sokha gave me this.")

    page = Page(response)
    assert "Saved: your words, your choices and two files." in page.text
    assert "The photos of the check are deleted" in page.text
    assert not response.cookies
    assert opened(readers) == pictures
    assert Reading.objects.count() == 0
    assert not folder.exists()
    assert visitor.get(answer).status_code == 404
    stored = everything_stored()
    assert [word for word in (b"Sokha", b"passport", token_of(answer).encode(), *begun(pictures)) if word in stored] == []


def test_a_page_without_its_mark_stays_behind(asked, answer, press, readers):
    second = queries.picture(token_of(answer), 1)
    response = press(asked(), page=["1"])

    assert "one file" in Page(response).text
    assert opened(readers) == [second]
    assert Reading.objects.count() == 0


def test_pages_alone_are_enough(asked, press):
    assert "Saved: two files and your choices." in Page(press(asked(), told="")).text
    assert Attachment.objects.count() == 2


def test_words_alone_are_enough_and_the_photos_go_all_the_same(asked, press):
    assert "Saved: your words and your choices." in Page(press(asked(), page=[])).text
    assert (Attachment.objects.count(), Reading.objects.count()) == (0, 0)


def test_the_same_form_twice_is_one_concern(asked, press):
    form = asked()
    codes = {receipt_of(press(form)) for _twice in range(2)}

    assert (len(codes), Concern.objects.count(), Attachment.objects.count()) == (1, 1, 2)


def test_killed_between_sealing_and_deleting_loses_nothing_and_doubles_nothing(asked, press):
    form = asked()
    with killed_at(operations, "end"):
        press(form)
    assert (Concern.objects.count(), Attachment.objects.count(), Reading.objects.count()) == (1, 2, 1)

    assert "It is saved." in Page(press(form)).text
    assert (Concern.objects.count(), Attachment.objects.count(), Reading.objects.count()) == (1, 2, 0)


def test_killed_before_the_commit_leaves_the_reading_for_another_try(asked, press):
    from spean.voices.operations import intake

    form = asked()
    with killed_at(intake.audit, "record"):
        press(form)
    assert (Concern.objects.count(), Reading.objects.count()) == (0, 1)
    press(form)
    assert (Concern.objects.count(), Attachment.objects.count(), Reading.objects.count()) == (1, 2, 0)


def test_where_deleting_fails_the_number_is_shown_all_the_same(asked, press, monkeypatch):
    form = asked()
    with monkeypatch.context() as broken:
        broken.setattr(operations, "end", lambda _reading: (_ for _ in ()).throw(OSError))
        page = Page(press(form))

    assert "It is saved." in page.text
    assert "go by themselves when their hour is over" in page.text


def test_an_expired_reading_loses_no_word_and_says_what_is_gone(asked, press):
    form = asked()
    with clock.at(clock.now() + timedelta(minutes=settings.PHOTO_MINUTES + 1)):
        response = press(form, told="My own words", kind="agency")
        page = Page(response)
        assert (response.status_code, Concern.objects.count()) == (422, 0)
        assert page.text.count(GONE) == 1
        assert (page.values["told"], page.values["kind"], "reading" in page.values) == ("My own words", "agency", False)

        assert "Saved: your words and your choices." in Page(press(response)).text


def test_a_refused_form_keeps_the_pages_and_their_marks(asked, press, visitor):
    page = Page(press(asked(), answer_wish="phone", phone="", page=["1"]))

    assert "Write the number that we may call" in page.text
    assert page.values["page"] == "1"
    shown = Page(visitor.post("/en/report/", {**page.values, "show": "place-province", "place-province": "14"}))
    assert (shown.values["page"], shown.html.count("<img ")) == ("1", 2)


def test_when_the_database_fails_the_pages_stay_in_the_form(asked, press, monkeypatch):
    form = asked()
    with monkeypatch.context() as broken:
        broken.setattr(queries, "_opened", lambda _token: (_ for _ in ()).throw(OperationalError))
        response = press(form, told="My own words")
    page = Page(response)

    assert (response.status_code, page.values["told"]) == (503, "My own words")
    assert "2 pages of the contract go along." in page.text
    assert "It is saved." in Page(press(response)).text
    assert Attachment.objects.count() == 2


@pytest.mark.parametrize("token", ["x", "x" * 22, "../../etc", "\x00", "ក" * 500, "-_" * 11])
def test_who_makes_up_an_address_gets_nothing(readers, press, visitor, token):
    form = visitor.get("/en/report/")
    response = press(form, reading=token, page=["0", "1", "²", "-1", "9" * 30, "a"], told="My own words")

    assert (response.status_code, Page(response).values["told"], Concern.objects.count()) == (422, "My own words", 0)
    assert "<img " not in response.content.decode()


def test_pages_count_as_files_for_who_sends_very_many(asked, press, monkeypatch):
    from spean.surfaces.public import allowance

    form = asked()
    monkeypatch.setattr(allowance, "MOST_FILES", 0)
    response = press(form)
    assert (response.status_code, Page(response).values["page"], Reading.objects.count()) == (429, "1", 1)


# -- a travel plan -------------------------------------------------------------------------------------------------------
@pytest.fixture
def planned(answer, keepers, visitor):  # noqa: F811 - the fixture
    """The plan form that the answer leads to, in English."""
    return visitor.post("/en/plan/", onward(visitor.get(answer), "/en/plan/"))


def filled_plan(response, **more):
    values = Page(response).values
    typed = filled() | {name: values[name] for name in ("sent_id", "note", "reading")}
    return typed | {"page": re.findall(r'name="page" value="(\d+)"', response.content.decode())} | more


def test_the_pages_become_papers_of_a_plan(planned, answer, visitor):
    pictures = [queries.picture(token_of(answer), n) for n in range(2)]
    code = receipt_of(visitor.post("/en/plan/", filled_plan(planned)))

    own = plan_owner.own_plan(code, written=True).written
    assert QUOTED in own.words["note"]
    assert [plan_owner.own_paper(code, pk)[1] for pk in own.papers] == pictures
    assert Reading.objects.count() == 0
    stored = everything_stored()
    assert [word for word in (b"passport", *begun(pictures)) if word in stored] == []


def test_the_same_plan_twice_or_killed_before_deleting_is_one(planned, visitor):
    typed = filled_plan(planned)
    with killed_at(operations, "end"):
        visitor.post("/en/plan/", typed)
    codes = {receipt_of(visitor.post("/en/plan/", typed)) for _twice in range(2)}

    assert (len(codes), Plan.objects.count(), PlanPaper.objects.count(), Reading.objects.count()) == (1, 1, 2, 0)


def test_a_plan_holds_six_pictures_and_says_so(planned, visitor, monkeypatch):
    from spean.surfaces import plan_forms
    from spean.voices.operations import plans

    assert "A plan holds at most 6 pictures" in Page(planned).text
    monkeypatch.setattr(plan_forms, "MOST_PAPERS", 2)
    typed = filled_plan(planned)
    response = visitor.post("/en/plan/", typed | {"paper_1": photo()})
    assert (response.status_code, Reading.objects.count()) == (422, 1)
    assert "A plan holds at most 2 pictures. Take one away first." in Page(response).text
    assert Page(response).values["way"] == typed["way"]

    monkeypatch.setattr(plan_forms, "MOST_PAPERS", 9)
    monkeypatch.setattr(plans, "MOST_PAPERS", 1)
    assert visitor.post("/en/plan/", typed).status_code == 422  # the operation holds it, too


def test_an_expired_reading_loses_no_word_of_a_plan(planned, visitor):
    typed = filled_plan(planned)
    with clock.at(clock.now() + timedelta(minutes=settings.PHOTO_MINUTES + 1)):
        response = visitor.post("/en/plan/", typed)
        page = Page(response)
        assert (response.status_code, page.values["way"], Plan.objects.count()) == (422, typed["way"], 0)
        assert GONE in page.text
        again = {name: value for name, value in typed.items() if name not in {"reading", "page"}}
        assert "Your plan is saved." in Page(visitor.post("/en/plan/", again)).text


# -- from words ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["km", "en"])
def test_what_a_pasted_contract_says_becomes_a_report_with_its_words(readers, visitor, press, language):
    checked = visitor.post(f"/{language}/contract/", {"text": ENGLISH})
    assert f'action="/{language}/plan/"' not in checked.content.decode()
    form = visitor.post(f"/{language}/report/", onward(checked, f"/{language}/report/"))

    assert QUOTED in Page(form).values["told"]
    assert press(form, f"/{language}/report/").status_code == 200
    assert Concern.objects.count() == 1


def test_what_an_offer_points_to_becomes_a_report_with_its_words(readers, visitor):
    checked = visitor.post("/en/offer/", {"fee": "yes", "employer": "no", "visa": "unknown"})
    told = Page(visitor.post("/en/report/", onward(checked, "/en/report/"))).values["told"]

    assert "- Do they want money from you before you have a contract? Yes." in told
    assert "- Do you know the name of the employer and the address of the work? No." in told
    assert "visa" not in told


def test_from_another_website_nobody_is_led_into_a_filled_form(readers, visitor):
    answer = visitor.post("/en/report/", {"told": "x", "show": "found"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("language", ["km", "en"])
def test_no_words_of_ours_ask_for_help_in_the_persons_place(language):
    """Else every report from a check would be taken for a cry."""
    from django.utils import translation

    from spean.checks import offer
    from spean.checks.contract import knowledge
    from spean.surfaces.public import checked

    with translation.override(language):
        signs = {q.code: q.worries for q in offer.questions()}
        weighed = [checked.weighed(offer.weigh(answers), language) for answers in (signs, {})]
        said = [findings.of_offer(each) for each in weighed]
        said += [check.name.of(language) for check in knowledge.checks().values()]
        said += [clause.name.of(language) for clause in knowledge.clauses().values()]
    assert [text for text in said if alike.asks_for_help(text)] == []


def test_what_does_not_fit_is_counted_and_never_cut_unsaid():
    found = [SimpleNamespace(number=n, name=f"Name {n}", words=("w" * 400,), figure="") for n in range(1, 31)]
    about = {"ending": "flags", "written_in": "English", "findings": found, "missing": [], "unread_pages": []}
    with translation.override("en"):
        said = findings.of_contract(about, 1400)

    assert len(said) <= 1450
    named = len(re.findall(r"^\d+\. Name", said, re.MULTILINE))
    assert said.endswith(f"And more that did not fit here: {30 - named}.\nWritten in: English.")
    assert 3 < named < 30
    assert "w" * 161 not in said
