"""Whole invented contracts in four languages: clean ones raise nothing, bad ones what is in them."""

import pytest

from bench import contracts as fixtures
from spean.checks import contract
from spean.checks.contract import Ending


@pytest.mark.parametrize("language", fixtures.LANGUAGES)
def test_a_clean_contract_full_of_prohibitions_raises_nothing_and_lacks_nothing(language):
    clean = [c for c in fixtures.contracts(language) if not c.raises]
    readings = [contract.check(c.text) for c in clean]
    assert len(clean) >= 10
    assert [[(f.code, f.spots[0].words) for f in r.findings] for r in readings] == [[]] * len(clean)
    assert {r.ending for r in readings} == {Ending.NONE_FOUND}
    assert [[m.code for m in r.missing] for r in readings] == [[]] * len(clean)
    assert {r.language for r in readings} == {language}


@pytest.mark.parametrize("language", fixtures.LANGUAGES)
def test_a_bad_contract_raises_what_is_in_it_and_nothing_else(language):
    bad = [c for c in fixtures.contracts(language) if c.raises]
    raised = [{f.code for f in contract.check(c.text).findings} for c in bad]
    assert len(bad) >= 10
    assert [sorted(c.raises - r) for c, r in zip(bad, raised, strict=True)] == [[]] * len(bad)
    assert [sorted(r - c.raises - c.may_raise) for c, r in zip(bad, raised, strict=True)] == [[]] * len(bad)


@pytest.mark.parametrize("language", fixtures.LANGUAGES)
def test_what_a_contract_lacks_is_told(language):
    pairs = [(c.lacks, {m.code for m in contract.check(c.text).missing}) for c in fixtures.contracts(language)]
    assert sum(len(lacks & told) for lacks, told in pairs) >= 0.9 * sum(len(lacks) for lacks, _told in pairs)
