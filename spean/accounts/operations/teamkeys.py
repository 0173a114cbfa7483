"""Keys of teams: the first one, given to members, changed when somebody left; and vouching for people's own keys."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import KEY_ROLES, VOUCHED_ROLES, MembershipState, Role
from spean.accounts.models import Membership, Team
from spean.kernel import ids
from spean.kernel.errors import Conflict, Invalid, Locked, NotAllowed, NotYours
from spean.privacy import audit, keys

#: how many data keys one request moves to a team's new key
MOVED_AT_ONCE, _PART = 200, 50
_WRONG_DIGITS = _("These digits do not belong to this person's keys. Do not go on. Meet them or call them, and compare again.")


@transaction.atomic
def start_team_key(actor: Actor, team_id: UUID) -> None:
    """A supervisor makes the team's first key. The first of an organisation needs nobody to vouch for her."""
    team, ring = _team_and_ring(actor, team_id)
    if keys.has_team_key(team.id):
        raise Conflict
    if not keys.is_certified(team.organisation_id, actor.id):
        keys.certify_user(ring, team.organisation_id, actor.id)
    keys.make_team_key(ring, team.organisation_id, team.id)
    audit.record(actor, "keys.start", team, org=team.organisation_id)


@transaction.atomic
def grant_key(actor: Actor, team_id: UUID, user_id: UUID, *, fingerprint: str) -> None:
    """Vouch for a member's own key and, where the role needs it, give them the team's.

    The giver has compared the fingerprint with the member, by voice, not with a screen. A volunteer is vouched for, so
    that answers to their reports can be sealed to them, and gets no team key.
    """
    team, ring = _team_and_ring(actor, team_id)
    members = team.memberships.filter(user_id=user_id, state=MembershipState.ACTIVE, role__in=VOUCHED_ROLES)
    roles = {m.role: m for m in members}
    if not roles:
        raise NotYours
    compare_and_certify(ring, team.organisation_id, user_id, fingerprint)
    holder = next((m for role, m in roles.items() if role in KEY_ROLES), None)
    if holder is not None:
        keys.grant_team(ring, team.organisation_id, team.id, user_id)
    verb = "keys.grant" if holder else "keys.vouch"
    audit.record(actor, verb, holder or next(iter(roles.values())), org=team.organisation_id)


@transaction.atomic
def vouch(actor: Actor, user_id: UUID, *, fingerprint: str) -> None:
    """Vouch for the keys of a supervisor of another team of the same organisation, so that she can start its key."""
    if actor.ring is None:
        raise Locked
    membership = access.visible(actor, "colleague.vouch", Membership.objects.select_related("team")).filter(user=user_id).first()
    if membership is None:
        raise NotYours
    org = membership.team.organisation_id
    compare_and_certify(actor.ring, org, user_id, fingerprint)
    audit.record(actor, "keys.vouch", membership, org=org)


@transaction.atomic
def rotate_key(actor: Actor, team_id: UUID) -> None:
    """A new epoch of the team's key, after somebody left."""
    team, ring = _team_and_ring(actor, team_id)
    keys.rotate_team(ring, team.organisation_id, team.id)
    audit.record(actor, "keys.rotate", team, org=team.organisation_id)


def tend_keys(actor: Actor, limit: int = MOVED_AT_ONCE) -> int:
    """After somebody left one of the actor's teams: change its key, and move up to `limit` data keys to the new one.

    Called when a supervisor's keys open. Returns how many were moved; what is left waits for the next time.
    """
    moved = 0
    for team in sorted({s.team for s in actor.having([Role.SUPERVISOR])}):
        if actor.ring is None or not keys.holds_team_key(actor.id, team):
            continue
        if keys.is_stale(team):
            rotate_key(actor, team)
        moved += _move(actor.ring, team, limit - moved)
    return moved


def _move(ring: keys.KeyRing, team: UUID, limit: int) -> int:
    """In parts that are each one write to the disk."""
    moved = 0
    while moved < limit:
        part = min(limit - moved, _PART)
        with transaction.atomic():
            done = keys.rewrap_some(ring, team, part)
        moved += done
        if done < part:
            break
    return moved


def compare_and_certify(ring: keys.KeyRing, org: UUID, user_id: UUID, fingerprint: str) -> None:
    """Vouch for somebody's keys whose digits were heard. Inside an operation only."""
    if not keys.has_keys(user_id) or ids.only_digits(fingerprint) != ids.only_digits(keys.fingerprint(user_id)):
        raise Invalid({"fingerprint": _WRONG_DIGITS})
    if not keys.is_certified(org, ring.user):
        raise NotAllowed(_("Nobody has vouched for your own keys yet."))
    if not keys.is_certified(org, user_id):
        keys.certify_user(ring, org, user_id)


def _team_and_ring(actor: Actor, team_id: UUID) -> tuple[Team, keys.KeyRing]:
    team = access.get(actor, "team.see", Team.objects.all(), team_id, to="team.keys")
    if actor.ring is None:
        raise Locked
    return team, actor.ring
