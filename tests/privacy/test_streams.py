"""FILE1 (catalogue C-05, C-06, C-10): only a whole file opens, and nothing of another is given out."""

import io
import struct
from dataclasses import replace
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spean.privacy.sealing import HEADER_SIZE, BrokenSeal, Context
from spean.privacy.streams import FRAME, open_file, seal_file

from . import reader
from .vectors import VECTORS, context_of

KEY = bytes(range(32))
CONTEXT = Context(uuid4(), uuid4(), uuid4(), "file.body")


def sealed(data: bytes) -> bytes:
    target = io.BytesIO()
    seal_file(KEY, io.BytesIO(data), target, CONTEXT)
    return target.getvalue()


def opened(blob: bytes, key: bytes = KEY, context: Context = CONTEXT) -> bytes:
    return b"".join(open_file(key, io.BytesIO(blob), context))


def boundaries(blob: bytes) -> list[int]:
    found, at = [HEADER_SIZE], HEADER_SIZE
    while at < len(blob):
        at += 4 + struct.unpack(">I", blob[at : at + 4])[0]
        found.append(at)
    return found


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 7])
def test_a_file_comes_back_whole(size):
    data = bytes(i % 251 for i in range(size))
    assert opened(sealed(data)) == data
    assert reader.read_file(KEY, sealed(data), CONTEXT.aad()) == data


@settings(max_examples=40)
@given(st.binary(max_size=3000))
def test_any_content_comes_back(data):
    assert opened(sealed(data)) == data


@pytest.mark.parametrize("size", [0, 5, FRAME, 4 * FRAME, 4 * FRAME + 9])
def test_a_cut_at_every_boundary_is_refused(size):
    blob = sealed(bytes(size))
    for at in boundaries(blob)[:-1]:
        with pytest.raises(BrokenSeal):
            opened(blob[:at])


def test_a_cut_at_every_byte_of_a_small_file_is_refused():
    blob = sealed(b"a small file")
    for at in range(len(blob)):
        with pytest.raises(BrokenSeal):
            opened(blob[:at])


def test_what_follows_the_last_frame_is_refused():
    blob = sealed(bytes(FRAME + 5))
    last = blob[boundaries(blob)[-2] :]
    for more in (b"\0", last, blob, struct.pack(">I", 17)):
        with pytest.raises(BrokenSeal):
            opened(blob + more)


def test_frames_cannot_change_places_be_left_out_or_come_twice():
    blob = sealed(b"".join(bytes([n]) * FRAME for n in range(4)) + b"end")
    marks = boundaries(blob)
    head, frames = blob[:HEADER_SIZE], [blob[a:b] for a, b in pairwise(marks)]
    orders = [[1, 0, 2, 3, 4], [0, 2, 3, 4], [0, 0, 1, 2, 3, 4], [4], [0, 1, 2, 4], [4, 3, 2, 1, 0]]
    for order in orders:
        with pytest.raises(BrokenSeal):
            opened(head + b"".join(frames[n] for n in order))


@pytest.mark.parametrize("size", [0, 40])
def test_every_flipped_byte_is_refused(size):
    blob = sealed(bytes(size))
    for at in range(len(blob)):
        with pytest.raises(BrokenSeal):
            opened(blob[:at] + bytes([blob[at] ^ (1 << at % 8)]) + blob[at + 1 :])


def test_nothing_of_a_damaged_file_is_given_out():
    blob = sealed(bytes(3 * FRAME))
    damaged = blob[:-1] + bytes([blob[-1] ^ 1])
    with pytest.raises(BrokenSeal):
        open_file(KEY, io.BytesIO(damaged), CONTEXT)  # not even an iterator


def test_another_key_or_place_is_refused():
    blob = sealed(b"data")
    for key, context in ((bytes(32), CONTEXT), (KEY, replace(CONTEXT, record=uuid4()))):
        with pytest.raises(BrokenSeal):
            opened(blob, key, context)


def test_a_source_that_gives_little_at_a_time_is_read_to_its_end():
    class Slow(io.BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 1000))

    target = io.BytesIO()
    seal_file(KEY, Slow(bytes(FRAME + 1)), target, CONTEXT)
    assert b"".join(open_file(KEY, Slow(target.getvalue()), CONTEXT)) == bytes(FRAME + 1)


@pytest.mark.parametrize("vector", VECTORS["files"], ids=lambda v: v["name"])
def test_known_files_open_here_and_in_an_independent_reader(vector):
    key, blob, context = bytes.fromhex(vector["key"]), bytes.fromhex(vector["blob"]), context_of(vector)
    content = vector["content"].encode() * vector["times"]
    assert opened(blob, key, context) == content
    assert reader.read_file(key, blob, context.aad()) == content
