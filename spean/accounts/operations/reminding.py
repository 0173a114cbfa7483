"""How a person is reminded outside the pages: a private calendar address, and an e-mail that says only how much is due."""

import secrets
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.enums import Digest
from spean.accounts.models import User
from spean.accounts.operations.own import orgs_of
from spean.kernel.errors import Invalid
from spean.privacy import audit


@transaction.atomic
def new_feed(actor: Actor) -> str:
    """A calendar address of one's own, shown once; the one before stops working."""
    token = secrets.token_urlsafe(32)
    _keep_feed(actor, _hash(token))
    return token


@transaction.atomic
def end_feed(actor: Actor) -> None:
    """The calendar address stops working."""
    _keep_feed(actor, None)


def _keep_feed(actor: Actor, digest: str | None) -> None:
    user = User.objects.select_for_update().get(pk=actor.id)
    user.feed_hash = digest
    user.save(update_fields=["feed_hash"])
    for org in orgs_of(user):
        audit.record(actor, "user.feed", user, org=org, reason="made" if digest else "ended")


def owner_of(token: str) -> User | None:
    """Whose calendar address this is, while they may sign in."""
    return User.objects.filter(feed_hash=_hash(token), is_active=True).first()


@transaction.atomic
def choose_digest(actor: Actor, *, email: str, digest: str) -> None:
    """Where and how often an e-mail without content is sent."""
    if digest not in Digest.values:
        raise Invalid({"digest": _("Choose one of the answers.")})
    if digest != Digest.NONE or email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Invalid({"email": _("This is not an e-mail address. Look at it again.")}) from error
    user = User.objects.select_for_update().get(pk=actor.id)
    user.email, user.digest = email, digest
    user.save(update_fields=["email", "digest"])
    for org in orgs_of(user):
        audit.record(actor, "user.digest", user, org=org, reason=digest)


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
