"""SEAL1 (catalogue C-05, C-07, C-08, C-10, C-11): what was sealed opens in its place, and nothing else does."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.privacy.sealing import SMALLEST, BrokenSeal, Context, open_sealed, pad, padded_size, seal, unpad

from . import reader
from .vectors import VECTORS, context_of

KEY = bytes(range(32))
CONTEXT = Context(uuid4(), uuid4(), uuid4(), "concern.told")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
CONTENT = st.dictionaries(
    TEXT,
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXT,
        lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
        max_leaves=8,
    ),
)


@given(CONTENT)
def test_what_was_sealed_opens(content):
    assert open_sealed(KEY, seal(KEY, content, CONTEXT), CONTEXT) == content


@given(st.binary(max_size=5000))
def test_padding_comes_off(data):
    padded = pad(data)
    assert unpad(padded) == data
    assert len(padded) == SMALLEST or len(padded) <= 1.12 * (len(data) + 1)


@pytest.mark.parametrize(
    ("size", "padded"), [(0, 256), (255, 256), (256, 272), (271, 272), (272, 288), (1000, 1024), (9999, 10240)]
)
def test_lengths_fall_into_few_buckets(size, padded):
    assert padded_size(size) == padded


@pytest.mark.parametrize("padded", [b"", bytes(256), b"\x80", b"a\x80" + bytes(255), b"\x80" + bytes(300), b"\x81" + bytes(255)])
def test_a_padding_of_another_kind_is_refused(padded):
    with pytest.raises(BrokenSeal):
        unpad(padded)


@pytest.mark.parametrize("length", [0, 10, 250, 260, 900])
def test_every_flipped_byte_is_refused(length):
    blob = seal(KEY, {"t": "x" * length}, CONTEXT)
    for at in range(len(blob)):
        with pytest.raises(BrokenSeal):
            open_sealed(KEY, blob[:at] + bytes([blob[at] ^ (1 << at % 8)]) + blob[at + 1 :], CONTEXT)


def test_every_cut_and_any_addition_is_refused():
    blob = seal(KEY, {"t": "x"}, CONTEXT)
    for broken in [*(blob[:at] for at in range(len(blob))), blob + b"\0", b"\0" + blob, blob + blob]:
        with pytest.raises(BrokenSeal):
            open_sealed(KEY, broken, CONTEXT)


def test_no_blob_opens_in_the_place_of_another():
    contexts = [replace(CONTEXT, record=uuid4()) for _ in range(100)]
    blobs = [seal(KEY, {"n": n}, context) for n, context in enumerate(contexts)]
    opened = set()
    for i, context in enumerate(contexts):
        for j, blob in enumerate(blobs):
            try:
                assert open_sealed(KEY, blob, context) == {"n": j}
                opened.add((i, j))
            except BrokenSeal:
                pass
    assert opened == {(i, i) for i in range(100)}


@pytest.mark.parametrize("name", ["org", "subject", "record"])
def test_every_id_of_the_place_is_bound(name):
    with pytest.raises(BrokenSeal):
        open_sealed(KEY, seal(KEY, {}, CONTEXT), replace(CONTEXT, **{name: uuid4()}))


@pytest.mark.parametrize("other", [{"version": 2}, {"cls": "thread.message"}])
def test_an_earlier_version_and_another_class_are_refused(other):
    with pytest.raises(BrokenSeal):
        open_sealed(KEY, seal(KEY, {}, CONTEXT), replace(CONTEXT, **other))


def test_a_class_cannot_blur_the_bars_between_the_parts():
    with pytest.raises(ValueError, match="without a bar"):
        replace(CONTEXT, cls="a|2")


def test_wrong_key_wrong_place_wrong_commitment_wrong_tag_are_one_error():
    blob = seal(KEY, {"t": 1}, CONTEXT)
    attempts = [
        (bytes(32), blob, CONTEXT),
        (KEY, blob, replace(CONTEXT, version=9)),
        (KEY, b"", CONTEXT),
        (KEY, blob[:20] + bytes(16) + blob[36:], CONTEXT),
        (KEY, blob[:-1] + bytes([blob[-1] ^ 1]), CONTEXT),
    ]
    said = set()
    for key, tried, context in attempts:
        with pytest.raises(BrokenSeal) as caught:
            open_sealed(key, tried, context)
        said.add((type(caught.value), str(caught.value), caught.value.args, caught.value.__cause__))
    assert len(said) == 1


def test_a_blob_without_commitment_to_the_key_does_not_open_though_its_tag_is_true():
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

    blob, nonce = seal(KEY, {}, CONTEXT), bytes(24)
    for key in (KEY, bytes(32)):
        forged = blob[:20] + bytes(16) + nonce + encrypt(pad(b"{}"), CONTEXT.aad(), nonce, key)
        with pytest.raises(BrokenSeal):
            open_sealed(KEY, forged, CONTEXT)


@pytest.mark.parametrize("vector", VECTORS["records"], ids=lambda v: v["name"])
def test_known_records_open_here_and_in_an_independent_reader(vector):
    key, blob, context = bytes.fromhex(vector["key"]), bytes.fromhex(vector["blob"]), context_of(vector)
    assert open_sealed(key, blob, context) == vector["content"]
    aad = "|".join(["sm1", vector["org"], vector["subject"], vector["record"], vector["cls"], str(vector["version"])])
    assert reader.read_record(key, blob, aad.encode()) == vector["content"]


def test_new_records_open_in_an_independent_reader():
    content = {"told": "ខ្ញុំ " * 200}
    assert reader.read_record(KEY, seal(KEY, content, CONTEXT), CONTEXT.aad()) == content


def test_no_two_records_share_a_nonce():
    assert len({seal(KEY, {}, CONTEXT)[36:60] for _ in range(5000)}) == 5000
