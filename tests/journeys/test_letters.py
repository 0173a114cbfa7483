"""A passport that a captain keeps: a letter to the province, printed, handed over; back with a receipt that is thumb-printed."""

from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import expect

from journeys.hands import act, at, fill
from journeys.test_accessible import look
from journeys.test_counted import unfold
from spean.kernel import clock


def test_a_passport_comes_back_on_paper(town, browse):
    from spean.cases.operations import consent, documents

    case, worker, wrong = town.case(), town.actor("worker"), []
    taken = documents.Taken("passport", "captain", country="TH")
    documents.take(worker, case.id, taken, documents.Words("PLANTED CAPTAIN", "N123"), uuid4())
    page = browse("worker", town=town)

    def write(kind: str) -> str:
        """By the documents of the case: the paper is begun, kept, and its address is where it is printed."""
        page.goto(at("desk:case_documents", case.pk))
        form = page.locator('main form[action$="/letters/new/"]')
        form.locator("[name=kind]").select_option(kind)
        form.locator("button").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        wrong.extend(look(page, public=False))
        return kind

    write("police")
    expect(page.locator("main p.alert-warning:not([hidden])")).to_be_visible()  # nobody agreed that they are told
    given = consent.Given("authority", frozenset({"name", "story"}), clock.today() + timedelta(days=9), "thumb", named="សាលាខេត្ត")
    consent.give(worker, case.id, given, uuid4())

    write("province")
    words = page.locator("main [name=text_km]")
    expect(words).to_have_value(words.input_value())
    assert "ចាន់ សុភា" in words.input_value()
    assert "សាលាខេត្ត" in words.input_value()
    fill(page.locator("main"), text_km=words.input_value().replace("…", "១០ មេសា ២០២៧"))
    page.locator('main form[method="post"] button').click()
    expect(page.locator(".alert-success")).to_be_visible()
    wrong.extend(look(page, public=False))
    printed = page.request.get(page.locator("main li a[hreflang=km]").first.get_attribute("href"))
    assert (printed.status, printed.headers["content-type"], printed.body()[:5]) == (200, "application/pdf", b"%PDF-")
    act(page, "hand")
    assert case.documents.get().demands.get().way == "letter"

    write("receipt")
    page.locator('main form[method="post"] button').click()
    expect(page.locator(".alert-success")).to_be_visible()
    unfold(page.locator('main form[action$="/sign/"]'))
    act(page, "sign", receipt="thumb")

    kept = case.documents.get()
    assert (kept.state, kept.receipt) == ("returned", "thumb")
    assert sorted(case.letters.values_list("kind", "state")) == [("province", "handed"), ("receipt", "signed")]
    page.goto(at("desk:case_told", case.pk))
    expect(page.locator("#offices")).to_be_visible()
    assert wrong == []
