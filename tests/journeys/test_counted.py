"""What is counted of a fisher, and what an authority decided, on a telephone without a script; looked at."""

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.hands import at, fill, words
from journeys.test_accessible import look


def unfold(thing: Locator) -> Locator:
    """It, where it can be seen."""
    if not thing.is_visible():
        thing.locator("xpath=ancestor::details/summary").click()
    return thing


def see(page: Page, language: str) -> None:
    """It is there, and can be read and used."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if language == "en":  # the tool that looks is a script
        assert look(page, public=False) == []


@pytest.mark.parametrize("language", ["km", "en"])
def test_what_happened_is_counted(town, browse, language):
    case, page = town.case(), browse("worker", town=town, java_script_enabled=language == "en")
    page.goto(at("desk:case", case.pk, language=language))
    see(page, language)
    page.locator(f'main a[href="{at("desk:case_counted", case.pk, language=language)}"]').click()
    fill(page, age_band="9-17", sector="fishing", recruiter="broker", **{"form-labour": "yes", "form-crime": "no"})
    fill(page, **{"means-papers": "yes", "means-beaten": "unknown"})
    page.locator("main [name=send]").click()
    see(page, language)
    fill(page, age_band="30-38")
    page.locator("main [name=send]").click()
    expect(page.locator(".alert-success")).to_be_visible()
    kept = case.exploitation
    assert dict(kept.forms.values_list("form", "answer")) == {"labour": "yes", "crime": "no"}
    assert (kept.sector, kept.began) == ("fishing", "not_asked")
    page.goto(at("desk:case_counted", case.pk, language=language))
    see(page, language)
    expect(unfold(page.get_by_text("WithholdsDocuments"))).to_be_visible()


@pytest.mark.parametrize("language", ["km", "en"])
def test_what_an_authority_decided_changes_nothing_of_ours(town, browse, language):
    case, page = town.case(), browse("worker", town=town, java_script_enabled=language == "en")
    type(case).objects.filter(pk=case.pk).update(indicated="strong")
    page.goto(at("desk:case_identification", case.pk, language=language))
    see(page, language)
    form = unfold(page.locator('form[action$="/ask/"]'))
    fill(form, authority="anti_trafficking", number="PLANTED 12")
    form.locator("button").click()
    expect(page.get_by_text("PLANTED 12")).to_be_visible()
    see(page, language)
    form = unfold(page.locator('form[action$="/answer/"]'))
    fill(form, verb="not_identified")
    form.locator("button").click()
    heading = words("Not identified as a victim", language)
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    case.refresh_from_db()
    assert case.indicated == "strong"

    second = browse("supervisor", town=town, width=1280)
    second.goto(at("desk:case_identification", case.pk, language=language))
    assert "PLANTED" not in second.content()
    fill(second, reason="review")
    second.locator("main form button").click()
    expect(second.get_by_text("PLANTED 12")).to_be_visible()
    see(second, language)
