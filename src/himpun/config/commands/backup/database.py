"""The database of a backup: one file with all of it, as of one moment.

SQLite is copied by its online backup API, PostgreSQL by `pg_dump` (custom format). The
file carries tables, rows, sequences and triggers as they were. What it may hold is up to
whoever made it, as with every dump of a database: restore only what you keep yourself.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection, transaction
from psycopg.conninfo import make_conninfo

from himpun.wording import say

from . import programs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEFT_BEHIND = ("django_session",)
"""A copy of the office's data must not hold keys to anybody's account."""
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@contextmanager
def copied_to(path: Path) -> Iterator[None]:
    """Copy the database to ``path``; within, Django reads just what the copy holds.

    Runs beside the working office and stops no writer; not inside a transaction. The
    copy is whole when the block has ended. Raises programs.Failed.
    """
    copied = _sqlite_copied if connection.vendor == "sqlite" else _postgresql_copied
    with copied(path):
        yield


@contextmanager
def put_back(path: Path) -> Iterator[None]:
    """Let Django work on the copy at ``path``; it becomes the database if all goes well.

    The present database must hold nothing of worth: what it has is replaced. An error
    within the block leaves SQLite's file as it was and PostgreSQL's database without
    tables. Raises programs.Failed for a copy that cannot be read.
    """
    put = _sqlite_put_back if connection.vendor == "sqlite" else _postgresql_put_back
    try:
        with put(path):
            yield
    except (DatabaseError, sqlite3.Error, programs.Stopped) as error:
        raise programs.Failed(
            say(
                "Basis data cadangan ini tidak dapat dipakai (%(why)s). Tidak ada yang "
                "dipulihkan. Pakai salinan lain; pada PostgreSQL, samakan dahulu versi "
                "peladen dan kliennya dengan asal cadangan.",
                why=error,
            )
        ) from error


@contextmanager
def _sqlite_copied(path: Path) -> Iterator[None]:
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            connection.connection.backup(copy)
            for table in LEFT_BEHIND:
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            copy.execute("VACUUM")  # what was deleted or erased leaves no trace in it
    except sqlite3.Error as error:
        raise programs.Failed(
            say("Basis data tidak dapat disalin: %(why)s.", why=error)
        ) from error
    with _aimed_at(path):
        yield


@contextmanager
def _sqlite_put_back(path: Path) -> Iterator[None]:
    with _aimed_at(path):
        yield
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)  # one transaction of the database itself


@contextmanager
def _aimed_at(path: Path) -> Iterator[None]:
    """Let Django work on another SQLite file while the block runs."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@contextmanager
def _postgresql_copied(path: Path) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        programs.run(
            "pg_dump",
            "--format=custom",
            "--compress=0",  # the archive compresses
            "--no-owner",
            "--no-privileges",
            "--no-comments",  # on what belongs to the server: only its owner may
            f"--snapshot={snapshot}",
            *(f"--exclude-table-data=*.{table}" for table in LEFT_BEHIND),
            f"--file={path}",
        )
        yield


@contextmanager
def _postgresql_put_back(path: Path) -> Iterator[None]:
    programs.find("pg_restore")  # before anything is dropped
    _clear()
    programs.run(
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={make_conninfo(dbname=connection.settings_dict['NAME'])}",
        str(path),
    )
    try:
        yield
    except BaseException:
        _clear()
        raise


def _clear() -> None:
    """Drop Himpun's own tables, with the triggers and sequences that hang on them."""
    known = connection.introspection.django_table_names(only_existing=True)
    quoted = map(connection.ops.quote_name, {*known, "django_migrations"})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(quoted)} CASCADE")
        cursor.execute("DROP FUNCTION IF EXISTS ledger_event_append_only")
