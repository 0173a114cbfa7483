"""Whatever is done in whatever order, concerns and issues move as their tables say, and not otherwise."""

from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from

ISSUE_VERBS = ("rewrite", "approve", "raise", "commit", "decline", "finish", "confirm", "contest")
CONCERN_VERBS = ("read", "ask", "answer", "join", "pass", "close", "add")
RUNS = settings(max_examples=20, stateful_step_count=14, deadline=None)


class IssueMachine(RuleBasedStateMachine):
    """An issue, and the state that the table expects."""

    town = None

    @initialize()
    def begin(self):
        """A new one."""
        self.issue, self.state, self.steps = self.town.issue(), "draft", 1

    @rule(verb=sampled_from(ISSUE_VERBS))
    def act(self, verb):
        """Try one verb."""
        from spean.kernel.errors import Conflict, NotYours
        from spean.voices.enums import ISSUE_MOVES

        leaves, enters = ISSUE_MOVES[verb]
        if self.state in leaves:
            self.town.step(self.issue.pk, verb)
            self.state, self.steps = enters, self.steps + 1
        else:
            with pytest.raises((Conflict, NotYours)):
                self.town.step(self.issue.pk, verb)

    @invariant()
    def it_stands_where_the_table_says(self):
        """The database agrees."""
        if hasattr(self, "issue"):
            self.issue.refresh_from_db()
            assert (self.issue.state, self.issue.steps.count()) == (self.state, self.steps)


class ConcernMachine(RuleBasedStateMachine):
    """A concern, the state that the table expects, and the team that holds it."""

    town = None

    @initialize()
    def begin(self):
        """A new one."""
        from spean.voices.models import Concern
        from spean.voices.operations import intake

        sent = uuid4()
        self.code = intake.receive_public(self.town.report(), sent).code
        self.concern = Concern.objects.get(sent_hash=intake.sent_hash(sent))
        self.state, self.holder, self.other = "new", "worker", "stranger"

    @rule(verb=sampled_from(CONCERN_VERBS))
    def act(self, verb):
        """Try one verb."""
        from spean.kernel.errors import Conflict
        from spean.voices.enums import CONCERN_MOVES

        leaves, enters = CONCERN_MOVES[verb]
        if self.state in leaves:
            self.do(verb)
            self.state = enters
        elif verb in {"read", "add"}:  # always possible; they move it only from the states of the table
            self.do(verb)
        else:
            with pytest.raises(Conflict):
                self.do(verb)

    def do(self, verb):
        """The operation behind a verb, by the team that holds the concern."""
        from spean.voices.operations import joining, threads, triage

        actor, pk, sent = self.town.actor(self.holder), self.concern.pk, uuid4()
        acts = {
            "read": lambda: triage.read(actor, pk),
            "ask": lambda: triage.ask(actor, pk, "តើនៅឯណា?", sent),
            "answer": lambda: triage.answer(actor, pk, "បាទ", sent),
            "close": lambda: triage.close(actor, pk, "ចប់", sent),
            "join": lambda: joining.join(actor, pk, self.new_issue(actor)),
            "pass": self.hand_on,
            "add": lambda: threads.add_to_thread(self.code, "បន្ថែម", sent),
        }
        acts[verb]()

    def new_issue(self, actor):
        """An issue of the team that holds the concern."""
        from spean.voices.operations import issues

        words = issues.Summary("ក", "T", "ក", "S")
        team, place = actor.seats[0].team, self.town.place("14010101")
        return issues.open_issue(actor, team, kind="fees", places=[place], words=words, facts={}, concerns=(), sent_id=uuid4())

    def hand_on(self):
        """To the other team."""
        from spean.voices.operations import triage

        triage.pass_on(self.town.actor(self.holder), self.concern.pk, self.town.actor(self.other).seats[0].team)
        self.holder, self.other = self.other, self.holder

    @invariant()
    def it_stands_where_the_table_says(self):
        """The database agrees."""
        if hasattr(self, "concern"):
            self.concern.refresh_from_db()
            assert self.concern.state == self.state


@pytest.mark.parametrize("machine", [IssueMachine, ConcernMachine])
def test_everything_moves_as_its_table_says(town, machine):
    run_state_machine_as_test(type(machine.__name__, (machine,), {"town": town}), settings=RUNS)


def test_every_state_can_be_reached_and_every_verb_is_a_rule():
    from spean.accounts.access import RULES
    from spean.voices import enums

    for moves, states, first in (
        (enums.CONCERN_MOVES, enums.ConcernState, "new"),
        (enums.ISSUE_MOVES, enums.IssueState, "draft"),
    ):
        assert {enters for _leaves, enters in moves.values()} | {first} == set(states)
    assert {f"issue.{v}" for v in enums.ISSUE_MOVES} <= set(RULES)
    assert {f"concern.{v}" for v in enums.CONCERN_MOVES} - {"concern.add", "concern.insist"} <= set(RULES)
