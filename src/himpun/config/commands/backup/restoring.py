"""Putting a backup back into an empty office."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from himpun.config.commands.ledger import check_streams
from himpun.ledger import actions as ledger
from himpun.ledger import queries as ledger_queries
from himpun.ledger.models import Event, Stream
from himpun.ledger.rules import SYSTEM
from himpun.organization.models import Person
from himpun.proof import Word
from himpun.reporting import actions as reporting
from himpun.reporting import queries as reporting_queries
from himpun.reporting import rules
from himpun.shared import clock
from himpun.wording import say

from . import archive, database, locked
from .saving import heads

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unfit(Exception):
    """A backup does not go there; the text says why and what to do."""


@dataclass(frozen=True)
class Restored:
    """What came back; ``changed`` are streams that were not whole when it was made."""

    events: int
    files: int
    streams: int
    changed: tuple[str, ...]


def restore(source: archive.Archive, *, passphrase: str | None) -> Restored:
    """Fill an empty database and home from an archive that was checked whole.

    Raises Unfit or WrongPassphrase before anything is written, Damaged or
    programs.Failed when the database in it is not what the manifest says; then nothing
    of it stays. An archive of an older version is migrated on the way.
    """
    _refuse_other_kind(source)
    _refuse_newer(source)
    _refuse_used_database()
    keys = locked.unlock(source.read(archive.KEYS), passphrase) if passphrase else {}
    with tempfile.TemporaryDirectory(
        dir=settings.HIMPUN_HOME, prefix=".pulih-"
    ) as room:
        copy = Path(room) / archive.DATABASE
        source.extract(archive.DATABASE, copy)
        with database.put_back(copy):
            return _completed(source, keys)


def _refuse_other_kind(source: archive.Archive) -> None:
    theirs, ours = source.manifest["database"], connection.vendor
    if theirs != ours:
        theirs, ours = database.NAMES[theirs], database.NAMES[ours]
        raise Unfit(
            say(
                "Cadangan ini dari basis data %(theirs)s, tujuannya %(ours)s. Cadangan "
                "hanya dapat dipulihkan ke basis data sejenis: isi HIMPUN_DATABASE_URL "
                "untuk PostgreSQL, kosongkan untuk SQLite.",
                theirs=theirs,
                ours=ours,
            )
        )


def _refuse_newer(source: archive.Archive) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    if any(tuple(one) not in known for one in source.manifest["migrations"]):
        raise Unfit(
            say(
                "Cadangan ini dibuat Himpun %(version)s, yang lebih baru. Pasang versi "
                "itu, lalu pulihkan.",
                version=source.manifest["version"],
            )
        )


def _refuse_used_database() -> None:
    tables = connection.introspection.table_names()
    models = [m for m in (Event, Stream, Person) if m._meta.db_table in tables]
    if any(model.objects.exists() for model in models):
        raise Unfit(
            say(
                "Basis data tujuan sudah berisi. Pulihkan ke basis data kosong: pakai "
                "HIMPUN_HOME baru, atau basis data PostgreSQL baru."
            )
        )


def _completed(source: archive.Archive, keys: Mapping[str, bytes]) -> Restored:
    """Bring the database up to this version, check it, and put the files beside it.

    ``system.restored`` is the one new event. Keys and certificates come last: those of
    an archive that is refused are never trusted.
    """
    call_command("migrate", verbosity=0)
    _refuse_other_heads(source)
    changed = [r["stream"] for r in check_streams([]) if r["word"] == Word.CHANGED]
    events, streams = Event.objects.count(), Stream.objects.count()
    _record(source)
    files = _files(source)
    _certificates(source)
    _keys(keys)
    return Restored(events, files, streams, tuple(changed))


def _refuse_other_heads(source: archive.Archive) -> None:
    if heads() != source.manifest["heads"]:
        raise archive.Damaged(
            say("Kepala jejak tidak sama dengan daftar isi cadangan.")
        )


def _record(source: archive.Archive) -> None:
    data = {"archive": source.sha256, "made_at": source.manifest["made_at"]}
    with transaction.atomic():
        ledger.record("system", "system.restored", by=SYSTEM, at=clock.now(), data=data)


def _files(source: archive.Archive) -> int:
    names = source.names("berkas")
    for name in names:
        digest = name.removeprefix("berkas/")
        source.extract(name, ledger_queries.file_path(digest))
    return len(names)


def _certificates(source: archive.Archive) -> None:
    folder = reporting_queries.keys_folder() / rules.OLD_CERTIFICATES
    for name in source.names("sertifikat"):
        source.extract(name, folder / name.removeprefix("sertifikat/"))


def _keys(keys: Mapping[str, bytes]) -> None:
    """Put back the keys of the backup; without them the installation gets new ones."""
    folder = reporting_queries.keys_folder()
    if keys:
        reporting.retire_certificate(folder.parent)
    for name, content in keys.items():
        reporting.write_key(folder / name, content)
    reporting.make_keys(folder.parent)
