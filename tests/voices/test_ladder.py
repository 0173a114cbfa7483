"""The ladder: reminded, sent up by rule, passed up, levels passed over; three years in a second."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def later(days: int):
    """The clock, so many days after the first."""
    return clock.at(NOON + timedelta(days=days))


@pytest.fixture
def ladder(town):
    """A town with a committee on each level, and one person who sits in each."""
    from town import ABOVE, add_levels

    add_levels(town)
    orgs = {level: town.teams[level].organisation for level in ABOVE}
    orgs["commune"] = town.teams["committee"].organisation
    return SimpleNamespace(town=town, orgs=orgs, focal=town.actor)


def fresh(issue):
    """As the database has it."""
    from spean.voices.models import Issue

    return Issue.objects.get(pk=issue.pk)


def steps(issue):
    """(kind, level, why) of each step that is not a plain move."""
    return list(issue.steps.exclude(kind="moved").order_by("position").values_list("kind", "level", "why"))


def run(days):
    """Live these days, one after another."""
    from spean.voices.operations import ladder as operations

    for day in days:
        with later(day):
            operations.day()


def test_an_unanswered_issue_is_reminded_then_climbs_to_the_nation_and_stays(ladder):
    with later(0):
        issue = ladder.town.issue("raised")
    run(range(1, 400))
    issue = fresh(issue)
    assert (issue.state, issue.level, issue.committee) == ("raised", "country", ladder.orgs["country"])
    assert steps(issue) == [
        ("reminded", "commune", ""),
        ("escalated", "district", "no_answer"),
        ("reminded", "district", ""),
        ("escalated", "province", "no_answer"),
        ("reminded", "province", ""),
        ("escalated", "country", "no_answer"),
        ("reminded", "country", ""),
        ("top", "country", "no_answer"),
    ]
    first = issue.steps.get(kind="escalated", level="district")
    assert (first.on - date(2026, 3, 2)).days == 31
    assert first.by_rule


def test_three_years_pass_in_a_second_and_twice_a_day_is_once(ladder):
    with later(0):
        issue = ladder.town.issue("raised")
    run(day for day in range(1, 1096) for _twice in (1, 2))
    assert fresh(issue).steps.count() == 3 + 8


@pytest.mark.parametrize(
    ("state", "why"), [("declined", "refused"), ("committed", "broken"), ("contested", "contested"), ("raised", "no_answer")]
)
def test_what_is_refused_broken_or_contested_climbs_after_its_days(ladder, state, why):
    with later(0):
        issue = ladder.town.issue(state)
        climbs = issue.climbs_on
    run([(climbs - date(2026, 3, 2)).days - 1])
    assert fresh(issue).state == state
    run([(climbs - date(2026, 3, 2)).days])
    assert (fresh(issue).state, fresh(issue).level) == ("raised", "district")
    assert steps(fresh(issue))[-1] == ("escalated", "district", why)


def test_what_was_done_or_confirmed_climbs_no_more(ladder):
    with later(0):
        done, confirmed = ladder.town.issue("done"), ladder.town.issue("confirmed")
    run(range(0, 300, 7))
    assert [fresh(i).state for i in (done, confirmed)] == ["done", "confirmed"]


def test_the_focal_person_passes_it_up_with_the_reason(ladder):
    from spean.voices.operations import ladder as operations

    issue = ladder.town.issue("raised")
    operations.lift(ladder.town.actor("focal"), issue.pk, why_not="not_competent", what="ថ្នាក់លើ")
    issue = fresh(issue)
    assert (issue.level, issue.state, issue.answers.get().why_not) == ("district", "raised", "not_competent")
    assert steps(issue) == [("escalated", "district", "cannot_act")]
    with pytest.raises(NotYours):
        operations.lift(ladder.town.actor("otherfocal"), issue.pk, why_not="law", what="ទេ")
    with pytest.raises((NotYours, Conflict)):  # it is before the district now
        operations.lift(ladder.town.actor("focal"), issue.pk, why_not="law", what="ទេ")


def test_at_the_top_nothing_can_be_passed_up(ladder):
    from spean.voices.models import Issue
    from spean.voices.operations import ladder as operations

    issue = ladder.town.issue("raised")
    Issue.objects.filter(pk=issue.pk).update(level="country", committee=ladder.orgs["country"])
    with pytest.raises(Conflict):
        operations.lift(ladder.focal("country"), issue.pk, why_not="law", what="ទេ")
    assert fresh(issue).answers.count() == 0


def test_a_level_that_is_complained_of_is_passed_over_and_never_learns_of_it(ladder):
    from spean.accounts import access
    from spean.voices import queries
    from spean.voices.models import Issue
    from spean.voices.operations import ladder as operations

    worker = ladder.town.actor("worker")
    issue = ladder.town.issue("raised")
    operations.avoid(worker, issue.pk, "district")
    operations.lift(ladder.town.actor("focal"), issue.pk, why_not="no_means", what="ទេ")
    issue = fresh(issue)
    assert issue.level == "province"
    assert ("skipped", "district", "complained_of") in steps(issue)

    assert not access.visible(ladder.focal("district"), "issue.see", Issue.objects.all()).exists()
    with pytest.raises(NotYours):
        queries.issue_page(ladder.focal("district"), issue.pk)
    with override("en"):
        for reader in (ladder.town.actor("focal"), ladder.focal("province"), ladder.town.actor("volunteer")):
            shown = queries.issue_page(reader, issue.pk)
            assert "complained" not in repr(shown)
            assert shown.avoided == ()
        assert "complained" in repr(queries.issue_page(worker, issue.pk))


def test_a_level_that_knows_it_already_loses_sight_of_it(ladder):
    from spean.voices import queries
    from spean.voices.operations import ladder as operations

    issue = ladder.town.issue("raised")
    assert queries.issue_page(ladder.town.actor("focal"), issue.pk)
    operations.avoid(ladder.town.actor("supervisor"), issue.pk, "commune")
    operations.avoid(ladder.town.actor("supervisor"), issue.pk, "commune")  # twice is once
    with pytest.raises(NotYours):
        queries.issue_page(ladder.town.actor("focal"), issue.pk)
    assert (fresh(issue).level, steps(fresh(issue))[-1]) == ("district", ("escalated", "district", "complained_of"))
    with override("en"):
        assert "complained" not in repr(queries.issue_page(ladder.focal("district"), issue.pk))


def test_before_it_is_raised_the_first_level_may_be_passed_over(ladder):
    from spean.voices import queries
    from spean.voices.operations import issues
    from spean.voices.operations import ladder as operations

    issue = ladder.town.issue("approved")
    operations.avoid(ladder.town.actor("worker"), issue.pk, "commune")
    offered = queries.issue_page(ladder.town.actor("worker"), issue.pk).committees
    assert [pk for pk, _name in offered] == [ladder.orgs["district"].pk]
    with pytest.raises(Invalid):
        issues.raise_issue(ladder.town.actor("worker"), issue.pk, ladder.orgs["commune"].pk)
    issues.raise_issue(ladder.town.actor("worker"), issue.pk, ladder.orgs["district"].pk)
    assert fresh(issue).level == "district"


def test_a_level_without_a_committee_is_passed_over(ladder):
    from spean.accounts.models import Organisation

    Organisation.objects.filter(pk=ladder.orgs["district"].pk).update(kind="ngo")
    with later(0):
        issue = ladder.town.issue("raised")
    run([31])
    assert fresh(issue).level == "province"
    assert ("skipped", "district", "no_committee") in steps(fresh(issue))


def test_only_what_crosses_a_border_goes_beyond_the_nation(ladder):
    from spean.voices.operations import ladder as operations

    with later(0):
        stays, crosses = ladder.town.issue("raised"), ladder.town.issue("raised")
        operations.across_border(ladder.town.actor("worker"), crosses.pk)
        operations.across_border(ladder.town.actor("worker"), crosses.pk)
    run(range(1, 600))
    assert [fresh(i).level for i in (stays, crosses)] == ["country", "international"]


def test_marked_at_the_top_it_goes_on_the_next_day(ladder):
    from spean.voices.operations import ladder as operations

    with later(0):
        issue = ladder.town.issue("raised")
    run(range(1, 300))
    with later(300):
        operations.across_border(ladder.town.actor("worker"), issue.pk)
        operations.day()
    assert fresh(issue).level == "regional"


def test_the_team_need_not_wait_for_the_rule(ladder):
    from spean.voices.operations import ladder as operations

    issue = ladder.town.issue("declined")
    with pytest.raises((NotYours, NotAllowed)):
        operations.escalate(ladder.town.actor("volunteer"), issue.pk)
    operations.escalate(ladder.town.actor("worker"), issue.pk)
    assert steps(fresh(issue)) == [("escalated", "district", "asked_by_team")]
    with pytest.raises(Conflict):
        operations.escalate(ladder.town.actor("worker"), issue.pk)


def test_deadlines_are_data_of_the_organisation(ladder):
    from spean.voices.enums import Days
    from spean.voices.operations import ladder as operations

    town, org = ladder.town, ladder.town.teams["team"].organisation_id
    for name in ("worker", "focal", "stranger", "administrator"):
        with pytest.raises((NotAllowed, NotYours)):
            operations.set_deadline(town.actor(name), org, "commune", Days(5, 1, 2))
    with pytest.raises(Invalid):
        operations.set_deadline(town.actor("manager"), org, "commune", Days(5, 5, 2))
    with pytest.raises(Invalid):
        operations.set_deadline(town.actor("manager"), org, "moon", Days(5, 1, 2))
    operations.set_deadline(town.actor("manager"), org, "commune", Days(5, 1, 2))
    with later(0):
        issue = town.issue("raised")
    assert issue.due_on == date(2026, 3, 7)
    run([6])
    assert fresh(issue).level == "district"


def test_what_was_confirmed_is_opened_again(ladder):
    from spean.voices.operations import ladder as operations

    issue = ladder.town.issue("confirmed")
    operations.reopen(ladder.town.actor("volunteer"), issue.pk)
    issue = fresh(issue)
    assert (issue.state, issue.level) == ("raised", "commune")
    assert issue.due_on > clock.today()
    assert steps(issue) == [("reopened", "commune", "")]


def test_the_ladder_of_a_country_takes_a_fixed_number_of_queries_where_nothing_is_due(ladder, django_assert_max_num_queries):
    from spean.voices.operations import ladder as operations

    for _n in range(3):
        ladder.town.issue("raised")
    with django_assert_max_num_queries(3):
        assert operations.day() == (0, 0)
