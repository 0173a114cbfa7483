"""Free places of a service: told of a day by who may, old after its days, never public."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from spean.directory import free
from spean.directory.models import Entry, FreePlaces
from spean.directory.operations import telling, writing
from spean.directory.queries import opened, public
from spean.directory.queries.free import Free, free_page, free_places, own_services
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.privacy.models import AuditEntry


@pytest.fixture
def shelter(publish, town, manager):
    """A confidential shelter of twelve places that the team runs."""
    pk = publish(needs=("shelter",), capacity=12, confidential=True)
    telling.name_desk(manager, pk, town.teams["team"].id)
    return pk


def tell(actor, pk, places, *, ago=0, sent=None):
    telling.tell_free(actor, pk, places, clock.today() - timedelta(days=ago), sent or uuid4())


def test_the_newest_day_counts_and_of_one_day_the_last_word(town, shelter):
    worker = town.actor("worker")
    for places, ago in ((3, 2), (5, 4), (0, 2)):
        tell(worker, shelter, places, ago=ago)
    on = clock.today() - timedelta(days=2)
    org = town.teams["team"].organisation.name
    assert free_places(town.actor("supervisor"), [shelter, uuid4()]) == {shelter: Free(0, on, 2, old=False, by=org)}


def test_it_grows_old_by_itself(town, shelter):
    tell(town.actor("worker"), shelter, 3)
    days = free.holds()
    for later, old in ((days, False), (days + timedelta(days=1), True)):
        with clock.at(clock.now() + later):
            assert free_places(town.actor("worker"), [shelter])[shelter].old is old


def test_a_word_sent_twice_is_one_and_another_persons_id_is_no_word(town, shelter, manager):
    sent = uuid4()
    tell(town.actor("worker"), shelter, 3, sent=sent)
    tell(town.actor("worker"), shelter, 0)
    tell(town.actor("worker"), shelter, 3, sent=sent)
    assert free_places(manager, [shelter])[shelter].places == 0
    with pytest.raises(Conflict):
        tell(manager, shelter, 3, sent=sent)


def test_the_desk_that_runs_it_and_the_editors_tell_it_and_nobody_else(town, shelter, manager, coordinator):
    for who in (manager, coordinator, town.actor("supervisor")):
        tell(who, shelter, 4)
    with pytest.raises(NotYours):
        tell(town.actor("stranger"), shelter, 4)
    telling.name_desk(coordinator, shelter, town.teams["partner"].id)
    tell(town.actor("stranger"), shelter, 1)
    with pytest.raises(NotYours):
        tell(town.actor("worker"), shelter, 4)
    assert [one.id for one in own_services(town.actor("stranger"))] == [shelter]
    assert own_services(town.actor("worker")) == own_services(manager) == ()


@pytest.mark.parametrize(("places", "ago", "field"), [(13, 0, "places"), (-1, 0, "places"), (3, -1, "on"), (3, 8, "on")])
def test_more_than_there_are_and_days_that_cannot_be_are_refused(town, shelter, places, ago, field):
    with pytest.raises(Invalid) as refused:
        tell(town.actor("worker"), shelter, places, ago=ago)
    assert (list(refused.value.fields), FreePlaces.objects.count()) == ([field], 0)


def test_only_an_editor_names_the_desk_and_only_one_that_works_with_cases(town, shelter, manager):
    with pytest.raises(NotAllowed):
        telling.name_desk(town.actor("supervisor"), shelter, town.teams["partner"].id)
    with pytest.raises(Invalid):
        telling.name_desk(manager, shelter, town.teams["committee"].id)
    telling.name_desk(manager, shelter, None)
    assert Entry.objects.get(pk=shelter).desk_id is None


def test_nobody_outside_reads_it_and_a_withdrawn_service_has_none(town, shelter, manager, client):
    def outside():
        page = re.sub(rb'nonce="[^"]*"', b"", client.get(f"/en/help/{shelter}/").content)
        return page, public.one(shelter), opened.service(shelter)

    before = outside()
    tell(town.actor("worker"), shelter, 9)
    assert outside() == before
    with pytest.raises(NotAllowed):
        free_places(town.actor("volunteer"), [shelter])
    writing.withdraw(manager, shelter)
    with pytest.raises(NotYours):
        free_page(town.actor("worker"), shelter)


def test_who_told_what_stands_in_the_trail(town, shelter):
    tell(town.actor("worker"), shelter, 9)
    kept = AuditEntry.objects.filter(verb="entry.tell_free").values_list("actor", "reason")
    assert list(kept) == [(str(town.actor("worker").id), f"9-{clock.today().isoformat()}")]


def test_a_desk_tells_it_on_its_page_and_is_told_what_is_wrong(town, shelter):
    client = town.client("worker")
    assert b"Free places" in client.get("/en/desk/referrals/").content
    at = f"/en/desk/directory/{shelter}/free/"
    answer = client.post(at, {"places": "13", "on": clock.today().isoformat(), "sent_id": str(uuid4())})
    assert (answer.status_code, b"There are 12 places in all." in answer.content) == (422, True)
    answer = client.post(at, {"places": "៣", "on": clock.today().isoformat(), "sent_id": str(uuid4())}, follow=True)
    assert b"3 of 12 places are free" in answer.content
    assert b"Save the desk" not in answer.content


def test_an_office_is_called_at_a_number_that_was_called_and_whose_place_is_no_secret(publish, town, manager, shelter):
    org = town.teams["team"].organisation_id
    unproven = publish(call=False)
    telling.name_desk(manager, unproven, town.teams["team"].id)
    assert public.office_number(org) == ""
    office = publish()
    telling.name_desk(manager, office, town.teams["team"].id)
    assert public.office_number(org) == public.one(office).numbers[0].shown
    assert public.office_number(town.teams["partner"].organisation_id) == ""
