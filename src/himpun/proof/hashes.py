"""The hashes of the record. All are SHA-256 with a prefix for each kind of thing.

One prefix for each kind (0x00 and three letters; 0x00 and 0x01 alone in the tree) keeps
bytes of one kind from ever passing as another.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .canon import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZE = 32
"""Bytes of a hash; written as 64 lower-case hex digits."""
EVENT = b"\x00ev1"
TEXT = b"\x00tx1"
VALUES = b"\x00vt1"


def stream_start(header: bytes) -> bytes:
    """Return what stands before the first event: SHA-256 of the stream's header."""
    return hashlib.sha256(header).digest()


def event_hash(prev: bytes, body: bytes) -> bytes:
    """Return SHA-256(0x00 "ev1" prev body); raises ValueError unless prev is a hash."""
    if len(prev) != SIZE:
        raise ValueError("the hash before is 32 bytes")
    return hashlib.sha256(EVENT + prev + body).digest()


def salted(text: str, salt: str) -> str:
    """Return the hex hash that names an erasable text: SHA-256(0x00 "tx1" salt text).

    ``salt`` is 32 hex digits from a secure source, hashed as the 16 bytes they mean;
    the text as its exact UTF-8. Raises ValueError for another salt.
    """
    raw = bytes.fromhex(salt)
    if len(raw) != SIZE // 2:
        raise ValueError("a salt is 32 hex digits")
    return hashlib.sha256(TEXT + raw + text.encode()).hexdigest()


def values_hash(rows: Sequence[Mapping[str, object]]) -> str:
    """Return the hex hash of a table of values: SHA-256(0x00 "vt1" canonical rows).

    The order of the rows is part of it: they are hashed as they are printed.
    """
    return hashlib.sha256(VALUES + canonical(list(rows))).hexdigest()


def is_hex_hash(value: object) -> bool:
    """Whether a value is a hash as it is written: 64 lower-case hex digits."""
    return (
        isinstance(value, str)
        and len(value) == 2 * SIZE
        and not (set(value) - set("0123456789abcdef"))
    )
