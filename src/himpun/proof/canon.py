"""Canonical bytes: one value, one spelling, so that a hash means the same everywhere.

The form is JSON (RFC 8259) with these choices:
- UTF-8 without escapes but those that JSON demands; no spaces; keys in the order of
  their code points.
- Texts and keys in Unicode NFC.
- Whole numbers as they are, up to 2^53 - 1 either way (what every JSON reader holds).
- Decimals as texts: plain notation, without an exponent or zeros at the end: "10.5".
- Moments as texts in UTC with microseconds: "2026-10-07T03:10:00.000000Z".
- Dates as texts: "2026-10-07".
Floats, NaN, infinity, naive moments and every other kind are refused.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NoReturn

LARGEST = 2**53 - 1
DEEPEST = 20
"""How many lists and mappings may stand inside each other."""


class NotCanonical(ValueError):
    """A value that has no canonical form, or bytes that are not in it."""


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a value; raises NotCanonical."""
    text = json.dumps(
        _plain(value, DEEPEST),
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("a text holds half a surrogate pair") from None


def read_canonical(body: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of canonical bytes; raises NotCanonical for all other bytes.

    Decimals, moments and dates come back as the texts that they are.
    """
    try:
        value = json.loads(body.decode(), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotCanonical("not JSON in UTF-8 without floats") from None
    if canonical(value) != body:
        raise NotCanonical("JSON, but not in the canonical form")
    return value


def _refuse(number: str) -> NoReturn:
    raise NotCanonical(f"{number} is no exact number")


def _plain(value: object, depth: int) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return _mapping(value, _deeper(depth))
    if isinstance(value, list | tuple):
        inner = _deeper(depth)
        return [_plain(item, inner) for item in value]
    return _scalar(value)


def _scalar(value: object) -> str | int:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case int():
            return _whole(value)
        case Decimal():
            return _decimal(value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _deeper(depth: int) -> int:
    if depth == 0:
        raise NotCanonical(f"nested more than {DEEPEST} deep")
    return depth - 1


def _whole(number: int) -> int:
    if abs(number) > LARGEST:
        raise NotCanonical("a whole number beyond 2^53 - 1")
    return int(number)


def _decimal(number: Decimal) -> str:
    if not number.is_finite():
        raise NotCanonical(f"{number} is no exact number")
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if number else "0"


def _moment(moment: datetime) -> str:
    if moment.utcoffset() is None:
        raise NotCanonical("a moment without its zone")
    utc = moment.astimezone(UTC)
    return f"{utc.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _mapping(mapping: Mapping[object, object], depth: int) -> dict[str, object]:
    row: dict[str, object] = {}
    for key, value in mapping.items():
        if not isinstance(key, str):
            raise NotCanonical("a key is a text")
        name = unicodedata.normalize("NFC", key)
        if name in row:
            raise NotCanonical(f"the key {name} stands twice")
        row[name] = _plain(value, depth)
    return row
