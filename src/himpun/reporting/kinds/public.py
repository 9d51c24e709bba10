"""What anybody who holds a paper may learn of it: no name, only what stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from himpun.organization import queries as organization

from .. import queries, rules
from ..rules import Backend, ReportKind, SignatureState
from . import frozen, texts

if TYPE_CHECKING:
    from ..models import Signature, Snapshot

SHORT = 16
"""Hex digits of the record's head that are printed on every page."""
WITH_ACHIEVEMENTS = {ReportKind.RECAP, ReportKind.PERFORMANCE}
"""Papers whose first table prints how far each indicator came."""


@dataclass(frozen=True)
class Known:
    """A file in the archive: its SHA-256, and what it is."""

    sha256: str
    name: str


@dataclass(frozen=True)
class Document:
    """The public page of one version of a paper.

    ``facts`` are what the reader compares with the paper; ``details`` say what it is.
    """

    code: str
    verdict: rules.PublicVerdict
    facts: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    files: tuple[Known, ...]
    newer: str
    office: str
    address: str


def document(snapshot: Snapshot) -> Document:
    """Return what the public page says of a version of a paper."""
    case = snapshot.case
    kind = ReportKind(snapshot.report.kind)
    signature = queries.signature_of(snapshot)
    signed = signature if signature and _is_signed(signature) else None
    backend = Backend(signed.backend) if signed else None
    newer = queries.snapshot_of(case, kind) if snapshot.stale else None
    return Document(
        code=rules.printed_code(snapshot.code),
        verdict=rules.public_verdict(kind, backend, replaced=snapshot.stale),
        facts=facts(snapshot, signature),
        details=details(snapshot, signed),
        files=files(snapshot, signature),
        newer=rules.printed_code(newer.code) if newer else "",
        office=case.unit.name,
        address=case.unit.address,
    )


def _is_signed(signature: Signature) -> bool:
    return signature.state == SignatureState.SIGNED


def facts(
    snapshot: Snapshot, signature: Signature | None
) -> tuple[tuple[str, str], ...]:
    """Return two or three facts that stand on the paper itself."""
    read = frozen.thaw(snapshot.data)
    zone = organization.zone_of(snapshot.case.unit)
    head, count, pages = read.issue.head, read.issue.count, snapshot.pages
    if signature and signature.sealed:
        head, count = signature.head, signature.count
        pages = signature.pages or pages
    found = [("Jumlah halaman", f"{pages} halaman")]
    if head:
        groups = [head[i : i + 4] for i in range(0, SHORT, 4)]
        words = f"{' '.join(groups)}, {count} peristiwa"
        found.append(("Kepala catatan di kaki halaman", words))
    else:
        found.append(("Data dibekukan pada", texts.moment(snapshot.made_at, zone)))
    if read.values and read.kind in WITH_ACHIEVEMENTS:
        found.append(_figure(read.values[0]))
    elif read.paper.head.number:
        found.append(("Nomor surat", read.paper.head.number))
    return tuple(found)


def _figure(row: dict[str, Any]) -> tuple[str, str]:
    """Return the first achievement of the paper, as printed; not what it measures."""
    achievement = row["achievement"]
    reached = texts.percent(Decimal(achievement)) if achievement else ""
    return "Capaian di baris pertama tabel", reached or texts.NOT_CALCULABLE


def details(
    snapshot: Snapshot, signed: Signature | None
) -> tuple[tuple[str, str], ...]:
    """Return what the paper is, and who signed it, by position."""
    case = snapshot.case
    zone = organization.zone_of(case.unit)
    found = [
        ("Judul", f"{snapshot.report.title} {case.unit.name} {case.period.label}"),
        ("Versi", str(snapshot.number)),
        ("Dibuat", f"{texts.moment(snapshot.made_at, zone)} oleh {snapshot.made_role}"),
    ]
    if signed:
        found += [
            ("Ditandatangani oleh", f"{signed.signer_role}, {case.unit.tenant.name}"),
            ("Waktu", texts.moment(signed.signed_at, zone)),
            ("Cara", rules.VERDICT[Backend(signed.backend)]),
        ]
    return tuple(found)


def files(snapshot: Snapshot, signature: Signature | None) -> tuple[Known, ...]:
    """Return the files by which somebody may recognise a PDF, the final one first."""
    found = []
    if signature and _is_signed(signature):
        words = rules.VERDICT[Backend(signature.backend)]
        found.append(Known(signature.signed, f"berkas bertanda tangan ({words})"))
    if signature and signature.sealed:
        found.append(Known(signature.sealed, "PDF bersegel, sebelum ditandatangani"))
    name = (
        "konsep, sebelum disegel"
        if found
        else FILE_NAMES[ReportKind(snapshot.report.kind)]
    )
    return (*found, Known(snapshot.pdf, name))


FILE_NAMES = {
    ReportKind.RECAP: "rekapitulasi di arsip",
    ReportKind.PERFORMANCE: "konsep di arsip",
    ReportKind.COLLECTION: "laporan di arsip",
    ReportKind.CONTROL: "lembar kendali di arsip",
    ReportKind.SEAL: "lembar segel di arsip",
    ReportKind.ANNUAL_PLAN: "konsep di arsip",
    ReportKind.AGREEMENT: "konsep di arsip",
}
