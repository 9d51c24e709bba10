"""Reading the record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F, Max, Window

from .models import Event, Seal, Stream, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet


def file_path(digest: str) -> Path:
    """Return where the file with this SHA-256 lies, whether it exists or not."""
    return Path(settings.HIMPUN_HOME) / "files" / digest[:2] / digest


def read_file(digest: str) -> bytes:
    """Return a kept file; raises FileNotFoundError when it was removed from the disk."""
    return file_path(digest).read_bytes()


def data_of(event: Event) -> dict[str, Any]:
    """Return what the event says beyond who, when and where."""
    data: dict[str, Any] = json.loads(bytes(event.body))["data"]
    return data


def events_of(stream: str) -> list[Event]:
    """Return the events of a stream in order; empty when the stream is unknown."""
    return list(Event.objects.filter(stream_id=stream).order_by("seq"))


def in_order_of_time() -> QuerySet[Event]:
    """Return all events as they happened, each stream strictly by its sequence.

    A clock that stepped back cannot put an event before its predecessor: an event
    counts from the latest moment that its stream had reached.
    """
    reached = Window(Max("at"), partition_by=[F("stream")], order_by=F("seq").asc())
    return Event.objects.annotate(reached=reached).order_by(
        "reached", "stream_id", "seq"
    )


def head_of(stream: str) -> tuple[int, str]:
    """Return (count, head hash) of a stream; raises Stream.DoesNotExist."""
    row = Stream.objects.get(pk=stream)
    return row.count, row.head


def last_at() -> datetime | None:
    """Return the latest time that the record bears, None before the first event."""
    found: datetime | None = Event.objects.aggregate(last=Max("at"))["last"]
    return found


def texts(hashes: Iterable[str]) -> dict[str, str]:
    """Return the texts behind salted hashes; an erased one reads "(dihapus)"."""
    rows = Text.objects.filter(pk__in=set(hashes))
    return {row.hash: str(row) for row in rows}


def seals_of(stream: str) -> list[Seal]:
    """Return where this stream was anchored, oldest first."""
    return list(Seal.objects.filter(stream_id=stream).order_by("made_at", "pk"))


def anchor_hashes(stream: str, count: int) -> list[str]:
    """Return the hashes of events 1..count, as an anchor carries them."""
    rows = Event.objects.filter(stream_id=stream, seq__lte=count).order_by("seq")
    return list(rows.values_list("hash", flat=True))


def records_of(stream: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return (stream row, event rows) as plain mappings, in the shape `proof` checks."""
    found = Stream.objects.filter(pk=stream).values().first()
    events = Event.objects.filter(stream_id=stream).order_by("seq", "hash").values()
    rows: list[dict[str, Any]] = [dict(event) for event in events]
    for row in rows:
        row["stream"] = row.pop("stream_id")
    return dict(found or {"name": stream}), rows


def rows_for_proof() -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return every stream with its events; streams that lost their row come too."""
    names = set(Stream.objects.values_list("pk", flat=True))
    names |= set(Event.objects.values_list("stream_id", flat=True).distinct())
    return {name: records_of(name) for name in sorted(names)}
