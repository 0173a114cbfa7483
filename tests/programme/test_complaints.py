"""Complaints about one of us, as an attacker: neither the person nor who leads them nor who holds their key sees one."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked, NotYours, Unavailable

NOON = datetime(2014, 12, 11, 12, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
WORDS = "The volunteer of Svay asked the mother for fifty dollars"


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


def outside(town):
    """A second team of the organisation, whose supervisor has its key: who is `stranger` elsewhere comes to work there."""
    from spean.accounts.models import Membership, Team
    from spean.privacy import keys

    org, own = town.teams["team"].organisation_id, town.users["stranger"]
    town.teams["second"] = Team.objects.create(organisation_id=org, name_km="ទីពីរ", name_en="Second")
    Membership.objects.create(user=own, team=town.teams["second"], role="supervisor", since=date(2014, 1, 1))
    keys.certify_user(town.rings["supervisor"], org, own.id)
    keys.make_team_key(town.rings["stranger"], org, town.teams["second"].id)


def make(town, by="worker", sent=None, **more):
    from spean.programme.operations import complaints

    said = {"about": town.teams["team"].id, "kind": "money", "words": WORDS, **more}
    return complaints.make(town.actor(by), said, sent or uuid4())


def test_a_complaint_goes_to_a_team_outside_and_is_looked_into(town):
    from spean.programme.operations import complaints
    from spean.programme.queries import complaints as queries

    outside(town)
    sent = uuid4()
    pk = make(town, sent=sent)
    assert make(town, sent=sent) == pk
    handler = town.actor("stranger")
    assert (queries.opened(handler, pk).words, queries.tiles(handler)[0].count) == (WORDS, 1)
    with pytest.raises(Locked):
        queries.opened(town.actor("stranger", locked=True), pk)
    with pytest.raises(Conflict):
        complaints.move(handler, pk, "close", "spoken")
    complaints.move(handler, pk, "take")
    with pytest.raises(Invalid):
        complaints.move(handler, pk, "close", "gossip")
    complaints.move(handler, pk, "close", "spoken")
    assert queries.tiles(handler)[0].count == 0


def test_the_line_neither_reads_nor_sees_it_by_rule_or_by_key(town):
    from spean.accounts.models import Membership
    from spean.programme.models import Complaint
    from spean.programme.queries import complaints

    outside(town)
    pk = make(town, by="supervisor")  # also who wrote it
    for name in ("supervisor", "worker", "volunteer", "faraway", "manager", "administrator", "officer"):
        actor = town.actor(name)
        with pytest.raises(NotYours):
            complaints.opened(actor, pk)
        with pytest.raises(NotYours):  # whatever the rules say: no key of that line reaches it
            actor.ring.data_key(pk)
        assert (complaints.complaints(actor).rows, [t.count for t in complaints.tiles(actor)] in ([], [0])) == ((), True)
    assert WORDS.encode() not in bytes(Complaint.objects.get().words)
    # who comes to work in the team that it is about, in whatever role, sees it no more
    Membership.objects.create(user=town.users["stranger"], team=town.teams["team"], role="analyst", since=date(2014, 1, 1))
    with pytest.raises(NotYours):
        complaints.opened(town.actor("stranger"), pk)


def test_without_a_team_outside_nothing_is_saved(town):
    from spean.accounts.models import Membership
    from spean.programme.models import Complaint

    with pytest.raises(Unavailable):
        make(town)
    outside(town)
    Membership.objects.create(user=town.users["volunteer"], team=town.teams["second"], role="analyst", since=date(2014, 1, 1))
    with pytest.raises(Unavailable):  # somebody of that team sits there too
        make(town)
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "field"), [({"kind": "gossip"}, "kind"), ({"words": " "}, "words"), ({"about": uuid4()}, "about")]
)
def test_what_is_wrong_is_said(town, wrong, field):
    with pytest.raises(Invalid) as refused:
        make(town, **wrong)
    assert field in refused.value.fields
    with pytest.raises(Invalid):  # nobody complains about another organisation's team here
        make(town, by="focal")


def test_its_words_go_two_years_after_it_was_closed(town):
    from spean.programme.models import Complaint
    from spean.programme.operations import complaints

    outside(town)
    pk, handler = make(town), town.actor("stranger")
    for verb in ("take", "close"):
        complaints.move(handler, pk, verb, "unfounded")
    with clock.at(NOON + timedelta(days=730)):
        assert complaints.erase_closed() == 0
    with clock.at(NOON + timedelta(days=733)):
        assert (complaints.erase_closed(), complaints.erase_closed()) == (1, 0)
    assert (bytes(Complaint.objects.get().words), Complaint.objects.get().outcome) == (b"", "unfounded")
