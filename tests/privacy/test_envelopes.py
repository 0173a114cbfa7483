"""Envelopes that a page seals: known answers, an independent reader, and whatever else may be sent in their place."""

import json
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from spean.privacy import envelopes
from spean.privacy.envelopes import Address
from spean.privacy.keys.wraps import public_id
from spean.privacy.sealing import BrokenSeal, pad, seal_bytes

from .reader import read_envelope
from .vectors import VECTORS

PRIVATE = PrivateKey(bytes(range(32)))
ADDRESS = Address("concern.told", UUID(int=1), UUID(int=2), envelopes.mark_of(UUID(int=3)))
CONTENT = {"told": "ឈ្មួញយកលុយ", "contact": {}}


def envelope(content: object = CONTENT, *, address: Address = ADDRESS, key: bytes = bytes(32)) -> bytes:
    public = bytes(PRIVATE.public_key)
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    sealed = seal_bytes(key, pad(text), address.aad(), envelopes.ALG_ENVELOPE)
    return envelopes.MAGIC + public_id(public) + SealedBox(PRIVATE.public_key).encrypt(key) + sealed


def opened(blob: bytes, address: Address = ADDRESS, *privates: PrivateKey) -> dict:
    return envelopes.open_envelope(blob, address, privates or [PRIVATE])


@pytest.mark.parametrize("vector", VECTORS["envelopes"], ids=lambda v: v["name"])
def test_what_the_page_sealed_opens_here_and_in_an_independent_reader(vector):
    blob, private = bytes.fromhex(vector["blob"]), bytes.fromhex(vector["private"])
    mark = envelopes.mark_of(UUID(vector["sent_id"]))
    address = Address(vector["cls"], UUID(vector["org"]), UUID(vector["team"]), mark)
    assert opened(blob, address, PrivateKey(private)) == vector["content"]
    assert read_envelope(blob, private, address.aad()) == vector["content"]


def test_the_key_of_an_older_epoch_still_opens():
    assert opened(envelope(), ADDRESS, PrivateKey.generate(), PRIVATE) == CONTENT


def test_every_changed_byte_is_found():
    blob = envelope()
    for at in range(len(blob)):
        with pytest.raises(BrokenSeal):
            opened(blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :])


@pytest.mark.parametrize("field", ["cls", "org", "team", "mark"])
def test_an_envelope_opens_only_where_it_was_sent(field):
    other = {"cls": "thread.message", "org": uuid4(), "team": uuid4(), "mark": envelopes.mark_of(uuid4())}
    moved = Address(**{**ADDRESS.__dict__, field: other[field]})
    with pytest.raises(BrokenSeal):
        opened(envelope(), moved)


def test_another_key_does_not_open():
    with pytest.raises(BrokenSeal):
        opened(envelope(), ADDRESS, PrivateKey.generate())


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"[" * 20_000, b"\xff", b'"x"', b"null"], ids=lambda c: repr(c[:4]))
def test_what_is_no_content_is_broken(content):
    with pytest.raises(BrokenSeal):
        opened(envelope(content))


@given(st.binary(max_size=700))
def test_any_bytes_are_an_envelope_or_broken(data):
    for blob in (data, envelopes.MAGIC + data, envelope()[: envelopes.SMALLEST_ENVELOPE - 300] + data):
        try:
            opened(blob)
        except BrokenSeal:
            continue
        raise AssertionError(blob)


@given(st.text(max_size=80))
def test_any_text_in_the_form_is_an_envelope_or_broken(text):
    with pytest.raises(BrokenSeal):
        envelopes.decode(text)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)))
def test_any_content_that_a_record_may_hold_is_read_or_broken(value):
    ring = type("Ring", (), {"team_secrets": lambda _self, _teams: {}})()
    kept = {**envelopes.kept(envelope(), ADDRESS), "team": value}
    with pytest.raises(BrokenSeal):
        envelopes.opened(ring, kept, ADDRESS.cls)
