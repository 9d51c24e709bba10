"""Reading what the versions of an indicator say, and the scales to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from himpun import formula
from himpun.worktime.periods import PeriodKind

from .. import rules
from ..models import Indicator
from ..rules import Definition
from .indicators import SCALES, components_of

if TYPE_CHECKING:
    from himpun.organization.models import Unit

    from ..models import IndicatorVersion, KeptScale


def definition_of(version: IndicatorVersion) -> Definition:
    """Return what a version says, as `actions.revise_indicator` takes it."""
    indicator = version.indicator
    return Definition(
        code=indicator.code,
        level=rules.Level(indicator.level),
        group=indicator.group,
        order=indicator.order,
        name=version.name,
        definition=version.definition,
        unit_of_measure=version.unit_of_measure,
        decimals=version.decimals,
        polarity=formula.Polarity(version.polarity) if version.polarity else None,
        zero_target=formula.ZeroTarget(version.zero_target),
        zero_actual=formula.ZeroActual(version.zero_actual),
        cap=version.cap,
        cap_on=formula.CapOn(version.cap_on),
        formula=version.formula,
        components=components_of(version),
        over_time=formula.OverTime(version.over_time),
        over_units=formula.OverUnits(version.over_units),
        frequency=PeriodKind(version.frequency),
        in_charge=version.in_charge,
        mechanism=version.mechanism,
        medium=version.medium,
        evidence_rule=version.evidence_rule,
        evidence_required=version.evidence_required,
        grade_rule=formula.GradeRule(version.grade_rule),
        since=version.since,
        origin=version.origin,
    )


def described(version: IndicatorVersion) -> tuple[rules.Fact, ...]:
    """Return a version in plain sentences; its scales are read with it (`SCALES`)."""
    return rules.describe(
        definition_of(version),
        scale=_scale_words(version.scale),
        grade_scale=_scale_words(version.grade_scale),
    )


def _scale_words(kept: KeptScale | None) -> str:
    return f"{kept.name} ({kept.source})" if kept else ""


def versions_of(indicator: Indicator) -> list[IndicatorVersion]:
    """Return all versions of an indicator, newest first; two queries."""
    return list(
        indicator.versions.select_related("indicator", *SCALES)
        .prefetch_related("components")
        .order_by("-number")
    )


def next_order(office: Unit | int) -> int:
    """Return the place in print of an indicator after all others of an office."""
    last = Indicator.objects.filter(unit=office).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1
