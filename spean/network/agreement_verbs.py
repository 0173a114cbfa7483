"""The audit verbs of agreements, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "agreement.make": _("began to write an agreement with another organisation"),
    "agreement.change": _("changed an agreement that is being written"),
    "agreement.offer": _("signed an agreement and offered it to the other side"),
    "agreement.sign": _("signed an agreement for their side"),
    "agreement.begin": _("an agreement is in force: all sides have signed"),
    "agreement.refuse": _("refused an agreement (why)"),
    "agreement.withdraw": _("withdrew an agreement that was not in force (why)"),
    "agreement.end": _("ended an agreement (why)"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
