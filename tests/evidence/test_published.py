"""What the public door reads."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from spean.evidence import operations, published
from spean.kernel import clock
from spean.kernel.errors import Invalid

MARCH = datetime(2026, 3, 1, 3, tzinfo=UTC)


def test_before_the_first_release_there_are_no_figures(country: None) -> None:
    assert published.figures() is None


def released(make_issue: Callable) -> None:
    make_issue(1, voices=12, state="confirmed", due_on=None)
    make_issue(2, voices=15, state="confirmed", due_on=None, commune="030101")
    make_issue(3, voices=20, commune="140201")
    with clock.at(MARCH):
        operations.release_month(date(2026, 2, 1))


def test_the_nation_by_province(make_issue: Callable) -> None:
    released(make_issue)
    found = published.figures()
    assert (found.period, found.released_on, found.threshold) == (date(2026, 2, 1), date(2026, 3, 1), 11)
    assert [(r.name_en, r.level, r.raised, r.answered, r.kept, r.overdue) for r in found.rows] == [
        ("Cambodia", "country", 47, 27, 27, 20),
        ("Kampong Cham", "province", 15, 15, 15, 0),
        ("Prey Veng", "province", 32, 12, 12, 20),
    ]


def test_a_province_by_district(make_issue: Callable) -> None:
    released(make_issue)
    found = published.figures("KH/14/")
    assert [(r.name_en, r.raised) for r in found.rows] == [("Prey Veng", 32), ("Ba Phnum", 12), ("Kamchay Mear", 20)]


def test_a_province_that_is_too_small_is_told_with_the_others(make_issue: Callable) -> None:
    make_issue(1, voices=5)
    make_issue(2, voices=6, commune="030101")
    with clock.at(MARCH), override("en"):
        operations.release_month(date(2026, 2, 1))
        rows = published.figures().rows
        assert published.figures("KH/14/").rows == rows
    assert [(r.name_en, r.raised, r.rolled_up) for r in rows] == [("Cambodia", 11, True)]
    assert rows[0].reason == "Told as a whole, because inside it fewer than 11 voices could be singled out."


def test_other_districts_are_named_in_both_languages(make_issue: Callable) -> None:
    rows = [{
        "path": "KH/14/", "parent": "KH/14/", "level": "district", "name_km": "ព្រៃវែង", "name_en": "Prey Veng",
        "rolled_up": True, "reason": "together", "raised": 20, "answered": 0, "kept": 0, "overdue": 0,
    }]  # fmt: skip
    with override("en"):
        row = published._figure_row(rows[0], 11)
    assert row.name_en == "Other districts of Prey Veng"
    assert "ព្រៃវែង" in row.name_km


def test_stories_are_paged_by_key(make_issue: Callable) -> None:
    for number in range(1, 26):
        operations.publish_issue(make_issue(number, moved_on=date(2026, 1, 9 + number % 3)).pk)
    first = published.stories()
    second = published.stories(after=first.after)
    assert (len(first.rows), len(second.rows), second.after) == (20, 5, "")
    assert {s.number for s in first.rows + second.rows} == set(range(1, 26))


def test_stories_of_a_place_and_a_kind(make_issue: Callable) -> None:
    operations.publish_issue(make_issue(1).pk)
    operations.publish_issue(make_issue(2, commune="030101").pk)
    assert [s.number for s in published.stories("KH/14/1401/").rows] == [1]
    assert [s.number for s in published.stories("KH/03/").rows] == [2]
    assert [s.number for s in published.stories(kind="debt").rows] == []
    assert [p[0] for p in published.places()] == ["KH/03/", "KH/03/0301/", "KH/14/", "KH/14/1401/"]


def test_a_story_speaks_the_readers_language(make_issue: Callable) -> None:
    operations.publish_issue(make_issue(1).pk)
    with override("en"):
        story = published.story(1)
    assert (story.title, story.place, story.state_label) == ("A title", "Ba Phnum, Prey Veng", "Waiting for an answer")
    assert (story.code, story.overdue, published.story(2)) == ("S-0001", True, None)
    with override("km"):
        assert published.story(1).title == "ចំណងជើង"


@pytest.mark.parametrize("cursor", ["x", "2026-01-01", "2026-01-01.x", "2026-01-01.១", "2026-13-01.1", "a.b.c"])
def test_a_broken_cursor_is_refused(country: None, cursor: str) -> None:
    with pytest.raises(Invalid):
        published.stories(after=cursor)
