"""Indicators, targets and figures of the demo, from the published table of Muncar."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import yaml

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
    from himpun.planning.rules import Aim

TABLE = "muncar_indikator_2020_2024.csv"
SOURCE = "Renstra Kecamatan Muncar 2025-2029, tabel kinerja 2020-2024"
BEFORE = f"data sebelum Himpun, tidak diverifikasi di sini ({SOURCE})"
PRIOR = "contoh: data sebelum Himpun, tidak diverifikasi di sini"
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
        made = self.definition(row, order, over_units)
        return planning.define_indicator(
            self.unit, made, scale=scale, by=self.person, at=self.at
        )

    def define_grade(
        self, row: Row, order: int, scale: RatingScale, definition: str
    ) -> IndicatorVersion:
        """Define a yearly indicator that reaches a predicate instead of a number."""
        made = replace(
            self.definition(row, order, OverUnits.AVERAGE),
            polarity=None,
            frequency=PeriodKind.YEAR,
            definition=definition,
        )
        grades = planning.keep_grades(formula.PREDIKAT_AKIP)
        return planning.define_indicator(
            self.unit,
            made,
            scale=scale,
            grade_scale=grades,
            by=self.person,
            at=self.at,
        )

    def definition(self, row: Row, order: int, over_units: OverUnits) -> Definition:
        """Return what the indicator of a row means."""
        return Definition(
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
        )

    def target(self, indicator: Indicator, period: Period, aim: Aim) -> None:
        """Set the target of a period."""
        planning.set_target(
            indicator, period, aim, origin=self.origin, by=self.person, at=self.at
        )

    def reached(
        self, indicator: Indicator, period: Period, value: Decimal, origin: str = ""
    ) -> None:
        """Note a figure from before Himpun."""
        planning.record_prior_actual(
            indicator,
            period,
            value,
            origin=origin or self.origin,
            by=self.person,
            at=self.at,
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
                plan.reached(indicator, period, row.actual[year], BEFORE)


def load_jekulo(office: Office, year: int, *, at: datetime, today: date) -> None:
    """Load a quarterly plan of the year, the years around it, and what was reached in the
    years and quarters before: an example, from `jekulo-rencana.yaml`.
    """
    file = example()
    plan = Plan(office.unit, _planner(office), PeriodKind.QUARTER, file["asal"], at)
    scale = planning.keep_scale(formula.PERMENDAGRI_86_2017)
    for order, row in enumerate(rows(), 1):
        told = file["indikator"][row.code]
        indicator = plan.define(row, order, scale).indicator
        for period in Period(PeriodKind.YEAR, year).within(PeriodKind.QUARTER):
            plan.target(indicator, period, row.target[LAST])
        for one in range(year - len(told["tahun"]), first_year(year) + 5):
            aim = row.target[LAST] + Decimal(told["kenaikan"]) * (one - year)
            plan.target(indicator, Period(PeriodKind.YEAR, one), aim)
        for period, value in zip(past(year, today), told["triwulan"], strict=False):
            plan.reached(indicator, period, Decimal(value), PRIOR)
        for one, value in enumerate(told["tahun"], year - len(told["tahun"])):
            plan.reached(indicator, Period(PeriodKind.YEAR, one), Decimal(value), PRIOR)
    _load_grade(plan, file["predikat"], first_year(year), scale)


def _load_grade(
    plan: Plan, told: dict[str, Any], first: int, scale: RatingScale
) -> None:
    row = Row(
        told["kode"], Level.OUTCOME, "Sasaran 1", told["nama"], "predikat", {}, {}
    )
    indicator = plan.define_grade(row, 2, scale, told["definisi"]).indicator
    for number, grade in told["target"].items():
        plan.target(indicator, Period(PeriodKind.YEAR, first + number), grade)


def example() -> dict[str, Any]:
    """Return the example of Jekulo's plan as its file says it."""
    text = (DATA / "jekulo-rencana.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def first_year(year: int) -> int:
    """Return the first year of the Renstra that a year belongs to: 2020, 2025."""
    return year - year % 5


def past(year: int, today: date) -> list[Period]:
    """Return the quarters of a year of which the next one is over as well.

    The last one that is over is still to be collected.
    """
    quarters = Period(PeriodKind.YEAR, year).within(PeriodKind.QUARTER)
    return [one for one, after in pairwise(quarters) if after.end < today]


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
