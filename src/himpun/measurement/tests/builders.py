"""A kabupaten whose offices measure the same, with figures put in place at once."""

from __future__ import annotations

from decimal import Decimal

from himpun.formula import Component, OverTime, OverUnits
from himpun.measurement.models import Achievement
from himpun.organization import actions as organization
from himpun.organization.rules import UnitKind
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions as planning
from himpun.planning.tests.builders import definition, scale
from himpun.worktime.periods import PeriodKind

QUARTERS = ("2024-TW1", "2024-TW2", "2024-TW3", "2024-TW4")
DONE = Component("selesai", "Pengaduan selesai", "pengaduan", Decimal(0))
ASKED = Component("masuk", "Pengaduan masuk", "pengaduan", Decimal(0), OverTime.SUM)
PARTS = {
    "formula": "selesai / masuk x 100%",
    "components": (DONE, ASKED),
    "unit_of_measure": "%",
    "over_units": OverUnits.COMPONENTS,
}


def define_for(office, unit, code="IKU-1", *, grades=None, **changes):
    """Define an indicator of any unit of the tenant, by its administrator."""
    changes = {"frequency": PeriodKind.QUARTER, **changes}
    return planning.define_indicator(
        unit,
        definition(code, **changes),
        scale=scale(),
        grade_scale=grades,
        by=office.admin,
        at=WHEN,
    )


def more_offices(office, count, first=2):
    """Add kecamatan to the kabupaten, numbered from ``first``; return them."""
    return [
        organization.create_unit(
            office.regency,
            UnitKind.DISTRICT,
            f"{office.regency.code}.{number:02}",
            f"Kecamatan {number}",
            short_name=f"kecamatan-{number}",
            at=WHEN,
        )
        for number in range(first, first + count)
    ]


def kabupaten(offices=3, codes=("IKU-1",), **changes):
    """Return (office, parent's versions, {unit: its versions}) of one meaning."""
    office = make_office(calendar=False, villages=0)
    units = [office.unit, *more_offices(office, offices - 1)]
    above = [define_for(office, office.regency, code, **changes) for code in codes]
    below = {
        unit: [define_for(office, unit, code, **changes) for code in codes]
        for unit in units
    }
    return office, above, below


def reached(version, period, actual=None, *, inputs=None, verified=True):
    """Return the row of a figure, not saved: what the projection would have stored."""
    return Achievement(
        indicator=version.indicator,
        unit=version.indicator.unit,
        period_code=period,
        indicator_version=version.number,
        actual=None if actual is None else Decimal(actual),
        inputs={
            code: None if value is None else str(value)
            for code, value in (inputs or {}).items()
        },
        formula="realisasi / target x 100",
        scale=str(version.scale),
        verified=verified,
        event="0" * 64,
    )


def store(*rows):
    """Keep such rows."""
    Achievement.objects.bulk_create(rows)
