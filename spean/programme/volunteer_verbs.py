"""The audit verbs of volunteers' work, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "volunteer.write": _("wrote something down about a volunteer (what)"),
    "volunteer.read": _("opened what is sealed about a volunteer"),
    "volunteer.print": _("took an identity card or a certificate of a volunteer as paper (which)"),
    "volunteer.threat": _("reported a threat against a volunteer"),
    "volunteer.act": _("wrote down what was done about a threat against a volunteer"),
    "volunteer.close": _("said that a threat against a volunteer is over"),
    "volunteer.erase": _("erased what was sealed about a volunteer, as its time was over"),
    "complaint.make": _("wrote down a complaint about one of us (of which kind)"),
    "complaint.read": _("opened a complaint about one of us"),
    "complaint.take": _("began to look into a complaint about one of us"),
    "complaint.close": _("closed a complaint about one of us (what came of it)"),
    "complaint.erase": _("erased a complaint about one of us, as its time was over"),
    "claim.make": _("asked for a stipend or costs"),
    "claim.approve": _("approved what a volunteer asked for"),
    "claim.refuse": _("refused what a volunteer asked for"),
    "claim.withdraw": _("withdrew what they had asked for"),
    "claim.pay": _("said that a volunteer was paid"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
