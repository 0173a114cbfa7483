"""Today for who looks after people and the trail: each count opens the list that it counts."""

from django.urls import reverse


def tiles(town, name):
    """{tile's name: tile} of somebody's Today."""
    answer = town.client(name).get(reverse("desk:today"))
    return {t.name: t for t in answer.context["tiles"]}


def test_an_administrator_sees_who_waits_for_a_key_and_what_was_not_accepted(town):
    from spean.accounts import operations
    from spean.accounts.access import SYSTEM

    before = tiles(town, "administrator")["keys"].count
    token = operations.invite(SYSTEM, town.teams["team"], "case_worker")
    assert tiles(town, "administrator")["invitations"].count == 1
    words = {"username": "newcomer", "name": "Nobody Real", "password": "lantern orbit quietly mango", "language": "km"}
    operations.accept_invitation(token, **words)
    found = tiles(town, "administrator")
    page = town.client("administrator").get(f"{reverse('desk:people')}?{found['keys'].query}")

    assert (found["keys"].count, found["invitations"].count) == (before + 1, 0)
    assert [w.name for w in page.context["without_key"]].count("Nobody Real") == 1
    assert "Nobody Real" in page.content.decode()


def test_the_officer_sees_how_many_concerns_were_opened_today(town):
    from spean.voices.operations import triage

    triage.read(town.actor("worker"), town.concern().id)
    tile = tiles(town, "officer")["readings"]
    page = town.client("officer").get(f"{reverse('desk:trail')}?{tile.query}")
    another_day = town.client("officer").get(f"{reverse('desk:trail')}?verb=concern.read&day=2001-01-01")

    assert tile.count == len(page.context["found"].rows) == 1
    assert another_day.context["found"].rows == ()


def test_a_volunteer_has_none_of_it(town):
    assert not {"keys", "invitations", "readings"} & tiles(town, "volunteer").keys()
