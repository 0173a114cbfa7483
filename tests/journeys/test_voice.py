"""The main job, in a real browser: a voice from a village is heard, answered, raised, kept and read back."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.utils import translation
from playwright.sync_api import Page, expect

from journeys.hands import act, at, fill, send, sign_in, words
from spean.kernel import clock
from spean.kernel.text import khmer_digits, latin_digits
from spean.voices.enums import IssueState, Outcome

TOLD = "មេខ្យល់យកអត្តសញ្ញាណប័ណ្ណរបស់ប្អូនស្រីខ្ញុំ ហើយទារ ៥០០ ដុល្លារ ទើបប្រគល់វិញ។"
ANSWER = "យើងបានអានហើយ។ យើងនឹងលើកបញ្ហានេះទៅឃុំ ដោយមិនបញ្ចេញឈ្មោះ។"
MORE = "ឥឡូវគេទារ ៦០០ ដុល្លារ។"
TITLE, TITLE_EN = "អ្នកនាំកាន់ឯកសាររបស់អ្នកភូមិ", "Recruiters keep villagers' papers"
SUMMARY = "អ្នកនាំបានយកអត្តសញ្ញាណប័ណ្ណ និងសៀវភៅគ្រួសារទុក ហើយមិនប្រគល់វិញ។"
PROMISE = "អញ្ជើញអ្នកដែលកាន់ឯកសារមកសាលាឃុំ ដើម្បីប្រគល់វិញ។"
DONE = "ឯកសារត្រូវបានប្រគល់វិញដល់ម្ចាស់នៅសាលាឃុំ។"
LINEAGE = {"place-province": "14", "place-district": "1401", "place-commune": "140101", "place-village": "14010101"}


@pytest.fixture
def person(town, browse):
    """A function that lets somebody in by the sign-in form."""

    def signed_in(name: str, **more) -> Page:
        page = browse(**more)
        sign_in(page, name)
        expect(page).to_have_url(re.compile(r"/km/desk/$"))
        return page

    return signed_in


@pytest.fixture
def inside(town, browse):
    """A function that opens a browser in which somebody is signed in already."""
    return lambda name, **more: browse(name, town=town, **more)


def tell(page: Page) -> str:
    """A report without a script: each list is opened by its button, and everything typed stays. Returns the number."""
    page.goto("/")
    page.locator(f'main a[href="{at("public:report")}"]').first.click()
    fill(page, told=TOLD, kind="documents_kept", danger="no", happened="month", answer_wish="receipt")
    for field, code in LINEAGE.items():
        expect(page.locator("[name=told]")).to_have_value(TOLD)
        expect(page.locator('[name=kind][value="documents_kept"]')).to_be_checked()
        page.locator(f"[name={field}]").select_option(code)
        if field != "place-village":
            page.locator(f'[name=show][value="{field}"]').click()
    send(page)
    return page.locator(".receipt-code").first.inner_text()


def come_back(page: Page, code: str) -> None:
    page.goto(at("public:receipt"))
    page.locator("[name=code]").fill(khmer_digits(latin_digits(code)))
    page.locator("main form button").click()


def open_row(page: Page, tile: str) -> None:
    """From Today by a number to its list, and into the first row."""
    page.goto(at("desk:today"))
    page.locator(f'a.stat-cell[href*="{tile}"]').click()
    page.locator("main ol li a").first.click()


def test_a_voice_is_heard_answered_raised_kept_and_read_back(person, browse):
    # somebody in a village, without JavaScript
    phone = browse(java_script_enabled=False)
    code = tell(phone)
    assert len(re.sub(r"\D", "", code)) == 24
    assert phone.context.cookies() == []

    # the case worker
    worker = person("worker")
    open_row(worker, "view=new")
    expect(worker.locator("[data-sealed] blockquote")).to_have_text(TOLD)
    concern = worker.url
    act(worker, "answer", text=ANSWER)

    # the person again, with the number in Khmer digits
    come_back(phone, code)
    expect(phone.locator(".timeline blockquote")).to_have_text(ANSWER)
    assert TOLD not in phone.content()
    fill(phone, text=MORE)
    send(phone)
    expect(phone.locator(".alert-success")).to_be_visible()

    # an issue, written by one and approved by another
    worker.goto(concern)
    expect(worker.locator(".timeline")).to_contain_text(MORE)
    write_issue(worker)
    issue = worker.url
    expect(worker.locator('form[action$="/rewrite/"]')).to_have_count(1)
    expect(worker.locator('form[action$="/approve/"]')).to_have_count(0)
    supervisor = person("supervisor")
    open_row(supervisor, "view=to_approve")
    act(supervisor, "approve")
    worker.goto(issue)
    committee = worker.locator('form[action$="/raise/"] option').nth(1).get_attribute("value")
    act(worker, "raise", choice=committee)

    # the commune
    focal = person("focal")
    open_row(focal, "view=to_answer")
    expect(focal.locator("h1")).to_have_text(TITLE)
    seen = focal.content()
    assert [w for w in (TOLD, ANSWER, MORE, "Demo Worker", "Demo Supervisor", "/concerns/") if w in seen] == []
    assert focal.goto(concern).status == 404
    focal.goto(issue)
    act(focal, "commit", what=PROMISE, office="police_post", until=str(clock.today() + timedelta(days=20)))
    act(focal, "finish", note=DONE)

    # the public sees the office's words only after somebody has read them
    phone.goto(at("public:said"))
    phone.get_by_role("link", name=TITLE).click()
    expect(phone.locator("main")).not_to_contain_text(PROMISE)
    supervisor.reload()
    act(supervisor, "clear")

    # the village has the last word
    volunteer = person("volunteer")
    open_row(volunteer, "view=to_read_back")
    expect(volunteer.locator("main")).to_contain_text(PROMISE)
    act(volunteer, "read-back", outcome="confirmed", women="១២", men="7")
    everybody_reads_it(phone)
    the_trail_tells_who_looked(person("officer"), concern)


def everybody_reads_it(page: Page) -> None:
    page.reload()
    for line in (PROMISE, DONE):
        expect(page.locator(".timeline")).to_contain_text(line)
    with translation.override("km"):
        expect(page.locator(".badge")).to_have_text(str(IssueState.CONFIRMED.label))
        expect(page.locator(".timeline")).to_contain_text(str(Outcome.CONFIRMED.label))


def the_trail_tells_who_looked(page: Page, concern: str) -> None:
    page.goto(f"{at('desk:trail')}?verb=concern.read")
    opened = page.locator("main ol > li")
    assert opened.count() >= 2
    expect(opened.first).to_contain_text("Demo Worker")
    expect(opened.first).to_contain_text(concern.rstrip("/").rpartition("/")[2])
    assert [w for w in (TOLD, ANSWER, MORE) if w in page.content()] == []


def write_issue(page: Page) -> None:
    """From a concern, with a second village found by the keyboard."""
    summary = page.locator('a[href*="/issues/new/"]').locator("xpath=ancestor::details/summary")
    summary.click()
    page.locator('a[href*="/issues/new/"]').click()
    expect(page.locator("input[name=places]")).to_have_count(1)
    expect(page.locator("[name=kind]")).to_have_value("documents_kept")
    search = page.locator("[name=place-search]")
    search.press_sequentially("andoung")
    expect(page.get_by_role("option", name="អណ្ដូង")).to_be_visible()
    search.press("ArrowDown")
    search.press("Enter")
    expect(page.locator("[name=place-village]")).to_have_value("14010102")
    page.locator("[name=add_place]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("input[name=places]")).to_have_count(2)
    fill(
        page, fact_households="៦", title_km=TITLE, title_en=TITLE_EN, summary_km=SUMMARY, summary_en="They do not give them back."
    )
    send(page)
    expect(page.locator("h1")).to_have_text(TITLE)


def test_the_village_contests_what_the_office_calls_done(town, inside, browse):
    issue = town.issue("done")
    address = at("desk:issue", issue.id)
    volunteer, focal, public = inside("volunteer"), inside("focal"), browse()
    volunteer.goto(address)
    act(volunteer, "read-back", outcome="contested", women="3", men="2")
    open_row(focal, "view=to_answer")
    expect(focal).to_have_url(re.compile(f"{address}$"))
    expect(focal.locator(".timeline li.late").first).to_be_visible()
    act(focal, "commit", what=PROMISE, office="commune_chief", until=str(clock.today() + timedelta(days=9)))
    public.goto(at("public:story", issue.number, language="en"))
    expect(public.locator(".timeline li.late").first).to_be_visible()
    expect(public.locator(".badge")).to_have_text("Promised")


def test_a_volunteer_reports_from_a_telephone_and_reads_the_answer(inside):
    volunteer, worker = inside("volunteer"), inside("worker", width=1280)
    volunteer.goto(at("desk:today"))
    volunteer.locator(f'nav a[href="{at("desk:reports")}"]').click()
    volunteer.locator(f'main a[href="{at("desk:report_new")}"]').first.click()
    expect(volunteer.locator("[name=place-village]")).to_have_value("14010101")
    fill(volunteer, told=TOLD, kind="documents_kept", danger="now", answer_wish="phone", name="ណារី", phone="០១២ ៣៤៥ ៦៧៨")
    send(volunteer)  # nobody said that the number may be called
    expect(volunteer.get_by_role("alert")).to_be_visible()
    expect(volunteer.locator("[name=told]")).to_have_value(TOLD)
    fill(volunteer, may_call="yes", hours="ពេលល្ងាច", code_word="ស្វាយ")
    send(volunteer)
    expect(volunteer).to_have_url(re.compile(r"/sent/$"))
    assert TOLD not in volunteer.content()

    open_row(worker, "view=danger")
    for kept in ("ណារី", "012 345 678", "ពេលល្ងាច", "ស្វាយ"):
        expect(worker.locator("section[aria-labelledby=contact]")).to_contain_text(kept)
    act(worker, "ask", text=ANSWER)

    open_row(volunteer, "reports/?view=answered")
    expect(volunteer.locator(".timeline")).to_contain_text(ANSWER)
    assert TOLD not in volunteer.content()


def test_what_was_typed_outlives_locked_keys(town, inside):
    concern = town.concern(read=True)
    page = inside("worker")
    page.goto(at("desk:concern", concern.id))
    form = page.locator('form[action$="/answer/"]')
    form.locator("xpath=ancestor::details/summary").click()
    fill(form, text=ANSWER)
    other = page.context.new_page()  # a second window of the same browser
    other.goto(at("desk:today"))
    other.locator("header div summary").click()
    other.locator(f'form[action="{at("desk:lock")}"] button').click()
    expect(other.locator(f'header a[href="{at("desk:unlock")}"]')).to_be_attached()

    form.get_by_role("button").click()
    expect(page.locator("[name=password]")).to_be_visible()
    page.locator("[name=password]").fill("wrong")
    page.locator("main form button").click()
    page.locator("[name=password]").fill("four words nobody joins")
    page.locator("main form button").click()
    expect(page.locator(f'main form input[type=hidden][value="{ANSWER}"]')).to_be_attached()
    page.locator("main form button").click()
    expect(page.locator(".timeline")).to_contain_text(ANSWER)


def test_signing_in_with_a_code_from_the_telephone(town, person, browse):
    page = person("worker")
    page.goto(at("mfa_activate_totp"))
    secret = page.locator("main details .receipt-code").text_content().strip()
    page.locator("[name=code]").fill(shown_now(secret))
    page.locator("main form button").click()
    expect(page.locator("ul .receipt-code").first).to_be_visible()  # the spare codes
    assert page.locator("main img").count() == 0

    again = browse()
    sign_in(again, "worker")
    expect(again.locator("[name=code]")).to_be_visible()
    again.goto(at("desk:inbox"))
    expect(again).to_have_url(re.compile("/account/sign-in/|/account/second-step/code/"))
    again.goto(at("mfa_authenticate"))
    again.locator("[name=code]").fill(khmer_digits(shown_now(secret, later=1)))
    again.locator("main form button").first.click()
    expect(again).to_have_url(re.compile(r"/km/desk/$"))


def shown_now(secret: str, later: int = 0) -> str:
    """What the authenticator app shows, `later` half minutes from now: no code is taken twice."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + later))


@pytest.mark.parametrize("way", ["click", "shift"])
def test_leaving_at_once_leaves_nothing_behind(town, browse, way):
    page = browse()
    page.goto(at("public:home"))
    page.goto(at("public:report"))
    fill(page, told=TOLD)
    if way == "click":
        page.locator("[data-quick-exit]").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    expect(page).to_have_url(re.compile(f"{at('public:exit')}$"))
    expect(page.locator("table")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(f"{at('public:home')}$"))
    assert TOLD not in page.content()


def test_without_a_script_leaving_is_a_link(town, browse):
    page = browse(java_script_enabled=False)
    page.goto(at("public:report"))
    page.locator("[data-quick-exit]").click()
    expect(page).to_have_url(re.compile(f"{at('public:exit')}$"))


@pytest.mark.parametrize("page_name", ["public:report", "public:said", "desk:inbox", "desk:me"])
def test_the_switch_of_language_keeps_the_page(inside, page_name):
    page = inside("worker")
    page.goto(f"{at(page_name)}?kind=fees")
    for language in ("en", "km"):
        page.locator(f"header a[hreflang={language}]").click()
        expect(page).to_have_url(re.compile(re.escape(at(page_name, language=language)) + r"\?kind=fees$"))
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_the_report_form_by_the_keyboard_alone(town, browse):
    page = browse(width=1280)
    page.goto(at("public:report"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    to(page, "[name=told]")
    page.keyboard.type(TOLD)
    to(page, "[name=danger]")
    page.keyboard.press("ArrowDown")
    to(page, "[name=kind]")
    page.keyboard.press("Space")
    to(page, "[name=place-search]")
    page.keyboard.type("trapeang")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=place-village]")).to_have_value("14010101")
    to(page, "[name=send]")
    page.keyboard.press("Enter")
    expect(page.locator(".receipt-code").first).to_be_visible()


def to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is there; each stop on the way must be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_be_in_viewport()
        if focused.evaluate("(e, wanted) => e.matches(wanted)", wanted):
            return
    pytest.fail(f"Tab does not reach {wanted}")


@pytest.mark.parametrize("door", ["public", "desk"])
def test_without_a_network_what_was_typed_stays(inside, door):
    page = inside("volunteer")
    page.goto(at("public:report" if door == "public" else "desk:report_new"))
    fill(page, told=TOLD, kind="fees", danger="no")
    page.context.set_offline(True)
    page.locator("[name=place-province]").select_option("14" if door == "public" else "")
    page.locator("[name=place-province]").select_option("14")
    expect(page.locator("[data-picker-status]")).to_have_text(words("The list did not come. Press Show."))
    expect(page.locator('[name=show][value="place-province"]')).to_be_visible()
    expect(page.locator("[name=told]")).to_have_value(TOLD)
    send(page)
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.locator("[name=told]")).to_have_value(TOLD)
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    send(page)
    expect(page.locator(".receipt-code" if door == "public" else "main .steps-next").first).to_be_visible()
    assert TOLD not in page.content()
