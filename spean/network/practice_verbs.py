"""The audit verbs of practices, advice and mentoring, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

VERBS = {
    "good_practice.write": _("wrote a good practice down"),
    "good_practice.change": _("changed a good practice"),
    "good_practice.send": _("asked other organisations to judge a good practice"),
    "good_practice.judge": _("judged a good practice of another organisation (whether it is safe)"),
    "good_practice.publish": _("published a good practice in the network"),
    "good_practice.revise": _("began to change a published practice"),
    "good_practice.withdraw": _("withdrew a good practice (why)"),
    "good_practice.try": _("began to try a practice of another organisation"),
    "trial.tell": _("told what came of a practice that they tried (what)"),
    "advice.ask": _("asked other organisations for advice"),
    "advice.answer": _("answered a request for advice"),
    "advice.mark": _("marked an answer as helpful, or no more"),
    "advice.close": _("closed a request for advice"),
    "advice.reopen": _("opened a request for advice again"),
    "pair.propose": _("proposed a mentoring pair"),
    "pair.agree": _("agreed to a mentoring pair"),
    "pair.decline": _("declined a mentoring pair"),
    "pair.end": _("ended a mentoring pair"),
    "pair.meet": _("wrote a meeting of a mentoring pair down"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in VERBS.items():
        audit.register(verb, meaning)
