"""The sheets of the plan and its money: Program, Renstra and Anggaran."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.documents.sheets import Drawn

from ...models import Budget, Programme, RenstraVersion, Spending
from ...rules import Stage, workbook
from ...rules.workbook import BudgetKind, RenstraKind
from ..tree import plan_of, tree_of
from .drawing import drawn, periods_of, wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from himpun.documents.sheets import Sheet, Value
    from himpun.organization.models import Unit

    from ...rules import RenstraPlan
    from .drawing import Head


def plan_sheets(
    unit: Unit, paths: Mapping[int, str], years: Iterable[int]
) -> tuple[Sheet, ...]:
    """Return programmes, all versions of the Renstra, pagu and realisasi."""
    return (
        _programmes(unit, paths),
        _renstra(unit, paths, years),
        _money(unit, paths, years),
    )


def paths_of(unit: Unit) -> dict[int, str]:
    """Return how each programme is named: its code, else its names from the top down."""
    works = {row.pk: row for row in Programme.objects.filter(unit=unit)}

    def path(row: Programme) -> str:
        above = works.get(row.parent_id or 0)
        return f"{path(above)}{workbook.PATH}{row.name}" if above else row.name

    return {pk: row.code or path(row) for pk, row in works.items()}


def _programmes(unit: Unit, paths: Mapping[int, str]) -> Sheet:
    rows = Programme.objects.filter(unit=unit)
    return drawn(
        workbook.PROGRAMMES,
        (
            (
                row.code or None,
                row.level,
                row.name,
                None if row.code or not row.parent_id else paths[row.parent_id],
            )
            for row in rows
        ),
    )


def _renstra(unit: Unit, paths: Mapping[int, str], years: Iterable[int]) -> Sheet:
    cells: list[tuple[Head, dict[str, Value]]] = []
    versions = RenstraVersion.objects.filter(renstra__unit=unit)
    for version in versions.select_related("renstra").order_by(
        "renstra__first_year", "renstra", "number"
    ):
        plan = plan_of(tree_of(version))
        told = (version.since, version.decision or None)
        cells += _version(plan, told, paths)
    periods = periods_of(years, {code for _head, values in cells for code in values})
    rows = [(*head, *(values.get(p) for p in periods)) for head, values in cells]
    return drawn(workbook.RENSTRA, rows, periods, amounts=Drawn.WHOLE)


def _version(
    plan: RenstraPlan, told: tuple[date | None, str | None], paths: Mapping[int, str]
) -> list[tuple[Head, dict[str, Value]]]:
    span = f"{plan.first_year}-{plan.last_year}"
    head = (RenstraKind.PLAN.value, span, plan.origin, plan.stage.value, None, *told)
    rows: list[tuple[Head, dict[str, Value]]] = [(head, {})]

    def add(
        kind: RenstraKind, code: str, text: str, of: str, named: Iterable[str]
    ) -> None:
        line = (kind.value, code, text or None, of or None, "; ".join(named) or None)
        rows.append(((*line, None, None), {}))

    for goal in plan.goals:
        add(RenstraKind.GOAL, goal.code, goal.text, "", goal.indicators)
        for outcome in goal.outcomes:
            kind = RenstraKind.OUTCOME
            add(kind, outcome.code, outcome.text, goal.code, outcome.indicators)
    for work in plan.programmes:
        named = paths[work.programme]
        add(RenstraKind.WORK, named, work.result, work.outcome, work.indicators)
        rows[-1][1].update({str(year): amount for year, amount in work.funding})
    return rows


def _money(unit: Unit, paths: Mapping[int, str], years: Iterable[int]) -> Sheet:
    cells: dict[Head, dict[str, Value]] = {}
    kinds = {
        Stage.ORIGINAL.value: BudgetKind.ORIGINAL.value,
        Stage.CHANGED.value: BudgetKind.CHANGED.value,
    }
    order = ("programme__code", "programme__order", "programme__name", "programme")
    for row in Budget.objects.filter(programme__unit=unit).order_by(
        *order, "stage", "year"
    ):
        first = (row.since.month, row.since.day) == (1, 1)
        since = None if first and row.stage == Stage.ORIGINAL else row.since
        head = (
            paths[row.programme_id],
            None,
            kinds[row.stage],
            since,
            None,
            row.origin,
        )
        cells.setdefault(head, {})[str(row.year)] = row.amount
    for spent in Spending.objects.filter(programme__unit=unit).order_by(
        *order, "period_code"
    ):
        named = (paths[spent.programme_id], None, BudgetKind.SPENT.value)
        cells.setdefault((*named, None, None, spent.origin), {})[spent.period_code] = (
            spent.amount
        )
    periods = periods_of(years, {code for values in cells.values() for code in values})
    return drawn(workbook.BUDGET, wide(cells, periods), periods, amounts=Drawn.NUMBER)
