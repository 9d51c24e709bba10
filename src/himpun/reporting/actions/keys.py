"""Making the installation's keys. A key is made once and never replaced silently."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from himpun.documents import signing
from himpun.shared import clock

from .. import rules

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = timedelta(days=10 * 365)
"""Keys hold from so long before they were made: a demo's clock may stand there."""


def make_keys(home: Path) -> str:
    """Make what is missing of the installation's keys; return the seal's fingerprint.

    The seal is a key with a self-signed certificate, "Segel mesin Himpun, bukan TTE".
    Files are readable by their owner only.
    """
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / rules.OLD_CERTIFICATES).mkdir(exist_ok=True, mode=0o700)
    certificate = folder / rules.SEAL_CERTIFICATE
    if not ((folder / rules.SEAL_KEY).exists() and certificate.exists()):
        pair = signing.make_seal_key(at=clock.now() - BEFORE)
        write_key(folder / rules.SEAL_KEY, pair.key_pem)
        write_key(certificate, pair.cert_pem)
    return signing.fingerprint(certificate.read_bytes())


def retire_certificate(home: Path) -> None:
    """Keep the present certificate among the old ones before another takes its place."""
    folder = home / "keys"
    path = folder / rules.SEAL_CERTIFICATE
    if path.exists():
        pem = path.read_bytes()
        old = folder / rules.OLD_CERTIFICATES / f"{signing.fingerprint(pem)}.pem"
        write_key(old, pem)


def write_key(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
