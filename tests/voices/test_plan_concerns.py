"""From the concern that a plan raised to the plan, and back: for whom the rules let see the other end, and for nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock

from .test_plans import START, draft, left, plan_of, rounds

__all__ = ["left"]


def raised_by(plan):
    """The concerns of a plan's course, as its steps name them."""
    from spean.voices.models import PlanStep

    return list(PlanStep.objects.filter(plan=plan, concern__isnull=False).order_by("position").values_list("concern", flat=True))


def behind(actor, concern):
    from spean.voices.queries import plans

    return plans.plan_behind(actor, concern)


def shown(actor, plan):
    """What a plan's page links to: at its head, and in its course."""
    from spean.voices.queries import plans

    head = plans.plan_head(actor, plan)
    return head.concern, [s.concern for s in head.steps if s.concern]


@pytest.mark.parametrize("why", ["missed", "unsafe"])
def test_the_team_goes_both_ways(town, left, why):
    from spean.voices.operations import plan_signs

    made, worker = left(), town.actor("worker")
    if why == "missed":
        rounds(START + timedelta(days=12))
    else:
        plan_signs.by_link(made.link, "2")
    concern = plan_of(made).concern_id
    assert (plan_of(made).why, behind(worker, concern)) == (why, made.plan)
    assert shown(worker, made.plan) == (concern, [concern])


def test_an_earlier_concern_still_leads_to_its_plan(town, left):
    from spean.voices.operations import plan_keepers, plan_signs

    made, worker = left(), town.actor("worker")
    for _twice in range(2):
        plan_signs.by_link(made.link, "2")
        plan_keepers.safe(worker, made.plan)
    first, second = raised_by(made.plan)
    assert first != second
    assert [behind(worker, concern) for concern in (first, second)] == [made.plan] * 2
    assert shown(worker, made.plan) == (second, [first, second])


def test_nobody_else_learns_of_either_end(town, left):
    from spean.voices.operations import plan_signs

    made = left()
    plan_signs.by_link(made.link, "2")
    for other in ("stranger", "manager", "officer", "volunteer"):
        assert behind(town.actor(other), plan_of(made).concern_id) is None


def test_who_helped_sees_the_plan_and_no_way_to_the_concern(town):
    from spean.voices.operations import plan_signs, plans

    volunteer = town.actor("volunteer")
    with clock.at(START):
        made = plans.leave_with_help(volunteer, draft(town), uuid4())
    plan_signs.by_link(made.link, "2")
    assert shown(volunteer, made.plan) == (None, [])
    assert shown(town.actor("worker"), made.plan)[0] == plan_of(made).concern_id


def test_a_concern_that_was_passed_on_leads_neither_team_where_it_may_not_go(town, left):
    from spean.voices.models import Concern
    from spean.voices.operations import plan_signs

    made, worker, stranger = left(), town.actor("worker"), town.actor("stranger")
    plan_signs.by_link(made.link, "2")
    concern = plan_of(made).concern_id
    assert behind(stranger, concern) is None
    Concern.objects.filter(pk=concern).update(team=town.teams["partner"])
    assert shown(worker, made.plan) == (None, [])
    assert behind(stranger, concern) is None


def test_an_ordinary_concern_has_no_plan(town, left):
    from spean.voices.models import Concern
    from spean.voices.operations import intake

    left()
    intake.receive_public(town.report(), uuid4())
    assert behind(town.actor("worker"), Concern.objects.get().pk) is None
