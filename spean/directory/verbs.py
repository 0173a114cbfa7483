"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "entry.write": _("wrote a new entry of the help directory"),
    "entry.propose": _("proposed a change to an entry of the help directory"),
    "entry.publish": _("checked an entry of the help directory and published it"),
    "entry.check": _("checked that an entry of the help directory is still true"),
    "entry.withdraw": _("withdrew an entry of the help directory"),
    "phone.test": _("recorded a test call of a telephone number"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
