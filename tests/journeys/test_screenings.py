"""A screening on a telephone without a script, from the wrong moment to the second person's word; and its pages, looked at."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.hands import at, fill, words
from journeys.test_accessible import look

SAID = "ទ្វារចាក់សោរាល់យប់ PLANTED"
PASSED = {"alone": "yes", "willing": "yes", "language": "yes"}
TOLD = {"D401": "yes", "D402": "yes", "D501": "yes", "D502": "unknown", "D313": "yes", "D505": "refused", "D103": "no"}
HELD = {"D503": "yes", "D101": "yes", "D102": "yes"}


def begin(page: Page, case, language: str = "km", **more: str) -> None:
    """Through the gate."""
    page.goto(at("desk:screening_new", case.pk, language=language))
    fill(page, **{**PASSED, "profile": "adult_labour", **more})
    page.locator("main [name=go]").click()


def answer(page: Page, **given: str) -> None:
    """Unfold each group that an answer stands in, mark it, write down the words, and keep it."""
    for code, said in given.items():
        group = page.locator("details", has=page.locator(f'[name="{code}"]'))
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        page.locator(f'[name="{code}"][value="{said}"]').check()
    page.locator("[name=words]").fill(SAID)
    page.locator("main [name=keep]").click()


def test_a_screening_from_the_wrong_moment_to_the_second_person(town, browse):
    case = town.case()
    page = browse("worker", town=town, java_script_enabled=False)
    page.goto(at("desk:case", case.pk))
    page.locator(f'main a[href="{at("desk:screening_new", case.pk)}"]').click()
    fill(page, **{**PASSED, "alone": "no", "profile": "adult_labour"})
    page.locator("main [name=go]").click()
    expect(page.get_by_role("heading", name=words("Do not ask now"))).to_be_visible()
    assert not case.screenings.exists()
    begin(page, case)
    answer(page, **TOLD, **HELD)
    expect(page.get_by_role("heading", level=1)).to_have_text(words("Strong signs of trafficking"))
    expect(page.get_by_text(SAID)).to_be_visible()

    second = browse("supervisor", town=town, width=1280, java_script_enabled=False)
    second.goto(at("desk:screening", case.pk, case.screenings.get().pk))
    assert SAID not in second.content()
    fill(second, reason="review")
    second.locator("main form button").click()
    expect(second.get_by_text(SAID)).to_be_visible()
    second.locator('form[action$="/agree/"] button').click()
    expect(second.locator(".alert-success")).to_be_visible()
    assert case.screenings.get().reviewed_by == town.users["supervisor"]


def test_what_was_marked_is_not_lost_by_a_slip(town, browse):
    page = browse("worker", town=town)
    begin(page, town.case())
    page.locator('[name="D101"][value="yes"]').check()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(at("desk:today"))
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_page_of_a_screening_can_be_read_and_used(town, browse, language):
    case, child = town.case(), town.case(age="not_said")
    page, wrong = browse("worker", town=town), []

    def see(name: str, who: Page = page) -> None:
        expect(who.get_by_role("heading", level=1)).to_be_visible()
        wrong.extend(f"{name}: {line}" for line in look(who, public=False))

    for name, of in (("gate", case), ("gate of a child", child)):
        page.goto(at("desk:screening_new", of.pk, language=language))
        see(name)
    begin(page, case, language, alone="no")
    see("not now")
    begin(page, case, language)
    see("questions")
    page.locator("main [name=keep]").click()
    see("nothing answered")
    answer(page, **TOLD)
    expect(page).to_have_url(re.compile("/screenings/"))
    see("result")
    page.goto(at("desk:screening_new", child.pk, language=language))
    page.locator('[name=urgent][value="confined"]').check()
    page.locator("main [name=go]").click()
    see("urgent")
    second = browse("supervisor", town=town, width=1280)
    second.goto(at("desk:screening", child.pk, child.screenings.get().pk, language=language))
    see("why", second)
    fill(second, reason="review")
    second.locator("main form button").click()
    see("second person", second)

    assert wrong == []
