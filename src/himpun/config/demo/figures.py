"""Indicators, targets and figures of the demo, from the published table of Muncar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import Polarity
from himpun.planning import actions as planning
from himpun.planning.rules import Definition, Level
from himpun.worktime.periods import Period, PeriodKind

from .offices import Office, read_rows

if TYPE_CHECKING:
    from himpun.organization.models import Person
    from himpun.planning.models import RatingScale

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
    for raw in read_rows(TABLE):
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


def _define(
    office: Office,
    row: Row,
    order: int,
    frequency: PeriodKind,
    origin: str,
    scale: RatingScale,
    at: datetime,
):  # type: ignore[no-untyped-def]  # noqa: ANN202, PLR0913
    version = planning.define_indicator(
        office.unit,
        Definition(
            code=row.code,
            level=row.level,
            group=row.group,
            name=row.name,
            unit_of_measure=row.unit,
            polarity=Polarity.HIGHER,
            frequency=frequency,
            in_charge="Pelaksana Perencanaan (contoh)",
            since=date(FIRST, 1, 1),
            origin=origin,
            order=order,
            definition="Definisi operasional tidak ada di sumber.",
            mechanism="Cara hitung tidak ada di sumber; nilai diisi langsung.",
            medium="Laporan bulanan (contoh)",
            evidence_rule="Paling sedikit satu berkas data dukung",
        ),
        scale=scale,
        by=office.people["kasubbag"],
        at=at,
    )
    return version.indicator


def load_muncar(office: Office, *, at: datetime) -> None:
    """Load targets 2020-2024 and actuals 2020-2023; the case enters those of 2024."""
    person = office.people["kasubbag"]
    scale = planning.keep_scale(formula.PERMENDAGRI_86_2017)
    for order, row in enumerate(rows(), 1):
        indicator = _define(office, row, order, PeriodKind.YEAR, SOURCE, scale, at)
        for year in range(FIRST, LAST + 1):
            period = Period(PeriodKind.YEAR, year)
            _target(indicator, period, row.target[year], SOURCE, person, at)
            if year < LAST:
                planning.record_prior_actual(
                    indicator, period, row.actual[year], origin=BEFORE, by=person, at=at
                )


def load_jekulo(office: Office, year: int, *, at: datetime) -> None:
    """Load a quarterly plan of the year, derived from Muncar's figures, as "contoh"."""
    person = office.people["kasubbag"]
    scale = planning.keep_scale(formula.PERMENDAGRI_86_2017)
    for order, row in enumerate(rows(), 1):
        indicator = _define(
            office, row, order, PeriodKind.QUARTER, DERIVED, scale, at
        )
        for number in (1, 2, 3, 4):
            period = Period(PeriodKind.QUARTER, year, number)
            _target(indicator, period, row.target[LAST], DERIVED, person, at)


def _target(
    indicator,  # type: ignore[no-untyped-def]  # noqa: ANN001
    period: Period,
    value: Decimal,
    origin: str,
    person: Person,
    at: datetime,
) -> None:  # noqa: PLR0913
    planning.set_target(indicator, period, value, origin=origin, by=person, at=at)
