"""An independent reader of SEAL1, FILE1 and SE1, written from the formats' description: HChaCha20 by hand, no libsodium."""

import hashlib
import json
import struct
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.poly1305 import Poly1305


def _quarter(s: list[int], a: int, b: int, c: int, d: int) -> None:
    for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        s[x] = (s[x] + s[y]) & 0xFFFFFFFF
        mixed = s[z] ^ s[x]
        s[z] = ((mixed << turn) | (mixed >> (32 - turn))) & 0xFFFFFFFF


def hchacha20(key: bytes, nonce: bytes) -> bytes:
    """draft-irtf-cfrg-xchacha, section 2.2."""
    s = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *struct.unpack("<8I", key), *struct.unpack("<4I", nonce)]
    for _ in range(10):
        for columns in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
            _quarter(s, *columns)
        for diagonal in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            _quarter(s, *diagonal)
    return struct.pack("<8I", *s[:4], *s[12:])


def _header(key: bytes, blob: bytes, alg: int) -> tuple[bytes, bytes]:
    magic, names, nonce, rest = blob[:4], blob[4:36], blob[36:60], blob[60:]
    assert magic == b"SM1" + bytes([alg])
    key_id = hashlib.blake2b(key=key, person=b"sm-key-id-v1", digest_size=16).digest()
    assert names == key_id + hashlib.blake2b(key=key, person=b"sm-commit-v1", digest_size=16).digest()
    return nonce, rest


def read_record(key: bytes, blob: bytes, aad: bytes) -> dict[str, Any]:
    """The content of a SEAL1 record; any exception means that it is not one."""
    nonce, rest = _header(key, blob, 1)
    padded = ChaCha20Poly1305(hchacha20(key, nonce[:16])).decrypt(bytes(4) + nonce[16:], rest, aad)
    data, end = padded.rstrip(b"\0")[:-1], padded.rstrip(b"\0")[-1:]
    assert end == b"\x80"
    return json.loads(data)


def read_file(key: bytes, blob: bytes, aad: bytes) -> bytes:
    """The content of a FILE1 file; any exception means that it is not one."""
    head, rest = _header(key, blob, 2)
    stream_key = hashlib.blake2b(key=key, person=b"sm-file-v1", digest_size=32).digest()
    return b"".join(_frames(hchacha20(stream_key, head[:16]), head[16:], rest, aad))


def _frames(key: bytes, inner: bytes, rest: bytes, aad: bytes) -> Iterator[bytes]:
    counter = 1
    while True:
        (length,) = struct.unpack(">I", rest[:4])
        frame, rest = rest[4 : 4 + length], rest[4 + length :]
        nonce = struct.pack("<I", counter) + inner
        stream = Cipher(algorithms.ChaCha20(key, bytes(4) + nonce), None).encryptor()
        poly_key = stream.update(bytes(64))[:32]
        tag_block = bytearray(stream.update(bytes(64)))
        tag, tag_block[0] = frame[0] ^ tag_block[0], frame[0]
        body, mac = frame[1:-16], frame[-16:]
        sizes = struct.pack("<QQ", len(aad), 64 + len(body))
        signed = aad + bytes(-len(aad) % 16) + bytes(tag_block) + body + bytes((16 - 64 + len(body)) % 16) + sizes
        Poly1305.verify_tag(poly_key, signed, mac)
        yield stream.update(body)
        if tag == 3:
            assert not rest
            return
        assert tag == 0
        inner = bytes(a ^ b for a, b in zip(inner, mac[:8], strict=True))
        counter += 1


def read_envelope(blob: bytes, private: bytes, aad: bytes) -> Any:
    """SE1: the sealed box by hand (X25519, HSalsa20, XSalsa20-Poly1305), then the SEAL1 inside it."""
    assert blob[:3] == b"SE1"
    box, sealed = blob[19:99], blob[99:]
    own = X25519PrivateKey.from_private_bytes(private)
    public = own.public_key().public_bytes_raw()
    assert blob[3:19] == hashlib.blake2b(public, person=b"sm-pub-id-v1", digest_size=16).digest()
    shared = own.exchange(X25519PublicKey.from_public_bytes(box[:32]))
    nonce = hashlib.blake2b(box[:32] + public, digest_size=24).digest()
    key = _secretbox(_hsalsa20(shared, bytes(16)), nonce, box[32:])
    assert sealed[:4] == b"SM1\x04"
    assert sealed[20:36] == hashlib.blake2b(key=key, person=b"sm-commit-v1", digest_size=16).digest()
    inner = hchacha20(key, sealed[36:52])
    padded = ChaCha20Poly1305(inner).decrypt(bytes(4) + sealed[52:60], sealed[60:], aad)
    return json.loads(padded.rstrip(b"\0")[:-1])


def _salsa_rounds(s: list[int]) -> None:
    for _ in range(10):
        for a, b, c, d in (
            (0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11),
            (0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14),
        ):  # fmt: skip
            for to, x, y, turn in ((b, a, d, 7), (c, b, a, 9), (d, c, b, 13), (a, d, c, 18)):
                mixed = (s[x] + s[y]) & 0xFFFFFFFF
                s[to] ^= ((mixed << turn) | (mixed >> (32 - turn))) & 0xFFFFFFFF


def _salsa_state(key: bytes, middle: bytes) -> list[int]:
    k, m = struct.unpack("<8I", key), struct.unpack("<4I", middle)
    c = struct.unpack("<4I", b"expand 32-byte k")
    return [c[0], *k[:4], c[1], *m, c[2], *k[4:], c[3]]


def _hsalsa20(key: bytes, nonce: bytes) -> bytes:
    s = _salsa_state(key, nonce)
    _salsa_rounds(s)
    return struct.pack("<8I", *(s[i] for i in (0, 5, 10, 15, 6, 7, 8, 9)))


def _secretbox(key: bytes, nonce: bytes, box: bytes) -> bytes:
    inner, stream = _hsalsa20(key, nonce[:16]), b""
    for counter in range(2):
        first = _salsa_state(inner, nonce[16:] + struct.pack("<Q", counter))
        s = list(first)
        _salsa_rounds(s)
        stream += struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(s, first, strict=True)))
    Poly1305.verify_tag(stream[:32], box[16:], box[:16])
    return bytes(a ^ b for a, b in zip(box[16:], stream[32:], strict=False))
