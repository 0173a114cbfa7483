"""An icon of the sprite, and the recorded reading of a page or of the digits where there is one."""

from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spean.kernel.text import khmer_digits
from spean.surfaces import large

register = template.Library()
# the size is also told without a style: a telephone that knows none would draw it as wide as its screen
# the strokes are set here: what the sprite's own root says does not reach a picture that is used elsewhere
_DRAWN = (
    '<svg class="{} shrink-0" width="32" height="32" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'
    ' stroke-linejoin="round" aria-hidden="true"><use href="{}#{}"></use></svg>'
)


@register.simple_tag
def icon(name: str, size: str = "size-8") -> SafeString:
    """A picture beside words that say the same."""
    return format_html(_DRAWN, size, _sprite(), name)


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("spean/icons.svg")


@register.simple_tag(takes_context=True)
def other_size(context: dict[str, Any]) -> SafeString:
    """A link to this very page in larger letters, or back."""
    request = context["request"]
    name, sign = (_("Usual letters"), "−") if getattr(request, "large", False) else (_("Larger letters"), "+")
    letter = "ក" if get_language() == "km" else "A"
    drawn = '<a class="btn btn-ghost text-lg" href="{}" aria-label="{}" title="{}"><span aria-hidden="true">{}{}</span></a>'
    return format_html(drawn, large.other_size(request), name, name, letter, sign)


@register.simple_tag
def reading(step: str) -> SafeString:
    """Plays spean/readings/LANGUAGE/STEP.ogg, of a page that is no text of the desk; nothing where nobody has recorded it yet."""
    path = _recorded(step, get_language() or "km")
    if not path:
        return SafeString("")
    player = '<audio class="w-full max-w-sm" controls preload="none" aria-label="{}" src="{}"></audio>'
    return format_html(player, _("Listen"), static(path))


@register.simple_tag(takes_context=True)
def media_address(context: dict[str, Any], name: str) -> str:
    """Where a picture or a reading of a text is; on the desk also one that nobody outside is given."""
    return reverse(context.get("media_at", "public:media"), args=[name])


@register.simple_tag
def digit_readings(language: str) -> str:
    """The addresses of spean/readings/LANGUAGE/0.ogg to 9.ogg; nothing where not all ten are recorded."""
    paths = [_recorded(str(digit), language) for digit in range(10)]
    return " ".join(map(static, paths)) if all(paths) else ""


@lru_cache(maxsize=256)
def _recorded(step: str, language: str) -> str:
    path = f"spean/readings/{language}/{step}.ogg"
    return path if finders.find(path) else ""


@register.filter
def quarter(first: date) -> str:
    """The three months from a day on: "Jul–Sep 2026", or the Khmer of it."""
    last = first.replace(month=first.month + 2)
    if get_language() == "km":
        return khmer_digits(f"{format_date(first, 'MMMM', locale='km')}–{format_date(last, 'MMMM y', locale='km')}")
    return f"{format_date(first, 'MMM', locale='en_GB')}–{format_date(last, 'MMM y', locale='en_GB')}"


@register.filter
def of(mapping: dict[str, str], key: str) -> str:
    """The value under `key`."""
    return mapping.get(key, "")
