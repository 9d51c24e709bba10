"""What an RKT of a year, and a set of IKU, can be made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.worktime.periods import Period, PeriodKind

from ..models import IndicatorSet
from ..rules import Level
from .agreements import members_of
from .budgets import money_sheet
from .indicators import versions_in_force
from .sheets import office_plan
from .tree import funding, renstra_in_force, serving

if TYPE_CHECKING:
    from himpun.organization.models import Unit

    from ..models import AnnualPlan, IndicatorVersion, Programme, RenstraVersion
    from ..rules import Aim

LAST = 10**6
"""After everything that has a place."""


@dataclass(frozen=True)
class AnnualOffer:
    """What an RKT can hold, in the order of the Renstra in force, else of the plan.

    ``indicators`` have a target of the year and say what they serve; ``without`` stand
    in the Renstra and lack one. ``programmes`` have a depth and a budget: the pagu, else
    the indicative one, None for neither. ``codes`` and ``works`` are what the Renstra
    proposes: its indicators and its programmes themselves.
    """

    renstra: RenstraVersion | None
    indicators: tuple[tuple[IndicatorVersion, Aim, str], ...]
    without: tuple[IndicatorVersion, ...]
    programmes: tuple[tuple[Programme, int, int | None], ...]
    codes: tuple[str, ...]
    works: tuple[int, ...]


def annual_offer(office: Unit, year: int) -> AnnualOffer:
    """Return what the RKT of a year can hold; a fixed number of queries."""
    renstra = renstra_in_force(office, Period(PeriodKind.YEAR, year).end)
    plans = [plan.whole for plan in office_plan(office, year)]
    versions = [plan.version for plan in plans if plan.version]
    served = serving(renstra, [one.indicator_id for one in versions])
    order = {pk: number for number, pk in enumerate(served)}
    found = sorted(
        (
            (plan.version, plan.aim)
            for plan in plans
            if plan.version and plan.aim is not None
        ),
        key=lambda pair: order.get(pair[0].indicator_id, LAST),
    )
    having = {version.pk for version, _aim in found}
    works = _works(office, year, renstra)
    planned = (
        set(renstra.programmes.values_list("programme", flat=True)) if renstra else None
    )
    return AnnualOffer(
        renstra,
        tuple(
            (version, aim, _text(version, served.get(version.indicator_id)))
            for version, aim in found
        ),
        tuple(
            one
            for one in versions
            if one.indicator_id in served and one.pk not in having
        ),
        works,
        tuple(
            version.indicator.code
            for version, _aim in found
            if renstra is None or version.indicator_id in served
        ),
        tuple(
            one.pk
            for one, _depth, _amount in works
            if one.level == Level.PROGRAMME and (planned is None or one.pk in planned)
        ),
    )


def _planned(renstra: RenstraVersion | None) -> set[int] | None:
    if renstra is None:
        return None
    return set(renstra.programmes.values_list("programme", flat=True))


def _text(version: IndicatorVersion, served: object) -> str:
    return getattr(served, "text", version.indicator.group)


def _works(
    office: Unit, year: int, renstra: RenstraVersion | None
) -> tuple[tuple[Programme, int, int | None], ...]:
    indicative = funding(renstra, year)
    return tuple(
        (
            line.programme,
            line.depth,
            indicative.get(line.programme.pk)
            if line.money.budget is None
            else line.money.budget,
        )
        for line in money_sheet(office, year).lines
    )


def annual_plan_content(row: AnnualPlan) -> tuple[list[str], list[int]]:
    """Return which indicators (codes) and programmes (ids) an RKT works for."""
    rows = row.indicators.select_related("meaning__indicator")
    programmes = row.programmes.values_list("programme", flat=True)
    return [one.meaning.indicator.code for one in rows], list(programmes)


@dataclass(frozen=True)
class SetOffer:
    """What a set of IKU can hold: the office's indicators as they are defined now.

    ``newest`` is the last set, ``codes`` those it holds; without one, the indicators
    that were defined for tujuan and sasaran.
    """

    newest: IndicatorSet | None
    indicators: tuple[IndicatorVersion, ...]
    codes: tuple[str, ...]


def set_offer(office: Unit, year: int) -> SetOffer:
    """Return what a set of IKU from a year on can hold; a fixed number of queries."""
    versions = versions_in_force(office, Period(PeriodKind.YEAR, year).end)
    newest = IndicatorSet.objects.filter(unit=office).first()
    if newest is not None:
        codes = [one.meaning.indicator.code for one in members_of(newest)]
    else:
        upper = {Level.GOAL.value, Level.OUTCOME.value}
        codes = [x.indicator.code for x in versions if x.indicator.level in upper]
    return SetOffer(newest, tuple(versions), tuple(codes))
