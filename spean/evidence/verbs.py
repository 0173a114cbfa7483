"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "story.publish": _("published an issue's public words"),
    "story.withdraw": _("took an issue's public words back"),
    "figures.release": _("released figures"),
    "indicator.count": _("counted an indicator from what was done"),
    "figures.withhold": _("withheld figures that could not be protected"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
