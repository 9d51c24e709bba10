"""Every row of every table, out of one database and into another.

Values travel in one form on SQLite and PostgreSQL, column by column, so a backup of one
may be restored into the other. Sessions stay behind: a copy of the office's data must
not hold keys to anybody's account.
"""

from __future__ import annotations

import base64
import json
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from himpun.shared.fields import ExactDecimalField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Model = type[models.Model]
    Field = models.Field[Any, Any]

LEFT_BEHIND = frozenset({"django_session"})
ROWS_AT_ONCE = 500


class UnknownTable(Exception):
    """The database holds a table that no part of the product knows."""


def tables() -> dict[str, Model]:
    """Return the model of every table that a backup holds, by table name."""
    known: list[Model] = [
        *apps.get_models(include_auto_created=True),
        MigrationRecorder.Migration,
    ]
    return {
        model._meta.db_table: model
        for model in known
        if model._meta.managed and model._meta.db_table not in LEFT_BEHIND
    }


def refuse_unknown_tables() -> None:
    """Raise UnknownTable when a table would silently stay out of a backup."""
    with connection.cursor() as cursor:
        found = set(connection.introspection.table_names(cursor))
    unknown = sorted(found - set(tables()) - LEFT_BEHIND)
    if unknown:
        raise UnknownTable(", ".join(unknown))


def migrations() -> list[list[str]]:
    """Return the applied migrations as [app, name], sorted: the shape of the tables."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied)


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all reads within see the database as it was at one moment.

    SQLite: a deferred transaction, which in WAL mode reads a snapshot and stops no
    writer. PostgreSQL: REPEATABLE READ. Inside a transaction that is already open,
    nothing is added.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def _columns(model: Model) -> list[Field]:
    return list(model._meta.concrete_fields)


def lines(model: Model) -> Iterator[bytes]:
    """Return a table as JSON lines: first the names of its columns, then its rows."""
    fields = _columns(model)
    writers = [_writer(field) for field in fields]
    yield json.dumps([field.attname for field in fields]).encode() + b"\n"
    names = [field.attname for field in fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(ROWS_AT_ONCE):
        values = [
            None if value is None else write(value)
            for write, value in zip(writers, row, strict=True)
        ]
        yield json.dumps(values, ensure_ascii=False).encode() + b"\n"


def load(model: Model, source: Iterable[bytes]) -> int:
    """Fill an empty table from its lines and return the number of rows.

    Raises ValueError when the columns are not those of this version's table.
    """
    fields = _columns(model)
    rest = iter(source)
    if json.loads(next(rest)) != [field.attname for field in fields]:
        raise ValueError(model._meta.db_table)
    readers = [_reader(field) for field in fields]
    count, batch = 0, []
    for line in rest:
        values = zip(fields, readers, json.loads(line), strict=True)
        batch.append([_prepared(field, read, value) for field, read, value in values])
        if len(batch) == ROWS_AT_ONCE:
            count += _insert(model, fields, batch)
            batch = []
    return count + _insert(model, fields, batch)


def _prepared(field: Field, read: Callable[[Any], Any], value: Any) -> Any:  # noqa: ANN401 - any column
    if value is None:
        return None
    return field.get_db_prep_save(read(value), connection)


def _insert(model: Model, fields: list[Field], rows: list[list[Any]]) -> int:
    if rows:
        quote = connection.ops.quote_name
        names = ", ".join(quote(str(field.column)) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        table = quote(model._meta.db_table)
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - names are the model's own
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
    return len(rows)


def empty() -> None:
    """Empty all tables of a database that holds nothing but what migrations put there.

    Must run in the transaction that fills them again.
    """
    with connection.cursor() as cursor:
        for table in tables():
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"DELETE FROM {quoted}")  # noqa: S608 - names are the models' own


def set_sequences() -> None:
    """Let new rows be numbered after the loaded ones (PostgreSQL; SQLite does it)."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables().values()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _same(value: Any) -> Any:  # noqa: ANN401 - any column
    return value


def _write_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def _write_bytes(value: bytes | memoryview) -> str:
    return base64.b64encode(bytes(value)).decode()


FORMS: list[tuple[Any, Callable[[Any], Any], Callable[[Any], Any]]] = [
    (models.BinaryField, _write_bytes, base64.b64decode),
    (models.DateTimeField, _write_moment, datetime.fromisoformat),
    (models.DateField, date.isoformat, date.fromisoformat),
    (ExactDecimalField, str, Decimal),
    (models.JSONField, _same, _same),
]
"""Column types that JSON has no word for; a DateTimeField is also a DateField."""


def _writer(field: Field) -> Callable[[Any], Any]:
    return next((write for kind, write, _ in FORMS if isinstance(field, kind)), _same)


def _reader(field: Field) -> Callable[[Any], Any]:
    return next((read for kind, _, read in FORMS if isinstance(field, kind)), _same)
