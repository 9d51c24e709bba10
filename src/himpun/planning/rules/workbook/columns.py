"""What the sheets of a plan look like: their headings, choices and lengths.

Headings stand in files that offices keep, so they are not translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun import formula
from himpun.documents.sheets import Column, Drawn
from himpun.worktime.periods import PeriodKind, read_period

from ..agreements import RevisionReason
from ..aims import AimKind
from ..definition import LONGEST_FORMULA, Level
from ..nomenclature import WORK
from . import words

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def _list(title: str, choices: Iterable[str], hint: str = "") -> Column:
    return Column(title, choices=tuple(map(str, choices)), hint=hint, width=20)


def _named(scales: Iterable[formula.Scale | formula.GradeScale]) -> list[str]:
    return [scale_name(scale.name, scale.version) for scale in scales]


def scale_name(name: str, version: int) -> str:
    """Return how a sheet names a scale: with its version from the second one on."""
    return f"{name} (versi {version})" if version > 1 else name


ORIGIN = (Column("sumber", width=28), 300)
SPECS = {
    spec.name: spec
    for spec in (
        _spec(
            words.INDICATORS,
            (Column("kode", width=12), 40),
            (_list("tingkat", Level), 20),
            (Column("indikator", width=44), 300),
            (Column("satuan"), 40),
            (Column("desimal", Drawn.WHOLE, width=9), 2),
            (_list("arah", words.POLARITIES.values()), 60),
            (_list("skala tingkat", _named(formula.GRADE_SCALES)), 140),
            (_list("capaian tingkat", words.GRADE_RULES.values()), 60),
            (_list("skala peringkat", _named(formula.ACHIEVEMENT_SCALES)), 140),
            (Column("rumus", width=36, hint="persen(selesai; masuk)"), LONGEST_FORMULA),
            (_list("setahun", words.OVER_TIMES.values()), 60),
            (_list("gabungan", words.OVER_UNITS.values()), 60),
            (_list("target 0", words.ZERO_TARGETS.values()), 60),
            (_list("realisasi 0", words.ZERO_ACTUALS.values()), 60),
            (Column("batas capaian", Drawn.NUMBER), 40),
            (_list("lingkup batas", words.CAPS_ON.values()), 60),
            (_list("frekuensi", PeriodKind), 20),
            (Column("penanggung jawab", width=28), 160),
            (Column("mekanisme perhitungan", width=36), 4000),
            (Column("media", width=28), 160),
            (Column("kelompok", width=36), 200),
            (Column("definisi", width=36), 4000),
            (Column("bukti", width=28), 300),
            (_list("bukti wajib", words.YES_NO.values()), 10),
            (Column("berlaku sejak", Drawn.DATE), 10),
            ORIGIN,
        ),
        _spec(
            words.COMPONENTS,
            (Column("indikator", width=12), 40),
            (Column("kode"), 40),
            (Column("nama", width=44), 200),
            (Column("satuan"), 40),
            (Column("terendah"), 40),
            (_list("setahun", words.OVER_TIMES.values()), 60),
        ),
        _spec(
            words.WEIGHTS,
            (Column("indikator", width=12), 40),
            (Column("unit", width=36), 170),
            (Column("bobot", Drawn.NUMBER), 40),
        ),
        _spec(
            words.TARGETS,
            (Column("kode", width=12), 40),
            (_list("jenis", words.TargetKind), 20),
            ORIGIN,
            periods=True,
        ),
        _spec(
            words.DIMENSIONS,
            (Column("pemilahan", width=28), 80),
            (Column("bagian", width=28), 80),
        ),
        _spec(
            words.PARTS,
            (Column("kode", width=12), 40),
            (_list("jenis", AimKind), 20),
            (Column("pemilahan", width=28), 80),
            (Column("bagian", width=28), 170),
            periods=True,
        ),
        _spec(
            words.PROGRAMMES,
            (Column("kode", width=20), 20),
            (_list("tingkat", WORK), 20),
            (Column("nama", width=60), 400),
            (Column("induk", width=30), 1300),
        ),
        _spec(
            words.RENSTRA,
            (_list("jenis", words.RenstraKind), 20),
            (Column("kode", width=20), 1300),
            (Column("uraian", width=60), 4000),
            (Column("induk"), 60),
            (Column("indikator", width=20), 2000),
            (Column("berlaku sejak", Drawn.DATE), 10),
            (Column("keputusan", width=28), 200),
            periods=True,
        ),
        _spec(
            words.BUDGET,
            (Column("program", width=40), 1300),
            (Column("induk", width=24), 1300),
            (_list("jenis", words.BudgetKind), 20),
            (Column("berlaku sejak", Drawn.DATE), 10),
            (Column("pertumbuhan tercetak"), 60),
            ORIGIN,
            periods=True,
        ),
        _spec(
            words.ANNUAL,
            (Column("tahun", Drawn.WHOLE, width=8), 4),
            ORIGIN,
            (_list("jenis", words.AnnexKind), 20),
            (Column("isi", width=40), 1300),
        ),
        _spec(
            words.PROMISES,
            (Column("tahun", Drawn.WHOLE, width=8), 4),
            (Column("pihak pertama", width=28), 300),
            (Column("pihak kedua", width=28), 300),
            (Column("tanggal", Drawn.DATE), 10),
            (Column("DPA disahkan", Drawn.DATE), 10),
            (Column("tempat"), 80),
            (_list("alasan", RevisionReason), 60),
            (_list("jenis", words.AnnexKind), 20),
            (Column("isi", width=40), 1300),
            (Column("keterangan", width=24), 200),
        ),
        _spec(
            words.ACTIONS,
            (Column("tahun", Drawn.WHOLE, width=8), 4),
            (Column("pihak pertama", width=28), 300),
            (Column("indikator", width=12), 40),
            (Column("periode"), 8),
            (Column("target"), 200),
            (Column("kegiatan", width=44), 4000),
            (Column("penanggung jawab", width=28), 160),
        ),
        _spec(
            words.KEY,
            (Column("keputusan", width=36), 160),
            (Column("tanggal", Drawn.DATE), 10),
            (Column("berlaku sejak", Drawn.DATE), 10),
            (Column("indikator", width=12), 40),
        ),
    )
}
"""The sheets in the order in which they are kept: what others name comes first."""


def period_order(code: str) -> tuple[int, int, int]:
    """Return where the column of a period stands: years first, then their parts."""
    period = read_period(code)
    kinds = tuple(reversed(PeriodKind))
    return kinds.index(period.kind), period.year, period.number
