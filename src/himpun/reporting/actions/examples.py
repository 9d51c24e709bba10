"""Test certificates for demonstrations: whoever signs has one, locked by a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from himpun.documents import signing
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from .keys import BEFORE, write_key

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from himpun.documents.signing import KeyPair
    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person

SHORTEST_PASSPHRASE = 12


def _folder() -> Path:
    return queries.keys_folder() / rules.TEST_KEYS


def _file_of(person: Person) -> Path:
    return _folder() / f"penanda-{person.pk}.p12"


def has_certificate(person: Person) -> bool:
    """Whether this person has a test certificate on this installation."""
    return _file_of(person).exists()


def authority() -> KeyPair:
    """Return the test authority; raises Refusal before the first test certificate."""
    key, certificate = _folder() / rules.TEST_KEY, _folder() / rules.TEST_CERTIFICATE
    if not (key.exists() and certificate.exists()):
        raise Refusal(say("Sertifikat contoh belum dibuat di pemasangan ini."))
    return signing.KeyPair(key.read_bytes(), certificate.read_bytes())


def make_certificate(
    person: Person, *, role: Actor, passphrase: str, again: str, at: datetime
) -> None:
    """Make a test certificate for a signer, named by the position, never by a name.

    Raises Refusal when test signatures are off, when the passphrase is short or typed
    differently the second time, or when the person has a certificate already.
    """
    if not settings.HIMPUN_TEST_SIGNATURE:
        raise Refusal(say("Tanda tangan contoh dimatikan di pemasangan ini."))
    if has_certificate(person):
        raise Refusal(say("Sertifikat contoh Anda sudah ada. Pakai frasa sandinya."))
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refusal(
            say("Buat frasa sandi, paling sedikit %(n)s huruf."),
            field="passphrase",
            n=SHORTEST_PASSPHRASE,
        )
    if passphrase != again:
        raise Refusal(
            say("Kedua frasa sandi tidak sama. Ketik sekali lagi."), field="again"
        )
    ca = _authority_made(at)
    p12 = signing.make_test_signer(
        role.role, ca=ca, at=at - BEFORE, passphrase=passphrase
    )
    write_key(_file_of(person), p12)


def _authority_made(at: datetime) -> KeyPair:
    try:
        return authority()
    except Refusal:
        pair = signing.make_test_ca(at=at - BEFORE)
        write_key(_folder() / rules.TEST_KEY, pair.key_pem)
        write_key(_folder() / rules.TEST_CERTIFICATE, pair.cert_pem)
        return pair


def unlock(person: Person, passphrase: str) -> KeyPair:
    """Return the person's test key; raises Refusal when the passphrase is wrong."""
    path = _file_of(person)
    if not path.exists():
        raise Refusal(
            say("Sertifikat contoh Anda belum ada. Buat frasa sandi dahulu."),
            field="passphrase",
        )
    try:
        return signing.unlock(path.read_bytes(), passphrase)
    except signing.WrongPassphrase as wrong:
        raise Refusal(str(wrong), field="passphrase") from None
