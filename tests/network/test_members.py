"""Members of the network: each organisation writes of itself, a coordinator of all; nobody's people are listed to others."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours

SINCE = date(2014, 1, 1)


@pytest.fixture(autouse=True)
def in_khmer():
    with translation.override("km"):
        yield


def words(**more):
    from spean.network.operations.members import MemberWords

    known = {"country": "KH", "since": SINCE, "works": ("inform", "return"), "served": ("women",), "languages": ("km", "en")}
    return MemberWords(**{**known, **more})


def add(town, team="team", by="coordinator", sent=None, **more):
    from spean.network.operations import members

    return members.add(town.actor(by), town.teams[team].organisation_id, words(**more), sent or uuid4())


def answers(town, pk, by="manager", sent=None, **said):
    from spean.network.operations import members

    return members.name(town.actor(by), pk, members.Answers(**said), sent or uuid4())


def test_a_member_is_written_once_and_read_by_every_desk(town):
    from spean.network.queries import members

    sent = uuid4()
    pk = {add(town, sent=sent) for _twice in range(2)}.pop()
    found = members.member(town.actor("stranger"), pk)

    assert (found.row.country, found.row.level, found.kept["works"]) == ("កម្ពុជា", "ថ្នាក់មូលដ្ឋាន", ["inform", "return"])
    assert (found.may, len(found.languages), len(found.served)) == (frozenset(), 2, 1)
    with pytest.raises(Invalid):
        add(town)  # it is one already
    with pytest.raises(NotAllowed):
        members.member(town.actor("stranger"), pk, to="member.change")
    with pytest.raises(NotYours):
        members.member(town.actor("volunteer"), pk)


def test_a_manager_adds_and_changes_their_own_organisation_alone(town):
    from spean.network.models import MemberCode
    from spean.network.operations import members

    with pytest.raises(Invalid):
        add(town, "partner", by="manager")
    with pytest.raises(NotAllowed):
        add(town, by="worker")
    pk, other = add(town, by="manager"), add(town, "partner", country="TH")
    members.change(town.actor("administrator"), pk, words(works=("demand",), until=date(2020, 1, 1)))
    assert sorted(MemberCode.objects.filter(member=pk, book="work").values_list("code", flat=True)) == ["demand"]
    with pytest.raises(NotYours):
        members.change(town.actor("manager"), other, words())
    members.change(town.actor("coordinator"), other, words(country="VN"))


@pytest.mark.parametrize(
    "more", [{"country": "XX"}, {"country": "14"}, {"until": date(2013, 1, 1)}, {"works": ("steal",)}, {"languages": ("inform",)}]
)
def test_what_is_strange_is_refused(town, more):
    with pytest.raises(Invalid):
        add(town, **more)


def test_people_are_named_by_their_own_organisation_and_a_telephone_number_by_nobody(town):
    from spean.network.operations import members as operations
    from spean.network.queries import members

    pk, far = add(town), add(town, "partner")
    worker, stranger = town.users["worker"].id, town.users["stranger"].id
    row = answers(town, pk, user=worker)
    office = answers(town, far, by="coordinator", office_en="Anti-trafficking office", address="office@example.org")
    assert [f.name for f in members.member(town.actor("worker"), far).focals] == ["Anti-trafficking office"]
    for wrong in ({"user": worker}, {"user": stranger}, {"office_en": "Desk"}, {"address": "a@example.org"}, {}):
        with pytest.raises(Invalid):
            answers(town, pk, **wrong)
    with pytest.raises(Invalid):  # a coordinator sees no names of another organisation
        answers(town, far, by="coordinator", user=stranger)
    for number in ("012 345 678", "+855-12-345-678", "១២៣៤៥៦៧៨៩"):
        with pytest.raises(Invalid):
            answers(town, pk, office_en="Desk", address=number)
    with pytest.raises(NotYours):
        operations.drop(town.actor("manager"), pk, office)
    operations.drop(town.actor("manager"), pk, row)
    assert members.member(town.actor("worker"), pk).focals == ()


def test_who_left_the_organisation_answers_no_more(town):
    from spean.accounts.models import Membership
    from spean.network.queries import members

    pk = add(town)
    answers(town, pk, user=town.users["worker"].id)
    Membership.objects.filter(user=town.users["worker"]).update(state="ended")
    assert [f.left for f in members.member(town.actor("manager"), pk).focals] == [True]


def test_both_trails_tell_what_a_coordinator_wrote_of_another_organisation(town):
    from spean.privacy.models import AuditEntry

    pk = add(town, "partner")
    found = AuditEntry.objects.filter(verb="member.add", subject_id=str(pk)).values_list("org", flat=True)
    assert set(found) == {town.teams["team"].organisation_id, town.teams["partner"].organisation_id}


def _crowd(n):
    from spean.accounts.models import Organisation
    from spean.network.models import Member, MemberCode
    from spean.places.models import Place

    place = {code: Place.objects.get(code=code, until=None) for code in ("KH", "TH")}
    for number in range(n):
        org = Organisation.objects.create(kind="ngo", level=("local", "regional")[number % 2], name_km="ក", name_en=f"N{number}")
        made = Member.objects.create(organisation=org, country=place["TH" if number % 3 == 2 else "KH"], since=SINCE)
        MemberCode.objects.create(member=made, book="work", code=("return", "demand")[number % 2])


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_takes_two_queries(town, n, django_assert_num_queries):
    from spean.network.queries import members

    _crowd(n)
    actor = town.actor("worker")
    with django_assert_num_queries(2):
        assert len(members.members(actor, {}).rows) == n


def test_the_list_is_paged_by_country_and_filtered(town):
    from spean.network.models import Member
    from spean.network.queries import members

    _crowd(30)
    actor, after, seen = town.actor("worker"), "", []
    for _page in range(2):
        found = members.members(actor, {"after": after})
        seen, after = [*seen, *found.rows], found.after
    assert (len({row.id for row in seen}), after) == (30, "")
    assert [row.country for row in seen] == sorted((row.country for row in seen), key=lambda name: name != "កម្ពុជា")
    for wanted in ({"country": "TH"}, {"level": "local"}, {"work": "demand"}):
        assert 0 < len(members.members(actor, wanted).rows) < 25
    assert members.members(actor, {"view": "left"}).rows == ()
    Member.objects.update(until=clock.today().replace(year=2014))
    assert len(members.members(actor, {"view": "left"}).rows) == 25
    with pytest.raises(Invalid):
        members.members(actor, {"after": "x"})


def test_the_pages(town):
    boss, worker = town.client("manager"), town.client("worker")
    org = str(town.teams["team"].organisation_id)
    typed = {"organisation": org, "country": "KH", "works": ["return"], "since": "2014-01-01", "sent_id": str(uuid4())}
    made = boss.post(reverse("desk:member_new"), typed)
    assert made.status_code == 302
    named = {"office_en": "Bridge desk", "address": "desk@example.org", "sent_id": str(uuid4())}
    assert boss.post(f"{made.url}focal/", {**named, "address": "012345678"}).status_code == 422
    assert boss.post(f"{made.url}focal/", named).status_code == 302
    assert "Bridge desk" in worker.get(made.url).content.decode()
    assert worker.get(f"{made.url}change/").status_code == 403
    assert boss.post(f"{made.url}drop/", {"row": "x"}).status_code == 404
    assert reverse("desk:member", args=[made.url.split("/")[-2]]) in worker.get(reverse("desk:network")).content.decode()
