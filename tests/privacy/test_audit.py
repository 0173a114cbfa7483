"""The audit trail (D-06, F-09): append-only, signed, and whatever is done to it is seen offline without secrets."""

import base64
import hashlib
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from spean.kernel import clock, errors
from spean.privacy import audit, merkle, notes, triggers
from spean.privacy.keystore import keystore
from spean.privacy.models import AuditEntry, Checkpoint, TreeHead, UserKey

READ = audit.register("test.read", "read something")
WRITE = audit.register("test.write", "wrote something")
MAYA = audit.Actor(UUID("aaaaaaaa-0000-4000-8000-000000000001"))


def filled(number: int, checkpoints: tuple[int, ...] = ()) -> UUID:
    org = uuid4()
    for n in range(number):
        with transaction.atomic():
            audit.record(MAYA if n % 3 else audit.PUBLIC, READ if n % 2 else WRITE, ("test.thing", uuid4()), org=org)
        if n + 1 in checkpoints:
            audit.checkpoint(org)
    return org


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


@given(st.integers(0, 130))
def test_the_frontier_gives_the_root_of_the_rfc(size):
    leaves = [merkle.leaf_hash(bytes([n])) for n in range(size)]
    frontier = merkle.Frontier()
    for leaf in leaves:
        frontier = merkle.Frontier(frontier.size, frontier.packed())
        frontier.append(leaf)
    assert frontier.root() == naive_root(leaves)


def test_known_roots_of_the_certificate_transparency_tests():
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    frontier = merkle.Frontier()
    for entry in inputs:
        frontier.append(merkle.leaf_hash(bytes.fromhex(entry)))
    assert frontier.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_a_trail_that_nobody_touched_verifies(db):
    org = filled(25, (10, 20))
    report = audit.verify(org)
    assert (report.ok, report.size, report.checkpoints) == (True, 25, 4)  # each is kept in the database and as a file


def test_an_empty_trail_verifies(db):
    assert audit.verify(uuid4()).ok


def test_organisations_have_trails_of_their_own(db):
    one, other = filled(3), filled(5)
    assert [audit.verify(org).size for org in (one, other)] == [3, 5]
    assert [e.index for e in audit.entries(one)] == [2, 1, 0]


def test_what_is_recorded(db):
    org, subject, moment = uuid4(), uuid4(), datetime(2026, 3, 1, 20, 15, 1, 5, UTC)
    with clock.at(moment), transaction.atomic():
        audit.record(MAYA, READ, ("voices.concern", subject), org=org, reason="triage")
        audit.record(audit.PUBLIC, WRITE, subject, org=org, day_only=True)
    timed, day = reversed(audit.entries(org))
    assert timed == audit.Entry(0, moment, str(MAYA.audit_id), READ, "voices.concern", str(subject), "triage")
    assert (day.at, day.actor) == (datetime(2026, 3, 2, tzinfo=UTC), "public")  # the day in Phnom Penh


def test_a_model_is_named_by_its_label_and_id(db):
    user, org = uuid4(), uuid4()
    with transaction.atomic():
        audit.record(audit.SYSTEM, READ, UserKey(user=user), org=org)
    (entry,) = audit.entries(org)
    assert (entry.subject_type, entry.subject_id) == ("privacy.userkey", str(user))


def test_entries_are_paged_and_filtered(db):
    org = filled(10)
    first = audit.entries(org, limit=4)
    second = audit.entries(org, limit=4, before=first[-1].index)
    assert [e.index for e in first + second] == [9, 8, 7, 6, 5, 4, 3, 2]
    assert [e.index for e in audit.entries(org, actor="public")] == [9, 6, 3, 0]
    assert [e.index for e in audit.entries(org, subject=first[2].subject_id)] == [7]
    assert len(audit.entries(org, verb=READ)) == 5


@pytest.mark.parametrize(
    ("actor", "verb", "subject", "reason"),
    [
        (MAYA, "test.unknown", uuid4(), ""),
        (MAYA, READ, "a name", ""),
        (MAYA, READ, uuid4(), "she told me that"),
        (audit.Actor("maya"), READ, uuid4(), ""),
        (MAYA, READ, ("test.thing", "012 345 678"), ""),
        (MAYA, READ, uuid4(), "x" * 41),
    ],
)
def test_words_and_unknown_verbs_are_refused(db, actor, verb, subject, reason):
    with pytest.raises((ValueError, TypeError)), transaction.atomic():
        audit.record(actor, verb, subject, org=uuid4(), reason=reason)
    assert AuditEntry.objects.count() == 0


def test_a_verb_means_one_thing():
    assert audit.register("test.read", "read something") == "test.read"
    with pytest.raises(ValueError, match="else"):
        audit.register("test.read", "wrote something")
    with pytest.raises(ValueError, match="not a verb"):
        audit.register("Read It", "x")


@pytest.mark.django_db(transaction=True)
def test_it_is_written_in_the_callers_transaction_or_not_at_all():
    org = uuid4()
    with pytest.raises(transaction.TransactionManagementError):
        audit.record(MAYA, READ, uuid4(), org=org)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - the failure comes after the work
        audit.record(MAYA, READ, uuid4(), org=org)
        raise RuntimeError
    assert (audit.entries(org), audit.verify(org).ok) == ([], True)


@pytest.mark.parametrize("sql", ["UPDATE privacy_auditentry SET reason = 'x'", "DELETE FROM privacy_auditentry"])
def test_the_database_refuses_a_change(db, sql):
    filled(2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_trail_that_cannot_be_written_stops_what_it_records():
    from .conftest import person

    org, ring = filled(1), person()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_auditentry RENAME TO gone")
    try:
        with pytest.raises(errors.Unavailable), transaction.atomic():  # noqa: PT012 - the failure comes after the work
            UserKey.objects.filter(user=ring.user).delete()
            audit.record(MAYA, READ, uuid4(), org=org)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE gone RENAME TO privacy_auditentry")
    assert UserKey.objects.filter(user=ring.user).exists()


def test_a_head_that_the_key_did_not_sign_takes_no_more_entries(db):
    org = filled(5)
    head = TreeHead.objects.get(org=org)
    for change in ({"signature": bytes(64)}, {"frontier": bytes(64)}, {"frontier": b""}, {"size": 4, "frontier": bytes(32)}):
        TreeHead.objects.filter(org=org).update(**change)
        with pytest.raises(errors.Unavailable), transaction.atomic():
            audit.record(MAYA, READ, uuid4(), org=org)
        assert not audit.verify(org).ok
        head.save()
    assert audit.verify(org).ok


def test_a_trail_cannot_be_begun_again_once_it_has_a_checkpoint(db):
    org = filled(5, (5,))
    triggers.remove(connection)
    AuditEntry.objects.all().delete()
    TreeHead.objects.all().delete()
    Checkpoint.objects.all().delete()
    with pytest.raises(errors.Unavailable), transaction.atomic():
        audit.record(MAYA, READ, uuid4(), org=org)
    assert not audit.verify(org).ok


def test_going_back_to_an_earlier_signed_head_is_seen_by_the_checkpoint(db):
    org = filled(5)
    earlier = TreeHead.objects.get(org=org)
    for _ in range(3):
        with transaction.atomic():
            audit.record(MAYA, READ, uuid4(), org=org)
    audit.checkpoint(org)
    triggers.remove(connection)
    AuditEntry.objects.filter(org=org, index__gte=5).delete()
    Checkpoint.objects.all().delete()
    earlier.save()
    assert audit.verify(org).problems == ["the checkpoint at 8 does not match"]


def tamper(dice: random.Random, org: UUID, size: int) -> str:
    """One of five ways to falsify a trail, with the hash of the changed line made anew half of the time."""
    way = dice.choice(["edit", "delete", "insert", "reorder", "truncate"])
    at, other = dice.sample(range(size), 2)
    rows = AuditEntry.objects.filter(org=org)
    row = rows.get(index=at)
    if way == "edit":
        name, value = dice.choice(
            [
                ("actor", str(uuid4())),
                ("verb", "test.other"),
                ("subject_id", str(uuid4())),
                ("reason", "other"),
                ("at", row.at + timedelta(seconds=1)),
                ("subject_type", "test.other"),
                ("leaf", dice.randbytes(32)),
            ]
        )
        setattr(row, name, value)
        if dice.random() < 0.5 and name != "leaf":
            row.leaf = merkle.leaf_hash(audit.canonical(audit._said(row)))
        row.save()
    elif way == "delete":
        row.delete()
        if dice.random() < 0.5:
            for later in rows.filter(index__gt=at).order_by("index"):
                later.index -= 1
                later.leaf = merkle.leaf_hash(audit.canonical(audit._said(later)))
                later.save()
    elif way == "insert":
        row.pk, row.index = None, size
        row.leaf = merkle.leaf_hash(audit.canonical(audit._said(row)))
        row.save(force_insert=True)
    elif way == "reorder":
        twin = rows.get(index=other)
        for field in ("actor", "verb", "subject_type", "subject_id", "at", "reason"):
            mine, theirs = getattr(row, field), getattr(twin, field)
            setattr(row, field, theirs)
            setattr(twin, field, mine)
        for changed in (row, twin):
            changed.leaf = merkle.leaf_hash(audit.canonical(audit._said(changed)))
            changed.save()
    else:
        rows.filter(index__gte=max(at, 1)).delete()
    return way


def is_seen(org: UUID, points: list[str]) -> bool:
    """Whether both the verifier in the house and the one outside it notice; a trail that gives no export is noticed."""
    if audit.verify(org).ok:
        return False
    try:
        exported = audit.export_for_offline(org)
    except errors.Unavailable:
        return True
    return not audit.verify_export(exported.lines, exported.public_key, points).ok


def test_500_of_500_falsifications_are_seen(db):
    size, dice, seen, ways = 23, random.Random(6), 0, set()
    org = filled(size, (8, 16))
    points = [p.read_text() for p in audit.checkpoint_files(org)]
    triggers.remove(connection)
    for trial in range(500):
        with transaction.atomic():
            ways.add(tamper(dice, org, size))
            seen += is_seen(org, points)
            transaction.set_rollback(True)
        assert trial % 100 or audit.verify(org).ok  # the trail itself is as it was
    assert (seen, len(ways)) == (500, 5)


def test_an_export_verifies_without_database_or_secret(db, settings, tmp_path):
    org = filled(9, (4,))
    exported = audit.export_for_offline(org)
    points = [p.read_text() for p in audit.checkpoint_files(org)]
    settings.KEYSTORE_DIR = tmp_path / "elsewhere"
    report = audit.verify_export(exported.lines, exported.public_key, points)
    assert (report.ok, report.size, report.checkpoints, report.org) == (True, 9, 1, org)
    assert audit.verify(exported).ok


def test_the_verifier_needs_no_django():
    script = (
        "import sys; sys.modules['django'] = None; import spean.privacy.verifying as v; print(v.verify_export([], bytes(32)).ok)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_an_export_under_another_key_or_unreadable_is_refused(db):
    exported = audit.export_for_offline(filled(3))
    other = bytes(SigningKey.generate().verify_key)
    assert not audit.verify_export(exported.lines, other).ok
    for lines in (
        [],
        ["{}"],
        ["x"],
        [exported.lines[0], "{}"],
        ["[" * 100_000],
        ['{"head": 1}'],
        ["null"],
        [exported.lines[0], "[]"],
    ):
        assert not audit.verify_export(lines, exported.public_key).ok


def test_a_checkpoint_of_a_fork_is_seen(db):
    org = filled(4)
    head = notes.Head(org, 2, bytes(32))
    key = keystore().audit_key()
    forged = notes.write(head, key.sign(head.body().encode()).signature, bytes(key.verify_key))
    exported = audit.export_for_offline(org)
    assert audit.verify_export(exported.lines, exported.public_key, [forged]).problems == ["the checkpoint at 2 does not match"]


def test_a_checkpoint_is_a_note_that_any_witness_reads(db):
    org = filled(3)
    text = audit.checkpoint(org)
    public_key = bytes(keystore().audit_key().verify_key)
    origin, size, root, empty, signature, end = text.split("\n")
    assert (origin, size, empty, end) == (f"spean.audit/{org}", "3", "", "")
    assert base64.b64decode(root) == audit.verify(org).root
    raw = base64.b64decode(signature.removeprefix(f"\u2014 {origin} "))
    assert raw[:4] == hashlib.sha256(origin.encode() + b"\n\x01" + public_key).digest()[:4]
    assert notes.read(text, public_key) == notes.Head(org, 3, base64.b64decode(root))
    assert notes.read(text.replace("\n3\n", "\n2\n"), public_key) is None
    assert [p.read_text() for p in audit.checkpoint_files(org)] == [text]


@given(st.text())
def test_no_text_upsets_the_reader_of_notes(text):
    assert notes.read(text, bytes(32)) is None


def test_an_entry_costs_the_same_when_the_trail_is_long(db, django_assert_num_queries):
    org = filled(64)
    with django_assert_num_queries(5), transaction.atomic():  # two of them are the savepoint's
        audit.record(MAYA, READ, uuid4(), org=org)


def test_the_command_says_what_it_verified_and_fails_on_a_changed_trail(db, tmp_path, capsys):
    org = filled(4, (4,))
    call_command("verify_audit")
    assert capsys.readouterr().out == f"{org}: 4 entries, as signed\n"
    exported, file = audit.export_for_offline(org), tmp_path / "export"
    file.write_text("\n".join(exported.lines))
    call_command(
        "verify_audit", "--export", str(file), "--key", exported.public_key.hex(), "--checkpoint", audit.checkpoint_files(org)[0]
    )
    triggers.remove(connection)
    AuditEntry.objects.filter(org=org).delete()
    TreeHead.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_trail_and_leaves_it_append_only():
    filled(2)
    call_command("flush", interactive=False, verbosity=0)
    assert AuditEntry.objects.count() == 0
    filled(1)
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()


def test_entries_poured_in_bulk_stand_in_the_same_tree(db: None) -> None:
    org, at = filled(3, (3,)), datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    lines = [audit.Happened(at + timedelta(hours=n), str(MAYA.audit_id), READ, "test.thing", uuid4(), f"r{n}") for n in range(70)]
    with transaction.atomic():
        assert audit.record_many(org, lines) == 70
    with transaction.atomic():
        audit.record(MAYA, WRITE, ("test.thing", uuid4()), org=org)
    report = audit.verify(org)
    assert (report.problems, report.size, report.checkpoints) == ([], 74, 2)
    assert [e.reason for e in audit.entries(org, verb=READ, limit=2)] == ["r69", "r68"]


def test_an_unknown_verb_in_bulk_writes_nothing(db: None) -> None:
    org = uuid4()
    line = audit.Happened(datetime(2026, 1, 1, tzinfo=UTC), "system", READ, "test.thing", uuid4())
    with pytest.raises(ValueError, match="not registered"), transaction.atomic():
        audit.record_many(org, [line, line._replace(verb="test.unheard_of")])
    assert AuditEntry.objects.filter(org=org).count() == 0
