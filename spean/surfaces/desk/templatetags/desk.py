"""What every desk page shows around its content: the menu of what this reader may do, and the state of the lock."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.surfaces.desk.acting import with_query
from spean.surfaces.templatetags.spean import day, digits, hour
from spean.voices.queries import MOST

register = template.Library()

#: (address, label, what one must be able to do; "" for everybody)
MENU = (
    ("desk:today", _("Today"), ""),
    ("desk:inbox", _("Concerns"), "concern.see"),
    ("desk:cases", _("Cases"), "case.see"),
    ("desk:outcomes", _("Outcomes"), "team.outcomes"),
    ("desk:referrals", _("Referrals"), "referral.see"),
    ("desk:issues", _("Issues"), "issue.see"),
    ("desk:meetings", _("Meetings"), "meeting.see"),
    ("desk:reports", _("Reports"), "concern.send"),
    ("desk:visits", _("My visits"), "visit.see"),
    ("desk:volunteering", _("My work"), "volunteer.own"),
    ("desk:activities", _("Activities"), "activity.see"),
    ("desk:volunteers", _("Volunteers"), "volunteer.see"),
    ("desk:plans", _("Travel plans"), "plan.send"),
    ("desk:programmes", _("Programmes"), "programme.see"),
    ("desk:network", _("Network"), "member.see"),
    ("desk:facts", _("Facts"), "fact.see"),
    ("desk:texts", _("Texts"), "text.see"),
    ("desk:directory", _("Help directory"), "entry.see"),
    ("desk:recruiters", _("Recruiters"), "recruiter.see"),
    ("desk:people", _("People"), "team.see"),
    ("desk:trail", _("Trail"), "audit.see"),
)


@dataclass(frozen=True)
class Door:
    """One entry of the menu."""

    url: str
    label: Any
    here: bool


@dataclass(frozen=True)
class Menu:
    """The doors that this reader may open. On a telephone those behind the first are folded."""

    first: list[Door]
    more: list[Door]

    @property
    def here(self) -> Door | None:
        """The door behind the first through which this page was reached."""
        return next((door for door in self.more if door.here), None)


#: so many are shown on a telephone, if they are not all but one
FIRST_DOORS = 4


@register.simple_tag(takes_context=True)
def desk_menu(context: dict[str, Any]) -> Menu | None:
    """The doors that this reader may open; none for a stranger."""
    request = context["request"]
    actor = getattr(request, "actor", None)
    if not actor:
        return None
    actor = getattr(actor, "_wrapped", actor)
    allowed = [(reverse(name), label) for name, label, action in MENU if not action or access.may(actor, action)]
    home = reverse("desk:today")
    doors = [Door(url, label, request.path == url or (url != home and request.path.startswith(url))) for url, label in allowed]
    shown = FIRST_DOORS if len(doors) > FIRST_DOORS + 1 else len(doors)
    return Menu(doors[:shown], doors[shown:])


@register.simple_tag(takes_context=True)
def desk_actor(context: dict[str, Any]) -> Any:
    """Who is signed in, on every page that shows the desk's frame; None for a stranger."""
    actor = getattr(context["request"], "actor", None)
    return actor or None


@register.filter
def counted(value: int) -> str:
    """How many there are, in the reader's digits; what is counted no further is told as "1,000+"."""
    return digits(f"{MOST:,}+" if value > MOST else value)


@register.filter
def money(value: Decimal) -> str:
    """An amount in the reader's digits, with cents only where there are some."""
    return digits(f"{value:,.2f}".removesuffix(".00"))


@register.filter
def said(value: Any) -> str:
    """What a field of a list says, whatever it is: a day, an hour, an amount, a number, yes or no, or words."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    shown = {date: day, time: hour, Decimal: money, int: digits}.get(type(value), str)
    return "" if value is None else shown(value)


@register.filter
def months_after(months: int) -> str:
    """When a follow-up is: at the start, or after so many months."""
    if months == 0:
        return gettext("At the start")
    return gettext("After 1 month") if months == 1 else gettext("After %(n)s months") % {"n": digits(months)}


@register.filter
def lookup(things: Mapping[str, Any], name: str) -> Any:
    """The thing of that name, also when the name has a dash."""
    return things.get(name)


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute, which the page's own script reads: no page holds a script of its own."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def lock_after() -> int:
    """Seconds without use after which the keys are locked."""
    return int(settings.IDLE_LOCK.total_seconds())


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changed: str) -> str:
    """The query of this page with some values changed, for filters and the next page."""
    given = {k: v for k, v in context["request"].GET.items() if k != "after"}
    return with_query(given, **changed)
