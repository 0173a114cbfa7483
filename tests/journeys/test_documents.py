"""A passport from the captain back to its owner's thumbprint, on a telephone without a script; each page looked at."""

import pytest
from playwright.sync_api import Page, expect

from journeys.hands import at, fill
from journeys.test_accessible import look
from journeys.test_counted import unfold


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_passport_on_its_way_back(town, browse, language):
    case, wrong = town.case(), []
    page = browse("worker", town=town, java_script_enabled=language == "en", width=360 if language == "km" else 1280)

    def send(act: str, **fields: str) -> None:
        form = unfold(page.locator(f'main form[action$="/{act}/"]').first)
        fill(form, **fields)
        form.locator("button").click()
        see(page, act)

    def see(who: Page, name: str) -> None:
        expect(who.get_by_role("heading", level=1)).to_be_visible()
        if language == "en":  # the tool that looks is a script
            wrong.extend(f"{name}: {line}" for line in look(who, public=False))

    page.goto(at("desk:case", case.pk, language=language))
    page.locator(f'main a[href="{at("desk:case_documents", case.pk, language=language)}"]').click()
    see(page, "none")
    send("take", kind="passport", holder_kind="captain", holder="PLANTED HOLDER", country="TH", since="2026-01")
    expect(page.get_by_text("PLANTED HOLDER")).to_be_visible()
    send("demand", way="police", words="PLANTED WORDS")
    expect(page.get_by_role("alert")).to_be_visible()  # nobody agreed, and what was typed is still there
    form = unfold(page.locator('main form[action$="/demand/"]'))
    expect(form.locator("[name=words]")).to_have_value("PLANTED WORDS")
    fill(form, way="us")
    form.locator("button").click()
    expect(page.locator(".alert-success")).to_be_visible()
    send("hear", outcome="promised")
    send("end", verb="return", receipt="thumb")

    kept = case.documents.get()
    assert (kept.state, kept.receipt, kept.demands.get().outcome) == ("returned", "thumb", "promised")
    assert (kept.since.year, kept.since.month) == (2026, 1)
    page.goto(at("desk:case", case.pk, language=language))
    see(page, "case")
    assert wrong == []


def test_wages_in_khmer_numbers(town, browse):
    case = town.case()
    page, wrong = browse("worker", town=town), []
    page.goto(at("desk:case_money", case.pk))
    form = unfold(page.locator('main form[action$="/begin/"]'))
    fill(form, kind="wages", currency="THB", other="captain", who="PLANTED CAPTAIN")
    form.locator("button").click()
    for what, amount in (("promised", "៦០,០០០"), ("paid", "12000")):
        form = unfold(page.locator('main form[action$="/add/"]'))
        fill(form, what=what, amount=amount, month="2026-01")
        form.locator("button").click()
        expect(page.locator(".alert-success")).to_be_visible()
    expect(page.get_by_text("៤៨,០០០").first).to_be_visible()
    wrong += look(page, public=False)
    form = unfold(page.locator('main form[action$="/add/"]'))
    fill(form, what="received", amount="many")
    form.locator("button").click()
    expect(page.locator('main form[action$="/add/"] [name=amount]')).to_have_value("many")
    wrong += look(page, public=False)

    assert (case.money.get().open, wrong) == ("ten_thousands", [])
