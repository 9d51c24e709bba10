"""Which settings may be used for real work, and what is said about the others."""

from pathlib import Path

import pytest

from himpun.config import environment
from himpun.config.environment import UnsafeSetting
from himpun.config.starting import make_secret

HTTPS = "https://himpun.contoh.go.id"


@pytest.fixture
def home(tmp_path):
    secret = tmp_path / "keys" / "rahasia"
    secret.parent.mkdir()
    secret.write_text("x" * 50)
    secret.chmod(0o600)
    return tmp_path


def read(home, **values):
    named = {f"HIMPUN_{name}": value for name, value in values.items()}
    return environment.read({"HIMPUN_HOME": str(home), **named})


def test_production_is_what_runs_when_nothing_is_said(home):
    assert read(home).mode == "production"


def test_a_safe_production_has_nothing_against_it(home):
    assert environment.unsafe(read(home, PUBLIC_URL=HTTPS)) == []


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({}, "HIMPUN_PUBLIC_URL belum diisi"),
        ({"PUBLIC_URL": "himpun"}, "bukan alamat web"),
        ({"PUBLIC_URL": "http://himpun.contoh"}, "memakai http"),
        ({"PUBLIC_URL": HTTPS, "DEBUG": "ya"}, "HIMPUN_DEBUG menyala"),
    ],
)
def test_an_unsafe_production_setting_is_named(home, values, word):
    said = environment.unsafe(read(home, **values))
    assert any(word in sentence for sentence in said)


def test_details_of_errors_are_shown_on_the_own_machine_only(home):
    demo = {"MODE": "demo", "DEBUG": "ya"}
    assert environment.unsafe(read(home, **demo)) == []
    [said] = environment.unsafe(read(home, **demo, PUBLIC_URL=HTTPS))
    assert "HIMPUN_DEBUG" in said


def test_a_missing_secret_is_named(tmp_path):
    [said] = environment.unsafe(read(tmp_path, PUBLIC_URL=HTTPS))
    assert "himpun init" in said


def test_a_secret_that_others_can_read_is_named(home):
    (home / "keys" / "rahasia").chmod(0o644)
    [said] = environment.unsafe(read(home, PUBLIC_URL=HTTPS))
    assert "chmod 600" in said


def test_plain_http_is_a_mode_of_its_own(home):
    env = read(home, MODE="lan", PUBLIC_URL="http://10.0.0.5:8000")
    assert environment.unsafe(env) == []


def test_an_unknown_mode_is_refused(home):
    with pytest.raises(UnsafeSetting, match="demo, lan, production"):
        read(home, MODE="produksi")


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/data /mnt/kantor nfs4 rw 0 0
//nas/berkas /mnt/berkas\\040bersama cifs rw 0 0
/dev/sdb1 /mnt/kantor/lokal ext4 rw 0 0
"""


@pytest.mark.parametrize(
    "path", ["/mnt/kantor/himpun.sqlite3", "/mnt/berkas bersama/x/himpun.sqlite3"]
)
def test_sqlite_on_a_network_file_system_is_refused(path):
    with pytest.raises(UnsafeSetting, match="sistem berkas jaringan"):
        environment.refuse_network_file_system(Path(path), MOUNTS)


def test_a_link_does_not_hide_a_network_file_system(tmp_path):
    far = tmp_path / "jauh"
    far.mkdir()
    (tmp_path / "rumah").symlink_to(far)
    mounts = f"{MOUNTS}server:/data {far} nfs4 rw 0 0\n"
    with pytest.raises(UnsafeSetting, match="nfs4"):
        environment.refuse_network_file_system(
            tmp_path / "rumah" / "himpun.sqlite3", mounts
        )


@pytest.mark.parametrize("path", ["/srv/himpun.sqlite3", "/mnt/kantor/lokal/h.sqlite3"])
def test_sqlite_on_a_local_disk_is_fine(path):
    environment.refuse_network_file_system(Path(path), MOUNTS)


def test_sqlite_is_durable_and_takes_its_lock_at_once(home):
    options = environment.database(read(home))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_a_postgresql_url_is_taken_apart(home):
    made = environment.database(
        read(home, DATABASE_URL="postgresql://a:b%40c@db.contoh:5433/himpun")
    )
    assert (made["USER"], made["PASSWORD"], made["HOST"]) == ("a", "b@c", "db.contoh")
    assert (made["PORT"], made["NAME"]) == (5433, "himpun")


def test_a_postgresql_url_keeps_what_it_says_of_encryption(home):
    url = "postgresql://a@db.contoh/himpun?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    assert environment.database(read(home, DATABASE_URL=url))["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
    }


def test_no_part_of_a_postgresql_url_is_silently_left_out(home):
    url = "postgresql://a@db.contoh/himpun?target_session_attrs=read-write"
    with pytest.raises(UnsafeSetting, match="target_session_attrs"):
        environment.database(read(home, DATABASE_URL=url))


def test_another_kind_of_database_is_refused(home):
    with pytest.raises(UnsafeSetting, match="bukan alamat PostgreSQL"):
        environment.database(read(home, DATABASE_URL="mysql://a/b"))


def test_a_new_home_is_readable_by_its_owner_only(tmp_path, monkeypatch):
    """In it lies the database, and in that the sessions of everybody."""
    home = tmp_path / "data" / "himpun"
    monkeypatch.setenv("HIMPUN_HOME", str(home))
    secret = make_secret()
    for path in (home, secret.parent, secret):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_secret_is_made_once(tmp_path, monkeypatch):
    monkeypatch.setenv("HIMPUN_HOME", str(tmp_path))
    first = make_secret().read_text()
    assert len(first) > 50
    assert make_secret().read_text() == first


FROM = {"EMAIL_FROM": "himpun@contoh.go.id"}


@pytest.mark.parametrize(
    ("url", "port", "ssl", "starttls"),
    [
        ("smtp://surel.contoh.go.id", 587, False, False),
        ("smtp://a%40b:s%2Fandi@surel.contoh.go.id:25?tls=ya", 25, False, True),
        ("smtps://surel.contoh.go.id", 465, True, False),
    ],
)
def test_a_mail_server_is_one_address(home, url, port, ssl, starttls):
    found = environment.mail(read(home, EMAIL_URL=url, **FROM))
    assert (found.host, found.port) == ("surel.contoh.go.id", port)
    assert (found.ssl, found.starttls) == (ssl, starttls)
    assert found.sender == "himpun@contoh.go.id"
    if "@" in url:
        assert (found.user, found.password) == ("a@b", "s/andi")


def test_without_an_address_no_mail_goes_out(home):
    assert environment.mail(read(home)).sender == ""


@pytest.mark.parametrize(
    "values",
    [
        {"EMAIL_URL": "surel.contoh.go.id", **FROM},
        {"EMAIL_URL": "smtp://", **FROM},
        {"EMAIL_URL": "smtp://surel.contoh.go.id?tls=mungkin", **FROM},
        {"EMAIL_URL": "smtp://surel.contoh.go.id"},
    ],
)
def test_a_mail_server_that_cannot_be_meant_is_named(home, values):
    with pytest.raises(UnsafeSetting, match="HIMPUN_EMAIL"):
        environment.mail(read(home, **values))
