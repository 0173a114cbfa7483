"""The Merkle tree of RFC 6962: leaves, nodes, and a frontier that grows in O(log n). Nothing but hashes."""

import hashlib

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the full subtrees of a tree of `size` leaves, largest first: all that is needed to append."""

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        if len(packed) != size.bit_count() * HASH_SIZE:
            raise ValueError("A frontier has one hash for each bit of its size.")
        self.size = size
        self._peaks = [packed[i : i + HASH_SIZE] for i in range(0, len(packed), HASH_SIZE)]

    def append(self, leaf: bytes) -> None:
        """Add a leaf's hash."""
        carried, bits = leaf, self.size
        while bits & 1:
            carried = node_hash(self._peaks.pop(), carried)
            bits >>= 1
        self._peaks.append(carried)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the whole tree."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def packed(self) -> bytes:
        """The frontier as bytes."""
        return b"".join(self._peaks)
