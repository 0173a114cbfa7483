"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "case.open": _("opened a new case"),
    "case.read": _("read a case"),
    "case.read_other": _("read a case that somebody else looks after"),
    "case.read_often": _("wanted to read more cases than a day allows"),
    "case.search": _("searched a person among the cases (how many seals were opened)"),
    "case.search_often": _("wanted to search among the cases more often than a day allows"),
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
    "case.way_plan": _("planned a way home"),
    "case.way_read": _("read a way home"),
    "case.way_step": _("wrote down a step of a way home"),
    "case.way_set_out": _("wrote down that a person set out for home"),
    "case.way_arrive": _("wrote down that a person came home"),
    "case.way_stop": _("stopped a way home"),
    "case.way_resume": _("prepares a way home again"),
    "case.ask_close": _("asked to close a case"),
    "case.keep_open": _("kept a case open"),
    "case.close": _("closed a case"),
    "case.reopen": _("opened a closed case again"),
    "case.count": _("changed what is counted of a case"),
    "case.identify": _("wrote down that an authority was asked to identify a person, or what it answered"),
    "case.identification": _("read what an authority said of a person"),
    "referral.offer": _("offered a person's case to another desk, without a name"),
    "referral.accept": _("accepted what another desk offered"),
    "referral.refuse": _("refused what another desk offered"),
    "referral.hand": _("handed what a person agreed to over to another desk"),
    "referral.open": _("opened what another desk handed over"),
    "referral.take": _("took a person over from another desk"),
    "referral.finish": _("told another desk what came of its referral"),
    "referral.hear": _("read what another desk said back"),
    "referral.call_back": _("called back what was handed to another desk"),
    "referral.lapse": _("ended an offer that was not answered"),
    "referral.end": _("ended a referral whose day was over"),
    "case.refer": _("offered a case to another desk"),
    "case.alike": _("a new case was found to be like another one of the team"),
    "case.compare": _("compared a case with others that may be of the same person"),
    "case.register": _("registered a person at a border crossing"),
    "arrival.take": _("took a person from the queue of a crossing"),
    "arrival.gone": _("wrote down that a person of the queue was not there"),
    "case.assess": _("asked what a person needs, and took tasks over from it"),
    "case.assessment": _("read what a person needs"),
    "case.agree_needs": _("looked at what a person needs as second person"),
    "case.document": _("wrote down what became of a document that somebody keeps"),
    "case.documents": _("read who keeps the documents of a person"),
    "case.money": _("wrote down money that a person paid, owes or is owed"),
    "case.amounts": _("read the money matters of a person"),
    "case.erase": _("erased a case whose time was over"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
