"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "entry.write": _("wrote a new entry of the help directory"),
    "entry.propose": _("proposed a change to an entry of the help directory"),
    "entry.publish": _("checked an entry of the help directory and published it"),
    "entry.check": _("checked that an entry of the help directory is still true"),
    "entry.withdraw": _("withdrew an entry of the help directory"),
    "entry.name_desk": _("wrote down which desk runs a service of the help directory"),
    "entry.tell_free": _("told how many places of a service are free"),
    "recruiter.write": _("wrote a new recruiter down"),
    "recruiter.propose": _("proposed a change to what is told of a recruiter"),
    "recruiter.publish": _("checked what is told of a recruiter and published it"),
    "recruiter.check": _("checked that what is told of a recruiter is still true"),
    "recruiter.withdraw": _("withdrew a recruiter from the register"),
    "licence.write": _("wrote down what somebody says of a licence"),
    "licence.publish": _("checked what is said of a licence and published it"),
    "licence.check": _("checked that what is said of a licence is still so"),
    "licence.withdraw": _("withdrew what was said of a licence"),
    "correction.ask": _("asked for a correction of the register"),
    "correction.answer": _("answered a request for a correction"),
    "correction.publish": _("published the answer to a request for a correction"),
    "list.upload": _("uploaded a list of recruiters"),
    "list.decide": _("decided about doubtful lines of a list of recruiters"),
    "list.start": _("confirmed a list of recruiters"),
    "list.part": _("made proposals from a part of a list of recruiters"),
    "list.discard": _("threw a list of recruiters away"),
    "phone.test": _("recorded a test call of a telephone number"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
