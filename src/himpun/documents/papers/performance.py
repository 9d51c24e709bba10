"""Laporan Kinerja: made in step 3, signed in step 4 (PermenPANRB 53/2014 lampiran II).

It compares target and realisasi, this period and earlier ones, and freezes in its annex
what each indicator meant when the value was accepted.
"""

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from .parts import (
    EvidenceFile,
    Exemption,
    Fact,
    Head,
    Initial,
    Scale,
    Signatory,
    Waiver,
)


@dataclass(frozen=True)
class Measured:
    """A row of the achievement table; ``group`` is the tujuan or sasaran above it.

    ``rank`` is empty where the achievement cannot be calculated, and ``reason`` says
    why. ``formula`` is the name under which the form is printed.
    """

    group: str
    code: str
    name: str
    unit: str
    target: str
    actual: str
    achievement: str
    rank: str
    formula: str
    reason: str = ""


@dataclass(frozen=True)
class EarlierPeriod:
    """A column of the comparison; ``origin`` tells where its figures come from.

    "data sebelum Himpun, tidak diverifikasi di sini (...)" for figures that nobody
    verified here; empty for those of Himpun's own cases.
    """

    label: str
    origin: str = ""


@dataclass(frozen=True)
class ComparisonRow:
    """One indicator: a text for each period, "" where nothing is known."""

    code: str
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Realisasi over several periods, the reported one last."""

    periods: tuple[EarlierPeriod, ...]
    rows: tuple[ComparisonRow, ...]


@dataclass(frozen=True)
class IndicatorNote:
    """What the office wrote beside a value."""

    code: str
    name: str
    text: str


@dataclass(frozen=True)
class Definition:
    """The annex: an indicator as it stood, its facts in the order to print."""

    code: str
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class LaporanKinerja:
    """The report that the Camat signs."""

    template: ClassVar[str] = "laporan-kinerja"
    title: ClassVar[str] = "Laporan Kinerja"

    head: Head
    rows: tuple[Measured, ...]
    scale: Scale
    signatory: Signatory
    comparison: Comparison | None = None
    notes: tuple[IndicatorNote, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    initials: tuple[Initial, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The introduction: fixed sentences around the paper's own counts."""
        head = self.head
        return (
            f"Laporan Kinerja {head.office} {head.period} disusun dari data kinerja "
            f"yang dikumpulkan menurut {head.sop}. Setiap nilai diverifikasi oleh "
            "pejabat lain daripada penulisnya; pengecualiannya, bila ada, tercantum "
            "pada bagian E.",
            f"Laporan ini memuat {len(self.rows)} indikator kinerja"
            f"{self._ranked()}. Target, definisi, rumus, dan skala dibekukan pada "
            f"{head.made_at} dan tercantum pada Lampiran.",
        )

    def _ranked(self) -> str:
        ranks = Counter(row.rank for row in self.rows if row.rank)
        unranked = len(self.rows) - ranks.total()
        parts = [f"{count} {rank.lower()}" for rank, count in ranks.items()]
        if unranked:
            parts.append(f"{unranked} tanpa peringkat")
        return f", dengan peringkat capaian: {', '.join(parts)}" if parts else ""
