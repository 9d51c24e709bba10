"""Triggers that refuse to change events: they stop accidents and errors of our own.

Who holds the database can drop them; that is found by the anchors, not prevented here.
"""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER ledger_event_no_{act.lower()} BEFORE {act} ON ledger_event
    BEGIN SELECT RAISE(ABORT, 'ledger_event is append-only'); END"""
    for act in ("UPDATE", "DELETE")
] + [
    # INSERT OR REPLACE deletes the row in its way without asking the trigger above.
    """CREATE TRIGGER ledger_event_no_replace BEFORE INSERT ON ledger_event
    WHEN EXISTS (
        SELECT 1 FROM ledger_event
        WHERE hash = NEW.hash OR (stream_id = NEW.stream_id AND seq = NEW.seq)
    )
    BEGIN SELECT RAISE(ABORT, 'ledger_event is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION ledger_event_append_only() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'ledger_event is append-only'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER ledger_event_no_change BEFORE UPDATE OR DELETE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_event_append_only()""",
    """CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_event_append_only()""",
]
UNDO = {
    "sqlite": [
        f"DROP TRIGGER ledger_event_no_{act}" for act in ("update", "delete", "replace")
    ],
    "postgresql": [
        "DROP TRIGGER ledger_event_no_change ON ledger_event",
        "DROP TRIGGER ledger_event_no_truncate ON ledger_event",
        "DROP FUNCTION ledger_event_append_only",
    ],
}


def add(apps, editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in statements[editor.connection.vendor]:
        editor.execute(statement)


def remove(apps, editor):
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
