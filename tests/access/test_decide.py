"""What the decision says beside yes and no: its reason, the refusal that fits, and the same 404 for missing and forbidden.

These are asked of a finished world and change nothing that lasts, so `make mutants` asks them of each mutant too.
"""

from dataclasses import replace
from uuid import uuid4

import pytest

from spean.accounts import access
from spean.accounts.access import PUBLIC, SYSTEM, Actor, Decision, Seat
from spean.accounts.enums import Role
from spean.kernel.errors import Conflict, NotAllowed, NotYours
from spean.voices.models import Concern, Issue

from .deciding import thing
from .world import World


@pytest.fixture
def world(same_world: World) -> World:
    """Made once for this file."""
    return same_world


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
