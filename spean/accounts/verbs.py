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
    "user.passkey": _("added, named or removed a passkey"),
    "user.devices": _("ended sessions of their own elsewhere"),
    "membership.sign_out": _("ended all sessions of a member"),
    "custodian.name": _("named a custodian"),
    "custodian.confirm": _("vouched for a custodian"),
    "custodian.end": _("ended a custodian"),
    "custody.leave": _("left their keys with the custodians"),
    "recovery.open": _("opened a way back for somebody who lost password and sheet"),
    "recovery.take": _("took up their way back"),
    "recovery.release": _("released a share, as a custodian"),
    "recovery.stop": _("stopped a way back"),
    "recovery.finish": _("came back with the custodians' help"),
    "recovery.new_keys": _("began anew with new keys"),
    "practice.start": _("began a practice of the custodians"),
    "practice.finish": _("finished a practice: two of three could open it"),
}


def register() -> None:
    """Make the verbs known to the audit trail."""
    for verb, meaning in MEANINGS.items():
        audit.register(verb, meaning)
