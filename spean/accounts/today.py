"""Today for who looks after people and the trail; and the tile, which every app fills for its own."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.accounts import access, custodians
from spean.accounts.access import Actor
from spean.accounts.enums import KEY_ROLES, InvitationState, MembershipState, Role
from spean.accounts.models import Invitation, Membership, Organisation, Team
from spean.kernel import clock
from spean.privacy import audit, keys

MOST = 100
READ = "concern.read"


@dataclass(frozen=True)
class Tile:
    """One count of Today; `url` and `query` are the list that it counts."""

    name: str
    label: str
    count: int
    tone: str
    url: str
    query: str


@dataclass(frozen=True)
class Waiting:
    """Somebody of a team who waits: for the team's key, or for their invitation to be used."""

    team: UUID
    team_name: str
    name: str
    role: str


def tiles(actor: Actor) -> list[Tile]:
    """Members without their key, invitations not used, readings of today."""
    found: list[Tile] = []
    if access.may(actor, "team.see"):
        without, invited = waiting_for_key(actor), unused_invitations(actor)
        found.append(Tile("keys", str(_("Members who wait for a key")), len(without), "due", "desk:people", "view=keys"))
        found.append(
            Tile("invitations", str(_("Invitations not used yet")), len(invited), "calm", "desk:people", "view=invitations")
        )
    if access.may(actor, "audit.see"):
        orgs = access.visible(actor, "audit.see", Organisation.objects.all()).values_list("pk", flat=True)
        day, read = clock.today(), audit.count(orgs, READ, since=clock.midnight())
        found.append(
            Tile("readings", str(_("Concerns opened today")), read, "calm", "desk:trail", f"verb={READ}&day={day.isoformat()}")
        )
    return [*found, *_recovery(actor)]


def _recovery(actor: Actor) -> list[Tile]:
    """A way back that somebody opened to the reader's keys; what custodians must do; custodians who are missing."""
    found: list[Tile] = []
    own, kept = custodians.of_oneself(actor), custodians.kept_by(actor)
    if own:
        found.append(Tile("way_back", str(_("A way back to your keys was opened")), len(own), "urgent", "desk:me", ""))
    if kept:
        asked, due = custodians.waiting_for(actor), custodians.practices_due(kept)
        found.append(Tile("asked", str(_("People who wait for your share")), len(asked), "urgent", "desk:custodians", ""))
        found.append(Tile("practice", str(_("Custodians: practise opening")), len(due), "due", "desk:custodians", ""))
    overseen = {s.org for s in actor.having([Role.ORGANISATION_ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER])}
    if overseen:
        lacking = sum(custodians.missing_custodians(overseen).values())
        found.append(Tile("custodians", str(_("Custodians still missing")), lacking, "urgent", "desk:custodians", ""))
    return found


def waiting_for_key(actor: Actor) -> list[Waiting]:
    """Case workers and supervisors of the teams this actor looks after, who cannot read anything yet."""
    teams = access.visible(actor, "team.see", Team.objects.all())
    members = Membership.objects.filter(team__in=teams, role__in=KEY_ROLES, state=MembershipState.ACTIVE)
    rows = list(members.select_related("team", "user").order_by("team__name_en", "user__name"))
    holders = keys.holders_among({m.team_id for m in rows})
    without = [m for m in rows if (m.team_id, m.user_id) not in holders]
    return [Waiting(m.team_id, m.team.name, m.user.name, str(Role(m.role).label)) for m in without[:MOST]]


def unused_invitations(actor: Actor) -> list[Waiting]:
    """Invitations into those teams that still work and that nobody has used."""
    teams = access.visible(actor, "team.see", Team.objects.all())
    found = Invitation.objects.filter(team__in=teams, state=InvitationState.WAITING, expires_on__gte=clock.today())
    rows = found.select_related("team").order_by("expires_on", "pk")[:MOST]
    return [Waiting(i.team_id, i.team.name, "", str(Role(i.role).label)) for i in rows]
