"""Custodians: named by an administrator, vouched for by a supervisor, ended; and what each person leaves with them."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import CustodianState, MembershipState, Role
from spean.accounts.models import Custodian, Membership, Organisation, User
from spean.accounts.names import sign_in_name
from spean.accounts.operations.teamkeys import compare_and_certify
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked
from spean.privacy import audit, custody, keys

_CANNOT = _("Nobody who signs in with this name can be a custodian here. It must be somebody with keys who administers nothing.")
_SAME_TEAM = _("This person works in the same team as another custodian. Choose somebody of another team or office.")
_ENOUGH = _("There are three already. End one first.")


@transaction.atomic
def name_custodian(actor: Actor, org_id: UUID, *, username: str) -> Custodian:
    """An administrator names one of three: nobody who administers, no two of one team (protection.md 2a.3, A-12)."""
    org = access.get(actor, "organisation.see", Organisation.objects.select_for_update(), org_id, to="custody.manage")
    user = User.objects.filter(username=sign_in_name(username), is_active=True).first()
    if user is None or not keys.has_keys(user.id) or administers(user.id):
        raise Invalid({"username": _CANNOT})
    others = list(org.custodians.exclude(state=CustodianState.ENDED).values_list("user", flat=True))
    if user.id in others:
        raise Conflict
    if len(others) >= custody.CUSTODIANS:
        raise Invalid({"username": _ENOUGH})
    if _teams([user.id]) & _teams(others):
        raise Invalid({"username": _SAME_TEAM})
    made = Custodian.objects.create(organisation=org, user=user, since=clock.today())
    audit.record(actor, "custodian.name", made, org=org.id, reason=str(user.id))
    return made


@transaction.atomic
def confirm_custodian(actor: Actor, custodian_id: UUID, *, fingerprint: str) -> None:
    """A supervisor has heard the digits of the custodian's keys from the custodian: from now on shares go there."""
    found = access.get(actor, "custodian.confirm", Custodian.objects.select_related("user"), custodian_id)
    if actor.ring is None:
        raise Locked
    if administers(found.user_id) or not found.user.is_active:
        raise Conflict(_CANNOT)
    compare_and_certify(actor.ring, found.organisation_id, found.user_id, fingerprint)
    custody.appoint(found.organisation_id, found.user_id)
    found.state = CustodianState.ACTIVE
    found.save(update_fields=["state"])
    audit.record(actor, "custodian.confirm", found, org=found.organisation_id, reason=str(found.user_id))


@transaction.atomic
def end_custodian(actor: Actor, custodian_id: UUID) -> None:
    """No longer a custodian: their shares are deleted, everybody leaves new ones as soon as there are three again."""
    found = access.get(actor, "custodian.end", Custodian.objects.all(), custodian_id)
    end_custody(actor, found)


def end_custody(actor: Actor, found: Custodian) -> None:
    """Inside an operation only."""
    custody.dismiss(found.organisation_id, found.user_id)
    found.state, found.until = CustodianState.ENDED, clock.today()
    found.save(update_fields=["state", "until"])
    audit.record(actor, "custodian.end", found, org=found.organisation_id, reason=str(found.user_id))


def leave_with_custodians(actor: Actor) -> bool:
    """Leave one's keys with the three custodians of one's organisation, unless they lie there already.

    Called when keys open. With one organisation only, the oldest that has three healthy ones: fewer hands.
    """
    if actor.ring is None:
        return False
    org, three = keepers_for(actor.id)
    if org is None or custody.stands(actor.id, org, three):
        return False
    with transaction.atomic():
        custody.leave(actor.id, org, actor.ring.secret_bytes(), sorted(three))
        audit.record(actor, "custody.leave", ("accounts.user", actor.id), org=org)
    return True


def keepers_for(user_id: UUID) -> tuple[UUID | None, frozenset[UUID]]:
    """The organisation with whose custodians this person's keys belong, and the three; or nobody."""
    seats = Membership.objects.filter(user=user_id, state=MembershipState.ACTIVE).order_by("since", "pk")
    orgs = list(dict.fromkeys(seats.values_list("team__organisation", flat=True)))
    with_some = set(
        Custodian.objects.filter(organisation__in=orgs, state=CustodianState.ACTIVE).values_list("organisation", flat=True)
    )
    for org in orgs:
        three = healthy_custodians(org) if org in with_some else frozenset()
        if len(three) == custody.CUSTODIANS:
            return org, three
    return None, frozenset()


def healthy_custodians(org: UUID) -> frozenset[UUID]:
    """Those who can really help: active, still working here or elsewhere, no administrator, with the keys they had."""
    active = Custodian.objects.filter(organisation=org, state=CustodianState.ACTIVE, user__is_active=True)
    users = set(active.values_list("user", flat=True))
    seated = Membership.objects.filter(user__in=users, state=MembershipState.ACTIVE)
    admins = set(seated.filter(role=Role.ORGANISATION_ADMINISTRATOR).values_list("user", flat=True))
    return custody.healthy(org, set(seated.values_list("user", flat=True)) - admins)


def administers(user_id: UUID) -> bool:
    """Whether this person administers any organisation."""
    seats = Membership.objects.filter(user=user_id, state=MembershipState.ACTIVE)
    return seats.filter(role=Role.ORGANISATION_ADMINISTRATOR).exists()


def is_custodian(user_id: UUID) -> bool:
    """Whether this person is, or is about to be, a custodian anywhere."""
    return Custodian.objects.filter(user=user_id).exclude(state=CustodianState.ENDED).exists()


def _teams(users: list[UUID]) -> set[UUID]:
    seats = Membership.objects.filter(user__in=users, state=MembershipState.ACTIVE)
    return set(seats.values_list("team", flat=True))
