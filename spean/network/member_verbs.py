"""The audit verbs of members of the network, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "member.add": _("added an organisation to the network"),
    "member.change": _("changed what is written of a member of the network"),
    "member.focal": _("said who answers for a member of the network"),
    "member.drop": _("took away who answered for a member of the network"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
