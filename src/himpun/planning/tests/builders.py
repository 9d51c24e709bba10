"""Indicators with real figures: the tujuan and sasaran rows of Kecamatan Muncar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from himpun import formula
from himpun.organization.tests.builders import WHEN
from himpun.planning import actions
from himpun.planning.rules import Definition, Level, Purpose
from himpun.worktime.periods import PeriodKind, read_period

ORIGIN = "Renstra Kecamatan Muncar 2025-2029"
CODES = ("IKU-1", "IKU-2", "IKU-3", "IKU-4")
MUNCAR = [
    ("IKU-1", Level.GOAL, "Indeks Kepuasan Masyarakat", "nilai"),
    ("IKU-2", Level.OUTCOME, "Nilai SAKIP Kecamatan", "nilai"),
    ("IKU-3", Level.OUTCOME, "Persentase Penyelesaian Pengaduan Masyarakat", "%"),
    ("IKU-4", Level.OUTCOME, "Persentase ketercapaian kinerja kecamatan", "%"),
]
TARGET_2023 = dict(zip(CODES, ("90.62", "82.03", "90", "90"), strict=True))
ACTUAL_2023 = dict(zip(CODES, ("93.93", "87.92", "94", "95.87"), strict=True))
TARGET_2024 = dict(zip(CODES, ("91.33", "82.53", "90", "90"), strict=True))
ACTUAL_2024 = dict(zip(CODES, ("97.66", "82.32", "100", "97.31"), strict=True))


def scale():
    """Return the shipped rating scale as stored."""
    return actions.keep_scale(formula.PERMENDAGRI_86_2017)


def definition(code="IKU-1", **changes):
    """Return a definition; any part may be changed by name."""
    parts = {
        "code": code,
        "level": Level.OUTCOME,
        "group": "Meningkatnya kualitas pelayanan publik kecamatan",
        "name": f"Indikator {code}",
        "unit_of_measure": "nilai",
        "polarity": formula.Polarity.HIGHER,
        "frequency": PeriodKind.YEAR,
        "in_charge": "Kasubbag Perencanaan dan Keuangan",
        "mechanism": "Nilai survei pada akhir periode",
        "medium": "Laporan bulanan",
        "since": date(2020, 1, 1),
        "origin": ORIGIN,
    }
    return Definition(**{**parts, **changes})


def define(office, code="IKU-1", *, grades=None, **changes):
    """Define an indicator of the office and return its version."""
    return actions.define_indicator(
        office.unit,
        definition(code, **changes),
        scale=scale(),
        grade_scale=actions.keep_grades(grades) if grades else None,
        by=office.kasubbag,
        at=WHEN,
    )


def revise(office, version, *, at=WHEN, purpose=Purpose.FUTURE, **changes):
    """Give an indicator a new meaning and return its version."""
    code = version.indicator.code
    return actions.revise_indicator(
        version.indicator,
        definition(code, **changes),
        purpose=purpose,
        scale=scale(),
        by=office.kasubbag,
        at=at,
    )


def promise(office, version, period, aim, **more):
    """Set a target of an indicator; a text of digits is a number."""
    return actions.set_target(
        version.indicator,
        read_period(period),
        Decimal(aim) if isinstance(aim, str) and aim[0].isdigit() else aim,
        origin=ORIGIN,
        by=office.kasubbag,
        at=WHEN,
        **more,
    )


def recall(office, version, period, value):
    """Note a figure from before Himpun; a text of letters is a grade."""
    return actions.record_prior_actual(
        version.indicator,
        read_period(period),
        value if str(value).isalpha() else Decimal(value),
        origin=ORIGIN,
        by=office.kasubbag,
        at=WHEN,
    )


def plan_muncar(office):
    """Define the four indicators with targets of 2023 and 2024 and actuals of 2023."""
    versions = []
    for order, (code, level, name, unit) in enumerate(MUNCAR, start=1):
        version = define(
            office, code, name=name, level=level, unit_of_measure=unit, order=order
        )
        promise(office, version, "2023", TARGET_2023[code])
        promise(office, version, "2024", TARGET_2024[code])
        recall(office, version, "2023", ACTUAL_2023[code])
        versions.append(version)
    return versions
