"""Reading indicators: what is due, at which target, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun import formula
from himpun.wording import say
from himpun.worktime.periods import Period, PeriodKind, read_period

from .. import rules
from ..models import IndicatorVersion, PriorActual, Target
from ..rules import AimKind, Yardstick

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from himpun.organization.models import Unit
    from himpun.wording import Sentence

    from ..models import Indicator
    from ..rules import Aim, Figure, Measured

PRIOR_LABEL = say("data sebelum Himpun, tidak diverifikasi di sini")
"""What stands beside every figure that was not collected by Himpun."""


@dataclass(frozen=True)
class Promise:
    """A target as it stands: what is aimed at, and where it was promised."""

    aim: Aim
    origin: str

    @property
    def value(self) -> Decimal | None:
        """Its number; None for a range and a grade."""
        return rules.number_of(self.aim)


@dataclass(frozen=True)
class Earlier:
    """A figure of an earlier period with the label of where it comes from."""

    period_code: str
    figure: Figure
    origin: str
    prior: bool

    @property
    def value(self) -> Decimal | None:
        """Its number; None for a grade."""
        return rules.number_of(self.figure)

    @property
    def label(self) -> str:
        """The period as people read it."""
        return read_period(self.period_code).label


SCALES = ("scale", "grade_scale")
"""What a version is judged by; read with it wherever a figure is measured."""


def versions_in_force(office: Unit | int, day: date) -> list[IndicatorVersion]:
    """Return the version in force of each indicator of an office, in print order."""
    rows = (
        IndicatorVersion.objects.filter(indicator__unit=office, since__lte=day)
        .select_related("indicator", *SCALES)
        .order_by("indicator__order", "indicator__code")
    )
    versions: dict[int, list[IndicatorVersion]] = {}
    for row in rows:
        versions.setdefault(row.indicator_id, []).append(row)
    found = [rules.in_force(several, day) for several in versions.values()]
    return [version for version in found if version is not None]


@dataclass(frozen=True)
class Meanings:
    """The versions of several indicators, read at once."""

    by_indicator: Mapping[int, list[IndicatorVersion]]

    def of(self, indicator: int, year: int) -> IndicatorVersion | None:
        """Return the version that measures a year, None before the first one."""
        return rules.in_force(
            self.by_indicator.get(indicator, []), Period(PeriodKind.YEAR, year).end
        )


def meanings_of(indicators: Iterable[int]) -> Meanings:
    """Return all versions of indicators with what they are judged by, one query."""
    rows = IndicatorVersion.objects.filter(indicator__in=indicators)
    found: dict[int, list[IndicatorVersion]] = {}
    for row in rows.select_related("indicator", *SCALES):
        found.setdefault(row.indicator_id, []).append(row)
    return Meanings(found)


def version_for(indicator: Indicator, period: Period) -> IndicatorVersion | None:
    """Return the version that measures a period, None before the first one."""
    return rules.in_force(
        indicator.versions.select_related("indicator", *SCALES), period.end
    )


def components_of(version: IndicatorVersion) -> tuple[formula.Component, ...]:
    """Return the variables of a version's formula in their order."""
    return tuple(
        formula.Component(
            row.code, row.name, row.unit, row.least, formula.OverTime(row.over_time)
        )
        for row in version.components.all()
    )


def calculated(
    version: IndicatorVersion, values: Mapping[str, Decimal | None]
) -> formula.Calculation:
    """Return what the formula of a version gives for its components, with each step."""
    return formula.calculate(
        formula.read_formula(version.formula), components_of(version), values
    )


def due(office: Unit | int, period: Period) -> list[IndicatorVersion]:
    """Return what an office collects in a case of this period, in print order."""
    rows = versions_in_force(office, period.end)
    return [row for row in rows if rules.is_due(PeriodKind(row.frequency), period.kind)]


def targets(
    indicators: Iterable[int],
    period_codes: Iterable[str],
    kind: AimKind = AimKind.TARGET,
) -> dict[tuple[int, str], Promise]:
    """Return targets by (indicator, period code); one not set is left out."""
    rows = Target.objects.filter(
        indicator__in=indicators, period_code__in=period_codes, kind=kind
    )
    return {
        (row.indicator_id, row.period_code): Promise(row.aim, row.origin)
        for row in rows
    }


def target_of(indicator: int, period_code: str) -> Aim | None:
    """Return one target, None when none was set."""
    found = targets([indicator], [period_code]).get((indicator, period_code))
    return found.aim if found else None


@dataclass(frozen=True)
class Ahead(Promise):
    """An aim to compare with, and the year for which it was written."""

    year: int


@dataclass(frozen=True)
class Beside:
    """What a figure is compared with: the end of the plan, the national standard."""

    medium: Ahead | None = None
    standard: Ahead | None = None


def ahead(indicators: Iterable[int], year: int) -> dict[int, Beside]:
    """Return by indicator the medium-term target and national standard of a year.

    The target of the next end of a plan, this year's or later; the newest standard that
    was noted for this year or before. One query.
    """
    rows = Target.objects.filter(
        indicator__in=indicators, kind__in=[AimKind.MEDIUM_TERM, AimKind.STANDARD]
    )
    medium: dict[int, Ahead] = {}
    standard: dict[int, Ahead] = {}
    for row in sorted(rows, key=lambda row: row.period_code):
        one = Ahead(row.aim, row.origin, read_period(row.period_code).year)
        if row.kind == AimKind.STANDARD and one.year <= year:
            standard[row.indicator_id] = one
        elif row.kind == AimKind.MEDIUM_TERM and one.year >= year:
            medium.setdefault(row.indicator_id, one)
    return {
        indicator: Beside(medium.get(indicator), standard.get(indicator))
        for indicator in medium.keys() | standard.keys()
    }


def period_of_target(target: Target) -> Period:
    """Return the period a target is for."""
    return read_period(target.period_code)


def split_doubt(version: IndicatorVersion, year: int) -> Sentence | None:
    """Return what does not fit between a year's target and those of its periods.

    None where it fits, where the year has no number as its target, for an indicator
    of the year, and where no period has a target: then the year was not split.
    """
    kind = PeriodKind(version.frequency)
    whole = Period(PeriodKind.YEAR, year)
    periods = whole.within(kind)
    found = targets([version.indicator_id], [p.code for p in (whole, *periods)])
    aims = {code: promise.value for (_indicator, code), promise in found.items()}
    return rules.periods_doubt(
        aims.get(whole.code),
        [formula.Part(p.label, aims.get(p.code)) for p in periods],
        kind,
        formula.OverTime(version.over_time),
    )


def earlier(
    indicators: Iterable[int], period_codes: Iterable[str]
) -> dict[tuple[int, str], Earlier]:
    """Return the figures from before Himpun by (indicator, period code)."""
    rows = PriorActual.objects.filter(
        indicator__in=indicators, period_code__in=period_codes
    )
    return {
        (row.indicator_id, row.period_code): Earlier(
            row.period_code, row.figure, PRIOR_LABEL, prior=True
        )
        for row in rows
    }


def history(indicators: Iterable[int]) -> dict[int, list[Earlier]]:
    """Return all figures from before Himpun by indicator, oldest period first."""
    found: dict[int, list[Earlier]] = {}
    rows = PriorActual.objects.filter(indicator__in=indicators)
    for row in sorted(rows, key=lambda row: read_period(row.period_code).end):
        found.setdefault(row.indicator_id, []).append(
            Earlier(row.period_code, row.figure, PRIOR_LABEL, prior=True)
        )
    return found


def yardstick(version: IndicatorVersion) -> Yardstick:
    """Return by what a version is judged; its scales are read with it (`SCALES`)."""
    return Yardstick(
        scale=formula.Scale.from_json(version.scale.data),
        rule=rule_of(version),
        grades=grades_of(version),
        grade_rule=formula.GradeRule(version.grade_rule),
    )


def grades_of(version: IndicatorVersion) -> formula.GradeScale | None:
    """Return the grades of a qualitative indicator, None of any other."""
    kept = version.grade_scale
    return formula.GradeScale.from_json(kept.data) if kept else None


def rule_of(version: IndicatorVersion) -> formula.AchievementRule | None:
    """Return what turns target and realisasi into a capaian; None if qualitative."""
    if not version.polarity:
        return None
    return formula.AchievementRule(
        formula.Polarity(version.polarity),
        formula.ZeroTarget(version.zero_target),
        formula.ZeroActual(version.zero_actual),
        version.cap,
        formula.CapOn(version.cap_on),
    )


def way_of(version: IndicatorVersion) -> Sentence:
    """Return which way an indicator is good, in words."""
    polarity = formula.Polarity(version.polarity) if version.polarity else None
    return rules.way_words(polarity, formula.GradeRule(version.grade_rule))


def measured(
    version: IndicatorVersion, *, actual: Figure | None, target: Aim | None
) -> Measured:
    """Return achievement and rank of a figure by what this version says."""
    return rules.measure(yardstick(version), actual=actual, target=target)
