"""What tests start from is built once in a process and then put back from memory.

A case in step 3 takes some 750 queries to build and one statement for each table to put
back. It is put back into an empty database only: a second office beside the first, or a
case of an office at hand, is built as ever.
"""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from functools import wraps

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from himpun.ledger import queries as ledger
from himpun.ledger.models import Blob

_kept = {}


def built_once(build):
    """Let a builder run once for each set of plain arguments; hand out copies after.

    The files it stores stay in HIMPUN_HOME, which outlives a test.
    """

    @wraps(build)
    def put_back_or_build(*args, **kwargs):
        if not _is_empty():
            return build(*args, **kwargs)
        name = f"{build.__module__}.{build.__qualname__}"
        key = (name, args, *sorted(kwargs.items()), settings.HIMPUN_HOME)
        if key not in _kept:
            made = build(*args, **kwargs)
            _kept[key] = (_statements(rows()), deepcopy(made))
            return made
        statements, made = _kept[key]
        _put_back(statements)
        _files_are_there()
        return deepcopy(made)

    return put_back_or_build


@contextmanager
def undone():
    """Take back what the block writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def standing(build):
    """Hold what is built for many tests, and take it back after them.

    Its foreign keys are checked here: PostgreSQL checks a row when a transaction ends, a
    test asks for it at its own end, and what is never committed is asked for in each.
    """
    with undone():
        made = build()
        connection.check_constraints()
        yield made


def rows():
    """Return {table: (columns, rows)} of all that the product's tables hold."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            columns = [column[0] for column in cursor.description]
            if lines := cursor.fetchall():
                found[table] = (columns, lines)
    return found


def _tables():
    models = apps.get_models(include_auto_created=True)
    return [
        m._meta.db_table
        for m in models
        if m._meta.app_config.name.startswith("himpun.")
    ]


def _is_empty():
    asked = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CASE WHEN {asked} THEN 1 ELSE 0 END")
        return cursor.fetchone() == (0,)


def _statements(tables):
    """Return [(statement, rows)] that fill the tables again.

    PostgreSQL gets all of it as one text with the values in place: to send and to bind
    each row by itself costs more than what the server does with it.
    """
    found = []
    with connection.cursor() as cursor:
        for table, (columns, lines) in tables.items():
            names = ", ".join(f'"{column}"' for column in columns)
            marks = "(" + ", ".join(["%s"] * len(columns)) + ")"
            into = f'INSERT INTO "{table}" ({names}) VALUES '
            if connection.vendor == "postgresql":
                values = [cursor.mogrify(marks, line) for line in lines]
                found.append(into + ", ".join(values))
            else:
                found.append((into + marks, lines))
    if connection.vendor != "postgresql":
        return found
    return [(_unchecked("; ".join(found)), None)]


@transaction.atomic
def _put_back(statements):
    with connection.cursor() as cursor:
        for sql, lines in statements:
            if lines is None:
                cursor.execute(sql)
            else:
                cursor.executemany(sql, lines)


def _unchecked(sql):
    """Return a statement of PostgreSQL that does not look up each foreign key again.

    Only a superuser may leave that out; the suite's own server knows no other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        if cursor.fetchone() != (True,):
            return sql
    role = "SET LOCAL session_replication_role ="
    return f"{role} replica; {sql}; {role} origin"


def _files_are_there():
    gone = [
        b.sha256 for b in Blob.objects.all() if not ledger.file_path(b.sha256).exists()
    ]
    assert not gone, "an earlier test took away a file that it did not bring itself"
