"""A sheet is sealed, looked at, and imported part by part: nothing is lost, nothing comes twice, nothing is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.collect.sheets import Grid
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked, NotAllowed, NotYours

HEADINGS = ("ល.រ", "Date", "Place", "What was told", "Phone", "Danger", "Kind")
TOLD = "ឈ្មួញយកលុយ ៥០០ ដុល្លារ ពី"


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr("spean.voices.operations.importing.PART", 2)


def row(number, **more):
    cells = {
        "day": "៣/១១/២០២៥",
        "place": "Trapeang Srae",
        "told": f"{TOLD} {number}",
        "phone": "",
        "danger": "no",
        "kind": "fees",
    }
    return (number, *{**cells, **more}.values())


def grid(*rows, headings=HEADINGS):
    return Grid(tuple((n, tuple(map(str, cells))) for n, cells in enumerate((headings, *rows), 1)))


def upload(town, *rows, source="Hotline 2026", by="supervisor", sent=None, headings=HEADINGS):
    from spean.voices.operations import importing

    return importing.upload(town.actor(by), town.teams["team"].id, source, grid(*rows, headings=headings), sent or uuid4())


def run(town, pk, by="worker"):
    """Begin, and do every part."""
    from spean.voices import queries
    from spean.voices.operations import importing

    importing.start(town.actor(by), pk)
    while (found := queries.import_view(town.actor(by), pk)).row.state == "running":
        importing.go_on(town.actor(by), pk, found.next)
    return found.row


def look(town, pk, **more):
    from spean.voices.operations import previewing

    return previewing.look(town.actor("worker"), pk, **more)


def told(town):
    from spean.voices.models import Concern
    from spean.voices.operations import triage

    return sorted(triage.read(town.actor("worker"), c.pk).told for c in Concern.objects.all())


FAULTY = row("4", day="១/១/២៥៦៨", place="nowhere")


def test_a_sheet_is_looked_at_then_imported_as_concerns(town):
    from spean.privacy import audit
    from spean.voices.models import Concern
    from spean.voices.operations import triage

    pk = upload(town, row("1", phone="012345678", danger="ជួយផង"), row("2", danger="yes"), row("3", told="ជួយផង"), FAULTY)
    seen = look(town, pk)
    assert (seen.head.source, [r.number for r in seen.rows], [r.number for r in seen.sample]) == ("Hotline 2026", [2, 5], [3])
    assert [why[1] for r in seen.rows for why in r.faults] == ["ជួយផង", "១/១/២៥៦៨", "nowhere"]
    assert Concern.objects.count() == 0
    done = run(town, pk)
    assert (done.state, done.imported, done.faulty, done.known) == ("done", 2, 2, 0)
    two, three = Concern.objects.order_by("-danger")[::-1]
    assert [(c.channel, c.state, c.place.code, c.received_on.isoformat()) for c in (two, three)] == [
        ("sheet", "new", "140101", "2025-11-03")
    ] * 2
    assert [(c.danger, c.urgent_words, c.alike is not None) for c in (three, two)] == [("now", False, True), ("no", True, True)]
    assert triage.read(town.actor("worker"), three.pk).place["code"] == "14010101"
    verbs = [
        (e.verb, e.actor) for e in audit.entries(two.org_id) if e.verb in {"concern.receive", "import.upload", "import.read"}
    ]
    worker, boss = (str(town.users[n].pk) for n in ("worker", "supervisor"))
    assert verbs == [("concern.receive", worker)] * 2 + [("import.read", worker), ("import.upload", boss)]
    assert audit.verify(two.org_id).ok


def test_nothing_that_the_sheet_says_is_kept_in_clear_and_in_the_end_nothing_at_all(town):
    from django.core import serializers

    from spean.privacy.models import DataKeyWrap
    from spean.voices.models import ImportPart, SheetImport

    pk = upload(town, row("1", phone="012345678"), row("2"), source="The list of Sokha")
    stored = serializers.serialize("json", [*SheetImport.objects.all(), *ImportPart.objects.all()])
    assert [word for word in (TOLD, "012345678", "Sokha", "14010101", "Trapeang") if word in stored] == []
    assert ImportPart.objects.count() == 1
    run(town, pk)
    assert (ImportPart.objects.count(), SheetImport.objects.get().head) == (0, b"")
    assert not DataKeyWrap.objects.filter(subject=pk).exists()


def test_a_sheet_uploaded_twice_by_one_press_is_one(town):
    from spean.voices.models import SheetImport

    sent = uuid4()
    assert upload(town, row("1"), sent=sent) == upload(town, row("1"), sent=sent)
    assert SheetImport.objects.count() == 1


def test_a_stop_within_a_part_loses_nothing_and_doubles_nothing(town, monkeypatch):
    from spean.voices import queries
    from spean.voices.models import Concern
    from spean.voices.operations import importing, intake

    pk, real, calls = upload(town, *(row(n) for n in range(7))), intake.prepare, []
    importing.start(town.actor("worker"), pk)
    importing.go_on(town.actor("worker"), pk, 0)

    def stops(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    with monkeypatch.context() as power_cut:
        power_cut.setattr(intake, "prepare", stops)
        with pytest.raises(KeyboardInterrupt):
            importing.go_on(town.actor("worker"), pk, 1)
    found = queries.import_view(town.actor("supervisor"), pk)
    assert (Concern.objects.count(), found.row.imported, found.next, found.looked_at) == (2, 2, 1, 2)
    for position in (1, 2, 3):
        importing.go_on(town.actor("supervisor"), pk, position)
    assert told(town) == [f"{TOLD} {n}" for n in range(7)]


def test_a_stop_after_the_rows_are_written_and_before_the_part_is_done_doubles_nothing(town, monkeypatch):
    from spean.voices.models import Concern, ImportPart
    from spean.voices.operations import importing

    pk = upload(town, row("1"), row("2"), row("3"))
    importing.start(town.actor("worker"), pk)
    with monkeypatch.context() as power_cut:
        power_cut.setattr(ImportPart, "save", lambda *_a, **_k: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):
            importing.go_on(town.actor("worker"), pk, 0)
    assert Concern.objects.count() == 0
    for position in (0, 1):
        importing.go_on(town.actor("worker"), pk, position)
    assert told(town) == [f"{TOLD} {n}" for n in (1, 2, 3)]


def test_the_same_part_twice_and_one_out_of_turn_change_nothing(town):
    from spean.voices.models import Concern
    from spean.voices.operations import importing

    pk, worker = upload(town, *(row(n) for n in range(6))), town.actor("worker")
    importing.start(worker, pk)
    for position in (0, 0, 2, 0, 1, 1):
        importing.go_on(worker, pk, position)
    assert Concern.objects.count() == 4
    importing.go_on(worker, pk, 2)
    importing.go_on(worker, pk, 2)
    assert Concern.objects.count() == 6


def test_two_sheets_with_rows_in_common_import_each_row_once(town):
    from spean.voices import queries

    first, second = (
        upload(town, row("1"), row("2"), row("3")),
        upload(town, row("៣"), row("4"), row(" 2 "), source="HOTLINE-2026"),
    )
    assert queries.import_view(town.actor("worker"), second).row.known == 0
    assert run(town, first).imported == 3
    done = run(town, second)
    assert (done.imported, done.known) == (1, 2)
    assert told(town) == [f"{TOLD} {n}" for n in (1, 2, 3, 4)]
    again = upload(town, row("1"), row("4"), row("5"))
    found = queries.import_view(town.actor("worker"), again)
    assert (found.row.known, found.before) == (2, 2)
    assert run(town, upload(town, row("1"), source="Another list")).imported == 1


def test_equal_rows_are_one_line_of_the_inbox(town):
    from spean.voices import queries

    run(town, upload(town, row("1", told="The same words"), row("2", told="the same  words!"), row("3")))
    assert sorted(r.times for r in queries.inbox(town.actor("worker")).rows) == [1, 2]


def test_columns_that_are_not_recognised_can_be_assigned(town):
    from spean.voices.operations import importing

    pk = upload(town, row("1"), row("2"), headings=("A", "B", "C", "D", "E", "F", "G"))
    assert [c.value for c in look(town, pk).head.missing] == ["row", "told"]
    with pytest.raises(Conflict):
        importing.start(town.actor("worker"), pk)
    for wrong in ({"row": 0, "told": 0}, {"row": 0, "told": 7}, {"row": 0, "nonsense": 1}):
        with pytest.raises(Invalid):
            importing.assign(town.actor("worker"), pk, wrong)
    importing.assign(town.actor("worker"), pk, {"row": 0, "told": 3, "place": 2})
    assert (look(town, pk).head.columns, run(town, pk).imported) == ({"row": 0, "told": 3, "place": 2}, 2)


def test_faulty_rows_are_paged_and_can_be_taken_corrected_and_uploaded_again(town, monkeypatch):
    from spean.voices.operations import importing, previewing

    monkeypatch.setattr(importing, "PART", 20)
    rows = [row(n, place="nowhere") if n % 3 else row(n) for n in range(90)]
    pk, seen, after = upload(town, *rows), [], ""
    for _page in range(3):
        found = look(town, pk, after=after)
        seen += [r.number for r in found.rows]
        after = found.after
    assert (after, seen) == ("", [n + 2 for n in range(90) if n % 3])
    taken = previewing.faulty_rows(town.actor("worker"), pk)
    assert (len(taken), taken[1][2], len(taken[1])) == (61, "nowhere", len(HEADINGS) + 1)
    assert run(town, pk).imported == 30
    corrected = [[*r[:2], "14010102", *r[3:]] for r in taken[1:]]
    assert run(town, upload(town, *corrected, headings=taken[0])).imported == 60


def test_each_look_is_in_the_trail_and_needs_the_teams_key(town):
    from spean.privacy import audit
    from spean.voices.operations import importing, previewing

    pk, before = upload(town, row("1")), {}
    for who, refusal in (("stranger", NotYours), ("volunteer", NotYours), ("administrator", NotYours), ("manager", NotYours)):
        for verb in (previewing.look, previewing.faulty_rows, importing.start, importing.discard):
            with pytest.raises(refusal):
                verb(town.actor(who), pk)
    with pytest.raises(Locked):
        previewing.look(town.actor("worker", locked=True), pk)
    look(town, pk)
    previewing.faulty_rows(town.actor("worker"), pk)
    said = [e.verb for e in audit.entries(town.teams["team"].organisation_id, subject=pk)]
    assert (said, before) == (["import.read", "import.read", "import.upload"], {})


def test_only_a_team_that_reads_reports_imports_and_only_its_people(town):
    from spean.voices.operations import importing

    for who in ("volunteer", "manager", "administrator", "focal", "stranger"):
        with pytest.raises(NotAllowed):
            upload(town, row("1"), by=who)
    assert [t.id for t in importing.may_import_for(town.actor("worker"))] == [town.teams["team"].id]
    town.teams["team"].receives_reports = False
    town.teams["team"].save()
    with pytest.raises(NotAllowed):
        upload(town, row("1"))


def test_a_sheet_without_rows_or_a_list_without_a_name_is_refused(town):
    for wrong in ({"source": " - "}, {"source": "x" * 81}):
        with pytest.raises(Invalid):
            upload(town, row("1"), **wrong)
    with pytest.raises(Invalid):
        upload(town)


def test_what_nobody_goes_on_with_is_discarded_after_a_week_and_what_was_imported_stays(town):
    from spean.voices.models import Concern, ImportPart, SheetImport
    from spean.voices.operations import importing

    half, whole = upload(town, row("1"), row("2"), row("3")), upload(town, row("9"), source="Meetings")
    importing.start(town.actor("worker"), half)
    importing.go_on(town.actor("worker"), half, 0)
    now = clock.now()
    for days, swept in ((7, 0), (8, 2), (8, 0)):
        with clock.at(now + timedelta(days=days)):
            assert importing.sweep() == swept
    assert {s.state for s in SheetImport.objects.filter(pk__in=[half, whole])} == {"discarded"}
    assert (Concern.objects.count(), ImportPart.objects.count()) == (2, 0)
    with pytest.raises(Conflict):
        importing.start(town.actor("worker"), whole)


def test_the_list_of_sheets_is_paged_by_key_in_one_query_and_says_nothing_of_them(town, django_assert_num_queries):
    from spean.voices import queries
    from spean.voices.models import SheetImport

    first = SheetImport.objects.get(pk=upload(town, row("1")))
    copies = [
        SheetImport(
            team=first.team, org_id=first.org_id, uploaded_by=first.uploaded_by, on=first.on, moved_on=first.on, state="done",
            sent_hash=f"{n:064d}", source_hash=first.source_hash, head=b"",
        )
        for n in range(29)
    ]  # fmt: skip
    SheetImport.objects.bulk_create(copies)
    seen, after, worker = [], "", town.actor("worker")
    for _page in range(2):
        with django_assert_num_queries(1):
            found = queries.imports(worker, after=after)
        seen += [r.id for r in found.rows]
        after = found.after
    assert (len(set(seen)), after) == (30, "")
    assert queries.imports(town.actor("stranger")).rows == ()


def test_a_part_asks_the_database_as_often_for_one_row_as_for_many(town, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from spean.voices.operations import importing

    asked = []
    monkeypatch.setattr(importing, "PART", 50)
    for rows, source in ((2, "a"), (40, "b")):
        pk = upload(town, *(row(n) for n in range(rows)), source=source)
        importing.start(town.actor("worker"), pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            importing.go_on(town.actor("worker"), pk, 0)
        asked.append(len(queries))
    assert asked[0] == asked[1]
