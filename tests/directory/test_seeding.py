"""What a new installation begins with: whole, once, not checked, and shown to nobody."""

import pytest

from spean.directory.drafts import Draft, judge
from spean.directory.models import Entry, Phone, Service
from spean.directory.operations import seeding, writing
from spean.kernel.claims import ClaimState

from .conftest import a_draft

ROWS = [{"key": "a", **a_draft().body()}, {"key": "b", **a_draft(name_en="Another").body()}]


@pytest.mark.parametrize("row", seeding.read_seeds(), ids=lambda row: row["key"])
def test_each_row_of_the_file_can_be_kept(row):
    draft = Draft.of({name: value for name, value in row.items() if name != "key"})
    assert draft.unreadable == ()
    assert not draft.demonstration
    judge(draft)


def test_keys_are_of_one_row_each():
    keys = [row["key"] for row in seeding.read_seeds()]
    assert len(keys) == len(set(keys))


def test_loaded_twice_it_is_there_once_and_what_people_changed_stays(town, manager, coordinator):
    assert seeding.load_seeds(ROWS) == (2, 0)
    entry = Entry.objects.get(key="seed:a")
    writing.propose(manager, entry.id, a_draft(name_en="What we found out"))
    writing.publish(coordinator, entry.id, 2)
    assert seeding.load_seeds(ROWS) == (0, 2)
    assert Service.objects.get(pk=entry.id).name_en == "What we found out"


def test_nothing_of_it_is_public(town):
    seeding.load_seeds(ROWS)
    assert set(Entry.objects.values_list("state", flat=True)) == {ClaimState.UNVERIFIED}
    assert set(Phone.objects.values_list("state", "listed")) == {(ClaimState.UNVERIFIED, False)}
    assert not Service.objects.exists()
