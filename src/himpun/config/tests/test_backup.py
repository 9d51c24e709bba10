"""Backup, wipe, restore: every row and every file is there again, and nothing else."""

import json
import random
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from tests.installation import Installation

from himpun.config.commands.backup import archive, locked, restoring, saving, tables
from himpun.documents import signing
from himpun.ledger import queries as record
from himpun.ledger.models import Blob, Event, Stream
from himpun.reporting import queries as reporting
from himpun.reporting import rules
from himpun.reporting.tests.builders import after

pytestmark = pytest.mark.django_db

START = """
import os; os.environ.setdefault("DJANGO_SETTINGS_MODULE", "himpun.config.settings")
import django; django.setup()
import hashlib, io, json
from contextlib import redirect_stdout
from django.conf import settings
from django.db import connection
from himpun.config import cli

def himpun(*words):
    with redirect_stdout(io.StringIO()) as out:
        status = cli.main(list(words))
    return status, out.getvalue()

def look():
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")
            rows = [
                [bytes(v) if isinstance(v, memoryview) else v for v in row]
                for row in cursor.fetchall()
            ]
            kept = sorted(repr(row) for row in rows if "system" not in row)
            found[table] = [len(kept), hashlib.sha256(repr(kept).encode()).hexdigest()]
    files = sorted(
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in (settings.HIMPUN_HOME / "files").rglob("*") if path.is_file()
    )
    return [found, files]
"""
FILL = """
from django.contrib.sessions.models import Session
from django.utils import timezone
from himpun.ledger import queries as record
from himpun.reporting.tests import builders
office, case, sheet = builders.closed()
Session.objects.create(session_key="rahasia", session_data="x", expire_date=timezone.now())
home = settings.HIMPUN_HOME
(home / "segel.pdf").write_bytes(record.read_file(sheet.pdf))
with_keys = ["--with-keys", "--passphrase-file", str(home / "frasa")]
assert himpun("backup", "-o", str(home / "tanpa.himpun"))[0] == 0
assert himpun("backup", "-o", str(home / "kunci.himpun"), *with_keys)[0] == 0
print(json.dumps(look()))
"""
LOOK = """
seen = look()
system = json.loads(himpun("ledger", "show", "system", "--json")[1])
seal = os.environ["SEAL"]
verified = json.loads(himpun("ledger", "verify", "--against", seal, "--json")[1])
print(json.dumps([*seen, system, verified]))
"""
WORK_ON = """
from himpun.organization.models import Tenant
status, _ = himpun("restore", os.environ["ARCHIVE"])
last = Tenant.objects.order_by("pk").last().pk
made = Tenant.objects.create(code="z", name="Z", short_name="z").pk
print(json.dumps([status, made - last]))
"""
PHRASE = "kunci cadangan kecamatan"


def at(installation, script, **environ):
    """Run a script in an installation; return (what it printed as JSON, stderr)."""
    installation.environ.update({name: str(value) for name, value in environ.items()})
    program = installation.python("-c", START + script)
    out, err = program.communicate(timeout=120)
    assert program.returncode == 0, err
    return json.loads(out), err


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Return an installation with a sealed case and its backups without and with keys."""
    home = tmp_path_factory.mktemp("asal")
    installation = Installation(home, "asal")
    installation.himpun("init")
    (home / "frasa").write_text(PHRASE)
    installation.seen, _ = at(installation, FILL)
    yield installation
    installation.remove()


@pytest.fixture(scope="module")
def other(office, tmp_path_factory):
    """Return an installation into which the backup without keys was restored."""
    restored = Installation(tmp_path_factory.mktemp("pulih"), "pulih")
    restored.himpun("restore", office.home / "tanpa.himpun")
    seen, _ = at(restored, LOOK, SEAL=office.home / "segel.pdf")
    restored.seen, restored.system, restored.verified = seen[:2], *seen[2:]
    yield restored
    restored.remove()


def fingerprint(installation):
    path = installation.home / "keys" / rules.SEAL_CERTIFICATE
    return signing.fingerprint(path.read_bytes())


def test_restore_brings_back_every_row_and_file(office, other):
    (before, files), (after, files_after) = office.seen, other.seen
    sessions = [rows.get("django_session") for rows in (before, after)]
    assert [count for count, _hash in sessions] == [1, 0]
    assert {**before, "django_session": sessions[1]} == after
    assert before["ledger_event"][0] > 70
    assert files == files_after
    assert len(files) > 10


def test_the_restored_record_holds_and_says_that_it_was_restored(other):
    assert [event["type"] for event in other.system] == ["system.restored"]
    streams = other.verified["streams"]
    case = next(row for row in streams if row["stream"].startswith("case:"))
    assert case["word"] == "cocok"
    assert other.verified["word"] != "BERUBAH"


def test_without_keys_there_are_new_ones_and_the_old_certificate_stays(office, other):
    assert fingerprint(other) != fingerprint(office)
    old = other.home / "keys" / rules.OLD_CERTIFICATES
    assert [path.stem for path in old.iterdir()] == [fingerprint(office)]


def test_a_restored_office_works_on_and_is_not_restored_over(office, other):
    [status, next_number], err = at(
        other, WORK_ON, ARCHIVE=office.home / "tanpa.himpun"
    )
    assert status == 1
    assert "sudah berisi" in err
    assert next_number == 1


def test_keys_come_back_with_their_passphrase(office, tmp_path, request):
    third = Installation(tmp_path, "kunci")
    request.addfinalizer(third.remove)
    done = third.himpun(
        "restore",
        office.home / "kunci.himpun",
        "--passphrase-file",
        office.home / "frasa",
    )
    assert "dari cadangan" in done.stdout
    assert fingerprint(third) == fingerprint(office)
    for path in (third.home / "keys").rglob("*"):
        assert path.is_dir() or path.stat().st_mode & 0o077 == 0, path


def test_no_archive_without_passphrase_holds_a_key_or_session(office):
    secret = (office.home / "keys" / "rahasia").read_bytes()
    private = (office.home / "keys" / rules.SEAL_KEY).read_bytes()
    for name in ("tanpa", "kunci"):
        with archive.opening(office.home / f"{name}.himpun") as source:
            for member in source.zip.namelist():
                content = source.read(member)
                assert secret not in content, member
                assert private not in content, member
                assert "django_session" not in member


def test_a_changed_byte_is_refused_by_name_and_nothing_is_written(
    office, tmp_path, request
):
    whole = bytearray((office.home / "tanpa.himpun").read_bytes())
    whole[len(whole) // 2] ^= 1
    damaged = tmp_path / "rusak.himpun"
    damaged.write_bytes(whole)
    other = Installation(tmp_path / "rumah", "rusak")
    request.addfinalizer(other.remove)
    done = other.himpun("restore", damaged, check=False)
    assert done.returncode == 1
    assert "rusak.himpun" in done.stderr
    assert not (other.home / "files").exists()
    assert not (other.home / "keys" / rules.SEAL_KEY).exists()


# Inside one process


@pytest.fixture
def saved(sealed_case, tmp_path):
    path = tmp_path / "c.himpun"
    saving.save(path, passphrase=None)
    return path


@pytest.mark.soak
def test_a_flipped_bit_at_any_of_500_places_of_a_real_archive_is_refused(saved):
    whole, draw = saved.read_bytes(), random.Random(2024)
    for place in draw.sample(range(len(whole)), 500):
        changed = bytearray(whole)
        changed[place] ^= 1 << draw.randrange(8)
        saved.write_bytes(bytes(changed))
        with pytest.raises(archive.Damaged), archive.opening(saved):
            pass


def wipe():
    with connection.cursor() as cursor:
        on = " ON ledger_event" if connection.vendor == "postgresql" else ""
        for name, table in guards(cursor):
            assert table == "ledger_event"
            cursor.execute(f"DROP TRIGGER {name}{on}")
        for table in set(tables.tables()) - {"django_migrations"}:
            cursor.execute(f"DELETE FROM {table}")


def guards(cursor):
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
            "WHERE NOT tgisinternal"
        )
    else:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type='trigger'")
    return cursor.fetchall()


def test_what_is_in_the_database_now_is_in_the_archive(saved):
    with archive.opening(saved) as source:
        heads = source.manifest["heads"]
        assert heads == {s.name: [s.count, s.head] for s in Stream.objects.all()}
        assert len(source.names("berkas")) == Blob.objects.count()
        lines = source.read("baris/ledger_event.jsonl").splitlines()
        assert len(lines) == Event.objects.count() + 1


def test_no_session_leaves_the_office_in_an_archive(sealed_case, tmp_path):
    key = "rahasia-sesi-seseorang"
    Session.objects.create(session_key=key, session_data="x", expire_date=after(0))
    saving.save(tmp_path / "c.himpun", passphrase=None)
    with archive.opening(tmp_path / "c.himpun") as source:
        for member in source.zip.namelist():
            assert key.encode() not in source.read(member), member


def test_a_used_database_is_left_alone(saved):
    count = Event.objects.count()
    with archive.opening(saved) as source, pytest.raises(restoring.NotEmpty):
        restoring.restore(source, passphrase=None)
    assert Event.objects.count() == count


def test_a_wrong_passphrase_restores_nothing(sealed_case, tmp_path):
    path = tmp_path / "c.himpun"
    saving.save(path, passphrase=PHRASE)
    wipe()
    with archive.opening(path) as source, pytest.raises(locked.WrongPassphrase):
        restoring.restore(source, passphrase=PHRASE + "x")
    assert not Stream.objects.exists()


def rewritten(path, change):
    """Return an archive with other members and all its hashes right again."""
    target = path.with_name(f"{path.stem}x.himpun")
    with archive.opening(path) as source, archive.writing(target) as writer:
        members = {n: source.read(n) for n in source.zip.namelist()}
        del members[archive.MANIFEST]
        for name, content in change(members).items():
            writer.add(name, [content])
        facts = {k: v for k, v in source.manifest.items() if k != "members"}
        writer.close(facts)
    return target


def changed(path, member, change):
    return rewritten(path, lambda old: {**old, member: change(old[member])})


def with_member(path, name, content):
    return rewritten(path, lambda old: {**old, name: content})


def test_rows_that_do_not_fit_the_heads_are_refused_whole(saved):
    member = "baris/ledger_stream.jsonl"
    head = b'"%s"' % (b"0" * 64)
    other = changed(saved, member, lambda c: re.sub(rb'"[0-9a-f]{64}"', head, c))
    wipe()
    with (
        archive.opening(other) as source,
        pytest.raises(archive.Damaged, match="Kepala jejak"),
    ):
        restoring.restore(source, passphrase=None)


def test_a_refused_archive_leaves_no_key_certificate_or_file(saved, settings, tmp_path):
    """A certificate that was put into an archive must not become one of ours."""
    forger = signing.make_seal_key(at=after(0)).cert_pem
    other = with_member(saved, f"sertifikat/{signing.fingerprint(forger)}.pem", forger)
    other = changed(other, "baris/ledger_stream.jsonl", lambda c: c + b"bukan json\n")
    wipe()
    settings.HIMPUN_HOME = tmp_path / "rumah"
    with archive.opening(other) as source, pytest.raises(archive.Damaged):
        restoring.restore(source, passphrase=None)
    assert not settings.HIMPUN_HOME.exists()


@pytest.mark.parametrize("line", [b'["bukan"]\n', b"[1]\n", b"bukan json\n"])
def test_rows_that_are_none_are_refused(saved, line):
    member = "baris/ledger_blob.jsonl"
    other = changed(saved, member, lambda c: c + line)
    wipe()
    with (
        archive.opening(other) as source,
        pytest.raises(archive.Damaged, match="ledger_blob"),
    ):
        restoring.restore(source, passphrase=None)


def test_a_table_of_another_version_is_refused(saved):
    member = "baris/ledger_blob.jsonl"
    other = changed(saved, member, lambda c: c.replace(b'"size"', b'"besar"', 1))
    wipe()
    with (
        archive.opening(other) as source,
        pytest.raises(archive.Damaged, match="ledger_blob"),
    ):
        restoring.restore(source, passphrase=None)


def test_an_archive_of_another_shape_of_database_says_which_version(saved):
    target = saved.with_name("lama.himpun")
    with archive.opening(saved) as source, archive.writing(target) as writer:
        for name in source.zip.namelist():
            if name != archive.MANIFEST:
                writer.add(name, [source.read(name)])
        writer.close({**source.manifest, "migrations": [], "version": "0.0.1"})
    with (
        archive.opening(target) as source,
        pytest.raises(restoring.NotEmpty, match=r"Himpun 0\.0\.1"),
    ):
        restoring.restore(source, passphrase=None)


def test_a_lost_file_is_named_and_the_rest_is_saved(himpun, sealed_case, tmp_path):
    digest = reporting.signed_of(sealed_case[1]).signed
    path = record.file_path(digest)
    content = path.read_bytes()
    path.unlink()
    try:
        status, out, err = himpun("backup", "-o", tmp_path / "c.himpun", "--json")
    finally:
        path.write_bytes(content)
    assert status == 1
    assert digest in err
    with archive.opening(tmp_path / "c.himpun") as source:
        assert source.manifest["missing"] == [digest]
    assert json.loads(out)["files"] == Blob.objects.count() - 1


def test_a_table_that_nobody_knows_stops_the_backup(himpun, sealed_case, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE catatan_pribadi (isi text)")
    status, _out, err = himpun("backup", "-o", tmp_path / "c.himpun")
    assert status == 1
    assert "catatan_pribadi" in err
    assert list(tmp_path.iterdir()) == []


def test_the_administrator_sees_the_last_backup(saved):
    last = reporting.last_backup()
    assert last.file == "c.himpun"
    with archive.opening(saved) as source:
        assert last.sha256 == source.sha256
    (Path(settings.HIMPUN_HOME) / rules.LAST_BACKUP).unlink()


def test_an_existing_file_is_never_written_over(himpun, sealed_case, tmp_path):
    path = tmp_path / "c.himpun"
    path.write_bytes(b"cadangan kemarin")
    status, _out, err = himpun("backup", "-o", path)
    assert status == 1
    assert "sudah ada" in err
    assert path.read_bytes() == b"cadangan kemarin"


def test_without_terminal_a_passphrase_comes_from_a_file(himpun, db, tmp_path):
    status, _out, err = himpun("backup", "-o", tmp_path / "c", "--with-keys")
    assert status == 1
    assert "--passphrase-file" in err
    short = tmp_path / "frasa"
    short.write_text("pendek")
    words = ("backup", "-o", tmp_path / "c", "--with-keys", "--passphrase-file", short)
    assert himpun(*words)[0] == 1


def test_a_missing_archive_is_named(himpun, db, tmp_path):
    status, _out, err = himpun("restore", tmp_path / "tidak-ada.himpun")
    assert status == 1
    assert "tidak-ada.himpun" in err


def test_locked_keys_open_with_their_passphrase_only(tmp_path):
    (tmp_path / "contoh").mkdir()
    (tmp_path / "segel-kunci.pem").write_bytes(b"kunci")
    (tmp_path / "contoh" / "penanda-1.p12").write_bytes(b"p12")
    box = locked.lock(tmp_path, PHRASE)
    assert b"kunci" not in box[len(locked.FORM) :]
    assert locked.unlock(box, PHRASE) == {
        "segel-kunci.pem": b"kunci",
        "contoh/penanda-1.p12": b"p12",
    }
    with pytest.raises(locked.WrongPassphrase):
        locked.unlock(box, PHRASE + "x")
    with pytest.raises(locked.WrongPassphrase):
        locked.unlock(box[:-1] + bytes([box[-1] ^ 1]), PHRASE)


def test_a_key_file_outside_its_folder_is_not_restored(tmp_path, monkeypatch):
    box = locked.lock(tmp_path, PHRASE)
    monkeypatch.setattr(json, "loads", lambda _text: {"../../etc/cron.d/x": "eA=="})
    with pytest.raises(locked.WrongPassphrase, match="tidak dikenal"):
        locked.unlock(box, PHRASE)
