"""Any sequence of acts on an issue: the table is followed, no step lost, no level gone back, and who is avoided never sees it."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from

FIRST = datetime(2026, 3, 2, 5, tzinfo=UTC)
LEVELS = ("commune", "district", "province", "country", "regional", "international")
PLAIN = ("rewrite", "approve", "raise", "commit", "decline", "finish", "confirm", "contest")
OTHERS = ("escalate", "reopen", "lift", "border", "merge", "tally")
RUNS = settings(max_examples=12, stateful_step_count=16, deadline=None)


class LadderMachine(RuleBasedStateMachine):
    """One issue in a town with a committee on every level; time passes, levels are avoided, everything is tried by who may."""

    town = None

    @initialize()
    def begin(self):
        """A new issue."""
        from spean.kernel import clock

        self.days = 0
        with clock.at(FIRST):
            self.issue, self.other = self.town.issue(), self.town.issue()

    def now(self):
        """The clock on this machine's day."""
        from spean.kernel import clock

        return clock.at(FIRST + timedelta(days=self.days))

    @rule(verb=sampled_from(PLAIN))
    def step(self, verb):
        """A move that the table of an office or a village knows."""
        by = self.office() if verb in {"commit", "decline", "finish"} else None
        self.attempt(verb, lambda: self.town.step(self.issue.pk, verb, by))

    @rule(verb=sampled_from(OTHERS))
    def act(self, verb):
        """The other verbs."""
        from spean.kernel import clock
        from spean.voices.operations import joining, ladder, tallies

        worker, pk = self.town.actor("worker"), self.issue.pk
        acts = {
            "escalate": lambda: ladder.escalate(worker, pk),
            "reopen": lambda: ladder.reopen(worker, pk),
            "lift": lambda: ladder.lift(self.office(), pk, why_not="not_competent", what="ថ្នាក់លើ"),
            "border": lambda: ladder.across_border(worker, pk),
            "merge": lambda: joining.merge(worker, pk, self.other.pk),
            "tally": lambda: tallies.tally(worker, pk, {"women": 3}, on=clock.today(), sent_id=uuid4()),
        }
        self.attempt(verb, acts[verb])

    @rule(level=sampled_from(LEVELS[:4]))
    def avoid(self, level):
        """An official of that level is complained of."""
        from spean.voices.operations import ladder

        self.attempt("avoid", lambda: ladder.avoid(self.town.actor("worker"), self.issue.pk, level))

    @rule(days=integers(1, 60))
    def wait(self, days):
        """Days pass, and the daily task runs."""
        from spean.voices.operations import ladder

        self.days += days
        self.attempt("day", ladder.day)

    def office(self):
        """Whoever sits where the issue lies."""
        self.issue.refresh_from_db()
        name = {"commune": "focal", "": "focal"}.get(self.issue.level, self.issue.level)
        return self.town.actor(name)

    def attempt(self, verb, do):
        """Done, or refused and nothing changed."""
        from spean.kernel.errors import Refusal
        from spean.voices.enums import ISSUE_MOVES
        from spean.voices.models import Issue

        before = Issue.objects.get(pk=self.issue.pk)
        with self.now(), suppress(Refusal):
            do()
        after = Issue.objects.get(pk=self.issue.pk)
        if after.state != before.state:
            leaves, enters = ISSUE_MOVES["escalate" if verb in {"lift", "day", "avoid"} else verb]
            assert before.state in leaves, f"{verb} of what was {before.state}"
            assert after.state == enters, f"{verb} led from {before.state} to {after.state}"
        if before.level and LEVELS.index(after.level) < LEVELS.index(before.level):
            assert verb == "reopen", f"{verb} led from {before.level} back to {after.level}"

    @invariant()
    def steps_are_numbered_without_a_gap_and_the_last_says_the_state(self):
        """The ladder's story is whole."""
        if hasattr(self, "issue"):
            steps = list(self.issue.steps.order_by("position").values_list("position", "state"))
            self.issue.refresh_from_db()
            assert [n for n, _state in steps] == list(range(len(steps)))
            assert steps[-1][1] == self.issue.state

    @invariant()
    def who_is_avoided_never_sees_it(self):
        """Neither in a list nor by its door."""
        from spean.accounts import access
        from spean.voices.models import Issue

        if hasattr(self, "issue"):
            for level in self.issue.avoided.values_list("level", flat=True):
                actor = self.town.actor("focal" if level == "commune" else level)
                assert not access.visible(actor, "issue.see", Issue.objects.filter(pk=self.issue.pk)).exists()


def test_in_any_order_an_issue_follows_its_table_and_never_goes_back(town):
    from town import add_levels

    add_levels(town)
    run_state_machine_as_test(type("Ladder", (LadderMachine,), {"town": town}), settings=RUNS)


def test_nothing_is_closed_in_silence(town):
    """Each end of a concern says something to the person, whatever was done before."""
    from spean.kernel.errors import Refusal
    from spean.voices.models import Concern
    from spean.voices.operations import triage

    for words in ("", " ", "\n\t", "\u200b"):
        concern = town.concern(read=True)
        with suppress(Refusal):
            triage.close(town.actor("worker"), concern.pk, words, uuid4())
        assert Concern.objects.get(pk=concern.pk).state == "open", repr(words)
    triage.close(town.actor("worker"), concern.pk, "ចប់", uuid4())
    assert concern.messages.filter(kind="closing", direction="out").count() == 1
