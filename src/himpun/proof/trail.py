"""A stream as a file, to be checked far from its database.

The bytes are canonical JSON: the stream's row and its events with all their columns.
`check_chain` takes what `parse_trail` returns as it takes rows of the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .canon import NotCanonical, canonical, read_canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = "himpun-trail/1"
LARGEST = 256 * 1024 * 1024
"""Bytes of the largest trail that is read; 100 000 events need about 90 MB."""


class BadTrail(ValueError):
    """Bytes that are no trail."""


def build_trail(
    stream: Mapping[str, object], records: Iterable[Mapping[str, object]]
) -> bytes:
    """Return a stream's row and its event rows (see `check_chain`) as bytes.

    Raises NotCanonical for a column without canonical form.
    """
    return canonical(
        {
            "format": FORMAT,
            "stream": _readable(stream),
            "events": [_readable(record) for record in records],
        }
    )


def parse_trail(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return (stream row, event rows) of a file; raises BadTrail for any other bytes.

    Moments come back as texts; whether the rows hold together is for `check_chain`.
    """
    if len(data) > LARGEST:
        raise BadTrail("too large to be checked")
    try:
        file = read_canonical(data)
    except NotCanonical as wrong:
        raise BadTrail(str(wrong)) from None
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise BadTrail(f"not a file of the form {FORMAT}")
    stream, events = file.get("stream"), file.get("events")
    if not isinstance(stream, dict) or not isinstance(events, list):
        raise BadTrail("the stream or its events are missing")
    if not all(isinstance(row, dict) for row in events):
        raise BadTrail("an event is no row")
    return _as_rows(stream), [_as_rows(row) for row in events]


def _readable(row: Mapping[str, object]) -> dict[str, object]:
    """Show the bytes of a row (header, body) as the JSON text that they are."""
    return {
        name: bytes(value).decode()
        if isinstance(value, bytes | bytearray | memoryview)
        else value
        for name, value in row.items()
    }


def _as_rows(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.encode("utf-8", "surrogatepass")
        if name in {"header", "body"} and isinstance(value, str)
        else value
        for name, value in row.items()
    }
