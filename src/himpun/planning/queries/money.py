"""Reading budgets: pagu, realisasi and serapan of any number of offices at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from himpun.worktime.periods import LENGTH, Period, PeriodKind, read_period

from .. import rules
from ..models import Budget, Programme, Spending
from ..rules import Absorbed, Line, Stage
from .tree import renstra_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from himpun.organization.models import Unit

    from ..models import Outcome, RenstraVersion


@dataclass(frozen=True)
class ProgrammeMoney:
    """A programme, activity or sub-activity with its budget and what was spent."""

    programme: Programme
    money: Absorbed


@dataclass(frozen=True)
class OfficeMoney:
    """The budget of an office: in all, and row by row in the order of the codes."""

    total: Absorbed
    rows: tuple[ProgrammeMoney, ...]

    def of(self, programme: int) -> Absorbed:
        """Return the money of one row; nothing of one that is not the office's."""
        found = (row.money for row in self.rows if row.programme.pk == programme)
        return next(found, Absorbed())


def serapan(
    units: Unit | Iterable[Unit | int], year: int, until: Period | date
) -> dict[int, OfficeMoney]:
    """Return budget and spending of a year by office, three queries for any number.

    The budget is the one in force on the last day of ``until``; spent is what was
    recorded of periods that had ended by then.
    """
    offices, day = _ids(units), _day(until)
    programmes = list(Programme.objects.filter(unit__in=offices))
    budgets, spent = _budgets(offices, year, day), _spent(offices, year, day)
    by_unit: dict[int, list[Programme]] = {unit: [] for unit in offices}
    for programme in programmes:
        by_unit[programme.unit_id].append(programme)
    return {unit: _office(rows, budgets, spent) for unit, rows in by_unit.items()}


@dataclass(frozen=True)
class OutcomeMoney:
    """A sasaran with the budget of the programmes that serve it."""

    outcome: Outcome
    money: Absorbed


def serapan_of_outcomes(
    office: Unit, year: int, until: Period | date
) -> list[OutcomeMoney]:
    """Return budget and spending by sasaran of the Renstra in force, in its order.

    Programmes without a sasaran are in none of them; without a Renstra the list is
    empty. Six queries.
    """
    version = renstra_in_force(office, _day(until))
    return _of_outcomes(version, year, until) if version else []


def serapan_of_indicators(
    office: Unit, indicators: Iterable[int], period: Period
) -> dict[int, Decimal | None]:
    """Return serapan in percent at the end of a period by indicator of a sasaran.

    That of the programmes which serve its sasaran in the Renstra in force; None where it
    is not known, also while some spending is still to be keyed: what was not keyed is not
    0. Empty where no sasaran has a budget. Seven queries at most.
    """
    version = renstra_in_force(office, period.end)
    if version is None:
        return {}
    rows = _of_outcomes(version, period.year, period)
    if not any(row.money.budget for row in rows):
        return {}
    percent = {
        row.outcome.pk: row.money.percent if row.money.complete else None
        for row in rows
    }
    placed = version.indicators.filter(indicator__in=indicators, outcome__isnull=False)
    return {
        indicator: percent[outcome]
        for indicator, outcome in placed.values_list("indicator", "outcome")
    }


def _of_outcomes(
    version: RenstraVersion, year: int, until: Period | date
) -> list[OutcomeMoney]:
    office = version.renstra.unit_id
    money = serapan([office], year, until)[office]
    serving: dict[int, list[Absorbed]] = {}
    for outcome, programme in version.programmes.filter(
        outcome__isnull=False
    ).values_list("outcome", "programme"):
        serving.setdefault(outcome, []).append(money.of(programme))
    return [
        OutcomeMoney(row, rules.total_of(serving.get(row.pk, [])))
        for row in version.outcomes.all()
    ]


def _office(
    rows: list[Programme], budgets: dict[int, int], spent: dict[int, Spent]
) -> OfficeMoney:
    lines = [
        Line(
            row.pk,
            row.parent_id,
            row.name,
            budgets.get(row.pk),
            *spent.get(row.pk, Spent(None)),
        )
        for row in rows
    ]
    money = rules.add_up(lines)
    total = rules.total_of([money[row.pk] for row in rows if row.parent_id is None])
    return OfficeMoney(total, tuple(ProgrammeMoney(r, money[r.pk]) for r in rows))


def _budgets(offices: list[int], year: int, day: date) -> dict[int, int]:
    rows = Budget.objects.filter(programme__unit__in=offices, year=year)
    known: dict[int, dict[Stage, tuple[date, int]]] = {}
    for programme, stage, since, amount in rows.values_list(
        "programme", "stage", "since", "amount"
    ):
        known.setdefault(programme, {})[Stage(stage)] = (since, amount)
    found = {pk: rules.in_force_on(stages, day) for pk, stages in known.items()}
    return {pk: amount for pk, amount in found.items() if amount is not None}


class Spent(NamedTuple):
    """What was spent in rupiah, None for nothing keyed, and whether of all months."""

    amount: int | None
    throughout: bool = False


def _spent(offices: list[int], year: int, day: date) -> dict[int, Spent]:
    whole = Period(PeriodKind.YEAR, year)
    ended = {
        period.code: LENGTH[period.kind]
        for kind in PeriodKind
        for period in whole.within(kind)
        if period.end <= day
    }
    months = sum(period.end <= day for period in whole.within(PeriodKind.MONTH))
    rows: dict[int, list[tuple[str, int]]] = {}
    for programme, code, amount in Spending.objects.filter(
        programme__unit__in=offices, period_code__in=list(ended)
    ).values_list("programme", "period_code", "amount"):
        rows.setdefault(programme, []).append((code, amount))
    return {
        programme: Spent(
            sum(amount for _code, amount in keyed),
            sum(ended[code] for code, _amount in keyed) == months,
        )
        for programme, keyed in rows.items()
    }


def _day(until: Period | date) -> date:
    return until.end if isinstance(until, Period) else until


def _ids(units: Unit | Iterable[Unit | int]) -> list[int]:
    if hasattr(units, "pk"):
        return [units.pk]
    return [unit if isinstance(unit, int) else unit.pk for unit in units]


def spending_periods(programme: Programme, year: int) -> list[Period]:
    """Return the periods of a year for which spending of this row is recorded."""
    codes = Spending.objects.filter(
        Q(period_code=str(year)) | Q(period_code__startswith=f"{year}-"),
        programme=programme,
    ).values_list("period_code", flat=True)
    return [read_period(code) for code in codes]
