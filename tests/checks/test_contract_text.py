"""Any text at all: no error, and every place that is shown is a place of the text as it was given."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spean.checks import contract
from spean.checks.contract import Ending, Language, folding
from spean.checks.contract.folding import fold

BAD = {
    "km": "និយោជករក្សាទុកលិខិតឆ្លងដែនរបស់កម្មករ រហូតដល់ចប់កិច្ចសន្យា។",
    "th": "นายจ้างจะเก็บรักษาหนังสือเดินทางของลูกจ้างไว้จนครบสัญญา",
    "en": "The employer keeps the passport of the worker until the end of the contract.",
    "ms": "Pasport pekerja akan disimpan oleh majikan sehingga kontrak tamat.",
}
WEIRD = "\u200b\u200c\u200d\u00ad\ufeff\u0301\u17d2\u17b6\u0e33\u0e48\u0e4d១๑1.:;។\n\r\u2028 ()-_aកกក្ម\U0001f600\u0660"
TEXTS = (
    st.text()
    | st.text(alphabet=WEIRD, max_size=60)
    | st.lists(st.sampled_from([*BAD.values(), *WEIRD]), max_size=12).map("".join)
)


@given(TEXTS)
@example("\u17d2" * 50 + "ក")
@example("\n(a) ")
@example("Salary:\n1.")
@example("RM " + "9" * 400 + " a month wage")
@example("wage 1.2.3 baht a day, age 999999 years, 9,99 hours per day")
@example("\ud800 broken")
def test_no_text_breaks_it_and_every_place_is_in_it(text):
    reading = contract.check(text)
    for finding in reading.findings:
        assert finding.spots
        for spot in finding.spots:
            assert 0 <= spot.start < spot.end <= len(text)
            assert text[spot.start : spot.end] == spot.words
        assert list(finding.spots) == sorted(finding.spots, key=lambda s: s.start)
    assert (reading.ending == Ending.FLAGS) == bool(reading.findings)


@given(TEXTS)
def test_the_map_of_places_is_whole(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for letter, start, end in zip(*folded, strict=True):
        assert start == end == -1 or 0 <= start <= end <= len(text)
        if start >= 0 and letter.isascii() and letter.isalpha():
            assert letter in unicodedata.normalize("NFKD", text[start:end].casefold()).casefold()


@given(st.sampled_from(sorted(BAD)), st.data())
def test_signs_that_nobody_sees_change_nothing(language, data):
    plain = BAD[language]
    letters = [c + data.draw(st.sampled_from(["", "\u200b", "\u2060", "\u00ad"])) for c in plain]
    wanted = [f.code for f in contract.check(plain).findings]
    found = contract.check("".join(letters)).findings
    assert "C01" in wanted
    assert [f.code for f in found] == wanted


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("language", sorted(BAD))
def test_every_form_of_the_same_letters_is_read(form, language):
    assert "C01" in [f.code for f in contract.check(unicodedata.normalize(form, BAD[language])).findings]


#: written, and as a camera's picture of it was read
READ_WRONGLY = [
    ("ក្នុងមួយ", "ក្នងមួយ"), ("ប្តូរនិយោជក", "ប្តរនិយោជក"), ("ឈ្នួល", "ឈ្នល"), ("បញ្ឈប់", "បញ្ជប់"), ("ដោយជូន", "ដោយជួន"),
    ("មុន", "មូន"), ("បន្ទុក", "បន្ទូក"), ("មិន", "មីិន"), ("មិនទទួល", "មិនទទូួល"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "read"), READ_WRONGLY)
def test_vowels_that_a_camera_takes_for_each_other_are_one(written, read):
    assert folding.spelling(written) == folding.spelling(read)


def test_a_fee_is_not_a_day_however_alike_they_look():
    assert folding.spelling("ថ្លៃ") != folding.spelling("ថ្ងៃ")


def test_khmer_thai_and_other_digits_are_one():
    assert folding.spelling("០១២៣៤៥៦៧៨៩ ๐๑๒๓๔๕๖๗๘๙ ٠١٢") == "0123456789 0123456789 012"


def test_wrapped_lines_are_joined_and_points_of_a_list_are_not():
    wrapped = (
        "1. The employer provides a room for the worker and shall not keep the pass-\nport of the worker for any reason at all\n"
        "2. The wage is paid on the fifth day of each month in the bank account of the\nworker and in no other way\n3. End"
    )
    assert fold(wrapped).text.splitlines() == [
        "1. the employer provides a room for the worker and shall not keep the passport of the worker for any reason at all",
        "2. the wage is paid on the fifth day of each month in the bank account of the worker and in no other way",
        "3. end",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The employer shall pay the worker a wage on the fifth day of each month, and the worker may go home.",
            Language.ENGLISH,
        ),
        ("Majikan hendaklah membayar gaji pekerja pada setiap bulan dan tidak boleh memegang pasport pekerja.", Language.MALAY),
        (BAD["km"] * 2, Language.KHMER),
        (BAD["th"] * 2, Language.THAI),
        (BAD["km"] * 2 + BAD["en"], Language.MIXED),
        (BAD["en"] * 2 + BAD["ms"] * 2, Language.MIXED),
        ("雇用主は労働者の旅券を保管する。" * 10, Language.UNKNOWN),
        ("Nguoi lao dong phai nop ho chieu cho chu su dung lao dong khi den noi lam viec " * 3, Language.UNKNOWN),
        ("Contract", Language.UNKNOWN),
        ("", Language.UNKNOWN),
        ("#### 1234 ~~~ //// " * 30, Language.UNKNOWN),
    ],
)
def test_the_language_is_named(text, language):
    assert contract.check(text).language == language


def test_there_are_three_endings_and_none_says_that_it_is_good():
    clean = "The employer shall not keep the passport of the worker. The worker keeps it. The wage is 15,000 baht per month."
    assert set(Ending) == {"flags", "none_found", "unread"}
    assert contract.check(BAD["en"]).ending == Ending.FLAGS
    assert contract.check(clean).ending == Ending.NONE_FOUND
    assert contract.check("Contract").ending == Ending.UNREAD
    assert contract.check(clean + "雇用主は労働者の旅券を保管する。" * 5).ending == Ending.UNREAD


def test_a_point_is_read_with_its_head_and_shown_without_it():
    text = "The worker shall not:\n(a) leave the dormitory after 9 pm;\n(b) sing."
    found = {f.code: f for f in contract.check(text).findings}
    assert [s.words for s in found["C09"].spots] == ["leave the dormitory"]


def test_a_figure_is_told_with_its_limit_and_where_that_is_from():
    found = {f.code: f.figure for f in contract.check("Wage: 250 baht per day. The worker works 14 hours per day.").findings}
    assert (found["C14"].found, found["C14"].limit, found["C14"].unit, found["C14"].as_of) == (250, 337, "THB day", "2025-01-01")
    assert "domain.md 3.1" in found["C14"].source
    assert (found["C11"].kind, found["C11"].found, found["C11"].limit) == ("hours_day", 14, 12)


def test_what_is_taken_is_told_as_a_share_of_the_wage():
    text = "The wage is RM 1,800 per month. For the room RM 450 per month is deducted from the wage."
    found = {f.code: f.figure for f in contract.check(text).findings}
    assert (found["C03"].kind, found["C03"].found) == ("share", 25)


def test_a_birthday_is_an_age(monkeypatch):
    from datetime import UTC, datetime

    from spean.kernel import clock

    with clock.at(datetime(2026, 11, 22, tzinfo=UTC)):
        young = contract.check("Date of birth: 12 March 2010. The worker is employed by the company.")
        thai = contract.check("วันเดือนปีเกิด 12 มีนาคม 2553 ลูกจ้างทำงานให้นายจ้าง")
        old = contract.check("Date of birth: 12 March 1999. The worker is employed by the company.")
    assert [[f.code for f in r.findings] for r in (young, thai, old)] == [["C28"], ["C28"], []]


def test_a_wage_in_words_is_not_taken_for_read():
    assert contract.check("The worker gets a monthly wage of four hundred dollars for the work at the factory.").wage_unread
    assert not contract.check("The worker gets a monthly wage of 400 dollars for the work at the factory.").wage_unread
