"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "fact.write": _("wrote a new fact, to be checked by somebody else"),
    "fact.propose": _("proposed a change of a fact"),
    "fact.publish": _("checked and published what somebody else wrote of a fact"),
    "fact.refuse": _("refused a proposed change of a fact"),
    "fact.withdraw": _("withdrew a fact: no page shows it"),
    "text.write": _("wrote a draft of a text that readers will see"),
    "text.propose": _("sent a text to a second person"),
    "text.publish": _("read and published a text that somebody else wrote"),
    "text.refuse": _("refused a text, or threw its draft away"),
    "text.withdraw": _("withdrew a text: no page shows it"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
