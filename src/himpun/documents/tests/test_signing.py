"""Sealing and signing, read back by pyHanko and by poppler's pdfsig."""

import io
from datetime import timedelta

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from himpun.documents import papers, signing
from himpun.documents.signing import CannotSign, WrongPassphrase

from . import builders, poppler
from .builders import AT

ANCHOR = papers.Attached("himpun.json", b'{"format":"himpun-anchor/1"}')


@pytest.fixture(scope="module")
def paper():
    return papers.render(builders.seal(), builders.STAMP, attached=[ANCHOR])


@pytest.fixture(scope="module")
def key():
    return signing.make_seal_key(at=AT)


@pytest.fixture(scope="module")
def sealed(paper, key):
    return signing.sign(paper, *key, reason="Segel mesin", field="Segel", at=AT)


def test_pdfsig_finds_the_seal_valid_and_over_the_whole_file(sealed):
    said = poppler.signatures(sealed)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert signing.SEAL_NAME in said


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_pdfsig_refuses_one_byte_changed_in_the_signed_range(sealed, paper, place):
    at = int(len(paper) * place)
    changed = bytearray(sealed)
    changed[at] ^= 1
    assert "Signature is Valid." not in poppler.signatures(bytes(changed))


def test_what_was_there_before_the_seal_is_untouched(sealed, paper):
    assert sealed.startswith(paper)
    with pikepdf.open(io.BytesIO(sealed)) as document:
        assert document.check_pdf_syntax() == []
        assert (
            document.attachments["himpun.json"].get_file().read_bytes()
            == ANCHOR.content
        )


def test_the_claimed_time_is_the_one_given_and_no_clock_is_asked(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as document:
        assert str(document.docinfo.ModDate).startswith("D:20250106032000")
        field = document.Root.AcroForm.Fields[0]
        assert str(field.V.M).startswith("D:20250106032000")


def test_the_field_is_invisible_and_outside_the_page(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as document:
        left, bottom, right, top = document.Root.AcroForm.Fields[0].Rect
        assert (right - left, top - bottom) == (0, 0)
        assert left < 0


def test_a_second_signature_leaves_the_first_valid(sealed):
    ca = signing.make_test_ca(at=AT)
    p12 = signing.make_test_signer(
        "Camat Muncar (contoh)", ca=ca, at=AT, passphrase="a b c"
    )
    signer = signing.unlock(p12, "a b c")
    later = AT + timedelta(minutes=5)
    both = signing.sign(
        sealed, *signer, reason="Menandatangani", field="Camat", at=later
    )
    assert poppler.signatures(both).count("Signature is Valid.") == 2


def test_every_certificate_says_that_it_is_no_tte(key):
    ca = signing.make_test_ca(at=AT)
    signer = signing.unlock(
        signing.make_test_signer("Camat " * 20, ca=ca, at=AT, passphrase="x"), "x"
    )
    names = [
        x509.load_pem_x509_certificate(pair.cert_pem).subject.rfc4514_string()
        for pair in (key, ca, signer)
    ]
    assert "bukan TTE" in names[0]
    assert "BUKAN TTE BSrE" in names[1]
    assert "BUKAN TTE BSrE" in names[2]


def test_a_seal_certificate_cannot_issue_others_and_the_test_authority_can(key):
    ca = signing.make_test_ca(at=AT)
    for pair, expected in ((key, False), (ca, True)):
        certificate = x509.load_pem_x509_certificate(pair.cert_pem)
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        assert basic.value.ca is expected


def test_a_wrong_passphrase_is_told_and_says_what_to_do():
    ca = signing.make_test_ca(at=AT)
    p12 = signing.make_test_signer("Camat", ca=ca, at=AT, passphrase="benar")
    for wrong in ("salah", "", "benar "):
        with pytest.raises(WrongPassphrase, match="coba lagi"):
            signing.unlock(p12, wrong)


def test_an_empty_passphrase_locks_nothing_and_is_refused():
    with pytest.raises(ValueError, match="kosong"):
        signing.make_test_signer(
            "Camat", ca=signing.make_test_ca(at=AT), at=AT, passphrase=""
        )


def test_a_locked_key_opens_only_with_its_passphrase(paper, key):
    locked = lock(key.key_pem, b"benar")
    signed = signing.sign(
        paper, locked, key.cert_pem, reason="x", field="A", at=AT, passphrase="benar"
    )
    assert signed.startswith(paper)
    for wrong in ("salah", None):
        with pytest.raises(WrongPassphrase):
            signing.sign(
                paper,
                locked,
                key.cert_pem,
                reason="x",
                field="A",
                at=AT,
                passphrase=wrong,
            )


def lock(key_pem, passphrase):
    key = serialization.load_pem_private_key(key_pem, None)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )


def test_what_cannot_carry_a_signature_is_refused_in_a_sentence(sealed, key):
    for pdf in (b"", b"bukan PDF", b"%PDF-1.7\n%%EOF", sealed):
        with pytest.raises(CannotSign, match="tidak dapat ditandatangani"):
            signing.sign(pdf, *key, reason="x", field="Segel", at=AT)


def test_a_fingerprint_is_the_sha256_of_the_certificate(key):
    assert len(signing.fingerprint(key.cert_pem)) == 64
    assert signing.fingerprint(key.cert_pem) != signing.fingerprint(
        signing.make_seal_key(at=AT).cert_pem
    )
