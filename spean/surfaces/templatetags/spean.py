"""Dates and digits in the reader's script; a form's field with its mark, hint and error; the language switch."""

from datetime import date, time
from functools import lru_cache
from html import escape
from typing import Any

from babel.dates import format_date
from django import template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.urls import get_script_prefix, translate_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from spean.kernel.text import khmer_digits
from spean.places.enums import Level
from spean.places.picker import LEVELS, PickerLevel, PickerState

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """11 December 2014, or ១១ ធ្នូ ២០១៤."""
    return "" if value is None else _day(value.year, value.month, value.day, get_language() == "km")


@lru_cache(maxsize=4_096)  # a page of progress says the same quarters hundreds of times
def _day(year: int, month: int, of_month: int, km: bool) -> str:  # noqa: FBT001 - the key of what is kept
    said = format_date(date(year, month, of_month), "d MMMM y", locale="km" if km else "en_GB")
    return khmer_digits(said) if km else said


@register.filter
def hour(value: time | None) -> str:
    """7:30 in the reader's digits."""
    return digits(f"{value.hour}:{value:%M}") if value else ""


@register.filter
def digits(value: Any) -> str:
    """A number or code in the reader's digits."""
    return khmer_digits(str(value)) if get_language() == "km" else str(value)


@register.inclusion_tag("spean/field.html")
def field(bound: BoundField, mark: str = "", hint: str = "") -> dict[str, Any]:
    """One labelled field. `mark` is "sealed", "counted" or "public": who can read what is typed."""
    return {"field": bound, "mark": mark, "hint": hint or bound.help_text}


@register.filter
def box(option: BoundWidget) -> SafeString:
    """The box or circle of one choice, as `option.tag` writes it with three templates: a form of texts has seven hundred."""
    own = [(name, option.data[name]) for name in ("type", "name", "value") if option.data[name] is not None]
    more = [(name, value) for name, value in option.data["attrs"].items() if value is not False and value is not None]
    said = [f" {name}" if value is True else f' {name}="{escape(f"{value}")}"' for name, value in more]
    first = [f' {name}="{escape(f"{value}")}"' for name, value in own]
    return mark_safe(f"<input{''.join((*first, *said))}>")  # noqa: S308 - each value is escaped; `format_html` takes seven times as long


@register.simple_tag(takes_context=True)
def this_page_in(context: dict[str, Any], language: str) -> str:
    """The address of this very page in another language."""
    whole = context["request"].get_full_path().removeprefix(get_script_prefix().rstrip("/"))
    return translate_url(whole, language)


@register.inclusion_tag("spean/place_picker.html")
def place_picker(
    state: PickerState, legend: str, mark: str = "", hint: str = "", error: str = "", deepest: str = Level.VILLAGE
) -> dict[str, Any]:
    """One list for each level, the closed ones too: a script opens them without the page being sent again."""
    opened = {level.level: level for level in state.levels}
    closed = (PickerLevel(level, f"{state.prefix}-{level}", (), None) for level in LEVELS)
    levels = [opened.get(level.level, level) for level in closed][: LEVELS.index(Level(deepest)) + 1]
    return {"picker": state, "levels": levels, "legend": legend, "mark": mark, "hint": hint, "error": error}
