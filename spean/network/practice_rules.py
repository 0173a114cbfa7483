"""Who may do what to good practices, to requests for advice and to mentoring pairs. Nobody judges or answers their own."""

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import Actor, Seat, Where, allow, everything, nothing_yet, same_org
from spean.accounts.enums import Role
from spean.network.advice_enums import ADVICE_MOVES, PAIR_MOVES, AdviceState, PairState
from spean.network.models import Trial
from spean.network.practice_enums import JUDGED, PRACTICE_MOVES, READ, TRIAL_MOVES, WRITTEN, PracticeState

LEADS = (Role.SUPERVISOR, Role.PROGRAMME_MANAGER, Role.NETWORK_COORDINATOR)
WRITERS = (Role.CASE_WORKER, *LEADS)
COORDINATOR = [Role.NETWORK_COORDINATOR]
#: volunteers read leaflets and courses, not what organisations write to one another
READERS = tuple(role for role in Role if role != Role.VOLUNTEER)


def _of_another(field: str = "organisation") -> Where:
    """Of an organisation in which the actor has no seat of any kind."""
    return lambda actor, _seats: ~Q(**{f"{field}__in": list(actor.orgs)})


def _tried_by_us(_actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(Exists(Trial.objects.filter(practice=OuterRef("pk"), organisation__in=[s.org for s in seats])))


allow("good_practice.see", READERS, everything, READ)
allow("good_practice.see", WRITERS, _tried_by_us, {PracticeState.WITHDRAWN})  # they have to learn that it was, and why
allow("good_practice.see", WRITERS, same_org())
allow("good_practice.see", WRITERS, everything, JUDGED)
allow("good_practice.write", WRITERS, nothing_yet)
allow("good_practice.work", WRITERS, same_org())  # every version, also of a draft
allow("good_practice.work", WRITERS, everything, JUDGED)
allow("good_practice.change", WRITERS, same_org(), WRITTEN)
for _verb in ("send", "revise", "withdraw"):
    allow(f"good_practice.{_verb}", WRITERS, same_org(), PRACTICE_MOVES[_verb][0])
allow("good_practice.withdraw", COORDINATOR, everything, READ)  # what could hurt somebody, whoever wrote it
allow("good_practice.judge", WRITERS, _of_another(), JUDGED)
allow("good_practice.publish", COORDINATOR, _of_another(), PRACTICE_MOVES["publish"][0])
allow("good_practice.try", WRITERS, _of_another(), READ)
allow("trial.tell", WRITERS, same_org(), TRIAL_MOVES["tell"][0])


def _advice_to_us(_actor: Actor, seats: tuple[Seat, ...]) -> Q:
    orgs = [s.org for s in seats]
    return Q(to__isnull=True) | Q(to__in=orgs) | Q(organisation__in=orgs)


def _advice_of_others_to_us(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return _advice_to_us(actor, seats) & _of_another()(actor, seats)


allow("advice.see", READERS, _advice_to_us)
allow("advice.ask", WRITERS, nothing_yet)
allow("advice.answer", WRITERS, _advice_of_others_to_us, {AdviceState.OPEN})
allow("advice.mark", WRITERS, same_org())
for _verb, (_leaves, _enters) in ADVICE_MOVES.items():
    allow(f"advice.{_verb}", WRITERS, same_org(), _leaves)


def _our_pair(_actor: Actor, seats: tuple[Seat, ...]) -> Q:
    orgs = [s.org for s in seats]
    return Q(experienced__in=orgs) | Q(starting__in=orgs)


def _pair_that_another_proposed(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return _our_pair(actor, seats) & _of_another("proposed_by")(actor, seats)


allow("pair.see", READERS, _our_pair)
allow("pair.propose", LEADS, nothing_yet)
allow("pair.agree", LEADS, _pair_that_another_proposed, PAIR_MOVES["agree"][0])
for _verb in ("decline", "end"):
    allow(f"pair.{_verb}", LEADS, _our_pair, PAIR_MOVES[_verb][0])
allow("pair.meet", WRITERS, _our_pair, {PairState.AGREED})
