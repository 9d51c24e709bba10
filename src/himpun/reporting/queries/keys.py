"""The installation's seal key and the certificates by which its papers are checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from himpun.documents import signing
from himpun.shared.refusals import Refusal, say

from .. import rules


def keys_folder() -> Path:
    """Return where the installation's keys lie."""
    return Path(settings.HIMPUN_HOME) / "keys"


def seal_pair() -> signing.KeyPair:
    """Return key and certificate of the seal; raises Refusal before `himpun init`."""
    return signing.KeyPair(_read(rules.SEAL_KEY), _read(rules.SEAL_CERTIFICATE))


def _read(name: str) -> bytes:
    path = keys_folder() / name
    if not path.exists():
        raise Refusal(
            say("Kunci segel belum ada. Administrator perlu menjalankan: himpun init")
        )
    return path.read_bytes()


def fingerprint() -> str:
    """Return the SHA-256 fingerprint (hex) of the seal's certificate."""
    return signing.fingerprint(_read(rules.SEAL_CERTIFICATE))


def certificates() -> dict[str, bytes]:
    """Return the installation's certificates, present and old, by fingerprint.

    A restored office may have a new key; papers sealed with the old one stay checkable.
    """
    folder = keys_folder()
    paths = [folder / rules.SEAL_CERTIFICATE]
    paths += sorted((folder / rules.OLD_CERTIFICATES).glob("*.pem"))
    found = [path.read_bytes() for path in paths if path.exists()]
    return {signing.fingerprint(pem): pem for pem in found}


def test_certificates() -> list[bytes]:
    """Return the certificate of the test authority; empty where there is none."""
    path = keys_folder() / rules.TEST_KEYS / rules.TEST_CERTIFICATE
    return [path.read_bytes()] if path.exists() else []


@dataclass(frozen=True)
class LastBackup:
    """When the last backup was made, its file's name and its SHA-256."""

    made_at: datetime
    file: str
    sha256: str


def last_backup() -> LastBackup | None:
    """Return what is known of the newest backup, None when there was none."""
    path = Path(settings.HIMPUN_HOME) / rules.LAST_BACKUP
    if not path.exists():
        return None
    note = json.loads(path.read_text())
    return LastBackup(
        datetime.fromisoformat(note["made_at"]), note["file"], note["sha256"]
    )
