"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "programme.make": _("made a programme"),
    "programme.change": _("changed a programme"),
    "programme.start": _("started a programme"),
    "programme.end": _("ended a programme"),
    "programme.drop": _("dropped a planned programme"),
    "project.make": _("made a project"),
    "project.change": _("changed a project"),
    "project.start": _("started a project"),
    "project.end": _("ended a project"),
    "project.drop": _("dropped a planned project"),
    "project.frame": _("changed what a project wants to reach, or its targets"),
    "project.publish": _("changed what the IATI file of a project says"),
    "value.enter": _("wrote down a number of a project"),
    "value.correct": _("corrected a number of a project"),
    "value.confirm": _("confirmed a number of a project, as second person"),
    "value.refuse": _("refused a number of a project, as second person"),
    "report.make": _("began a report of a project"),
    "report.write": _("wrote texts of a report of a project"),
    "report.send": _("gave a report of a project to a second person"),
    "report.back": _("sent a report of a project back, as second person"),
    "report.sign": _("signed a report of a project, as second person"),
    "report.drop": _("dropped a draft of a report of a project"),
    "report.correct": _("began a new version of a signed report of a project"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
