"""Custodians: each pair opens what was left, no one alone does (C-14), without the pepper, and only for one browser."""

from itertools import combinations
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel import errors
from spean.privacy import custody, keys, shamir
from spean.privacy.models import Ceremony, Deposit, DepositShare, ReleasedShare
from spean.privacy.sealing import BrokenSeal

from .conftest import PASSWORD


def test_the_published_vector_opens():
    """draft-mcgrew-tss-03, section 9: "test" and a zero, two of two."""
    assert shamir.combine([bytes.fromhex("01B9FA07E185"), bytes.fromhex("02F5409B4511")]) == b"test\0"


@given(st.binary(min_size=1, max_size=40), st.integers(2, 5), st.integers(0, 3))
def test_any_so_many_shares_give_the_secret(secret, needed, more):
    shares = shamir.split(secret, shares=needed + more, needed=needed)
    assert {shamir.combine(some) for some in combinations(shares, needed)} == {secret}


def test_one_share_goes_with_every_secret():
    """Whatever the first share says, each secret is still possible: some second share leads to it."""
    first = shamir.split(b"\x2a")[0]
    assert {shamir.combine([first, bytes([2, y])]) for y in range(256)} == {bytes([n]) for n in range(256)}


@pytest.mark.parametrize("shares", [[], [b""], [b"\x01a", b"\x01b"], [b"\x00a", b"\x01b"], [b"\x01a", b"\x02bb"]])
def test_what_are_no_shares_is_refused(shares):
    with pytest.raises(ValueError, match="once"):
        shamir.combine(shares)


def test_there_is_no_splitting_into_one():
    for shares, needed in ((3, 1), (1, 2), (256, 2)):
        with pytest.raises(ValueError, match="at least two"):
            shamir.split(b"x", shares=shares, needed=needed)


@pytest.fixture
def three(house, new_person):
    """Three custodians of the house, appointed and certified."""
    rings = [new_person() for _ in range(3)]
    for ring in rings:
        keys.certify_user(house.first, house.org, ring.user)
        custody.appoint(house.org, ring.user)
    return rings


@pytest.fixture
def asked(house, three):
    """`first` left her keys, and a ceremony to open them began: its id, and the secret of her browser."""
    custody.leave(house.first.user, house.org, house.first.secret_bytes(), [r.user for r in three])
    ceremony = uuid4()
    return ceremony, custody.begin(ceremony)


def test_each_pair_opens_all_and_each_alone_nothing(house, three, asked):
    ceremony, secret = asked
    owner, opened = house.first.user, []
    for number in (1, 2, 3):
        for helpers in combinations(three, number):
            ReleasedShare.objects.all().delete()
            for ring in helpers:
                custody.release(ring, ceremony, owner)
            try:
                opened.append((number, custody.open_together(ceremony, owner, secret)))
            except errors.Conflict:
                opened.append((number, b""))
    whole = house.first.secret_bytes()
    assert opened == [(1, b"")] * 3 + [(2, whole)] * 3 + [(3, whole)]


def test_one_custodian_with_the_whole_database_and_a_guess_at_the_other_share_opens_nothing(house, three, asked):
    """Her own share counted twice, or with any y at another x, is refused by the seal."""
    split = Deposit.objects.get().split
    blob = DepositShare.objects.get(custodian=three[0].user).blob
    share = custody._open(three[0].box, bytes(blob), house.first.user, split)
    for guess in (bytes([share[0] % 3 + 1]) + share[1:], bytes([9]) + bytes(32)):
        with pytest.raises(BrokenSeal):
            custody.open_bytes(
                shamir.combine([share, guess]),
                bytes(Deposit.objects.get().sealed),
                custody._aad(house.org, house.first.user, split),
            )


def test_it_works_without_the_pepper(house, three, asked, settings, tmp_path):
    ceremony, secret = asked
    settings.KEYSTORE_DIR = tmp_path / "lost"
    for ring in three[:2]:
        custody.release(ring, ceremony, house.first.user)
    ring = keys.KeyRing.from_bytes(custody.open_together(ceremony, house.first.user, secret))
    keys.change_password(ring.user, ring, "another four words")
    assert keys.unlock(ring.user, "another four words").secret_bytes() == house.first.secret_bytes()
    assert keys.unlock(ring.user, PASSWORD) is None


def test_another_browser_opens_nothing_and_reads_out_other_digits(house, three, asked):
    ceremony, secret = asked
    other = uuid4()
    others_secret = custody.begin(other)
    for ring in three:
        custody.release(ring, ceremony, house.first.user)
    for wrong in ("", "x", others_secret):
        with pytest.raises(BrokenSeal):
            custody.open_together(ceremony, house.first.user, wrong)
    with pytest.raises(errors.Conflict):
        custody.open_together(other, house.first.user, others_secret)
    assert custody.digits_for(ceremony, secret) == custody.digits_of(ceremony) != custody.digits_of(other)


def test_a_key_that_was_put_in_the_browsers_place_shows_other_digits(house, three, asked):
    ceremony, secret = asked
    said = custody.digits_for(ceremony, secret)
    foreign = uuid4()
    custody.begin(foreign)
    row = Ceremony.objects.get(pk=foreign)
    Ceremony.objects.filter(pk=ceremony).update(public_key=row.public_key, sealed_private=row.sealed_private)
    assert custody.digits_of(ceremony) != said
    with pytest.raises(BrokenSeal):
        custody.digits_for(ceremony, secret)


def test_a_custodian_whom_only_the_tables_know_gets_no_share(house, three, new_person):
    rogue = new_person()
    trio = [*(r.user for r in three[:2]), rogue.user]
    for step in (lambda: None, lambda: custody.appoint(house.org, rogue.user)):
        step()  # appointed, but certified by nobody
        with pytest.raises(errors.NotAllowed):
            custody.leave(house.first.user, house.org, b"x", trio)
    assert not Deposit.objects.exists()


def test_who_holds_no_share_releases_none(house, three, asked):
    ceremony, _secret = asked
    with pytest.raises(errors.NotYours):
        custody.release(house.outsider, ceremony, house.first.user)


def test_a_dismissed_custodian_holds_nothing_and_a_new_splitting_fits_no_old_share(house, three, asked, new_person):
    ceremony, secret = asked
    custody.release(three[0], ceremony, house.first.user)
    custody.dismiss(house.org, three[2].user)
    fourth = new_person()
    keys.certify_user(house.first, house.org, fourth.user)
    custody.appoint(house.org, fourth.user)
    trio = [three[0].user, three[1].user, fourth.user]
    assert not custody.stands(house.first.user, house.org, trio)
    custody.leave(house.first.user, house.org, house.first.secret_bytes(), trio)
    assert custody.stands(house.first.user, house.org, trio)
    with pytest.raises(errors.NotYours):
        custody.release(three[2], ceremony, house.first.user)
    custody.release(three[1], ceremony, house.first.user)
    with pytest.raises(BrokenSeal):  # one share is of the splitting before
        custody.open_together(ceremony, house.first.user, secret)


def test_a_custodian_with_new_keys_is_no_longer_healthy(house, three, asked):
    trio = [r.user for r in three]
    keys.replace_user_keys(three[0].user, PASSWORD)
    assert custody.healthy(house.org, trio) == set(trio[1:])
    assert not custody.stands(house.first.user, house.org, trio)


def test_a_share_moved_to_another_owner_or_ceremony_does_not_open(house, three, asked):
    ceremony, _secret = asked
    custody.leave(house.second.user, house.org, b"other", [r.user for r in three])
    ours = DepositShare.objects.get(owner=house.first.user, custodian=three[0].user)
    DepositShare.objects.filter(owner=house.second.user, custodian=three[0].user).update(blob=ours.blob)
    with pytest.raises(BrokenSeal):
        custody.release(three[0], ceremony, house.second.user)


def test_after_the_end_nothing_is_left_of_it(house, three, asked):
    ceremony, secret = asked
    custody.release(three[0], ceremony, house.first.user)
    custody.end(ceremony)
    custody.forget(house.first.user)
    assert not any(m.objects.exists() for m in (Ceremony, ReleasedShare, Deposit, DepositShare))
    with pytest.raises(errors.NotYours):
        custody.open_together(ceremony, house.first.user, secret)
