"""The flood lane: equal words as one row, danger first; let through or set aside with a reason; nothing is deleted."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, NotYours


def held(town, alike=None, **more):
    return town.concern(held=True, alike=alike or uuid4(), **more)


def states(alike):
    from spean.voices.models import Concern

    return sorted(Concern.objects.filter(alike=alike).values_list("state", flat=True))


def test_what_is_under_review_stands_in_no_queue(town):
    from spean.voices import queries

    waiting, new = held(town), town.concern()
    worker = town.actor("worker")
    shown = {r.id for view in ("unfinished", "danger", "new", "open") for r in queries.inbox(worker, view=view).rows}
    assert shown == {new.id}
    assert [r.alike for r in queries.lane(worker).rows] == [waiting.alike]
    assert queries.lane_totals(worker) == queries.LaneTotals(1, 0)


def test_the_lane_shows_danger_first_then_the_rarest_words(town):
    from spean.voices import queries

    many, few, words, danger = (uuid4() for _n in range(4))
    for alike, times, more in ((many, 4, {}), (few, 1, {}), (words, 3, {"urgent_words": True}), (danger, 2, {"danger": "now"})):
        for _n in range(times):
            held(town, alike, **more)
    rows = queries.lane(town.actor("worker")).rows
    assert [(r.alike, r.count, r.pressing) for r in rows] == [(danger, 2, 2), (words, 3, 1), (few, 1, 0), (many, 4, 0)]


def test_a_long_lane_is_paged_by_key_in_one_query(town, django_assert_num_queries):
    from spean.voices import queries
    from spean.voices.models import Concern

    first = held(town)
    copies = [Concern(**{f: getattr(first, f) for f in COPIED}, alike=uuid4(), sent_hash=f"{n:064d}") for n in range(60)]
    Concern.objects.bulk_create(copies)
    seen, after, worker = [], "", town.actor("worker")
    for number in range(3):
        with django_assert_num_queries(1):
            page = queries.lane(worker, after=after)
        seen += [r.alike for r in page.rows]
        after = page.after
        assert bool(after) == (number < 2)
    assert len(set(seen)) == len(seen) == 61


COPIED = (
    "org_id", "team_id", "place_id", "kind", "danger", "happened", "answer_wish", "channel", "state", "received_on", "moved_on",
    "told",
)  # fmt: skip


def test_equal_words_in_the_queue_are_one_row_with_their_number(town, django_assert_max_num_queries):
    from spean.voices import queries

    alike = uuid4()
    for _n in range(3):
        town.concern(alike=alike)
    held(town, alike)
    apart = [town.concern(alike=uuid4()), town.concern(envelope=b"", alike=None)]
    worker = town.actor("worker")
    with django_assert_max_num_queries(4):
        rows = queries.inbox(worker).rows
    assert sorted(r.times for r in rows) == [1, 1, 4]
    assert {c.id for c in apart} < {r.id for r in rows}


def test_what_was_sealed_in_pages_is_never_one_row(town):
    from spean.voices import queries
    from spean.voices.models import Concern

    alike = uuid4()
    for _n in range(3):
        town.concern(alike=alike)
    Concern.objects.update(sealed_in_page=True)
    assert [r.times for r in queries.inbox(town.actor("worker")).rows] == [1, 1, 1]


def test_words_that_ask_for_help_stand_after_danger_and_before_the_rest(town):
    from spean.voices import queries

    rest, words, danger = town.concern(), town.concern(urgent_words=True), town.concern(danger="now")
    assert [r.id for r in queries.inbox(town.actor("worker")).rows] == [danger.id, words.id, rest.id]


def test_one_is_let_through_or_set_aside_and_the_trail_says_so(town):
    from spean.privacy import audit
    from spean.voices.operations import lane

    one, other, worker = held(town), held(town), town.actor("worker")
    lane.release(worker, one.id)
    lane.set_aside(worker, other.id, "advert")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state, other.aside_for) == ("new", "set_aside", "advert")
    said = {(e.verb, e.subject_id, e.reason) for e in audit.entries(one.org_id, actor=worker.id)}
    assert said == {("concern.release", str(one.id), ""), ("concern.set_aside", str(other.id), "advert")}
    lane.release(worker, other.id)
    with pytest.raises(Conflict):
        lane.release(worker, other.id)


def test_a_group_is_moved_by_one_line_of_the_trail_and_only_what_waits(town):
    from spean.privacy import audit
    from spean.voices.operations import lane

    alike, worker = uuid4(), town.actor("worker")
    kept = town.concern(alike=alike, read=True)
    for _n in range(3):
        held(town, alike)
    assert lane.set_aside_group(worker, alike, "same") == 3
    assert states(alike) == ["open", "set_aside", "set_aside", "set_aside"]
    assert lane.release_group(worker, alike) == 3
    assert states(alike) == ["new", "new", "new", "open"]
    said = [(e.verb, e.subject_id, e.reason) for e in audit.entries(kept.org_id, subject=alike)]
    assert said == [("concern.release", str(alike), "group.3"), ("concern.set_aside", str(alike), "same.3")]


def test_another_teams_group_is_nobodys(town):
    from spean.voices import queries
    from spean.voices.operations import lane

    alike = uuid4()
    held(town, alike)
    for who in ("stranger", "volunteer", "manager", "officer"):
        with pytest.raises(NotYours):
            queries.group_page(town.actor(who), alike)
        with pytest.raises(NotYours):
            lane.release_group(town.actor(who), alike)
    assert states(alike) == ["held"]


def test_reading_leaves_it_under_review(town):
    from spean.voices.operations import triage

    concern = held(town)
    assert triage.read(town.actor("worker"), concern.id).told == "ឈ្មួញយកលុយ ៥០០ ដុល្លារ"
    concern.refresh_from_db()
    assert concern.state == "held"


@pytest.mark.parametrize(("before", "after"), [("held", "held"), ("set_aside", "held"), ("open", "open"), ("closed", "open")])
def test_what_the_person_adds_brings_back_what_was_set_aside(town, before, after):
    from spean.voices.models import Concern
    from spean.voices.operations import intake, threads

    code = intake.receive_public(town.report(), uuid4()).code
    Concern.objects.update(state=before)
    threads.add_to_thread(code, "I am real", uuid4())
    assert Concern.objects.get().state == after


def test_what_is_set_aside_is_erased_after_a_year_and_what_waits_is_not(town):
    from spean.voices.models import Concern
    from spean.voices.operations import retention

    aside, waiting = held(town), held(town)
    Concern.objects.filter(pk=aside.pk).update(state="set_aside")
    Concern.objects.update(moved_on=clock.today() - timedelta(days=365))
    assert retention.erase_expired() == 0
    Concern.objects.update(moved_on=clock.today() - timedelta(days=367))
    assert retention.erase_expired() == 1
    waiting.refresh_from_db()
    assert waiting.told


# -- equal words -----------------------------------------------------------------------------------------------


def test_the_id_of_words_changes_with_the_day_and_follows_only_the_letters():
    from spean.voices import alike

    first = alike.mark("The broker took 500 dollars.")
    assert alike.mark("the  BROKER took 600 dollars!!") == first
    assert alike.mark("The broker took my passport.") != first
    assert alike.mark("ឈ្មួញយកលុយ ៥០០") == alike.mark("ឈ្មួញ យកលុយ ៦០០ ។")
    assert alike.mark("", [b"a"]) != alike.mark("", [b"b"])
    assert alike.mark("012 345") != alike.mark("012 346")
    with clock.at(clock.now() + timedelta(days=1)):
        assert alike.mark("The broker took 500 dollars.") != first


@pytest.mark.parametrize(
    ("told", "asks"),
    [
        ("ជួយផង", True), ("គេឃុំឃាំងខ្ញុំក្នុងបន្ទប់", True), ("They LOCKED US, help us!", True), ("we are trapped here", True),
        ("ឈ្មួញយកលុយ ៥០០ ដុល្លារ", False), ("a grape of drapery", False), ("", False), ("the office helps", False),
    ],
)  # fmt: skip
def test_words_that_ask_for_help_are_known(told, asks):
    from spean.voices import alike

    assert alike.asks_for_help(told) == asks
