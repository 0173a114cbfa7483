"""Who may do what to cases. Sealed reads need, besides, the team's key: see `privacy.keys`.

A case worker reaches the cases that she looks after, a supervisor those of her team. Nobody closes what they asked to close,
nobody reviews their own screening, and nobody approves the plan that they submitted.

A visit has two sides too: who reaches the case asks for it; the volunteer who was asked sees the card, and nothing of the case,
for its 72 hours, and can tell what came of it for fourteen days.

A referral has two sides. The sender's is of whoever reaches the case; the other of the case workers and supervisors of the desk
that it is addressed to, and of nobody else there. A transfer is handed over by a supervisor other than who offered it.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import Actor, Seat, Where, allow, nothing_yet, same_org, same_team
from spean.accounts.enums import Role
from spean.cases import hours
from spean.cases.enums import ARRIVAL_MOVES, CASE_MOVES, UNDER_WAY, Shared
from spean.cases.models import ReferralField
from spean.cases.referral_enums import MOVES_OF, REFERRAL_MOVES, ReferralKind, ReferralState
from spean.cases.training_enums import TRAINING_MOVES
from spean.cases.visit_enums import VISIT_MOVES, VisitState
from spean.kernel import clock

WORKER, SUPERVISOR = [Role.CASE_WORKER], [Role.SUPERVISOR]


def _mine(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(assigned_to=actor.id, team__in=[s.team for s in seats])


def _closing_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(team__in=[s.team for s in seats]) & ~Q(closing_by=actor.id)


def _plan_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(team__in=[s.team for s in seats]) & ~Q(care_plan__submitted_by=actor.id)


allow("case.open", [*WORKER, *SUPERVISOR], nothing_yet)
allow("case.see", WORKER, _mine)
allow("case.see", SUPERVISOR, same_team())
allow("case.read", WORKER, _mine)
allow("case.read", SUPERVISOR, same_team())
allow("case.search", WORKER, _mine)
allow("case.search", SUPERVISOR, same_team())
_WORK = (
    "change",
    "note",
    "task",
    "screen",
    "review",
    "assess",
    "plan",
    "assign",
    "consent",
    "agree",
    "count",
    "identify",
    "refer",
    "document",
    "money",
    "law",
    "way",
    "keep",
    "letter",
    "confer",
    "unasked",
    "visit",
)
for _verb in _WORK:
    allow(f"case.{_verb}", WORKER, _mine, UNDER_WAY)
    allow(f"case.{_verb}", SUPERVISOR, same_team(), UNDER_WAY)
allow("case.withdraw", WORKER, _mine)  # also after the end: it stops what still lies elsewhere
allow("case.withdraw", SUPERVISOR, same_team())
allow("case.rebuild", WORKER, _mine)  # the months after coming home go on when the case is closed
allow("case.rebuild", SUPERVISOR, same_team())
allow("case.look", SUPERVISOR, same_team())
for _verb in ("ask_close", "reopen"):
    allow(f"case.{_verb}", WORKER, _mine, CASE_MOVES[_verb][0])
    allow(f"case.{_verb}", SUPERVISOR, same_team(), CASE_MOVES[_verb][0])
allow("case.agree_unasked", SUPERVISOR, same_team(), UNDER_WAY)  # the operation refuses whoever asked
allow("case.compare", SUPERVISOR, same_team(), UNDER_WAY)
for _verb in ("close", "keep_open"):
    allow(f"case.{_verb}", SUPERVISOR, _closing_of_another, CASE_MOVES[_verb][0])
allow("case.approve_plan", SUPERVISOR, _plan_of_another, UNDER_WAY)  # or returns it


def _sent(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(case__assigned_to=actor.id, case__team__in=[s.team for s in seats])


def _holds() -> Q:
    """The day is not over and the person has not taken it back: also where the daily round has not come by yet."""
    return Q(until__gte=clock.today(), consent__withdrawn_on=None)


def _for_hand(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Not a transfer: that the person is looked after by others from now on, a supervisor decides."""
    return _sent(actor, seats) & _holds() & Q(case__state__in=UNDER_WAY) & ~Q(kind=ReferralKind.TRANSFER)


def _for_hand_of_team(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    own = Q(kind=ReferralKind.TRANSFER, offered_by=actor.id)  # nobody decides on what they offered
    return same_team("case__team")(actor, seats) & _holds() & Q(case__state__in=UNDER_WAY) & ~own


def _to_desk(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return same_team("desk")(actor, seats) & _holds()


def _to_take(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return _to_desk(actor, seats) & Q(kind__in=MOVES_OF["take"])


def _shows_way() -> Q:
    """The person agreed that the way home is seen, and somebody works on it."""
    told = ReferralField.objects.filter(referral=OuterRef("pk"), field=Shared.WAY)
    return Q(Exists(told), case__state__in=UNDER_WAY)


def _with_way(where: Where) -> Where:
    return lambda actor, seats: where(actor, seats) & _shows_way()


for _verb in ("see", "follow"):
    allow(f"referral.{_verb}", WORKER, _sent)
    allow(f"referral.{_verb}", SUPERVISOR, same_team("case__team"))
for _verb in ("see", "receive"):
    allow(f"referral.{_verb}", [*WORKER, *SUPERVISOR], same_team("desk"))
allow("referral.hand", WORKER, _for_hand, REFERRAL_MOVES["hand"][0])
allow("referral.hand", SUPERVISOR, _for_hand_of_team, REFERRAL_MOVES["hand"][0])
BEFORE = {ReferralState.OFFERED, ReferralState.ACCEPTED}
allow("referral.preview", WORKER, _sent, BEFORE)
allow("referral.preview", SUPERVISOR, same_team("case__team"), BEFORE)
allow("referral.call_back", WORKER, _sent, REFERRAL_MOVES["call_back"][0])
allow("referral.call_back", SUPERVISOR, same_team("case__team"), REFERRAL_MOVES["call_back"][0])
allow("referral.hear", WORKER, _sent, {ReferralState.REFUSED, ReferralState.DONE})
allow("referral.hear", SUPERVISOR, same_team("case__team"), {ReferralState.REFUSED, ReferralState.DONE})
for _verb in ("accept", "refuse", "finish"):
    allow(f"referral.{_verb}", [*WORKER, *SUPERVISOR], _to_desk, REFERRAL_MOVES[_verb][0])
allow("referral.open", [*WORKER, *SUPERVISOR], _to_desk, {ReferralState.GIVEN})
_WAY_TOLD = {*BEFORE, ReferralState.GIVEN}
allow("referral.way", WORKER, _with_way(_sent), _WAY_TOLD)  # the sender sees what the desk sees, beforehand too
allow("referral.way", SUPERVISOR, _with_way(same_team("case__team")), _WAY_TOLD)
for _verb in ("way", "way_step"):
    allow(f"referral.{_verb}", [*WORKER, *SUPERVISOR], _with_way(_to_desk), {ReferralState.GIVEN})
allow("referral.take", [*WORKER, *SUPERVISOR], _to_take, REFERRAL_MOVES["take"][0])
TELL_WITHIN = timedelta(days=14)


def _own_visit(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """One that this volunteer was asked for, of a person whom somebody of their organisation works with."""
    return Q(volunteer=actor.id, case__org_id__in=[s.org for s in seats], case__state__in=UNDER_WAY)


def _card(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """While its hours run, and what the person agreed to holds: also where the daily round has not come by yet."""
    holds = Q(consent__withdrawn_on=None, consent__until__gte=clock.today())
    return _own_visit(actor, seats) & holds & hours.running()


def _to_tell(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """A telephone may see a network only after the card has gone; what was seen on the way is not lost."""
    return _own_visit(actor, seats) & Q(asked_on__gte=clock.today() - TELL_WITHIN)


allow("visit.see", [Role.VOLUNTEER], _card, {VisitState.ASKED})
allow("visit.tell", [Role.VOLUNTEER], _to_tell, VISIT_MOVES["tell"][0])
# a training course says nothing about anybody: the organisation keeps it, and sees how many places are free
allow("training.write", [*WORKER, *SUPERVISOR], nothing_yet)
allow("training.see", [*WORKER, *SUPERVISOR], same_org("org"))
for _verb in ("change", "call_off"):
    allow(f"training.{_verb}", [*WORKER, *SUPERVISOR], same_org("org"), TRAINING_MOVES["call_off"][0])
# who came over a border waits for everybody of the team; whoever takes the case looks after it
allow("case.register", [*WORKER, *SUPERVISOR], nothing_yet)
allow("arrival.see", [*WORKER, *SUPERVISOR], same_team())
for _verb in ("take", "gone"):
    allow(f"arrival.{_verb}", [*WORKER, *SUPERVISOR], same_team(), ARRIVAL_MOVES[_verb][0])
