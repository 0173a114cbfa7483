"""Publishing an issue and releasing a month."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from spean.evidence import operations, published
from spean.evidence.measures import voices_of
from spean.evidence.models import PublishedIssue, Release
from spean.kernel import clock
from spean.kernel.errors import Conflict
from spean.privacy.models import AuditEntry
from spean.voices.models import IssueAvoid

MARCH = datetime(2026, 3, 1, 3, tzinfo=UTC)
FEBRUARY = date(2026, 2, 1)


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("index").values_list("verb", flat=True))


def test_a_public_issue_is_copied_once(make_issue: Callable) -> None:
    issue = make_issue(7)
    operations.publish_issue(issue.pk)
    operations.publish_issue(issue.pk)
    row = PublishedIssue.objects.get()
    assert (row.number, row.title_en, row.district.code, row.province.code) == (7, "A title", "1401", "14")
    assert verbs() == ["story.publish"]


def test_an_issue_that_is_not_public_is_taken_back(make_issue: Callable) -> None:
    issue = make_issue(7)
    operations.publish_issue(issue.pk)
    type(issue).objects.update(state="draft")
    operations.publish_issue(issue.pk)
    operations.publish_issue(issue.pk)
    assert (PublishedIssue.objects.count(), verbs()) == (0, ["story.publish", "story.withdraw"])


def test_a_draft_is_never_published(make_issue: Callable) -> None:
    operations.publish_issue(make_issue(7, state="approved").pk)
    assert not PublishedIssue.objects.exists()


@pytest.mark.parametrize(("cleared", "said"), [(False, ""), (True, "We will post the fee.")])
def test_an_answer_is_told_in_words_only_when_cleared(make_issue: Callable, *, cleared: bool, said: str) -> None:
    issue = make_issue(7, state="committed")
    issue.answers.create(
        committee=issue.organisation, kind="commitment", what="We will post the fee.", office="commune_chief",
        until=date(2026, 2, 9), given_on=date(2026, 1, 9), given_by=issue.written_by,
        cleared_by=issue.written_by if cleared else None,
    )  # fmt: skip
    operations.publish_issue(issue.pk)
    answer = published.story(7).answers[0]
    assert (answer.text, answer.kind, answer.until, answer.outcome) == (said, "commitment", date(2026, 2, 9), "")


def test_a_month_is_released_once_and_never_again(make_issue: Callable) -> None:
    make_issue(1, voices=12)
    with clock.at(MARCH):
        first = operations.release_month(FEBRUARY)
        make_issue(2, voices=12)
        assert operations.release_month(date(2026, 2, 28)) == first
    assert (Release.objects.filter(table="voices").count(), set(verbs())) == (1, {"figures.release"})
    assert len(verbs()) == Release.objects.count() == 4  # of recruiters, and the half-year that ended before, nothing is told


def test_a_month_that_is_not_over_is_refused(make_issue: Callable) -> None:
    with clock.at(MARCH), pytest.raises(Conflict):
        operations.release_month(date(2026, 3, 1))


def test_voices_fall_into_four_outcomes(make_issue: Callable) -> None:
    make_issue(1, voices=2, due_on=date(2026, 3, 9))
    make_issue(2, voices=3)
    make_issue(3, voices=4, state="contested", due_on=None)
    make_issue(4, voices=5, state="committed", due_on=date(2026, 3, 9))
    make_issue(5, voices=6, state="declined", due_on=None, commune="140201")
    make_issue(6, voices=7, state="confirmed", due_on=None, commune="030101")
    make_issue(7, voices=8, state="draft")
    make_issue(8, voices=9, raised_on=date(2026, 3, 1))
    with clock.at(MARCH):
        nation = voices_of(date(2026, 3, 1))
    cells = nation.outcomes
    assert (cells.waiting, cells.overdue, cells.answered, cells.kept) == (6, 3, 11, 7)
    assert {a.path: a.outcomes.total for a in nation.inside} == {"KH/03/": 7, "KH/14/": 20}
    assert {a.path: a.outcomes.total for a in nation.inside[1].inside} == {"KH/14/1401/": 14, "KH/14/1402/": 6}


def test_a_voice_behind_two_issues_is_one_voice(make_issue: Callable) -> None:
    first, second = make_issue(1, voices=2), make_issue(2, voices=0)
    for joined in first.joined.all():
        second.joined.create(concern=joined.concern, joined_by=first.written_by, on=date(2026, 1, 4))
    assert voices_of(FEBRUARY).outcomes.total == 2


def test_an_issue_of_two_districts_belongs_to_their_province(make_issue: Callable) -> None:
    from spean.places.models import Place

    issue = make_issue(1, voices=3)
    issue.places.create(place=Place.objects.get(code="140201"))
    operations.publish_issue(issue.pk)
    row = PublishedIssue.objects.get()
    assert (row.district, row.province.code) == (None, "14")
    province = voices_of(FEBRUARY).inside[0]
    assert (province.path, province.own.total, province.inside) == ("KH/14/", 3, ())


@pytest.mark.parametrize(
    ("level", "province", "district"), [("commune", True, True), ("district", True, False), ("province", False, False)]
)
def test_an_office_that_is_complained_of_is_not_named_by_its_place(
    make_issue: Callable, level: str, *, province: bool, district: bool
) -> None:
    issue = make_issue(7)
    IssueAvoid.objects.create(issue=issue, level=level, on=clock.today())
    operations.publish_issue(issue.pk)
    shown = PublishedIssue.objects.get()
    assert (shown.province_id is not None, shown.district_id is not None) == (province, district)
