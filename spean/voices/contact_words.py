"""How to reach somebody safely, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

CONTACT_LABELS = {
    "name": _("Name"),
    "phone": _("Phone number"),
    "may_call": _("May we call"),
    "hours": _("Safe hours"),
    "code_word": _("Code word"),
    "how": _("Take care"),
}


def contact_lines(given: dict[str, str]) -> list[tuple[Any, str]]:
    """How to reach the person, in the order in which it is needed; also what a later form may add."""
    words = {"yes": _("Yes"), "no": _("No")}
    order = [*CONTACT_LABELS, *(k for k in given if k not in CONTACT_LABELS)]
    return [(CONTACT_LABELS.get(k, k), words.get(given[k], given[k])) for k in order if k in given]
