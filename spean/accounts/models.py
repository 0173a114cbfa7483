"""Users, organisations, teams, memberships, invitations."""

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.accounts.enums import (
    Browser,
    CustodianState,
    DeviceKind,
    Digest,
    InvitationState,
    MembershipState,
    OrganisationKind,
    RequestState,
    Role,
    Way,
    WorkLevel,
)
from spean.accounts.names import LONGEST, LONGEST_SIGN_IN, sign_in_name
from spean.kernel.ids import new_id


def new_stamp() -> str:
    """What a user's sessions are bound to; another one ends them all at the next request."""
    return secrets.token_hex(16)


class UserManager(BaseUserManager["User"]):
    """Finds users by the name they sign in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user who signs in as `username`."""
        return self.get(username=sign_in_name(username or ""))


class User(AbstractBaseUser):
    """A person who signs in. There is no superuser: nobody can read everything."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("sign-in name"), max_length=LONGEST_SIGN_IN, unique=True)
    name = models.CharField(_("name"), max_length=LONGEST)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=5, default="km")
    is_active = models.BooleanField(default=True)
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.NONE)
    digest_on = models.DateField(null=True, editable=False)  # the day of the last one
    feed_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - null: no calendar address
    stamp = models.CharField(max_length=32, default=new_stamp, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("username"), name="one_sign_in_name_whatever_its_case")]

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Sessions end with another password and with another stamp."""
        return salted_hmac("spean.session", f"{self.password}|{self.stamp}", secret=secret, algorithm="sha256").hexdigest()


class Named(models.Model):
    """Something with a Khmer and an English name."""

    name_km = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_km


class Organisation(Named):
    """Who works: from a commune committee to an embassy."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=30, choices=OrganisationKind)
    level = models.CharField(max_length=20, choices=WorkLevel)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    requires_second_factor = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__endswith="_committee") | Q(place__isnull=False), name="committee_has_a_place"
            ),
            models.UniqueConstraint(
                fields=["kind", "place"], condition=Q(kind__endswith="_committee"), name="one_committee_a_place"
            ),
        ]


class Team(Named):
    """People of one organisation who share work, and keys."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    receives_reports = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["receives_reports"])]


class Membership(models.Model):
    """One person's role in one team, for a volunteer in one place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=MembershipState, default=MembershipState.ACTIVE)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "team", "role"], condition=Q(state="active"), name="one_active_membership_a_role"
            )
        ]


class Invitation(models.Model):
    """A link that lets one person join one team in one role, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30, choices=Role)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_on = models.DateField()
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.WAITING)


class Custodian(models.Model):
    """One of three people who keep shares for an organisation; two of them together can open lost keys."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="custodians")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CustodianState, default=CustodianState.NAMED)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user"], condition=~Q(state="ended"), name="a_custodian_once")
        ]


class RecoveryRequest(models.Model):
    """Somebody's way back to their keys, or a practice of it. Over after a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    code_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField()
    done_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state"], name="request_organisation"),
            models.Index(fields=["user", "state"], name="request_user"),
        ]


class Device(models.Model):
    """Where somebody is signed in: coarse, by the day, without an address. Its row gone, the session ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=10, choices=DeviceKind)
    browser = models.CharField(max_length=10, choices=Browser)
    first_on = models.DateField()
    last_on = models.DateField()
