"""The search among what is public: words in Khmer and English, kinds by name, places in any spelling; and never an error."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from spean.evidence import finding, operations
from spean.evidence.models import PublishedIssue
from spean.kernel import finding as kernel
from spean.kernel.finding import Doc, Index
from spean.kernel.words import Part

WORDS = {
    1: ("ឈ្មួញយកថ្លៃសេវាច្រើន", "Brokers take high fees", "អ្នកភូមិបង់ប្រាក់ ៥០០ ដុល្លារ។", "Villagers paid 500 dollars."),
    2: ("ប៉ុស្តិ៍ព្រំដែនរឹបអូសលិខិតឆ្លងដែន", "The border post keeps passports", "ថ្លៃត្រូវបានទាមទារ។", "A fee is asked."),
    3: ("មិនបានប្រាក់ខែ", "Wages were not paid", "រោងចក្រនៅបាភ្នំ។", "The factory in Ba Phnum is silent."),
}


def story(make_issue: Callable, number: int, **more: object) -> None:
    names = ("title_km", "title_en", "summary_km", "summary_en")
    issue = make_issue(number, voices=0, **{**dict(zip(names, WORDS[number], strict=True)), **more})
    operations.publish_issue(issue.pk)


@pytest.fixture
def stories(make_issue: Callable) -> None:
    story(make_issue, 1)
    story(make_issue, 2, commune="030101", kind="documents_kept")
    story(make_issue, 3, commune="140201", kind="unpaid_wages")


def numbers(text: str, **more: object) -> list[int]:
    return [hit.story.number for hit in finding.search(text, **more).rows]


WANTED = (
    ("ថ្លៃ", [1, 2]),  # two signs are no trigram; a title stands before a summary
    ("fees", [1, 2]),
    ("fee", [1, 2]),
    ("Passport", [2]),
    ("លិខិតឆ្លង\u200bដែន", [2]),
    ("ឈ្មួញ ថ្លៃ", [1]),
    ("ប្រាក់ខែ", [3]),
    ("500", [1]),
    ("៥០០ ដុល្លារ", [1]),
    ("actor", [3]),  # within another word
    ("កក", []),
    ("Kampong Cham", [2]),
    ("kompong chaam", [2]),
    ("ខេត្តកំពង់ចាម", [2]),
    ("Preyveng", [3, 1]),
    ("prey vaeng fees", [1]),
    ("ព្រៃវែង ថ្លៃ", [1]),
    ("S-0002", [2]),
    ("ស-០០០៣", [3]),
    ("3", [3]),
    ("", []),
    ("nothing like this", []),
)


def test_what_is_found(stories):
    wrong = {text: found for text, wanted in WANTED if (found := numbers(text)) != wanted}
    assert wrong == {}
    kinds_and_places()


def kinds_and_places():
    """A kind by its name in both languages; a place and a kind narrow what is found."""
    from spean.voices.enums import Kind

    for language in ("km", "en"):
        with override(language):
            assert 2 in numbers(str(Kind.DOCUMENTS_KEPT.label))
    assert numbers("ថ្លៃ", path="KH/03/") == [2]
    assert numbers("ថ្លៃ", kind="fees") == [1]
    assert numbers("ថ្លៃ", kind="no such kind") == []
    assert numbers("S-0001", path="KH/03/") == []


def test_what_was_found_is_marked_in_the_readers_language_or_in_the_other(stories):
    with override("km"):
        hit = finding.search("ថ្លៃ").rows[0]
        other = finding.search("factory").rows[0]
    assert Part("ថ្លៃ", found=True) in hit.title
    assert Part("factory", found=True) in other.snippet


def test_the_index_is_the_table_through_every_change(stories, make_issue):
    def agrees() -> bool:
        rows = PublishedIssue.objects.select_related("province", "district")
        return finding.STORIES.kept() == {r.number: finding.doc_of(r).plain for r in rows}

    assert agrees()
    from spean.voices.models import Issue

    Issue.objects.filter(number=1).update(title_en="Something new entirely")
    operations.publish_issue(Issue.objects.get(number=1).pk)
    Issue.objects.filter(number=2).update(state="draft")
    operations.publish_issue(Issue.objects.get(number=2).pk)
    assert agrees()
    assert (numbers("entirely"), numbers("high"), numbers("passport")) == ([1], [], [])
    PublishedIssue.objects.filter(number=3).delete()
    PublishedIssue.objects.filter(number=1).update(title_en="Changed behind its back")
    assert not agrees()
    assert finding.mend() == (1, 1)
    assert (finding.mend(), numbers("behind")) == ((0, 0), [1])
    assert finding.mend(anew=True) == (1, 0)


def test_the_number_of_queries_does_not_grow(make_issue):
    counted = []
    for count in (1, 3):
        for number in range(1, count + 1):
            if not PublishedIssue.objects.filter(number=number).exists():
                story(make_issue, number)
        with CaptureQueriesContext(connection) as asked:
            finding.search("ប្រាក់")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 6


def test_more_than_a_page_is_opened_page_by_page_and_bounded(make_issue, monkeypatch):
    monkeypatch.setattr(kernel, "MOST", 25)
    for number in range(10, 40):
        issue = make_issue(number, voices=0, title_en="Many fees", moved_on=date(2026, 1, 9))
        operations.publish_issue(issue.pk)
    first = finding.search("many")
    second = finding.search("many", begin=first.next)
    assert (len(first.rows), len(second.rows), second.next, second.more) == (20, 5, 0, True)
    assert not {h.story.number for h in first.rows} & {h.story.number for h in second.rows}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite always has its trigrams")
def test_without_pg_trgm_the_words_alone_are_searched(stories):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP INDEX evidence_story_search_grams")
        assert (numbers("ថ្លៃ"), numbers("actor")) == ([1, 2], [])
        transaction.set_rollback(True)


OPERATORS = st.lists(
    st.sampled_from(
        ['"', "'", "*", "NEAR(", "AND", "OR", "NOT", "^", ":", "title :", "&", "|", "!", "<->", "\\", "%", "_", "\0", "\ud800",
         "(", ")", "{", "}", "ថ្លៃ", "\u17d2", "\u200b", "fee", "-", "+", "$$", ";", "--", "\ue000", "ទ" * 99]
    ), max_size=12,
).map("".join)  # fmt: skip


class AnyText(TestCase):
    """Any text gives results or none, never an error."""

    def test_it_is_asked(self):
        """Of the search and of the index itself."""
        index, among = Index("evidence_story_search"), PublishedIssue.objects.all()
        index.put(Doc(1, "ថ្លៃ fee", "body"))

        @settings(max_examples=150)
        @given(OPERATORS | st.text(st.characters(), max_size=30))
        def ask(text: str) -> None:
            finding.search(text)
            index.find(kernel.terms(text), among)
            index.put(Doc(2, text, text))

        ask()
        finding.search("ក" * 10_000)
        finding.search('"' * 10_000)
