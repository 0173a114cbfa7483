"""Members of teams: they join, hand their work over, and leave."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.enums import KEY_ROLES, CustodianState, MembershipState, Role
from spean.accounts.models import Custodian, Membership, Team, User
from spean.accounts.operations.custody import end_custody, is_custodian
from spean.accounts.operations.devices import sign_out_everywhere
from spean.accounts.signals import handed_over
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid
from spean.places.models import Place
from spean.privacy import audit, custody, keys


def join(team: Team, user: User, role: str, *, place: Place | None = None) -> Membership:
    """A new active membership. Inside an operation only."""
    if Membership.objects.filter(user=user, team=team, role=role, state=MembershipState.ACTIVE).exists():
        raise Conflict(_("This person has this role in this team already."))
    if role == Role.ORGANISATION_ADMINISTRATOR and is_custodian(user.id):
        raise Conflict(_("A custodian administers nothing. End being a custodian first."))
    return Membership.objects.create(user=user, team=team, role=role, place=place, since=clock.today())


@transaction.atomic
def end_membership(actor: Any, membership_id: UUID) -> None:
    """The person leaves the team: at once without its key, and signed out everywhere."""
    membership = _membership(actor, membership_id, "membership.end")
    membership.state = MembershipState.ENDED
    membership.until = clock.today()
    membership.save(update_fields=["state", "until"])
    still_needs = membership.team.memberships.filter(
        user=membership.user, state=MembershipState.ACTIVE, role__in=KEY_ROLES
    ).exists()
    if not still_needs:
        keys.revoke_team(membership.team_id, membership.user_id)
    sign_out_everywhere(membership.user)
    if not membership.user.memberships.filter(state=MembershipState.ACTIVE).exists():
        _leave_for_good(actor, membership.user)
    audit.record(actor, "membership.end", membership, org=membership.team.organisation_id)


def _leave_for_good(actor: Any, user: User) -> None:
    """The last seat is gone: no way in is left, no key, no share, no calendar."""
    keys.revoke_user(user.id)
    custody.forget(user.id)
    for custodian in Custodian.objects.filter(user=user).exclude(state=CustodianState.ENDED):
        end_custody(actor, custodian)
    Authenticator.objects.filter(user=user).delete()
    user.is_active, user.feed_hash = False, None
    user.save(update_fields=["is_active", "feed_hash"])


@transaction.atomic
def hand_over(actor: Actor, membership_id: UUID, *, to_membership_id: UUID) -> None:
    """Everything that the first person holds in the team goes to the second."""
    giver = _membership(actor, membership_id, "membership.hand_over")
    others = giver.team.memberships.filter(state=MembershipState.ACTIVE).exclude(user=giver.user_id)
    taker = others.filter(pk=to_membership_id).first()
    if taker is None:
        raise Invalid({"to": _("Choose another active member of the same team.")})
    if giver.role in KEY_ROLES and taker.role not in KEY_ROLES:
        raise Invalid({"to": _("Choose a case worker or a supervisor: nobody else can open this work.")})
    handed_over.send(sender=Membership, actor=actor, team=giver.team_id, giver=giver.user_id, taker=taker.user_id)
    audit.record(actor, "membership.hand_over", giver, org=giver.team.organisation_id, reason=str(taker.user_id))


def _membership(actor: Any, membership_id: UUID, action: str) -> Membership:
    memberships = Membership.objects.select_related("team", "user")
    if actor is SYSTEM:
        return memberships.get(pk=membership_id)
    return access.get(actor, action, memberships, membership_id)
