"""Search what people told: who may, what is found, what the trail says, and that the words are nowhere afterwards."""

import logging
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.accounts import often
from spean.kernel.errors import Invalid, Locked, NotAllowed, TooMany
from spean.privacy.models import AuditEntry
from spean.voices.models import Concern
from spean.voices.operations import joining, searching, triage
from spean.voices.operations.searching import Asked
from tests.reading import file_bytes, files_in

SECRET = "ពាក្យសម្ងាត់ហ្ស៊ូឡូ Zulowquist 097 7131 977"


def find(town, name: str, text: str, **more: object) -> tuple:
    return searching.search(town.actor(name), Asked(text, **more)).found


def entries(verb: str = searching.SEARCH) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(verb=verb).order_by("index"))


def test_what_is_found_and_by_whom(town):
    named = town.concern(public=False, contact={"name": "ស្រីមុំ Srey Mom", "phone": "+855 12 345 678"}).id
    told = town.concern(told="ថៅកែរោងចក្រមិនបើកប្រាក់ខែ").id
    elsewhere = town.concern(place=town.place("14010201"), told="ថៅកែរោងចក្រនៅស្វាយ").id

    assert find(town, "worker", "០១២ ៣៤៥ ៦៧៨") == find(town, "supervisor", "Sreymom") == (named,)
    assert find(town, "worker", "ប្រាក់ខែ រោងចក្រ") == (told,)
    assert (find(town, "worker", "រោងចក្រ"), find(town, "stranger", "រោងចក្រ")) == ((told,), (elsewhere,))
    assert set(find(town, "worker", "Trapeang Srae")) == {told, named}
    assert find(town, "worker", "ប្រាក់ខែ", place="KH/14/1401/140101/") == (told,)
    assert find(town, "worker", "ប្រាក់ខែ", place="KH/03/") == ()
    for name in ("volunteer", "manager", "officer", "administrator", "analyst", "focal"):
        with pytest.raises(NotAllowed):
            find(town, name, "ប្រាក់ខែ")
    with pytest.raises(Locked):
        searching.search(town.actor("worker", locked=True), Asked("ប្រាក់ខែ"))
    with pytest.raises(Invalid):
        find(town, "worker", "!!")


def test_messages_are_searched_when_asked_for(town):
    concern = town.concern(read=True)
    triage.answer(town.actor("worker"), concern.id, "យើងនឹងជួបអ្នកនៅវត្តអង្គរ", uuid4())
    assert find(town, "worker", "វត្តអង្គរ") == ()
    assert find(town, "worker", "វត្តអង្គរ", messages=True) == (concern.id,)
    assert [e.reason for e in entries()] == ["1", "2"]


def test_the_trail_is_written_before_anything_is_opened_and_never_says_the_words(town, monkeypatch):
    for _n in range(3):
        town.concern()
    seen = []
    real = searching.open_sealed
    monkeypatch.setattr(searching, "open_sealed", lambda *given: seen.append(len(entries())) or real(*given))
    find(town, "worker", "ឈ្មួញ")

    assert seen == [1, 1, 1]
    (entry,) = entries()
    assert (entry.actor, entry.subject_id, entry.reason) == (*[str(town.users["worker"].id)] * 2, "3")
    monkeypatch.setattr(often.audit, "record", lambda *_a, **_k: (_ for _ in ()).throw(RuntimeError("no trail")))
    seen.clear()
    with pytest.raises(RuntimeError):
        find(town, "worker", "ឈ្មួញ")
    assert seen == []


def test_who_was_not_given_the_key_finds_nothing_and_is_told_how_many_stay_shut(town):
    from spean.privacy import keys

    town.concern()
    keys.revoke_team(town.teams["team"].id, town.users["worker"].id)
    outcome = searching.search(town.actor("worker"), Asked("ឈ្មួញ"))
    assert (outcome.found, outcome.opened, outcome.shut) == ((), 0, 1)


def test_sixty_times_a_day_and_then_an_alarm_that_others_see(town, monkeypatch):
    from spean.voices import queries

    monkeypatch.setattr(searching, "A_DAY", 2)
    town.concern()
    for _n in range(2):
        find(town, "worker", "ឈ្មួញ")
    for _n in range(2):
        with pytest.raises(TooMany):
            find(town, "worker", "ឈ្មួញ")

    assert (len(entries()), len(entries(searching.OFTEN))) == (2, 1)
    assert find(town, "supervisor", "ឈ្មួញ")
    for name in ("supervisor", "officer"):
        (tile,) = (t for t in queries.today(town.actor(name)) if t.name == "searches")
        assert (tile.count, tile.tone, "Demo Worker" in tile.label) == (1, "urgent", True)
    assert not [t for t in queries.today(town.actor("worker")) if t.name == "searches"]


def test_the_newest_are_searched_and_the_reader_is_told_of_the_older_ones(town, monkeypatch):
    monkeypatch.setattr(searching, "MOST_SEALS", 2)
    all_of_them = [town.concern().id for _n in range(3)]
    outcome = searching.search(town.actor("worker"), Asked("ឈ្មួញ"))
    assert (outcome.opened, outcome.older, len(outcome.found)) == (2, True, 2)
    assert set(outcome.found) < set(all_of_them)


def test_the_number_of_queries_does_not_grow(town):
    counted = []
    for more in (1, 2):
        for _n in range(more):
            town.concern()
        with CaptureQueriesContext(connection) as asked:
            find(town, "worker", "ឈ្មួញ")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_search_seals_nothing_anew(town):
    concern = town.concern()
    before = bytes(concern.told)
    find(town, "worker", "ឈ្មួញ")
    after = Concern.objects.get(pk=concern.pk)
    assert (bytes(after.told), after.state) == (before, "new")


def test_the_page_shows_counted_facts_and_the_words_are_nowhere_afterwards(town, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.DEBUG)
    concern = town.concern(told=f"ដំរីសខ្មៅ {SECRET}")
    client = town.client("worker")
    url = reverse("desk:concern_search")
    page = client.get(url)
    answer = client.post(url, {"text": SECRET})

    assert (page.status_code, answer.status_code) == (200, 200)
    body = answer.content.decode()
    assert reverse("desk:concern", args=[concern.id]) in body
    assert "ដំរីស" not in body
    assert client.post(url, {"text": ""}).status_code == 422
    assert client.post(url, {"text": "!!"}).status_code == 422
    words = [w for w in SECRET.split() if not w.isdigit()] + ["7131 977", "977131977"]  # four digits alone stand in any hash
    kept = everything() + caplog.text.encode()
    assert [w for w in words if w.encode() in kept or re.search(re.escape(w.encode()), kept, re.IGNORECASE)] == []


def everything() -> bytes:
    """All that the tables hold, as text; and every file of the data folder and the keystore."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the tables' own names
            found += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor for v in row]
    found.append(file_bytes(*files_in(*{Path(settings.DATA_DIR), Path(settings.KEYSTORE_DIR)})))
    return b"\n".join(found)


def test_locked_keys_keep_what_was_typed_and_search_nothing(town):
    town.concern()
    client = town.client("worker", locked=True)
    assert client.get(reverse("desk:concern_search")).status_code == 302
    held = client.post(reverse("desk:concern_search"), {"text": SECRET})
    assert (held.status_code, SECRET in held.content.decode(), entries()) == (423, True, [])


def test_issues_are_found_among_those_that_one_may_see(town):
    from spean.voices import indexing, queries

    draft, raised = town.issue(), town.issue("raised")

    def numbers(name: str, text: str, **more) -> list[str]:
        return [hit.row.number for hit in queries.found_issues(town.actor(name), text, **more).rows]

    first, second = queries.number(draft), queries.number(raised)
    assert numbers("worker", "ថ្លៃ") == numbers("worker", "fees") == numbers("worker", "Boeng Preah") == [second, first]
    assert numbers("focal", "ថ្លៃ") == numbers("volunteer", "ថ្លៃ") == [second]
    assert numbers("stranger", "ថ្លៃ") == numbers("otherfocal", first) == numbers("focal", first) == []
    assert numbers("worker", first.replace("S", "ស").translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))) == [first]
    assert numbers("worker", "ថ្លៃ", wanted=queries.Wanted("draft")) == [first]
    assert queries.found_issues(town.actor("stranger"), "ថ្លៃ").total == 0
    town.step(draft.pk, "rewrite")
    assert numbers("worker", "fees brokers take") == [second]
    joining.merge(town.actor("worker"), draft.pk, raised.pk)
    from spean.voices.models import Issue

    assert indexing.ISSUES.kept() == {i.number: indexing.doc_of(i).plain for i in Issue.objects.all()}
    page = town.client("focal").get(reverse("desk:issues"), {"q": "ថ្លៃ"})
    assert (str(raised.pk) in page.content.decode(), str(draft.pk) in page.content.decode()) == (True, False)
