"""Reading the instruments of a year: the newest, or the one of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import ActionPlan, AnnualPlan, IndicatorSet, PerjanjianKinerja

if TYPE_CHECKING:
    from datetime import date

    from himpun.organization.models import Position, Unit


def annual_plan(office: Unit | int, year: int) -> AnnualPlan | None:
    """Return the newest RKT of a year, None where there is none."""
    return AnnualPlan.objects.filter(unit=office, year=year).first()


def agreement(
    position: Position | int, year: int, day: date | None = None
) -> PerjanjianKinerja | None:
    """Return the PK of a position that holds on a day; the newest without a day."""
    rows = PerjanjianKinerja.objects.filter(first=position, year=year)
    return rows.filter(agreed_on__lte=day).first() if day else rows.first()


def agreements(office: Unit | int, year: int) -> list[PerjanjianKinerja]:
    """Return all PK of an office's positions in a year, the newest of each first."""
    rows = PerjanjianKinerja.objects.filter(first__unit__office=office, year=year)
    return list(rows.select_related("first", "second"))


def action_plan(agreement: PerjanjianKinerja) -> ActionPlan | None:
    """Return the newest rencana aksi of a PK, None where there is none."""
    return agreement.action_plans.first()


def key_indicators(office: Unit | int, day: date) -> IndicatorSet | None:
    """Return the set of IKU in force on a day, None before the first."""
    rows = IndicatorSet.objects.filter(unit=office, since__lte=day)
    return rows.order_by("-since", "-number").first()
