"""FILE1: a file encrypted in frames. Only a whole file opens: nothing of a cut or lengthened one is given out.

FILE1 = "SM1" | alg:u8=2 | key_id:16 | commit:16 | secretstream header:24 | frame...
frame = length:u32 (big-endian) | secretstream message of up to 64 KiB; every frame full but the last, which is FINAL
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError

from spean.privacy.sealing import ALG_FILE, HEADER_SIZE, KEY_SIZE, NONCE_SIZE, BrokenSeal, Context, header

FRAME = 64 * 1024
_OVERHEAD = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_LENGTH = struct.Struct(">I")


def seal_file(key: bytes, source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Write all of `source` to `target` as FILE1. The caller syncs the file and its folder."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    nonce = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, _stream_key(key))
    target.write(header(key, ALG_FILE) + nonce)
    chunk = _read(source, FRAME)
    while True:
        following = _read(source, FRAME) if len(chunk) == FRAME else b""
        tag = _MESSAGE if following else _FINAL
        frame = bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, context.aad(), tag)
        target.write(_LENGTH.pack(len(frame)) + frame)
        if tag == _FINAL:
            return
        chunk = following


def open_file(key: bytes, source: BinaryIO, context: Context) -> Iterator[bytes]:
    """The chunks of a FILE1 file that can be read twice (`seek`).

    The whole file is checked when this is called, before the first chunk is given: BrokenSeal comes at once, and
    a caller who stops early, or sends chunks onward as they come, never passes on a part of a damaged file.
    """
    start = source.tell()
    for _chunk in _frames(key, source, context):
        pass
    source.seek(start)
    return _frames(key, source, context)


def _frames(key: bytes, source: BinaryIO, context: Context) -> Iterator[bytes]:
    head = _read(source, HEADER_SIZE)
    if len(head) != HEADER_SIZE or not hmac.compare_digest(head[:-NONCE_SIZE], header(key, ALG_FILE)):
        raise BrokenSeal
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, head[-NONCE_SIZE:], _stream_key(key))
    tag = _MESSAGE
    while tag != _FINAL:
        frame = _read_frame(source)
        try:
            chunk, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, frame, context.aad())
        except CryptoError:
            raise BrokenSeal from None
        if tag not in (_MESSAGE, _FINAL) or (tag == _MESSAGE and len(chunk) != FRAME):
            raise BrokenSeal
        if tag == _FINAL and source.read(1):
            raise BrokenSeal
        yield chunk


def _read_frame(source: BinaryIO) -> bytes:
    prefix = _read(source, _LENGTH.size)
    if len(prefix) != _LENGTH.size:
        raise BrokenSeal
    (length,) = _LENGTH.unpack(prefix)
    if not _OVERHEAD <= length <= FRAME + _OVERHEAD:
        raise BrokenSeal
    frame = _read(source, length)
    if len(frame) != length:
        raise BrokenSeal
    return frame


def _read(source: BinaryIO, size: int) -> bytes:
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _stream_key(key: bytes) -> bytes:
    """A key of its own for files, so that one key never serves two ciphers."""
    if len(key) != KEY_SIZE:
        raise ValueError("A key has 32 bytes.")
    return hashlib.blake2b(key=key, person=b"sm-file-v1", digest_size=KEY_SIZE).digest()
