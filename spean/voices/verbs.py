"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "concern.receive": _("received a concern"),
    "concern.add": _("received more from the person"),
    "concern.thread": _("opened a thread with its receipt number"),
    "concern.read": _("read a concern"),
    "concern.file": _("opened a file"),
    "concern.answer": _("answered a concern"),
    "concern.ask": _("asked the person a question"),
    "concern.assign": _("assigned a concern"),
    "concern.pass": _("passed a concern to another team"),
    "concern.close": _("closed a concern"),
    "concern.join": _("joined a concern to an issue"),
    "concern.release": _("let a report under review through to the queue"),
    "concern.set_aside": _("set a report aside"),
    "concern.insist": _("a report that was set aside came back, for the person added to it"),
    "concern.erase": _("erased a concern whose time was over"),
    "concern.own_thread": _("a volunteer read the answer to their report"),
    "issue.open": _("opened an issue"),
    "issue.rewrite": _("changed an issue's summary"),
    "issue.approve": _("approved an issue's summary"),
    "issue.raise": _("raised an issue with a committee"),
    "issue.commit": _("committed to something"),
    "issue.decline": _("said why it cannot act"),
    "issue.finish": _("said that it is done"),
    "issue.clear": _("cleared an answer's words for publication"),
    "issue.confirm": _("the community confirmed"),
    "issue.contest": _("the community contested"),
    "issue.remind": _("reminded an office"),
    "issue.escalate": _("sent an issue to the next level"),
    "issue.top": _("no level above could be asked"),
    "issue.avoid": _("marked that an official of a level is complained of"),
    "issue.border": _("marked that an issue crosses a border"),
    "issue.reopen": _("opened a confirmed issue again"),
    "issue.merge": _("made an issue part of another one"),
    "issue.split": _("divided an issue"),
    "issue.name": _("kept the names of agencies and brokers of an issue"),
    "issue.named": _("read the names of agencies and brokers of an issue"),
    "issue.tally": _("counted who raised an issue"),
    "meeting.plan": _("planned a committee's meeting"),
    "meeting.hold": _("a committee's meeting was held"),
    "meeting.cancel": _("cancelled a committee's meeting"),
    "meeting.once": _("ended the regular meetings of a committee"),
    "issue.minute": _("wrote down what a meeting said of an issue"),
    "issue.proof": _("opened a photo of what was done"),
    "letter.write": _("wrote a letter to an office"),
    "deadline.set": _("changed the days that a level has"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
