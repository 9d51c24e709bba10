"""Verifying a PDF, without server or database: two questions, answered apart.

*Isi utuh?* Is every byte under a signature, and unchanged? *Siapa penanda tangannya?*
That is answered only by a certificate or fingerprint that the asker brings: one inside
the file proves nothing, since whoever forges the file puts it there. Cryptography and
the analysis of later revisions are pyHanko's.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass, field
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pikepdf
from asn1crypto import pem, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from himpun.wording import Sentence, joined, say
from himpun.worktime.words import say_day

from . import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is examined."""
IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
"""JPEG, PNG and TIFF: what scanners and telephones make."""
HEX = re.compile(r"[0-9a-f]{64}")


class Content(StrEnum):
    """The answer to *isi utuh?*"""

    INTACT = "utuh"
    CHANGED = "berubah"
    UNSIGNED = "tidak bersegel"
    SCAN = "pindaian"
    UNREADABLE = "tidak terbaca"


class Signer(StrEnum):
    """The answer to *siapa penanda tangannya?*"""

    KNOWN = "dikenal"
    UNSURE = "tidak dapat dipastikan"
    FOREIGN = "bukan yang Anda percayai"
    NOBODY = "tidak ada tanda tangan elektronik"


class BadTrust(ValueError):
    """A certificate or fingerprint that was given cannot be used."""


@dataclass(frozen=True)
class Signature:
    """One signature: ``name`` is what its certificate claims, ``at`` its own time.

    ``fingerprint`` is the SHA-256 of the signer's certificate in hex.
    """

    field: str
    name: str
    fingerprint: str
    at: datetime | None
    reason: str
    intact: bool
    signer: Signer


@dataclass(frozen=True)
class Verdict:
    """Both answers and what they rest on; ``sentence`` explains the first.

    ``files`` are the attachments as the first signature covers them, and empty unless
    the content is intact and every signer known.
    """

    content: Content
    signer: Signer
    sentence: Sentence
    signatures: tuple[Signature, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def ok(self) -> bool:
        """Whether the file may be relied on: intact, and every signer known."""
        return self.content is Content.INTACT and self.signer is Signer.KNOWN


SCAN = say("pindaian: tidak dapat diperiksa oleh program; periksa berkas bersegelnya")
SENTENCES = {
    Content.INTACT: say(
        "seluruh isi berkas tercakup tanda tangan dan tidak berubah sesudahnya"
    ),
    Content.UNSIGNED: say(
        "berkas ini tidak memuat segel atau tanda tangan elektronik; periksa berkas "
        "bersegelnya"
    ),
    Content.SCAN: SCAN,
    Content.CHANGED: say(
        "isi berkas berubah sesudah ditandatangani, atau sebagian tidak tercakup "
        "tanda tangan"
    ),
}
LOUD = {
    Content.INTACT: say("UTUH"),
    Content.CHANGED: say("BERUBAH"),
    Content.UNSIGNED: say("TIDAK BERSEGEL"),
    Content.UNREADABLE: say("TIDAK TERBACA"),
    Signer.KNOWN: say("DIKENAL"),
    Signer.UNSURE: say("TIDAK DAPAT DIPASTIKAN"),
    Signer.FOREIGN: say("BUKAN YANG ANDA PERCAYAI"),
    Signer.NOBODY: say("TIDAK ADA TANDA TANGAN ELEKTRONIK"),
}
"""The answers as the command line begins with them."""
QUIET = {
    Signer.KNOWN: say("dikenal"),
    Signer.UNSURE: say("tidak dapat dipastikan"),
    Signer.FOREIGN: say("bukan yang Anda percayai"),
    Signer.NOBODY: say("tidak ada tanda tangan elektronik"),
}


def verify(pdf: bytes, *, trusted: Iterable[bytes | str] = ()) -> Verdict:
    """Return the verdict on a file; a bad file is an answer, never an exception.

    ``trusted`` are certificates (PEM, as bytes) or SHA-256 fingerprints (hex, as text;
    blanks and colons are ignored) of signers or of the authority that issued to them.
    Raises BadTrust when one of these is unusable.
    """
    trust = _Trust.read(trusted)
    try:
        return _verify(pdf, trust)
    except pikepdf.PasswordError:
        return _unreadable(
            say("berkas terkunci dengan kata sandi; buka kuncinya dahulu")
        )
    except Exception:  # noqa: BLE001 - hostile files fail in many ways, all are unreadable
        return _unreadable(
            say("berkas rusak atau telah diubah sehingga tidak dapat diperiksa")
        )


def attachment(
    pdf: bytes, name: str, *, trusted: Iterable[bytes | str]
) -> bytes | None:
    """Return an attached file as the first signature covers it.

    None when there is none, and None unless the whole file holds (`Verdict.ok`): what
    an unknown hand attached is not an anchor.
    """
    return verify(pdf, trusted=trusted).files.get(name)


def exit_status(verdict: Verdict) -> int:
    """Return 0 only for an intact file of known signers, else 1."""
    return 0 if verdict.ok else 1


def lines(verdict: Verdict) -> list[Sentence]:
    """Return the verdict for the command line, both answers first."""
    found = [
        say("Isi utuh? %(answer)s.", answer=_whole(verdict)),
        say(
            "Siapa penanda tangannya? %(signer)s%(why)s.",
            signer=LOUD[verdict.signer],
            why=_why(verdict),
        ),
    ]
    for number, signature in enumerate(verdict.signatures, 1):
        found += _about(number, signature)
    return found


def plain(verdict: Verdict) -> dict[str, Any]:
    """Return the verdict for ``--json``; the attachments are named by their SHA-256."""
    return {
        "ok": verdict.ok,
        "content": verdict.content.value,
        "signer": verdict.signer.value,
        "sentence": verdict.sentence,
        "signatures": [
            {
                "field": one.field,
                "name": one.name,
                "fingerprint": one.fingerprint,
                "at": one.at.astimezone(UTC).isoformat() if one.at else None,
                "reason": one.reason,
                "intact": one.intact,
                "signer": one.signer.value,
            }
            for one in verdict.signatures
        ],
        "files": {
            name: hashlib.sha256(content).hexdigest()
            for name, content in verdict.files.items()
        },
    }


def _whole(verdict: Verdict) -> Sentence:
    if verdict.content is Content.SCAN:
        return verdict.sentence
    return joined([LOUD[verdict.content], verdict.sentence], ": ")


def _why(verdict: Verdict) -> str:
    if verdict.signer is Signer.KNOWN:
        return say(", sertifikatnya cocok dengan yang Anda berikan")
    if verdict.signer is Signer.FOREIGN:
        return say("; jangan dipakai sebelum asalnya jelas")
    if verdict.content is Content.CHANGED:
        return say(": isinya bukan lagi yang ditandatangani")
    if verdict.content is Content.INTACT and verdict.signer is Signer.UNSURE:
        return say(
            ": sertifikat di dalam berkas tidak dipercaya begitu saja; berikan "
            "sertifikat (--trust) atau sidiknya (--fingerprint) dari kertas atau "
            "dari kantor penerbit"
        )
    return ""


def _about(number: int, signature: Signature) -> list[Sentence]:
    state = say("utuh") if signature.intact else LOUD[Content.CHANGED]
    signer = QUIET[signature.signer]
    shown = [
        joined([f"  {number}. {signature.name} (", state, "; ", signer, ")"], ""),
        _under(say("sidik sertifikat %(print)s", print=signature.fingerprint)),
    ]
    if signature.at:
        moment = signature.at.astimezone(UTC)
        claimed = say(
            "waktu menurut penanda tangan %(day)s %(time)s UTC",
            day=say_day(moment),
            time=f"{moment:%H.%M}",
        )
        shown.append(_under(claimed))
    if signature.reason:
        shown.append(_under(say("alasan: %(reason)s", reason=signature.reason)))
    return shown


def _under(sentence: Sentence) -> Sentence:
    return joined(["     ", sentence], "")


def _unreadable(sentence: Sentence) -> Verdict:
    return Verdict(Content.UNREADABLE, Signer.UNSURE, sentence)


@dataclass(frozen=True)
class _Trust:
    """What the asker brought."""

    certificates: tuple[x509.Certificate, ...]
    fingerprints: frozenset[str]

    @classmethod
    def read(cls, given: Iterable[bytes | str]) -> _Trust:
        certificates: list[x509.Certificate] = []
        fingerprints: set[str] = set()
        for one in given:
            if isinstance(one, str):
                fingerprints.add(_fingerprint(one))
            else:
                certificates += _certificates(one)
        return cls(tuple(certificates), frozenset(fingerprints))

    def __bool__(self) -> bool:
        return bool(self.certificates or self.fingerprints)

    def roots(self, signature: EmbeddedPdfSignature) -> list[x509.Certificate]:
        """Return the trusted certificate that can vouch for a signature, at most one.

        The file's own certificates are looked at only to find one whose fingerprint
        was given. Others are kept away from pyHanko: a foreign key under a trusted name
        makes its path builder fail.
        """
        inside = [signature.signer_cert, *signature.other_embedded_certs]
        named = [one for one in inside if _digest(one) in self.fingerprints]
        known = [*self.certificates, *named]
        signer = signature.signer_cert
        own = [one for one in known if one.dump() == signer.dump()]
        return own[:1] or [one for one in known if _may_have_issued(one, signer)][:1]


def _digest(certificate: x509.Certificate) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()


def _may_have_issued(ca: x509.Certificate, signer: x509.Certificate) -> bool:
    return bool(
        ca.ca
        and ca.subject == signer.issuer
        and ca.key_identifier == signer.authority_key_identifier
    )


def _fingerprint(text: str) -> str:
    digits = re.sub(r"[\s:]", "", text).lower()
    if not HEX.fullmatch(digits):
        raise BadTrust(
            say(
                "Sidik sertifikat harus SHA-256 utuh: 64 angka heksadesimal, seperti "
                "tercetak di kaki setiap kertas."
            )
        )
    return digits


def _certificates(given: bytes) -> list[x509.Certificate]:
    try:
        found = [
            x509.Certificate.load(der, strict=True)
            for kind, _, der in pem.unarmor(given, multiple=True)
            if kind == "CERTIFICATE"
        ]
        for one in found:
            one.subject.native  # noqa: B018 - parsing is lazy, a bad one shall fail here
    except ValueError:
        found = []
    if not found:
        raise BadTrust(
            say("Sertifikat yang diberikan tidak terbaca; pakai berkas PEM.")
        )
    return found


def _verify(pdf: bytes, trust: _Trust) -> Verdict:
    if pdf.startswith(IMAGE_STARTS):
        return Verdict(Content.SCAN, Signer.NOBODY, SCAN)
    if not pdf.startswith(b"%PDF-"):
        return _unreadable(say("berkas ini bukan PDF"))
    if len(pdf) > LARGEST:
        return _unreadable(
            say("berkas lebih besar daripada %(most)s MB", most=LARGEST // 1024**2)
        )
    with bounds.open_pdf(pdf) as document:
        scan = _is_scan(document)
    # A signature leaves out its own bytes, so its /ByteRange stands in plain sight.
    found = (
        PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if b"/ByteRange" in pdf
        else []
    )
    if not found:
        content = Content.SCAN if scan else Content.UNSIGNED
        return Verdict(content, Signer.NOBODY, SENTENCES[content])
    return _judge(pdf, found, trust)


def _is_scan(document: pikepdf.Pdf) -> bool:
    """Whether every page shows a raster image, which Himpun's papers never do."""
    return (
        len(document.pages) > 0
        and not document.attachments
        and all(page.get_images() for page in document.pages)
    )


def _judge(pdf: bytes, found: list[EmbeddedPdfSignature], trust: _Trust) -> Verdict:
    last = len(found) - 1
    signatures = tuple(
        _examine(one, trust, last=number == last) for number, one in enumerate(found)
    )
    whole = all(one.intact for one in signatures)
    signers = {one.signer for one in signatures}
    signer = next(
        answer
        for answer in (Signer.FOREIGN, Signer.UNSURE, Signer.KNOWN)
        if answer in signers
    )
    content = Content.INTACT if whole else Content.CHANGED
    verdict = Verdict(content, signer, SENTENCES[content], signatures)
    if not verdict.ok:
        return verdict
    files = _attached(pdf[: _end(found[0])])
    return Verdict(content, signer, SENTENCES[content], signatures, files)


def _examine(
    signature: EmbeddedPdfSignature, trust: _Trust, *, last: bool
) -> Signature:
    roots = trust.roots(signature)
    certificate = signature.signer_cert
    at = _aware(signature.self_reported_timestamp)
    # The claimed time is the moment: a verdict on an old paper must not change with
    # the day on which it is asked.
    context = ValidationContext(
        trust_roots=roots,
        allow_fetching=False,
        moment=at or certificate.not_valid_before,
    )
    status = validate_pdf_signature(signature, context)
    intact = status.intact and status.valid and _covers(signature, last=last)
    if not (trust and intact):
        signer = Signer.UNSURE
    else:
        signer = Signer.KNOWN if roots and status.trusted else Signer.FOREIGN
    return Signature(
        field=str(signature.field_name),
        name=str(certificate.subject.native.get("common_name", say("tanpa nama"))),
        fingerprint=_digest(certificate),
        at=at,
        reason=str(signature.sig_object.get("/Reason", "")),
        intact=bool(intact),
        signer=signer,
    )


def _aware(moment: datetime | None) -> datetime | None:
    """Return a time that says its zone; one that does not is taken as UTC."""
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def _covers(signature: EmbeddedPdfSignature, *, last: bool) -> bool:
    """Whether a signature covers all it must.

    The last one the whole file; an earlier one its whole revision, followed by nothing
    but what pyHanko's policy lets pass: signatures and the filling of their fields.
    """
    if last:
        return bool(signature.coverage == SignatureCoverageLevel.ENTIRE_FILE)
    return isinstance(signature.diff_result, DiffResult)


def _end(signature: EmbeddedPdfSignature) -> int:
    """Return where the revision of a signature ends in the file."""
    return int(signature.byte_range[2]) + int(signature.byte_range[3])


def _attached(revision: bytes) -> dict[str, bytes]:
    with bounds.open_pdf(revision) as document:
        return {
            name: spec.get_file().read_bytes()
            for name, spec in document.attachments.items()
        }
