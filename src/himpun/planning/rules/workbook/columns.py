"""What the sheets of a plan look like: their headings, choices and lengths.

Headings, names of sheets and words to choose from stand in files that offices keep, so
they are not translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from himpun import formula
from himpun.documents.sheets import Column, Drawn
from himpun.formula import Polarity
from himpun.worktime.periods import PeriodKind, read_period

from ..agreements import RevisionReason
from ..definition import Level
from ..nomenclature import WORK

INDICATORS, TARGETS, PROGRAMMES = "Indikator", "Target", "Program"
RENSTRA, BUDGET, PROMISES = "Renstra", "Anggaran", "PK"
QUALITATIVE = "kualitatif"
PATH = " > "
"""Between the names of a program and its parts where they have no code."""
TOTALS = frozenset({"jumlah", "total"})
"""What the last row of a printed table is called; it is compared and not kept."""

POLARITIES = {
    Polarity.HIGHER: "makin tinggi makin baik",
    Polarity.LOWER_RATIO: "makin rendah makin baik (T/R)",
    Polarity.LOWER_DIFFERENCE: "makin rendah makin baik (2T-R)",
    Polarity.RANGE: "baik di dalam kisaran",
    Polarity.EXACT: "tepat target",
}


class TargetKind(StrEnum):
    """What a row of Target says of an indicator."""

    BASELINE = "kondisi awal"
    TARGET = "target"
    MEDIUM_TERM = "akhir renstra"
    STANDARD = "standar"
    ACTUAL = "realisasi"
    RATIO = "rasio tercetak"
    OTHER = "target pembanding"


class BudgetKind(StrEnum):
    """What a row of Anggaran says of a programme."""

    ORIGINAL = "pagu"
    CHANGED = "pagu perubahan"
    SPENT = "realisasi"
    RATIO = "rasio tercetak"


class RenstraKind(StrEnum):
    """What a row of Renstra is; each row "renstra" begins a version of its own."""

    PLAN = "renstra"
    GOAL = "tujuan"
    OUTCOME = "sasaran"
    WORK = "program"


COMPARED = frozenset({TargetKind.RATIO, TargetKind.OTHER})
CHECKED = frozenset({BudgetKind.RATIO})
"""Rows that are recomputed or compared, and not kept."""


@dataclass(frozen=True)
class Spec:
    """A sheet: its headings, the longest text of each, and whether periods follow."""

    name: str
    columns: tuple[Column, ...]
    most: dict[str, int]
    periods: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """The headings before the periods."""
        return tuple(column.title for column in self.columns)


def _spec(
    name: str,
    *columns: tuple[Column, int],
    periods: bool = False,
) -> Spec:
    most = {column.title: length for column, length in columns}
    return Spec(name, tuple(c for c, _n in columns), most, periods)


def _list(title: str, words: type[StrEnum] | tuple[str, ...], **more: str) -> Column:
    choices = words if isinstance(words, tuple) else tuple(w.value for w in words)
    return Column(title, choices=choices, hint=more.get("hint", ""), width=20)


ORIGIN = (Column("sumber", width=28), 300)
SPECS = {
    spec.name: spec
    for spec in (
        _spec(
            INDICATORS,
            (Column("kode", width=12), 40),
            (_list("tingkat", Level), 20),
            (Column("indikator", width=44), 300),
            (Column("satuan"), 40),
            (Column("desimal", Drawn.WHOLE, width=9), 2),
            (_list("arah", (*POLARITIES.values(), QUALITATIVE)), 60),
            (
                _list(
                    "skala tingkat", tuple(str(g.name) for g in formula.GRADE_SCALES)
                ),
                120,
            ),
            (_list("frekuensi", PeriodKind), 20),
            (Column("penanggung jawab", width=28), 160),
            (Column("mekanisme perhitungan", width=36), 4000),
            (Column("media", width=28), 160),
            (Column("kelompok", width=36), 200),
            (Column("definisi", width=36), 4000),
            (Column("berlaku sejak", Drawn.DATE), 10),
            ORIGIN,
        ),
        _spec(
            TARGETS,
            (Column("kode", width=12), 40),
            (_list("jenis", TargetKind), 20),
            ORIGIN,
            periods=True,
        ),
        _spec(
            PROGRAMMES,
            (Column("kode", width=20), 20),
            (_list("tingkat", tuple(level.value for level in WORK)), 20),
            (Column("nama", width=60), 400),
            (Column("induk", width=30), 1300),
        ),
        _spec(
            RENSTRA,
            (_list("jenis", RenstraKind), 20),
            (Column("kode", width=20), 1300),
            (Column("uraian", width=60), 4000),
            (Column("induk"), 60),
            (Column("indikator", width=20), 2000),
            (Column("berlaku sejak", Drawn.DATE), 10),
            (Column("keputusan", width=28), 200),
            periods=True,
        ),
        _spec(
            BUDGET,
            (Column("program", width=40), 1300),
            (Column("induk", width=24), 1300),
            (_list("jenis", BudgetKind), 20),
            (Column("berlaku sejak", Drawn.DATE), 10),
            (Column("pertumbuhan tercetak"), 60),
            ORIGIN,
            periods=True,
        ),
        _spec(
            PROMISES,
            (Column("tahun", Drawn.WHOLE, width=8), 4),
            (Column("pihak pertama", width=28), 300),
            (Column("pihak kedua", width=28), 300),
            (Column("tanggal", Drawn.DATE), 10),
            (Column("DPA disahkan", Drawn.DATE), 10),
            (Column("tempat"), 80),
            (_list("alasan", RevisionReason), 60),
            (_list("jenis", ("indikator", "program")), 20),
            (Column("isi", width=40), 1300),
            (Column("keterangan", width=24), 200),
        ),
    )
}
"""The sheets in the order in which they are kept: what others name comes first."""


def period_order(code: str) -> tuple[int, int, int]:
    """Return where the column of a period stands: years first, then their parts."""
    period = read_period(code)
    kinds = tuple(reversed(PeriodKind))
    return kinds.index(period.kind), period.year, period.number
