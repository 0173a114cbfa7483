"""Dates and digits in the reader's script; a form's field with its mark, hint and error; the language switch."""

from datetime import date
from typing import Any

from babel.dates import format_date
from django import template
from django.forms import BoundField
from django.urls import translate_url
from django.utils.translation import get_language

from spean.kernel.text import khmer_digits

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """11 December 2014, or ១១ ធ្នូ ២០១៤."""
    if value is None:
        return ""
    if get_language() == "km":
        return khmer_digits(format_date(value, "d MMMM y", locale="km"))
    return format_date(value, "d MMMM y", locale="en_GB")


@register.filter
def digits(value: Any) -> str:
    """A number or code in the reader's digits."""
    return khmer_digits(str(value)) if get_language() == "km" else str(value)


@register.inclusion_tag("spean/field.html")
def field(bound: BoundField, mark: str = "", hint: str = "") -> dict[str, Any]:
    """One labelled field. `mark` is "sealed", "counted" or "public": who can read what is typed."""
    return {"field": bound, "mark": mark, "hint": hint or bound.help_text}


@register.simple_tag(takes_context=True)
def this_page_in(context: dict[str, Any], language: str) -> str:
    """The address of this very page in another language."""
    return translate_url(context["request"].get_full_path(), language)
