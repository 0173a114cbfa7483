"""A day at the public door in any order: arrivals, proofs, floods, hours that pass. Nothing is lost, little is let through."""

import os
from collections import deque

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from spean.collect import flood, toll
from spean.collect.flood import Comer
from spean.kernel import memory as module
from spean.kernel.memory import memory
from spean.privacy.derivation import argon2id

pytestmark = pytest.mark.once
NEAR = st.sampled_from([b"village", b"town", b"office"])
LONG = st.sampled_from([1.0, 9.0, 31.0, 59.0, 61.0, 301.0, 601.0])


class _Clocked(RuleBasedStateMachine):
    """The machine's running clock is the test's."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 90_000.0
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(module.time, "monotonic", lambda: self.now)
        memory().forget()

    def teardown(self) -> None:
        self.patch.undo()
        memory().forget()

    @rule(seconds=LONG)
    def wait(self, seconds: float) -> None:
        self.now += seconds


class _Door(_Clocked):
    """Reports of three neighbourhoods; what is known of each is kept here in the plainest way."""

    def __init__(self) -> None:
        super().__init__()
        self.arrivals: deque[tuple[float, bytes, bytes]] = deque()
        self.unpaid: deque[tuple[float, bool]] = deque()  # let through in a flood without a proof: when, and whether pressing
        self.busy = 0.0  # when there was last more than is calm

    @rule(near=NEAR, words=st.sampled_from([b"a", b"b"]), pressing=st.booleans(), short=st.booleans(), paid=st.booleans())
    def one_comes(self, near: bytes, words: bytes, pressing: bool, short: bool, paid: bool) -> None:  # noqa: FBT001 - Hypothesis names them
        self._come(Comer(near, words, pressing, short, comparable=True), paid=paid)

    @rule(near=NEAR, many=st.sampled_from([5, 35, 130]), pressing=st.booleans())
    def many_come(self, near: bytes, many: int, pressing: bool) -> None:  # noqa: FBT001
        for _n in range(many):
            self._come(Comer(near, os.urandom(8), pressing, short=False, comparable=True), paid=False)

    def _come(self, comer: Comer, *, paid: bool) -> None:
        load, same = flood.arrive(comer)
        self.arrivals.append((self.now, comer.near, comer.alike))
        if load.all > flood.CALM:
            self.busy = self.now
        held = flood.is_held(comer, load, same, paid=paid)
        if not held and not paid and load.flood:
            self.unpaid.append((self.now, comer.pressing))
        self._judge(comer, held=held, paid=paid)

    def _judge(self, comer: Comer, *, held: bool, paid: bool) -> None:
        """From what came in two whole windows, which no estimate of one can pass."""
        near = self._seen(2 * flood.NEAR.seconds, near=comer.near)
        same = self._seen(2 * flood.SAME.seconds, alike=comer.alike)
        calm = self._seen(2 * flood.ALL.seconds) <= flood.CALM and self.now - self.busy > flood.ENDS_AFTER
        rare = same <= flood.SAME_MOST
        if rare and calm and (near <= flood.NEAR_FREE or comer.pressing):
            assert not held, "on an ordinary day everybody is heard, and whoever is in danger always"
        if rare and paid and comer.pressing:
            assert not held, "danger with a proof passes a flood"

    def _seen(self, seconds: float, *, near: bytes = b"", alike: bytes = b"") -> int:
        since = self.now - seconds
        return sum(at > since and near in {b"", n} and alike in {b"", a} for at, n, a in self.arrivals)

    @invariant()
    def little_is_let_through_without_a_proof(self) -> None:
        """Of three neighbourhoods, quiet and pressing ones have each their first few in ten minutes, at most twice counted."""
        for pressing in (False, True):
            recent = sum(at > self.now - flood.NEAR_QUIET.seconds and p == pressing for at, p in self.unpaid)
            assert recent <= 2 * 3 * flood.NEAR_QUIET_MOST

    @invariant()
    def a_flood_is_known_while_it_goes_on_and_then_ends(self) -> None:
        if self.busy and self.now - self.busy < flood.ENDS_AFTER - 5:
            assert flood.since()
        if self.now - self.busy > flood.ENDS_AFTER + 5:
            assert not flood.since()


class _Tolls(_Clocked):
    """Tokens and their proofs: each is good once, in its minute, for its neighbourhood."""

    tokens, proofs = Bundle("tokens"), Bundle("proofs")

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    @rule(target=tokens, near=NEAR, bits=st.integers(0, 4))
    def a_page_asks(self, near: bytes, bits: int) -> tuple[str, bytes, int, float]:
        return toll.issue(near, bits, chance=os.urandom(16)), near, bits, self.now

    @rule(target=proofs, token=tokens)
    def a_page_works(self, token: tuple[str, bytes, int, float]) -> tuple[str, bytes, float, str]:
        text, near, bits, began = token
        salt = bytes.fromhex(text.split(".")[3])
        for nonce in range(10_000):
            proof = f"{text}.{nonce}"
            if toll.zeros(argon2id(proof.encode(), salt, toll.PASSES, toll.KIBIBYTES)) >= bits:
                return proof, near, began, text
        raise AssertionError("no proof of four bits in ten thousand tries")

    @rule(proof=proofs)
    def it_is_sent(self, proof: tuple[str, bytes, float, str]) -> None:
        text, near, began, token = proof
        alive = self.now < int(began + toll.LIFE)
        late = self.now > began + toll.LIFE
        paid = toll.is_paid(text, near)
        if token in self.used or late:
            assert not paid
        elif alive:
            assert paid
        if paid:
            self.used.add(token)

    @rule(proof=proofs, near=NEAR, at=st.integers(0, 200), letter=st.sampled_from("0a.-٣"))
    def it_is_sent_by_another_or_changed(self, proof: tuple[str, bytes, float, str], near: bytes, at: int, letter: str) -> None:
        text, own, _began, token = proof
        changed = text[: at % len(token)] + letter + text[at % len(token) + 1 :]
        if changed != text:
            assert not toll.is_paid(changed, own)
        if near != own:
            assert not toll.is_paid(text, near)

    @rule(token=tokens)
    def no_work_is_sent(self, token: tuple[str, bytes, int, float]) -> None:
        assert not toll.is_paid(token[0], token[1])


TestDoor, TestTolls = _Door.TestCase, _Tolls.TestCase
TestDoor.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestTolls.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
