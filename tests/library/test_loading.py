"""The files: loaded once however often, never over what a person wrote, and a slip in them changes nothing."""

import shutil
from dataclasses import replace
from uuid import uuid4

import pytest

from spean.kernel.claims import ClaimState
from spean.library import seeds
from spean.library.models import Fact, FactUse, LawQuestion, Step, Way
from spean.library.operations import facts
from spean.library.operations.loading import load
from spean.library.seeds import Faulty

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(seeds.DATA, tmp_path / "data")
    return tmp_path / "data"


def _edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _counts():
    return [kind.objects.count() for kind in (Fact, Way, Step, LawQuestion, FactUse)]


def test_everything_comes_in_as_nobody_has_checked_it():
    done = load()
    assert done["new"] == Fact.objects.count() > 80
    assert set(Fact.objects.values_list("state", flat=True)) == {ClaimState.UNVERIFIED}
    assert not Fact.objects.exclude(waiting=True).exists()
    assert {"thailand", "malaysia", "korea", "japan", "cambodia-garment", "warning-online"} <= set(
        Way.objects.values_list("slug", flat=True)
    )
    assert not Fact.objects.filter(source_tag="").exists()


def test_twice_is_once():
    load()
    before = _counts()
    done = load()
    assert (done["new"], done["renewed"], done["kept"]) == (0, 0, before[0])
    assert _counts() == before


def test_a_file_that_changed_renews_what_nobody_has_touched(folder):
    load(folder)
    _edit(folder / "facts/malaysia.toml", 'amount = "1700"', 'amount = "1750"')
    assert load(folder)["renewed"] == 1
    fact = Fact.objects.get(key="my.wage")
    assert (fact.amount, fact.state, fact.versions.count()) == ("1750", "unverified", 2)


def test_a_file_never_changes_what_a_person_has_touched(folder, town):
    fact = Fact.objects.get(key="my.wage")
    facts.propose(town.actor("manager"), fact.id, replace(facts.said_of(fact), amount="1800"), uuid4())
    _edit(folder / "facts/malaysia.toml", 'amount = "1700"', 'amount = "1750"')
    assert load(folder)["renewed"] == 0
    assert Fact.objects.get(key="my.wage").amount == "1700"


SLIPS = [
    ("facts/malaysia.toml", 'amount = "1700"', 'amount = "lots"'),
    ("facts/malaysia.toml", 'key = "my.wage"', 'key = "my wage"'),
    ("facts/malaysia.toml", 'key = "my.contract"', 'key = "my.wage"'),
    ("facts/malaysia.toml", 'unit = "myr_month"', 'unite = "x"'),
    ("ways/malaysia.toml", "{fact:my.wage}", "{fact:my.wages}"),
    ("ways/malaysia.toml", "{fact:my.wage}", "{fact: my.wage}"),
    ("ways/malaysia.toml", "{fact:my.wage}", ""),
    ("ways/malaysia.toml", 'destination = "MY"', 'destination = "XX"'),
    ("ways/malaysia.toml", '"my.contract"', '"my.nothing"'),
    ("ways/malaysia.toml", 'use = "card"', 'use = "cart"'),
    ("ways/malaysia.toml", "[glance]", "[glance"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_in_a_file_is_named_and_nothing_is_loaded(folder, slip):
    name, old, new = slip
    _edit(folder / name, old, new)
    with pytest.raises(Faulty) as caught:
        load(folder)
    assert name.split("/")[-1].split(".")[0] in str(caught.value)
    assert _counts() == [0, 0, 0, 0, 0]


def test_the_command_says_what_it_did(capsys, folder):
    from spean import cli

    assert cli.main(["library", "load"]) == 0
    assert "new facts" in capsys.readouterr().out
    _edit(folder / "law.toml", "{fact:law.act}", "{fact:law.nothing}")
    with pytest.raises(SystemExit, match=r"nothing was loaded"):
        cli.main(["library", "load", "--folder", str(folder)])
