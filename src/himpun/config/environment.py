"""What the environment says, and which of it may not be used for real work."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from himpun.wording import Sentence, say

NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "9p"}
    | {"ceph", "glusterfs", "davfs", "davfs2", "lustre", "vboxsf"}
    | {f"fuse.{name}" for name in ("sshfs", "glusterfs", "s3fs", "rclone", "davfs2")}
    | {f"fuse.{name}" for name in ("ceph", "smbnetfs", "gvfsd-fuse")}
)
TLS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey"})
"""What HIMPUN_DATABASE_URL may say about the connection, by libpq's own names."""
MODES = ("demo", "lan", "production")
SUBMISSION_PORT, SMTPS_PORT = 587, 465


class UnsafeSetting(Exception):
    """The product refuses to start; the text names the setting and what to do."""


@dataclass(frozen=True)
class Environment:
    """The settings that an office can choose, as read from ``HIMPUN_*``."""

    home: Path
    mode: str
    database_url: str
    public_url: str
    allow_test_signature: bool
    email_url: str
    email_from: str
    debug: bool

    @property
    def secret_file(self) -> Path:
        """Where the secret key of sessions and forms lies (made by `himpun init`)."""
        return self.home / "keys" / "rahasia"


def read(environ: dict[str, str] | None = None) -> Environment:
    """Return the environment's settings; raises UnsafeSetting for an unknown mode."""
    values = os.environ if environ is None else environ
    mode = values.get("HIMPUN_MODE", "production")
    if mode not in MODES:
        raise UnsafeSetting(
            say(
                "HIMPUN_MODE berisi %(mode)s. Pilih salah satu: %(modes)s.",
                mode=repr(mode),
                modes=", ".join(MODES),
            )
        )
    home = values.get("HIMPUN_HOME") or "~/.local/share/himpun"
    public = values.get("HIMPUN_PUBLIC_URL", "").rstrip("/")
    if not public and mode == "demo":
        public = "http://127.0.0.1:8000"
    return Environment(
        home=Path(home).expanduser().absolute(),
        mode=mode,
        database_url=values.get("HIMPUN_DATABASE_URL", ""),
        public_url=public,
        email_url=values.get("HIMPUN_EMAIL_URL", ""),
        email_from=values.get("HIMPUN_EMAIL_FROM", ""),
        allow_test_signature=values.get("HIMPUN_TTE_CONTOH", "") == "ya",
        debug=values.get("HIMPUN_DEBUG", "") == "ya",
    )


def unsafe(env: Environment) -> list[Sentence]:
    """Return a sentence for each setting that real work must not run with."""
    url = urlsplit(env.public_url)
    if env.mode == "demo":
        return _unsafe_demo(env, url.hostname or "")
    found = []
    if env.public_url and (url.scheme not in {"http", "https"} or not url.hostname):
        found.append(
            say(
                "HIMPUN_PUBLIC_URL bukan alamat web yang lengkap. Contoh: "
                "https://himpun.kuduskab.go.id"
            )
        )
    if not env.public_url:
        found.append(
            say(
                "HIMPUN_PUBLIC_URL belum diisi. Isi alamat yang diketik pegawai, "
                "karena alamat itu dicetak sebagai QR di setiap kertas."
            )
        )
    if env.mode == "production" and url.scheme == "http":
        found.append(
            say(
                "HIMPUN_PUBLIC_URL memakai http. Pakai https, atau HIMPUN_MODE=lan "
                "bila peladen hanya dipakai di jaringan kantor."
            )
        )
    if env.debug:
        found.append(say("HIMPUN_DEBUG menyala. Hapus setelan itu."))
    if not env.secret_file.exists():
        found.append(
            say(
                "Kunci rahasia %(file)s belum ada. Jalankan: himpun init",
                file=env.secret_file,
            )
        )
    elif env.secret_file.stat().st_mode & 0o077:
        found.append(
            say(
                "Kunci rahasia %(file)s dapat dibaca pengguna lain. Jalankan: chmod "
                "600 %(file)s",
                file=env.secret_file,
            )
        )
    return found


def _unsafe_demo(env: Environment, host: str) -> list[Sentence]:
    if env.debug and host not in {"127.0.0.1", "localhost"}:
        return [
            say(
                "HIMPUN_DEBUG hanya boleh menyala pada alamat 127.0.0.1 atau localhost."
            )
        ]
    return []


def refuse_network_file_system(path: Path, mounts: str) -> None:
    """Raise UnsafeSetting when an SQLite file would lie on a network file system.

    ``mounts`` is the text of /proc/mounts. SQLite's locks do not hold there
    (sqlite.org, "How To Corrupt An SQLite Database File"). Links are followed.
    """
    path = path.resolve()
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        point = fields[1].replace("\\040", " ") if len(fields) > 2 else ""  # noqa: PLR2004 - device, point, kind
        if point and path.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, fields[2]
    if kind in NETWORK_FILE_SYSTEMS:
        raise UnsafeSetting(
            say(
                "Basis data SQLite berada di sistem berkas jaringan (%(kind)s, "
                "%(folder)s), datanya dapat rusak. Pindahkan HIMPUN_HOME ke cakram "
                "setempat atau pakai PostgreSQL lewat HIMPUN_DATABASE_URL.",
                kind=kind,
                folder=best,
            )
        )


def mounts() -> str:
    """Return /proc/mounts, empty where the system has none."""
    path = Path("/proc/mounts")
    return path.read_text() if path.exists() else ""


def database(env: Environment) -> dict[str, object]:
    """Return Django's DATABASES["default"] for SQLite at home or a PostgreSQL URL."""
    if env.database_url:
        return _postgresql(env.database_url)
    path = env.home / "himpun.sqlite3"
    refuse_network_file_system(path, mounts())
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
            ),
        },
    }


def _postgresql(text: str) -> dict[str, object]:
    url = urlsplit(text)
    if url.scheme not in {"postgres", "postgresql"}:
        raise UnsafeSetting(
            say(
                "HIMPUN_DATABASE_URL bukan alamat PostgreSQL. Contoh: "
                "postgresql://himpun:sandi@127.0.0.1:5432/himpun"
            )
        )
    query = dict(parse_qsl(url.query))
    if unknown := sorted(query.keys() - TLS - {"host", "port"}):
        raise UnsafeSetting(
            say(
                "HIMPUN_DATABASE_URL memuat %(names)s yang tidak dikenal. Hapus "
                "bagian itu; yang dikenal: host, port, %(known)s.",
                names=", ".join(unknown),
                known=", ".join(sorted(TLS)),
            )
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.get("host") or url.hostname or "",
        "PORT": url.port or query.get("port", ""),
        "OPTIONS": {name: query[name] for name in sorted(query.keys() & TLS)},
        "CONN_MAX_AGE": 60,
    }


@dataclass(frozen=True)
class MailServer:
    """Where mails go out and from whom; ``sender`` empty: none go out."""

    sender: str = ""
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    ssl: bool = False
    starttls: bool = False


def mail(env: Environment) -> MailServer:
    """Return the mail server of HIMPUN_EMAIL_URL; without one nobody is written to.

    ``smtp://account:password@host:587?tls=ya`` (STARTTLS) or ``smtps://...:465``. Raises
    UnsafeSetting for what is no such address, and without HIMPUN_EMAIL_FROM.
    """
    if not env.email_url:
        return MailServer()
    url = urlsplit(env.email_url)
    query = dict(parse_qsl(url.query))
    known = query in ({}, {"tls": "ya"}) and url.scheme in {"smtp", "smtps"}
    if not known or not url.hostname:
        raise UnsafeSetting(
            say(
                "HIMPUN_EMAIL_URL bukan alamat peladen surel. "
                "Contoh: smtp://akun:sandi@surel.kuduskab.go.id:587?tls=ya"
            )
        )
    if "@" not in env.email_from:
        raise UnsafeSetting(
            say(
                "HIMPUN_EMAIL_FROM belum diisi. Isi alamat pengirim surel, misalnya "
                "himpun@kuduskab.go.id"
            )
        )
    ssl = url.scheme == "smtps"
    return MailServer(
        sender=env.email_from,
        host=url.hostname,
        port=url.port or (SMTPS_PORT if ssl else SUBMISSION_PORT),
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        ssl=ssl,
        starttls=bool(query) and not ssl,
    )
