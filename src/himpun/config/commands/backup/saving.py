"""Making a backup: the database as of one moment, its files, the ledger's heads.

The database comes first. A file is on the disk before a row names it and is never
changed or taken away (`ledger.actions.keep_file`), so every file of the copied rows can
still be read; one stored meanwhile is named by no copied row and is not asked for. The
other way round, a row could name a file that came after the files were read.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from himpun.ledger import queries as ledger
from himpun.ledger.models import Blob, Event, Stream
from himpun.reporting import queries as reporting
from himpun.reporting import rules
from himpun.shared import clock

from . import archive, database, locked

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Saved:
    """What went into a backup; ``missing`` are files the disk no longer holds whole."""

    events: int
    files: int
    sha256: str
    missing: tuple[str, ...]


def save(path: Path, *, passphrase: str | None) -> Saved:
    """Write a backup to ``path``; with a passphrase the keys go in, locked.

    Runs beside the working office: nobody waits for it. Beside ``path`` there must be
    room for the database once more. Raises FileExistsError, OSError, programs.Failed.
    """
    with archive.writing(path) as writer:
        facts, digests = _database(writer, beside=path.parent)
        missing = _files(writer, digests)
        for print_, certificate in reporting.certificates().items():
            writer.add(f"sertifikat/{print_}.pem", [certificate])
        if passphrase:
            keys = locked.lock(reporting.keys_folder(), passphrase)
            writer.add(archive.KEYS, [keys])
        writer.close({**facts, "missing": missing})
    with path.open("rb") as file:
        file.seek(archive.HEADER)
        digest = archive.sha256_of(file)
    _note(path, facts["made_at"], digest)
    files = len(digests) - len(missing)
    return Saved(facts["events"], files, digest, tuple(missing))


def _database(
    writer: archive.Writer, *, beside: Path
) -> tuple[dict[str, Any], list[str]]:
    """Write the database's member; return what it holds and the files it names."""
    with tempfile.TemporaryDirectory(dir=beside, prefix=".cadangan-") as room:
        copy = Path(room) / archive.DATABASE
        with database.copied_to(copy):
            facts = _facts()
            digests = list(Blob.objects.order_by("pk").values_list("pk", flat=True))
        writer.add_file(archive.DATABASE, copy)
    return {**facts, "files": len(digests)}, digests


def _facts() -> dict[str, Any]:
    """Return what the manifest says of the database; read from the copy itself."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "made_at": clock.now().isoformat(),
        "version": version("himpun"),
        "database": connection.vendor,
        "migrations": sorted([app, name] for app, name in applied),
        "heads": heads(),
        "events": Event.objects.count(),
    }


def heads() -> dict[str, list[Any]]:
    """Return count and head of every stream: what a restored ledger must show."""
    rows = Stream.objects.order_by("pk").values_list("pk", "count", "head")
    return {name: [count, head] for name, count, head in rows}


def _files(writer: archive.Writer, digests: Iterable[str]) -> list[str]:
    missing = []
    for digest in digests:
        path = ledger.file_path(digest)
        if _holds(path, digest):
            writer.add_file(f"berkas/{digest}", path)
        else:
            missing.append(digest)
    return missing


def _holds(path: Path, digest: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return archive.sha256_of(file) == digest


def _note(path: Path, made_at: str, digest: str) -> None:
    note = {"made_at": made_at, "file": path.name, "sha256": digest}
    (settings.HIMPUN_HOME / rules.LAST_BACKUP).write_text(json.dumps(note))
