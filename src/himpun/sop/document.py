"""The bytes of the signed document, and its fingerprint.

The document is everything that the office signed: the file above `operasional`.
Left out are `operasional`, the office's settings, and `temuan`, our own notes on the
source, whose status changes when the office confirms them: neither may change what
was signed. `sumber` is in: it says which paper the document was typed from.
"""

import hashlib
import json
from datetime import date
from decimal import Decimal

from .model import Part, Sop, Teks

_NOT_SIGNED = {"temuan", "operasional"}


def signed_bytes(sop: Sop) -> bytes:
    """Return the canonical bytes of the signed document: JSON, UTF-8, keys sorted.

    Two files that say the same give the same bytes, whatever their layout and order
    of keys: numbers are exact text without needless zeros, dates ISO, a text whose
    source is the same stands once, and parts left at their default do not appear
    (so that a later, optional part of the schema leaves older documents as they are).
    """
    signed = {
        name: value for name, value in _values(sop).items() if name not in _NOT_SIGNED
    }
    text = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def fingerprint(sop: Sop) -> str:
    """Return the SHA-256 of the signed document as 64 hexadecimal digits."""
    return hashlib.sha256(signed_bytes(sop)).hexdigest()


def _values(part: Part) -> dict[str, object]:
    fields = type(part).model_fields
    values = {
        name: getattr(part, name)
        for name, field in fields.items()
        if field.is_required() or getattr(part, name) != field.default
    }
    if isinstance(part, Teks):
        values.pop("asli", None)
        if part.asli != part.teks:
            values["asli"] = part.asli
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, Part):
        return _values(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value
