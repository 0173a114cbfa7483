"""Long lists: every row once and in order whatever the data, few queries however many rows, the database's own urgency."""

import itertools
import sys
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spean.accounts.access import Actor, Seat

FIRST = date(2026, 1, 1)
STATES = ("new", "open", "waiting", "answered", "closed")
QUICK = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def seats(db):
    """An actor with a seat in two teams of one organisation, and another's team; no keys: lists show counted facts only."""
    from spean.accounts.models import Organisation, Team, User

    org = Organisation.objects.create(kind="ngo", level="national", name_km="ក", name_en="K")
    teams = [Team.objects.create(organisation=org, name_km="ក", name_en=name) for name in ("A", "B", "Other")]
    user = User.objects.create(username="somebody", name="Somebody")
    own = tuple(Seat(t.id, org.id, "supervisor", "", "ngo", "") for t in teams[:2])
    return Actor(user.id, "Somebody", own), [t.id for t in teams], org.id


def concern(team, org, user, state, danger, urgent, day, kind, mine, alike):  # noqa: PLR0913, PLR0917 - one row
    from spean.voices.models import Concern

    return Concern(
        team_id=team, org_id=org, state=state, danger=danger, urgent_words=urgent, kind=kind, happened="month", channel="public",
        answer_wish="none", received_on=FIRST + timedelta(day), moved_on=FIRST, sent_hash=uuid4().hex, told=b"x",
        assigned_to_id=user if mine else None, alike=alike,
    )  # fmt: skip


ROWS = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(STATES), st.sampled_from(["now", "no", "unknown"]), st.booleans(),
        st.integers(0, 3), st.sampled_from(["fees", "scam"]), st.booleans(), st.sampled_from([None, None, UUID(int=5)]),
    ),
    max_size=40,
)  # fmt: skip


def walk(read):
    """All pages, one after the other."""
    rows, after, pages = [], "", 0
    while pages < 60:
        page = read(after)
        rows += page.rows
        after, pages = page.after, pages + 1
        if not after:
            return rows
    raise AssertionError("the pages do not end")


@QUICK
@given(rows=ROWS, sort=st.sampled_from(["urgency", "newest", "oldest"]), view=st.sampled_from(["unfinished", "danger", "new"]))
def test_all_pages_of_the_inbox_give_every_row_once_and_in_order(seats, monkeypatch, rows, sort, view):
    from spean.voices import queries
    from spean.voices.models import Concern

    actor, teams, org = seats
    monkeypatch.setattr("spean.voices.queries.stretches.PAGE", 3)
    Concern.objects.all().delete()
    Concern.objects.bulk_create(concern(teams[t], org, actor.id, *rest) for t, *rest in rows)
    for kind, mine in itertools.product(("", "scam"), (False, True)):
        shown = walk(lambda after, k=kind, m=mine: queries.inbox(actor, view=view, kind=k, mine=m, sort=sort, after=after))
        wanted = expected(actor, view, kind, sort, mine=mine)
        assert [r.id for r in shown] == [c.id for c in wanted]
        assert queries.inbox_count(actor, view=view, kind=kind, mine=mine) >= len(wanted)


def expected(actor, view, kind, sort, *, mine):
    """The same list by the plainest means: equal words once, sorted in memory."""
    from spean.voices.models import Concern

    states = {"new": ("new",)}.get(view, ("new", "open", "waiting"))
    own = {s.team for s in actor.seats}
    held = sorted((c for c in Concern.objects.all() if c.team_id in own and c.state in states), key=lambda c: c.id)
    first = {(c.alike, c.team_id, c.state, c.kind, c.danger): c.id for c in reversed(held) if c.alike and not c.assigned_to_id}
    shown = [c for c in held if not c.alike or c.assigned_to_id or first[c.alike, c.team_id, c.state, c.kind, c.danger] == c.id]
    shown = [c for c in shown if (not kind or c.kind == kind) and (not mine or c.assigned_to_id) and by(c, view)]
    if sort == "newest":
        return sorted(shown, key=lambda c: (c.received_on, c.id), reverse=True)
    return sorted(shown, key=lambda c: (rank(c) if sort == "urgency" else 0, c.received_on, c.id))


def by(c, view):
    return c.danger == "now" if view == "danger" else True


def rank(c):
    return 0 if c.danger == "now" else 1 if c.urgent_words else 2


def test_the_databases_urgency_is_the_rule_for_every_combination(seats):
    from spean.voices.enums import Danger
    from spean.voices.models import Concern

    actor, teams, org = seats
    every = list(itertools.product(Danger.values, (True, False)))
    Concern.objects.bulk_create(concern(teams[0], org, actor.id, "new", d, u, 0, "fees", 0, None) for d, u in every)
    assert [(c.urgency, rank(c)) for c in Concern.objects.all() if c.urgency != rank(c)] == []
    Concern.objects.filter(danger=Danger.NOW).update(danger=Danger.NO)  # no operation has to think of it
    assert [c.id for c in Concern.objects.all() if c.urgency != rank(c)] == []


def issue(n, team, org, user, state, day, due, raised, kind):  # noqa: PLR0913, PLR0917 - one row
    from spean.voices.models import Issue

    words = dict.fromkeys(("title_km", "title_en", "summary_km", "summary_en"), "ក")
    later = {name: FIRST + timedelta(d) if d is not None else None for name, d in (("due_on", due), ("raised_on", raised))}
    return Issue(
        number=n + 1, team_id=team, organisation_id=org, kind=kind, state=state, written_by_id=user, opened_on=FIRST,
        moved_on=FIRST + timedelta(day), sent_hash=uuid4().hex, **words, **later,
    )  # fmt: skip


DAY = st.one_of(st.none(), st.integers(0, 3))
ISSUES = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(["draft", "raised"]), st.integers(0, 3), DAY, DAY, st.sampled_from(["fees", "scam"])
    ),
    max_size=25,
)


@QUICK
@given(rows=ISSUES, sort=st.sampled_from(["moved", "due", "raised", "number"]), kind=st.sampled_from(["", "fees"]))
def test_all_pages_of_the_issues_give_every_row_once_and_in_order(seats, monkeypatch, rows, sort, kind):
    from spean.voices import queries
    from spean.voices.models import Issue

    actor, teams, org = seats
    monkeypatch.setattr(sys.modules["spean.voices.queries.issues"], "PAGE", 3)  # a function has its name
    Issue.objects.all().delete()
    Issue.objects.bulk_create(issue(n, teams[t], org, actor.id, *rest) for n, (t, *rest) in enumerate(rows))
    wanted = queries.Wanted(kind=kind, sort=sort)
    shown = walk(lambda after: queries.issues(actor, wanted=wanted, after=after))
    found = [i for i in Issue.objects.all() if i.team_id in teams[:2] and (not kind or i.kind == kind)]
    assert [r.id for r in shown] == [i.id for i in sorted(found, key=ORDER[sort])]
    assert queries.issues_count(actor, wanted) == len(found)


def _last(day, sign):
    return (day is None, sign * day.toordinal() if day else 0)


ORDER = {
    "moved": lambda i: (_last(i.moved_on, -1), i.id),
    "due": lambda i: (_last(i.due_on, 1), i.id),
    "raised": lambda i: (_last(i.raised_on, -1), i.id),
    "number": lambda i: -i.number,
}


def test_counts_stop_at_their_bound_and_cost_one_query(seats, django_assert_num_queries):
    from spean.kernel.paging import counts
    from spean.voices.models import Concern

    actor, teams, org = seats
    rows = [concern(teams[0], org, actor.id, "new", "no", 0, 0, "fees", 0, None) for _n in range(5)]
    Concern.objects.bulk_create(rows)
    with django_assert_num_queries(1):
        found = counts(
            {"all": Concern.objects.all(), "none": Concern.objects.none(), "new": Concern.objects.filter(state="open")}, 3
        )
    assert found == {"all": 4, "none": 0, "new": 0}


@pytest.mark.parametrize("cursor", ["nonsense", f"5.2026-01-01.{UUID(int=7)}", "0.x.y", "1..", "0.2026-01-01.1"])
def test_a_broken_link_to_the_next_page_is_refused_with_a_reason(seats, cursor):
    from spean.kernel.errors import Invalid
    from spean.voices import queries

    with pytest.raises(Invalid):
        queries.inbox(seats[0], after=cursor)
    with pytest.raises(Invalid):
        queries.issues(seats[0], after="x" + cursor)
