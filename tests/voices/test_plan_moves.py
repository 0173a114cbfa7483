"""Whatever is done in whatever order, a plan moves as its table says; an alarm is raised once for each thing that happened."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
RUNS = settings(max_examples=12, stateful_step_count=14, deadline=None)


class PlanMachine(RuleBasedStateMachine):
    """A plan with three days to come, and what its owner, its team and the clock do."""

    town = None

    @initialize()
    def begin(self):
        """A new one; nothing of an earlier run is left to be due."""
        from spean.kernel import clock
        from spean.privacy.keystore import keystore
        from spean.voices.models import Plan
        from spean.voices.operations import plans

        keystore().note("plan-round", "")
        Plan.objects.exclude(state="closed").update(state="closed")
        self.moment, self.state, self.why, self.alarms = START, "running", "", 0
        draft = plans.Draft(
            destination="TH", leaves_on=date(2027, 3, 1), days=[date(2027, 3, d) for d in (3, 6, 9)],
            place=self.town.place("14010101"), grace="12",
        )  # fmt: skip
        with clock.at(self.moment):
            self.left = plans.leave(draft, uuid4())

    @rule(hours=integers(1, 40))
    def time_passes(self, hours):
        """And the timer calls; at most one step for each call."""
        from spean.kernel import clock
        from spean.voices.operations import plan_rounds
        from spean.voices.plan_enums import PLAN_MOVES

        self.moment += timedelta(hours=hours)
        with clock.at(self.moment):
            did = plan_rounds.hour()
        assert "stuck" not in did
        for what, verb in (("missed", "miss"), ("raised", "raise"), ("finished", "finish")):
            if did[what]:
                self.state = PLAN_MOVES[verb][1]
                if what == "raised":
                    self.alarms, self.why = self.alarms + 1, "missed"

    @rule(sign=sampled_from("12"), how=sampled_from(["link", "number", "digits", "volunteer"]))
    def sign(self, sign, how):
        """Sun or rain."""
        from spean.kernel import clock
        from spean.voices.operations import plan_signs

        with clock.at(self.moment):
            digits = self.left.sun if sign == "1" else self.left.rain
            {
                "link": lambda: plan_signs.by_link(self.left.link, sign),
                "number": lambda: plan_signs.by_number(self.left.code, sign),
                "digits": lambda: plan_signs.by_own_short_code(digits),
                "volunteer": lambda: plan_signs.by_short_code(self.town.actor("volunteer"), digits),
            }[how]()
            if sign == "2":
                self.alarms += self.why != "unsafe"  # nobody has seen to the last one, unless they said that the person is safe
                self.state, self.why = "raised", "unsafe"
            elif self.state in {"asked", "missed"}:
                self.state = "running"

    @rule(verb=sampled_from(["safe", "end", "close"]))
    def act(self, verb):
        """By the team, or by the owner."""
        from spean.kernel import clock
        from spean.kernel.errors import Conflict
        from spean.voices.operations import plan_keepers, plan_owner
        from spean.voices.plan_enums import PLAN_MOVES

        leaves, enters = PLAN_MOVES[verb]
        with clock.at(self.moment):
            if verb == "close":
                plan_owner.close(self.left.code)  # ended twice is ended once
            elif self.state in leaves:
                {"safe": plan_keepers.safe, "end": plan_keepers.end}[verb](self.town.actor("worker"), self.left.plan)
            else:
                with pytest.raises(Conflict):
                    {"safe": plan_keepers.safe, "end": plan_keepers.end}[verb](self.town.actor("worker"), self.left.plan)
                return
        self.state, self.why = enters, "" if verb == "safe" else self.why

    def plan(self):
        """As it stands in the table."""
        from spean.voices.models import Plan

        return Plan.objects.get(pk=self.left.plan)

    @invariant()
    def it_stands_where_the_table_says(self):
        """The database agrees; there are as many concerns as alarms; only who waits for something has an hour."""
        from spean.privacy.models import AuditEntry

        if hasattr(self, "left"):
            plan = self.plan()
            assert plan.state == self.state
            assert (plan.acts_on is None) == (plan.state in {"raised", "closed"})
            assert AuditEntry.objects.filter(subject_id=str(plan.pk), verb="plan.raise").count() == self.alarms


def test_a_plan_moves_as_its_table_says(town):
    run_state_machine_as_test(type("Plans", (PlanMachine,), {"town": town}), settings=RUNS)


def test_every_state_can_be_reached():
    from spean.voices.plan_enums import PLAN_MOVES, PlanState

    assert {enters for _leaves, enters in PLAN_MOVES.values()} | {"running"} == set(PlanState)
