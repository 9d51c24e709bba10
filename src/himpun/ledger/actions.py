"""Writing the record. Each function runs inside the transaction of the act it records."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from himpun import proof
from himpun.shared.refusals import Refusal, say

from . import queries, registry
from .models import Blob, Event, Seal, Stream, Text

if TYPE_CHECKING:
    from .rules import Actor


def record(
    stream: str, kind: str, *, by: Actor, at: datetime, data: dict[str, Any]
) -> Event:
    """Append one event to ``stream`` and update what is derived from it.

    Must run inside ``transaction.atomic``, so that event and change cannot part. The
    stream's row is the lock (SQLite locks the whole file: transactions are IMMEDIATE).
    ``data`` holds plain values only: text of people goes through `keep_text`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    row = _locked(stream, at)
    seq = row.count + 1
    columns: dict[str, Any] = {
        "stream": stream,
        "seq": seq,
        "type": kind,
        "actor": by.person,
        "official": by.official,
        "role": by.role,
        "unit": by.unit,
        "tenant": by.tenant,
        "at": at.astimezone(UTC),
    }
    body = proof.canonical({**columns, "data": data})
    digest = proof.event_hash(bytes.fromhex(row.head), body).hex()
    columns["stream_id"] = columns.pop("stream")
    event = Event.objects.create(hash=digest, prev=row.head, body=body, **columns)
    Stream.objects.filter(pk=stream).update(count=seq, head=digest)
    registry.project(event, data)
    return event


def hold(stream: str, at: datetime) -> None:
    """Let nobody else record in ``stream`` until this transaction ends.

    For acts that decide by what they read: one that holds its stream from its beginning
    waits for no other act that waits for it.
    """
    _locked(stream, at)


def _locked(name: str, at: datetime) -> Stream:
    row = Stream.objects.select_for_update().filter(pk=name).first()
    if row:
        return row
    header = proof.canonical({"stream": name, "made_at": at.astimezone(UTC)})
    Stream.objects.get_or_create(
        name=name,
        defaults={"header": header, "head": proof.stream_start(header).hex()},
    )
    return Stream.objects.select_for_update().get(pk=name)


def keep_text(text: str) -> str:
    """Keep free text apart from the record; return the salted hash that names it."""
    salt = secrets.token_hex(16)
    digest = proof.salted(text, salt)
    Text.objects.create(hash=digest, salt=salt, text=text)
    return digest


def keep_file(content: bytes, *, mime: str, at: datetime) -> str:
    """Store a file by its SHA-256 and return that; the same content is stored once.

    File first (temporary name, fsync, rename, fsync of the folder), row second: a power
    cut leaves at most a file that nobody names, never a row without its file.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = queries.file_path(digest)
    if not path.exists():
        _write_durably(path, content)
    Blob.objects.get_or_create(
        sha256=digest, defaults={"size": len(content), "mime": mime, "stored_at": at}
    )
    return digest


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    free = os.statvfs(path.parent)
    if free.f_bavail * free.f_frsize - len(content) < settings.HIMPUN_DISK_RESERVE:
        raise Refusal(
            say(
                "Ruang simpan peladen hampir habis, berkas belum disimpan. "
                "Isian angka tetap dapat disimpan; hubungi administrator."
            )
        )
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def seal(  # noqa: PLR0913 - the columns of the seal, all named
    stream: str,
    kind: Seal.Kind,
    *,
    count: int,
    head: str,
    document: str,
    values_hash: str = "",
    at: datetime,
) -> Seal:
    """Note that the head of ``stream`` was anchored in the file ``document``."""
    return Seal.objects.create(
        stream_id=stream,
        kind=kind,
        count=count,
        head=head,
        document=document,
        values_hash=values_hash,
        made_at=at,
    )


def rebuild() -> dict[str, int]:
    """Empty all derived tables and replay every event; return events per projection."""
    counts: dict[str, int] = {}
    for projection in registry.projections():
        projection.reset()
        counts[projection.name] = 0
    for event in queries.in_order_of_time().iterator():
        data = queries.data_of(event)
        for projection in registry.projections():
            handler = projection.handlers.get(event.type)
            if handler:
                handler(event, data)
                counts[projection.name] += 1
    return counts
