"""Files of a case, sealed and taken away for good; conferences, in which others hear a name only if the person agreed."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from spean.cases import kept_enums as codes
from spean.collect.uploads import CleanFile
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

START = datetime(2027, 3, 15, 3, 0, tzinfo=UTC)
TODAY = date(2027, 3, 15)
PHOTO = CleanFile("image", "image/png", b"a DRAWING of a receipt")


@pytest.fixture
def case(town):
    with clock.at(START):
        yield town.case()


def add(town, case, by="worker", sent=None, **more):
    from spean.cases.operations import keeping

    return keeping.add(town.actor(by), case.id, PHOTO, sent or uuid4(), **{"about": "signed", "words": "The RECEIPT", **more})


def files(town, case, by="worker"):
    from spean.cases.queries import kept

    return kept.files(town.actor(by), case.id)


def confer(town, case, *present, by_name=False, sent=None, part="there", on=TODAY, decided="A COURSE"):
    from spean.cases.operations import conferring

    held = conferring.Held(on, frozenset(present or {"worker", "supervisor"}), part, by_name)
    words = conferring.Words("The JUDGE", "A wish", decided)
    return conferring.confer(town.actor("worker"), case.id, held, words, sent or uuid4())


def agree(town, case, purpose, **more):
    from spean.cases.operations import consent

    given = consent.Given(purpose, frozenset({"name"}), TODAY + timedelta(days=9), "thumb", **more)
    return consent.give(town.actor("worker"), case.id, given, uuid4())


def test_a_file_is_sealed_on_the_disk_and_opens_to_the_team_each_time_in_the_trail(town, case):
    from spean.cases.operations import keeping
    from spean.privacy import audit
    from spean.voices.operations.files import file_path

    sent = uuid4()
    pk = {add(town, case, sent=sent) for _twice in range(2)}.pop()
    worker, row = town.actor("worker"), case.files.get()
    assert keeping.read(worker, case.id) == {pk: "The RECEIPT"}
    assert keeping.read_file(worker, case.id, pk) == ("image/png", PHOTO.data)
    assert b"DRAWING" not in file_path(pk).read_bytes()
    assert b"RECEIPT" not in bytes(row.header)
    assert [entry.verb for entry in audit.entries(case.org_id, subject=pk)] == ["case.file"]
    assert [(one.about, one.by, one.may) for one in files(town, case)] == [
        (str(codes.FileAbout.SIGNED.label), "Demo Worker", {"remove"})
    ]
    assert case.steps.order_by("position").last().detail == "file"


def test_what_supervisors_alone_open_a_case_worker_does_not_even_see(town, case):
    from spean.cases.operations import keeping

    with pytest.raises(Invalid) as refused:
        add(town, case, readers="supervisors")
    assert set(refused.value.fields) == {"readers"}
    pk = add(town, case, by="supervisor", readers="supervisors")
    assert (files(town, case), keeping.read(town.actor("worker"), case.id)) == ((), {})
    for run in (keeping.read_file, keeping.remove):
        with pytest.raises(NotYours):
            run(town.actor("worker"), case.id, pk)
    assert keeping.read(town.actor("supervisor"), case.id, "review") == {pk: "The RECEIPT"}


def test_taken_away_the_bytes_are_gone_and_the_row_stays(town, case, django_capture_on_commit_callbacks):
    from spean.cases.operations import keeping
    from spean.voices.operations.files import file_path

    mine, theirs = add(town, case), add(town, case, by="supervisor")
    with pytest.raises(NotAllowed):
        keeping.remove(town.actor("worker"), case.id, theirs)
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            keeping.remove(town.actor("worker"), case.id, mine)
    gone = next(one for one in files(town, case) if one.id == mine)
    assert (gone.gone_on, gone.gone_by, gone.may) == (TODAY, "Demo Worker", frozenset())
    assert (bytes(case.files.get(pk=mine).header), file_path(mine).exists(), file_path(theirs).exists()) == (b"", False, True)
    with pytest.raises(NotYours):
        keeping.read_file(town.actor("worker"), case.id, mine)
    assert [s.detail for s in case.steps.filter(detail__startswith="file")] == ["file", "file", "file_gone"]


def test_the_sweep_of_files_that_nothing_owns_knows_those_of_cases(town, case, monkeypatch):
    from spean.voices.operations import retention
    from spean.voices.operations.files import file_path

    kept = file_path(add(town, case))
    lost = file_path(uuid4())
    lost.parent.mkdir(parents=True, exist_ok=True)
    lost.write_bytes(b"x")
    monkeypatch.setattr(retention, "ORPHANS_WAIT_SECONDS", -1)
    assert retention.sweep_files() >= 1
    assert (kept.exists(), lost.exists()) == (True, False)


def test_a_case_holds_so_many_files_and_no_more(town, case, monkeypatch):
    from spean.cases.operations import keeping

    monkeypatch.setattr(keeping, "MOST", 1)
    first = add(town, case)
    with pytest.raises(Invalid):
        add(town, case)
    keeping.remove(town.actor("worker"), case.id, first)
    assert add(town, case)


def test_a_conference_is_sealed_and_says_who_was_there_by_kinds(town, case):
    from spean.cases.operations import conferring
    from spean.cases.queries import kept

    sent = uuid4()
    pk = {confer(town, case, sent=sent) for _twice in range(2)}.pop()
    assert conferring.read(town.actor("worker"), case.id)[pk] == conferring.Words("The JUDGE", "A wish", "A COURSE")
    assert b"JUDGE" not in bytes(case.conferences.get().words)
    told = kept.conferences(town.actor("worker"), case.id)[0]
    assert (told.present, told.outside, told.untold) == (
        tuple(str(codes.Present(who).label) for who in ("worker", "supervisor")),
        (),
        False,
    )
    assert case.steps.order_by("position").last().detail == "conference"


@pytest.mark.parametrize("who", codes.MUST_HAVE_AGREED)
def test_others_hear_a_name_only_if_the_person_agreed_that_such_people_are_told(town, case, who):
    confer(town, case, who)  # without a name it needs nobody's word
    with pytest.raises(Invalid) as refused:
        confer(town, case, who, by_name=True)
    assert set(refused.value.fields) == {"by_name"}
    for purpose in sorted(set(codes.Purpose) - codes.MUST_HAVE_AGREED[who]):
        agree(town, case, purpose, named="Somebody")
    with pytest.raises(Invalid):
        confer(town, case, who, by_name=True)
    last = agree(town, case, min(codes.MUST_HAVE_AGREED[who]), named="Somebody")
    assert confer(town, case, who, by_name=True)

    from spean.cases.operations import consent
    from spean.cases.queries.told import told

    assert [one.outside for one in told(town.actor("worker"), case.id).heard] == [(str(who.label),)]
    consent.withdraw(town.actor("worker"), case.id, last)
    with pytest.raises(Invalid):
        confer(town, case, who, by_name=True)


def test_what_cannot_be_is_refused_with_all_reasons(town, case):
    with pytest.raises(Invalid) as refused:
        confer(town, case, "nobody", part="asleep", on=TODAY + timedelta(days=1), decided=" ")
    assert set(refused.value.fields) == {"present", "took_part", "on", "decided"}
    assert case.conferences.count() == 0


def test_closed_cases_take_neither(town, case):
    from spean.cases.operations import closing

    closing.ask(town.actor("worker"), case.id, "reached", "Home", uuid4())
    closing.close(town.actor("supervisor"), case.id)
    for run in (add, confer):
        with pytest.raises(Conflict):
            run(town, case)
