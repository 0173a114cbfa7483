"""What hands do on Spean's pages, found by addresses and names of fields: it is the same in both languages."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Locator, Page, expect
from town import PASSWORD


def at(name: str, *args: Any, language: str = "km") -> str:
    """The address of a page."""
    with translation.override(language):
        return reverse(name, args=args)


def words(sentence: str, language: str = "km") -> str:
    """A sentence of the interface as its reader sees it."""
    with translation.override(language):
        return translation.gettext(sentence)


def sign_in(page: Page, name: str, language: str = "km") -> None:
    """By the form, as people do."""
    page.goto(at("account_login", language=language))
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def form_of(page: Page, verb: str) -> Locator:
    """The first form of one act, unfolded."""
    form = page.locator(f'main form[action$="/{verb}/"]').first
    if not form.is_visible():
        form.locator("xpath=ancestor::details/summary").click()
    return form


def act(page: Page, verb: str, /, **fields: str) -> None:
    """Fill the first form of one act in, and send it."""
    form = form_of(page, verb)
    fill(form, **fields)
    form.locator("button").first.click()
    expect(page.locator(".alert-success")).to_be_visible()


def fill(form: Locator | Page, **fields: str) -> None:
    """Text, a choice of a list, or the radio button or box with this value."""
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]').first
        kind = field.evaluate("field => field.type")
        if kind in {"radio", "checkbox"}:
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def send(page: Page) -> None:
    """The button that sends the page's form."""
    page.locator("main [name=send]").click()
