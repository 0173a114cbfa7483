"""A small town: every state, whole trails, something to do for everybody, and nothing that is not its own thrown away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from spean.accounts.enums import OrganisationKind
from spean.accounts.models import Membership, Organisation, User
from spean.accounts.queries import actor_for
from spean.cases.models import Case
from spean.demo import casework, corpus, gathering, land, networking, people, programming, town, travelling
from spean.demo.people import PASSPHRASE
from spean.directory.models import Entry, Phone, Recruiter
from spean.directory.queries import public as helpers
from spean.evidence import published, reported
from spean.evidence.disclosure import ReleasedRow, leaks
from spean.evidence.models import PublishedIssue, Release, TeamRelease
from spean.kernel import clock
from spean.places.operations import load_countries, load_gazetteer
from spean.privacy import audit, keys
from spean.privacy.keystore import keystore
from spean.privacy.models import TreeHead
from spean.programme.models import Activity, Report
from spean.voices import queries
from spean.voices.enums import PUBLIC_STATES, ConcernState, IssueState, Kind
from spean.voices.models import Concern, Issue, IssueRecruiter, Plan
from spean.voices.operations import triage

NOW = datetime(2026, 10, 20, 5, tzinfo=UTC)


@pytest.fixture
def own_folders(settings: Any, tmp_path: Path) -> Path:
    """A data folder and a keystore that no other test knows."""
    settings.DATA_DIR, settings.KEYSTORE_DIR = tmp_path, tmp_path / "keystore"
    settings.SEALED_FILES_DIR = tmp_path / "sealed"
    settings.MEDIA_DIR = tmp_path / "media"
    return tmp_path


@pytest.fixture
def small_town(own_folders: Path, db: None) -> Iterator[None]:
    """Two hundred concerns, thirty issues."""
    load_countries()
    load_gazetteer()
    with clock.at(NOW):
        town.make(seed=7, size=0.1, now=NOW, progress=lambda *_: None)
        yield


def test_a_small_town_is_whole(small_town: None) -> None:
    """One town for all that is asked of it: building it takes seconds."""
    assert set(Concern.objects.values_list("state", flat=True)) == set(ConcernState)
    assert set(Issue.objects.values_list("state", flat=True)) == set(IssueState) - {IssueState.MERGED}
    assert Membership.objects.filter(role="volunteer").values("place").distinct().count() == 54
    committees = Organisation.objects.filter(kind__endswith="_committee").values_list("kind", flat=True)
    assert {k for k in OrganisationKind if k.endswith("_committee")} == set(committees)
    _nothing_is_wrong_with_the_trails()
    _stories_and_figures_are_out()
    _one_recruiter_has_a_number_and_another_none()
    _everybody_has_something_today()
    _only_invented_helpers_are_shown()
    _travel_plans_stand_where_they_should()
    _cases_stand_where_they_should()
    _the_worker_opens_what_came_last()


def test_travel_plans_and_cases_need_nothing_of_the_three_years(own_folders: Path, db: None) -> None:
    load_countries()
    load_gazetteer()
    with clock.at(NOW - timedelta(days=900)), keystore().batch():
        here = land.choose(Random(7))
        cast = people.gather(Random(7), here)
    with clock.at(NOW):
        travelling.furnish(here, NOW)
        networking.furnish(cast, NOW)
        casework.furnish(cast, here, NOW)
        gathering.furnish(cast, NOW)
        programming.furnish(cast, NOW)
    _reports_stand_where_they_should()
    _activities_stand_where_they_should()
    _travel_plans_stand_where_they_should()
    _cases_stand_where_they_should()


def _reports_stand_where_they_should() -> None:
    found = list(Report.objects.order_by("starts_on").values_list("state", "number", "version"))
    assert found == [("frozen", 1, 1), ("draft", None, 1)]


def _activities_stand_where_they_should() -> None:
    found = Activity.objects.order_by("on", "name_en").values_list("name_en", "state", "attended", "path")
    assert [one for one in found if one[0] != "Before you leave for work (invented)"] == [
        ("Anti-Human-Trafficking Day", "held", None, "KH/"),
        ("Parade and event, Kampong Cham", "held", None, "KH/03/"),
        ("Parade and event, Prey Veng", "held", None, "KH/14/"),
        ("A demonstration day (invented)", "planned", None, "KH/14/"),
    ]
    assert Activity.objects.get(state="reported").attended == 41


def _travel_plans_stand_where_they_should() -> None:
    assert sorted(Plan.objects.values_list("state", "why")) == [("missed", ""), ("raised", "unsafe"), ("running", "")]


def _cases_stand_where_they_should() -> None:
    found = Case.objects.filter(arrival=None).order_by("number").values_list("state", "risk", "indicated")
    assert set(found[6:]) == {("closed", "low", "")}  # who came home together, of whom a half-year was told
    assert TeamRelease.objects.exclude(cells=[]).values_list("table", flat=True).get() == "follow_ups"
    assert list(found[:6]) == [
        ("open", "high", "strong"), ("open", "now", "urgent"), ("open", "some", "strong"), ("closing", "low", ""),
        ("closed", "low", ""), ("open", "some", ""),
    ]  # fmt: skip


def _nothing_is_wrong_with_the_trails() -> None:
    reports = [audit.verify(org) for org in TreeHead.objects.values_list("org", flat=True)]
    assert [r.problems for r in reports if not r.ok] == []
    assert sum(r.size for r in reports) > 1000


def _stories_and_figures_are_out() -> None:
    assert PublishedIssue.objects.count() == Issue.objects.filter(state__in=PUBLIC_STATES).count()
    assert Release.objects.count() >= 34
    assert Release.objects.filter(table__in=("answers", "promises")).count() >= 8
    for release in Release.objects.filter(table="voices"):
        assert leaks([ReleasedRow(**row) for row in release.cells], release.threshold) == []
    assert published.figures().period.isoformat() == "2026-09-01"


def _one_recruiter_has_a_number_and_another_none() -> None:
    ties = IssueRecruiter.objects.values_list("recruiter__title_en", flat=True)
    assert sorted(ties) == ["Demo Agency Cloud", *["Demo Agency Wind"] * 3]
    told = {r.title_en: reported.of_recruiter(r.pk).total for r in Recruiter.objects.filter(title_en__in=set(ties))}
    assert (told["Demo Agency Wind"] >= 11, told["Demo Agency Cloud"]) == (True, 0)


def _everybody_has_something_today() -> None:
    with override("en"):
        counts = {
            name: {t.name: t.count for t in queries.today(actor_for(User.objects.get(username=name)))}
            for name in ("volunteer", "worker", "supervisor", "focal", "manager")
        }
    assert counts["volunteer"]["answers"] >= 3
    assert min(counts["volunteer"]["to_read_back"], counts["focal"]["to_answer"], counts["focal"]["overdue"]) >= 1
    assert min(counts["worker"][n] for n in ("danger", "new", "open", "waiting", "mine")) >= 1
    assert min(counts["supervisor"]["to_approve"] + counts["manager"]["to_approve"], counts["manager"]["committed"]) >= 1


def _only_invented_helpers_are_shown() -> None:
    shown = Entry.objects.filter(state="verified")
    assert shown.count() == shown.filter(demonstration=True).count() == 5
    assert set(Phone.objects.filter(state="verified").values_list("kind", flat=True)) == {"demonstration"}
    assert all(digits.startswith("000000") for digits in Phone.objects.filter(listed=True).values_list("digits", flat=True))
    assert Entry.objects.filter(state="unverified").count() >= 60
    assert [h.checked.overdue for h in helpers.find(helpers.Wanted(need="migrate")).rows] == [True]


def _the_worker_opens_what_came_last() -> None:
    user = User.objects.get(username="worker")
    assert user.check_password(PASSPHRASE)
    worker = actor_for(user, keys.unlock(user.id, PASSPHRASE))
    newest = queries.inbox(worker, view="new").rows[0]
    told = triage.read(worker, newest.id)
    assert told.told
    assert told.place["code"].startswith("14")


def test_every_kind_has_words_in_khmer() -> None:
    assert set(corpus.TOLD_KM) == set(Kind)
    patterns = [p for several in corpus.TOLD_KM.values() for p in several]
    assert len(patterns) == len(set(patterns)) >= 55


def test_data_of_others_is_left_alone(own_folders: Path, db: None) -> None:
    Organisation.objects.create(kind="ngo", level="local", name_km="ក", name_en="Real")
    for change in (town.wipe, town.build):
        with pytest.raises(town.NotOurs):
            change()
    assert Organisation.objects.count() == 1


def test_an_empty_folder_is_the_demos_to_use(own_folders: Path, db: None) -> None:
    town.require_ours()
    assert not town.is_ready()


def test_a_build_that_was_cut_short_is_not_ready(own_folders: Path) -> None:
    town.mark(state="building")
    assert not town.is_ready()
    town.mark(state="ready")
    assert town.is_ready()


def test_only_what_the_demo_made_is_thrown_away(own_folders: Path) -> None:
    theirs = own_folders / "keystore" / "letter.txt"
    town.keystore().put_token(uuid4())
    theirs.write_text("mine")
    (own_folders / "sealed").mkdir()
    town.forget_files()
    assert [p.name for p in (own_folders / "keystore").iterdir()] == ["letter.txt"]
    assert not (own_folders / "sealed").exists()
