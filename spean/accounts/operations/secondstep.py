"""What changes about a person's second step, in the trail of their organisations."""

from django.db import transaction

from spean.accounts.access import Actor
from spean.accounts.models import User
from spean.accounts.operations.own import orgs_of
from spean.privacy import audit


@transaction.atomic
def note_passkey(actor: Actor, passkey: int, what: str) -> None:
    """A passkey was added, named or removed: `what`. Its number, never its name."""
    for org in orgs_of(User.objects.get(pk=actor.id)):
        audit.record(actor, "user.passkey", ("mfa.authenticator", passkey), org=org, reason=what)
