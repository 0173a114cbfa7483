"""The public door in a real browser: words that leave it sealed, a voice in the place of words, a number on paper and aloud."""

import re
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page, expect

from journeys.hands import at, fill, send, words

TOLD = "មេខ្យល់យកអត្តសញ្ញាណប័ណ្ណ ហើយទារ ៥០០ ដុល្លារ"
PHONE, HOURS = "០១២ ៣៤៥ ៦៧៨", "ពេលល្ងាចថ្ងៃអាទិត្យ"


@pytest.fixture
def sent(browse):
    """(a function that opens a browser, what its pages sent, as bytes)."""
    bodies: list[bytes] = []

    def open_(*args, **more) -> Page:
        page = browse(*args, **more)
        page.on("request", lambda request: bodies.append(request.post_data_buffer or b"") if request.method == "POST" else None)
        return page

    return open_, bodies


def ready(page: Page) -> None:
    """The page has the team's key."""
    expect(page.locator("[data-seal-line]")).to_be_visible()


def leaked(bodies: list[bytes], *texts: str) -> list[str]:
    everything = b"".join(bodies)
    return [t for t in texts if t.encode() in everything or t in unquote_plus(everything.decode("latin-1"))]


def read_first(page: Page) -> None:
    page.goto(at("desk:inbox"))
    page.locator("main ol li a").first.click()


def code_of(page: Page) -> str:
    return page.locator(".receipt-code").first.inner_text()


def test_with_a_script_the_server_never_receives_the_words(town, sent, browse):
    open_, bodies = sent
    person, worker = open_(), browse("worker", town=town, width=1280)
    person.goto(at("public:report"))
    ready(person)
    fill(person, told=TOLD, kind="documents_kept", danger="no", answer_wish="phone", phone=PHONE, hours=HOURS)
    send(person)
    expect(person.locator("h1")).to_have_text(words("It is saved."))
    assert b"envelope" in b"".join(bodies)
    assert leaked(bodies, TOLD, PHONE, HOURS, "012", "អត្តសញ្ញាណប័ណ្ណ") == []
    read_first(worker)
    expect(worker.locator("[data-sealed] blockquote")).to_have_text(TOLD)
    for kept in ("012 345 678", HOURS):
        expect(worker.locator("section[aria-labelledby=contact]")).to_contain_text(kept)
    worker.reload()  # now it is under the concern's own key
    expect(worker.locator("[data-sealed] blockquote")).to_have_text(TOLD)

    code, more = code_of(person), "ឥឡូវគេទារ ៦០០ ដុល្លារ"
    person.goto(at("public:receipt"))
    person.locator("[name=code]").fill(code)
    person.locator("main form button").click()
    ready(person)
    fill(person, text=more)
    bodies.clear()
    send(person)
    expect(person.locator(".alert-success")).to_be_visible()
    assert leaked(bodies, more) == []
    worker.reload()
    expect(worker.locator(".timeline")).to_contain_text(more)


def test_a_form_that_comes_back_holds_everything_and_still_sends_no_words(town, sent):
    open_, bodies = sent
    page = open_()
    page.goto(at("public:report"))
    ready(page)
    fill(page, told=TOLD, danger="now", answer_wish="phone")
    send(page)  # no number to call
    expect(page.locator("[data-complaint]")).to_be_visible()
    expect(page.locator("[name=told]")).to_have_value(TOLD)
    assert bodies == []
    fill(page, phone="12")
    send(page)
    expect(page.locator("[data-complaint=phone]")).to_be_visible()
    fill(page, phone=PHONE)
    page.locator("[name=files]").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"no photo"})
    send(page)  # only the server can say this
    expect(page.locator("#id_files_error")).to_be_visible()
    for name, value in {"told": TOLD, "phone": PHONE}.items():
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    expect(page.locator('[name=danger][value="now"]')).to_be_checked()
    page.locator("[name=files]").set_input_files([])
    ready(page)
    send(page)
    expect(page.locator("h1")).to_have_text(words("It is saved."))
    assert leaked(bodies, TOLD, PHONE, "012") == []


def test_where_the_key_does_not_come_the_form_is_sent_as_it_is(town, browse):
    page, worker = browse(), browse("worker", town=town)
    page.route("**/report/seal/**", lambda route: route.fulfill(status=404, body=""))
    page.goto(at("public:report"))
    fill(page, told=TOLD)
    send(page)
    expect(page.locator("h1")).to_have_text(words("It is saved."))
    read_first(worker)
    expect(worker.locator("[data-sealed] blockquote")).to_have_text(TOLD)


def test_without_a_network_nothing_is_lost(town, browse):
    page = browse()
    page.goto(at("public:report"))
    ready(page)
    fill(page, told=TOLD)
    page.route("**/report/", lambda route: route.abort("internetdisconnected"))
    send(page)
    expect(page.locator("[data-complaint=told]")).to_be_visible()
    expect(page.locator("[name=told]")).to_have_value(TOLD)
    page.unroute("**/report/")
    send(page)
    expect(page.locator("h1")).to_have_text(words("It is saved."))


def test_a_refusal_without_a_form_takes_nothing_away(town, browse):
    page = browse()
    page.goto(at("public:report"))
    ready(page)
    fill(page, told=TOLD)
    page.route(
        "**/report/", lambda route: route.fulfill(status=413, content_type="text/html", body="<main><h1>Too large</h1></main>")
    )
    send(page)
    expect(page.locator("[data-complaint=told]")).to_have_text("Too large")
    expect(page.locator("[name=told]")).to_have_value(TOLD)


def test_a_voice_in_the_place_of_words(town, browse):
    page, worker = browse(), browse("worker", town=town, width=1280)
    page.goto(at("public:report"))
    recorder = page.locator("[data-recorder]")
    button = lambda name: recorder.locator(f'[data-do="{name}"]')  # noqa: E731 - four short words
    button("start").click()
    expect(button("stop")).to_be_visible(timeout=30_000)  # a busy machine takes its time to open the microphone
    expect(recorder.locator("[data-time]")).to_have_text(re.compile("០:០[២-៩]"), timeout=30_000)
    assert recorder.locator("progress").evaluate("bar => bar.value") >= 0
    button("stop").click()
    button("drop").click()
    assert page.locator("[name=voice]").evaluate("input => input.files.length") == 0
    button("start").click()
    expect(recorder.locator("[data-time]")).to_have_text(re.compile("០:០[១-៩]"), timeout=30_000)
    button("stop").click()
    button("listen").click()
    expect(button("listen")).to_have_attribute("aria-pressed", "true")
    expect(button("listen")).to_have_attribute("aria-pressed", "false")
    send(page)
    expect(page.locator("h1")).to_have_text(words("It is saved."))

    read_first(worker)
    sound = worker.locator("section[aria-labelledby=files] audio")
    expect(sound).to_have_count(1)
    seconds = sound.evaluate(LOADED)
    assert seconds > 0.5
    assert worker.request.get(sound.get_attribute("src"), headers={"Range": "bytes=0-3"}).body() == b"OggS"


def test_only_the_pages_with_a_recorder_may_ask_for_the_microphone(town, browse):
    page = browse()
    policy = {
        name: page.goto(at(name)).headers["permissions-policy"] for name in ("public:report", "public:home", "public:receipt")
    }
    assert {name for name, said in policy.items() if "microphone=(self)" in said} == {"public:report"}


LOADED = """a => new Promise((loaded, failed) => {
  a.preload = "auto"; a.onerror = () => failed(a.error.message); a.onloadeddata = () => loaded(a.duration); a.load();
})"""
VOICES = """
Object.defineProperty(window, "speechSynthesis", {value: {said: [], cancel() {}, addEventListener() {},
  getVoices: () => [{lang: "km-KH", localService: false}, {lang: "en-GB", localService: true}],
  speak(line) { this.said.push(line.text); line.onend(); }}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_the_number_is_read_aloud_only_by_a_voice_inside_the_telephone(town, browse):
    page = browse()
    page.add_init_script(VOICES)
    page.goto(at("public:report"))
    fill(page, told=TOLD)
    send(page)
    expect(page.locator('[data-speak-lang="en"]')).to_be_visible()
    expect(page.locator('[data-speak-lang="km"]')).to_be_hidden()
    page.locator('[data-speak-lang="en"]').click()
    expect(page.locator('[data-speak-lang="en"]')).to_have_attribute("aria-pressed", "false", timeout=15_000)
    heard = "".join(page.evaluate("speechSynthesis.said"))
    assert re.sub(r"\D", "", heard) == re.sub(r"\D", "", page.locator('.receipt-code[lang="en"]').inner_text())


def test_the_printed_sheet_holds_the_number_and_no_name(town, browse):
    page = browse()
    page.goto(at("public:report"))
    fill(page, told=TOLD)
    send(page)
    digits = re.sub(r"\s", "", code_of(page))
    page.emulate_media(media="print")
    seen = page.locator("body").inner_text()
    assert digits in re.sub(r"\s", "", seen)
    assert len(re.sub(r"[^0-9]", "", seen)) == 24
    named = ["Spean", "ស្ពាន", words("It is saved."), str(town.teams["team"].name), town.teams["team"].organisation.name]
    assert [name for name in named if name in seen] == []
    assert page.title() == words("Number")


def no_room_without_a_proof() -> None:
    """Others were there before."""
    from spean.collect import flood
    from spean.kernel.memory import memory

    for name in ("quiet-first", "pressing-first"):
        memory().count(*[(flood.Counter(name, flood.MINUTE), b"")] * flood.FIRST_MOST)


def test_in_a_flood_a_page_does_its_work_while_somebody_writes_and_goes_straight_to_the_team(town, browse):
    from spean.collect import flood
    from spean.kernel.memory import memory
    from spean.voices.models import Concern

    page = browse()
    page.goto(at("public:report"))
    memory().count(*[(flood.ALL, b"")] * flood.CALM * 20)
    flood.arrive(flood.Comer(b"elsewhere", b"other words", pressing=False, short=False, comparable=True))
    no_room_without_a_proof()
    with page.expect_worker():
        fill(page, told=f"{TOLD} ជួយផង")
    expect(page.locator("[name=proof]")).to_have_value(
        re.compile(r"^t1\.5\.\d+\.[0-9a-f]{32}\.[0-9a-f]{32}\.\d+$"), timeout=30_000
    )
    send(page)
    expect(page.locator("h1")).to_have_text(words("It is saved."))
    concern = Concern.objects.get()
    assert (concern.state, concern.urgent_words, concern.sealed_in_page) == ("new", True, True)


def test_under_review_says_so_and_the_team_lets_it_through(town, browse):
    from spean.collect import flood
    from spean.kernel.memory import memory

    person, worker = browse(java_script_enabled=False), browse("worker", town=town, width=1280)
    memory().count(*[(flood.ALL, b"")] * flood.CALM * 20)
    no_room_without_a_proof()
    person.goto(at("public:report"))
    fill(person, told=TOLD, kind="documents_kept")
    send(person)
    expect(person.locator(".alert-warning").first).to_be_visible()
    assert len(re.sub(r"\D", "", code_of(person))) == 24
    worker.goto(at("desk:inbox"))
    expect(worker.locator("main ol li")).to_have_count(0)
    worker.locator(f'main a[href="{at("desk:lane")}"]').click()
    worker.locator("main ol li a").first.click()
    worker.locator('form[action$="/release/"] button').click()
    expect(worker.locator(".alert-success")).to_be_visible()
    read_first(worker)
    expect(worker.locator("[data-sealed] blockquote")).to_have_text(TOLD)
