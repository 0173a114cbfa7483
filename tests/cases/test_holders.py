"""The same holder in other cases: found in memory among those that one may open, and an issue by counts alone."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import translation

from spean.kernel.errors import Invalid, NotYours


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def kept(town, holder, kind="passport", by="worker", **more):
    """A case, and a document of it that somebody keeps."""
    from spean.cases.operations import documents

    case = town.case(by=by, **more)
    row = documents.take(town.actor(by), case.id, documents.Taken(kind, "captain"), documents.Words(holder), uuid4())
    return case, row


def same(town, case, row, by="worker"):
    from spean.cases.operations import holders

    return holders.same(town.actor(by), case.id, row)


def raised(town, case, row, words=None, *, naming=False, sent=None):
    from spean.cases.operations import holders

    worker = town.actor("worker")
    words = words or holders.begin(worker, case.id, row, same(town, case, row))
    return holders.raise_from(worker, case.id, row, holders.Raised("documents_kept", words, naming), sent or uuid4())


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Captain Somchai Rattana, 081 234 5678", "captain somchai ratana", True),
        ("Captain Somchai", "Captain Sombat", False),
        ("Captain", "Captain", False),
        ("តៃកុងសុខា វណ្ណា", "លោក សុខា វណ្ណា", True),
        ("+66 81 234 5678", "the boss (+66-81-234-5678)", True),
        ("", "", False),
        ("Star Recruiting Agency Co. Ltd", "Star Recruiting", True),
    ],
)
def test_a_holder_is_known_by_name_or_number_and_not_by_what_they_are(town, one, other, found):
    case, row = kept(town, one)
    kept(town, other)

    assert len(same(town, case, row).others) == found


def test_what_they_come_to_is_counted_together(town):
    from spean.cases.operations import money

    case, row = kept(town, "Captain Somchai Rattana")
    other, _row = kept(town, "Somchai Rattana", "work_permit", sex="woman")
    third = town.case(age="0-17")
    owed = {"kind": "wages", "currency": "THB", "other": "captain"}
    money.begin(town.actor("worker"), third.id, owed, "Somchai Rattana", "", uuid4())
    kept(town, "Somebody Else Altogether")

    found = same(town, case, row)
    about_money = same(town, third, third.money.get().id)
    assert (about_money.people, about_money.money) == (3, 1)
    assert found.others == ((other.id, "C-0002"), (third.id, "C-0003"))
    assert (found.people, found.documents, found.money, found.few) == (3, (("passport", 1), ("work_permit", 1)), 1, False)
    assert found.facts == {"documents": 2, "children": 1, "women": 1, "men": 1}
    assert [place.level for place in found.districts] == ["district"]


def test_only_cases_that_one_may_open_are_compared_and_the_search_is_counted(town):
    from spean.privacy.models import AuditEntry

    case, row = kept(town, "Captain Somchai Rattana")
    theirs, its_row = kept(town, "Captain Somchai Rattana", by="supervisor")

    assert same(town, case, row).others == ()
    assert [pk for pk, _number in same(town, theirs, its_row, by="supervisor").others] == [case.id]
    assert [(e.verb, e.reason) for e in AuditEntry.objects.filter(verb="case.search").order_by("pk")] == [
        ("case.search", "0"),
        ("case.search", "1"),
    ]
    with pytest.raises(NotYours):
        same(town, theirs, its_row)


def test_an_issue_has_counts_a_district_and_no_name(town):
    from spean.voices.models import Issue

    case, row = kept(town, "Captain Somchai Rattana")
    other, _row = kept(town, "Somchai Rattana")
    sent = uuid4()
    made = {raised(town, case, row, sent=sent) for _twice in range(2)}.pop()

    issue = Issue.objects.get(pk=made)
    assert (issue.state, issue.from_cases, issue.kind) == ("draft", True, "documents_kept")
    assert [p.place.level for p in issue.places.all()] == ["district"]
    assert dict(issue.facts.values_list("fact", "number")) == {"documents": 2, "men": 2}
    text = issue.title_en + issue.summary_en + issue.title_km + issue.summary_km
    said = ["Passport 2", "organisations' case work", "Somchai", "C-0"]
    assert [part in text for part in said] == [True, True, False, False]
    for one in (case, other):
        step = one.steps.order_by("position").last()
        assert (step.kind, step.detail, step.reason) == ("noted", "raised", "")
    assert Issue.objects.count() == 1


def test_public_words_name_no_person_and_the_holder_only_by_choice(town):
    from spean.cases.operations import holders

    case, row = kept(town, "Captain Somchai Rattana")
    kept(town, "Somchai Rattana")
    words = holders.begin(town.actor("worker"), case.id, row, same(town, case, row))
    for naming in (False, True):
        with pytest.raises(Invalid):
            raised(town, case, row, replace(words, summary_en="chan  SOPHEA has no passport"), naming=naming)
    named = replace(words, title_en="Somchai Rattana keeps passports")
    with pytest.raises(Invalid) as refused:
        raised(town, case, row, named)
    assert list(refused.value.fields) == ["naming"]
    assert raised(town, case, row, named, naming=True)


def test_nothing_is_raised_of_one_case(town):
    from spean.voices.operations.issues import Summary

    case, row = kept(town, "Captain Somchai Rattana")
    words = Summary("ក", "A", "ក", "A")
    with pytest.raises(Invalid):
        raised(town, case, row, words)


def test_what_is_compared_by_itself_leaves_half_of_the_days_searches_and_alarms_nobody(town, monkeypatch):
    from spean.cases.operations import finding, holders
    from spean.privacy.models import AuditEntry

    monkeypatch.setattr(finding, "A_DAY", 4)
    case, row = kept(town, "Captain Somchai Rattana")
    kept(town, "Somchai Rattana")
    told = [holders.stands_elsewhere(town.actor("worker"), case.id, row) for _n in range(5)]

    assert told == [1, 1, 0, 0, 0]
    assert AuditEntry.objects.filter(verb=finding.SEARCH).count() == 2
    assert not AuditEntry.objects.filter(verb=finding.OFTEN).exists()
    assert len(same(town, case, row).others) == 1


def test_what_is_compared_by_itself_looks_among_those_that_moved_last(town, monkeypatch):
    from spean.cases.models import Case
    from spean.cases.operations import holders

    monkeypatch.setattr(holders, "NEWEST", 1)
    old, _row = kept(town, "Somchai Rattana")
    kept(town, "Somebody Else Altogether")
    Case.objects.filter(pk=old.id).update(moved_on="2020-01-01")
    case, row = kept(town, "Captain Somchai Rattana")

    assert holders.stands_elsewhere(town.actor("worker"), case.id, row) == 0
    assert [pk for pk, _number in same(town, case, row).others] == [old.id]
