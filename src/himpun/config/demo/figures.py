"""Indicators, targets and figures of the demo, from the published table of Muncar."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import Polarity
from himpun.planning import actions as planning
from himpun.planning.rules import Definition, Level
from himpun.worktime.periods import Period, PeriodKind

from .offices import DATA, people_of

if TYPE_CHECKING:
    from himpun.config.offices import Office
    from himpun.organization.models import Person
    from himpun.planning.models import Indicator, RatingScale

TABLE = "muncar_indikator_2020_2024.csv"
SOURCE = "Renstra Kecamatan Muncar 2025-2029, tabel kinerja 2020-2024"
BEFORE = f"data sebelum Himpun, tidak diverifikasi di sini ({SOURCE})"
DERIVED = (
    "contoh: target tahun 2024 Kecamatan Muncar, dipakai sama untuk setiap triwulan "
    f"({SOURCE})"
)
FIRST, LAST = 2020, 2024


@dataclass(frozen=True)
class Row:
    """A tujuan or sasaran row of the table; programme rows have no indicator text."""

    code: str
    level: Level
    group: str
    name: str
    unit: str
    target: dict[int, Decimal]
    actual: dict[int, Decimal]


def rows() -> list[Row]:
    """Return the rows that have an indicator, values exactly as printed."""
    found = []
    for raw in csv.DictReader((DATA / TABLE).read_text("utf-8").splitlines()):
        level, _, number = raw["level"].partition("_")
        if level not in {"tujuan", "sasaran"}:
            continue
        years = range(FIRST, LAST + 1)
        found.append(
            Row(
                code="T1" if level == "tujuan" else f"S{number}",
                level=Level(level),
                group="Tujuan" if level == "tujuan" else f"Sasaran {number}",
                name=raw["indikator"].partition(" (printed:")[0],
                unit=raw["satuan"],
                target={y: Decimal(raw[f"target_{y}"]) for y in years},
                actual={y: Decimal(raw[f"realisasi_{y}"]) for y in years},
            )
        )
    return found


@dataclass(frozen=True)
class Plan:
    """How the rows become indicators of an office."""

    office: Office
    frequency: PeriodKind
    origin: str
    at: datetime

    @property
    def person(self) -> Person:
        """Who plans in the demo."""
        return people_of(self.office)["kasubbag"]

    def define(self, row: Row, order: int, scale: RatingScale) -> Indicator:
        """Define the indicator of a row."""
        version = planning.define_indicator(
            self.office.unit,
            Definition(
                code=row.code,
                level=row.level,
                group=row.group,
                name=row.name,
                unit_of_measure=row.unit,
                polarity=Polarity.HIGHER,
                frequency=self.frequency,
                in_charge="Pelaksana Perencanaan (contoh)",
                since=date(FIRST, 1, 1),
                origin=self.origin,
                order=order,
                definition="Definisi operasional tidak ada di sumber.",
                mechanism="Cara hitung tidak ada di sumber; nilai diisi langsung.",
                medium="Laporan bulanan (contoh)",
                evidence_rule="Paling sedikit satu berkas data dukung",
            ),
            scale=scale,
            by=self.person,
            at=self.at,
        )
        return version.indicator

    def target(self, indicator: Indicator, period: Period, value: Decimal) -> None:
        """Set the target of a period."""
        planning.set_target(
            indicator, period, value, origin=self.origin, by=self.person, at=self.at
        )


def load_muncar(office: Office, *, at: datetime) -> None:
    """Load targets 2020-2024 and actuals 2020-2023; the case enters those of 2024."""
    plan = Plan(office, PeriodKind.YEAR, SOURCE, at)
    scale = planning.keep_scale(formula.PERMENDAGRI_86_2017)
    for order, row in enumerate(rows(), 1):
        indicator = plan.define(row, order, scale)
        for year in range(FIRST, LAST + 1):
            period = Period(PeriodKind.YEAR, year)
            plan.target(indicator, period, row.target[year])
            if year < LAST:
                planning.record_prior_actual(
                    indicator,
                    period,
                    row.actual[year],
                    origin=BEFORE,
                    by=plan.person,
                    at=at,
                )


def load_jekulo(office: Office, year: int, *, at: datetime) -> None:
    """Load a quarterly plan of the year, derived from Muncar's figures, as "contoh"."""
    plan = Plan(office, PeriodKind.QUARTER, DERIVED, at)
    scale = planning.keep_scale(formula.PERMENDAGRI_86_2017)
    for order, row in enumerate(rows(), 1):
        indicator = plan.define(row, order, scale)
        for number in (1, 2, 3, 4):
            period = Period(PeriodKind.QUARTER, year, number)
            plan.target(indicator, period, row.target[LAST])
