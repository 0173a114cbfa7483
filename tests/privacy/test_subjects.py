"""Data keys: who reaches them, who no longer does (C-12), who never does (C-04: rogue rows, swapped keys and wraps)."""

from uuid import uuid4

import pytest
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from spean.kernel import errors
from spean.privacy import keys
from spean.privacy.keys import wraps
from spean.privacy.keys.certificates import TEAM, USER, Claim
from spean.privacy.keystore import keystore
from spean.privacy.models import Certificate, DataKeyWrap, ErasureDue, TeamKey, TeamWrap, UserKey
from spean.privacy.sealing import BrokenSeal, Context, open_sealed, seal

from .conftest import House


def subject_of(house: House, **more):
    subject = uuid4()
    return subject, keys.new_subject(subject, org=house.org, teams=[house.team], **more)


def sign(ring: keys.KeyRing, claim: Claim) -> None:
    """What somebody with a key and the database can do without the application: a signed certificate."""
    issuer = bytes(ring.signer.verify_key)
    Certificate.objects.create(
        kind=claim.kind,
        owner=claim.owner,
        epoch=claim.epoch,
        org=claim.org,
        public_box=claim.public_box,
        public_sign=claim.public_sign,
        issuer=ring.user,
        issuer_key=issuer,
        signature=ring.signer.sign(claim.message(ring.user, issuer)).signature,
    )


def test_members_reach_a_data_key_and_others_do_not(house):
    subject, key = subject_of(house)
    assert house.first.data_key(subject) == house.second.data_key(subject) == key
    with pytest.raises(errors.NotYours):
        house.outsider.data_key(subject)
    with pytest.raises(errors.NotYours):
        house.first.data_key(uuid4())


def test_a_user_who_is_named_reaches_it(house):
    keys.certify_user(house.first, house.org, house.outsider.user)
    subject, key = subject_of(house, users=[house.outsider.user])
    assert house.outsider.data_key(subject) == key
    assert [(r.kind, r.id) for r in keys.readers(subject)] == [("team", house.team), ("user", house.outsider.user)]


def test_many_data_keys_cost_few_queries(house, django_assert_num_queries):
    made = dict(subject_of(house) for _ in range(30))
    with django_assert_num_queries(2):
        assert house.second.data_keys([*made, uuid4()]) == made


def test_every_subject_has_a_key_of_its_own(house):
    assert len({subject_of(house)[1] for _ in range(20)}) == 20


def test_a_subject_is_made_once(house):
    subject, _ = subject_of(house)
    with pytest.raises(errors.Conflict):
        keys.new_subject(subject, org=house.org, teams=[house.team])


def test_a_subject_that_nobody_could_open_is_not_made(house):
    with pytest.raises(ValueError, match="Nobody"):
        keys.new_subject(uuid4(), org=house.org, teams=[])


def test_a_leaver_reaches_nothing_old_or_new(house):
    old, _ = subject_of(house)
    stolen = TeamWrap.objects.get(team=house.team, user=house.second.user)
    keys.revoke_team(house.team, house.second.user)
    with pytest.raises(errors.NotYours):
        house.second.data_key(old)
    keys.rotate_team(house.first, house.org, house.team)
    keys.rewrap_some(house.first, house.team, 100)
    new, _ = subject_of(house)
    stolen.save(force_insert=True)  # a friend puts the wrap back: it opens an epoch that opens nothing any more
    for subject in (old, new):
        with pytest.raises(errors.NotYours):
            house.second.data_key(subject)
        assert house.first.data_key(subject)


def test_who_leaves_for_good_keeps_nothing_of_her_own_either(house):
    subject, key = subject_of(house, users=[house.second.user])
    keys.revoke_team(house.team, house.second.user)
    assert house.second.data_key(subject) == key
    keys.revoke_user(house.second.user)
    assert (house.second.data_keys([subject]), keys.is_stale(house.team)) == ({}, True)


def test_the_last_holder_of_what_was_told_does_not_leave_without_a_successor(house):
    keys.revoke_team(house.team, house.second.user)
    subject_of(house)
    with pytest.raises(errors.Conflict):
        keys.revoke_team(house.team, house.first.user)
    assert keys.holders(house.team) == [house.first.user]


def test_a_team_without_holders_takes_nothing(house):
    keys.revoke_team(house.team, house.second.user)
    keys.revoke_team(house.team, house.first.user)
    assert not keys.has_team_key(house.team)
    with pytest.raises(errors.Unavailable):
        subject_of(house)


def test_only_a_holder_gives_the_teams_key(house):
    keys.certify_user(house.first, house.org, house.outsider.user)
    with pytest.raises(errors.NotYours):
        keys.grant_team(house.outsider, house.org, house.team, house.outsider.user)


def test_an_uncertified_user_gets_no_team_key_and_no_data_key(house):
    with pytest.raises(errors.NotAllowed):
        keys.grant_team(house.first, house.org, house.team, house.outsider.user)
    with pytest.raises(errors.NotAllowed):
        subject_of(house, users=[house.outsider.user])


def test_an_uncertified_user_certifies_nobody_and_makes_no_team_key(house, new_person):
    for act in (
        lambda: keys.certify_user(house.outsider, house.org, house.outsider.user),
        lambda: keys.certify_user(house.outsider, house.org, new_person().user),
        lambda: keys.make_team_key(house.outsider, house.org, uuid4()),
    ):
        with pytest.raises(errors.NotAllowed):
            act()


def test_the_first_of_an_organisation_certifies_herself_first(new_person):
    with pytest.raises(errors.NotAllowed):
        keys.certify_user(new_person(), uuid4(), new_person().user)


def test_being_certified_elsewhere_counts_for_nothing(house):
    keys.certify_user(house.outsider, uuid4(), house.outsider.user)
    with pytest.raises(errors.NotAllowed):
        keys.grant_team(house.first, house.org, house.team, house.outsider.user)


def test_certificates_pass_through_several_hands(house, new_person):
    ring = house.second
    for _ in range(5):
        following = new_person()
        keys.certify_user(ring, house.org, following.user)
        ring = following
    assert keys.is_certified(house.org, ring.user)
    assert subject_of(house, users=[ring.user])


def test_who_is_certified_is_told_of_many_at_once(house, django_assert_num_queries):
    everyone = [house.first.user, house.second.user, house.outsider.user, uuid4()]
    with django_assert_num_queries(2):
        assert keys.certified_among(house.org, everyone) == {house.first.user, house.second.user}
    UserKey.objects.filter(user=house.second.user).update(public_box=bytes(house.outsider.box.public_key))
    assert keys.certified_among(house.org, everyone) == {house.first.user}
    assert keys.certified_among(uuid4(), everyone) == frozenset()


def test_a_rogue_key_row_gets_nothing(house):
    """A database administrator puts her own key in a colleague's row."""
    UserKey.objects.filter(user=house.second.user).update(
        public_box=bytes(house.outsider.box.public_key),
        public_sign=bytes(house.outsider.signer.verify_key),
    )
    with pytest.raises(errors.NotAllowed):
        keys.grant_team(house.first, house.org, house.team, house.second.user)
    with pytest.raises(errors.NotAllowed):
        subject_of(house, users=[house.second.user])


def test_a_rogue_certificate_signed_by_a_stranger_gets_nothing(house):
    own = house.outsider
    claim = Claim(USER, own.user, 0, house.org, bytes(own.box.public_key), bytes(own.signer.verify_key))
    sign(own, claim)
    with pytest.raises(errors.NotAllowed):
        keys.grant_team(house.first, house.org, house.team, own.user)


def test_a_rogue_certificate_signed_by_a_member_outside_the_application_gets_nothing(house):
    """A certified insider and the database administrator together: without the keystore's pin it is refused."""
    own = house.outsider
    claim = Claim(USER, own.user, 0, house.org, bytes(own.box.public_key), bytes(own.signer.verify_key))
    sign(house.second, claim)
    with pytest.raises(errors.NotAllowed):
        keys.grant_team(house.first, house.org, house.team, own.user)


def test_a_pin_without_a_true_certificate_gets_nothing(house):
    own = house.outsider
    claim = Claim(USER, own.user, 0, house.org, bytes(own.box.public_key), bytes(own.signer.verify_key))
    keystore().pin(*claim.pin())
    sign(own, claim)
    assert not keys.is_certified(house.org, own.user)


def test_a_swapped_team_key_is_refused(house):
    TeamKey.objects.filter(team=house.team).update(public_box=bytes(PrivateKey.generate().public_key))
    assert not keys.has_team_key(house.team)
    with pytest.raises(errors.Unavailable):
        subject_of(house)


def test_a_rogue_epoch_is_refused_even_when_a_member_signed_it(house):
    rogue = PrivateKey.generate()
    public = bytes(rogue.public_key)
    TeamKey.objects.create(team=house.team, org=house.org, epoch=2, public_box=public)
    TeamWrap.objects.create(team=house.team, epoch=2, user=house.second.user, blob=b"x")
    sign(house.second, Claim(TEAM, house.team, 2, house.org, public, b""))
    with pytest.raises(errors.Unavailable):
        subject_of(house)


@pytest.mark.django_db(transaction=True)
def test_an_earlier_epoch_is_not_brought_back():
    from .conftest import person

    org, team, first, second = uuid4(), uuid4(), person(), person()
    keys.certify_user(first, org, first.user)
    keys.certify_user(first, org, second.user)
    keys.make_team_key(first, org, team)
    keys.grant_team(first, org, team, second.user)
    keys.revoke_team(team, second.user)
    keys.rotate_team(first, org, team)
    TeamKey.objects.filter(team=team, epoch=2).delete()
    with pytest.raises(errors.Unavailable):
        keys.new_subject(uuid4(), org=org, teams=[team])


def test_a_team_of_another_organisation_is_no_team_of_ours(house):
    with pytest.raises(errors.Unavailable):
        keys.new_subject(uuid4(), org=uuid4(), teams=[house.team])


def test_a_wrap_swapped_between_subjects_is_refused(house):
    a, _ = subject_of(house)
    b, _ = subject_of(house)
    wrap_a, wrap_b = DataKeyWrap.objects.get(subject=a), DataKeyWrap.objects.get(subject=b)
    DataKeyWrap.objects.filter(pk=wrap_a.pk).update(blob=wrap_b.blob)
    with pytest.raises(BrokenSeal):
        house.first.data_key(a)


def test_a_symmetric_wrap_is_bound_to_subject_and_epoch(house):
    team, subject, secret = wraps.TeamSecret(bytes(range(32))), uuid4(), bytes(32)
    blob = wraps.to_team(secret, team, subject, 1)
    assert wraps.open_with_team(blob, team, subject, 1) == secret
    for where in ((uuid4(), 1), (subject, 2)):
        with pytest.raises(BrokenSeal):
            wraps.open_with_team(blob, team, *where)


def test_every_flipped_byte_of_a_wrap_is_refused(house):
    team, subject = wraps.TeamSecret(bytes(range(32))), uuid4()
    for blob in (wraps.to_team(bytes(32), team, subject, 1), wraps.to_public(bytes(32), team.public)):
        for at in range(len(blob)):
            with pytest.raises(BrokenSeal):
                wraps.open_with_team(blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :], team, subject, 1)


def test_a_wrap_made_by_a_stranger_with_a_secret_of_his_own_is_refused(house):
    subject, _ = subject_of(house)
    forged = wraps.to_public(bytes(32), bytes(TeamKey.objects.get(team=house.team).public_box))
    DataKeyWrap.objects.filter(subject=subject).update(blob=forged)
    with pytest.raises(BrokenSeal):
        house.first.data_key(subject)


def test_sharing_lets_another_team_read_and_withdrawing_ends_it(house):
    other = uuid4()
    keys.certify_user(house.first, house.org, house.outsider.user)
    keys.make_team_key(house.outsider, house.org, other)
    subject, key = subject_of(house)
    keys.share_subject(house.second, subject, to_team=other, org=house.org)
    keys.share_subject(house.second, subject, to_team=other, org=house.org)
    assert house.outsider.data_key(subject) == key
    assert [r.granted_by for r in keys.readers(subject)] == [None, house.second.user]
    keys.withdraw_subject(subject, house.team)
    with pytest.raises(errors.NotYours):
        house.first.data_key(subject)
    with pytest.raises(errors.Conflict):
        keys.withdraw_subject(subject, other)


def test_who_cannot_read_cannot_share(house):
    other = uuid4()
    keys.certify_user(house.first, house.org, house.outsider.user)
    keys.make_team_key(house.outsider, house.org, other)
    subject, _ = subject_of(house)
    with pytest.raises(errors.NotYours):
        keys.share_subject(house.outsider, subject, to_team=other, org=house.org)


def test_a_share_to_a_team_of_the_sharer_is_symmetric(house):
    other = uuid4()
    keys.make_team_key(house.first, house.org, other)
    subject, key = subject_of(house)
    keys.share_subject(house.first, subject, to_team=other, org=house.org)
    blob = bytes(DataKeyWrap.objects.get(subject=subject, recipient=other).blob)
    assert blob[3] == wraps.SYMMETRIC
    keys.withdraw_subject(subject, house.team)
    assert house.first.data_key(subject) == key


def test_an_erased_subject_opens_for_nobody_even_from_an_old_copy(house, django_capture_on_commit_callbacks):
    subject, key = subject_of(house)
    context = Context(house.org, subject, uuid4(), "concern.told")
    blob = seal(key, {"told": "x"}, context)
    copies = list(DataKeyWrap.objects.filter(subject=subject))
    with django_capture_on_commit_callbacks(execute=True):
        keys.erase_subject(subject)
    for copy in copies:
        copy.save(force_insert=True)
    with pytest.raises(errors.NotYours):
        open_sealed(house.first.data_key(subject), blob, context)
    DataKeyWrap.objects.filter(subject=subject).delete()
    with pytest.raises(errors.Conflict):
        keys.new_subject(subject, org=house.org, teams=[house.team])
    assert not ErasureDue.objects.exists()


def test_an_erasure_that_was_cut_short_is_finished(house):
    subject, _ = subject_of(house)
    keys.erase_subject(subject)  # no commit here: as if the process had stopped before the keystore was reached
    assert keystore().token(subject)
    assert keys.finish_erasures() == 1
    assert keystore().token(subject) is None


def test_without_its_token_a_subject_does_not_open(house, settings, tmp_path):
    subject, _ = subject_of(house)
    settings.KEYSTORE_DIR = tmp_path / "another"
    with pytest.raises(errors.NotYours):
        house.first.data_key(subject)


def test_a_subject_that_was_rolled_back_can_be_made_again(house):
    from django.db import transaction

    subject = uuid4()
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - the failure comes after the work
        keys.new_subject(subject, org=house.org, teams=[house.team])
        raise RuntimeError
    key = keys.new_subject(subject, org=house.org, teams=[house.team])
    assert house.second.data_key(subject) == key


def test_a_signature_of_other_bytes_is_false():
    from spean.privacy.keys.certificates import verifies

    signer = SigningKey.generate()
    public, signature = bytes(signer.verify_key), signer.sign(b"a").signature
    assert [verifies(public, b"a", signature), verifies(public, b"b", signature), verifies(b"short", b"a", b"")] == [
        True,
        False,
        False,
    ]
