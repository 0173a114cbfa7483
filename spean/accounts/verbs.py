"""The audit verbs of this app, each with its meaning for the person who reads the trail."""

from django.utils.translation import gettext_lazy as _

from spean.privacy import audit

MEANINGS = {
    "organisation.found": _("founded an organisation"),
    "team.add": _("added a team"),
    "invitation.make": _("invited somebody to a team"),
    "invitation.accept": _("accepted an invitation"),
    "invitation.withdraw": _("withdrew an invitation"),
    "membership.end": _("ended a membership"),
    "membership.hand_over": _("handed work over"),
    "keys.start": _("made the team's first key"),
    "keys.vouch": _("vouched for somebody's keys"),
    "keys.grant": _("gave a member the team's key"),
    "keys.rotate": _("changed the team's key"),
    "user.describe": _("changed their own name or language"),
    "user.feed": _("made or ended their own calendar address"),
    "user.digest": _("changed what is sent to them by e-mail"),
    "user.password": _("changed their own password"),
    "user.recover": _("opened the keys with the recovery code"),
    "user.recovery_code": _("made a new recovery code"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in MEANINGS.items():
        audit.register(verb, meaning)
