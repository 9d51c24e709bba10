"""A figure beside others, as Bab III of the Laporan Kinerja wants it.

PermenPANRB 53/2014 lampiran II: last year and several years, the target at the end of the
strategic plan, the national standard if there is one, the efficiency of resources.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, QuerySet, Subquery

from himpun import formula
from himpun.formula import Polarity, Span
from himpun.planning import queries as planning
from himpun.planning import rules as plan
from himpun.planning.models import IndicatorVersion
from himpun.wording import say

from ..models import Achievement
from ..rules import YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from himpun.formula import Comparison, Efficiency, Years
    from himpun.planning.queries import Ahead
    from himpun.planning.rules import Aim, Figure, Measured

    from .tables import Line, Table

OTHER_MEASURE = say("satuannya berbeda pada tahun itu")


@dataclass(frozen=True)
class Beside:
    """An indicator's figure beside others; None where there is nothing to compare with.

    ``years`` ends with this one; the last of its steps is the comparison with last year.
    """

    version: IndicatorVersion
    years: Years
    medium: Ahead | None
    toward: Measured | None
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
    percent by indicator; without it nothing is said of efficiency. Grades are compared
    by their places, and never with rupiah: "tercapai" is no amount.
    """
    lines = list(table.lines)
    ids = [line.version.indicator_id for line in lines]
    known = _known(table, lines)
    ahead = planning.ahead(ids, table.period.year)
    return [_beside(line, table, (known, ahead), absorbed) for line in table.lines]


def with_measures(rows: QuerySet[Achievement]) -> list[tuple[Achievement, str]]:
    """Return figures, each with the unit of measure that it had then; one query."""
    then = IndicatorVersion.objects.filter(
        indicator=OuterRef("indicator"), number=OuterRef("indicator_version")
    )
    found = rows.annotate(measured_in=Subquery(then.values("unit_of_measure")[:1]))
    return [(row, row.measured_in) for row in found]


@dataclass(frozen=True)
class Known:
    """Figures by (indicator, code of a period); ``other`` were in another unit then.

    Percent stand beside percent, not beside persons: those are no figures here.
    """

    figures: Mapping[tuple[int, str], Figure | None]
    other: frozenset[tuple[int, str]]


def _known(table: Table, lines: list[Line]) -> Known:
    codes = [code for _year, code in _years(table)]
    measures = {
        v.indicator_id: v.unit_of_measure for v in (one.version for one in lines)
    }
    rows = Achievement.objects.filter(
        indicator__in=measures, unit=F("indicator__unit"), period_code__in=codes
    )
    figures, other = {}, set()
    for row, measure in with_measures(rows):
        key = (row.indicator_id, row.period_code)
        if measure == measures[row.indicator_id]:
            figures[key] = row.figure
        else:
            other.add(key)
    return Known(figures, frozenset(other))


def _years(table: Table) -> list[tuple[int, str]]:
    """Return the years to compare, oldest first, each with the code of its period."""
    period = table.period
    first = period.year - YEARS + 1
    years = range(first, period.year + 1)
    return [(year, replace(period, year=year).code) for year in years]


def _beside(
    line: Line,
    table: Table,
    beside: tuple[Known, dict[int, planning.Beside]],
    absorbed: Mapping[int, Decimal | None] | None,
) -> Beside:
    known, ahead = beside
    version, indicator = line.version, line.version.indicator_id
    aims = ahead.get(indicator, planning.Beside())
    codes = _years(table)
    figures = [(year, known.figures.get((indicator, code))) for year, code in codes]
    years, against = _compared(version, figures, line.aim, aims.standard)
    if (indicator, codes[-2][1]) in known.other:
        years = _not_beside(years)
    return Beside(
        version=version,
        years=years,
        medium=aims.medium,
        toward=planning.measured(version, actual=figures[-1][1], target=aims.medium.aim)
        if aims.medium
        else None,
        standard=aims.standard,
        against=against,
        efficiency=_efficiency(line, absorbed) if absorbed is not None else None,
    )


def _not_beside(years: Years) -> Years:
    """Say why this year is not compared with the one before."""
    year, last = years.steps[-1]
    step = (year, replace(last, reason=OTHER_MEASURE))
    return replace(years, steps=(*years.steps[:-1], step))


def _compared(
    version: IndicatorVersion,
    figures: Sequence[tuple[int, Figure | None]],
    aim: Aim | None,
    standard: Ahead | None,
) -> tuple[Years, Comparison | None]:
    """Return the years beside each other, and the last one beside the standard."""
    grades = planning.grades_of(version)
    if grades is not None:
        named = [(year, _grade(figure)) for year, figure in figures]
        other = formula.compare_grades(
            named[-1][1], _grade(standard.aim) if standard else None, grades
        )
        years = formula.compare_grade_years(named, grades)
        return years, other if standard else None
    polarity, target = Polarity(version.polarity), _target(aim)
    numbers = [(year, plan.number_of(figure)) for year, figure in figures]
    beside = standard.value if standard else None
    against = formula.compare(numbers[-1][1], beside, polarity, target)
    years = formula.compare_years(numbers, polarity, target)
    return years, against if standard else None


def _efficiency(line: Line, absorbed: Mapping[int, Decimal | None]) -> Efficiency:
    if line.version.grade_scale_id is not None:
        return replace(
            formula.efficiency(None, None), reason=say("tidak dinilai untuk tingkat")
        )
    value = line.achievement.value if line.achievement else None
    return formula.efficiency(value, absorbed.get(line.version.indicator_id))


def _grade(aim: Aim | None) -> str | None:
    """Return an aim as a grade; a number or a range is none."""
    return aim if isinstance(aim, str) else None


def _target(aim: Aim | None) -> Decimal | Span | None:
    """Return an aim as the arithmetic takes it; a grade is no number."""
    return None if isinstance(aim, str) else aim
