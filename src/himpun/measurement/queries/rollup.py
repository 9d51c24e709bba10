"""The figures of a parent from those of the offices below it.

A query, not a table: it reads the stored achievements with the same number of
statements for any number of offices, indicators and periods, and `himpun.formula` adds
up. An office's indicator belongs to the parent's when code and meaning are the same
(docs/decisions/0030).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from himpun import formula
from himpun.organization import queries as organization
from himpun.planning import queries as planning
from himpun.planning.models import IndicatorVersion
from himpun.wording import say
from himpun.worktime.periods import LENGTH, PeriodKind

from ..models import Achievement
from ..rules import Given, Recipe, over_time, over_units, prevailing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from himpun.formula import Combined
    from himpun.organization.models import Unit
    from himpun.planning.queries import Promise
    from himpun.planning.rules import Aim, Measured
    from himpun.wording import Sentence
    from himpun.worktime.periods import Period

COUNTED = say("")
WITHOUT = say("belum memiliki indikator ini")
OTHER = say("definisinya berbeda: nama, satuan, atau rumusnya tidak sama")
EMPTY = say("realisasi belum diisi")
UNWEIGHTED = say("bobotnya belum ditetapkan")
INCOMPLETE = say("komponennya belum lengkap")


@dataclass(frozen=True)
class Portion:
    """What one office gives to a total; ``left_out`` says why it is not in it."""

    unit: Unit
    achievement: Achievement | None
    inputs: dict[str, Decimal | None]
    weight: Decimal | None
    left_out: Sentence


@dataclass(frozen=True)
class RollUp:
    """An indicator of a parent in a period, with all that made it.

    ``total`` holds "x dari y" and names who is missing. ``by_time``: it follows from
    the ``periods`` within; else from the figures in ``portions``. ``used`` are those
    that it rests on, of every period within where it is ``by_time``.
    """

    version: IndicatorVersion
    period: Period
    total: Combined
    portions: tuple[Portion, ...]
    periods: tuple[tuple[Period, Combined], ...]
    by_time: bool
    used: tuple[Portion, ...]
    target: Promise | None
    measured: Measured

    @property
    def aim(self) -> Aim | None:
        """What is aimed at, None without a target."""
        return self.target.aim if self.target else None

    @property
    def provisional(self) -> int:
        """How many of the figures in it are not verified (yet, or here)."""
        return sum(
            1
            for one in self.used
            if one.achievement and not one.left_out and not one.achievement.verified
        )


def recipe_of(version: IndicatorVersion) -> Recipe:
    """Return how a version is combined; its components are read with it."""
    return Recipe(
        formula.OverUnits(version.over_units),
        formula.OverTime(version.over_time),
        formula.read_formula(version.formula) if version.formula else None,
        planning.components_of(version) if version.formula else (),
        graded=version.grade_scale_id is not None,
    )


def years_below(parent: Unit) -> list[int]:
    """Return the years of which offices below have figures, newest first."""
    rows = Achievement.objects.filter(unit__parent=parent).order_by()
    codes = rows.values_list("period_code", flat=True).distinct()
    return sorted({int(code[:4]) for code in codes}, reverse=True)


def roll_up(version: IndicatorVersion, period: Period) -> RollUp:
    """Return one indicator of a parent in a period; seven queries, of eight at most."""
    return _all(version.indicator.unit, [version], period)[0]


def roll_ups(parent: Unit, period: Period) -> list[RollUp]:
    """Return the indicators of a parent that are due in a period, in print order.

    Eight queries whatever the number of offices, indicators and periods within.
    """
    return _all(parent, planning.due(parent, period), period)


def _all(
    parent: Unit, versions: Sequence[IndicatorVersion], period: Period
) -> list[RollUp]:
    below = list(organization.offices_below(parent))
    promised = planning.targets([v.indicator_id for v in versions], [period.code])
    prefetch_related_objects(versions, "components", "weights")
    codes = {v.indicator.code for v in versions}
    owned = _owned(parent, codes, period)
    stored = _stored(parent, codes, period, versions)
    return [
        _one(
            Asked(
                version,
                recipe_of(version),
                period,
                _expected(below, owned[version.indicator.code]),
            ),
            owned[version.indicator.code],
            stored,
            promised.get((version.indicator_id, period.code)),
        )
        for version in versions
    ]


@dataclass(frozen=True)
class Asked:
    """An indicator of a parent, the period, and the offices that should have it."""

    version: IndicatorVersion
    recipe: Recipe
    period: Period
    offices: list[Unit]


Owned = dict[int, dict[int, str]]
"""By office: the meaning of each version of its indicator of a code, by its number."""
Stored = dict[tuple[int, str, str], Achievement]


def _owned(parent: Unit, codes: Iterable[str], period: Period) -> dict[str, Owned]:
    """Return by code which offices have the indicator, and what its versions mean."""
    found: dict[str, Owned] = defaultdict(lambda: defaultdict(dict))
    rows = IndicatorVersion.objects.filter(
        indicator__unit__parent=parent,
        indicator__code__in=codes,
        since__lte=period.end,
    ).values_list("indicator__code", "indicator__unit", "number", "meaning")
    for code, unit, number, meaning in rows:
        found[code][unit][number] = meaning
    return found


def _expected(below: list[Unit], owned: Owned) -> list[Unit]:
    """Return the offices that should give a figure: those of a kind that has it."""
    kinds = {unit.kind for unit in below if unit.pk in owned}
    return [unit for unit in below if unit.kind in kinds]


def periods_within(version: IndicatorVersion, period: Period) -> tuple[Period, ...]:
    """Return the periods of an indicator's own kind inside a longer one, else none."""
    kind = PeriodKind(version.frequency)
    return period.within(kind) if LENGTH[kind] < LENGTH[period.kind] else ()


def _stored(
    parent: Unit,
    codes: Iterable[str],
    period: Period,
    versions: Iterable[IndicatorVersion],
) -> Stored:
    """Return the achievements of the offices by (office, code, period)."""
    periods = {p.code for v in versions for p in periods_within(v, period)}
    rows = Achievement.objects.filter(
        indicator__unit__parent=parent,
        indicator__code__in=codes,
        period_code__in=periods | {period.code},
    ).select_related("indicator")
    return {
        (row.unit_id, row.indicator.code, row.period_code): row
        for row in rows
        if row.unit_id == row.indicator.unit_id
    }


def _one(asked: Asked, owned: Owned, stored: Stored, target: Promise | None) -> RollUp:
    version, recipe = asked.version, asked.recipe
    portions = _portions(asked, asked.period, owned, stored)
    own = over_units(recipe, [_given(one) for one in portions])
    within = {
        period: _portions(asked, period, owned, stored)
        for period in periods_within(version, asked.period)
    }
    shorter = [
        (period, over_units(recipe, [_given(one) for one in each]))
        for period, each in within.items()
    ]
    by_time = not prevailing(own, [total for _period, total in shorter])
    total = own.combined
    if by_time:
        total = over_time(recipe, [(p.label, each) for p, each in shorter])
    return RollUp(
        version=version,
        period=asked.period,
        total=total,
        portions=portions,
        periods=tuple((period, each.combined) for period, each in shorter),
        by_time=by_time,
        used=tuple(chain(*within.values())) if by_time else portions,
        target=target,
        measured=planning.measured(
            version, actual=total.value, target=target.aim if target else None
        ),
    )


def _portions(
    asked: Asked, period: Period, owned: Owned, stored: Stored
) -> tuple[Portion, ...]:
    code = asked.version.indicator.code
    weights = {row.unit_id: row.weight for row in asked.version.weights.all()}
    found = []
    for unit in asked.offices:
        row = stored.get((unit.pk, code, period.code))
        one = Portion(unit, row, _inputs(row), weights.get(unit.pk), COUNTED)
        why = _strange(asked, owned.get(unit.pk), row) or _left_out(asked.recipe, one)
        found.append(replace(one, left_out=why))
    return tuple(found)


def _strange(
    asked: Asked, means: dict[int, str] | None, row: Achievement | None
) -> Sentence:
    """Return why an office gives no figure of this meaning at all; empty when it does."""
    if not means:
        return WITHOUT
    if row is None:
        return EMPTY
    same = means.get(row.indicator_version) == asked.version.meaning
    return COUNTED if same else OTHER


def _inputs(row: Achievement | None) -> dict[str, Decimal | None]:
    """Return the components of a stored figure as numbers."""
    return {
        code: None if value is None else Decimal(value)
        for code, value in (row.inputs if row else {}).items()
    }


def _left_out(recipe: Recipe, one: Portion) -> Sentence:
    """Return why a figure of the right meaning is not in the total; empty when it is."""
    if recipe.needed:
        return INCOMPLETE if recipe.lacks(one.inputs) else COUNTED
    if one.achievement is None or one.achievement.figure is None:
        return EMPTY
    weighted = recipe.over_units is formula.OverUnits.WEIGHTED
    return UNWEIGHTED if weighted and one.weight is None else COUNTED


def _given(one: Portion) -> Given:
    """Return a portion for adding up; one that is left out gives nothing."""
    if one.left_out or one.achievement is None:
        return Given(one.unit.name, None)
    return Given(one.unit.name, one.achievement.actual, one.inputs, one.weight)
