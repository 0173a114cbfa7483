"""`access.decide` and `access.visible`, asked by everybody about everything, against rules.csv."""

import pytest
from django.db import transaction

from spean.accounts import access
from spean.accounts.access import NONE, Decision
from spean.voices.models import Concern

from . import table
from .deciding import KINDS, actors, cells, thing, wanted
from .world import World


def violations(world: World, on: str) -> tuple[int, list[str]]:
    """(cells, what is wrong): each answer of `decide`, and that the list gives the same."""
    found = list(cells(world, on))
    return len(found), [wrong for wrong in found if wrong]


def test_every_action_has_its_line():
    missing = set(access.RULES) - {line.action for line in table.rules()}
    strange = {line.action for line in table.rules()} - set(access.RULES)

    assert not missing, f"write lines for these actions into tests/access/rules.csv: {sorted(missing)}"
    assert not strange, f"these actions of rules.csv do not exist: {sorted(strange)}"


@pytest.mark.parametrize("on", KINDS)
def test_the_decision_is_what_the_table_says_and_lists_agree(world, judge, on):
    judge(*violations(world, on))


@pytest.mark.parametrize("on", KINDS)
def test_what_a_page_offers_is_what_the_table_says(world, on):
    expected = wanted(on)
    verbs: dict[str, list[str]] = {}
    for action in sorted({action for action, _state in expected}):
        kind, verb = action.split(".")
        verbs.setdefault(kind, []).append(verb)
    for state in table.states("any", on):
        found = thing(world, on)
        if state:
            type(found).objects.filter(pk=found.pk).update(state=state)
        for name, actor in actors(world).items():
            for kind, known in verbs.items():
                may = {verb for verb in known if name in expected[f"{kind}.{verb}", state]}
                assert access.allowed(actor, kind, known, found) == may, f"{name} {kind} {state}"


def test_the_machinery_reports_a_role_that_may_too_much(world, monkeypatch):
    for action, where in (("concern.read", access.same_org("org_id")), ("issue.raise", access.same_org())):
        rule = access.Rule(action, frozenset({"analyst"}), where)
        monkeypatch.setitem(access.RULES, action, (*access.RULES[action], rule))

    concerns, issues = violations(world, "concern")[1], violations(world, "issue")[1]

    assert any(line.startswith("analyst@own concern.read") for line in concerns)
    assert any(line.startswith("analyst@same issue.raise") for line in issues)


def test_the_machinery_reports_a_role_that_may_too_little(world, monkeypatch):
    monkeypatch.setitem(access.RULES, "concern.see", ())

    assert any(line.startswith("case_worker@own concern.see") for line in violations(world, "concern")[1])


def test_the_machinery_reports_a_list_that_shows_more_than_the_door(world, monkeypatch):
    monkeypatch.setattr(access, "decide", lambda *_asked: Decision(allowed=False, reason="role"))

    assert any("the list True" in line for line in violations(world, "concern")[1])


def test_a_seat_that_ends_ends_every_permission_at_once(world):
    worker, concern = world.people["case_worker@own"], thing(world, "concern")
    assert access.decide(worker.actor(), "concern.read", concern).allowed

    with transaction.atomic():
        worker.user.memberships.update(state="ended")

    after = worker.actor()
    assert not any(access.decide(after, action, concern).allowed for action in access.RULES if action.startswith("concern."))
    assert not any(access.visible(after, a, Concern.objects.all()).exists() for a in access.RULES if a.startswith("concern."))


def test_what_has_no_rule_is_refused(world, monkeypatch):
    monkeypatch.setitem(access.RULES, "concern.new_verb", ())
    concern = thing(world, "concern")

    for person in world.people.values():
        assert not access.decide(person.actor(), "concern.new_verb", concern).allowed
        assert not access.visible(person.actor(), "concern.new_verb", Concern.objects.all()).exists()
    assert not Concern.objects.filter(NONE).exists()
