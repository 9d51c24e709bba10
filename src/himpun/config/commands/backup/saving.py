"""Making a backup: all rows as of one moment, all files, the ledger's heads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.conf import settings

from himpun.ledger import queries as ledger
from himpun.ledger.models import Blob, Stream
from himpun.reporting import queries as reporting
from himpun.reporting import rules
from himpun.shared import clock

from . import archive, locked, tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Saved:
    """What went into a backup; ``missing`` are files the disk no longer holds whole."""

    rows: int
    files: int
    sha256: str
    missing: tuple[str, ...]


def save(path: Path, *, passphrase: str | None) -> Saved:
    """Write a backup to ``path``; with a passphrase the keys go in, locked.

    Runs beside the working office: nobody waits for it.
    """
    with archive.writing(path) as writer:
        with tables.one_moment():
            facts = _facts()
            rows = _rows(writer)
            digests = list(Blob.objects.order_by("pk").values_list("pk", flat=True))
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
    return Saved(rows, len(digests) - len(missing), digest, tuple(missing))


def _facts() -> dict[str, Any]:
    return {
        "made_at": clock.now().isoformat(),
        "version": version("himpun"),
        "migrations": tables.migrations(),
        "heads": heads(),
    }


def heads() -> dict[str, list[Any]]:
    """Return count and head of every stream: what a restored ledger must show."""
    rows = Stream.objects.order_by("pk").values_list("pk", "count", "head")
    return {name: [count, head] for name, count, head in rows}


def _rows(writer: archive.Writer) -> int:
    tables.refuse_unknown_tables()
    count = 0

    def counted(lines: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal count
        yield next(lines)
        for line in lines:
            count += 1
            yield line

    for table, model in sorted(tables.tables().items()):
        writer.add(f"baris/{table}.jsonl", counted(tables.lines(model)))
    return count


def _files(writer: archive.Writer, digests: list[str]) -> list[str]:
    missing = []
    for digest in digests:
        path = ledger.file_path(digest)
        if _holds(path, digest):
            with path.open("rb") as file:
                writer.add(f"berkas/{digest}", iter(lambda: file.read(1 << 20), b""))
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
