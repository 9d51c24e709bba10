"""Laporan Pengumpulan Data Kinerja: the output of row 5 of the SOP.

It says what was collected from whom, in what time and on what evidence, and carries the
signed Laporan Kinerja inside the file.
"""

from dataclasses import dataclass
from typing import ClassVar

from .parts import (
    EvidenceFile,
    Exemption,
    Head,
    Initial,
    Receipt,
    Signatory,
    Waiver,
)
from .recap import Value


@dataclass(frozen=True)
class Supply:
    """What a unit was asked and how it answered."""

    unit: str
    what: str
    due: str
    state: str
    received: str
    closed_by: str


@dataclass(frozen=True)
class StepTime:
    """A step's time against its standard (Waktu of the mutu baku), in working time."""

    number: str
    step: str
    responsible: str
    standard: str
    actual: str
    state: str


@dataclass(frozen=True)
class SignedReport:
    """The signed Laporan Kinerja: ``how`` are the words for its way of signing."""

    title: str
    number: str
    signed_at: str
    signer: str
    how: str
    sha256: str
    attached_as: str = ""


@dataclass(frozen=True)
class LaporanPengumpulan:
    """The report on the collection itself."""

    template: ClassVar[str] = "laporan-pengumpulan"
    title: ClassVar[str] = "Laporan Pengumpulan Data Kinerja"

    head: Head
    signed_report: SignedReport
    team: str
    team_members: tuple[str, ...] = ()
    supplies: tuple[Supply, ...] = ()
    values: tuple[Value, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
    times: tuple[StepTime, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    initials: tuple[Initial, ...] = ()
    signatories: tuple[Signatory, ...] = ()
