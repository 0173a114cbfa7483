"""What people change about themselves: name, password, recovery code."""

import secrets
from uuid import UUID

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.enums import MembershipState
from spean.accounts.models import Device, User
from spean.accounts.names import checked_name, sign_in_name
from spean.kernel.errors import Invalid, Locked
from spean.privacy import audit, keys, sessions

_APART = _("This name and this recovery code do not belong together. Look at the printed sheet again.")


def set_password(user: User, password: str) -> None:
    """Check the password's strength and set it, without saving."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise Invalid({"password": error.messages[0]}) from error
    user.set_password(password)


@transaction.atomic
def describe_oneself(actor: Actor, *, name: str, language: str) -> None:
    """Another name for colleagues to read, another language for what we send."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid({"language": _("Choose one of the languages.")})
    user = User.objects.get(pk=actor.id)
    user.name, user.language = checked_name(name), language
    user.save(update_fields=["name", "language"])
    for org in orgs_of(user):
        audit.record(actor, "user.describe", user, org=org)


@transaction.atomic
def change_password(actor: Actor, user: User, *, old: str, new: str) -> keys.KeyRing:
    """A new password; the keys are sealed again under it, every session locks, and the ring is returned.

    Without the keys there is no new password: who only changed the hash in the database comes no further.
    """
    ring = keys.unlock(user.id, old)
    if ring is None:
        raise Invalid({"old": _("This password does not open your keys.")})
    reseal(user, ring, new)
    _record(actor, "user.password", user)
    return ring


@transaction.atomic
def recover(username: str, *, code: str, password: str) -> User:
    """Open the keys with the printed recovery code and set a new password."""
    user = User.objects.filter(username=sign_in_name(username), is_active=True).first()
    ring = keys.unlock_with_recovery(user.id, code) if user else None
    if user is None or ring is None:
        keys.derive(password, secrets.token_bytes(16))  # whether the name exists is not told by the time either
        raise Invalid({"code": _APART})
    reseal(user, ring, password)
    _record(Actor(user.id, user.name), "user.recover", user)
    return user


def reseal(user: User, ring: keys.KeyRing, password: str) -> None:
    """The same keys under another password; everything locks. Inside an operation only."""
    set_password(user, password)
    user.save(update_fields=["password"])
    keys.change_password(user.id, ring, password)
    sessions.lock_user(user.id)
    Device.objects.filter(user=user).delete()


def _record(actor: Actor, verb: str, user: User) -> None:
    for org in orgs_of(user):
        audit.record(actor, verb, user, org=org)


@transaction.atomic
def new_recovery_code(actor: Actor, user: User) -> str:
    """A new printed recovery code; the old one stops working."""
    if actor.ring is None:
        raise Locked
    code = keys.new_recovery_code(user.id, actor.ring)
    _record(actor, "user.recovery_code", user)
    return code


def orgs_of(user: User) -> list[UUID]:
    """In order, so that two trails are never locked crosswise."""
    teams = user.memberships.filter(state=MembershipState.ACTIVE).values_list("team__organisation", flat=True)
    return sorted(set(teams))
