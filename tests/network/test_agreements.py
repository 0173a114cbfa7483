"""Agreements: signed by one person of each side, nobody for two; in force between their days; readable by their sides alone."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

NOON = datetime(2026, 3, 20, 12, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
START, END = date(2026, 3, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def sides(town):
    """Both organisations are members; the partner's supervisor is their manager too; nothing is agreed yet."""
    from spean.accounts.models import Membership
    from spean.network.models import Agreement
    from spean.network.operations import members

    Agreement.objects.all().delete()
    own, other = (town.teams[name].organisation_id for name in ("team", "partner"))
    for org in (own, other):
        members.add(town.actor("coordinator"), org, members.MemberWords("KH", date(2020, 1, 1)), uuid4())
    Membership.objects.create(
        user=town.users["stranger"], team=town.teams["partner"], role="programme_manager", since=date(2020, 1, 1)
    )
    return own, other


def draft(sides, **more):
    from spean.network.operations.agreements import Draft

    known = {"data": ("referral",), "purposes": ("serve",), "starts_on": START, "ends_on": END, "number": "A/7"}
    return Draft(**{"of": sides[0], "others": (sides[1],), **known, **more})


def make(town, sides, by="manager", sent=None, **more):
    from spean.network.operations import agreements

    return agreements.make(town.actor(by), draft(sides, **more), sent or uuid4())


def move(town, pk, verb, by="manager", why=""):
    from spean.network.operations import agreements

    agreements.move(town.actor(by), pk, verb, why)


def signed(town, sides, **more):
    pk = make(town, sides, **more)
    move(town, pk, "offer")
    move(town, pk, "sign", "stranger")
    return pk


def state(pk):
    from spean.network.models import Agreement

    return Agreement.objects.get(pk=pk).state


def covered(sides, data="referral", purposes=("serve",)):
    from spean.network.queries import agreements

    return agreements.covers(*sides, data, purposes), agreements.covers(*reversed(sides), data, purposes)


def test_it_is_in_force_with_the_last_signature_and_both_trails_say_so(town, sides):
    from spean.network.queries import agreements
    from spean.privacy.models import AuditEntry

    sent = uuid4()
    pk = {make(town, sides, sent=sent) for _twice in range(2)}.pop()
    assert (state(pk), covered(sides)) == ("draft", (False, False))
    with pytest.raises(NotYours):  # what is being written the other side does not read
        agreements.agreement(town.actor("stranger"), pk)
    move(town, pk, "offer")
    assert (state(pk), covered(sides)) == ("offered", (False, False))
    assert [s.signed_by for s in agreements.agreement(town.actor("stranger"), pk).sides] == ["Demo Manager", ""]
    move(town, pk, "sign", "stranger")
    assert (state(pk), covered(sides)) == ("in_force", (True, True))
    assert set(AuditEntry.objects.filter(verb="agreement.begin", subject_id=str(pk)).values_list("org", flat=True)) == set(sides)
    with pytest.raises(NotYours):
        agreements.agreement(town.actor("volunteer"), pk)


def test_only_what_was_agreed_for_what_was_agreed_on_its_days(town, sides):
    signed(town, sides)
    assert covered(sides, "figures") == covered(sides, purposes=("learn",)) == (False, False)
    for day, holds in ((START - timedelta(1), False), (START, True), (END, True), (END + timedelta(1), False)):
        with clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=NOON.tzinfo)):
            assert covered(sides) == (holds, holds)


def test_each_side_signs_for_itself_and_nobody_for_two(town, sides):
    from spean.accounts.models import Membership

    pk = make(town, sides)
    for by, verb, refusal in (("worker", "offer", NotAllowed), ("stranger", "offer", NotYours), ("manager", "sign", Conflict)):
        with pytest.raises((refusal, NotYours) if by == "manager" else refusal):
            move(town, pk, verb, by)
    move(town, pk, "offer")
    Membership.objects.create(
        user=town.users["manager"], team=town.teams["partner"], role="programme_manager", since=date(2020, 1, 1)
    )
    for by in ("manager", "coordinator"):  # one has signed for the other side; of the other no side is left
        with pytest.raises(NotYours):
            move(town, pk, "sign", by)
    assert state(pk) == "offered"


def test_of_three_sides_all_sign(town, sides):
    from spean.accounts.models import Organisation
    from spean.network.models import Party
    from spean.network.operations import members

    third = Organisation.objects.create(kind="shelter", level="local", name_km="គ", name_en="Third")
    members.add(town.actor("coordinator"), third.id, members.MemberWords("TH", date(2020, 1, 1)), uuid4())
    pk = make(town, sides, others=(sides[1], third.id))
    move(town, pk, "offer")
    move(town, pk, "sign", "stranger")
    assert (state(pk), covered(sides)) == ("offered", (False, False))
    assert Party.objects.filter(agreement=pk, signed_by=None).count() == 1


@pytest.mark.parametrize(("verb", "by", "ends"), [("refuse", "stranger", "refused"), ("withdraw", "manager", "withdrawn")])
def test_what_is_not_in_force_is_refused_or_withdrawn_with_a_reason(town, sides, verb, by, ends):
    pk = make(town, sides)
    move(town, pk, "offer")
    with pytest.raises(Invalid):
        move(town, pk, verb, by)
    move(town, pk, verb, by, "change")
    assert state(pk) == ends
    with pytest.raises((Conflict, NotYours)):
        move(town, pk, "sign", "stranger")


def test_either_side_ends_it(town, sides):
    pk = signed(town, sides)
    move(town, pk, "end", "stranger", "not_kept")
    assert (state(pk), covered(sides)) == ("ended", (False, False))
    with pytest.raises(Conflict):
        move(town, pk, "end", "manager", "other")


@pytest.mark.parametrize(
    "more",
    [
        {"others": ()}, {"data": ()}, {"data": ("referral", "none")}, {"data": ("serve",)}, {"purposes": ()},
        {"ends_on": date(2026, 2, 1)}, {"ends_on": date(2033, 1, 1)}, {"of": uuid4()}, {"others": (uuid4(),)},
    ],
)  # fmt: skip
def test_what_is_strange_is_refused(town, sides, more):
    with pytest.raises(Invalid):
        make(town, sides, **more)


def test_nobody_writes_one_with_an_organisation_that_left_or_for_another(town, sides):
    from spean.network.models import Member

    with pytest.raises(Invalid):
        make(town, (sides[1], sides[0]))
    with pytest.raises(NotAllowed):
        make(town, sides, by="worker")
    Member.objects.filter(organisation=sides[1]).update(until=date(2025, 1, 1))
    with pytest.raises(Invalid):
        make(town, sides)


def test_it_is_changed_only_while_nobody_has_signed(town, sides):
    from spean.network.operations import agreements

    pk = make(town, sides)
    agreements.change(town.actor("coordinator"), pk, draft(sides, data=("figures",), purposes=("figures",)))
    move(town, pk, "offer")
    move(town, pk, "sign", "stranger")
    assert (covered(sides), covered(sides, "figures", ("figures",))) == ((False, False), (True, True))
    with pytest.raises(Conflict):
        agreements.change(town.actor("coordinator"), pk, draft(sides))


def test_today_tells_heads_what_waits_for_them_and_what_ends_within_60_days(town, sides):
    from spean.network.queries import agreements

    def counts(name):
        return [tile.count for tile in agreements.tiles(town.actor(name))]

    waits = make(town, sides)
    move(town, waits, "offer")
    pk = signed(town, sides)
    assert (counts("manager"), counts("stranger"), counts("worker")) == ([0, 0], [1, 0], [])
    assert [row.id for row in agreements.agreements(town.actor("stranger"), view="sign").rows] == [waits]
    with clock.at(datetime(2026, 11, 1, 12, tzinfo=NOON.tzinfo)):
        assert (counts("manager"), counts("coordinator")) == ([0, 1], [0, 1])
        assert [row.id for row in agreements.agreements(town.actor("manager"), view="soon").rows] == [pk]


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_takes_three_queries(town, sides, n, django_assert_num_queries):
    from spean.network.queries import agreements

    for _each in range(n):
        signed(town, sides)
    actor = town.actor("worker")
    with django_assert_num_queries(3):
        assert len(agreements.agreements(actor, view="in_force").rows) == n


def test_the_pages(town, sides):
    from spean.network.models import Member

    boss, other = town.client("manager"), town.client("stranger")
    typed = {"of": str(sides[0]), "others": [str(sides[1])], "data": ["referral"], "purposes": ["serve", "return"]}
    typed |= {"starts_on": "2026-03-01", "ends_on": "2026-12-31", "number": "A/7", "sent_id": str(uuid4())}
    assert boss.post(reverse("desk:agreement_new"), {**typed, "data": []}).status_code == 422
    made = boss.post(reverse("desk:agreement_new"), typed).url
    assert other.get(made).status_code == 404
    assert boss.post(f"{made}change/", {**typed, "number": "A/8"}).status_code == 302
    assert boss.post(f"{made}offer/").status_code == 302
    assert other.post(f"{made}refuse/", {}).status_code == 422
    assert other.post(f"{made}sign/").status_code == 302
    member = reverse("desk:member", args=[Member.objects.get(organisation=sides[1]).pk])
    assert made in town.client("worker").get(member).content.decode()
    assert "A/8" in town.client("worker").get(made).content.decode()
    assert made in other.get(f"{reverse('desk:agreements')}?view=in_force").content.decode()
    assert boss.post(f"{made}end/", {"why": "replaced"}).status_code == 302
