"""A figure beside others, as Bab III of the Laporan Kinerja wants it.

PermenPANRB 53/2014 lampiran II: last year and several years, the target at the end of the
strategic plan, the national standard if there is one, the efficiency of resources.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import F

from himpun import formula
from himpun.formula import Polarity, Span
from himpun.planning import queries as planning

from ..models import Achievement
from ..rules import YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from himpun.formula import Comparison, Efficiency, Years
    from himpun.planning.models import IndicatorVersion
    from himpun.planning.queries import Ahead
    from himpun.planning.rules import Aim

    from .tables import Line, Table


@dataclass(frozen=True)
class Beside:
    """An indicator's figure beside others; None where there is nothing to compare with.

    ``years`` ends with this one; the last of its steps is the comparison with last year.
    """

    version: IndicatorVersion
    years: Years
    medium: Ahead | None
    toward: formula.Achievement | None
    standard: Ahead | None
    against: Comparison | None
    efficiency: Efficiency | None

    @property
    def last_year(self) -> Comparison:
        """This year beside the one before."""
        return self.years.steps[-1][1]


def comparisons(
    table: Table, absorbed: Mapping[int, Decimal | None] | None = None
) -> list[Beside]:
    """Return the comparisons of a table's indicators; two queries for any number.

    A period is compared with the same one of other years. ``absorbed`` is the serapan in
    percent by indicator; without it nothing is said of efficiency. Grades are no numbers
    and are left out.
    """
    lines = [line for line in table.lines if line.version.polarity]
    ids = [line.version.indicator_id for line in lines]
    known = _figures(table, ids)
    ahead = planning.ahead(ids, table.period.year)
    return [_beside(line, table, (known, ahead), absorbed) for line in lines]


Figures = dict[tuple[int, str], "Decimal | None"]


def _figures(table: Table, ids: list[int]) -> Figures:
    codes = [code for _year, code in _years(table)]
    rows = Achievement.objects.filter(
        indicator__in=ids, unit=F("indicator__unit"), period_code__in=codes
    )
    return {(row.indicator_id, row.period_code): row.actual for row in rows}


def _years(table: Table) -> list[tuple[int, str]]:
    """Return the years to compare, oldest first, each with the code of its period."""
    period = table.period
    first = period.year - YEARS + 1
    years = range(first, period.year + 1)
    return [(year, replace(period, year=year).code) for year in years]


def _beside(
    line: Line,
    table: Table,
    beside: tuple[Figures, dict[int, planning.Beside]],
    absorbed: Mapping[int, Decimal | None] | None,
) -> Beside:
    known, ahead = beside
    version, indicator = line.version, line.version.indicator_id
    polarity = Polarity(version.polarity)
    rule = planning.rule_of(version) or polarity
    target = _target(line.aim)
    aims = ahead.get(indicator, planning.Beside())
    now = known.get((indicator, table.period.code))
    figures = [(year, known.get((indicator, code))) for year, code in _years(table)]
    value = line.achievement.value if line.achievement else None
    return Beside(
        version=version,
        years=formula.compare_years(figures, polarity, target),
        medium=aims.medium,
        toward=formula.toward_medium_term(now, _target(aims.medium.aim), rule)
        if aims.medium
        else None,
        standard=aims.standard,
        against=formula.compare(now, aims.standard.value, polarity, target)
        if aims.standard
        else None,
        efficiency=formula.efficiency(value, absorbed.get(indicator))
        if absorbed is not None
        else None,
    )


def _target(aim: Aim | None) -> Decimal | Span | None:
    """Return an aim as the arithmetic takes it; a grade is no number."""
    return None if isinstance(aim, str) else aim
