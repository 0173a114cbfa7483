"""Every page of both doors, in both languages, with content: axe finds nothing, nothing overflows, all can be read and hit."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from town import PASSWORD

from journeys.content import Story, furnish, keep_custody, keep_directory
from journeys.gathering import activity_stops
from journeys.hands import at, fill
from journeys.networking import network_stops
from journeys.practising import practice_stops
from journeys.programmes import programme_stops
from journeys.register import recruiter_stops, register_stops
from journeys.volunteering import volunteer_stops
from tests.surfaces.desk.outcomes import tell_outcomes

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}, "resultTypes": ["violations"]}
#: two telephones, a computer, and the same computer at 200% zoom
WIDTHS = (320, 360, 640, 1280)
SMALLEST_TARGET = 48
#: what is too wide for the window, once boxes that scroll by themselves are left out
OVERFLOW = """() => document.scrollingElement.scrollWidth <= innerWidth ? null : [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90)).slice(-3).join(' ; ')"""
SMALL_TEXT = """() => {
  const found = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim(), parent = node.parentElement;
    if (!text || !parent.checkVisibility() || parent.closest('.sr-only')) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize), least = /[\\u1780-\\u17ff]/.test(text) ? 17 : 15;
    if (size < least) found.add(`${size}px ${parent.tagName}.${parent.className}: ${text.slice(0, 30)}`);
  }
  return [...found];
}"""
SMALL_TARGETS = """least => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.checkVisibility() && !e.disabled && !e.matches('.skip-link') && getComputedStyle(e).display !== 'inline')
  .map(e => [(e.closest('label.choice') || e).getBoundingClientRect(), e])
  .filter(([box]) => box.height < least - 0.5 || box.width < least - 0.5)
  .map(([box, e]) => `${Math.round(box.width)}x${Math.round(box.height)} ${e.outerHTML.slice(0, 90)}`)"""
CONTRACTS = {
    "contract with flags": "និយោជករក្សាទុកលិខិតឆ្លងដែនរបស់កម្មករ។\nThe worker works 14 hours per day.\nค่าจ้างวันละ 250 บาท",
    "contract without flags": "និយោជកមិនត្រូវរក្សាទុកលិខិតឆ្លងដែនរបស់កម្មករទេ។ កម្មករធ្វើការ ៨ ម៉ោងក្នុងមួយថ្ងៃ។",
    "contract unread": "雇用主は労働者の旅券を保管する。" * 5,
    "no contract": "",
}
TRIAGES = {
    "questions": {},
    "refused": {"told": "ពាក្យ", "answer_wish": "phone"},
    "with an open question": {"ask_paid": "no", "ask_same": "yes", "kind": "debt"},
    "for a case worker": {"ask_papers": "yes", "kind": "documents_kept"},
    "in danger": {"urgent": "confined", "kind": "scam"},
}
Stop = tuple[str, str, Callable[[Page], Any]]


def look(page: Page, *, public: bool, contrast: bool = True) -> list[str]:
    """What is wrong with the page as it stands, everything unfolded. Colours are those of every language: once will do."""
    page.evaluate("document.querySelectorAll('main details').forEach(folded => folded.open = true)")
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        wide = page.evaluate(OVERFLOW)
        wrong += [f"overflows at {width}: {wide}"] if wide else []
        if width == 320:
            wrong += [f"small text: {text}" for text in page.evaluate(SMALL_TEXT)]
            wrong += [f"small target: {what}" for what in page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)] if public else []
    page.set_viewport_size({"width": 360, "height": 740})
    for violation in Axe().run(page, options={**AXE, "rules": {"color-contrast": {"enabled": contrast}}}).response["violations"]:
        nodes = "; ".join(f"{node['html'][:120]} {node['failureSummary'][-160:]}" for node in violation["nodes"][:3])
        wrong.append(f"axe {violation['id']}: {nodes}")
    return wrong


def post(page: Page, *, button: str = "main form button", **fields: str) -> None:
    """Fill the form in and press its button; the next page, or what its script has to say, is there when this returns."""
    fill(page, **fields)
    page.locator("main").evaluate("main => main.setAttribute('data-left', '')")
    page.locator(button).last.click()
    page.locator("main:not([data-left]), [data-complaint]").first.wait_for()
    page.wait_for_load_state()


class Visits:
    """How the pages of one language are reached: by an address, or by a form that is sent."""

    def __init__(self, story: Story, language: str) -> None:
        self.story, self.language = story, language

    def to(self, name: str, *args: Any, query: str = "") -> Callable[[Page], Any]:
        """By the address."""
        return lambda page: page.goto(at(name, *args, language=self.language) + query)

    def sent(self, name: str, *args: Any, button: str = "main form button", **fields: str) -> Callable[[Page], Any]:
        """By the form of a page."""

        def visit(page: Page) -> None:
            self.to(name, *args)(page)
            post(page, button=button, **fields)

        return visit

    def act(self, verb: str, name: str, *args: Any, **fields: str) -> Callable[[Page], Any]:
        """By a folded form that comes back with reasons."""

        def visit(page: Page) -> None:
            self.to(name, *args)(page)
            form = f'form[action$="/{verb}/"]'
            page.locator(form).locator("xpath=ancestor::details/summary").click()
            post(page, button=f"{form} button", **fields)
            expect(page.get_by_role("alert")).to_be_visible()

        return visit

    def triaged(self, answers: dict[str, str]) -> Callable[[Page], Any]:
        """Through the gate; with answers, sent."""

        def visit(page: Page) -> None:
            gate = dict.fromkeys(("gate_alone", "gate_willing", "gate_language"), "yes")
            self.sent("desk:triage", button="[name=begin]", **gate)(page)
            if answers:
                post(page, button="main [name=send]", **answers)

        return visit

    def found(self, page: Page) -> None:
        """The list that the place search opens."""
        self.to("public:report")(page)
        page.locator("[name=place-search]").press_sequentially("prey")
        expect(page.get_by_role("option").first).to_be_visible()

    def refused_file(self, page: Page) -> None:
        """What only the server can find wrong."""
        self.to("public:report")(page)
        page.locator("[name=files]").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"no photo"})
        post(page, button="main [name=send]")

    def recorded(self, page: Page) -> None:
        """A recording lies ready."""
        self.to("public:report")(page)
        voice = {"name": "voice", "mimeType": "audio/webm", "buffer": b"x"}
        page.locator("[name=voice]").set_input_files(voice)
        expect(page.locator("[data-recorder-tools]")).to_be_visible()

    def lock(self, page: Page) -> None:
        """Lock the keys of this browser."""
        self.to("desk:today")(page)
        page.locator("header div summary").click()
        page.locator('header form[action$="/lock/"] button').click()
        expect(page.locator("header div summary .badge-success")).to_have_count(0)

    def held(self, page: Page) -> None:
        """A form was sent while the keys were locked."""
        self.to("desk:concern", self.story.concerns["unpaid_wages"].id)(page)
        page.locator('form[action$="/answer/"]').locator("xpath=ancestor::details/summary").click()
        other = page.context.new_page()
        self.lock(other)
        other.close()
        post(page, button='form[action$="/answer/"] button', text="ចម្លើយ")
        expect(page.locator("[name=password]")).to_be_visible()

    def opened_again(self, page: Page) -> None:
        """After `held`: what was typed can be sent now."""
        post(page, password=PASSWORD)
        expect(page.locator("main form input[type=hidden][name=text]")).to_be_attached()

    def unlock(self, page: Page) -> None:
        """The page that asks for the password."""
        self.lock(page)
        self.to("desk:unlock")(page)
        expect(page.locator("[name=password]")).to_be_visible()


def public_pages(story: Story, language: str) -> Iterator[Stop]:
    from spean.evidence.models import PublishedIssue

    go = Visits(story, language)
    told = {"told": "គេទារ ៥០០ ដុល្លារ។", "danger": "now"}
    for name in ("home", "report", "receipt", "said", "contract", "offer", "privacy", "exit"):
        yield "", name, go.to(f"public:{name}")
    yield "", "said of a province", go.to("public:said", query="?place=KH/14/&kind=fees")
    yield "", "said of nothing", go.to("public:said", query="?kind=venues")
    for name, query in (("search", ""), ("stories found", "?q=លិខិត"), ("no story found", "?q=ដំរីស&kind=fees")):
        yield "", name, go.to("public:said_search", query=query)
    for name, text in CONTRACTS.items():
        yield "", name, go.sent("public:contract", button="main [name=check]", text=text)
    yield "", "offer checked", go.sent("public:offer", button="main [name=check]", visa="yes", wage="yes", employer="unknown")
    yield "", "saved", go.sent("public:report", button="main [name=send]", **told)
    yield "", "not saved", go.sent("public:report", button="main [name=send]", phone="12", answer_wish="phone")
    yield "", "file refused", go.refused_file
    yield "", "recorded", go.recorded
    yield "", "a place found", go.found
    yield "", "thread", go.sent("public:receipt", code=story.code)
    yield "", "nothing added", lambda page: post(page, text="")  # after `thread`
    yield "", "wrong number", go.sent("public:receipt", code="1234")
    yield "", "no such story", go.to("public:story", 999)
    yield "", "no such page", lambda page: page.goto(f"/{language}/nowhere/")
    yield from _help(go)
    yield from recruiter_stops(go)
    for number in PublishedIssue.objects.order_by("number").values_list("number", flat=True)[:3]:
        yield "", f"story {number}", go.to("public:story", number)


def _help(go: Visits) -> Iterator[Stop]:
    shelter, _waiting = keep_directory(go.story.town)
    asked = "?need=shelter&place-province=14&place-district=1401&find=1"
    for name, query in (
        ("help", ""),
        ("helpers", asked),
        ("nobody helps", "?need=training"),
        ("help, opened", f"{asked}&show=1"),
    ):
        yield "", name, go.to("public:help", query=query)
    yield "", "helper", go.to("public:helper", shelter)


def _directory(go: Visits) -> Iterator[Stop]:
    shelter, waiting = keep_directory(go.story.town)
    yield "coordinator", "today with the directory", go.to("desk:today")
    for name, query in (("directory", ""), ("empty directory", "?view=withdrawn"), ("directory, all", "?view=all&country=KH")):
        yield "coordinator", name, go.to("desk:directory", query=query)
    for pk in (shelter, waiting):
        yield "coordinator", "entry", go.to("desk:entry", pk)
    yield "manager", "own entry", go.to("desk:entry", waiting)
    yield "manager", "new entry", go.to("desk:entry_new")
    yield "manager", "new entry refused", go.sent("desk:entry_new", button="[name=send]", numbers="+1 888 373 7888")
    yield "manager", "bring a list in", go.to("desk:directory_import")
    sheet = {"name": "a.json", "mimeType": "application/json", "buffer": b'[{"id": "1", "name": "Help"}, {"id": "2"}]'}

    def looked_at(page: Page) -> None:
        go.to("desk:directory_import")(page)
        page.locator("[name=sheet]").set_input_files(sheet)
        post(page, source="A list")
        expect(page.locator("#preview")).to_be_visible()

    yield "manager", "a list looked at", looked_at
    yield "manager", "change of an entry", go.to("desk:entry_change", shelter)


def desk_pages(story: Story, language: str) -> Iterator[Stop]:
    go = Visits(story, language)
    yield from _before_signing_in(go)
    for person in ("worker", "supervisor", "volunteer", "focal", "officer", "administrator"):
        yield person, "today", go.to("desk:today")
    yield from _concerns(go)
    yield from _cases(go)
    yield from _issues(go)
    yield from _reports(go)
    yield from _people(go)
    yield from _lane(go)
    yield from _imports(go)
    yield from _custody(go)
    yield from _directory(go)
    yield from register_stops(go)
    yield from programme_stops(go)
    yield from activity_stops(go)
    yield from volunteer_stops(go)
    yield from network_stops(go)
    yield from practice_stops(go)
    yield "worker", "held", go.held
    yield "worker", "opened again", go.opened_again
    yield "stranger", "unlock", go.unlock


def _before_signing_in(go: Visits) -> Iterator[Stop]:
    yield "", "sign-in", go.to("account_login")
    yield (
        "",
        "wrong sign-in",
        go.sent("account_login", button="main form:not([data-passkey]) button", login="worker", password="wrong"),
    )
    for name in ("account_signup", "account_inactive", "desk:recover"):
        yield "", name, go.to(name)
    yield "", "recover refused", go.sent("desk:recover", username="x", code="x", password="x")


def _concerns(go: Visits) -> Iterator[Stop]:
    yield "worker", "inbox", go.to("desk:inbox")
    yield "worker", "empty inbox", go.to("desk:inbox", query="?view=closed&kind=venues")
    for kind in ("documents_kept", "no_news", "fees", "agency"):
        yield "worker", f"concern {kind}", go.to("desk:concern", go.story.concerns[kind].id)
    yield "worker", "answer refused", go.act("answer", "desk:concern", go.story.concerns["unpaid_wages"].id)
    yield "worker", "search of concerns", go.to("desk:concern_search")
    button = "main form[role=search] button"
    for name, text in (("concerns found", "012 345 678"), ("no concern found", "ដំរីស"), ("nothing to search", "!!")):
        yield "worker", name, go.sent("desk:concern_search", button=button, text=text)
    yield "worker", "no such concern", go.to("desk:concern", go.story.town.teams["team"].id)


def _ledgers(go: Visits, case: Any) -> Iterator[Stop]:
    from spean.cases.operations import identifying, money
    from spean.kernel import clock

    worker, town = go.story.town.actor("worker"), go.story.town
    yield "worker", "what is counted", go.to("desk:case_counted", case.id)
    yield "worker", "nobody asked", go.to("desk:case_identification", case.id)
    identifying.ask(worker, case.id, "court", clock.today(), identifying.Paper("12", "Words"), uuid4())
    yield "worker", "asked an authority", go.to("desk:case_identification", case.id)
    yield "worker", "asked it without a day", go.act("ask", "desk:case_identification", case.id)
    yield "worker", "no money", go.to("desk:case_money", case.id)
    owes = money.begin(worker, case.id, {"kind": "wages", "currency": "THB", "other": "captain"}, "A captain", "", uuid4())
    money.add(worker, case.id, owes, "promised", Decimal(12000), clock.today(), "January", uuid4())
    yield "worker", "wages", go.to("desk:case_money", case.id)
    yield "worker", "money without its kind", go.act("begin", "desk:case_money", case.id)
    yield "worker", "no document", go.to("desk:case_documents", case.id)
    yield "worker", "no legal matter", go.to("desk:case_legal", case.id)
    _law(town, case, owes)
    yield "worker", "a charge and a complaint", go.to("desk:case_legal", case.id)
    yield "worker", "a hearing without its place", go.act("hearing", "desk:case_legal", case.id)
    yield from _documents(go, case)
    yield from _kept(go, case)
    type(case).objects.filter(pk=case.id).update(assigned_to=town.users["worker"])
    yield "supervisor", "why a ledger", go.to("desk:case_identification", case.id)


def _documents(go: Visits, case: Any) -> Iterator[Stop]:
    from spean.cases.models import Document
    from spean.cases.operations import documents
    from spean.kernel import clock

    worker, town = go.story.town.actor("worker"), go.story.town
    taken = documents.Taken("passport", "captain", country="TH", since=clock.today())
    pk = documents.take(worker, case.id, taken, documents.Words("A captain", "N 1"), uuid4())
    documents.demand(worker, case.id, pk, "volunteer", clock.today(), "Asked", uuid4())
    yield "worker", "a document kept", go.to("desk:case_documents", case.id)
    yield "worker", "the holder of no other case", go.to("desk:case_holder", case.id, pk)
    other = documents.Words("A captain Somchai Rattana")
    for _two in range(2):
        its = documents.take(worker, town.case().id, taken, other, uuid4())
    yield "worker", "the same holder", go.to("desk:case_holder", Document.objects.get(pk=its).case_id, its)
    yield "worker", "a document without its kind", go.act("take", "desk:case_documents", case.id)
    yield from _letters(go, case, pk)


def _kept(go: Visits, case: Any) -> Iterator[Stop]:
    from spean.cases.operations import conferring, keeping
    from spean.collect.uploads import CleanFile
    from spean.kernel import clock

    worker = go.story.town.actor("worker")
    yield "worker", "no file", go.to("desk:case_files", case.id)
    for kind, mime in (("image", "image/png"), ("audio", "audio/ogg")):
        keeping.add(worker, case.id, CleanFile(kind, mime, b"drawn"), uuid4(), about="proof", words="A receipt")
    keeping.remove(worker, case.id, keeping.add(worker, case.id, CleanFile(kind, mime, b"drawn"), uuid4(), about="word"))
    yield "worker", "files", go.to("desk:case_files", case.id)
    yield "worker", "no file chosen", go.act("add", "desk:case_files", case.id)
    yield "worker", "no conference", go.to("desk:case_conferences", case.id)
    met = conferring.Held(clock.today(), frozenset({"worker", "authority"}), "not_yet")
    conferring.confer(worker, case.id, met, conferring.Words("A judge", "She wants a job", "A course"), uuid4())
    yield "worker", "a conference", go.to("desk:case_conferences", case.id)
    yield "worker", "a conference without words", go.act("confer", "desk:case_conferences", case.id)


def _letters(go: Visits, case: Any, document: Any) -> Iterator[Stop]:
    from spean.cases.operations import letters

    yield "worker", "no letter", go.to("desk:case_letters", case.id)
    about = f"?row={document}&kind="
    yield "worker", "a letter that nobody agreed to", go.to("desk:case_letter_new", case.id, query=f"{about}holder")
    yield "worker", "a letter begun", go.to("desk:case_letter_new", case.id, query=f"{about}province&by=number")
    chosen, worker = letters.Chosen("receipt", document, "name"), go.story.town.actor("worker")
    letters.write(worker, case.id, chosen, letters.Text("ឯកសារ", "The document"), uuid4())
    yield "worker", "a receipt", go.to("desk:case_letters", case.id)


def _law(town: Any, case: Any, owes: Any) -> None:
    from spean.cases.operations import consent, hearings, law
    from spean.kernel import clock

    worker, today = town.actor("worker"), clock.today()
    matter = law.consider(worker, case.id, "charge", "court", law.Words("A captain", "N 1", text="Words"), uuid4())
    told = consent.Given("authority", frozenset({"name", "story"}), today, "thumb", named="The court")
    agreed = consent.give(worker, case.id, told, uuid4())
    asked = law.protect(worker, case.id, matter, "media", "court", today, "Afraid", uuid4())
    law.answer(worker, case.id, matter, asked, "refuse", today, "No")
    consent.withdraw(worker, case.id, agreed)
    for day, purpose in ((timedelta(days=9), "trial"), (timedelta(days=-9), "questions")):
        planned = hearings.Planned(today + day, "court", purpose, town.users["worker"].pk)
        hearings.plan(worker, case.id, matter, planned, hearings.Words("Room 3", "An aunt"), uuid4())
    law.aid(worker, case.id, matter, law.Aid("ask", today, lawyer="A lawyer"))
    wages = law.consider(worker, case.id, "labour", "labour_province", law.Words("A captain"), uuid4())
    law.claim(worker, case.id, wages, [owes])


def _months_after(go: Visits, case: Any) -> Iterator[Stop]:
    """Follow-ups with their pictures, one that is late, what was promised, work and income."""
    from spean.cases.operations import following, livelihoods, promises
    from spean.kernel import clock

    worker, today = go.story.town.actor("worker"), clock.today()
    yield "worker", "no follow-up", go.to("desk:case_after", case.id)
    following.start(worker, case.id, following.Told("visit", "Hard", {"income": 1, "family": 3}), uuid4())
    following.begin(worker, case.id, today - timedelta(days=100))
    rows = case.follow_ups.filter(state="planned").order_by("month")
    told = following.Told("call", "Better", {"income": 3, "family": 2}, frozenset({"debts"}))
    following.do(worker, case.id, rows[0].id, told, uuid4())
    case.follow_ups.filter(pk=rows[0].id).update(due_on=today - timedelta(days=40))
    yield "worker", "follow-ups", go.to("desk:case_after", case.id)
    yield "worker", "a follow-up", go.to("desk:case_follow", case.id, rows[0].id)
    yield "worker", "a follow-up of nothing", go.sent("desk:case_follow", case.id, rows[0].id)
    yield "worker", "nothing promised", go.act("promise", "desk:case_promised", case.id)
    promises.answer(worker, case.id, promises.add(worker, case.id, "A bicycle", uuid4()), "partly", "It came late")
    yield "worker", "promised", go.to("desk:case_promised", case.id)
    yield "worker", "no livelihood", go.to("desk:case_livelihood", case.id)
    livelihoods.consider(worker, case.id, "business", "A stall", uuid4())
    for month, amount in ((today.replace(month=1, day=1), 12000), (today, 50000)):
        livelihoods.earn(worker, case.id, month, Decimal(amount), "KHR", "", uuid4())
    yield "worker", "livelihood", go.to("desk:case_livelihood", case.id)
    yield "worker", "livelihood without its kind", go.act("consider", "desk:case_livelihood", case.id)
    yield from _trainings(go, case)
    yield from _visits(go, case)
    yield "supervisor", "no outcomes", go.to("desk:outcomes")
    tell_outcomes(go.story.town)
    yield "supervisor", "outcomes", go.to("desk:outcomes")


def _visits(go: Visits, case: Any) -> Iterator[Stop]:
    """Visits by volunteers: nobody asked, asked in vain, the volunteer's card, and what was told."""
    from spean.cases.operations import consent, visits
    from spean.kernel import clock

    town, today = go.story.town, clock.today()
    worker = town.actor("worker")
    yield "worker", "no visit", go.to("desk:case_visits", case.id)
    yield "worker", "a visit that was not agreed to", go.act("ask", "desk:case_visits", case.id)
    yield "volunteer", "no card", go.to("desk:visits")
    consent.give(worker, case.id, consent.Given("visit", frozenset({"home"}), today, "thumb"), uuid4())
    wanted = visits.Wanted(town.users["volunteer"].id, "look_in", today, "Bicycle", safe=True)
    made = visits.ask(worker, case.id, wanted, uuid4())
    yield "volunteer", "a card", go.to("desk:visits")
    yield "volunteer", "what came of a visit", go.to("desk:visit", made)
    yield "volunteer", "nothing came of a visit", go.sent("desk:visit", made)
    visits.tell(town.actor("volunteer"), made, "unsafe", "A dog", uuid4())
    yield "worker", "a visit that was not safe", go.to("desk:case_visits", case.id)


def _trainings(go: Visits, case: Any) -> Iterator[Stop]:
    """Training courses: none, a new one, one with somebody in it, and those of a case."""
    from spean.cases.operations import enrolling, trainings
    from spean.kernel import clock

    worker, today = go.story.town.actor("worker"), clock.today()
    yield "worker", "no training course", go.to("desk:trainings")
    yield "worker", "a new training course", go.to("desk:training_new")
    kept = trainings.Kept("motor", today, today, 2, "state", provider="A centre", stipend=Decimal(9), payer="us")
    made = trainings.write(worker, kept, "14010101", uuid4())
    row = enrolling.offer(worker, case.id, made, "Engines", uuid4())
    yield "worker", "offered a training course", go.to("desk:case_training", case.id)
    for verb in ("enrol", "begin", "finish"):
        enrolling.move(worker, case.id, row, verb)
    enrolling.attend(worker, case.id, row, enrolling.Tally(today, today, 1, 1))
    enrolling.certify(worker, case.id, row, "state", today, "K-77")
    yield "worker", "training courses of a case", go.to("desk:case_training", case.id)
    yield "worker", "a training course", go.to("desk:training", made)
    yield "worker", "training courses", go.to("desk:trainings")


def _at_the_border(town: Any) -> None:
    from spean.cases.operations import border
    from spean.cases.operations.opening import Person
    from spean.kernel import clock

    for marks in ({}, {"danger": True}, {"child": True, "sick": True}):
        arriving = border.Arriving("poipet", clock.today(), "woman", "18-24", **marks)
        border.register(town.actor("worker"), town.teams["team"].id, Person("សុខា"), arriving, uuid4())


def _needs(go: Visits, case: Any) -> Iterator[Stop]:
    from spean.cases.operations import assessing

    wanted = {"need_life": "now", "need_learn": "later", "words": "ពាក្យ"}
    one = assessing.assess(go.story.town.actor("worker"), case.id, assessing.Asked({"life": "now", "bed": "not"}), uuid4())
    yield "worker", "needs", go.to("desk:assessment_new", case.id)
    yield "worker", "no need", go.sent("desk:assessment_new", case.id, button="[name=propose]")
    yield "worker", "proposed", go.sent("desk:assessment_new", case.id, button="[name=propose]", **wanted)
    yield "worker", "proposed, no day", lambda page: post(page, button="[name=keep]", taken="learn", day_learn="")
    yield "worker", "what was needed", go.to("desk:assessment", case.id, one)
    yield "supervisor", "why needs are opened", go.to("desk:assessment", case.id, one)


def _care(go: Visits, case: Any) -> Iterator[Stop]:
    from spean.cases.operations import planning
    from spean.directory.models import Phone
    from spean.kernel import clock

    yield "worker", "no plan", go.to("desk:care_plan", case.id)
    worker, boss = go.story.town.actor("worker"), go.story.town.actor("supervisor")
    planning.wish(worker, case.id, "A workshop")
    goal = planning.goal(worker, case.id, planning.GoalDraft("work", "Repair motorbikes", clock.today()), uuid4())
    planning.submit(worker, case.id)
    planning.approve(boss, case.id, 2)
    new = planning.goal(worker, case.id, planning.GoalDraft("work", "Sew", clock.today(), replaces=goal), uuid4())
    yield "worker", "plan", go.to("desk:care_plan", case.id)
    service = go.story.town.service(needs=("training",), capacity=9, desk="team")
    yield "worker", "who helps with a goal", go.to("desk:care_service", case.id, new)
    yield "manager", "free places", go.to("desk:entry_free", service)
    elsewhere = go.story.town.service(needs=("training",))
    Phone.objects.filter(entry=elsewhere).update(state="verified", checked_on=clock.today())
    planning.choose_service(worker, case.id, new, elsewhere, "training")
    yield "worker", "a service that is telephoned", go.to("desk:care_plan", case.id)
    query = f"?need=training&service={elsewhere}"
    yield "worker", "a packet for a service", go.to("desk:referral_outside", case.id, query=query)
    yield "worker", "wish refused", go.act("wish", "desk:care_plan", case.id, text="")
    yield "supervisor", "why the plan is opened", go.to("desk:care_plan", case.id)
    yield "supervisor", "plan to approve", lambda page: post(page, reason="review")


def _cases(go: Visits) -> Iterator[Stop]:
    from spean.cases.operations import closing, homecoming, working

    town = go.story.town
    yield "worker", "no case", go.to("desk:cases")
    yield "worker", "new case", go.to("desk:case_new")
    yield "worker", "new case refused", go.sent("desk:case_new", button="[name=send]", phone="12")
    case, worker = town.case(risk="now"), town.actor("worker")
    working.task(worker, case.id, "Call", uuid4(), kind="call", response="hour")
    working.note(worker, case.id, "A note", uuid4(), kind="note")
    homecoming.plan(worker, case.id, "TH", homecoming.Planned("official", where="To an aunt"), uuid4())
    yield "worker", "case", go.to("desk:case", case.id)
    yield "worker", "way home", go.to("desk:case_home", case.id)
    yield "supervisor", "way home, why", go.to("desk:case_home", case.id)
    step = case.ways.get().steps.order_by("position")[0]
    yield "worker", "step of a way home", go.to("desk:case_home_step", case.id, step.id)
    yield "worker", "task refused", go.act("task", "desk:case", case.id)
    yield from _needs(go, case)
    yield from _care(go, case)
    yield "worker", "change of a case", go.to("desk:case_change", case.id)
    yield from _months_after(go, case)
    yield from _ledgers(go, case)
    yield from _referrals(go, case)
    yield from _found_again(go, case)
    closing.ask(worker, case.id, "reached", "", uuid4())
    for person in ("worker", "supervisor"):
        yield person, "cases", go.to("desk:cases")
        yield person, "case to be closed", go.to("desk:case", case.id)


def _found_again(go: Visits, case: Any) -> Iterator[Stop]:
    """A crossing, the board, doubles and the search."""
    from spean.cases.operations import doubles

    town = go.story.town
    yield "worker", "border", go.to("desk:border")
    yield "worker", "border refused", go.sent("desk:border", button="main form[data-next] button", phone="12")
    _at_the_border(town)
    yield "worker", "queue of a crossing", go.to("desk:border_queue")
    yield "worker", "empty queue of a crossing", go.to("desk:border_queue", query="?crossing=bavet")
    yield "worker", "board of cases", go.to("desk:case_board")
    doubles.flag(town.actor("worker"), case.id)
    town.case("supervisor")
    yield "supervisor", "cases that may be of one person", go.to("desk:cases_alike")
    yield "supervisor", "cases compared", go.to("desk:case_alike", case.id)
    yield "worker", "a double offered", go.sent("desk:case_new", button="[name=send]", name_latin="Chan Sophea", source="self")
    yield "supervisor", "board of people", go.to("desk:case_board", query="?by=who")
    yield "worker", "search of cases", go.to("desk:case_search")
    for name, text in (("cases found", "Sophea"), ("no case found", "ដំរីស")):
        yield "worker", name, go.sent("desk:case_search", button="main form[role=search] button", text=text)


def _referrals(go: Visits, case: Any) -> Iterator[Stop]:
    """Both sides of one referral."""
    from spean.cases.operations import consent, receiving, referring
    from spean.kernel import clock
    from spean.network.models import Agreement

    town, until, fields = go.story.town, clock.today() + timedelta(days=9), frozenset({"name", "needs"})
    worker, desk = town.actor("worker"), town.teams["partner"]
    yield "worker", "nothing agreed to refer by", go.to("desk:referral_new", case.id)
    told = consent.Given("referral", fields, until, "thumb", recipient=desk.organisation_id)
    consent.give(worker, case.id, told, uuid4())
    query = f"?need=law&desk={desk.id}"
    yield "worker", "new referral", go.to("desk:referral_new", case.id, query=query)
    Agreement.objects.update(state="ended")
    yield "worker", "new referral without an agreement", go.to("desk:referral_new", case.id, query=query)
    Agreement.objects.update(state="in_force")
    asked = referring.Offer(desk.id, "transfer", "law", "hour", fields, until, needs="A lawyer")
    pk = referring.offer(worker, case.id, asked, uuid4())
    yield "stranger", "referrals received", go.to("desk:referrals")
    yield "stranger", "referral offered", go.to("desk:referral", pk)
    receiving.accept(town.actor("stranger"), pk)
    yield "worker", "referrals sent", go.to("desk:referrals", query="?box=sent")
    yield "worker", "referral accepted", go.to("desk:referral", pk)
    referring.hand(town.actor("supervisor"), pk)
    yield "stranger", "referral handed over", go.to("desk:referral", pk)
    yield from _two_sides(go, case)
    yield from _outside(go, case)
    yield "worker", "who knows what", go.to("desk:case_told", case.id)


def _two_sides(go: Visits, case: Any) -> Iterator[Stop]:
    """The way home as a partner sees it, and one step."""
    from spean.cases.models import WayStep
    from spean.cases.operations import consent, receiving, referring
    from spean.kernel import clock

    town, until, fields = go.story.town, clock.today() + timedelta(days=9), frozenset({"way"})
    worker, desk = town.actor("worker"), town.teams["partner"]
    consent.give(worker, case.id, consent.Given("return", fields, until, "thumb", recipient=desk.organisation_id), uuid4())
    pk = referring.offer(worker, case.id, referring.Offer(desk.id, "service", "home", "days", fields, until), uuid4())
    receiving.accept(town.actor("stranger"), pk)
    referring.hand(worker, pk)
    step = WayStep.objects.filter(way__case=case, code="shelter").latest("way__made_on").id
    yield "stranger", "the way home of a partner", go.to("desk:referral_way", pk)
    yield "stranger", "one step of a partner", go.to("desk:referral_way_step", pk, step)


def _outside(go: Visits, case: Any) -> Iterator[Stop]:
    """To an organisation without an account; and what is told without consent."""
    from spean.cases.operations import consent, outside, unasked, working
    from spean.kernel import clock

    town, until, fields = go.story.town, clock.today() + timedelta(days=9), frozenset({"name", "needs"})
    worker = town.actor("worker")
    yield "worker", "nobody without an account named", go.to("desk:referral_outside", case.id)
    named = consent.give(worker, case.id, consent.Given("referral", fields, until, "thumb", named="A house"), uuid4())
    yield "worker", "to who has no account", go.to("desk:referral_outside", case.id, query=f"?need=law&desk={named}")
    asked = outside.Outside(named, "service", "law", "hour", fields, until, call="Dara", needs="A lawyer")
    pk = outside.ask(worker, case.id, asked, uuid4())
    preview = 'form[action$="/preview/"] button'
    yield "worker", "looked at beforehand", go.sent("desk:referral", pk, button=preview)
    yield "worker", "the packet is made", go.sent("desk:referral", pk, button='form[action$="/hand_out/"] button')
    laid = outside.hand(worker, outside.ask(worker, case.id, asked, uuid4()), uuid4())
    yield "", "a packet's door", go.to("public:packet", laid.link)
    yield "", "a wrong code", go.sent("public:packet", laid.link, code="1234")
    for stop in ("a packet opened", "a packet opened before"):
        yield "", stop, go.sent("public:packet", laid.link, code=laid.code)
    wanted = unasked.Wanted("An office", "held", "A danger", fields)
    one = unasked.ask(worker, case.id, wanted, uuid4())
    yield "worker", "asked to tell without consent", go.to("desk:case_unasked", case.id)
    unasked.agree(town.actor("supervisor"), case.id, one)
    yield "worker", "agreed to tell without consent", go.to("desk:case_unasked", case.id)
    working.finish(worker, case.id, case.unasked.get().notice_id)  # else the case could not be closed


def _lane(go: Visits) -> Iterator[Stop]:
    many, sealed = uuid4(), uuid4()
    town = go.story.town
    waiting = [town.concern(held=True, alike=many) for _n in range(3)]
    town.concern(held=True, alike=uuid4(), danger="now")
    town.concern(held=True, alike=uuid4(), urgent_words=True, kind="scam")
    for _n in range(2):
        type(waiting[0]).objects.filter(pk=town.concern(held=True, alike=sealed).pk).update(sealed_in_page=True)
    yield "worker", "inbox in a flood", go.to("desk:inbox")
    yield "worker", "lane", go.to("desk:lane")
    yield "worker", "nothing set aside", go.to("desk:lane", query="?view=aside")
    for group in (many, sealed):
        yield "worker", "group", go.to("desk:lane_group", group)
    yield "worker", "concern under review", go.to("desk:concern", waiting[0].id)


def _imports(go: Visits) -> Iterator[Stop]:
    from spean.collect.sheets import Grid
    from spean.voices.operations import importing

    town, worker = go.story.town, go.story.town.actor("worker")
    heading, unknown = ("row", "told", "place", "day"), ("A", "B", "C", "D")
    rows = [(str(n), "ឈ្មួញយកលុយ ៥០០ ដុល្លារ", "14010101" if n % 3 else "nowhere", "៣/១១/២០២៥") for n in range(60)]

    def sheet(headings: tuple[str, ...], name: str) -> Any:
        grid = Grid(tuple((n, cells) for n, cells in enumerate((headings, *rows), 1)))
        return importing.upload(worker, town.teams["team"].id, name, grid, uuid4())

    yield "worker", "no import", go.to("desk:imports")
    done, half, looked, odd = (sheet(h, n) for h, n in ((heading, "1"), (heading, "2"), (heading, "3"), (unknown, "4")))
    for pk, parts in ((done, 2), (half, 1)):
        importing.start(worker, pk)
        for position in range(parts):
            importing.go_on(worker, pk, position)
    for name, pk in (("done", done), ("half", half), ("looked at", looked), ("without its columns", odd)):
        yield "worker", f"import {name}", go.to("desk:import", pk)
    importing.discard(worker, odd)
    yield "worker", "import discarded", go.to("desk:import", odd)
    yield "worker", "imports", go.to("desk:imports")
    yield "worker", "new import", go.to("desk:import_new")
    yield "worker", "new import refused", go.sent("desk:import_new", button="[name=send]", source="A list")


def _issues(go: Visits) -> Iterator[Stop]:
    yield "worker", "issues", go.to("desk:issues")
    yield "worker", "issues found", go.to("desk:issues", query="?q=ឈ្មួញ")
    yield "worker", "no issue found", go.to("desk:issues", query="?q=ដំរីស")
    yield "worker", "new issue", go.to("desk:issue_new", query=f"?concern={go.story.concerns['documents_kept'].id}")
    yield "worker", "new issue refused", go.sent("desk:issue_new", button="[name=send]", title_en="A")
    looks = {
        "worker": ("agency", "debt", "documents_kept"),
        "supervisor": ("agency", "fees"),
        "focal": ("unpaid_wages", "office_refuses", "no_news"),
        "volunteer": ("children", "fees"),
    }
    for person, kinds in looks.items():
        for kind in kinds:
            yield person, f"issue {kind}", go.to("desk:issue", go.story.issues[kind])
    yield "focal", "promise refused", go.act("commit", "desk:issue", go.story.issues["fees"])


def _reports(go: Visits) -> Iterator[Stop]:
    yield "volunteer", "reports", go.to("desk:reports")
    yield "volunteer", "report", go.to("desk:report", go.story.own.id)
    yield "volunteer", "new report", go.to("desk:report_new")
    yield "volunteer", "new report refused", go.sent("desk:report_new", button="[name=send]", told="", answer_wish="phone")
    yield "volunteer", "triage gate", go.to("desk:triage")
    yield "volunteer", "triage gate refused", go.sent("desk:triage", button="[name=begin]")
    shut = {"gate_alone": "yes", "gate_willing": "no", "gate_language": "no"}
    yield "volunteer", "triage closed", go.sent("desk:triage", button="[name=begin]", **shut)
    for name, answers in TRIAGES.items():
        yield "volunteer", f"triage {name}", go.triaged(answers)
    yield "volunteer", "sent", go.to("desk:report_sent", go.story.concerns["documents_kept"].id)
    yield "faraway", "no reports", go.to("desk:reports")


def _people(go: Visits) -> Iterator[Stop]:
    team, users = go.story.town.teams["team"].id, go.story.town.users
    member = users["worker"].memberships.first().pk
    yield "supervisor", "people", go.to("desk:people")
    yield "supervisor", "team", go.to("desk:team", team)
    yield "supervisor", "give key", go.to("desk:give_key", team, users["faraway"].id)
    yield "supervisor", "vouch", go.to("desk:vouch")
    yield "supervisor", "invite", go.to("desk:invite", team)
    yield "supervisor", "invited", go.sent("desk:invite", team, button="[name=send]", role="volunteer")
    yield "supervisor", "end", go.to("desk:end_membership", member)
    yield "supervisor", "hand over", go.to("desk:hand_over", member)
    yield "officer", "trail", go.to("desk:trail")
    yield "officer", "trail of nothing", go.to("desk:trail", query="?subject=1")
    for name in ("desk:me", "desk:change_password", "mfa_index", "mfa_activate_totp", "account_logout"):
        yield "manager", name, go.to(name)


def _custody(go: Visits) -> Iterator[Stop]:
    from spean.accounts import operations

    town = go.story.town
    yield "administrator", "no custodians", go.to("desk:custodians")
    yield "administrator", "name a custodian", go.to("desk:custodian_name", town.teams["team"].organisation_id)
    member = town.users["worker"].memberships.get().pk
    yield "supervisor", "open a way back", go.to("desk:open_way", member)
    request, secret = keep_custody(town)
    practice = operations.start_practice(town.actor("stranger"), town.teams["team"].organisation_id)
    for person in ("administrator", "focal"):
        yield person, "custodians", go.to("desk:custodians")
    yield "focal", "release", go.to("desk:release", request)
    yield "focal", "release refused", go.sent("desk:release", request, fingerprint="1")
    yield "stranger", "practice", go.to("desk:practice", practice)
    yield "", "take up", go.to("desk:way_back")

    def way_back(page: Page) -> None:
        page.context.add_cookies([{"name": "way-back", "value": f"{request}.{secret}", "url": page.url}])
        go.to("desk:way_back")(page)
        expect(page.locator(".receipt-code")).to_be_visible()

    yield "", "way back", way_back
    yield "worker", "a way back was opened", go.to("desk:me")
    yield "worker", "devices", go.to("desk:devices")
    yield "supervisor", "sign out everywhere", go.to("desk:end_sessions", member)
    yield "worker", "passkeys", go.to("mfa_list_webauthn")


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("door", ["public", "desk"])
def test_every_page_can_be_read_and_used(town, browse, door, language):
    story = furnish(town, language)
    pages = (public_pages if door == "public" else desk_pages)(story, language)
    browsers: dict[str, Page] = {}
    wrong: dict[str, list[str]] = {}
    for person, name, visit in pages:
        page = browsers.get(person) or browsers.setdefault(person, browse(person, town=story.town))
        visit(page)
        for problem in look(page, public=door == "public", contrast=language == "km"):
            wrong.setdefault(problem, []).append(f"{person} {name}".strip())
    if wrong:
        pytest.fail("\n".join(f"{problem}\n    on {', '.join(dict.fromkeys(names))}" for problem, names in wrong.items()))
