"""Which recruiter an issue is about: said by the team, kept when it changes, carried where the concerns go, read by few."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours


@pytest.fixture
def star(town):
    return town.recruiter("Demo Agency Star", name_km="ទីភ្នាក់ងារផ្កាយ", aliases=("Phkay",))


@pytest.fixture
def moon(town):
    return town.recruiter("Demo Agency Moon")


def tied(issue):
    """The recruiters that an issue is about now: one, or none."""
    return [t.recruiter_id for t in issue.recruiters.filter(left_on=None)]


def tie(town, issue, recruiter, who="worker"):
    from spean.voices.operations import tying

    tying.tie(town.actor(who), issue.pk, recruiter)


def test_it_is_said_changed_and_taken_back_and_the_trail_and_the_rows_keep_it(town, star, moon):
    from spean.privacy.models import AuditEntry
    from spean.voices import queries

    issue = town.issue()
    for days_ago, recruiter in ((4, star), (3, star), (2, moon), (1, None), (0, None)):
        with clock.at(clock.now() - timedelta(days=days_ago)):
            tie(town, issue, recruiter)
        assert tied(issue) == ([recruiter] if recruiter else [])
    seen = AuditEntry.objects.filter(subject_id=str(issue.pk), verb__in=("issue.tie", "issue.untie")).order_by("index")
    assert [(e.verb, e.reason) for e in seen] == [
        ("issue.tie", str(star)), ("issue.untie", str(star)), ("issue.tie", str(moon)), ("issue.untie", str(moon)),
    ]  # fmt: skip
    page = queries.tie_page(town.actor("worker"), issue.pk)
    assert (page.now, [t.recruiter for t in page.before]) == (None, [moon, star])
    assert all(t.left_by for t in page.before)


def test_only_whom_everybody_may_read_about_can_be_chosen(town, star, coordinator_withdraws):
    issue = town.issue()
    for wrong in (uuid4(), coordinator_withdraws(town.recruiter("Demo Agency Gone"))):
        with pytest.raises(Invalid):
            tie(town, issue, wrong)
    assert tied(issue) == []


@pytest.fixture
def coordinator_withdraws(town):
    def withdraw(pk):
        from spean.directory.operations.registering import RECRUITERS

        RECRUITERS.withdraw(town.actor("coordinator"), pk)
        return pk

    return withdraw


def test_the_team_and_its_programme_say_it_and_nobody_else(town, star):
    from spean.voices import queries

    issue = town.issue("raised")
    for name in ("worker", "supervisor", "manager"):
        tie(town, issue, None, name)
        tie(town, issue, star, name)
        assert queries.issue_page(town.actor(name), issue.pk).recruiter.recruiter == star
        assert queries.issues_about(town.actor(name), star).rows
    for name in ("coordinator", "analyst", "focal", "volunteer", "stranger", "faraway", "officer"):
        with pytest.raises((NotAllowed, NotYours)):
            tie(town, issue, None, name)
        with pytest.raises((NotAllowed, NotYours)):
            queries.tie_page(town.actor(name), issue.pk)
        assert queries.issues_about(town.actor(name), star) == queries.TiedIssues((), more=False, voices=0)
    for name in ("coordinator", "analyst", "focal", "volunteer"):
        assert queries.issue_page(town.actor(name), issue.pk).recruiter is None


def test_the_honest_count_is_of_the_issues_that_a_reader_may_open(town, star, django_assert_num_queries):
    from spean.voices import queries

    shared = town.concern(read=True).pk
    for concerns in ((shared, town.concern(read=True).pk), (shared,), ()):
        tie(town, town.issue(concerns=concerns), star)
    worker = town.actor("worker")
    with django_assert_num_queries(2):
        found = queries.issues_about(worker, star)
    assert (len(found.rows), found.voices, found.more) == (3, 2, False)


def test_what_is_merged_or_divided_stays_about_the_same_recruiter(town, star, moon):
    from spean.voices.models import Issue
    from spean.voices.operations import joining

    worker = town.actor("worker")
    concerns = tuple(town.concern(read=True).pk for _n in range(2))
    issue, plain, other = town.issue(concerns=concerns), town.issue(), town.issue()
    tie(town, issue, star)
    tie(town, other, moon)

    new = Issue.objects.get(pk=joining.split(worker, issue.pk, concerns[:1], words(), uuid4()))
    assert (tied(new), tied(issue)) == ([star], [star])
    with pytest.raises(Invalid):
        joining.merge(worker, issue.pk, other.pk)
    assert (tied(issue), Issue.objects.get(pk=issue.pk).state, tied(other)) == ([star], "draft", [moon])

    joining.merge(worker, new.pk, issue.pk)
    joining.merge(worker, issue.pk, plain.pk)
    assert (tied(plain), Issue.objects.get(pk=issue.pk).state) == ([star], "merged")
    with pytest.raises(Conflict):
        tie(town, issue, None)


def words():
    from spean.voices.operations.issues import Summary

    return Summary("ក", "T", "ក", "S")


def test_a_concern_that_names_the_recruiter_is_offered_its_issue(town, star):
    from spean.voices import queries

    issue = town.issue(place="14010201", kind="other")
    tie(town, issue, star)
    for told in ("the demo agency star took it", "ទីភ្នាក់ងារផ្កាយបានយក", "phkay took it"):
        concern = town.concern(kind="fees", told=told, read=True)
        found = queries.matches(town.actor("worker"), concern.id, told)
        assert (found[0].id, found[0].score >= 5) == (issue.pk, True)
    tie(town, issue, None)
    assert [m.score for m in queries.matches(town.actor("worker"), concern.id, "phkay took it") if m.score >= 5] == []
