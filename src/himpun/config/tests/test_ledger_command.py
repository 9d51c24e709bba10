"""`himpun ledger`: every column of every anchored event is watched.

Edits are plain SQL with the triggers dropped: what somebody with the database can do.
"""

import json
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection, transaction

from himpun import proof
from himpun.config.commands import ledger as command
from himpun.documents import papers, signing, verifying
from himpun.ledger import actions as ledger
from himpun.ledger import queries as record
from himpun.ledger.models import Event, Stream, Text
from himpun.ledger.rules import SYSTEM
from himpun.measurement.models import Achievement
from himpun.reporting import actions, rules
from himpun.reporting import queries as reporting
from himpun.reporting.kinds import frozen
from himpun.reporting.tests.builders import after

pytestmark = pytest.mark.django_db

TRIALS = {
    "hash": "f" * 64,
    "stream_id": "access:other",
    "seq": 900,
    "type": "value.accepted!",
    "actor": 987_654,
    "official": 987_654,
    "role": "Camat Lain",
    "unit": 987_654,
    "tenant": 987_654,
    "at": datetime(2024, 12, 24, 3, tzinfo=UTC),
    "body": b'{"data":{}}',
    "prev": "e" * 64,
}
"""Column -> what somebody writes into it. A column without a trial fails a test."""
NAMED = {"stream_id": "stream"}
"""Columns whose name in the answer is another."""
GONE = {"stream_id": "seq", "seq": "seq"}
"""Columns whose change takes the event from its place: the gap is named."""


@pytest.fixture
def case(sealed_case):
    return sealed_case[1]


@pytest.fixture
def signed(case, tmp_path):
    return saved(tmp_path, "laporan.pdf", reporting.signed_of(case).signed)


@pytest.fixture
def seal(sealed_case, tmp_path):
    return saved(tmp_path, "segel.pdf", sealed_case[2].pdf)


def saved(folder, name, blob):
    path = folder / name
    path.write_bytes(record.read_file(blob))
    return path


@pytest.fixture
def without_guards():
    """Drop the triggers that refuse changes of events; the test's end brings them back."""
    with connection.cursor() as cursor:
        for name, table in triggers(cursor):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def triggers(cursor):
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
        )
    else:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type='trigger'")
    return cursor.fetchall()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def edit(case, seq, column, value):
    if isinstance(value, datetime) and connection.vendor == "sqlite":
        value = value.replace(tzinfo=None).isoformat(" ")
    changed = sql(
        f"UPDATE ledger_event SET {column} = %s WHERE stream_id = %s AND seq = %s",
        value,
        case.stream,
        seq,
    )
    assert changed == 1


def schema():
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, "ledger_event")
    return sorted(column.name for column in table)


def verify(himpun, *files):
    against = ["--against", *files] if files else []
    status, out, err = himpun("ledger", "verify", *against, "--json")
    return status, json.loads(out), err


def wrong(answer, case):
    """Return (seq, column) of everything that was found changed in a case."""
    return [(w["seq"], w["column"]) for w in stream(answer, case.stream)["changed"]]


@contextmanager
def undone():
    """Take back at its end what the block wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stream(answer, name):
    return next(row for row in answer["streams"] if row["stream"] == name)


def test_every_column_of_the_schema_has_a_trial():
    assert schema() == sorted(TRIALS)


def test_an_untouched_record_matches_signed_report_and_seal(himpun, case, signed, seal):
    status, answer, _ = verify(himpun, signed, seal)
    assert status == 0
    row = stream(answer, case.stream)
    assert row["word"] == "cocok"
    assert row["anchored"] == row["events"]


def test_without_a_paper_nothing_is_called_matching(himpun, case):
    status, answer, _ = verify(himpun)
    assert status == 0
    assert answer["word"] == "belum berjangkar"
    assert {row["word"] for row in answer["streams"]} == {"belum berjangkar"}


def test_what_came_after_the_signature_is_not_anchored_by_the_report(
    himpun, case, signed
):
    status, out, _ = himpun("ledger", "verify", "--against", signed)
    count = reporting.signed_of(case).count
    assert status == 0
    assert f"{case.stream}  cocok  peristiwa 1 sampai {count}" in out
    assert f"{case.stream}  belum berjangkar  peristiwa {count + 1} sampai" in out


PLACES = {"first": "signed", "middle": "seal", "signed": "signed", "last": "seal"}
"""Where an event is changed, and which paper alone has to find it."""


@pytest.mark.parametrize("column", sorted(TRIALS))
def test_a_changed_column_is_found_and_named(
    himpun, case, signed, seal, without_guards, column
):
    last = Event.objects.filter(stream=case.stream).count()
    numbers = {
        "first": 1,
        "middle": last // 2,
        "signed": reporting.signed_of(case).count,
        "last": last,
    }
    Stream.objects.create(name="access:other", header=b"{}", head="0" * 64)
    for place, paper in PLACES.items():
        seq = numbers[place]
        with undone():
            edit(case, seq, column, TRIALS[column])
            status, answer, _ = verify(himpun, {"signed": signed, "seal": seal}[paper])
        assert status == 1, place
        assert answer["word"] == "BERUBAH", place
        assert (seq, GONE.get(column, NAMED.get(column, column))) in wrong(answer, case)


@pytest.mark.soak
def test_every_column_of_every_event_is_watched_by_each_paper(
    case, signed, seal, without_guards
):
    Stream.objects.create(name="access:other", header=b"{}", head="0" * 64)
    for paper in (signed, seal):
        [anchor], refused = command._anchors([paper])
        assert refused == {}
        for seq in range(1, anchor.count + 1):
            for column, value in TRIALS.items():
                with undone():
                    edit(case, seq, column, value)
                    rows = command.check_streams([anchor])
                named = GONE.get(column, NAMED.get(column, column))
                answer = {"streams": rows}
                assert (seq, named) in wrong(answer, case), (seq, column)
                assert stream(answer, case.stream)["word"] == "BERUBAH"


def test_the_words_name_event_and_column(himpun, case, signed, without_guards):
    edit(case, 9, "actor", 987_654)
    status, out, _ = himpun("ledger", "verify", "--against", signed)
    assert status == 1
    assert f"{case.stream}  BERUBAH  peristiwa ke-9, kolom actor" in out


@pytest.fixture(params=["signed", "seal"])
def paper(request):
    """Either paper, and each alone finds what was done to the record."""
    return request.getfixturevalue(request.param)


def test_a_deleted_event_is_found(himpun, case, without_guards, paper):
    sql("DELETE FROM ledger_event WHERE stream_id = %s AND seq = 7", case.stream)
    status, answer, _ = verify(himpun, paper)
    assert status == 1
    assert (7, "seq") in wrong(answer, case)


def test_the_deleted_last_event_of_a_sealed_case_is_found(
    himpun, case, signed, seal, without_guards
):
    last = Event.objects.filter(stream=case.stream).order_by("-seq").first()
    sql("DELETE FROM ledger_event WHERE hash = %s", last.hash)
    sql(
        "UPDATE ledger_stream SET count = %s, head = %s WHERE name = %s",
        last.seq - 1,
        last.prev,
        case.stream,
    )
    unseen, _answer, _ = verify(himpun, signed)
    status, answer, _ = verify(himpun, seal)
    assert (unseen, status) == (0, 1)
    assert wrong(answer, case)[0] == (last.seq, "seq")


def test_an_event_after_the_seal_is_not_anchored_and_never_matches(himpun, case, seal):
    sealed = case.stream, record.head_of(case.stream)[0]
    with transaction.atomic():
        ledger.record(sealed[0], "uji.later", by=SYSTEM, at=after(90), data={})
    status, answer, _ = verify(himpun, seal)
    row = stream(answer, case.stream)
    assert status == 0
    assert row["word"] == "belum berjangkar"
    assert (row["anchored"], row["events"]) == (sealed[1], sealed[1] + 1)


def test_an_inserted_event_is_found(himpun, case, paper, without_guards):
    event = Event.objects.get(stream=case.stream, seq=7)
    sql(
        "UPDATE ledger_event SET seq = seq + 500 WHERE stream_id = %s AND seq >= 7",
        case.stream,
    )
    sql(
        "UPDATE ledger_event SET seq = seq - 499 WHERE stream_id = %s AND seq >= 507",
        case.stream,
    )
    event.hash = "a" * 64
    event.save(force_insert=True)
    status, answer, _ = verify(himpun, paper)
    assert status == 1
    assert wrong(answer, case)[0][0] == 7


def test_two_swapped_events_are_found(himpun, case, paper, without_guards):
    for old, new in ((5, 905), (6, 5), (905, 6)):
        edit(case, old, "seq", new)
    status, answer, _ = verify(himpun, paper)
    assert status == 1
    assert wrong(answer, case)[:2] == [(5, "seq"), (6, "seq")]


def rewrite_tail(case, seq):
    """Change an event's body and re-hash everything after it, the stream's row too."""
    events = record.events_of(case.stream)
    prev = events[seq - 1].prev
    for event in events[seq - 1 :]:
        body = bytes(event.body)
        if event.seq == seq:
            said = proof.read_canonical(body)
            body = proof.canonical({**said, "data": {"value": "99.99"}})
        digest = proof.event_hash(bytes.fromhex(prev), body).hex()
        sql(
            "UPDATE ledger_event SET body = %s, prev = %s, hash = %s WHERE hash = %s",
            body,
            prev,
            digest,
            event.hash,
        )
        prev = digest
    sql("UPDATE ledger_stream SET head = %s WHERE name = %s", prev, case.stream)


def test_a_rehashed_tail_is_found_only_by_the_paper(
    himpun, case, paper, without_guards
):
    rewrite_tail(case, 36)
    unseen, answer, _ = verify(himpun)
    assert unseen == 0
    assert stream(answer, case.stream)["word"] == "belum berjangkar"
    status, answer, _ = verify(himpun, paper)
    assert status == 1
    assert wrong(answer, case)[0] == (36, "body")


def test_a_whole_stream_that_vanished_is_found(himpun, case, signed, without_guards):
    sql("DELETE FROM ledger_seal")
    sql("DELETE FROM ledger_event WHERE stream_id = %s", case.stream)
    sql("DELETE FROM ledger_stream WHERE name = %s", case.stream)
    status, answer, _ = verify(himpun, signed)
    assert status == 1
    assert stream(answer, case.stream)["word"] == "BERUBAH"


def test_a_forgery_signed_with_a_foreign_key_proves_nothing(
    himpun, case, tmp_path, without_guards
):
    rewrite_tail(case, 36)
    signature = reporting.signed_of(case)
    snapshot = frozen.thaw(signature.snapshot.data)
    hashes = tuple(record.anchor_hashes(case.stream, signature.count))
    anchor = proof.build_anchor(
        proof.AnchorFile(
            kind=proof.SealKind.PAPER,
            anchor=proof.Anchor(case.stream, signature.count, hashes[-1], hashes),
            document="palsu",
            template=signature.snapshot.template,
            values=({"actual": "99.99"},),
        )
    )
    pdf = frozen.show(snapshot, attached=[papers.Attached("himpun.json", anchor)])
    pair = signing.make_seal_key(at=after(-60 * 24 * 400))
    forged = signing.sign(
        pdf, *pair, reason="Segel mesin", field="SegelHimpun", at=after(20)
    )
    path = tmp_path / "palsu.pdf"
    path.write_bytes(forged)
    status, answer, err = verify(himpun, path)
    assert status == 1
    assert str(path) in answer["refused"]
    assert "palsu.pdf" in err
    assert stream(answer, case.stream)["word"] == "belum berjangkar"
    status, out, _ = himpun("verify", path, "--fingerprint", reporting.fingerprint())
    assert status == 1
    assert "BUKAN YANG ANDA PERCAYAI" in out


def test_a_paper_with_a_changed_byte_proves_nothing(himpun, case, paper):
    content = bytearray(paper.read_bytes())
    content[len(content) // 3] ^= 1
    paper.write_bytes(bytes(content))
    status, answer, err = verify(himpun, paper)
    assert status == 1
    assert str(paper) in answer["refused"]
    assert paper.name in err
    assert stream(answer, case.stream)["word"] == "belum berjangkar"


def test_a_foreign_signature_over_our_seal_is_refused(himpun, signed, tmp_path):
    pair = signing.make_seal_key(at=after(-60 * 24 * 400))
    over = signing.sign(
        signed.read_bytes(), *pair, reason="x", field="Lain", at=after(60)
    )
    path = tmp_path / "ditumpangi.pdf"
    path.write_bytes(over)
    assert verify(himpun, path)[0] == 1


def test_the_test_authority_alone_is_no_seal(himpun, case, tmp_path):
    folder = settings.HIMPUN_HOME / "keys" / "contoh"
    pair = signing.KeyPair(
        (folder / "ca-kunci.pem").read_bytes(),
        (folder / "ca-sertifikat.pem").read_bytes(),
    )
    anchored = verifying.verify(
        record.read_file(reporting.signed_of(case).sealed),
        trusted=list(reporting.certificates().values()),
    ).files["himpun.json"]
    snapshot = frozen.thaw(reporting.signed_of(case).snapshot.data)
    pdf = frozen.show(snapshot, attached=[papers.Attached("himpun.json", anchored)])
    path = tmp_path / "uji.pdf"
    path.write_bytes(
        signing.sign(pdf, *pair, reason="x", field="TandaTangan", at=after(20))
    )
    status, answer, _ = verify(himpun, path)
    assert status == 1
    assert answer["refused"]


def test_an_old_certificate_of_the_installation_still_counts(himpun, case, signed):
    keys = settings.HIMPUN_HOME / "keys"
    pair = {
        name: (keys / name).read_bytes()
        for name in (rules.SEAL_KEY, rules.SEAL_CERTIFICATE)
    }
    actions.retire_certificate(settings.HIMPUN_HOME)
    try:
        for name in pair:
            (keys / name).unlink()
        actions.make_keys(settings.HIMPUN_HOME)
        status, answer, _ = verify(himpun, signed)
    finally:
        for name, content in pair.items():
            (keys / name).write_bytes(content)
    assert status == 0
    assert stream(answer, case.stream)["anchored"] == reporting.signed_of(case).count


@pytest.mark.parametrize("content", [b"", b"bukan pdf", b"%PDF-1.7\nrusak"])
def test_a_file_that_is_no_paper_is_refused(himpun, tmp_path, content):
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    status, _answer, err = verify(himpun, path)
    assert status == 1
    assert "x.pdf" in err


def test_a_missing_file_is_named(himpun, tmp_path):
    status, _answer, err = verify(himpun, tmp_path / "tidak-ada.pdf")
    assert status == 1
    assert "tidak-ada.pdf" in err


def test_a_changed_text_is_found_and_an_erased_one_is_none(himpun, case):
    text = Text.objects.first()
    Text.objects.filter(pk=text.pk).update(text="alasan lain")
    status, answer, _ = verify(himpun)
    assert status == 1
    assert answer["texts"] == [text.hash]
    Text.objects.filter(pk=text.pk).update(text="", salt="", erased_at=after(60))
    assert verify(himpun)[0] == 0


def test_show_gives_the_events_of_a_stream_in_order(himpun, case):
    status, out, _ = himpun("ledger", "show", case.stream, "--json")
    rows = json.loads(out)
    assert status == 0
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0]["type"] == "case.opened"
    assert rows[-1]["type"] == "case.finished"
    assert rows[-1]["role"] == "Camat Contoh"
    status, out, _ = himpun("ledger", "show", case.stream)
    assert "case.finished" in out


def test_an_unknown_stream_is_said_to_be_unknown(himpun, db):
    status, _out, err = himpun("ledger", "show", "case:999")
    assert status == 1
    assert "case:999" in err


def test_rebuild_leaves_the_derived_tables_as_they_were(himpun, case):
    columns = [f.attname for f in Achievement._meta.fields if f.attname != "id"]
    before = sorted(map(str, Achievement.objects.values_list(*columns)))
    assert before
    Achievement.objects.update(actual=1)
    status, out, _ = himpun("ledger", "rebuild", "--json")
    assert status == 0
    assert json.loads(out)
    assert sorted(map(str, Achievement.objects.values_list(*columns))) == before


def test_ledger_without_an_act_is_wrong_use(himpun):
    with pytest.raises(SystemExit) as stopped:
        himpun("ledger")
    assert stopped.value.code == 2
