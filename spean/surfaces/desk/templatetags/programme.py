"""Numbers of indicators in the reader's digits."""

from decimal import Decimal

from django import template

from spean.surfaces.desk import progress_words

register = template.Library()


@register.filter
def number(value: Decimal, unit: str = "") -> str:
    """A number, with the sign of a per cent."""
    return progress_words.number(value, unit)
