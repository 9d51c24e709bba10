"""Indicators, targets and figures of the demo, from the published table of Muncar."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import OverUnits, Polarity
from himpun.planning import actions as planning
from himpun.planning.rules import Definition, Level
from himpun.worktime.periods import Period, PeriodKind

from .offices import DATA, people_of

if TYPE_CHECKING:
    from himpun.config.offices import Office
    from himpun.organization.models import Person, Unit
    from himpun.planning.models import Indicator, IndicatorVersion, RatingScale

TABLE = "muncar_indikator_2020_2024.csv"
SOURCE = "Renstra Kecamatan Muncar 2025-2029, tabel kinerja 2020-2024"
BEFORE = f"data sebelum Himpun, tidak diverifikasi di sini ({SOURCE})"
DERIVED = (
    "contoh: target tahun 2024 Kecamatan Muncar, dipakai sama untuk setiap triwulan "
    f"({SOURCE})"
)
OF_KUDUS = (
    "contoh: definisi dan target Kecamatan Jekulo, dipakai juga untuk Kabupaten Kudus"
)
TOGETHER = {"S1": OverUnits.WEIGHTED, "S2": OverUnits.AVERAGE}
"""The indicators that the kabupaten of the demo has as well, and how it combines them."""
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
    """How the rows become indicators of an office or a kabupaten."""

    unit: Unit
    person: Person
    frequency: PeriodKind
    origin: str
    at: datetime

    def define(
        self,
        row: Row,
        order: int,
        scale: RatingScale,
        over_units: OverUnits = OverUnits.AVERAGE,
    ) -> IndicatorVersion:
        """Define the indicator of a row."""
        return planning.define_indicator(
            self.unit,
            Definition(
                code=row.code,
                level=row.level,
                group=row.group,
                name=row.name,
                unit_of_measure=row.unit,
                polarity=Polarity.HIGHER,
                frequency=self.frequency,
                over_units=over_units,
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

    def target(self, indicator: Indicator, period: Period, value: Decimal) -> None:
        """Set the target of a period."""
        planning.set_target(
            indicator, period, value, origin=self.origin, by=self.person, at=self.at
        )


def _planner(office: Office) -> Person:
    """Return who plans at an office of the demo."""
    return people_of(office)["kasubbag"]


def load_muncar(office: Office, *, at: datetime) -> None:
    """Load targets 2020-2024 and actuals 2020-2023; the case enters those of 2024."""
    plan = Plan(office.unit, _planner(office), PeriodKind.YEAR, SOURCE, at)
    scale = planning.keep_scale(formula.PERMENDAGRI_86_2017)
    for order, row in enumerate(rows(), 1):
        indicator = plan.define(row, order, scale).indicator
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
    plan = Plan(office.unit, _planner(office), PeriodKind.QUARTER, DERIVED, at)
    scale = planning.keep_scale(formula.PERMENDAGRI_86_2017)
    for order, row in enumerate(rows(), 1):
        indicator = plan.define(row, order, scale).indicator
        for number in (1, 2, 3, 4):
            period = Period(PeriodKind.QUARTER, year, number)
            plan.target(indicator, period, row.target[LAST])


def load_kudus(office: Office, year: int, *, at: datetime) -> None:
    """Load the indicators that Kudus adds up from its offices, as "contoh"."""
    admin = people_of(office)["admin"]
    plan = Plan(office.regency, admin, PeriodKind.QUARTER, OF_KUDUS, at)
    scale = planning.keep_scale(formula.PERMENDAGRI_86_2017)
    shared = [row for row in rows() if row.code in TOGETHER]
    for order, row in enumerate(shared, 1):
        how = TOGETHER[row.code]
        version = plan.define(row, order, scale, how)
        if how is OverUnits.WEIGHTED:
            planning.weigh_units(version, {office.unit: Decimal(1)}, by=admin, at=at)
        whole = Period(PeriodKind.YEAR, year)
        for period in (*whole.within(PeriodKind.QUARTER), whole):
            plan.target(version.indicator, period, row.target[LAST])
