"""The sheets of what should be reached: Target, Pemilahan and Bagian target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.formula.targets import OutOf

from ...models import PriorActual, Target, TargetPart
from ...rules import workbook
from ...rules.workbook import TargetKind
from ..sheets import categories
from .drawing import drawn, periods_of, said, wide
from .indicators import sharing_units, unit_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from himpun.documents.sheets import Sheet, Value
    from himpun.organization.models import Unit

    from .drawing import Head


def target_sheets(unit: Unit, years: Iterable[int]) -> tuple[Sheet, ...]:
    """Return aims and figures from before Himpun, the dimensions, the parts of aims."""
    rows = [(row.dimension.name, row.name) for row in categories(unit)]
    return (
        _targets(unit, years),
        drawn(workbook.DIMENSIONS, rows),
        _parts(unit, years),
    )


def _targets(unit: Unit, years: Iterable[int]) -> Sheet:
    cells: dict[Head, dict[str, Value]] = {}
    ordered = ("indicator__order", "indicator__code")
    for row in (
        Target.objects.filter(indicator__unit=unit)
        .select_related("indicator")
        .order_by(*ordered, "kind", "period_code")
    ):
        head = (row.indicator.code, row.kind, row.origin)
        cells.setdefault(head, {})[row.period_code] = said(row.aim, _out_of(row))
    for actual in (
        PriorActual.objects.filter(indicator__unit=unit)
        .select_related("indicator")
        .order_by(*ordered, "period_code")
    ):
        head = (actual.indicator.code, TargetKind.ACTUAL.value, actual.origin)
        cells.setdefault(head, {})[actual.period_code] = actual.figure
    periods = periods_of(years, {code for values in cells.values() for code in values})
    return drawn(workbook.TARGETS, wide(cells, periods), periods)


def _out_of(row: Target) -> OutOf | None:
    if row.numerator is None or row.denominator is None:
        return None
    return OutOf(row.numerator, row.denominator, row.counted)


def _parts(unit: Unit, years: Iterable[int]) -> Sheet:
    names = unit_labels(sharing_units(unit))
    cells: dict[Head, dict[str, Value]] = {}
    rows = TargetPart.objects.filter(target__indicator__unit=unit)
    for row in rows.select_related(
        "target__indicator", "unit", "category__dimension"
    ).order_by(
        "target__indicator__order",
        "target__indicator__code",
        "target__kind",
        "category__dimension__name",
        "category__order",
        "category__name",
        "unit__order",
        "unit__code",
        "target__period_code",
    ):
        split = row.category.dimension.name if row.category else None
        member = names.get(row.member.pk, row.name) if row.unit else row.name
        head = (row.target.indicator.code, row.target.kind, split, member)
        cells.setdefault(head, {})[row.target.period_code] = said(row.aim)
    periods = periods_of(years, {code for values in cells.values() for code in values})
    return drawn(workbook.PARTS, wide(cells, periods), periods)
