"""The sheets of what is measured: Indikator, Komponen and Bobot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.formula import OverTime
from himpun.organization import queries as organization
from himpun.organization.models import Unit

from ... import rules
from ...models import IndicatorVersion, UnitWeight
from ...rules import workbook
from ..definitions import definition_of
from ..indicators import SCALES, components_of
from .drawing import drawn, labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from himpun.documents.sheets import Sheet

    from ...models import KeptScale
    from .drawing import Row


def indicator_sheets(unit: Unit) -> tuple[Sheet, ...]:
    """Return the newest version of each indicator, its variables and its weights."""
    newest: dict[int, IndicatorVersion] = {}
    rows = IndicatorVersion.objects.filter(indicator__unit=unit)
    for version in (
        rows.select_related("indicator", *SCALES)
        .prefetch_related("components")
        .order_by("indicator__order", "indicator__code", "number")
    ):
        newest[version.indicator_id] = version
    return (
        drawn(workbook.INDICATORS, map(_indicator, newest.values())),
        drawn(workbook.COMPONENTS, _components(newest.values())),
        drawn(workbook.WEIGHTS, _weights(unit, newest.values())),
    )


def _indicator(version: IndicatorVersion) -> Row:
    what = definition_of(version)
    return (
        what.code,
        what.level.value,
        what.name,
        what.unit_of_measure,
        what.decimals,
        workbook.POLARITIES[what.polarity],
        _scale(version.grade_scale),
        workbook.GRADE_RULES[what.grade_rule] if version.grade_scale else None,
        _scale(version.scale),
        what.formula or None,
        workbook.OVER_TIMES[what.over_time],
        workbook.OVER_UNITS[what.over_units],
        workbook.ZERO_TARGETS[what.zero_target],
        workbook.ZERO_ACTUALS[what.zero_actual],
        what.cap,
        workbook.CAPS_ON[what.cap_on],
        what.frequency.value,
        what.in_charge,
        what.mechanism,
        what.medium,
        what.group,
        what.definition or None,
        what.evidence_rule or None,
        workbook.YES_NO[what.evidence_required],
        what.since,
        what.origin,
    )


def _scale(kept: KeptScale | None) -> str | None:
    return workbook.scale_name(kept.name, kept.version) if kept else None


def _components(versions: Iterable[IndicatorVersion]) -> list[Row]:
    return [
        (
            version.indicator.code,
            one.code,
            one.name,
            one.unit or None,
            one.least,
            workbook.OVER_TIMES[OverTime(one.over_time)],
        )
        for version in versions
        for one in components_of(version)
    ]


def _weights(unit: Unit, versions: Iterable[IndicatorVersion]) -> list[Row]:
    codes = {version.pk: version.indicator.code for version in versions}
    rows = UnitWeight.objects.filter(version__in=codes).select_related("unit")
    places = {pk: place for place, pk in enumerate(codes)}
    names = unit_labels(weighed_units(unit))
    return [
        (codes[row.version_id], names.get(row.unit_id, row.unit.name), row.weight)
        for row in sorted(
            rows,
            key=lambda row: (places[row.version_id], row.unit.order, row.unit.code),
        )
    ]


def weighed_units(unit: Unit) -> QuerySet[Unit]:
    """Return the units that may have a weight: those directly below an office."""
    return Unit.objects.filter(parent=unit)


def sharing_units(unit: Unit) -> QuerySet[Unit]:
    """Return the units among which a target may be divided, the office with them."""
    parts = organization.parts_of(unit).values("pk")
    return Unit.objects.filter(pk__in=[unit.pk, *(row["pk"] for row in parts)])


def unit_labels(units: Iterable[Unit]) -> dict[int, str]:
    """Return how units are told apart: by their codes where two have one name."""
    return labels((row.pk, row.name, row.code) for row in units)


def named_units(units: Iterable[Unit]) -> dict[str, Unit]:
    """Return units by their folded names."""
    rows = {row.pk: row for row in units}
    return {
        rules.folded(name): rows[pk] for pk, name in unit_labels(rows.values()).items()
    }
