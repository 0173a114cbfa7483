"""Who may do what to concerns and issues. Sealed reads need, besides, a key: see `privacy.keys`."""

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import NONE, Actor, Seat, allow, same_org, same_team
from spean.accounts.enums import Role
from spean.voices.enums import CONCERN_MOVES, IMPORT_MOVES, ISSUE_MOVES, MEETING_MOVES, PUBLIC_STATES, IssueState
from spean.voices.models import IssueAvoid, IssuePlace, Step
from spean.voices.plan_enums import ALARM, CALLING, PLAN_MOVES, PlanState
from spean.voices.rungs import LEVEL_OF_KIND

TEAM = [Role.CASE_WORKER, Role.SUPERVISOR]


def _nothing_yet(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """For what is made: there is no thing to choose."""
    return NONE


def _own_reports(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(reported_by=actor.id)


def _helped_to_make(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(made_by=actor.id, team__in=[s.team for s in seats])


def _before_my_committee(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """What a committee is asked now. One whose official is complained of is no longer asked, and does not see it."""
    scope = NONE
    for seat in seats:
        scope |= Q(committee=seat.org, state__in=PUBLIC_STATES) & ~_avoids(seat)
    return scope


def _asked_of_my_committee(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """And what it was asked before the issue went up."""
    scope = _before_my_committee(actor, seats)
    for seat in seats:
        asked = Step.objects.filter(committee=seat.org).values("issue")  # few of all issues, so they are looked up first
        scope |= Q(pk__in=asked, state__in=PUBLIC_STATES) & ~_avoids(seat)
    return scope


def _committee_of_mine(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Meetings of the committee in which the actor sits."""
    return Q(committee__in=[s.org for s in seats])


def _committee_asked_by_us(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Meetings of the committees that are, or were, asked about an issue of the actor's organisation."""
    asked = Step.objects.filter(committee=OuterRef("committee"), issue__organisation__in=[s.org for s in seats])
    return Q(Exists(asked))


def _avoids(seat: Seat) -> Q:
    level = LEVEL_OF_KIND.get(seat.org_kind)  # type: ignore[call-overload]
    return Q(Exists(IssueAvoid.objects.filter(issue=OuterRef("pk"), level=level))) if level else NONE


def _in_my_village(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Issues of the volunteer's village, or of a place that holds it."""
    scope = NONE
    for path in {s.place_path for s in seats if s.place_path}:
        here = IssuePlace.objects.filter(place__path__in=_path_and_holders(path)).values("issue")
        scope |= Q(pk__in=here, organisation__in=[s.org for s in seats], state__in=PUBLIC_STATES)
    return scope


def _path_and_holders(path: str) -> list[str]:
    """`path` and the paths of the places that hold it, up to the commune's: KH/14/1411/141104/."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[:n]) + "/" for n in range(4, len(parts) + 1)]


def _of_my_org(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(organisation__in=[s.org for s in seats])


def _public_of_my_org(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return _of_my_org(actor, seats) & Q(state__in=PUBLIC_STATES)


def _of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Nobody approves or clears what they wrote."""
    return _of_my_org(actor, seats) & ~Q(written_by=actor.id)


allow("concern.send", [Role.VOLUNTEER], _nothing_yet)
allow("concern.see", TEAM, same_team())
allow("concern.see_own", [Role.VOLUNTEER], _own_reports)
for _verb, (_states, _) in CONCERN_MOVES.items():
    if _verb not in {"add", "read", "insist"}:
        allow(f"concern.{_verb}", TEAM, same_team(), _states)
allow("concern.read", TEAM, same_team())
allow("concern.assign", TEAM, same_team())
allow("concern.search", TEAM, same_team())

allow("issue.see", TEAM, same_team())
allow("issue.see", [Role.PROGRAMME_MANAGER], _of_my_org)
allow("issue.see", [Role.NETWORK_COORDINATOR, Role.ANALYST], _public_of_my_org)
allow("issue.see", [Role.FOCAL_PERSON], _asked_of_my_committee)
allow("issue.see", [Role.VOLUNTEER], _in_my_village)
allow("issue.open", TEAM, same_team())
allow("issue.rewrite", TEAM, same_team(), ISSUE_MOVES["rewrite"][0])
allow("issue.approve", [Role.SUPERVISOR, Role.PROGRAMME_MANAGER], _of_another, ISSUE_MOVES["approve"][0])
allow("issue.raise", TEAM, same_team(), ISSUE_MOVES["raise"][0])
allow("issue.join", TEAM, same_team(), set(IssueState) - {IssueState.MERGED})
for _verb in ("name", "avoid", "border", "split", "tally"):
    allow(f"issue.{_verb}", TEAM, same_team(), set(IssueState) - {IssueState.MERGED})
# Also for the programme's manager: whoever answers for the register's corrections has to be able to put a wrong tie right.
allow("issue.tie", TEAM, same_team(), set(IssueState) - {IssueState.MERGED})
allow("issue.tie", [Role.PROGRAMME_MANAGER], _of_my_org, set(IssueState) - {IssueState.MERGED})
allow("issue.merge", TEAM, same_team(), ISSUE_MOVES["merge"][0])
allow("issue.escalate", TEAM, same_team(), {IssueState.DECLINED, IssueState.CONTESTED})
allow("issue.reopen", TEAM, same_team(), ISSUE_MOVES["reopen"][0])
allow("issue.reopen", [Role.VOLUNTEER], _in_my_village, ISSUE_MOVES["reopen"][0])
allow("issue.tally", [Role.VOLUNTEER], _in_my_village)
allow("issue.lift", [Role.FOCAL_PERSON], _before_my_committee, {IssueState.RAISED, IssueState.CONTESTED})
allow("deadline.set", [Role.PROGRAMME_MANAGER], same_org("pk"))
for _verb in ("commit", "decline", "finish"):
    allow(f"issue.{_verb}", [Role.FOCAL_PERSON], _before_my_committee, ISSUE_MOVES[_verb][0])
allow("issue.clear", [*TEAM, Role.PROGRAMME_MANAGER], _of_my_org)
for _verb in ("confirm", "contest"):
    allow(f"issue.{_verb}", [Role.VOLUNTEER], _in_my_village, ISSUE_MOVES[_verb][0])

allow("meeting.see", [Role.FOCAL_PERSON], _committee_of_mine)
allow("meeting.see", [*TEAM, Role.PROGRAMME_MANAGER], _committee_asked_by_us)
allow("meeting.plan", [Role.FOCAL_PERSON, *TEAM, Role.PROGRAMME_MANAGER], _nothing_yet)
for _verb, (_states, _) in MEETING_MOVES.items():
    allow(f"meeting.{_verb}", [Role.FOCAL_PERSON], _committee_of_mine, _states)
    allow(f"meeting.{_verb}", TEAM, _committee_asked_by_us, _states)
allow("issue.minute", [Role.FOCAL_PERSON], _before_my_committee, {IssueState.RAISED, IssueState.CONTESTED})
allow("issue.minute", TEAM, same_team(), {IssueState.RAISED, IssueState.CONTESTED})
allow("issue.proof", TEAM, same_team())
allow("issue.letter", TEAM, same_team(), PUBLIC_STATES)

# Whoever reads a team's concerns may bring more of them in: what a sheet says, each of them may read one by one anyway.
allow("import.make", TEAM, _nothing_yet)
allow("import.see", TEAM, same_team())
allow("import.read", TEAM, same_team(), IMPORT_MOVES["discard"][0])
for _verb in ("assign", "start", "part", "discard"):
    allow(f"import.{_verb}", TEAM, same_team(), IMPORT_MOVES[_verb][0])

# Whom to ask opens after a missed check-in, to the team and to who helped; the rest needs, besides, two keepers' shares.
HELPER = [Role.VOLUNTEER]
allow("plan.send", [*TEAM, *HELPER], _nothing_yet)
allow("plan.see", TEAM, same_team())
allow("plan.see_own", HELPER, _helped_to_make)
allow("plan.check_in", [*TEAM, *HELPER], same_team())
for _verb in ("contact", "call"):
    allow(f"plan.{_verb}", TEAM, same_team(), ALARM)
    allow(f"plan.{_verb}", HELPER, _helped_to_make, ALARM)
allow("plan.safe", TEAM, same_team(), PLAN_MOVES["safe"][0])
allow("plan.safe", HELPER, _helped_to_make, PLAN_MOVES["safe"][0] - {PlanState.RAISED})
allow("plan.end", TEAM, same_team(), PLAN_MOVES["end"][0])
for _verb in ("ask_open", "agree", "open"):
    allow(f"plan.{_verb}", TEAM, same_team(), CALLING)
