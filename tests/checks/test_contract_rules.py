"""Every sentence of the rules' own examples, in four languages; every check and clause says what it is about."""

import pytest

from spean.checks import contract
from spean.checks.contract import knowledge

CODES = [f"C{n:02d}" for n in range(1, 31)]
EXAMPLES = [
    (language, code, kind, sentence)
    for language in knowledge.LANGUAGES
    for code, entry in knowledge.read(f"examples/{language}.toml").items()
    for kind in ("raises", "nothing")
    for sentence in entry[kind]
]


@pytest.mark.parametrize(("language", "code", "kind", "sentence"), EXAMPLES)
def test_a_sentence_raises_what_it_should(language, code, kind, sentence):
    raised = [f.code for f in contract.check(sentence).findings]
    assert (code in raised) if kind == "raises" else (raised == [])


@pytest.mark.parametrize("language", knowledge.LANGUAGES)
def test_every_check_has_examples_of_both_kinds(language):
    examples = knowledge.read(f"examples/{language}.toml")
    assert [c for c in CODES if not (examples[c]["raises"] and examples[c]["nothing"])] == []


@pytest.mark.parametrize("language", knowledge.LANGUAGES)
def test_every_language_knows_every_check_and_every_clause(language):
    tongue = knowledge.tongue(language)
    assert sorted(tongue.rules) == [c for c in CODES if c != "C14"]  # a wage is compared, not looked for
    assert list(tongue.clauses) == list(knowledge.clauses()) == [f"M{n:02d}" for n in range(1, 21)]


def test_every_check_is_told_in_both_languages_with_its_source():
    meanings = knowledge.checks()
    assert list(meanings) == CODES
    empty = [(m.code, b) for m in meanings.values() for b in (m.name, m.why, m.ask) if not (b.km and b.en)]
    empty += [(m.code, b) for m in knowledge.clauses().values() for b in (m.name, m.ask) if not (b.km and b.en)]
    assert empty == []
    assert [m.code for m in meanings.values() if not m.source or not set(m.indicators) <= set(knowledge.indicators())] == []


def test_no_sentence_of_ours_says_safe():
    words = [
        w.casefold()
        for m in (*knowledge.checks().values(), *knowledge.clauses().values())
        for both in (m.name, m.why, m.ask)
        for w in both.en.replace(".", " ").split()
    ]
    assert {"safe", "safely", "guaranteed"} & set(words) == set()
    assert not any("សុវត្ថិភាព" in b.km for m in knowledge.checks().values() for b in (m.name, m.why, m.ask))


@pytest.mark.parametrize("name", ["checks", "clauses", "indicators", "floors", *(f"cues/{x}" for x in ("km", "th", "en", "ms"))])
def test_a_file_of_rules_says_where_it_is_from_and_that_its_review_is_pending(name):
    head = (knowledge.DATA / f"{name}.toml").read_text(encoding="utf-8").split("\n\n")[0]
    assert "domain.md" in head
    assert "PENDING" in head or name == "floors"
