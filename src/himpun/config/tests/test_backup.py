"""Backup, wipe, restore: every row and every file is there again, and nothing else."""

import hashlib
import io
import json
import random
import sqlite3
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection
from tests.at_work import SQLITE, at_work, copy_of, copy_of_the_suites
from tests.installation import Installation

from himpun.config import cli
from himpun.config.commands.backup import archive, locked, restoring, saving
from himpun.documents import signing
from himpun.ledger import queries as record
from himpun.ledger.models import Blob, Event, Stream
from himpun.organization.models import Tenant
from himpun.reporting import queries as reporting
from himpun.reporting import rules
from himpun.reporting.tests import builders
from himpun.reporting.tests.builders import after

pytestmark = pytest.mark.django_db

PHRASE = "kunci cadangan kecamatan"
SESSION = "rahasia-sesi-seseorang"


def himpun(*words):
    """Run a command here; return (status, stdout, stderr)."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = cli.main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


def look():
    """Return ({table: [rows, hash]}, [(file, hash)]), the stream `system` left out."""
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
        for path in (settings.HIMPUN_HOME / "files").rglob("*")
        if path.is_file()
    )
    return found, files


@contextmanager
def somebody_writing(installation):
    """Keep a change of another process open, neither saved nor taken back."""
    if installation.database:
        other = psycopg.connect(installation.database)
    else:
        other = sqlite3.connect(installation.home / SQLITE, isolation_level="IMMEDIATE")
    with closing(other):
        other.execute("UPDATE organization_tenant SET name = 'belum disimpan'")
        yield
        other.rollback()


@pytest.fixture(scope="module")
def unused(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return an installation with tables and nothing in them; others are its copies."""
    with django_db_blocker.unblock():
        made = copy_of_the_suites(tmp_path_factory.mktemp("tabel"))
        yield made
        made.remove()


@pytest.fixture(scope="module")
def office(unused, tmp_path_factory):
    """Return an installation with a sealed case and its backups without and with keys."""
    made = copy_of(unused, tmp_path_factory.mktemp("asal"), "asal")
    (made.home / "frasa").write_text(PHRASE)
    with at_work(made):
        _office, _case, made.sheet = builders.closed()
        Session.objects.create(
            session_key=SESSION, session_data="x", expire_date=after(0)
        )
        words = ("--with-keys", "--passphrase-file", made.home / "frasa")
        with somebody_writing(made):
            assert himpun("backup", "-o", made.home / "tanpa.himpun")[0] == 0
            assert himpun("backup", "-o", made.home / "kunci.himpun", *words)[0] == 0
        (made.home / "segel.pdf").write_bytes(record.read_file(made.sheet.pdf))
        made.seen = look()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def other(unused, office, tmp_path_factory):
    """Return an installation into which the backup without keys was restored."""
    restored = copy_of(unused, tmp_path_factory.mktemp("pulih"), "pulih")
    with at_work(restored):
        restored.said = himpun("restore", office.home / "tanpa.himpun", "--json")
        restored.seen = look()
        restored.system = himpun("ledger", "show", "system", "--json")[1]
        seal = office.home / "segel.pdf"
        words = ("ledger", "verify", "--against", seal, "--json")
        restored.verified = json.loads(himpun(*words)[1])
    yield restored
    restored.remove()


@pytest.fixture
def empty(unused, tmp_path):
    """Work in an installation with tables and nothing in them."""
    (tmp_path / "rumah").mkdir()
    made = copy_of(unused, tmp_path / "rumah", "kosong")
    with at_work(made):
        yield made
    made.remove()


@pytest.fixture
def at_office(office):
    with at_work(office):
        yield office


def fingerprint(installation):
    path = installation.home / "keys" / rules.SEAL_CERTIFICATE
    return signing.fingerprint(path.read_bytes())


def same_but_for_sessions(before, after):
    rows, files = before
    rows_after, files_after = after
    sessions = [found.get("django_session") for found in (rows, rows_after)]
    assert [count for count, _hash in sessions] == [1, 0]
    assert {**rows, "django_session": sessions[1]} == rows_after
    assert files == files_after


def is_untouched():
    """Say whether a home is as before a restore: no row, no file, no key, no draft."""
    names = [path.name for path in settings.HIMPUN_HOME.iterdir()]
    if [name for name in names if not name.startswith(SQLITE)]:
        return False
    tables = connection.introspection.table_names()
    return Stream._meta.db_table not in tables or not Stream.objects.exists()


def test_restore_brings_back_every_row_and_file(office, other):
    """What another process had not saved while the backup was made is not in it."""
    same_but_for_sessions(office.seen, other.seen)
    assert office.seen[0]["ledger_event"][0] > 70
    assert len(office.seen[1]) > 10


def test_the_restored_record_holds_and_says_that_it_was_restored(other):
    assert [event["type"] for event in json.loads(other.system)] == ["system.restored"]
    streams = other.verified["streams"]
    case = next(row for row in streams if row["stream"].startswith("case:"))
    assert case["word"] == "cocok"
    assert other.verified["word"] != "BERUBAH"


def test_restore_says_what_came_back(office, other):
    status, out, err = other.said
    assert (status, err) == (0, "")
    facts = json.loads(out)
    assert facts["events"] == office.seen[0]["ledger_event"][0]
    assert facts["files"] == len(office.seen[1])


def test_without_keys_there_are_new_ones_and_the_old_certificate_stays(office, other):
    assert fingerprint(other) != fingerprint(office)
    old = other.home / "keys" / rules.OLD_CERTIFICATES
    assert [path.stem for path in old.iterdir()] == [fingerprint(office)]


def test_a_restored_office_works_on_and_is_not_restored_over(office, other):
    with at_work(other):
        status, _out, err = himpun("restore", office.home / "tanpa.himpun")
        last = Tenant.objects.order_by("pk").last().pk
        made = Tenant.objects.create(code="z", name="Z", short_name="z")
        assert (status, made.pk) == (1, last + 1)
        assert "sudah berisi" in err


def test_a_restored_record_is_append_only(other):
    with at_work(other), pytest.raises(DatabaseError, match="append-only"):
        Event.objects.update(type="lain")


def test_a_new_machine_gets_the_office_back_with_its_keys(office, tmp_path, request):
    third = Installation(tmp_path, "kunci")
    request.addfinalizer(third.remove)
    done = third.himpun(
        "restore",
        office.home / "kunci.himpun",
        "--passphrase-file",
        office.home / "frasa",
    )
    assert "dari cadangan" in done.stdout
    with at_work(third):
        same_but_for_sessions(office.seen, look())
    assert fingerprint(third) == fingerprint(office)
    for path in (third.home / "keys").rglob("*"):
        assert path.is_dir() or path.stat().st_mode & 0o077 == 0, path


def test_no_archive_without_passphrase_holds_a_key_or_session(office):
    secrets = [(office.home / "keys" / rules.SEAL_KEY).read_bytes(), SESSION.encode()]
    for name in ("tanpa", "kunci"):
        with archive.opening(office.home / f"{name}.himpun") as source:
            for member in source.zip.namelist():
                content = source.read(member)
                assert not [s for s in secrets if s in content], member


def test_a_changed_byte_is_refused_by_name_and_nothing_is_written(office, empty):
    whole = bytearray((office.home / "tanpa.himpun").read_bytes())
    whole[len(whole) // 2] ^= 1
    damaged = empty.home.parent / "rusak.himpun"
    damaged.write_bytes(whole)
    status, _out, err = himpun("restore", damaged)
    assert status == 1
    assert "rusak.himpun" in err
    assert is_untouched()


@pytest.mark.soak
def test_a_flipped_bit_at_any_of_500_places_of_a_real_archive_is_refused(
    office, tmp_path
):
    path = tmp_path / "c.himpun"
    whole = (office.home / "tanpa.himpun").read_bytes()
    draw = random.Random(2024)
    for place in draw.sample(range(len(whole)), 500):
        changed = bytearray(whole)
        changed[place] ^= 1 << draw.randrange(8)
        path.write_bytes(bytes(changed))
        with pytest.raises(archive.Damaged), archive.opening(path):
            pass


def test_what_is_in_the_database_is_what_the_manifest_names(at_office):
    with archive.opening(at_office.home / "tanpa.himpun") as source:
        heads = source.manifest["heads"]
        assert heads == {s.name: [s.count, s.head] for s in Stream.objects.all()}
        assert len(source.names("berkas")) == Blob.objects.count()
        assert source.manifest["database"] == connection.vendor
        assert ["ledger", "0002_append_only"] in source.manifest["migrations"]


def test_no_session_leaves_the_office_in_an_archive(at_office, tmp_path):
    saving.save(tmp_path / "c.himpun", passphrase=None)
    with archive.opening(tmp_path / "c.himpun") as source:
        assert SESSION.encode() not in source.read(archive.DATABASE)


# What is not restored


def rewritten(path, target, *, facts=None, members=None):
    """Return an archive with other members and facts and all its hashes right again."""
    with archive.opening(path) as source, archive.writing(target) as writer:
        old = {n: source.read(n) for n in source.zip.namelist()}
        del old[archive.MANIFEST]
        for name, content in {**old, **(members or {})}.items():
            writer.add(name, [content])
        kept = {k: v for k, v in source.manifest.items() if k != "members"}
        writer.close({**kept, **(facts or {})})
    return target


@pytest.fixture
def saved(office, tmp_path):
    """Return a function that writes the office's archive with other facts or members."""
    return lambda **other: rewritten(
        office.home / "tanpa.himpun", tmp_path / "lain.himpun", **other
    )


def restore(path, passphrase=None):
    with archive.opening(path) as source:
        return restoring.restore(source, passphrase=passphrase)


def test_a_used_database_is_left_alone(office, empty):
    Tenant.objects.create(code="z", name="Z", short_name="z")
    Stream.objects.create(name="plan:1", header=b"", head="0" * 64)
    with pytest.raises(restoring.Unfit, match="sudah berisi"):
        restore(office.home / "tanpa.himpun")
    assert Tenant.objects.get().code == "z"


def test_a_wrong_passphrase_restores_nothing(office, empty):
    with pytest.raises(locked.WrongPassphrase):
        restore(office.home / "kunci.himpun", PHRASE + "x")
    assert is_untouched()


def other_heads(**more):
    return {"heads": {"case:1": [1, "0" * 64]}, **more}


def test_a_database_that_does_not_fit_the_heads_is_refused_whole(saved, empty):
    with pytest.raises(archive.Damaged, match="Kepala jejak"):
        restore(saved(facts=other_heads()))
    assert is_untouched()


def test_a_refused_archive_leaves_no_key_certificate_or_file(saved, empty):
    """A certificate that was put into an archive must not become one of ours."""
    forger = signing.make_seal_key(at=after(0)).cert_pem
    members = {f"sertifikat/{signing.fingerprint(forger)}.pem": forger}
    with pytest.raises(archive.Damaged):
        restore(saved(facts=other_heads(), members=members))
    assert not (empty.home / "keys").exists()
    assert not (empty.home / "files").exists()


def test_what_is_no_database_is_refused_and_the_next_restore_works(
    office, saved, empty
):
    members = {archive.DATABASE: b"bukan basis data"}
    status, _out, err = himpun("restore", saved(members=members))
    assert status == 1
    assert "Tidak ada yang dipulihkan" in err
    assert is_untouched()
    assert restore(office.home / "tanpa.himpun").events > 70


def test_an_archive_of_the_other_kind_of_database_is_refused(saved, empty):
    [other] = {"sqlite", "postgresql"} - {connection.vendor}
    with pytest.raises(restoring.Unfit, match="basis data sejenis"):
        restore(saved(facts={"database": other}))
    assert is_untouched()


def test_an_archive_of_a_newer_version_says_which(saved, empty):
    facts = {"migrations": [["ledger", "0099_later"]], "version": "9.9.9"}
    with pytest.raises(restoring.Unfit, match=r"Himpun 9\.9\.9"):
        restore(saved(facts=facts))
    assert is_untouched()


# What is restored, and said


@pytest.fixture(scope="module")
def aged(office, tmp_path_factory):
    """Return a backup from before a migration, of a record that somebody changed."""
    path = tmp_path_factory.mktemp("lama") / "lama.himpun"
    with at_work(office):
        call_command("migrate", "ledger", "0001", verbosity=0)
        event = Event.objects.filter(stream__name__startswith="case:").first()
        Event.objects.filter(pk=event.pk).update(role="lain")
        saving.save(path, passphrase=None)
        Event.objects.filter(pk=event.pk).update(role=event.role)
        call_command("migrate", "ledger", verbosity=0)
    return path, event


def test_an_archive_of_an_older_version_is_migrated(aged, empty):
    restore(aged[0])
    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.update(type="lain")


def test_a_record_that_was_changed_before_the_backup_is_restored_and_named(aged, empty):
    """An office that lost its server needs its data, and to know what is wrong in it."""
    path, event = aged
    status, _out, err = himpun("restore", path)
    assert status == 1
    assert f"{event.stream_id} sudah BERUBAH" in err
    assert Event.objects.filter(role="lain").count() == 1


def test_a_lost_file_is_named_and_the_rest_is_saved(at_office, tmp_path):
    path = record.file_path(at_office.sheet.pdf)
    content = path.read_bytes()
    path.unlink()
    try:
        status, out, err = himpun("backup", "-o", tmp_path / "c.himpun", "--json")
    finally:
        path.write_bytes(content)
    assert status == 1
    assert path.name in err
    with archive.opening(tmp_path / "c.himpun") as source:
        assert source.manifest["missing"] == [path.name]
    assert json.loads(out)["files"] == Blob.objects.count() - 1


def test_the_administrator_sees_the_last_backup(at_office, tmp_path):
    saving.save(tmp_path / "c.himpun", passphrase=None)
    last = reporting.last_backup()
    assert last.file == "c.himpun"
    with archive.opening(tmp_path / "c.himpun") as source:
        assert last.sha256 == source.sha256


def test_an_existing_file_is_never_written_over(at_office, tmp_path):
    path = tmp_path / "c.himpun"
    path.write_bytes(b"cadangan kemarin")
    status, _out, err = himpun("backup", "-o", path)
    assert status == 1
    assert "sudah ada" in err
    assert path.read_bytes() == b"cadangan kemarin"


def test_without_terminal_a_passphrase_comes_from_a_file(tmp_path):
    status, _out, err = himpun("backup", "-o", tmp_path / "c", "--with-keys")
    assert status == 1
    assert "--passphrase-file" in err
    short = tmp_path / "frasa"
    short.write_text("pendek")
    words = ("backup", "-o", tmp_path / "c", "--with-keys", "--passphrase-file", short)
    assert himpun(*words)[0] == 1


def test_a_missing_archive_is_named(tmp_path):
    status, _out, err = himpun("restore", tmp_path / "tidak-ada.himpun")
    assert status == 1
    assert "tidak-ada.himpun" in err
