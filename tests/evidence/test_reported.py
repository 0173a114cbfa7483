"""Figures of recruiters from the tables to the page: ties counted once, told monthly, taken back when a tie was wrong."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from spean.evidence import measures, operations, reported
from spean.evidence.models import Release, ToldVoice
from spean.kernel import clock

MONTHS = [date(2026, n, 1) for n in range(1, 10)]


@pytest.fixture
def recruiters(make_issue):
    """Two recruiters of the register, as everybody may read about them."""
    from spean.directory.models import Recruiter

    more = {"kind": "agency", "country": "KH", "state": "verified", "written_on": MONTHS[0], "checked_on": MONTHS[0]}
    return [Recruiter.objects.create(number=n, key=f"r{n}", title_en=f"Demo {n}", **more).pk for n in (1, 2)]


@pytest.fixture
def tie(make_issue):
    """Makes a raised issue about a recruiter, with so many voices."""
    made = iter(range(1, 1000))

    def tying(recruiter, voices, **more):
        issue = make_issue(next(made), voices=voices, **more)
        if recruiter:
            issue.recruiters.create(recruiter_id=recruiter, tied_by=issue.written_by, on=MONTHS[0])
        return issue

    return tying


def tell(number: int) -> None:
    """The figures of a month, made on the fifth day of the next one."""
    with clock.at(datetime(2026, number + 1, 5, tzinfo=UTC)):
        operations.release_month(MONTHS[number - 1])


def shown(recruiter, number=9):
    with clock.at(datetime(2026, number, 5, tzinfo=UTC)):
        return reported.of_recruiter(recruiter)


def test_a_number_is_told_once_it_is_enough_and_moves_by_enough(tie, recruiters):
    star, moon = recruiters
    tie(None, 40)
    tie(star, 10)
    tell(1)
    assert shown(star).total == 0
    tie(star, 1)
    tell(2)
    assert (shown(star).total, shown(star).until, shown(moon).total) == (11, date(2026, 2, 28), 0)
    tie(star, 1)
    tell(3)
    assert shown(star).total == 11
    tie(star, 13, kind="unpaid_wages")
    tell(4)
    assert (shown(star).total, shown(star).others) == (25, 14)  # one of these 14 is of another kind
    assert ToldVoice.objects.count() == 25


def test_nothing_moves_between_two_releases(tie, recruiters):
    star, _moon = recruiters
    tie(None, 40)
    tie(star, 12)
    assert shown(star).total == 0
    tell(1)
    tie(star, 30)
    assert shown(star).total == 12


def test_what_is_not_raised_or_untied_or_came_later_is_not_counted(tie, recruiters):
    star, _moon = recruiters
    tie(star, 20, state="draft")
    tie(star, 20, raised_on=date(2026, 3, 1))
    tie(star, 5).recruiters.update(left_on=date(2026, 1, 9))
    tie(star, 3)
    (heard,) = measures.of_recruiters(date(2026, 2, 1))[0].each
    assert (heard.weigh().voices, sum(heard.places.values())) == (3, 3)


def put_behind(issue: Any, other: Any, on: date) -> None:
    """The voices of another issue stand behind this one too."""
    for joined in other.joined.all():
        issue.joined.create(concern=joined.concern, joined_by=other.written_by, on=on)


def test_a_voice_behind_two_issues_is_counted_for_one_recruiter(tie, recruiters):
    star, moon = recruiters
    first, second = tie(star, 12), tie(moon, 3)
    put_behind(second, first, MONTHS[0])
    counted, fresh = measures.of_recruiters(date(2026, 2, 1))
    assert {h.recruiter: h.weigh().voices for h in counted.each} == {str(star): 12, str(moon): 3}
    assert sorted(map(len, fresh.values())) == [3, 12]


def test_a_voice_that_was_told_stays_with_whom_it_was_told_of(tie, recruiters):
    star, moon = recruiters
    tie(None, 40)
    first, second = tie(moon, 0), tie(star, 14)
    tell(1)
    put_behind(first, second, MONTHS[0])
    tell(2)
    assert (shown(star).total, shown(moon).total) == (14, 0)


def test_a_tie_that_was_wrong_takes_the_number_back_with_the_next_figures(tie, recruiters):
    star, moon = recruiters
    tie(None, 60)
    tie(star, 12)
    wrong = tie(star, 2)
    tell(1)
    wrong.recruiters.update(left_on=date(2026, 2, 9))
    wrong.recruiters.create(recruiter_id=moon, tied_by=wrong.written_by, on=date(2026, 2, 9))
    assert shown(star).total == 14
    tell(2)
    assert (shown(star).total, shown(star).taken_back_on, ToldVoice.objects.count()) == (0, date(2026, 3, 5), 0)
    tell(3)
    assert shown(star).total == 0  # 12 lies too near to 14: two voices would be told
    tie(star, 13)
    tell(4)
    assert (shown(star).total, shown(star).kinds, shown(star).taken_back_on) == (25, (), date(2026, 3, 5))


def test_what_is_merged_is_counted_on_and_not_again(tie, recruiters):
    star, _moon = recruiters
    tie(None, 40)
    first, second = tie(star, 12), tie(star, 4)
    tell(1)
    put_behind(second, first, MONTHS[1])
    first.joined.update(left_on=MONTHS[1])
    first.state = "merged"
    first.save()
    tie(star, 11)
    tell(2)
    assert (shown(star).total, shown(star).taken_back_on, ToldVoice.objects.count()) == (27, None, 27)


def test_a_batch_is_shown_for_five_years(tie, recruiters):
    star, _moon = recruiters
    tie(None, 40)
    tie(star, 12)
    tell(1)
    for year, month, total in ((2030, 12, 12), (2031, 1, 0)):
        with clock.at(datetime(year, month, 2, tzinfo=UTC)):
            assert reported.of_recruiter(star).total == total


def test_the_page_takes_one_query_and_the_measure_as_many_for_one_recruiter_as_for_two(
    tie, recruiters, django_assert_num_queries
):
    star, moon = recruiters
    tie(None, 60)
    for about in (star, moon):
        tie(about, 12)
        with django_assert_num_queries(5):
            measures.of_recruiters(date(2026, 2, 1))
    tell(1)
    with django_assert_num_queries(1):
        shown(star)
    assert reported.of_recruiter(uuid4()).total == 0


def test_the_trail_tells_that_a_table_was_withheld_and_nobody_is_remembered(tie, recruiters, monkeypatch):
    from spean.evidence import auditing

    star, _moon = recruiters
    tie(None, 40)
    tie(star, 12)
    monkeypatch.setattr(auditing, "batches_leak", lambda *_: True)
    tell(1)
    assert Release.objects.get(table="recruiters").cells == []
    assert ToldVoice.objects.count() == 0
