"""What a reader may keep on their telephone: the list of pages and files, and the words that a kept page says first."""

from typing import Any

from babel.dates import get_day_names, get_month_names
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from spean.directory.enums import Need
from spean.kernel.text import khmer_digits
from spean.library.queries import media as shown
from spean.library.queries import pages
from spean.surfaces import built

ENTRIES = ("frontend/public/public.css", "frontend/public/public.js", "frontend/public/keeping.js")
PICTURES = ("spean/favicon.svg", "spean/icons.svg")


def worker() -> str:
    """The script that keeps them."""
    return built.script("frontend/public/worker.js")


def files() -> list[str]:
    """What every page wears: style, script, letters, pictures."""
    return [*built.files(*ENTRIES), *(static(name) for name in PICTURES)]


def addresses() -> list[str]:
    """Pages that tell the same to everybody: none with a form that somebody fills in, none that answers one."""
    named = ("home", "ways", "law", "help", "keep", "not_kept")
    ways = [reverse("public:way", args=[way.slug]) for way in pages.ways()]
    needs = [f"{reverse('public:help')}?need={need}" for need in Need.values]
    return [*(reverse(f"public:{name}") for name in named), *ways, *needs]


def media(language: str) -> tuple[list[str], int]:
    """Pictures of public texts, and what is read aloud in this language: their addresses, and how many bytes they are."""
    sizes = shown.sizes(language)
    return [reverse("public:media", args=[name]) for name in sizes], sum(sizes.values())


def words(language: str) -> dict[str, Any]:
    """What the worker says in the reader's language."""
    locale = "km" if language == "km" else "en_GB"
    months, days = get_month_names("wide", locale=locale), get_day_names("abbreviated", locale=locale)
    kept = _("This is kept on your phone. It is from {day}. Without a network nobody can tell you what has changed since.")
    old = _(
        "This is old: it is from {day}. Prices, numbers, and whether a way is open may have changed. Ask before you act on it."
    )
    return {
        "kept": kept,
        "old": old,
        "calendar": _("Calendar"),
        "months": [months[n] for n in range(1, 13)],
        "days": [days[n] for n in range(7)],
        "digits": khmer_digits("0123456789") if language == "km" else "",
    }
