"""Putting a backup back into an empty office."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.ledger import queries as ledger_queries
from himpun.ledger.models import Event, Stream
from himpun.ledger.rules import SYSTEM
from himpun.organization.models import Person
from himpun.reporting import actions as reporting
from himpun.reporting import queries as reporting_queries
from himpun.reporting import rules
from himpun.shared import clock

from . import archive, locked, tables
from .saving import heads

if TYPE_CHECKING:
    from collections.abc import Iterable


class NotEmpty(Exception):
    """A backup does not go there; the text says why."""


@dataclass(frozen=True)
class Restored:
    """What came back."""

    rows: int
    files: int
    streams: int


def restore(source: archive.Archive, *, passphrase: str | None) -> Restored:
    """Fill an empty database and home from an archive that was checked whole.

    Raises NotEmpty or WrongPassphrase before anything is written. The rows come back in
    one transaction, with the event ``system.restored`` as the only new one. Keys and
    certificates come last: those of an archive that is refused are never trusted.
    """
    call_command("migrate", verbosity=0)
    _refuse_other_shape(source)
    _refuse_used_database()
    keys = locked.unlock(source.read(archive.KEYS), passphrase) if passphrase else {}
    with transaction.atomic():
        rows = _rows(source)
        found = heads()
        if found != source.manifest["heads"]:
            raise archive.Damaged("Kepala jejak tidak sama dengan daftar isi cadangan.")
        _record(source)
        files = _files(source)
        _certificates(source)
        _keys(keys)
    return Restored(rows, files, len(found))


def _refuse_other_shape(source: archive.Archive) -> None:
    if source.manifest["migrations"] != tables.migrations():
        raise NotEmpty(
            f"Cadangan ini dibuat Himpun {source.manifest['version']} dengan susunan "
            "basis data lain. Pasang versi itu, pulihkan, lalu mutakhirkan."
        )


def _refuse_used_database() -> None:
    if any(model.objects.exists() for model in (Event, Stream, Person)):
        raise NotEmpty(
            "Basis data tujuan sudah berisi. Pulihkan ke basis data kosong: pakai "
            "HIMPUN_HOME baru, atau basis data PostgreSQL baru."
        )


def _certificates(source: archive.Archive) -> None:
    folder = reporting_queries.keys_folder() / rules.OLD_CERTIFICATES
    for name in source.names("sertifikat"):
        _put(folder / name.removeprefix("sertifikat/"), [source.read(name)])


def _keys(keys: dict[str, bytes]) -> None:
    """Put back the keys of the backup; without them the installation gets new ones."""
    folder = reporting_queries.keys_folder()
    if keys:
        reporting.retire_certificate(folder.parent)
    for name, content in keys.items():
        reporting.write_key(folder / name, content)
    reporting.make_keys(folder.parent)


def _files(source: archive.Archive) -> int:
    names = source.names("berkas")
    for name in names:
        path = ledger_queries.file_path(name.removeprefix("berkas/"))
        with source.zip.open(name) as member:
            _put(path, iter(lambda: member.read(archive.BLOCK), b""))
    return len(names)


def _put(path: Path, blocks: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def _rows(source: archive.Archive) -> int:
    known = tables.tables()
    if source.names("baris") != sorted(f"baris/{table}.jsonl" for table in known):
        raise archive.Damaged("Tabel di cadangan bukan tabel versi Himpun ini.")
    tables.empty()
    count = 0
    for table, model in known.items():
        with source.zip.open(f"baris/{table}.jsonl") as lines:
            try:
                count += tables.load(model, lines)
            except (ValueError, ArithmeticError) as error:
                raise archive.Damaged(f"Baris tabel {table} tidak terbaca.") from error
    tables.set_sequences()
    return count


def _record(source: archive.Archive) -> None:
    data = {"archive": source.sha256, "made_at": source.manifest["made_at"]}
    ledger.record("system", "system.restored", by=SYSTEM, at=clock.now(), data=data)
