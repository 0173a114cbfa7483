"""A complaint against an agency, by hand: nobody told before the person agrees, the ten days, a hearing, protection, a lawyer."""

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from journeys.hands import at, fill
from journeys.test_counted import unfold


def test_a_complaint_from_the_first_thought_to_its_hearing(town, browse):
    from spean.kernel import clock

    case, today = town.case(age="25-59"), clock.today()
    page = browse("worker", town=town, java_script_enabled=False)

    def form(act: str) -> Locator:
        return unfold(page.locator(f'main form[action$="/{act}/"]').first)

    def send(act: str, **fields: str) -> Page:
        filled = form(act)
        fill(filled, **fields)
        filled.locator("button").click()
        return page

    page.goto(at("desk:case", case.pk))
    page.locator(f'main a[href="{at("desk:case_legal", case.pk)}"]').click()
    send("consider", kind="agency", office="labour_province", who="PLANTED AGENCY")
    expect(page.get_by_text("PLANTED AGENCY")).to_be_visible()
    expect(send("move", verb="make", text="PLANTED WORDS").get_by_role("alert")).to_be_visible()
    expect(page.locator('main form[action$="/move/"] [name=text]')).to_have_value("PLANTED WORDS")  # nobody agreed yet

    _agree(town, case)
    expect(send("move", verb="make", text="PLANTED WORDS").locator(".alert-success")).to_be_visible()
    send("hearing", on=(today + timedelta(days=6)).isoformat(), place="labour", purpose="mediation", where="Room PLANTED")
    expect(page.get_by_text("Room PLANTED")).to_be_visible()
    send("aid", verb="ask", lawyer="PLANTED LAWYER")
    send("protect", kind="support", office="labour_province")
    send("answer", verb="give")
    expect(page.locator(".alert-success")).to_be_visible()

    kept = case.matters.get()
    assert (kept.state, kept.answer_by, kept.aid_state) == ("made", today + timedelta(days=10), "asked")
    assert (kept.hearings.get().tell.due_on, kept.measures.get().state) == (today + timedelta(days=3), "given")
    page.goto(at("desk:case_told", case.pk))
    expect(page.locator("#offices")).to_be_visible()


def _agree(town, case):
    from uuid import uuid4

    from spean.cases.operations import consent
    from spean.kernel import clock

    told = consent.Given("authority", frozenset({"name", "story"}), clock.today(), "thumb", named="The department")
    consent.give(town.actor("worker"), case.pk, told, uuid4())
