"""Texts made to take long: none takes long. The limit is wide, for a machine that is busy; the bench measures."""

import time

import pytest

from bench import contracts as fixtures
from spean.checks import contract
from spean.checks.contract import knowledge

LETTERS, SECONDS = 20_000, 5
WORDS = sorted(
    {
        w
        for lang in knowledge.LANGUAGES
        for r in knowledge.tongue(lang).rules.values()
        for c in (*r.E, *r.W)
        for n in c.needs
        for w in n
    }
)
SLOW = {
    "a contract many times": "\n".join(c.text for c in fixtures.contracts("en")),
    "every word of every cue": " ".join(WORDS),
    "one word": "employer ",
    "three words": "employer keeps worker passport not ",
    "heads without end": "the employer shall not keep the wage and passport:\n" + "(a) x\n" * 30,
    "wages": "wage 5 baht ",
    "conditions": "if the employer not ",
    "below": "\u17d2",
    "marks": "ก่ี",
    "accents": "a" + "\u0301" * 50,
    "digits": "1234567890",
    "points": "\n(a) ",
    "khmer": "និយោជករក្សាទុកលិខិតឆ្លងដែនមិន",
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_takes_long(name):
    text = (SLOW[name] * (LETTERS // len(SLOW[name]) + 1))[:LETTERS]
    began = time.process_time()
    contract.check(text)
    assert time.process_time() - began < SECONDS
