"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "case.open": _("opened a new case"),
    "case.read": _("read a case"),
    "case.read_other": _("read a case that somebody else looks after"),
    "case.read_often": _("wanted to read more cases than a day allows"),
    "case.change": _("changed what is known of a person"),
    "case.assign": _("gave a case to somebody"),
    "case.note": _("wrote a note in a case"),
    "case.task": _("wrote down a task of a case"),
    "case.task_done": _("finished a task of a case"),
    "case.task_dropped": _("took a task of a case away"),
    "case.screen": _("kept a screening"),
    "case.screening": _("read a screening"),
    "case.review": _("agreed to a screening as second person"),
    "case.consent": _("wrote down what a person agreed to"),
    "case.agree": _("agreed, as second of us, in a child's interest"),
    "case.withdraw": _("wrote down that a person took an agreement back"),
    "case.ask_close": _("asked to close a case"),
    "case.keep_open": _("kept a case open"),
    "case.close": _("closed a case"),
    "case.reopen": _("opened a closed case again"),
    "case.assess": _("asked what a person needs, and took tasks over from it"),
    "case.assessment": _("read what a person needs"),
    "case.agree_needs": _("looked at what a person needs as second person"),
    "case.plan": _("wrote or changed a plan"),
    "case.plan_read": _("read a plan"),
    "case.submit_plan": _("gave a plan to a supervisor"),
    "case.approve_plan": _("approved a plan"),
    "case.return_plan": _("returned a plan with a reason"),
    "case.goal": _("wrote down that a goal was reached, or taken up again"),
    "case.erase": _("erased a case whose time was over"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
