"""A passport that a captain keeps: a letter to the province, printed, handed over; back with a receipt that is thumb-printed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from journeys.hands import act, at, fill
from journeys.test_accessible import look
from spean.kernel import clock


def test_a_passport_comes_back_on_paper(town, browse):
    from spean.cases.operations import consent, documents

    case, worker = town.case(), town.actor("worker")
    taken = documents.Taken("passport", "captain", country="TH")
    documents.take(worker, case.id, taken, documents.Words("PLANTED CAPTAIN", "N123"), uuid4())
    page = browse("worker", town=town)

    _begin(page, case, "police")
    expect(page.locator("main p.alert-warning:not([hidden])")).to_be_visible()  # nobody agreed that they are told
    given = consent.Given("authority", frozenset({"name", "story"}), clock.today() + timedelta(days=9), "thumb", named="សាលាខេត្ត")
    consent.give(worker, case.id, given, uuid4())

    _write_and_print(page, case)
    act(page, "hand")
    assert case.documents.get().demands.get().way == "letter"

    _begin(page, case, "receipt")
    _keep(page)
    act(page, "sign", receipt="thumb")

    kept = case.documents.get()
    assert (kept.state, kept.receipt) == ("returned", "thumb")
    assert sorted(case.letters.values_list("kind", "state")) == [("province", "handed"), ("receipt", "signed")]
    page.goto(at("desk:case_told", case.pk))
    expect(page.locator("#offices")).to_be_visible()


def _begin(page: Page, case: Any, kind: str) -> None:
    """A paper about the document, begun on the page of the case's documents."""
    page.goto(at("desk:case_documents", case.pk))
    form = page.locator('main form[action$="/letters/new/"]')
    form.locator("[name=kind]").select_option(kind)
    form.locator("button").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert look(page, public=False) == []


def _keep(page: Page) -> None:
    page.locator('main form[method="post"] button').click()
    expect(page.locator(".alert-success")).to_be_visible()
    assert look(page, public=False) == []


def _write_and_print(page: Page, case: Any) -> None:
    """A letter to the province: what it begins with, changed, kept, printed."""
    _begin(page, case, "province")
    words = page.locator("main [name=text_km]").input_value()
    assert [said in words for said in ("ចាន់ សុភា", "សាលាខេត្ត")] == [True, True]
    fill(page.locator("main"), text_km=words.replace("…", "១០ មេសា ២០២៧"))
    _keep(page)
    printed = page.request.get(page.locator("main li a[hreflang=km]").first.get_attribute("href"))
    assert (printed.status, printed.headers["content-type"], printed.body()[:5]) == (200, "application/pdf", b"%PDF-")
