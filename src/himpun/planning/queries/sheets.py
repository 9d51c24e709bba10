"""Reading what an indicator should reach in a year, as one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula.targets import OutOf
from himpun.worktime.periods import Period, PeriodKind

from .. import rules
from ..models import Category, IndicatorVersion, Target
from ..rules import AimKind
from .indicators import SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from himpun.organization.models import Unit
    from himpun.wording import Sentence

    from ..models import TargetPart
    from ..rules import Aim


KEYS = {AimKind.MEDIUM_TERM: "akhir-", AimKind.STANDARD: "standar-"}
"""Before the period in the name of an aim that is no target of that period."""


def planned_years(office: Unit | int) -> set[int]:
    """Return the years for which an office has targets."""
    codes = Target.objects.filter(
        indicator__unit=office, kind=AimKind.TARGET.value
    ).values_list("period_code", flat=True)
    return {int(code[:4]) for code in codes.distinct()}


@dataclass(frozen=True)
class Planned:
    """A line of a year's plan: a period with its target and the parts of that.

    ``version`` says what a target may be there; None: no target can be set (yet).
    """

    kind: AimKind
    period: Period
    version: IndicatorVersion | None
    target: Target | None
    parts: tuple[TargetPart, ...]

    @property
    def aim(self) -> Aim | None:
        """What is aimed at, None without a target."""
        return self.target.aim if self.target else None

    @property
    def value(self) -> Decimal | None:
        """Its number; None for a range, a grade and no target."""
        return rules.number_of(self.aim)

    @property
    def out_of(self) -> OutOf | None:
        """The "100 dari 110" that it was printed as, if it was."""
        row = self.target
        if row is None or row.numerator is None or row.denominator is None:
            return None
        return OutOf(row.numerator, row.denominator, row.counted)

    @property
    def typed(self) -> str:
        """The target as a person types it."""
        return rules.write_aim(self.aim, self.out_of)

    @property
    def key(self) -> str:
        """Its name in a form: "awal" for the baseline, else with the period's code."""
        if self.kind is AimKind.BASELINE:
            return "awal"
        return f"{KEYS.get(self.kind, '')}{self.period.code}"

    @property
    def doubt(self) -> Sentence | None:
        """What does not fit between the target and its parts, one split after another."""
        if self.version is None:
            return None
        splits: dict[int | None, list[formula.Part]] = {}
        for part in self.parts:
            dimension = part.category.dimension_id if part.category else None
            one = formula.Part(part.name, rules.number_of(part.aim))
            splits.setdefault(dimension, []).append(one)
        how = formula.OverUnits(self.version.over_units)
        found = (rules.parts_doubt(self.value, parts, how) for parts in splits.values())
        return next((doubt for doubt in found if doubt is not None), None)


@dataclass(frozen=True)
class YearPlan:
    """The targets of an indicator in a year: where it started, the year, its periods.

    ``beside`` are aims to compare with, no parts of the year. ``doubt`` is what does not
    fit between the year and its periods.
    """

    year: int
    baseline: Planned
    whole: Planned
    periods: tuple[Planned, ...]
    beside: tuple[Planned, ...] = ()

    @property
    def lines(self) -> tuple[Planned, ...]:
        """All of them in the order of a form."""
        return (self.baseline, self.whole, *self.periods, *self.beside)

    @property
    def origins(self) -> list[str]:
        """Where the targets come from, each document once."""
        own = (self.baseline, self.whole, *self.periods)
        found = (line.target.origin for line in own if line.target)
        return list(dict.fromkeys(found))

    @property
    def doubt(self) -> Sentence | None:
        """What does not fit between the year's target and those of its periods."""
        version = self.whole.version
        if version is None:
            return None
        return rules.periods_doubt(
            self.whole.value,
            [formula.Part(line.period.label, line.value) for line in self.periods],
            PeriodKind(version.frequency),
            formula.OverTime(version.over_time),
        )


def year_plan(
    versions: list[IndicatorVersion],
    year: int,
    beside: Sequence[tuple[AimKind, Period]] = (),
) -> YearPlan:
    """Return what an indicator should reach in a year, by all its versions.

    A fixed number of queries. The periods are those of the version in force at the
    year's end; the baseline is the state at the end of the year before. ``beside``
    names the aims to compare with that are wanted as well.
    """
    codes = [*_codes(year), *(period.code for _kind, period in beside)]
    rows = Target.objects.filter(
        indicator=versions[0].indicator_id, period_code__in=codes
    ).prefetch_related("parts__unit", "parts__category__dimension")
    return _sheet(versions, year, rows, beside)


def office_plan(office: Unit | int, year: int) -> list[YearPlan]:
    """Return the plan of a year of each indicator in force at its end, in print order.

    A fixed number of queries, however many indicators.
    """
    versions: dict[int, list[IndicatorVersion]] = {}
    for version in (
        IndicatorVersion.objects.filter(indicator__unit=office)
        .select_related("indicator", *SCALES)
        .order_by("indicator__order", "indicator__code", "-number")
    ):
        versions.setdefault(version.indicator_id, []).append(version)
    rows: dict[int, list[Target]] = {}
    for row in Target.objects.filter(
        indicator__in=versions, period_code__in=_codes(year)
    ).prefetch_related("parts__unit", "parts__category__dimension"):
        rows.setdefault(row.indicator_id, []).append(row)
    plans = [_sheet(own, year, rows.get(pk, ())) for pk, own in versions.items()]
    return [plan for plan in plans if plan.whole.version]


def _codes(year: int) -> list[str]:
    """Return the codes of all periods that a plan of this year speaks of."""
    whole = Period(PeriodKind.YEAR, year)
    periods = [period for kind in PeriodKind for period in whole.within(kind)]
    return [whole.before().code, *(period.code for period in periods)]


def _sheet(
    versions: list[IndicatorVersion],
    year: int,
    rows: Iterable[Target],
    beside: Sequence[tuple[AimKind, Period]] = (),
) -> YearPlan:
    whole = Period(PeriodKind.YEAR, year)
    last = rules.in_force(versions, whole.end)
    frequency = PeriodKind(last.frequency) if last else PeriodKind.YEAR
    within = () if frequency is PeriodKind.YEAR else whole.within(frequency)
    asked = [(AimKind.BASELINE, whole.before()), (AimKind.TARGET, whole)]
    asked += [(AimKind.TARGET, period) for period in within]
    first = len(asked)
    asked += beside
    found = {(row.kind, row.period_code): row for row in rows}
    lines = [
        _planned(kind, p, found.get((kind, p.code)), versions) for kind, p in asked
    ]
    return YearPlan(
        year, lines[0], lines[1], tuple(lines[2:first]), tuple(lines[first:])
    )


def _planned(
    kind: AimKind, period: Period, row: Target | None, versions: list[IndicatorVersion]
) -> Planned:
    version = rules.in_force(versions, period.end)
    if version is None and kind is AimKind.BASELINE:
        version = versions[-1]
    parts = sorted(row.parts.all(), key=lambda part: part.pk) if row else ()
    return Planned(kind, period, version, row, tuple(parts))


def categories(office: Unit | int) -> list[Category]:
    """Return the categories of all dimensions of an office, in their order."""
    rows = Category.objects.filter(dimension__unit=office).select_related("dimension")
    return list(rows.order_by("dimension__name", "dimension", "order", "name"))
