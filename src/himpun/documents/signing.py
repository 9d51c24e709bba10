"""Signing: PAdES by pyHanko in an invisible field, with the installation's own keys.

Nothing made here is an electronic signature under UU ITE (TTE), and every certificate
says so in its name: the seal shows only that a file is the one the machine made; the
test authority is for demonstration. Keys are P-256: both pyHanko and poppler's
``pdfsig`` verify them.
"""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields
from pyhanko.sign.general import SigningError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from himpun.wording import say

if TYPE_CHECKING:
    from datetime import datetime

    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

SEAL_NAME = "Segel mesin Himpun, bukan TTE"
TEST_CA_NAME = "CA uji Himpun - BUKAN TTE BSrE"
NOT_TTE = " (BUKAN TTE BSrE)"
LONGEST = 64
"""Letters of a common name (RFC 5280)."""
LIFETIME = timedelta(days=20 * 365)
"""Papers outlive machines; what counts is the fingerprint, not the date."""
SLACK = timedelta(minutes=5)
"""Clocks differ: a certificate holds from a little before it was made."""


class WrongPassphrase(ValueError):
    """The key did not open with this passphrase; ``str()`` is a sentence."""


class CannotSign(ValueError):
    """The file cannot carry the signature; ``str()`` is a sentence for the user."""


class KeyPair(NamedTuple):
    """A private key (PKCS#8) and its certificate, both PEM.

    ``cert_pem`` may go on with the authorities above; the signer's comes first.
    """

    key_pem: bytes
    cert_pem: bytes


def make_seal_key(*, at: datetime) -> KeyPair:
    """Return a new key and self-signed certificate for an installation.

    The key is not encrypted: the caller keeps it in a file of mode 0600.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(SEAL_NAME)
    certificate = _certificate(name, key, issuer=name, issuer_key=key, at=at)
    return _pair(key, certificate)


def make_test_ca(*, at: datetime) -> KeyPair:
    """Return a new authority for demonstration, "CA uji Himpun - BUKAN TTE BSrE"."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(TEST_CA_NAME)
    return _pair(
        key, _certificate(name, key, issuer=name, issuer_key=key, at=at, ca=True)
    )


def make_test_signer(name: str, *, ca: KeyPair, at: datetime, passphrase: str) -> bytes:
    """Return a PKCS#12 file for a signer of the demonstration, locked by a passphrase.

    Raises ValueError for an empty passphrase.
    """
    if not passphrase:
        raise ValueError(say("Frasa sandi tidak boleh kosong."))
    issuer = x509.load_pem_x509_certificate(ca.cert_pem)
    issuer_key = _load_key(ca.key_pem, None)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(
        _name(name[: LONGEST - len(NOT_TTE)] + NOT_TTE),
        key,
        issuer=issuer.subject,
        issuer_key=issuer_key,
        at=at,
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(),
        key,
        certificate,
        [issuer],
        serialization.BestAvailableEncryption(passphrase.encode()),
    )


def unlock(p12: bytes, passphrase: str) -> KeyPair:
    """Return the pair of a PKCS#12 file, for `sign`; raises WrongPassphrase."""
    try:
        key, certificate, above = pkcs12.load_key_and_certificates(
            p12, passphrase.encode()
        )
    except ValueError:
        raise WrongPassphrase(WRONG) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
        raise CannotSign(say("Berkas kunci tidak memuat kunci dan sertifikat."))
    return _pair(key, certificate, *above)


WRONG = say("Frasa sandi salah. Periksa huruf besar dan kecil, lalu coba lagi.")


def sign(  # noqa: PLR0913 - key, certificate and what the signature says
    pdf: bytes,
    key_pem: bytes,
    cert_pem: bytes,
    *,
    reason: str,
    field: str,
    at: datetime,
    passphrase: str | None = None,
) -> bytes:
    """Return the PDF with one more signature over all of it, as an incremental update.

    ``at`` (aware) is the claimed time; ``field`` names the invisible field and must be
    new. The bytes given are a prefix of the bytes returned. Raises WrongPassphrase, or
    CannotSign for a file that cannot be extended.
    """
    certificate, *above = _asn1_certificates(cert_pem)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(above)
    signer = SimpleSigner(
        signing_cert=certificate,
        signing_key=_asn1_key(_load_key(key_pem, passphrase)),
        cert_registry=registry,
    )
    metadata = PdfSignatureMetadata(
        field_name=field,
        reason=reason,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    spec = fields.SigFieldSpec(field, invis_sig_settings=OUTSIDE)
    try:
        writer = _Update(io.BytesIO(pdf))
        made: io.BytesIO = _DatedSigner(at, metadata, signer, spec).sign_pdf(writer)
    except (PdfError, SigningError):
        raise CannotSign(
            say(
                "Berkas PDF ini tidak dapat ditandatangani: rusak, terkunci, atau "
                "sudah memuat tanda tangan %(field)s.",
                field=field,
            )
        ) from None
    return made.getvalue()


OUTSIDE = fields.InvisSigSettings(box_out_of_bounds=True)
"""The field lies outside the page: PDF/A forbids to hide it, PDF/UA an untagged one."""


def fingerprint(cert_pem: bytes) -> str:
    """Return the SHA-256 of a certificate in hex, as the papers print it."""
    return hashlib.sha256(_asn1_certificates(cert_pem)[0].dump()).hexdigest()


class _Update(IncrementalPdfFileWriter):
    """An update that leaves title and dates of the paper as they are.

    pyHanko would write the machine's clock into them.
    """

    def _update_meta(self) -> None:
        pass


class _DatedSigner(PdfSigner):
    """A signer whose clock is an argument."""

    def __init__(
        self,
        at: datetime,
        metadata: PdfSignatureMetadata,
        signer: SimpleSigner,
        spec: fields.SigFieldSpec,
    ) -> None:
        super().__init__(metadata, signer=signer, new_field_spec=spec)
        self._at = at.astimezone(UTC).replace(microsecond=0)

    def init_signing_session(self, *args: Any, **options: Any) -> PdfSigningSession:  # noqa: ANN401 - handed through
        session = super().init_signing_session(*args, **options)
        session.system_time = self._at
        return session


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(  # noqa: PLR0913 - the parts of a certificate
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    *,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    at: datetime,
    ca: bool = False,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SLACK)
        .not_valid_after(at + LIFETIME)
        .add_extension(
            x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True
        )
        .add_extension(_usage(ca=ca), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .sign(issuer_key, hashes.SHA256())
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _pair(key: ec.EllipticCurvePrivateKey, *certificates: x509.Certificate) -> KeyPair:
    return KeyPair(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates),
    )


def _load_key(key_pem: bytes, passphrase: str | None) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(
            key_pem, passphrase.encode() if passphrase else None
        )
    except (ValueError, TypeError):
        raise WrongPassphrase(WRONG) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CannotSign(say("Kunci ini bukan kunci P-256."))
    return key


def _asn1_key(key: ec.EllipticCurvePrivateKey) -> asn1_keys.PrivateKeyInfo:
    return asn1_keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def _asn1_certificates(cert_pem: bytes) -> list[asn1_x509.Certificate]:
    return [
        asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER))
        for one in x509.load_pem_x509_certificates(cert_pem)
    ]
