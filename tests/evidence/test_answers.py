"""A half-year's answers, from the issues to the release: counted by grouped queries, told once, withheld when it must be."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from spean.accounts.models import Organisation
from spean.evidence import cohorts, figures, measures, operations
from spean.evidence.disclosure import ReleasedCell
from spean.evidence.models import Release
from spean.evidence.operations import _half_told_in
from spean.kernel import clock
from spean.places.models import Place
from spean.privacy.models import AuditEntry
from spean.voices.models import Issue

OCTOBER = datetime(2026, 10, 1, 3, tzinfo=UTC)
START, END = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def answered(make_issue: Callable) -> Callable[..., Issue]:
    """An issue with a first answer of some committee, so many days after it was raised on 5 January 2026."""
    seats = {"commune_committee": "140101", "district_committee": "1401", "regional_body": ""}
    committees = {
        kind: Organisation.objects.create(
            kind=kind, level="local", name_km="ក", name_en=kind, place=Place.objects.filter(code=code).first()
        )
        for kind, code in seats.items()
    }

    def make(number: int, days: int, kind: str = "commune_committee", **more) -> Issue:
        said = {k: more.pop(k) for k in ("answer", "until", "done_on", "heard") if k in more}
        issue = make_issue(number, state="committed", due_on=None, **more)
        first = issue.answers.create(
            committee=committees[kind], kind=said.get("answer", "commitment"), what="-",
            given_on=issue.raised_on + timedelta(days),
            until=said.get("until", date(2027, 1, 1)), done_on=said.get("done_on"), given_by=issue.written_by,
        )  # fmt: skip
        if "heard" in said:
            village = issue.places.get().place
            first.readings.create(place=village, volunteer=issue.written_by, outcome=said["heard"], on=date(2026, 6, 1))
        return issue

    return make


def counts(cohort) -> dict[tuple[str, str, str], tuple[int, int]]:
    return {(p.path, p.group, p.column): (p.voices, p.issues) for p in cohort.parts}


def test_voices_are_counted_by_the_level_and_days_of_the_first_answer(answered: Callable) -> None:
    answered(1, 10, voices=3)
    answered(2, 30, voices=4)
    answered(3, 31, "district_committee", voices=5)
    answered(4, 91, "regional_body", voices=6, commune="030101")
    answered(5, 200, voices=7)  # answered in the next half-year
    second = answered(6, 61, voices=2)
    second.answers.create(
        committee=second.organisation, position=1, kind="cannot", what="-", given_on=date(2026, 6, 1), given_by=second.written_by
    )
    with clock.at(OCTOBER):
        waits, _fates = measures.first_answers(START, END)
    assert counts(waits) == {
        ("KH/14/", "commune", "30"): (7, 2),
        ("KH/14/", "commune", "90"): (2, 1),
        ("KH/14/", "district", "60"): (5, 1),
        ("KH/03/", "beyond", "later"): (6, 1),
    }


def test_the_same_voices_by_what_became_of_the_answer(answered: Callable) -> None:
    answered(1, 10, voices=1, answer="cannot")
    answered(2, 10, voices=2, done_on=date(2026, 5, 1), heard="confirmed")
    answered(3, 10, voices=3, done_on=date(2026, 5, 1), heard="contested")
    answered(4, 10, voices=4, done_on=date(2026, 5, 1))
    answered(5, 10, voices=5, until=date(2026, 9, 30))
    answered(6, 10, voices=6, until=date(2026, 10, 1))
    with clock.at(OCTOBER):
        waits, fates = measures.first_answers(START, END)
    found = {column: voices for (_path, _group, column), (voices, _issues) in counts(fates).items()}
    assert found == {"refused": 1, "kept": 2, "broken": 3 + 5, "done": 4, "open": 6}
    assert sum(p.voices for p in waits.parts) == sum(p.voices for p in fates.parts) == 21


def test_the_queries_do_not_grow_with_the_issues(answered: Callable, django_assert_num_queries) -> None:
    answered(1, 10, voices=2)
    for _more in range(2):
        with clock.at(OCTOBER), django_assert_num_queries(8):
            measures.first_answers(START, END)
        with clock.at(OCTOBER), django_assert_num_queries(6):
            measures.voices_of(END)
        answered(2 + _more, 40, voices=2, commune="030101")


def test_a_half_year_is_told_with_september_and_never_again(answered: Callable) -> None:
    for number in range(4):
        answered(number + 1, 10, voices=10)
        answered(number + 11, 50, "district_committee", voices=10, commune="030101")
    with clock.at(OCTOBER):
        operations.release_month(date(2026, 9, 1))
        first = {r.table: r.cells for r in Release.objects.exclude(table="voices")}
        answered(30, 10, voices=20)
    with clock.at(OCTOBER + timedelta(days=31)):
        operations.release_month(date(2026, 10, 1))
    assert {r.table: r.cells for r in Release.objects.exclude(table="voices")} == first
    half = figures.half()
    assert (half.first, half.last, half.total) == (START, date(2026, 6, 30), 80)
    assert [(w.weeks, w.over, [s.voices for s in w.slices]) for w in half.waits] == [
        (2, False, [40, 0, 0, 0]),
        (6, False, [0, 40, 0, 0]),
    ]
    assert [(f.code, f.voices) for f in half.fates] == [("kept", 0), ("done", 0), ("open", 80), ("broken", 0), ("refused", 0)]


def test_a_median_of_two_issues_is_not_told(answered: Callable) -> None:
    for number in range(2):
        answered(number + 1, 10, voices=20)
    with clock.at(OCTOBER):
        operations.release_month(date(2026, 9, 1))
    assert [(w.total, w.weeks) for w in figures.half().waits] == [(40, 0)]


@pytest.mark.parametrize(
    ("told", "median"),
    [
        ([("30", 40), ("60", 40)], (4, False)),  # half of them by day 30
        ([("30", 11), ("60+90", 40)], (7, False)),  # 14.5 of the 40 that lie between day 30 and day 90: day 52
        ([("30", 11), ("60", 0), ("90+later", 40)], (8, True)),
        ([("30+60+90+later", 40)], None),
        ([("30", None), ("60", 40)], None),
    ],
)
def test_a_median_is_read_off_what_is_told(told: list, median: tuple | None) -> None:
    cells = [ReleasedCell(("commune",), tuple(columns.split("+")), voices) for columns, voices in told]
    assert [(m.weeks, m.over) for m in cohorts.median(cells)] == ([median] if median else [])


def test_what_cannot_be_protected_is_withheld_and_the_trail_says_so(answered: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    from spean.evidence import auditing

    answered(1, 10, voices=20)
    monkeypatch.setattr(auditing, "cohort_leaks", lambda *_: True)
    with clock.at(OCTOBER):
        operations.release_month(date(2026, 9, 1))
    assert [r.cells for r in Release.objects.filter(table__in=("answers", "promises"))] == [[], []]
    assert figures.half() is None
    entries = AuditEntry.objects.filter(verb="figures.withhold").values_list("reason", flat=True)
    assert sorted(entries) == ["answers.2026-01-01", "promises.2026-01-01"]


@pytest.mark.parametrize(
    ("following", "start"),
    [
        (date(2026, 10, 1), START),
        (date(2026, 9, 1), date(2025, 7, 1)),
        (date(2027, 4, 1), date(2026, 7, 1)),
        (date(2027, 3, 1), START),
    ],
)
def test_which_half_year_has_settled(following: date, start: date) -> None:
    assert _half_told_in(following) == start
