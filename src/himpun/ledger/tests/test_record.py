import json
import secrets
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import Error, connection, transaction

from himpun.ledger import actions, queries, registry
from himpun.ledger.models import Blob, Event, Text
from himpun.ledger.rules import Actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 7, 2, 12, tzinfo=UTC)
WHO = Actor(person=5, official=9, role="Kasubbag Uji", unit=3, tenant=1)


def record(stream="case:1", kind="uji.saved", **data):
    return actions.record(stream, kind, by=WHO, at=AT, data=data)


def test_an_event_holds_everything_in_the_bytes_that_are_hashed():
    event = record(value="88.74")
    body = json.loads(bytes(event.body))
    assert body == {
        "stream": "case:1",
        "seq": 1,
        "type": "uji.saved",
        "actor": 5,
        "official": 9,
        "role": "Kasubbag Uji",
        "unit": 3,
        "tenant": 1,
        "at": "2026-10-07T02:12:00.000000Z",
        "data": {"value": "88.74"},
    }


def test_events_of_a_stream_are_chained():
    first, second = record(), record()
    assert second.prev == first.hash
    assert queries.head_of("case:1") == (2, second.hash)


def test_streams_are_chained_apart():
    record("case:1")
    record("case:2")
    assert queries.head_of("case:2")[0] == 1


def test_an_event_outside_a_transaction_is_a_mistake(monkeypatch):
    monkeypatch.setattr(actions, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="transaction of its act"):
        record()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET actor = 6",
        "DELETE FROM ledger_event",
        "UPDATE ledger_event SET body = body",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(statement):
    record()
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Event.objects.get().actor == 5


def test_the_whole_record_is_not_emptied_at_once():
    record()
    statement = "DELETE FROM ledger_event"
    if connection.vendor == "postgresql":
        # What still waits for the commit would refuse a TRUNCATE by itself.
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        statement = "TRUNCATE ledger_event"
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Event.objects.exists()


def test_an_event_is_not_replaced_by_another_one_in_its_place():
    """SQLite's REPLACE deletes without asking the triggers that refuse a deletion."""
    event = record()
    columns = ", ".join(
        f.column for f in Event._meta.concrete_fields if f.name != "hash"
    )
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    statement = f"{replace} INTO ledger_event (hash, {columns}) SELECT %s, {columns}"
    for digest in (event.hash, "a" * 64):
        with pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(f"{statement} FROM ledger_event", [digest])
    assert Event.objects.get() == event


def test_free_text_lies_apart_and_can_be_erased():
    digest = actions.keep_text("alasan yang ditulis seseorang")
    event = record(reason=digest)
    assert b"alasan" not in bytes(event.body)
    assert queries.texts([digest]) == {digest: "alasan yang ditulis seseorang"}
    Text.objects.filter(pk=digest).update(text="", erased_at=AT)
    assert queries.texts([digest]) == {digest: "(dihapus)"}


def test_equal_texts_have_different_names():
    assert actions.keep_text("sama") != actions.keep_text("sama")


def test_a_file_is_kept_once_by_its_content():
    first = actions.keep_file(b"isi", mime="text/csv", at=AT)
    second = actions.keep_file(b"isi", mime="text/csv", at=AT)
    assert first == second
    assert Blob.objects.count() == 1
    assert queries.read_file(first) == b"isi"


def test_a_full_disk_refuses_files_with_a_sentence(settings):
    settings.HIMPUN_DISK_RESERVE = 10**18
    with pytest.raises(Exception, match="Ruang simpan"):
        actions.keep_file(secrets.token_bytes(16), mime="text/csv", at=AT)


def test_a_projection_runs_in_the_transaction_of_its_event(monkeypatch):
    seen = []
    projection = registry.Projection(
        "uji", {"uji.saved": lambda event, data: seen.append((event.seq, data))}, None
    )
    monkeypatch.setattr(registry, "_projections", [projection])
    record(value="1")
    record(kind="other")
    assert seen == [(1, {"value": "1"})]


def test_rebuilding_replays_every_event_once(monkeypatch):
    record(value="1")
    record("case:2", value="2")
    seen = []
    projection = registry.Projection(
        "uji",
        {"uji.saved": lambda _event, data: seen.append(data["value"])},
        seen.clear,
    )
    monkeypatch.setattr(registry, "_projections", [projection])
    assert actions.rebuild() == {"uji": 2}
    assert seen == ["1", "2"]
