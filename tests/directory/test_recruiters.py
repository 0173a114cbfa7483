"""The register of recruiters: two people publish, claims stand side by side, everything is kept, nothing says "safe"."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from spean.directory.enums import VersionState
from spean.directory.models import Correction, LicenceClaim, Phone, Recruiter
from spean.directory.operations import calling, correcting, registering
from spean.directory.operations.registering import LICENCE_DAYS, RECRUITERS
from spean.directory.queries import recruiters as public
from spean.directory.queries import register as desk
from spean.directory.recruiting import RecruiterDraft
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours, TooMany
from spean.privacy.models import AuditEntry

from .conftest import RECRUITER, a_licence

WORDS = RecruiterDraft(**RECRUITER)


@pytest.fixture(autouse=True)
def in_khmer():
    with translation.override("km"):
        yield


def test_nobody_outside_reads_what_one_person_wrote(manager, coordinator):
    pk = RECRUITERS.write(manager, WORDS, uuid4())
    assert public.search("Demo Agency Star").rows == ()
    with pytest.raises(NotYours):
        public.one(pk)
    with pytest.raises(NotAllowed):
        RECRUITERS.publish(manager, pk, 1)
    with pytest.raises(Conflict):
        RECRUITERS.publish(coordinator, pk, 2)
    RECRUITERS.publish(coordinator, pk, 1)
    assert public.one(pk).verdict == public.UNCHECKED
    assert [row.id for row in public.search("Demo Agency Star").rows] == [pk]


def test_the_same_sending_makes_one(manager, coordinator):
    sent = uuid4()
    assert RECRUITERS.write(manager, WORDS, sent) == RECRUITERS.write(manager, WORDS, sent)
    with pytest.raises(NotYours):
        RECRUITERS.write(coordinator, WORDS, sent)
    assert Recruiter.objects.count() == 1


def test_a_claim_is_shown_once_a_second_person_checked_it(recruiter, claim, manager, coordinator):
    pk = recruiter()
    made = claim(pk, published=False)
    with pytest.raises(NotYours):
        registering.publish(manager, made)
    shown = public.one(pk)
    assert (shown.verdict, shown.licences, shown.more_waits) == (public.UNCHECKED, (), True)
    registering.publish(coordinator, made)
    shown = public.one(pk)
    assert (shown.verdict, len(shown.licences), shown.more_waits) == ("licensed", 1, False)
    assert shown.licences[0].checked.source == "A list"


def test_those_who_disagree_stand_side_by_side(recruiter, claim):
    pk = recruiter()
    claim(pk)
    claim(pk, claimant="court", says="revoked", as_of=date(2026, 2, 1))
    shown = public.one(pk)
    assert shown.verdict == public.CONFLICT
    assert [s.says for s in shown.licences] == ["revoked", "licensed"]


def test_the_newer_word_of_the_same_office_takes_the_place_and_the_older_one_is_kept(recruiter, claim):
    pk = recruiter()
    first = claim(pk)
    claim(pk, says="suspended", as_of=date(2026, 3, 1))
    assert public.one(pk).verdict == "suspended"
    old = LicenceClaim.objects.get(pk=first)
    assert (old.state, old.replaced) == ("withdrawn", True)


def test_an_older_word_of_the_same_office_says_nothing_against_a_newer_one(recruiter, claim):
    pk = recruiter()
    claim(pk, says="suspended", as_of=date(2026, 3, 1))
    claim(pk, says="licensed", as_of=date(2026, 1, 1))
    assert public.one(pk).verdict == "suspended"


def test_a_licence_whose_day_is_over_has_ended_whoever_called_it_good(recruiter, claim):
    pk = recruiter()
    claim(pk, ends_on=clock.today() - timedelta(days=1))
    shown = public.one(pk)
    assert (shown.verdict, shown.licences[0].ended) == ("expired", True)


def test_what_was_checked_too_long_ago_says_so(recruiter, claim, manager):
    pk = recruiter()
    claim(pk)
    assert not public.one(pk).overdue
    with clock.at(clock.now() + timedelta(days=LICENCE_DAYS + 1)):
        assert public.one(pk).overdue
        assert [(row.id, row.overdue) for row in desk.recruiters(manager, view="overdue").rows] == [(pk, True)]
        assert {t.name: t.count for t in desk.tiles(manager)}["recruiters_overdue"] == 1


def test_what_was_withdrawn_is_found_no_more_and_kept(recruiter, claim, coordinator):
    pk = recruiter()
    made = claim(pk)
    registering.withdraw(coordinator, made)
    assert public.one(pk).verdict == public.UNCHECKED
    RECRUITERS.withdraw(coordinator, pk)
    assert public.search("Demo Agency Star").rows == public.search("012 311 112").rows == ()
    recruiter = Recruiter.objects.get(pk=pk)
    assert recruiter.versions.get().state == VersionState.WITHDRAWN
    assert LicenceClaim.objects.get(pk=made).state == "withdrawn"


def test_every_version_is_kept(recruiter, manager, coordinator):
    pk = recruiter()
    RECRUITERS.propose(manager, pk, replace(WORDS, name_en="Demo Agency Sun"))
    RECRUITERS.propose(manager, pk, replace(WORDS, name_en="Demo Agency Sun"))
    assert public.one(pk).other_name == WORDS.name_en
    RECRUITERS.publish(coordinator, pk, 2)
    assert public.one(pk).other_name == "Demo Agency Sun"
    assert list(Recruiter.objects.get(pk=pk).versions.order_by("number").values_list("state", flat=True)) == [
        "replaced",
        "published",
    ]


def test_the_database_too_refuses_one_person(recruiter, claim, manager):
    pk = recruiter()
    made = claim(pk, published=False)
    for rows, change in (
        (LicenceClaim.objects.filter(pk=made), {"checked_by": manager.id}),
        (Recruiter.objects.get(pk=pk).versions.all(), {"published_by": manager.id}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


@pytest.mark.parametrize(
    "asked",
    [
        "Demo Agency Star", "demo agency star co ltd", "DEMO  AGENCY STAR LIMITED", "Dimo Ajency Star", "star", "Phkay Demo",
        "ភ្នាក់ងារសាកល្បង", "ទីភ្នាក់ងារសាកល្បងផ្កាយ", "ផ្កាយ", "012/2025", "លេខ ០១២/២០២៥", "០១២ ៣១១ ១១២", "+855 12 311 112",
        "012311112",
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_written(recruiter, claim, asked):
    pk = recruiter()
    claim(pk, licence_number="លេខ ០១២/២០២៥" if asked.startswith("លេខ") else "012/2025")
    recruiter(name_km="ក្រុមហ៊ុនឫស្សី", name_en="Bamboo Invented Office", aliases=(), numbers=())
    assert [row.id for row in public.search(asked).rows] == [pk]


@pytest.mark.parametrize("asked", ["", "   ", "Lotus", "ឈូក", "999/2025", "099 999 999", "'; --", "\u202e", "a" * 500, "0" * 500])
def test_what_is_not_there_is_not_found(recruiter, claim, asked):
    claim(recruiter(), licence_number="012/2025")
    assert public.search(asked).rows == ()


def test_a_number_is_shown_after_a_test_call_only(recruiter, coordinator):
    pk = recruiter()
    assert (public.one(pk).numbers, public.one(pk).unproven) == ((), True)
    phone = Phone.objects.get(recruiter=pk)
    calling.record(coordinator, phone.id, heard="right", on=clock.today(), words="", sent_id=uuid4())
    assert [n.shown for n in public.one(pk).numbers] == ["+855 12 311 112"]
    calling.record(coordinator, phone.id, heard="other", on=clock.today(), words="", sent_id=uuid4())
    assert public.one(pk).numbers == ()
    assert public.search("012 311 112").rows == ()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name_km": "", "name_en": ""}, "name_km"), ({"source": " "}, "source"), ({"numbers": ("1",)}, "numbers"),
        ({"country": "XX"}, "country"), ({"countries": ("XX",)}, "countries"), ({"kind": "gang"}, "kind"),
        ({"aliases": ("a\u202eb",)}, "aliases"), ({"website": "demo"}, "website"), ({"aliases": ("a",) * 13}, "aliases"),
        ({"branches": ("a" * 301,)}, "branches"), ({"place": "99"}, "areas"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_by_field(manager, more, field):
    with pytest.raises(Invalid) as refused:
        RECRUITERS.write(manager, replace(WORDS, **more), uuid4())
    assert list(refused.value.fields) == [field]
    assert Recruiter.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"claimant": "me"}, "claimant"), ({"says": "safe"}, "says"), ({"source": ""}, "source"),
        ({"as_of": date(2999, 1, 1)}, "as_of"), ({"licence_number": "1" * 61}, "licence_number"),
        ({"licence_number": "1\u202e2"}, "licence_number"),
    ],
)  # fmt: skip
def test_a_claim_that_cannot_be_kept_is_told_by_field(recruiter, manager, more, field):
    with pytest.raises(Invalid) as refused:
        registering.say(manager, recruiter(), a_licence(**more), uuid4())
    assert list(refused.value.fields) == [field]


def test_nobody_else_writes_or_reads_the_desk(town, recruiter, manager):
    worker, pk = town.actor("worker"), recruiter()
    assert desk.recruiters(worker, view="all").rows == ()
    for run in (
        lambda: RECRUITERS.write(worker, WORDS, uuid4()),
        lambda: registering.say(worker, pk, a_licence(), uuid4()),
        lambda: desk.recruiter_page(worker, pk),
        lambda: RECRUITERS.withdraw(worker, pk),
    ):
        with pytest.raises((NotAllowed, NotYours)):
            run()


@pytest.mark.parametrize("number", [1, 3])
def test_always_the_same_number_of_queries(recruiter, claim, manager, coordinator, number, django_assert_num_queries):
    for n in range(number):
        pk = recruiter(name_en=f"Demo Agency {n}", numbers=("012 311 112", "077 455 516")[: max(number - 1, 1)])
        claim(pk, licence_number=f"{n}/2025")
    with django_assert_num_queries(1):
        desk.recruiters(manager)
    with django_assert_num_queries(2):
        desk.count(manager, "all")
        desk.tiles(manager)
    with django_assert_num_queries(15):
        desk.recruiter_page(manager, pk)
    with django_assert_num_queries(9 if connection.vendor == "sqlite" else 10):  # PostgreSQL is asked for its trigrams
        assert len(public.search("Demo Agency").rows) == number
    with django_assert_num_queries(6):
        public.one(pk)


def test_pages(recruiter):
    made = {recruiter(name_en=f"Demo Agency n{n}", numbers=()) for n in range(public.PAGE + 1)}
    first = public.search("Demo Agency")
    second = public.search("Demo Agency", first.next)
    assert (first.total, second.next) == (len(made), 0)
    assert {r.id for r in (*first.rows, *second.rows)} == made


def test_a_correction_is_asked_once_answered_by_one_and_published_by_another(recruiter, manager, coordinator):
    pk, sent = recruiter(), uuid4()
    for _twice in range(2):
        correcting.ask(pk, wrong="  The number is another ", proof="", sent_id=sent)
    row = Correction.objects.get()
    assert row.wrong == "The number is another"
    assert {t.name: t.count for t in desk.tiles(manager)}["corrections"] == 1
    correcting.answer(manager, row.id, outcome="kept", answer_km="ដដែល", answer_en="The same")
    assert public.one(pk).answers == ()
    with pytest.raises(NotYours):
        correcting.publish(manager, row.id)
    correcting.publish(coordinator, row.id)
    assert [a.words for a in public.one(pk).answers] == ["ដដែល"]
    assert desk.corrections(manager).rows == ()
    assert len(desk.corrections(manager, view="all").rows) == 1


def test_an_answer_is_one_of_the_book_and_in_both_languages(recruiter, manager):
    correcting.ask(recruiter(), wrong="a", proof="", sent_id=uuid4())
    pk = Correction.objects.get().id
    for words, field in (({"outcome": "safe"}, "outcome"), ({"outcome": "kept", "answer_km": "ក"}, "answer_en")):
        with pytest.raises(Invalid) as refused:
            correcting.answer(manager, pk, **words)
        assert list(refused.value.fields) == [field]


def test_a_flood_against_one_recruiter_stops_and_hinders_no_other(recruiter, monkeypatch):
    monkeypatch.setattr(correcting, "MOST_OF_ONE", 2)
    pk, other = recruiter(), recruiter(name_en="Demo Agency Moon", numbers=())
    for n in range(2):
        correcting.ask(pk, wrong=str(n), proof="", sent_id=uuid4())
    with pytest.raises(TooMany):
        correcting.ask(pk, wrong="3", proof="", sent_id=uuid4())
    correcting.ask(other, wrong="1", proof="", sent_id=uuid4())
    assert Correction.objects.count() == 3


def test_the_trail_says_who_did_what_and_never_what_they_wrote(recruiter, claim):
    pk = recruiter()
    claim(pk)
    correcting.ask(pk, wrong="SECRET", proof="", sent_id=uuid4())
    verbs = list(AuditEntry.objects.order_by("index").values_list("verb", flat=True))
    assert [v for v in verbs if v.startswith(("recruiter", "licence", "correction"))] == [
        "recruiter.write", "recruiter.publish", "licence.write", "licence.publish", "correction.ask",
    ]  # fmt: skip
    assert "SECRET" not in str(list(AuditEntry.objects.values()))
