"""The Merkle tree of RFC 9162, section 2.1, with SHA-256.

Leaf SHA-256(0x00 entry), node SHA-256(0x01 left right), empty tree SHA-256 of nothing.
An entry is any bytes; a period seal takes the heads of its streams (32 bytes each, in
the order of the streams' names), so that any program that knows the RFC can check it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(entries: Sequence[bytes]) -> bytes:
    """Return the root over all entries in order."""
    if not entries:
        return hashlib.sha256(b"").digest()
    return _root([leaf_hash(entry) for entry in entries])


def inclusion_proof(entries: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from the entry at ``index`` to the root.

    Raises IndexError when there is no such entry.
    """
    if not 0 <= index < len(entries):
        raise IndexError("no such entry in the tree")
    return tuple(_path([leaf_hash(entry) for entry in entries], index))


def is_included(
    entry: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether ``entry`` stands at ``index`` of the tree of ``size`` with this root."""
    if not 0 <= index < size:
        return False
    position, last, result = index, size - 1, leaf_hash(entry)
    for other in proof:
        if last == 0:
            return False
        if position % 2 or position == last:
            result = node_hash(other, result)
            while position % 2 == 0 and position:
                position, last = position // 2, last // 2
        else:
            result = node_hash(result, other)
        position, last = position // 2, last // 2
    return last == 0 and result == root


def _split(size: int) -> int:
    """Return the largest power of two below ``size``: how many leaves go left."""
    return 1 << ((size - 1).bit_length() - 1)


def _root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    left = _split(len(leaves))
    return node_hash(_root(leaves[:left]), _root(leaves[left:]))


def _path(leaves: list[bytes], index: int) -> list[bytes]:
    if len(leaves) == 1:
        return []
    left = _split(len(leaves))
    if index < left:
        return [*_path(leaves[:left], index), _root(leaves[left:])]
    return [*_path(leaves[left:], index - left), _root(leaves[:left])]
