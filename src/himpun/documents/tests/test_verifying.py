"""Two questions, each answered for itself; forgeries made here with real keys."""

import io
import json
import logging
from datetime import timedelta

import pikepdf
import pytest
import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from himpun.documents import papers, signing, verifying
from himpun.documents.signing import KeyPair
from himpun.documents.verifying import (
    BadTrust,
    Content,
    Signer,
    attachment,
    exit_status,
    lines,
    verify,
)

from . import builders
from .builders import AT

NAME = generic.NameObject
ANCHOR = b'{"format":"himpun-anchor/1","head":"0123"}'
FORGED = b'{"format":"himpun-anchor/1","head":"ffff"}'


def print_paper(content=ANCHOR):
    return papers.render(
        builders.seal(),
        builders.STAMP,
        attached=[papers.Attached("himpun.json", content)],
    )


def sealed_with(pair, pdf, field="Segel"):
    return signing.sign(pdf, *pair, reason="Segel mesin", field=field, at=AT)


@pytest.fixture(scope="module")
def paper():
    return print_paper()


@pytest.fixture(scope="module")
def key():
    return signing.make_seal_key(at=AT)


@pytest.fixture(scope="module")
def sealed(paper, key):
    return sealed_with(key, paper)


@pytest.fixture(scope="module")
def ca():
    return signing.make_test_ca(at=AT)


@pytest.fixture(scope="module")
def camat(ca):
    p12 = signing.make_test_signer(
        "Camat Muncar (contoh)", ca=ca, at=AT, passphrase="x"
    )
    return signing.unlock(p12, "x")


@pytest.fixture(scope="module")
def both(sealed, camat):
    later = AT + timedelta(minutes=5)
    return signing.sign(
        sealed, *camat, reason="Menandatangani", field="Camat", at=later
    )


# Who: only what the asker brings counts


def test_a_sealed_file_with_its_certificate_is_intact_and_known(sealed, key):
    verdict = verify(sealed, trusted=[key.cert_pem])
    assert (verdict.content, verdict.signer) == (Content.INTACT, Signer.KNOWN)
    assert verdict.ok
    assert exit_status(verdict) == 0
    assert verdict.signatures[0].at == AT
    assert verdict.signatures[0].fingerprint == signing.fingerprint(key.cert_pem)


def test_the_fingerprint_from_paper_is_enough_with_blanks_or_colons(sealed, key):
    print_ = signing.fingerprint(key.cert_pem)
    blanks = " ".join(print_[n : n + 4] for n in range(0, 64, 4))
    colons = ":".join(print_[n : n + 2] for n in range(0, 64, 2)).upper()
    for written in (print_, blanks, colons):
        assert verify(sealed, trusted=[written]).ok


def test_a_certificate_inside_the_file_is_never_trusted(sealed):
    verdict = verify(sealed)
    assert (verdict.content, verdict.signer) == (Content.INTACT, Signer.UNSURE)
    assert exit_status(verdict) == 1
    assert verdict.files == {}
    assert "TIDAK DAPAT DIPASTIKAN" in lines(verdict)[1]


def test_everything_rewritten_and_signed_with_a_foreign_key_is_refused(key):
    forger = signing.make_seal_key(at=AT)
    forged = sealed_with(forger, print_paper(FORGED))
    for trusted in ([key.cert_pem], [signing.fingerprint(key.cert_pem)]):
        verdict = verify(forged, trusted=trusted)
        assert (verdict.content, verdict.signer) == (Content.INTACT, Signer.FOREIGN)
        assert exit_status(verdict) == 1
        assert attachment(forged, "himpun.json", trusted=trusted) is None


def test_the_test_authority_vouches_for_its_signers_and_another_does_not(both, key, ca):
    for known in (ca.cert_pem, signing.fingerprint(ca.cert_pem)):
        assert verify(both, trusted=[key.cert_pem, known]).ok
    other = signing.make_test_ca(at=AT)
    verdict = verify(both, trusted=[key.cert_pem, other.cert_pem])
    assert verdict.signer is Signer.FOREIGN
    assert [one.signer for one in verdict.signatures] == [Signer.KNOWN, Signer.FOREIGN]


def test_one_unknown_signer_among_known_ones_is_enough_to_refuse(both, key):
    verdict = verify(both, trusted=[key.cert_pem])
    assert verdict.content is Content.INTACT
    assert not verdict.ok


def test_a_signer_issued_by_a_mere_seal_certificate_is_refused(paper, key):
    child = issued_by(key)
    signed = sealed_with(child, paper)
    assert verify(signed, trusted=[child.cert_pem]).ok
    assert verify(signed, trusted=[key.cert_pem]).signer is Signer.FOREIGN


def issued_by(pair):
    """Return a pair whose certificate the seal key signed, though it is no authority."""
    child = signing.make_seal_key(at=AT)
    made = x509.load_pem_x509_certificate(child.cert_pem)
    issuer = x509.load_pem_x509_certificate(pair.cert_pem)
    issuer_key = serialization.load_pem_private_key(pair.key_pem, None)
    builder = (
        x509.CertificateBuilder()
        .subject_name(made.subject)
        .issuer_name(issuer.subject)
        .public_key(made.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT)
        .not_valid_after(AT + timedelta(days=9))
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()),
            critical=False,
        )
        .add_extension(
            made.extensions.get_extension_for_class(x509.KeyUsage).value, critical=True
        )
    )
    certificate = builder.sign(issuer_key, hashes.SHA256())
    return KeyPair(child.key_pem, certificate.public_bytes(serialization.Encoding.PEM))


def test_a_signature_from_before_its_certificate_does_not_count(paper, ca):
    p12 = signing.make_test_signer(
        "Camat", ca=ca, at=AT + timedelta(days=2), passphrase="x"
    )
    signed = sealed_with(signing.unlock(p12, "x"), paper)
    assert verify(signed, trusted=[ca.cert_pem]).signer is Signer.FOREIGN


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("0123456789abcdef", "64 angka"),
        ("x" * 64, "64 angka"),
        (b"bukan sertifikat", "tidak terbaca"),
        (
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "tidak terbaca",
        ),
        (b"", "tidak terbaca"),
    ],
)
def test_unusable_trust_is_refused_before_the_file_is_read(sealed, given, word):
    with pytest.raises(BadTrust, match=word):
        verify(sealed, trusted=[given])


def test_a_private_key_given_as_certificate_is_refused(sealed, key):
    with pytest.raises(BadTrust):
        verify(sealed, trusted=[key.key_pem])


# Intact: every byte under a signature


def test_any_byte_changed_in_the_signed_range_is_found(sealed, paper, key):
    for at in range(40, len(paper), len(paper) // 40):
        changed = bytearray(sealed)
        changed[at] ^= 1
        verdict = verify(bytes(changed), trusted=[key.cert_pem])
        assert not verdict.ok, at
        assert verdict.content in {Content.CHANGED, Content.UNREADABLE}, at
        assert verdict.files == {}


@pytest.mark.parametrize("tail", [b"x", b"\n", b"\n%%EOF\n", b"PK\x03\x04"])
def test_anything_appended_after_the_seal_is_found(sealed, key, tail):
    verdict = verify(sealed + tail, trusted=[key.cert_pem])
    assert not verdict.ok
    assert verdict.content in {Content.CHANGED, Content.UNREADABLE}


def updated(pdf, change):
    """Return the PDF with an incremental update, as an editor would append it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def new_figures(writer):
    reference, _ = writer.find_page_for_modification(0)
    content = generic.StreamObject(stream_data=b"BT /F0 12 Tf (100) Tj ET")
    reference.get_object()[NAME("/Contents")] = writer.add_object(content)
    writer.mark_update(reference)


def new_anchor(writer):
    spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    forged = writer.add_object(generic.StreamObject(stream_data=FORGED))
    spec["/EF"] = generic.DictionaryObject({NAME("/F"): forged})
    writer.update_container(spec)


def covering_note(writer):
    reference, _ = writer.find_page_for_modification(0)
    note = generic.DictionaryObject(
        {
            NAME("/Type"): NAME("/Annot"),
            NAME("/Subtype"): NAME("/FreeText"),
            NAME("/Rect"): generic.ArrayObject(
                [generic.NumberObject(n) for n in (0, 0, 500, 500)]
            ),
            NAME("/Contents"): generic.TextStringObject("100,00"),
        }
    )
    notes = reference.get_object().setdefault(NAME("/Annots"), generic.ArrayObject())
    notes.get_object().append(writer.add_object(note))
    writer.mark_update(reference)


@pytest.mark.parametrize("change", [new_figures, new_anchor, covering_note])
def test_a_later_update_is_refused(sealed, key, change):
    verdict = verify(updated(sealed, change), trusted=[key.cert_pem])
    assert verdict.content is Content.CHANGED
    assert verdict.files == {}


@pytest.mark.parametrize("change", [new_figures, new_anchor, covering_note])
def test_a_change_between_two_good_signatures_is_refused(
    sealed, key, ca, camat, change
):
    changed = updated(sealed, change)
    signed = signing.sign(
        changed, *camat, reason="Menandatangani", field="Camat", at=AT
    )
    verdict = verify(signed, trusted=[key.cert_pem, ca.cert_pem])
    assert verdict.content is Content.CHANGED
    assert [one.intact for one in verdict.signatures] == [False, True]
    assert not verdict.ok


def test_a_changed_file_is_not_called_its_signers(sealed, key):
    verdict = verify(updated(sealed, new_figures), trusted=[key.cert_pem])
    assert verdict.signer is Signer.UNSURE
    assert "bukan lagi yang ditandatangani" in lines(verdict)[1]


def test_removing_the_signature_leaves_an_unsigned_file(sealed, key):
    def forget(writer):
        del writer.root["/AcroForm"]
        writer.update_root()

    verdict = verify(updated(sealed, forget), trusted=[key.cert_pem])
    assert verdict.content is Content.UNSIGNED
    assert exit_status(verdict) == 1


# The anchor


def test_the_anchor_comes_from_the_first_signed_revision(both, sealed, key, ca):
    trusted = [key.cert_pem, ca.cert_pem]
    assert attachment(both, "himpun.json", trusted=trusted) == ANCHOR
    assert attachment(sealed, "himpun.json", trusted=trusted) == ANCHOR
    assert attachment(sealed, "lain.json", trusted=trusted) is None


def test_the_anchor_of_an_unsigned_paper_does_not_count(paper, key):
    assert attachment(paper, "himpun.json", trusted=[key.cert_pem]) is None


# Files that are no sealed paper


def scan():
    """Return a PDF of one page that is nothing but a picture."""
    with pikepdf.new() as document:
        document.add_blank_page()
        image = pikepdf.Stream(document, b"\0" * 100)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width = image.Height = 10
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        page = document.pages[0].obj
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pikepdf.Stream(document, b"/Im0 Do")
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def locked(pdf):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("file", "content", "word"),
    [
        (scan(), Content.SCAN, f"Isi utuh? {verifying.SCAN}."),
        (b"\xff\xd8\xff\xe0foto", Content.SCAN, "tidak dapat diperiksa oleh program"),
        (typst.compile(b"Surat biasa"), Content.UNSIGNED, "tidak memuat segel"),
        (locked(typst.compile(b"Rahasia")), Content.UNREADABLE, "terkunci"),
        (b"", Content.UNREADABLE, "bukan PDF"),
        (b"PK\x03\x04", Content.UNREADABLE, "bukan PDF"),
        (b"%PDF-1.7\n", Content.UNREADABLE, "rusak"),
        (b"%PDF-1.7\n" + b"\0" * verifying.LARGEST, Content.UNREADABLE, "lebih besar"),
    ],
    ids=["scan", "photo", "letter", "locked", "empty", "zip", "stub", "huge"],
)
def test_each_file_gets_a_sentence_and_never_a_traceback(
    file, content, word, key, capfd
):
    verdict = verify(file, trusted=[key.cert_pem])
    assert verdict.content is content
    unread = content is Content.UNREADABLE
    assert verdict.signer is (Signer.UNSURE if unread else Signer.NOBODY)
    assert exit_status(verdict) == 1
    assert word in lines(verdict)[0]
    assert capfd.readouterr().err == ""


def test_every_cut_of_a_sealed_file_is_refused(sealed, key, capfd):
    for part in range(1, 20):
        assert not verify(sealed[: len(sealed) * part // 20], trusted=[key.cert_pem]).ok
    assert capfd.readouterr().err == ""


# What is said


def test_the_lines_answer_both_questions_and_name_each_signature(both, key, ca):
    said = lines(verify(both, trusted=[key.cert_pem, ca.cert_pem]))
    assert said[0].startswith("Isi utuh? UTUH: ")
    assert said[1].startswith("Siapa penanda tangannya? DIKENAL")
    text = "\n".join(said)
    assert signing.SEAL_NAME in text
    assert "BUKAN TTE BSrE" in text
    assert signing.fingerprint(key.cert_pem) in text
    assert "6 Januari 2025 03.20 UTC" in text
    assert "Tanda tangan sah" not in text


def test_the_plain_form_is_json_and_names_the_attachments(sealed, key):
    row = json.loads(
        json.dumps(verifying.plain(verify(sealed, trusted=[key.cert_pem])))
    )
    assert row["ok"] is True
    assert row["signatures"][0]["at"] == "2025-01-06T03:20:00+00:00"
    assert list(row["files"]) == ["himpun.json"]


def test_the_libraries_stay_silent_without_a_logging_setup():
    assert all(
        logging.getLogger(name).handlers
        for name in ("pyhanko", "pyhanko_certvalidator", "pikepdf")
    )
