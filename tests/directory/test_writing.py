"""Two people publish, every version is kept, and what is public is what the second one read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from spean.directory.models import Entry, Phone, Service, Version
from spean.directory.operations import writing
from spean.directory.queries import desk, public
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.privacy import audit

from .conftest import a_draft


def test_nobody_outside_reads_what_one_person_wrote(write):
    pk = write()
    assert public.find(public.Wanted()).rows == ()
    assert not Service.objects.exists()
    assert Entry.objects.get(pk=pk).state == "unverified"


def test_sent_twice_it_is_one_entry(manager, coordinator):
    sent = uuid4()
    assert writing.write(manager, a_draft(), sent) == writing.write(manager, a_draft(name_en="Other"), sent)
    assert Entry.objects.count() == Version.objects.count() == 1


@pytest.mark.parametrize("who", ["worker", "supervisor", "volunteer", "officer", "analyst", "focal"])
def test_only_managers_and_coordinators_write(town, who):
    with pytest.raises(NotAllowed):
        writing.write(town.actor(who), a_draft(), uuid4())


def test_a_second_person_publishes_and_never_the_writer(write, manager, coordinator):
    pk = write()
    with pytest.raises(NotAllowed):
        writing.publish(manager, pk, 1)
    writing.publish(coordinator, pk, 1)
    entry = Entry.objects.get(pk=pk)
    assert (entry.state, entry.checked_on, entry.valid_until) == (
        "verified", clock.today(), clock.today() + timedelta(days=writing.ENTRY_DAYS),
    )  # fmt: skip
    assert public.one(pk).name in {"Legal aid", "ជំនួយច្បាប់"}


def test_the_database_itself_refuses_a_version_of_one_person(write, manager):
    version = Version.objects.get(entry=write())
    version.published_by_id = manager.id
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_a_change_waits_while_the_old_words_stay_public(publish, coordinator, manager):
    pk = publish()
    writing.propose(coordinator, pk, a_draft(name_en="Legal aid and bail"))
    assert Service.objects.get(pk=pk).name_en == "Legal aid"
    with pytest.raises(NotAllowed):
        writing.publish(coordinator, pk, 2)
    writing.publish(manager, pk, 2)
    assert Service.objects.get(pk=pk).name_en == "Legal aid and bail"
    assert list(Version.objects.order_by("number").values_list("state", flat=True)) == ["replaced", "published"]


def test_a_change_that_is_sent_twice_waits_once(publish, coordinator):
    pk = publish()
    for _twice in range(2):
        writing.propose(coordinator, pk, a_draft(name_en="Legal aid and bail"))
    assert list(Version.objects.order_by("number").values_list("state", flat=True)) == ["published", "proposed"]


def test_what_was_proposed_since_is_not_published_unread(write, manager, coordinator):
    pk = write()
    writing.propose(manager, pk, a_draft(name_en="Later words"))
    with pytest.raises(Conflict):
        writing.publish(coordinator, pk, 1)
    writing.publish(coordinator, pk, 2)
    assert [v.draft.name_en for v in desk.entry_page(manager, pk).versions] == ["Later words", "Legal aid"]


def test_what_is_withdrawn_is_gone_at_once_and_can_come_back(publish, manager, coordinator):
    pk = publish()
    writing.withdraw(manager, pk)
    assert not Service.objects.exists()
    assert Version.objects.get(entry=pk).state == "withdrawn"
    writing.propose(manager, pk, a_draft())
    writing.publish(coordinator, pk, 2)
    assert public.one(pk).numbers != ()  # the call is still good


def test_still_true_begins_a_new_year_and_not_by_the_writer(publish, manager, coordinator):
    pk = publish()
    with clock.at(clock.now() + timedelta(days=writing.ENTRY_DAYS + 1)):
        assert public.one(pk).checked.overdue
        with pytest.raises(NotYours):
            writing.check(manager, pk)
        writing.check(coordinator, pk)
        assert not public.one(pk).checked.overdue


def test_every_act_stands_in_the_trail_of_who_acted(publish, manager, coordinator):
    pk = publish()
    writing.propose(coordinator, pk, a_draft(about_km="ក", about_en="A"))
    org = manager.seats[0].org
    verbs = [e.verb for e in audit.entries(org, subject=pk)]
    assert verbs == ["entry.propose", "entry.publish", "entry.write"]
    phone = Phone.objects.get(entry=pk)
    assert [(e.verb, e.reason) for e in audit.entries(org, subject=phone.id)] == [("phone.test", "right")]


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("name_km", {"name_km": ""}),
        ("source", {"source": " "}),
        ("about_en", {"about_km": "ក"}),
        ("needs", {"needs": ()}),
        ("needs", {"needs": ("nonsense",)}),
        ("areas", {"areas": ()}),
        ("areas", {"areas": ("99",)}),
        ("country", {"country": "XX"}),
        ("numbers", {"numbers": ("+1 888 373 7888",)}),
        ("numbers", {"numbers": ("012 311 112",) * 7}),
        ("confidential", {"confidential": True, "address_km": "ផ្ទះ ១", "address_en": "House 1"}),
        ("confidential", {"confidential": True, "place": "1401"}),
        ("closes", {"hours": "week", "days": ("MO",), "opens": "08:00", "closes": "25:00"}),
        ("closes", {"hours": "week", "days": ("MO",), "opens": "08:00", "closes": "08:00"}),
        ("days", {"hours": "week", "opens": "08:00", "closes": "17:00"}),
        ("age_to", {"age_from": 18, "age_to": 12}),
        ("website", {"website": "javascript:alert(1)"}),
        ("name_en", {"name_en": "Legal \u202eaid"}),
        ("name_en", {"name_en": "x" * 161}),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(manager, field, more):
    with pytest.raises(Invalid) as refused:
        writing.write(manager, a_draft(**more), uuid4())
    assert field in refused.value.fields
    assert not Entry.objects.exists()
