"""C-01, C-02, C-03: 640 texts are told by the real doors; then everything is taken and searched."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
from nacl.exceptions import CryptoError

from spean.cases.contexts import (
    packet_context,
    person_context,
    referral_context,
    reply_context,
    unasked_context,
    visit_context,
    visit_word_context,
)
from spean.cases.models import Case, Referral, Reply, Unasked, Visit, VisitWord
from spean.cases.operations import (
    assessing,
    conferring,
    documents,
    enrolling,
    following,
    homecoming,
    identifying,
    keeping,
    law,
    letters,
    livelihoods,
    money,
    planning,
    promises,
    reading,
    referring,
    unasked,
    visits,
)
from spean.collect.models import Reading
from spean.handed.models import Packet
from spean.handed.operations.laying import context as handed_context
from spean.privacy import sessions
from spean.privacy.derivation import hkdf
from spean.privacy.models import UnlockSession
from spean.privacy.sealing import HEADER_SIZE, NONCE_SIZE
from spean.programme.queries import volunteers
from spean.programme.volunteer_lists import LISTS, SEALED
from spean.programme.volunteer_lists import context as volunteer_context
from spean.voices.contexts import context_of, import_context, message_context, plan_context, trusted_context
from spean.voices.models import Attachment, Concern, ImportPart, Message, Plan, PlanPaper, SheetImport
from spean.voices.operations import plan_owner, triage

from .planting import MANY, texts
from .searching import Loot, disguises, standing
from .story import Story, tell
from .taking import database_files, rows, secrets_in_reach, take

#: browsers in which somebody's keys are open while everything is taken
UNLOCKED = 50
PUBLIC = "Everybody may read that the ferry costs 4711 riel"


@pytest.fixture
def story(town, monkeypatch, log_file, temporary) -> Story:
    """Everything told, sessions still open."""
    return tell(town, monkeypatch)


def test_nothing_that_was_told_is_in_what_was_taken(story, log_file, temporary, capfd, record_property):
    issue = story.town.issue("raised")
    type(issue).objects.filter(pk=issue.pk).update(summary_en=PUBLIC)
    for _n in range(UNLOCKED):
        assert story.town.client("worker").get("/km/desk/").status_code == 200
    screen = log_file.parent / "screen"
    screen.write_text("".join(capfd.readouterr()), encoding="utf-8")

    loot = take(Loot(), [log_file, screen], temporary)
    found = loot.found([*story.supply.planted, *story.tokens, *story.signs])
    candidates = secrets_in_reach()

    record_property("stolen texts searched", len(story.supply.planted))
    record_property("stolen texts found", len(found))
    record_property("stolen bytes searched", loot.size)
    record_property("stolen secrets tried", len(candidates))
    assert found == {}
    assert opened_by(candidates) == []
    assert_the_doors_were_open(story)
    assert_the_search_was_in_earnest(story, loot, candidates)


def assert_the_doors_were_open(story: Story) -> None:
    """The story was told: reports taken, forms refused, bugs and a failing database answered as such; the team reads it all."""
    kinds = {door: set(codes) for door, codes in story.statuses.items()}
    taken = {
        "public": {200},
        "addition": {200},
        "volunteer": {302},
        "triage": {200},
        "reply": {302},
        "sheet": {302},
        "plan": {200},
        "case": {302},
        "packet": {200},
        "photos": {303},
    }
    assert {door: kinds[door] for door in taken} == taken
    assert (kinds["refused"], kinds["locked"], kinds["broken"]) == ({422}, {423}, {500, 503})
    assert len(set(story.supply.planted)) == MANY
    assert (Attachment.objects.count(), PlanPaper.objects.count(), Reading.objects.count()) == (12, 2, 1)
    assert sorted(SheetImport.objects.values_list("state", flat=True)) == ["done", "preview", "running"]
    worker, held = story.town.actor("worker"), []
    for concern in Concern.objects.all():
        told = triage.read(worker, concern.pk)
        held += [told.told, *told.contact.values(), *(m.text for m in told.messages)]
    for code in story.plans:
        written = plan_owner.own_plan(code, written=True).written
        held += [*written.words.values(), *(text for person in written.people for text in vars(person).values())]
    for case in Case.objects.all():
        held += _of_case(worker, case)
    held += [referring.hear(worker, reply.referral_id) for reply in Reply.objects.all()]
    assert (Referral.objects.exclude(packet=b"").count(), Reply.objects.count()) == (1, 1)
    assert sorted(Packet.objects.values_list("state", flat=True)) == ["serves", "waiting"]
    seat = story.town.users["volunteer"].memberships.get().pk
    held += [said or "" for _list, _line, said in volunteers.told(story.town.actor("supervisor"), seat).lines]
    text = "\n".join(held)
    assert sum(planted in text for planted in story.supply.planted) > 0.75 * MANY, (
        "what no form refused and no change replaced is there"
    )


def _of_case(worker, case: Case) -> list[str]:
    """Everything that the team can read of one person."""
    held: list[str] = []
    opened = reading.read(worker, case.pk)
    kept = documents.read(worker, case.pk)
    held += [*kept.demands.values(), *(word for one in kept.documents.values() for word in vars(one).values())]
    held += [one.name for one in kept.authorities]
    held += [words for one in letters.read(worker, case.pk).values() for words in (one.km, one.en)]
    held += keeping.read(worker, case.pk).values()
    held += [word for met in conferring.read(worker, case.pk).values() for word in vars(met).values()]
    for told in law.read(worker, case.pk).words.values():
        held += [told] if isinstance(told, str) else list(vars(told).values())
    for owed in money.read(worker, case.pk).matters.values():
        held += [owed.who, owed.words, *(amount.words for amount in owed.amounts)]
    held += [text for one in unasked.read(worker, case.pk).values() for text in (one.named, one.reason)]
    held += [text for one in visits.read(worker, case.pk).said.values() for text in (one.alias, one.text)]
    held += [text for paper in identifying.read(worker, case.pk).values() for text in (paper.number, paper.words)]
    held += [*opened.person.contact.values(), *opened.tasks.values(), *(note.text for note in opened.notes.rows)]
    held += [assessing.read(worker, case.pk, one)["words"] for one in case.assessments.values_list("pk", flat=True)]
    held += [said.words for said in following.read(worker, case.pk).values()]
    held += [text for one in promises.read(worker, case.pk).values() for text in (one.what, one.said)]
    learned = enrolling.read(worker, case.pk)
    held += [*learned.words.values(), *learned.numbers.values()]
    earned = livelihoods.read(worker, case.pk)
    held += [*earned.words.values(), *(came.words for came in earned.incomes)]
    plan = planning.read(worker, case.pk)
    held += [plan.wish, *plan.goals.values()]
    held += [
        opened.person.name_km,
        opened.person.name_latin,
        *opened.person.aliases,
        opened.person.dependants,
        opened.person.story,
    ]
    for way in case.ways.all():
        shown = homecoming.read(worker, case.pk, way.pk)
        held += [shown.where, shown.text, *(text for step in shown.steps.values() for text in step.values())]
    return held


def assert_the_search_was_in_earnest(story: Story, loot: Loot, candidates: set[bytes]) -> None:
    """The controls: what is public is found by the same search, and the right key opens by the same trial."""
    tables = {table for table, _column, _value in rows()}
    assert {"cases_case", "voices_concern", "voices_message", "voices_receipt", "privacy_auditentry", "django_session"} <= tables
    assert UnlockSession.objects.count() > UNLOCKED, "C-03: sessions are unlocked while their tables are taken"
    where = loot.found([PUBLIC])[PUBLIC]
    assert any(part.startswith("table") for part in where)
    assert any(part.startswith("database file") for part in where) or not database_files()
    assert connection.vendor != "sqlite" or any(path.name.endswith("-wal") for path in database_files())
    assert {"log", "data folder .sealed", "data folder .sqlite3", "data folder secret_key"} <= set(loot.parts)
    assert len(candidates) > 500
    concern = Concern.objects.first()
    key = story.town.rings["worker"].data_key(concern.id)
    assert opened_by({key}) == [key]


def opened_by(candidates: set[bytes]) -> list[bytes]:
    """C-02, C-03: those key-like values of the tables, the sessions and the keystore that open a seal or a session."""
    told = [(concern.told, context_of(concern)) for concern in Concern.objects.all()]
    told += [(sheet.head, import_context(sheet)) for sheet in SheetImport.objects.exclude(head=b"")]
    told += [(part.rows, import_context(part.sheet, part)) for part in ImportPart.objects.select_related("sheet")]
    told += [(plan.told, plan_context(plan)) for plan in Plan.objects.all()]
    told += [(plan.trusted, trusted_context(plan)) for plan in Plan.objects.all()]
    told += [(case.person, person_context(case)) for case in Case.objects.all()]
    sent = Referral.objects.select_related("case")
    told += [(one.needs, referral_context(one.case, one.id)) for one in sent]
    told += [(one.packet, packet_context(one)) for one in sent.exclude(packet=b"")]
    told += [(one.said, handed_context(one)) for one in Packet.objects.exclude(said=b"")]
    told += [(one.words, unasked_context(one.case, one.id)) for one in Unasked.objects.select_related("case")]
    told += [(one.alias, visit_context(one)) for one in Visit.objects.select_related("case").exclude(alias=b"")]
    told += [(one.said, visit_word_context(one.visit, one.id)) for one in VisitWord.objects.select_related("visit__case")]
    told += [(one.said, reply_context(one)) for one in Reply.objects.select_related("referral__case")]
    lines = [(n, one) for n in SEALED for one in LISTS[n].model.objects.select_related("membership__team")]
    told += [(one.words, volunteer_context(one.membership.team.organisation_id, n, one.id)) for n, one in lines]
    messages = Message.objects.select_related("concern")[:10]
    said = [(message.said, message_context(message.concern, message.id)) for message in messages]
    boxes = [(bytes(row.box), sessions._aad(row.session_hash, row.user)) for row in UnlockSession.objects.all()]
    keyed = {k: (k, hkdf(k, b"unlock-session-v1")) for k in candidates}
    sealed = [(bytes(blob), context.aad()) for blob, context in [*told, *said]]
    seals = [k for k in candidates if any(_opens(k, *seal) for seal in sealed)]
    return seals + [k for k, tried in keyed.items() if any(_opens(t, *box) for box in boxes for t in tried)]


def _opens(key: bytes, blob: bytes, aad: bytes) -> bool:
    """By the bare cipher: a thief does not care for our heads."""
    try:
        return bool(decrypt(blob[HEADER_SIZE:], aad, blob[HEADER_SIZE - NONCE_SIZE : HEADER_SIZE], key))
    except CryptoError:
        return False


def test_the_search_finds_each_disguise():
    import base64
    import gzip
    import json
    import zlib
    from urllib.parse import quote

    for text in ("Sokcha Narypho", "សុខចាន់ធារី បូរ៉ា", "012 345 6789"):
        plain = text.encode()
        hidden = [
            plain, text.upper().encode(), text.encode("utf-16"), text.encode("utf-16-be"), plain.hex().encode(),
            plain.hex().upper().encode(), json.dumps({"a": text}).encode(), quote(text).encode(),
            gzip.compress(b"--" + plain + b"--"), b"x" * 7 + zlib.compress(plain * 3),
            *(base64.b64encode(b"-" * n + plain + b"---") for n in range(4)),
        ]  # fmt: skip
        for at, data in enumerate(hidden):
            loot = Loot()
            loot.add("a file", b"before" + data + b"after")
            assert loot.found([text]), f"disguise {at} of {text!r}"
        loot = Loot()
        loot.add("a file", b"nothing of the kind")
        assert not loot.found([text])
    loot = Loot()
    loot.add("a file", b"+855 (0) 0123456789")
    assert loot.found(["012 345 6789"])


def test_the_texts_are_told_apart():
    whole = texts()

    assert len(whole) == len(set(whole)) == MANY
    assert all(len(form) >= 8 for text in whole for form in disguises(text))
    assert sum(t.replace(" ", "").isdigit() for t in whole) >= 90


@given(st.binary(max_size=80), st.lists(st.binary(min_size=8, max_size=12), max_size=5), st.data())
def test_every_place_is_looked_at(data, forms, draw):
    for form in draw.draw(st.lists(st.sampled_from(forms), max_size=3)) if forms else ():
        at = draw.draw(st.integers(0, len(data)))
        data = data[:at] + form + data[at:]

    assert standing(data, forms) == {form for form in forms if form in data}
