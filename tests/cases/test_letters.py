"""Letters, complaints and receipts: what each may hold, by which consent, and what it fills when somebody has it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import translation

from cases.test_documents import rows, state, take
from spean.cases import letter_enums as codes
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours

START = datetime(2027, 3, 15, 3, 0, tzinfo=UTC)
TODAY = date(2027, 3, 15)
PROVINCE = "Provincial hall of Prey Veng"


@pytest.fixture
def case(town):
    with clock.at(START), translation.override("en"):
        yield town.case(age="25-59", country="TH", sex="man")


def agree(town, case, purpose="authority", fields=("name", "story"), named=PROVINCE):
    from spean.cases.operations import consent

    given = consent.Given(purpose, frozenset(fields), TODAY + timedelta(days=9), "thumb", named=named)
    return consent.give(town.actor("worker"), case.id, given, uuid4())


def begin(town, case, kind, row, by=""):
    from spean.cases.operations import letters

    return letters.begin(town.actor("worker"), case.id, letters.Chosen(kind, row, str(by)))


def write(town, case, kind, row, by="", sent=None, **texts):
    from spean.cases.operations import letters

    draft = begin(town, case, kind, row, by)
    text = letters.Text(texts.get("km", draft.text.km), texts.get("en", draft.text.en))
    chosen = letters.Chosen(kind, row, str(by) or draft.by)
    return letters.write(town.actor("worker"), case.id, chosen, text, sent or uuid4())


def hand(town, case, pk, way, on=TODAY):
    from spean.cases.operations import letters

    letters.hand(town.actor("worker"), case.id, pk, on, way)


def sign(town, case, pk, receipt="thumb"):
    from spean.cases.operations import letters

    letters.sign(town.actor("worker"), case.id, pk, TODAY, receipt)


def told(town, case):
    from spean.cases.queries.told import told

    return [(one.office, one.why, one.on) for one in told(town.actor("worker"), case.id).offices]


def test_a_letter_to_the_province_from_the_template_to_who_knows_what(town, case):
    from spean.cases.operations import letters

    pk, agreed, sent = take(town, case), agree(town, case), uuid4()
    draft = begin(town, case, "province", pk)
    assert (draft.by, draft.told) == (str(agreed), ("Name", "What happened"))
    for part in (
        f"To {PROVINCE}",
        "The owner: Chan Sophea",
        "Its number: N123",
        "Captain HOLDER",
        "Where: Thailand, Pier 4",
        "01/2027",
    ):
        assert part in draft.text.en
    for part in ("ចាន់ សុភា", "លិខិតឆ្លងដែន", "Captain HOLDER", "០១/២០២៧"):
        assert part in draft.text.km
    assert "Home:" not in draft.text.en  # nobody agreed that it is told
    assert "{" not in draft.text.en + draft.text.km

    made = {write(town, case, "province", pk, sent=sent) for _twice in range(2)}.pop()
    assert told(town, case) == []
    for _twice in range(2):
        hand(town, case, made, "letter")
    assert (state(case, pk), told(town, case)) == ("asked", [("Letter of the province", "Passport", TODAY)])
    assert [(one.way, one.on) for one in case.documents.get().demands.all()] == [("letter", TODAY)]
    kept = case.letters.get()
    assert (kept.state, kept.naming, kept.moved_on, kept.demand.way) == ("handed", "name", TODAY, "letter")
    assert "Sophea" not in str(bytes(kept.words))
    assert letters.read(town.actor("worker"), case.id)[made].en == draft.text.en
    assert letters.printed(town.actor("worker"), case.id, made).number == "C-0001/1"
    assert [s.detail for s in case.steps.order_by("position")][-3:] == ["letter", "demanded", "letter_handed"]


def test_without_consent_it_goes_by_the_number_of_the_case_and_nobody_was_told(town, case):
    pk = take(town, case)
    draft = begin(town, case, "province", pk)
    assert (draft.by, draft.told) == ("number", ())
    for part in ("Sophea", "N123", "HOLDER", "Pier 4", "2027", "ចាន់"):
        assert part not in draft.text.en + draft.text.km
    assert "C-0001" in draft.text.en
    for text in (f"{draft.text.en} chan SOPHEA", f"{draft.text.en} n 123 or captain holder"):
        with pytest.raises(Invalid) as refused:
            write(town, case, "province", pk, en=text)
        assert list(refused.value.fields) == ["text_en"]

    made = write(town, case, "province", pk)
    hand(town, case, made, "letter")
    assert (state(case, pk), told(town, case), case.documents.get().demands.get().way) == ("asked", [], "letter")


@pytest.mark.parametrize("kind", sorted(set(codes.WAYS) - codes.WITHOUT_A_NAME))
def test_where_a_number_says_nothing_the_person_is_asked_first(town, case, kind):
    pk = take(town, case)
    assert (begin(town, case, kind, pk).choices, begin(town, case, kind, pk).text.en) == ((), "")
    for by in ("number", "name", str(uuid4())):
        with pytest.raises(Invalid) as refused:
            write(town, case, kind, pk, by, km="ក", en="A")
        assert list(refused.value.fields) == ["by"]
    assert not case.letters.exists()


def test_the_consent_is_for_whom_it_goes_to_and_covers_what_it_tells(town, case):
    pk = take(town, case)
    short, other = agree(town, case, fields=("name",)), agree(town, case, "family", named="The uncle")
    for by in (short, other):
        assert str(by) not in dict(begin(town, case, "police", pk).choices)
        with pytest.raises(Invalid):
            write(town, case, "police", pk, by, km="ក", en="A")

    holder = agree(town, case, "holder", ("name",), "Captain HOLDER")
    draft = begin(town, case, "holder", pk)
    assert (draft.by, "Sophea" in draft.text.en, "2027" in draft.text.en) == (str(holder), True, False)
    hand(town, case, write(town, case, "holder", pk), "volunteer")
    assert told(town, case) == [("The captain or foreman", "Passport", TODAY)]


def test_what_was_taken_back_is_neither_printed_nor_handed_over(town, case):
    from spean.cases.operations import consent, letters

    pk, agreed = take(town, case), agree(town, case)
    gone, waits = write(town, case, "province", pk), write(town, case, "police", pk)
    hand(town, case, gone, "letter")
    consent.withdraw(town.actor("worker"), case.id, agreed)
    with pytest.raises(Conflict):
        letters.printed(town.actor("worker"), case.id, waits)
    with pytest.raises(Invalid):
        hand(town, case, waits, "police")
    assert letters.printed(town.actor("worker"), case.id, gone).kind == "province"  # what they have, we can look up
    letters.drop(town.actor("worker"), case.id, waits)
    assert [one.state for one in case.letters.order_by("position")] == ["handed", "dropped"]


def test_a_passport_comes_back_by_its_receipt(town, case):
    pk = take(town, case)
    draft = begin(town, case, "receipt", pk)
    assert draft.by == "name"
    assert "The captain or foreman, Captain HOLDER" in draft.text.en
    for part in ("Sophea", "HOLDER", "N123"):
        assert part not in begin(town, case, "receipt", pk, "number").text.en
    made = write(town, case, "receipt", pk)
    for _twice in range(2):
        sign(town, case, made)
    kept = case.documents.get()
    assert (kept.state, kept.receipt, case.letters.get().state) == ("returned", "thumb", "signed")
    assert rows(town, case)[0].papers == ()


def test_a_receipt_that_comes_after_the_document(town, case):
    from spean.cases.operations import documents

    pk = take(town, case)
    documents.end(town.actor("worker"), case.id, pk, "return", TODAY, words="The brother has it")
    assert [kind for kind, _label in rows(town, case)[0].papers] == ["receipt"]
    sign(town, case, write(town, case, "receipt", pk), "signed")
    assert case.documents.get().receipt == "signed"


@pytest.mark.parametrize(("what", "giver"), [("received", "Captain HOLDER"), ("paid", "Chan Sophea")])
def test_a_receipt_for_money(town, case, what, giver):
    from spean.cases.operations import money

    worker = town.actor("worker")
    matter = money.begin(worker, case.id, {"kind": "wages", "currency": "THB", "other": "captain"}, "Captain HOLDER", "", uuid4())
    for kind in (what, "claimed"):
        money.add(worker, case.id, matter, kind, Decimal(43215), TODAY, "", uuid4())
    amounts = {one.what: one.id for one in case.money.get().amounts.all()}
    with pytest.raises(NotYours):
        begin(town, case, "money_receipt", amounts["claimed"])  # nothing changed hands
    text = begin(town, case, "money_receipt", amounts[what]).text
    assert (f"Given by: {giver}" in text.en, "43,215 baht" in text.en, "៤៣,២១៥" in text.km) == (True, True, True)
    sign(town, case, write(town, case, "money_receipt", amounts[what]))
    assert case.letters.get().amount_id == amounts[what]


def test_a_complaint_against_an_agency_is_made_by_handing_it_over(town, case):
    from spean.cases.operations import law, money

    worker = town.actor("worker")
    wages = money.begin(worker, case.id, {"kind": "wages", "currency": "USD", "other": "agency"}, "", "", uuid4())
    money.add(worker, case.id, wages, "claimed", Decimal(900), TODAY, "", uuid4())
    said = law.Words("Demo Agency", "", text="They took 900 dollars")
    pk = law.consider(worker, case.id, "agency", "labour_province", said, uuid4())
    law.claim(worker, case.id, pk, [wages])
    with pytest.raises(NotYours):
        begin(town, case, "criminal_complaint", pk)
    assert begin(town, case, "agency_complaint", pk).choices == ()
    agree(town, case, fields=("name", "story", "home"), named="Labour department")
    text = begin(town, case, "agency_complaint", pk).text
    for part in (
        "To Labour department",
        "Demo Agency",
        "They took 900 dollars",
        "within 10 days",
        "Home: ",
        "Wages: 900 US dollar",
    ):
        assert part in text.en
    assert "ក្នុង ១០ ថ្ងៃ" in text.km
    hand(town, case, write(town, case, "agency_complaint", pk), "")
    matter = case.matters.get()
    assert (matter.state, matter.made_on, matter.answer_by) == ("made", TODAY, TODAY + timedelta(days=10))
    assert told(town, case) == [("Labour department of the province", "A complaint against a recruitment agency", TODAY)]


def test_each_template_is_filled_and_names_only_what_is_known(town, case):
    from spean.cases.letter_words import SOURCE
    from spean.voices.letters import templates

    assert set(templates(SOURCE)) == set(codes.LetterKind)
    assert {kind for kind, words in templates(SOURCE).items() if "{nameless}" in words["en"] and "{nameless}" in words["km"]} == (
        codes.WITHOUT_A_NAME
    )
    pk = take(town, case)
    agree(town, case)
    agree(town, case, "holder", ("name",), "Captain HOLDER")
    for kind in (*codes.WAYS, "receipt"):
        text = begin(town, case, kind, pk).text
        assert "{" not in text.km + text.en
        assert text.km.count("\n\n") == text.en.count("\n\n")


def test_one_line_in_the_trail_for_each_reading_and_each_print(town, case):
    from spean.cases.operations import letters
    from spean.privacy.models import AuditEntry

    made = write(town, case, "province", take(town, case))
    before = AuditEntry.objects.count()
    letters.read(town.actor("worker"), case.id)
    letters.printed(town.actor("worker"), case.id, made)
    verbs = [one.verb for one in AuditEntry.objects.order_by("pk")[before:]]
    assert verbs == ["case.read", "case.letters", "case.read", "case.letter_print"]


def test_another_case_has_no_part_in_it(town, case):
    from spean.cases.operations import letters

    pk, other = take(town, case), town.case()
    made = write(town, case, "province", pk)
    for act in (
        lambda: begin(town, other, "province", pk),
        lambda: hand(town, other, made, "letter"),
        lambda: letters.printed(town.actor("worker"), other.id, made),
    ):
        with pytest.raises(NotYours):
            act()
