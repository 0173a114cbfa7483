"""Who may do what to agreements: the desks of each side read them, heads sign for their own side, nobody for two."""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, allow, nothing_yet, same_org
from spean.accounts.enums import Role
from spean.network.agreement_enums import AGREEMENT_MOVES, AgreementState
from spean.network.member_rules import DESKS
from spean.network.models import Party

SIGNERS = [Role.PROGRAMME_MANAGER, Role.NETWORK_COORDINATOR, Role.ORGANISATION_ADMINISTRATOR]


def _sides(seats: tuple[Seat, ...]) -> Q:
    return Q(pk__in=Party.objects.filter(organisation__in=[s.org for s in seats]).values("agreement"))


def _of_our_side(_actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return _sides(seats)


def _read(_actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """What is still being written, and what was never offered, only who writes it reads."""
    own = Q(of__in=[s.org for s in seats])
    return own | (_sides(seats) & ~Q(state__in=[AgreementState.DRAFT, AgreementState.WITHDRAWN]))


def _to_sign(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """A side of theirs has not signed, and they have not signed for another one."""
    waits = Party.objects.filter(organisation__in=[s.org for s in seats], signed_by=None)
    signed = Party.objects.filter(signed_by=actor.id)
    return Q(pk__in=waits.values("agreement")) & ~Q(pk__in=signed.values("agreement"))


OF = same_org("of")
allow("agreement.make", SIGNERS, nothing_yet)
allow("agreement.see", DESKS, _read)
allow("agreement.change", SIGNERS, OF, {AgreementState.DRAFT})
for _verb in ("offer", "withdraw"):
    allow(f"agreement.{_verb}", SIGNERS, OF, AGREEMENT_MOVES[_verb][0])
for _verb in ("sign", "refuse"):
    allow(f"agreement.{_verb}", SIGNERS, _to_sign, AGREEMENT_MOVES[_verb][0])
allow("agreement.end", SIGNERS, _of_our_side, AGREEMENT_MOVES["end"][0])
