"""A team's outcomes: counted without opening a seal, told once, in numbers of at least five persons that give nobody away."""

from collections import Counter
from datetime import UTC, date, datetime
from random import Random
from uuid import uuid4

import numpy as np
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from spean.evidence.cohorts import Beside
from spean.evidence.disclosure import Withheld, release
from spean.evidence.grids import Cohort, Named, Part
from spean.evidence.models import Table
from spean.evidence.register import FOLLOWED
from spean.kernel import clock
from spean.kernel.small import INSIDE_THRESHOLD

K = INSIDE_THRESHOLD
START, END = date(2027, 1, 1), date(2027, 7, 1)
TOLD_ON = datetime(2027, 8, 1, 3, tzinfo=UTC)
MONTHS = ("1", "3", "6", "12", "24")


def made_up(seed: int) -> Cohort:
    """Follow-ups of many or few persons, some of whom stand in several cells."""
    rng = Random(seed)
    rare, parts = rng.choice([0.05, 0.15, 0.4]), []
    for month in MONTHS[: rng.randint(1, 5)]:
        for column in FOLLOWED:
            n = rng.randint(0, K - 1) if rng.random() < rare else rng.randint(K, 40)
            persons = frozenset(f"{month}{column}{i if rng.random() < 0.8 else 0}" for i in range(n))
            if n:
                parts.append(Part(month, "", column, "", n, n, persons))
    named = tuple(Named(m, "line", "", "") for m in MONTHS if any(p.path == m for p in parts))
    return Cohort(Named("team", "team", "", ""), named, ("",), FOLLOWED, tuple(parts))


def told(cohort: Cohort, k: int = K):
    try:
        return release(Table.FOLLOW_UPS, START, cohort, k=k).rows
    except Withheld:
        return ()


def sums(cohort: Cohort, rows) -> list[tuple[set, int]]:
    """What a reader adds up: every told number as a sum over month and column."""
    every, alone = [p.path for p in cohort.provinces], [r.path for r in rows if r.parent and not r.reason]
    found = []
    for row in rows:
        lines = [row.path] if row.path in alone else [m for m in every if not row.parent or m not in alone]
        found.append(({(m, c) for m in lines for c in FOLLOWED}, row.total))
        found += [({(m, c) for m in lines for c in cell.columns}, cell.voices) for cell in row.cells if cell.voices is not None]
    return found


def recovered(cohort: Cohort, rows) -> int:
    """How many numbers from 1 to 4 a reader knows to within less than four, or knows to stand for somebody."""
    known = sums(cohort, rows)
    cells = sorted({cell for cover, _n in known for cell in cover})
    if not cells:
        return 0
    given_ = {"A_eq": np.array([[cell in cover for cell in cells] for cover, _n in known], float), "b_eq": [n for _c, n in known]}
    found = 0
    for n, (month, column) in enumerate(cells):
        if not 0 < cohort.weigh((("",), (column,)), [month]).voices < K:
            continue
        aim = np.eye(len(cells))[n]
        low, high = (s * linprog(s * aim, **given_, method="highs").fun for s in (1, -1))
        found += round(low, 6) >= 1 or round(high - low, 6) < K - 1
    return found


@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_no_small_number_of_a_team_can_be_worked_out(seed):
    cohort = made_up(seed)
    rows = told(cohort)
    assert recovered(cohort, rows) == 0
    for cover, n in sums(cohort, rows):
        persons = {p for part in cohort.parts if (part.path, part.column) in cover for p in part.persons}
        assert n == 0 or len(persons) >= K


def test_without_the_guard_the_same_reader_finds_them_and_with_it_much_is_told(record_property):
    """The positive control."""
    seen: Counter[str] = Counter()
    for cohort in map(made_up, range(60)):
        rows = told(cohort)
        seen["hidden"] += sum(c.voices is None for r in rows for c in r.cells)
        seen["told"] += sum(c.voices is not None for r in rows for c in r.cells)
        seen["without"] += recovered(cohort, told(cohort, k=1))
    for name, n in seen.items():
        record_property(f"attack: outcomes of teams, {name}", n)
    assert seen["without"] > 20
    assert seen["told"] > 50


def whole(*numbers: int, persons: int = 99) -> Cohort:
    parts = [
        Part("team", "", c, "", n, n, frozenset(f"{c}{i % persons}" for i in range(n)))
        for c, n in zip(FOLLOWED, numbers, strict=True)
        if n
    ]
    return Cohort(Named("team", "team", "", ""), (), ("",), FOLLOWED, tuple(parts))


def test_one_small_number_is_hidden_with_three_that_protect_it():
    """Each follow-up is another person's; three of those after six months were missed."""
    numbers = {(m, c): 20 + n for m in MONTHS for n, c in enumerate(FOLLOWED)} | {("6", "missed"): 3}
    parts = tuple(Part(m, "", c, "", n, n, frozenset(f"{m}{c}{i}" for i in range(n))) for (m, c), n in numbers.items())
    cohort = Cohort(Named("team", "team", "", ""), tuple(Named(m, "line", "", "") for m in MONTHS), ("",), FOLLOWED, parts)
    rows = told(cohort)
    assert sum(cell.voices is None for row in rows for cell in row.cells) == 4
    assert (recovered(cohort, rows), recovered(cohort, told(cohort, k=1))) == (0, 1)


def cells(rows) -> list[tuple[tuple[str, ...], int]]:
    return [(c.columns, c.voices) for row in rows for c in row.cells]


def test_neighbours_are_told_together_until_they_are_five_persons():
    assert cells(told(whole(9, 3, 2, 0))) == [(("on_time",), 9), (("late", "declined"), 5), (("missed",), 0)]
    assert cells(told(whole(2, 1, 1, 0))) == []
    assert cells(told(whole(9, 8, 7, 6, persons=3))) == [(("on_time", "late"), 17), (("declined", "missed"), 13)]


def test_signs_are_told_only_where_as_many_are_known_to_be_done():
    """Eight signs of six that are known to be done would say that at least two of the hidden ones were."""
    with pytest.raises(Withheld):
        release(Table.SIGNS, START, whole(8, 0, 0, 0), beside=Beside(most=6), k=K)
    assert release(Table.SIGNS, START, whole(8, 0, 0, 0), beside=Beside(most=8), k=K).rows[0].total == 8


# counted, with real cases


@pytest.fixture
def six(town):
    """Six persons who came home on 1 December: asked after one, three and six months."""
    from spean.cases.operations import following

    with clock.at(datetime(2026, 12, 1, 3, tzinfo=UTC)):
        cases = [town.case() for _n in range(6)]
        for case in cases:
            following.begin(town.actor("worker"), case.id, date(2026, 12, 1))
    return cases


def follow(town, case, month, on, verb="do", **more):
    from spean.cases.operations import following

    one = case.follow_ups.get(month=month)
    with clock.at(datetime(on.year, on.month, on.day, 3, tzinfo=UTC)):
        if verb == "do":
            said = following.Told("visit", "PLANTED words", {}, frozenset(more.get("signs", ())))
            following.do(town.actor("worker"), case.id, one.id, said, uuid4())
        else:
            getattr(following, verb)(town.actor("worker"), case.id, one.id, *more.get("why", ()))


def counted(town, table):
    from spean.evidence.outcomes import Span, cohort

    made = cohort(table, Span(town.teams["team"].id, START, END))
    return {(p.path, p.column): p.voices for p in made.parts}


def test_follow_ups_are_counted_by_month_and_what_became_of_them(town, six):
    first, second, third, *_rest = six
    follow(town, first, 1, date(2027, 1, 15))  # the last day of its grace
    follow(town, second, 1, date(2027, 1, 16))
    follow(town, third, 1, date(2027, 1, 3), "decline")
    follow(town, first, 3, date(2027, 4, 1), "miss", why=["not_reached"])
    found = counted(town, Table.FOLLOW_UPS)
    assert found == {
        ("1", "on_time"): 1, ("1", "late"): 1, ("1", "declined"): 1, ("1", "missed"): 3,
        ("3", "missed"): 6, ("6", "missed"): 6,
    }  # fmt: skip


def test_a_sign_is_counted_by_what_became_of_the_case(town, six):
    from spean.cases.operations import closing
    from spean.cases.rebuild import signs

    sign = next(iter(signs()))
    for case in six[1:3]:
        with clock.at(datetime(2027, 1, 5, 3, tzinfo=UTC)):
            closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
            closing.close(town.actor("supervisor"), case.id)
    for case in six[:3]:
        follow(town, case, 3, date(2027, 3, 1), signs=[sign])
    with clock.at(datetime(2027, 3, 2, 3, tzinfo=UTC)):
        closing.reopen(town.actor("supervisor"), six[1].id)
    assert counted(town, Table.SIGNS) == {("team", "open"): 1, ("team", "reopened"): 1, ("team", "closed"): 1}


def test_courses_promises_and_livelihoods_are_counted_by_kind(town, six):
    from spean.cases.operations import enrolling, livelihoods, promises, trainings

    worker = town.actor("worker")
    with clock.at(datetime(2027, 2, 1, 3, tzinfo=UTC)):
        kept = trainings.Kept("motor", date(2027, 2, 1), date(2027, 5, 1), 9, "state", provider="A centre")
        course = trainings.write(worker, kept, "14010101", uuid4())
        for case, verbs in zip(six, (("enrol", "begin", "finish"), ("enrol", "begin"), ("enrol",)), strict=False):
            row = enrolling.offer(worker, case.id, course, "", uuid4())
            for verb in verbs:
                enrolling.move(worker, case.id, row, verb)
        enrolling.certify(worker, six[0].id, six[0].enrolments.get().id, "state", date(2027, 2, 1), "")
        enrolling.move(worker, six[1].id, six[1].enrolments.get().id, "leave", "far")
        promises.answer(worker, six[0].id, promises.add(worker, six[0].id, "PLANTED", uuid4()), "partly", "")
        promises.add(worker, six[1].id, "PLANTED", uuid4())
        farm, job, thought = (livelihoods.consider(worker, six[0].id, kind, "", uuid4()) for kind in ("farm", "job", "savings"))
        for row in (farm, job):
            livelihoods.move(worker, six[0].id, row, "begin")
        livelihoods.move(worker, six[0].id, job, "end", "away")
    follow(town, six[0], 3, date(2027, 3, 1))
    with clock.at(datetime(2027, 3, 9, 3, tzinfo=UTC)):
        livelihoods.move(worker, six[0].id, farm, "end", "ill")  # after the follow-up: it went on until then
        livelihoods.move(worker, six[0].id, thought, "begin")
    assert counted(town, Table.COURSES) == {("team", "certificate"): 1, ("team", "far"): 1}
    assert counted(town, Table.DELIVERED) == {("besides", "partly"): 1, ("besides", "unasked"): 1}
    assert counted(town, Table.LIVELIHOODS) == {("farm", "going"): 1, ("job", "ended"): 1}


def test_a_half_year_is_told_once_a_month_after_its_end(town, six):
    from spean.evidence.models import TeamRelease
    from spean.evidence.team_figures import half, halves, teams
    from spean.evidence.teams import half_told_on, release_outcomes
    from spean.kernel.errors import NotAllowed, NotYours
    from spean.privacy.models import AuditEntry

    for case in six:
        follow(town, case, 1, date(2027, 1, 3))
    assert [half_told_on(day) for day in (date(2027, 7, 31), date(2027, 8, 1))] == [date(2026, 7, 1), START]
    team = town.teams["team"].id
    with clock.at(TOLD_ON):
        assert release_outcomes() > 0
        follow(town, six[0], 3, date(2027, 8, 1))
        assert release_outcomes() == 0
        assert halves(town.actor("supervisor"), team) == [START]
        with override("en"):
            found = half(town.actor("supervisor"), team, START)
    lines = {(line.month, line.label): (line.total, [c.number for c in line.cells]) for line in found.sheets[0].lines}
    assert lines[0, "All together"] == (18, [6, 0, 0, 12])
    assert lines[1, ""] == (6, [6, 0, 0, 0])
    assert [bool(sheet.lines) for sheet in found.sheets] == [True, False, False, False, False]
    assert TeamRelease.objects.filter(team=team).count() == 5
    assert AuditEntry.objects.filter(verb="figures.release", reason="follow_ups.2027-01-01").exists()
    with pytest.raises(NotAllowed):
        teams(town.actor("worker"))
    with pytest.raises(NotYours):
        half(town.actor("supervisor"), team, date(2020, 1, 1))
