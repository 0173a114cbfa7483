"""Receipts: 24 digits in any script open one thread and no other."""

import string
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel import errors, ids
from spean.kernel.text import khmer_digits
from spean.privacy import keys, receipts

DIGITS = st.text(string.digits, min_size=23, max_size=23)


def test_a_code_follows_from_what_was_sent(settings, tmp_path):
    sent = uuid4()
    code = receipts.code_for(sent, 0)
    assert code == receipts.code_for(sent, 0)
    assert len({code, receipts.code_for(sent, 1), receipts.code_for(uuid4(), 0)}) == 3
    settings.KEYSTORE_DIR = tmp_path / "other"
    assert receipts.code_for(sent, 0) != code


def test_a_code_is_24_digits_with_a_check_digit():
    code = receipts.code_for(uuid4(), 0)
    assert len(code) == 24
    assert ids.has_good_check_digit(code)
    assert str(receipts.parse(code)) == code


@given(DIGITS, st.sampled_from([" ", "-", "", " . "]), st.booleans())
def test_a_code_reads_back_however_it_is_typed(digits, between, khmer):
    code = ids.with_check_digit(digits)
    typed = between.join(code[i : i + 4] for i in range(0, 24, 4))
    parsed = receipts.parse(khmer_digits(typed) if khmer else typed)
    assert (parsed.locator, parsed.secret) == (digits[:6], digits[6:])


@given(DIGITS, st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits, at, by):
    code = ids.with_check_digit(digits)
    wrong = str((int(code[at]) + by) % 10)
    assert receipts.parse(code[:at] + wrong + code[at + 1 :]) is None


@given(st.text())
def test_no_text_upsets_the_reader(typed):
    parsed = receipts.parse(typed)
    assert parsed is None or len(str(parsed)) == 24


def test_a_receipt_opens_its_thread_and_nothing_else(house):
    code, other = receipts.code_for(uuid4(), 0), receipts.code_for(uuid4(), 0)
    row, other_row = receipts.seal_receipt(code), receipts.seal_receipt(other)
    thread, told = uuid4(), uuid4()
    key = keys.new_subject(thread, org=house.org, teams=[house.team], receipt_key=row.public_key)
    keys.new_subject(told, org=house.org, teams=[house.team])
    ring = receipts.open_receipt(receipts.parse(code), row)
    assert ring.data_key(thread) == house.first.data_key(thread) == key
    with pytest.raises(errors.NotYours):
        ring.data_key(told)
    with pytest.raises(errors.NotYours):
        receipts.open_receipt(other, other_row).data_key(thread)


def test_a_wrong_secret_and_an_unknown_locator_open_nothing():
    code = receipts.parse(receipts.code_for(uuid4(), 0))
    row = receipts.seal_receipt(code)
    wrong = receipts.Code(code.locator, f"{(int(code.secret) + 1) % 10**17:017d}")
    assert receipts.open_receipt(code, row) is not None
    assert receipts.open_receipt(wrong, row) is None
    assert receipts.open_receipt(code, receipts.decoy_row(code.locator)) is None


def test_a_decoy_is_the_same_each_time_and_looks_like_a_row():
    row, decoy = receipts.seal_receipt(receipts.code_for(uuid4(), 0)), receipts.decoy_row("123456")
    assert decoy == receipts.decoy_row("123456") != receipts.decoy_row("123457")
    lengths = [[len(getattr(r, f)) for f in ("salt", "verifier", "public_key", "sealed_private")] for r in (row, decoy)]
    assert lengths[0] == lengths[1]


def test_an_unknown_locator_costs_the_same_work(monkeypatch):
    """One derivation and one attempt at a seal of the same length, whether the row is there or not."""
    code = receipts.parse(receipts.code_for(uuid4(), 0))
    row, wrong = receipts.seal_receipt(code), receipts.Code(code.locator, "0" * 17)
    work = []
    stretch, open_bytes = receipts._stretch, receipts.open_bytes
    monkeypatch.setattr(receipts, "_stretch", lambda c, salt: (work.append(len(salt)), stretch(c, salt))[1])
    monkeypatch.setattr(receipts, "open_bytes", lambda k, blob, aad: (work.append(len(blob)), open_bytes(k, blob, aad))[1])

    assert [receipts.open_receipt(wrong, r) for r in (row, receipts.decoy_row(code.locator))] == [None, None]
    assert len(work) == 4
    assert work[:2] == work[2:]


def test_the_secret_is_not_shown():
    code = receipts.parse(receipts.code_for(uuid4(), 0))
    assert code.secret not in repr(code)
