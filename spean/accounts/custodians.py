"""Reads of custodians, practices and ways back, ready to show; and how many people have a way back that was tested."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import KEY_ROLES, LIVE, CustodianState, MembershipState, RequestState, Role, Way
from spean.accounts.models import Custodian, Membership, Organisation, RecoveryRequest, Team
from spean.accounts.operations.custody import healthy_custodians
from spean.kernel import clock
from spean.kernel.errors import Locked
from spean.privacy import custody, keys

#: a practice is due again after so many days
PRACTISE_EVERY = timedelta(days=90)
MOST = 50


@dataclass(frozen=True)
class CustodianRow:
    """One custodian, as the organisation sees them."""

    id: UUID
    name: str
    where: str
    state: str
    label: str
    since: date
    can_help: bool
    may_confirm: bool
    may_end: bool


@dataclass(frozen=True)
class RequestRow:
    """One way back that is open."""

    id: UUID
    name: str
    opened_by: str
    way: str
    label: str
    until: datetime
    released: int
    may_release: bool
    may_stop: bool
    is_own_practice: bool


@dataclass(frozen=True)
class Routes:
    """Of the people with keys: how many have left them with custodians, and for how many that was tested lately."""

    people: int
    left: int
    tested: int

    @property
    def percent(self) -> int:
        """Of 100 people; nobody there counts as nobody without."""
        return 100 * self.tested // self.people if self.people else 100


@dataclass(frozen=True)
class CustodyPage:
    """Everything about the custodians of one organisation."""

    org: UUID
    name: str
    custodians: tuple[CustodianRow, ...]
    can_help: int
    needed: int
    practised_on: date | None
    is_practice_due: bool
    routes: Routes | None
    requests: tuple[RequestRow, ...]
    may_manage: bool
    may_practise: bool


def organisations(actor: Actor) -> list[tuple[UUID, str]]:
    """(id, name) of those whose custodians this actor sees."""
    return [(o.id, o.name) for o in access.visible(actor, "custody.see", Organisation.objects.order_by("name_en"))]


def page(actor: Actor, org_id: UUID) -> CustodyPage:
    """The custodians of one organisation, the ways back that are open, and how well people are covered."""
    org = access.get(actor, "custody.see", Organisation.objects.all(), org_id)
    helping, last = healthy_custodians(org.id), practised_on(org.id)
    keeps = access.decide(actor, "custody.keep", org).allowed
    return CustodyPage(
        org=org.id,
        name=org.name,
        custodians=_custodians(actor, org, helping),
        can_help=len(helping),
        needed=custody.CUSTODIANS,
        practised_on=last,
        is_practice_due=_is_due(last),
        routes=routes(org.id) if actor.has(Role.ORGANISATION_ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER) else None,
        requests=_requests(actor, alive().filter(organisation=org)),
        may_manage=access.decide(actor, "custody.manage", org).allowed,
        may_practise=keeps and actor.id in helping and len(helping) == custody.CUSTODIANS,
    )


def _custodians(actor: Actor, org: Organisation, helping: frozenset[UUID]) -> tuple[CustodianRow, ...]:
    rows = list(org.custodians.exclude(state=CustodianState.ENDED).select_related("user").order_by("since", "pk"))
    seats = Membership.objects.filter(user__in=[r.user_id for r in rows], state=MembershipState.ACTIVE)
    where: dict[UUID, str] = {}
    for seat in seats.select_related("team__organisation").order_by("since", "pk"):
        where.setdefault(seat.user_id, f"{seat.team.name}, {seat.team.organisation.name}")
    known = Custodian.objects.filter(pk__in=[r.pk for r in rows])
    confirm = set(access.visible(actor, "custodian.confirm", known).values_list("pk", flat=True))
    end = set(access.visible(actor, "custodian.end", known).values_list("pk", flat=True))
    return tuple(
        CustodianRow(
            id=r.id,
            name=r.user.name,
            where=where.get(r.user_id, ""),
            state=r.state,
            label=str(CustodianState(r.state).label),
            since=r.since,
            can_help=r.user_id in helping,
            may_confirm=r.pk in confirm,
            may_end=r.pk in end,
        )
        for r in rows
    )


def custodian(actor: Actor, pk: UUID, action: str) -> tuple[str, UUID]:
    """(name, organisation) of a custodian to whom the actor may do `action`."""
    found = access.get(actor, action, Custodian.objects.select_related("user"), pk)
    return found.user.name, found.organisation_id


# -- ways back ---------------------------------------------------------------------------------------------------------
def alive() -> QuerySet[RecoveryRequest]:
    """Those that a day has not passed over."""
    return RecoveryRequest.objects.filter(state__in=LIVE, expires_at__gt=clock.now())


def of_oneself(actor: Actor) -> tuple[RequestRow, ...]:
    """Ways back to the reader's own keys that somebody opened: a reader who did not ask must know."""
    return _requests(actor, alive().filter(user=actor.id).exclude(way=Way.PRACTICE))


def waiting_for(actor: Actor) -> tuple[RequestRow, ...]:
    """Those in which the reader, a custodian, has not helped yet."""
    if not kept_by(actor):
        return ()
    given = custody.released_by(actor.id)
    asked = access.visible(actor, "recovery.release", alive()).exclude(way=Way.NEW_KEYS)
    return _requests(actor, asked.exclude(pk__in=given))


def request(actor: Actor, pk: UUID, action: str) -> RequestRow:
    """One, to which the actor may do `action`."""
    found = access.get(actor, action, alive(), pk)
    return _requests(actor, RecoveryRequest.objects.filter(pk=found.pk))[0]


def is_kept(user_id: UUID) -> bool:
    """Whether custodians could open this person's keys today."""
    left = custody.left_with(user_id)
    return left is not None and len(left[1] & healthy_custodians(left[0]) - {user_id}) >= custody.NEEDED


def member_who_asks(actor: Actor, membership_id: UUID) -> tuple[str, UUID, bool]:
    """(name, team, whether custodians can help) of a member for whom the actor may open a way back."""
    found = access.get(actor, "recovery.open", Membership.objects.select_related("user"), membership_id)
    return found.user.name, found.team_id, is_kept(found.user_id)


def _requests(actor: Actor, rows: QuerySet[RecoveryRequest]) -> tuple[RequestRow, ...]:
    found = list(rows.select_related("user", "opened_by").order_by("expires_at", "pk")[:MOST])
    known = RecoveryRequest.objects.filter(pk__in=[r.pk for r in found])
    release = set(access.visible(actor, "recovery.release", known).values_list("pk", flat=True))
    stop = set(access.visible(actor, "recovery.stop", known).values_list("pk", flat=True))
    given = custody.released_among(r.pk for r in found)
    return tuple(
        RequestRow(
            id=r.id,
            name=r.user.name,
            opened_by=r.opened_by.name,
            way=r.way,
            label=str(Way(r.way).label),
            until=r.expires_at.astimezone(clock.PHNOM_PENH),
            released=given.get(r.pk, 0),
            may_release=r.pk in release and r.way != Way.NEW_KEYS and r.state == RequestState.TAKEN,
            may_stop=r.pk in stop,
            is_own_practice=r.way == Way.PRACTICE and r.user_id == actor.id,
        )
        for r in found
    )


# -- how well people are covered ---------------------------------------------------------------------------------------
def practised_on(org: UUID) -> date | None:
    """The day of the last practice that opened what it should."""
    done = RecoveryRequest.objects.filter(organisation=org, way=Way.PRACTICE, state=RequestState.DONE)
    return done.order_by("-done_on").values_list("done_on", flat=True).first()


def _is_due(last: date | None) -> bool:
    return last is None or clock.today() - last > PRACTISE_EVERY


def routes(org: UUID) -> Routes:
    """Counted, nobody named (protection.md, figure 20)."""
    seats = Membership.objects.filter(team__organisation=org, state=MembershipState.ACTIVE, user__is_active=True)
    people = keys.with_keys(set(seats.values_list("user", flat=True)))
    left = tested = 0
    for keeper, owners in custody.owners_by_org(people).items():
        three = healthy_custodians(keeper)
        standing = custody.standing(keeper, owners, three) if len(three) == custody.CUSTODIANS else frozenset()
        left += len(standing)
        tested += 0 if _is_due(practised_on(keeper)) else len(standing)
    return Routes(len(people), left, tested)


def needing_custodians() -> list[UUID]:
    """Organisations whose people read what is sealed: lost keys would lose it."""
    readers = Membership.objects.filter(role__in=KEY_ROLES, state=MembershipState.ACTIVE).values("team")
    teams = dict(Team.objects.filter(pk__in=readers).values_list("pk", "organisation"))
    return sorted({teams[team] for team, _user in keys.holders_among(teams)})


def missing_custodians(orgs: Iterable[UUID]) -> dict[UUID, int]:
    """How many of three each of these organisations lacks; those that lack none are left out."""
    wanted = set(needing_custodians()) & set(orgs)
    lacking = {org: custody.CUSTODIANS - len(healthy_custodians(org)) for org in wanted}
    return {org: count for org, count in lacking.items() if count > 0}


def practices_due(orgs: Iterable[UUID]) -> list[UUID]:
    """Those of these organisations that have three custodians and did not practise for 90 days."""
    return [o for o in orgs if len(healthy_custodians(o)) == custody.CUSTODIANS and _is_due(practised_on(o))]


def kept_by(actor: Actor) -> list[UUID]:
    """The organisations whose custodian the reader is."""
    rows = Custodian.objects.filter(user=actor.id, state=CustodianState.ACTIVE)
    return list(rows.values_list("organisation", flat=True))


def digits_of_practice(actor: Actor, pk: UUID) -> str:
    """What the custodian who began a practice reads out."""
    found = access.get(actor, "recovery.finish", alive(), pk)
    if actor.ring is None:
        raise Locked
    return custody.digits_for(found.id, custody.own_secret(actor.ring, found.id))
