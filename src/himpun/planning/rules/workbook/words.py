"""The words of the sheets of a plan: names of sheets, kinds of rows, words to choose from.

They stand in files that offices keep, so they are not translated.
"""

from __future__ import annotations

from enum import StrEnum

from himpun.formula import (
    CapOn,
    GradeRule,
    OverTime,
    OverUnits,
    Polarity,
    ZeroActual,
    ZeroTarget,
)

INDICATORS, COMPONENTS, WEIGHTS = "Indikator", "Komponen", "Bobot"
TARGETS, DIMENSIONS, PARTS = "Target", "Pemilahan", "Bagian target"
PROGRAMMES, RENSTRA, BUDGET = "Program", "Renstra", "Anggaran"
ANNUAL, PROMISES, ACTIONS = "RKT", "PK", "Rencana aksi"
KEY = "IKU"
OF_OFFICES = (PROGRAMMES, RENSTRA, BUDGET, ANNUAL, PROMISES, ACTIONS, KEY)
"""What a kabupaten has none of here: it has indicators, and targets that it divides."""
PATH = " > "
"""Between the names of a program and its parts where they have no code."""
TOTALS = frozenset({"jumlah", "total"})
"""What the last row of a printed table is called; it is compared and not kept."""

POLARITIES: dict[Polarity | None, str] = {
    Polarity.HIGHER: "makin tinggi makin baik",
    Polarity.LOWER_RATIO: "makin rendah makin baik (T/R)",
    Polarity.LOWER_DIFFERENCE: "makin rendah makin baik (2T-R)",
    Polarity.RANGE: "baik di dalam kisaran",
    Polarity.EXACT: "tepat target",
    None: "kualitatif",
}
OVER_TIMES = {
    OverTime.LAST: "terakhir",
    OverTime.SUM: "jumlah",
    OverTime.AVERAGE: "rata-rata",
    OverTime.HIGHEST: "tertinggi",
    OverTime.LOWEST: "terendah",
    OverTime.CUMULATIVE: "kumulatif",
}
OVER_UNITS = {
    OverUnits.SUM: "jumlah",
    OverUnits.AVERAGE: "rata-rata",
    OverUnits.WEIGHTED: "rata-rata berbobot",
    OverUnits.COMPONENTS: "komponen dijumlahkan",
}
ZERO_TARGETS = {
    ZeroTarget.UNKNOWN: "tidak dihitung",
    ZeroTarget.REACHED: "100 bila tercapai",
    ZeroTarget.NOTHING: "0",
}
ZERO_ACTUALS = {
    ZeroActual.UNKNOWN: "tidak dihitung",
    ZeroActual.FULL: "100",
    ZeroActual.BOTH: "100 bila target juga 0",
    ZeroActual.NOTHING: "0",
}
CAPS_ON = {CapOn.VALUE: "setiap capaian", CapOn.AVERAGE: "rata-rata saja"}
GRADE_RULES = {
    GradeRule.REACHED: "tercapai atau tidak",
    GradeRule.PLACES: "menurut urutan tingkat",
}
YES_NO = {True: "ya", False: "tidak"}


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


class AnnexKind(StrEnum):
    """What a row of RKT and PK names."""

    INDICATOR = "indikator"
    WORK = "program"


COMPARED = frozenset({TargetKind.RATIO, TargetKind.OTHER})
CHECKED = frozenset({BudgetKind.RATIO})
"""Rows that are recomputed or compared, and not kept."""
