"""What the decision says beside yes and no: its reason, the refusal that fits, and the same 404 for missing and forbidden.

These are asked of a finished world and change nothing that lasts, so `make mutants` asks them of each mutant too.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from spean.accounts import access
from spean.accounts.access import PUBLIC, SYSTEM, Actor, Decision, Seat
from spean.accounts.enums import Role
from spean.kernel.errors import Conflict, NotAllowed, NotYours
from spean.voices.models import Concern, Issue, IssueAvoid, IssuePlace, Step

from .deciding import thing
from .world import World, place

SEAT = Seat(team=uuid4(), org=uuid4(), role=Role.ANALYST, place_path="", org_kind="ngo", org_path="")


def test_the_reason_is_the_role_then_the_place_then_the_state(world: World) -> None:
    concern, worker = thing(world, "concern"), world.people["case_worker@own"].actor()
    Concern.objects.filter(pk=concern.pk).update(state="open")

    def asked(name: str) -> Decision:
        return access.decide(world.people[name].actor(), "concern.answer", concern)

    assert asked("case_worker@own") == Decision(allowed=True, reason="rule")
    assert asked("case_worker@same") == Decision(allowed=False, reason="place")
    assert asked("analyst@own") == asked("stranger") == asked("seatless") == Decision(allowed=False, reason="role")
    Concern.objects.filter(pk=concern.pk).update(state="closed")
    assert asked("case_worker@own") == Decision(allowed=False, reason="state")
    assert asked("case_worker@same") == Decision(allowed=False, reason="place")
    assert access.decide(worker, "concern.read", concern).allowed


def test_the_refusal_fits_the_reason(world: World) -> None:
    concern = thing(world, "concern")
    Concern.objects.filter(pk=concern.pk).update(state="closed")
    for name, refusal in (("case_worker@own", Conflict), ("case_worker@same", NotYours), ("analyst@own", NotAllowed)):
        with pytest.raises(refusal) as raised:
            access.require(world.people[name].actor(), "concern.answer", concern)
        assert raised.type is refusal
    Concern.objects.filter(pk=concern.pk).update(state="open")
    access.require(world.people["case_worker@own"].actor(), "concern.answer", concern)


def test_what_is_fetched_is_what_may_be_seen_and_missing_is_as_forbidden(world: World) -> None:
    concern, every = thing(world, "concern"), Concern.objects.all()
    other, worker = thing(world, "concern", "B"), world.people["case_worker@own"].actor()
    Concern.objects.filter(pk=concern.pk).update(state="open")

    assert access.get(worker, "concern.see", every, concern.pk) == concern
    assert access.get(worker, "concern.see", every, concern.pk, to="concern.answer") == concern
    for pk in (other.pk, uuid4()):
        with pytest.raises(NotYours) as raised:
            access.get(worker, "concern.see", every, pk)
        assert raised.type is NotYours
    with pytest.raises(NotYours):
        access.get(worker, "concern.see", Concern.objects.exclude(pk=concern.pk), concern.pk)
    Concern.objects.filter(pk=concern.pk).update(state="closed")
    with pytest.raises(Conflict):
        access.get(worker, "concern.see", every, concern.pk, to="concern.answer")
    boss = world.people["programme_manager@own"].actor()
    with pytest.raises(NotAllowed):
        access.get(boss, "issue.see", Issue.objects.all(), world.ids["issue:A"], to="issue.raise")


def test_nobody_but_a_person_may_anything(world: World) -> None:
    concern = thing(world, "concern")
    for nobody in (PUBLIC, SYSTEM, None, world.people["stranger"].actor()):
        for action in access.RULES:
            assert not access.may(nobody, action)
        assert access.decide(nobody, "concern.read", concern) == Decision(allowed=False, reason="role")
        assert not access.visible(nobody, "concern.read", Concern.objects.all()).exists()
    assert (PUBLIC.audit_id, SYSTEM.audit_id, PUBLIC.seats) == ("public", "system", ())


def test_a_menu_asks_for_the_role_alone(world: World) -> None:
    may = {
        name: access.may(world.people[name].actor(), "concern.read") for name in ("case_worker@other", "analyst@own", "seatless")
    }

    assert may == {"case_worker@other": True, "analyst@own": False, "seatless": False}
    planners = {"focal_person@own", "case_worker@own", "supervisor@own", "programme_manager@own"}
    people = {name: person.actor() for name, person in world.people.items() if name.endswith("@own")}
    assert {name for name, actor in people.items() if access.may(actor, "meeting.plan")} == planners
    assert {name for name, actor in people.items() if access.may(actor, "concern.send")} == {"volunteer@own"}
    assert access.may(world.people["volunteer@own"].actor(), "issue.reopen")
    assert access.may(world.people["case_worker@own"].actor(), "issue.reopen")


def test_an_actor_is_known_by_seats_and_the_ring_is_told_to_nobody(world: World) -> None:
    other = replace(SEAT, org=uuid4(), role=Role.SUPERVISOR)
    actor = Actor(uuid4(), "Demo", (SEAT, other))

    assert actor.audit_id == actor.id
    assert actor.having([Role.SUPERVISOR]) == (other,)
    assert actor.having([Role.SUPERVISOR, Role.ANALYST]) == (SEAT, other)
    assert (actor.has(Role.ANALYST), actor.has(Role.VOLUNTEER, Role.SUPERVISOR), actor.has(Role.VOLUNTEER)) == (True, True, False)
    assert actor.orgs == {SEAT.org, other.org}
    secret = replace(actor, ring="a ring of keys")
    assert secret == actor
    assert "ring" not in repr(secret)
    assert (Actor(actor.id, "Demo").seats, Actor(actor.id, "Demo").ring) == ((), None)
    for thing_ in (actor, SEAT, PUBLIC, Decision(allowed=False, reason="role"), access.RULES["concern.read"][0]):
        with pytest.raises(AttributeError):
            thing_.reason = "nothing is changed after it was made"


def test_several_rules_of_an_action_are_alternatives_each_with_its_roles_and_states(world: World) -> None:
    action, kept = f"demo.{uuid4().hex}", dict(access.RULES)
    worker, manager = world.people["case_worker@own"].actor(), world.people["programme_manager@own"].actor()
    concern = thing(world, "concern")
    Concern.objects.filter(pk=concern.pk).update(state="open")
    try:
        access.allow(action, [Role.CASE_WORKER], access.same_team(), ["closed"])
        assert access.decide(worker, action, concern) == Decision(allowed=False, reason="state")
        access.allow(action, [Role.PROGRAMME_MANAGER], access.same_org("org_id"))
        assert access.decide(manager, action, concern) == Decision(allowed=True, reason="rule")
        assert access.decide(worker, action, concern) == Decision(allowed=False, reason="state")
        access.allow(action, [Role.CASE_WORKER], access.same_team("team_id"), ())
        assert access.decide(worker, action, concern) == Decision(allowed=False, reason="state")
        access.allow(action, [Role.CASE_WORKER], access.same_org("org_id"), ["open"])
        assert access.decide(worker, action, concern) == Decision(allowed=True, reason="rule")
        assert len(access.RULES[action]) == 4
        assert [r.states for r in access.RULES[action]] == [{"closed"}, None, frozenset(), {"open"}]
        assert {r.action for r in access.RULES[action]} == {action}
    finally:
        access.RULES.clear()
        access.RULES.update(kept)


# -- what the table of tests/access cannot say: people with two seats, memberships that ended, oneself ---------------------------


def several(world: World, *names: str) -> Actor:
    """One person with the seats of all these."""
    people = [world.people[name].actor() for name in names]
    return replace(people[0], seats=tuple(seat for person in people for seat in person.seats))


def test_a_membership_that_ended_is_ended_once_and_vouched_for_by_nobody(world: World) -> None:
    boss, other = world.people["supervisor@own"].actor(), world.people["supervisor@same"].actor()
    target, fresh = thing(world, "membership"), thing(world, "colleague")
    assert access.decide(boss, "membership.end", target).allowed
    assert access.decide(other, "colleague.vouch", fresh).allowed
    type(target).objects.filter(pk__in=[target.pk, fresh.pk]).update(state="ended")
    for actor, action, member in (
        (boss, "membership.end", target),
        (boss, "membership.hand_over", target),
        (other, "colleague.vouch", fresh),
    ):
        assert access.decide(actor, action, member) == Decision(allowed=False, reason="place")


def test_a_supervisor_vouches_for_supervisors_and_not_for_oneself(world: World) -> None:
    boss, fresh = world.people["supervisor@own"].actor(), thing(world, "colleague")
    kind = type(fresh).objects
    assert access.decide(boss, "colleague.vouch", fresh).allowed
    assert not access.decide(boss, "colleague.vouch", kind.get(pk=world.ids["membership:supervisor@own"])).allowed
    assert not access.decide(boss, "colleague.vouch", kind.get(pk=world.ids["membership:supervisor@other"])).allowed
    assert not access.decide(boss, "colleague.vouch", kind.get(pk=world.ids["membership:target"])).allowed


def test_a_person_with_two_seats_may_in_each_what_that_seat_may(world: World) -> None:
    both = several(world, "case_worker@own", "supervisor@other", "volunteer@same", "focal_person@other")
    concern, theirs = thing(world, "concern"), thing(world, "concern", "B")
    Concern.objects.filter(pk__in=[concern.pk, theirs.pk]).update(state="open")
    assert [access.decide(both, "concern.answer", c).allowed for c in (concern, theirs)] == [True, True]
    assert access.decide(both, "team.see", world.teams["B1"]).allowed
    assert not access.decide(both, "team.see", world.teams["A1"]).allowed
    boss = several(world, "supervisor@own", "organisation_administrator@other")
    seen = {name: access.decide(boss, "team.invite", world.teams[name]).allowed for name in ("A1", "A2", "B1", "C1")}
    assert seen == {"A1": True, "A2": False, "B1": True, "C1": False}


def sees(actor: Actor, pk: Any, *actions: str) -> list[bool]:
    """Whether this person may do these things to an issue."""
    issue = Issue.objects.get(pk=pk)
    return [access.decide(actor, action, issue).allowed for action in actions]


def test_a_committee_whose_official_is_complained_of_no_longer_sees_the_issue(world: World) -> None:
    pk, focal = world.ids["issue:A"], world.people["focal_person@own"].actor()
    Issue.objects.filter(pk=pk).update(state="raised")
    asked = ("issue.see", "issue.commit", "issue.lift", "issue.minute")
    other_level = replace(focal, seats=(replace(focal.seats[0], org_kind="district_committee"),))
    no_level = replace(focal, seats=(replace(focal.seats[0], org_kind="ngo"),))
    assert [sees(who, pk, *asked) for who in (focal, other_level, no_level)] == [[True] * 4] * 3
    avoided = IssueAvoid.objects.create(issue_id=pk, level="district", on=date(2026, 1, 1))
    assert [sees(who, pk, *asked) for who in (focal, other_level, no_level)] == [[True] * 4, [False] * 4, [True] * 4]
    IssueAvoid.objects.filter(pk=avoided.pk).update(level="commune")
    assert [sees(who, pk, *asked) for who in (focal, other_level, no_level)] == [[False] * 4, [True] * 4, [True] * 4]
    IssueAvoid.objects.filter(pk=avoided.pk).update(issue_id=world.ids["issue:B"])
    assert sees(focal, pk, *asked) == [True] * 4


def test_a_committee_that_was_asked_before_still_sees_and_can_do_nothing(world: World) -> None:
    pk, focal, theirs = world.ids["issue:A"], world.people["focal_person@own"].actor(), world.people["focal_person@other"].actor()
    above = world.teams["E1"].organisation_id
    Issue.objects.filter(pk=pk).update(state="raised", committee=above, level="district")
    Step.objects.filter(issue=pk).update(committee=None)
    asked = ("issue.see", "issue.commit", "issue.decline", "issue.lift")
    assert sees(focal, pk, *asked) == [False] * 4
    Step.objects.create(issue_id=pk, position=99, state="raised", on=date(2026, 1, 1), committee_id=focal.seats[0].org)
    assert [sees(who, pk, *asked) for who in (focal, theirs)] == [[True, False, False, False], [False] * 4]
    both = several(world, "focal_person@own", "focal_person@other")
    assert sees(both, pk, "issue.see") == [True]
    assert sees(both, world.ids["issue:B"], "issue.see", "issue.finish") == [True, True]
    Issue.objects.filter(pk=pk).update(state="merged")
    assert sees(focal, pk, *asked) == [False] * 4
    Issue.objects.filter(pk=pk).update(state="raised")
    IssueAvoid.objects.create(issue_id=pk, level="commune", on=date(2026, 1, 1))
    assert sees(focal, pk, *asked) == [False] * 4


def test_a_volunteer_sees_issues_of_the_village_and_of_what_holds_it_up_to_the_commune(world: World) -> None:
    pk, here = world.ids["issue:A"], world.people["volunteer@own"].actor()
    next_door, far = world.people["volunteer@same"].actor(), world.people["volunteer@other"].actor()
    Issue.objects.filter(pk=pk).update(state="raised")
    guest = replace(here, seats=(replace(here.seats[0], org=far.seats[0].org),))
    nowhere = replace(here, seats=(replace(here.seats[0], place_path=""),))
    two = replace(far, seats=(*far.seats, *here.seats))
    seen = {}
    for code in ("14010101", "140101", "1401", "14"):
        IssuePlace.objects.filter(issue=pk).update(place=place(code))
        seen[code] = [sees(who, pk, "issue.see", "issue.tally")[0] for who in (here, next_door, far, guest, nowhere, two)]
    assert seen == {
        "14010101": [True, False, False, False, False, True], "140101": [True, True, False, False, False, True],
        "1401": [False] * 6, "14": [False] * 6,
    }  # fmt: skip
    assert sees(far, world.ids["issue:B"], "issue.see", "issue.tally") == [True, True]


def test_meetings_are_seen_by_who_sits_there_and_by_who_asked(world: World) -> None:
    meeting, theirs = thing(world, "meeting"), thing(world, "meeting", "B")
    worker, focal = world.people["case_worker@own"].actor(), several(world, "focal_person@own", "focal_person@other")
    assert [access.decide(worker, "meeting.see", m).allowed for m in (meeting, theirs)] == [True, False]
    assert [access.decide(focal, "meeting.hold", m).allowed for m in (meeting, theirs)] == [True, True]
    Step.objects.filter(issue=world.ids["issue:A"]).update(committee=None)
    assert not access.decide(worker, "meeting.see", meeting).allowed


def test_nobody_approves_or_clears_what_they_wrote_themselves(world: World) -> None:
    pk, boss = world.ids["issue:A"], world.people["supervisor@own"].actor()
    Issue.objects.filter(pk=pk).update(state="draft", written_by=boss.id, approved_by=None)
    assert sees(boss, pk, "issue.approve", "issue.rewrite") == [False, True]
    assert sees(world.people["writer"].actor(), pk, "issue.approve") == [True]
    assert sees(world.people["supervisor@other"].actor(), pk, "issue.approve") == [False]
