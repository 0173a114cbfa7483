"""Shamir's secret sharing over GF(256): any `needed` of the shares give the secret, fewer give nothing at all.

A. Shamir, "How to share a secret", Communications of the ACM 22 (1979). One polynomial for each byte, in the field of AES
(FIPS 197, section 4: x^8 + x^4 + x^3 + x + 1), written as in draft-mcgrew-tss-03, whose test vector the tests hold.
A share is its x (one byte, never 0) and then one y for each byte of the secret. No tables: no time that tells a byte.
"""

import secrets
from collections.abc import Iterable, Sequence

_REDUCE = 0x1B  # x^8 = x^4 + x^3 + x + 1
MOST = 255


def split(secret: bytes, *, shares: int = 3, needed: int = 2) -> list[bytes]:
    """`shares` shares of the secret, of which any `needed` are enough."""
    if not secret or not 1 < needed <= shares <= MOST:
        raise ValueError("A secret, and at least two shares of those that there are.")
    rows = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return [bytes([x, *(_at(row, x) for row in rows)]) for x in range(1, shares + 1)]


def combine(shares: Sequence[bytes]) -> bytes:
    """The secret of these shares. Too few or foreign ones give other bytes: whoever uses them must be able to notice."""
    xs = [share[0] for share in shares if share]
    if len(set(xs)) != len(shares) or 0 in xs or len({len(share) for share in shares}) != 1:
        raise ValueError("Shares of one secret, each once.")
    weights = [_weight(xs, x) for x in xs]
    columns = zip(*(share[1:] for share in shares), strict=True)
    return bytes(_sum(_times(y, w) for y, w in zip(column, weights, strict=True)) for column in columns)


def _at(row: Sequence[int], x: int) -> int:
    """The polynomial's value, by Horner's rule."""
    value = 0
    for coefficient in reversed(row):
        value = _times(value, x) ^ coefficient
    return value


def _weight(xs: Sequence[int], x: int) -> int:
    """Lagrange's factor of the share at `x`, for the value at 0; minus is plus in this field."""
    found = 1
    for other in xs:
        if other != x:
            found = _times(found, _times(other, _inverse(other ^ x)))
    return found


def _sum(values: Iterable[int]) -> int:
    total = 0
    for value in values:
        total ^= value
    return total


def _times(a: int, b: int) -> int:
    product = 0
    for _bit in range(8):
        product ^= a & -(b & 1)
        a = ((a << 1) & 0xFF) ^ (_REDUCE & -(a >> 7))
        b >>= 1
    return product


def _inverse(a: int) -> int:
    """A to the 254th: every element but 0 has order 255."""
    found = 1
    for _step in range(254):
        found = _times(found, a)
    return found
