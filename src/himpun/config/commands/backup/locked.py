"""The installation's keys inside a backup: only under a passphrase.

scrypt (n=2^15, r=8, p=1: 32 MiB) makes the key, AES-256-GCM locks a JSON of file names
and contents, so a wrong passphrase and a changed byte are both refused.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from himpun.wording import say

if TYPE_CHECKING:
    from pathlib import Path

SHORTEST = 12
FORM = b"himpun-kunci/1\n"
SALT, NONCE = 16, 12
NAME = re.compile(r"(?:[a-z0-9-]+/)?[a-z0-9-]+(?:\.pem|\.p12)?")


class WrongPassphrase(Exception):
    """The keys stay locked; the text says what to do."""


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())


def lock(folder: Path, passphrase: str) -> bytes:
    """Return all files under ``folder`` locked with the passphrase."""
    files = {
        str(path.relative_to(folder)): base64.b64encode(path.read_bytes()).decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    text = json.dumps(files).encode()
    box = AESGCM(_key(passphrase, salt)).encrypt(nonce, text, FORM)
    return FORM + salt + nonce + box


def unlock(data: bytes, passphrase: str) -> dict[str, bytes]:
    """Return the files of a locked folder by name; raises WrongPassphrase."""
    start = len(FORM)
    salt = data[start : start + SALT]
    nonce = data[start + SALT : start + SALT + NONCE]
    try:
        box = AESGCM(_key(passphrase, salt))
        text = box.decrypt(nonce, data[start + SALT + NONCE :], data[:start])
    except InvalidTag as error:
        raise WrongPassphrase(
            say("Frasa sandi kunci cadangan salah. Tidak ada yang dipulihkan.")
        ) from error
    files = {name: base64.b64decode(body) for name, body in json.loads(text).items()}
    for name in files:
        if not NAME.fullmatch(name):
            raise WrongPassphrase(
                say("Nama berkas kunci tidak dikenal: %(name)s.", name=repr(name))
            )
    return files
