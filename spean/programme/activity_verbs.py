"""The audit verbs of activities and events, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "activity.write": _("wrote down an activity"),
    "activity.change": _("changed an activity"),
    "activity.plan": _("planned an activity"),
    "activity.hold": _("said that an activity was held"),
    "activity.report": _("reported an activity"),
    "activity.reopen": _("opened the report of an activity again"),
    "activity.cancel": _("cancelled an activity"),
    "activity.count": _("counted who came to an activity"),
    "activity.line_add": _("added a line to a list of an activity"),
    "activity.line_change": _("changed a line of a list of an activity"),
    "activity.line_remove": _("took a line out of a list of an activity"),
    "activity.codes": _("made codes for the entry of an event (how many)"),
    "activity.check_in": _("sent taps from a gate of an event (how many)"),
    "activity.publish": _("put an event on its public page"),
    "activity.withdraw": _("took an event off its public page"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
