"""What belongs together: offered, merged, divided, tallied; with history, and for the team alone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

PASSPORTS = "ទីភ្នាក់ងារយកលិខិតឆ្លងដែនរបស់យើងមិនព្រមឲ្យវិញ"


def words(title="ក", summary="ក"):
    """Words of an issue, in both languages."""
    from spean.voices.operations.issues import Summary

    return Summary(title, "T", summary, "S")


def opened(town, title, summary, *, kind="documents_kept", place="14010101"):
    """An issue with these words."""
    from spean.voices.models import Issue
    from spean.voices.operations import issues

    pk = issues.open_issue(
        town.actor("worker"), town.teams["team"].id, kind=kind, places=[town.place(place)],
        words=words(title, summary), facts={}, concerns=[], sent_id=uuid4(),
    )  # fmt: skip
    return Issue.objects.get(pk=pk)


def test_likely_issues_are_ranked_and_explained(town):
    from spean.voices import queries

    wages = opened(town, "ប្រាក់ឈ្នួលមិនបានបង់", "រោងចក្របិទហើយមិនបង់ប្រាក់ឈ្នួល", kind="unpaid_wages", place="14010201")
    papers = opened(town, "លិខិតឆ្លងដែនត្រូវបានយក", "ទីភ្នាក់ងារយកលិខិតឆ្លងដែនរបស់អ្នកភូមិ")
    concern = town.concern(kind="documents_kept", told=PASSPORTS, read=True)

    found = queries.matches(town.actor("worker"), concern.id, PASSPORTS)

    assert found[0].id == papers.pk
    assert found[0].score > 5
    assert "same commune" in found[0].reasons or "ឃុំ" in "".join(found[0].reasons)
    assert any("លិខិតឆ្លងដែន" in reason for reason in found[0].reasons)  # Khmer without a space between words
    assert wages.pk not in [m.id for m in found if m.score > found[0].score]


def test_words_alone_are_enough_where_the_kind_was_chosen_otherwise(town):
    from spean.voices import queries

    papers = opened(town, "លិខិតឆ្លងដែនត្រូវបានយក", "ទីភ្នាក់ងារយកលិខិតឆ្លងដែនរបស់យើងមិនព្រមឲ្យវិញ", kind="documents_kept")
    concern = town.concern(kind="other", told=PASSPORTS, read=True)
    assert [m.id for m in queries.matches(town.actor("worker"), concern.id, PASSPORTS)] == [papers.pk]


def test_a_named_agency_is_found_again_sealed_and_written_in_the_trail(town):
    from spean.privacy.models import AuditEntry
    from spean.voices import queries
    from spean.voices.operations import joining

    issue, worker = opened(town, "ថ្លៃ", "ថ្លៃខ្ពស់", kind="fees", place="14010201"), town.actor("worker")
    joining.name_parties(worker, issue.pk, ["Golden Sparrow Agency", " Golden Sparrow Agency ", ""])
    issue.refresh_from_db()
    assert b"Sparrow" not in bytes(issue.named)
    assert joining.names_of(worker, issue.pk) == ("Golden Sparrow Agency",)

    concern = town.concern(kind="other", told="the golden sparrow agency cheats", read=True)
    found = queries.matches(worker, concern.id, "the golden sparrow agency cheats")
    assert found[0].id == issue.pk
    assert "Golden Sparrow" in found[0].reasons[0]
    read = AuditEntry.objects.filter(org=issue.organisation_id, verb="issue.named", subject_id=str(issue.pk)).count()
    assert read == 2  # once by name, once to match

    joining.name_parties(worker, issue.pk, [])
    assert joining.names_of(worker, issue.pk) == ()
    with pytest.raises(Invalid):
        joining.name_parties(worker, issue.pk, [f"Agency {n}" for n in range(13)])
    with pytest.raises(NotYours):
        joining.names_of(town.actor("stranger"), issue.pk)
    with pytest.raises((NotYours, NotAllowed)):
        joining.names_of(town.actor("manager"), issue.pk)


def test_nothing_is_offered_to_who_does_not_see_the_concern(town):
    from spean.voices import queries

    concern = town.concern(read=True)
    with pytest.raises(NotYours):
        queries.matches(town.actor("stranger"), concern.id, "anything")


def test_merged_issues_count_together_and_keep_their_history(town):
    from spean.voices import queries
    from spean.voices.models import Issue
    from spean.voices.operations import joining

    worker = town.actor("worker")
    one, two = (town.concern(read=True) for _n in range(2))
    first, second = town.issue("raised", concerns=(one.pk,)), town.issue(concerns=(two.pk, one.pk), place="14010201")
    joining.merge(worker, second.pk, first.pk)

    first, second = (Issue.objects.get(pk=i.pk) for i in (first, second))
    assert (second.state, second.merged_into, first.state) == ("merged", first, "raised")
    assert set(first.joined.filter(left_on=None).values_list("concern", flat=True)) == {one.pk, two.pk}
    assert set(second.joined.values_list("concern", flat=True)) == {one.pk, two.pk}
    assert {p.place.code for p in first.places.all()} == {"14010101", "14010201"}
    assert (first.steps.get(kind="merged").other, second.steps.get(kind="merged").other) == (second, first)
    assert queries.issue_page(worker, second.pk).merged_into == (first.pk, queries.number(first))
    for verb in ("join", "merge", "split", "tally"):
        assert verb not in queries.issue_page(worker, second.pk).may
    with pytest.raises(Conflict):
        joining.merge(worker, second.pk, first.pk)


def test_only_issues_of_one_team_are_merged_and_none_into_itself(town):
    from spean.voices.operations import joining

    issue = town.issue()
    with pytest.raises(Invalid):
        joining.merge(town.actor("worker"), issue.pk, issue.pk)
    with pytest.raises(NotYours):
        joining.merge(town.actor("stranger"), issue.pk, issue.pk)
    with pytest.raises(NotYours):
        joining.merge(town.actor("worker"), issue.pk, uuid4())


def test_a_merged_issue_leaves_the_public_page(town):
    from spean.evidence.models import PublishedIssue
    from spean.voices.operations import joining

    first, second = town.issue("raised"), town.issue("raised")
    joining.merge(town.actor("worker"), second.pk, first.pk)
    from spean.evidence import operations

    operations.publish_issue(second.pk)
    operations.publish_issue(first.pk)
    assert list(PublishedIssue.objects.values_list("number", flat=True)) == [first.number]


def test_divided_issues_keep_every_concern_once(town):
    from spean.voices.models import Issue
    from spean.voices.operations import joining

    worker, sent = town.actor("worker"), uuid4()
    concerns = [town.concern(read=True).pk for _n in range(3)]
    issue = town.issue("raised", concerns=tuple(concerns))
    for wrong in ([], concerns, [uuid4()]):
        with pytest.raises(Invalid):
            joining.split(worker, issue.pk, wrong, words(), uuid4())

    new = joining.split(worker, issue.pk, concerns[:1], words(), sent)
    assert joining.split(worker, issue.pk, concerns[:1], words(), sent) == new
    made = Issue.objects.get(pk=new)
    assert (made.state, made.split_from_id, made.approved_by) == ("draft", issue.pk, None)
    assert list(made.joined.filter(left_on=None).values_list("concern", flat=True)) == concerns[:1]
    assert set(issue.joined.filter(left_on=None).values_list("concern", flat=True)) == set(concerns[1:])
    assert issue.joined.count() == 3

    joining.merge(worker, new, issue.pk)  # and back again
    assert set(issue.joined.filter(left_on=None).values_list("concern", flat=True)) == set(concerns)


def test_tallies_weigh_an_issue_and_small_ones_are_not_told(town):
    from spean.voices import queries
    from spean.voices.operations import tallies

    volunteer = town.actor("volunteer")
    concerns = tuple(town.concern(read=True, sex="woman", age="18-24").pk for _n in range(2))
    issue, sent = town.issue("raised", concerns=concerns), uuid4()
    for _twice in range(2):
        tallies.tally(volunteer, issue.pk, {"women": 9, "poor": 3, "youth": 0}, on=clock.today(), sent_id=sent)

    weight = queries.issue_page(town.actor("focal"), issue.pk).weight
    assert [(code, number, few) for code, _label, number, few in weight.groups] == [
        ("women", 11, False),
        ("youth", 0, True),
        ("poor", 0, True),
    ]
    assert weight.voices == 11
    with pytest.raises(Invalid):
        tallies.tally(volunteer, issue.pk, {"women": 0}, on=clock.today(), sent_id=uuid4())
    with pytest.raises(Invalid):
        tallies.tally(volunteer, issue.pk, {"women": 2}, on=clock.today() + timedelta(days=1), sent_id=uuid4())
    for name in ("faraway", "focal", "stranger", "analyst"):
        with pytest.raises((NotYours, NotAllowed)):
            tallies.tally(town.actor(name), issue.pk, {"women": 2}, on=clock.today(), sent_id=uuid4())


def test_what_was_merged_weighs_with_it(town):
    from spean.voices import queries
    from spean.voices.operations import joining, tallies

    first, second = town.issue("raised"), town.issue("raised")
    tallies.tally(town.actor("volunteer"), second.pk, {"elders": 8}, on=clock.today(), sent_id=uuid4())
    joining.merge(town.actor("worker"), second.pk, first.pk)
    assert queries.weights([first.pk])[first.pk].voices == 8


def test_the_weights_of_many_issues_take_a_fixed_number_of_queries(town, django_assert_num_queries):
    from spean.voices import queries

    issues = [town.issue().pk for _n in range(3)]
    for some in (issues[:1], issues):
        with django_assert_num_queries(3):
            queries.weights(some)
