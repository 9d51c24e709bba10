"""Reading the instruments of a year: the newest, or the one of a day."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from himpun import formula
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.wording import joined
from himpun.worktime.periods import Period, PeriodKind, read_period

from .. import rules
from ..models import ActionPlan, AnnualPlan, IndicatorSet, PerjanjianKinerja
from ..rules import ActionStep, Promised, SaidAgreement, SaidIndicator, SaidProgramme
from .budgets import money_sheet
from .indicators import SCALES
from .sheets import office_plan

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from himpun.organization.models import Unit
    from himpun.wording import Sentence

    from ..models import (
        ActionPlanStep,
        AgreementIndicator,
        IndicatorVersion,
        KeyIndicator,
        Programme,
    )
    from ..rules import Aim

PARTIES = ("first", "second", "first_official__person", "second_official__person")


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
    return list(rows.select_related(*PARTIES))


def agreement_years(office: Unit | int) -> set[int]:
    """Return the years for which positions of an office have a PK."""
    rows = PerjanjianKinerja.objects.filter(first__unit__office=office)
    return set(rows.order_by().values_list("year", flat=True).distinct())


def action_plan(agreement: PerjanjianKinerja) -> ActionPlan | None:
    """Return the newest rencana aksi of a PK, None where there is none."""
    return agreement.action_plans.first()


def steps_in(plan: ActionPlan) -> tuple[ActionStep, ...]:
    """Return what a rencana aksi says, in its order; one query."""
    rows = plan.steps.select_related("row__meaning__indicator")
    return tuple(
        ActionStep(
            row.row.meaning.indicator.code,
            row.period_code,
            row.aim,
            row.activity,
            row.in_charge,
        )
        for row in rows
    )


def key_indicators(office: Unit | int, day: date) -> IndicatorSet | None:
    """Return the set of IKU in force on a day, None before the first."""
    rows = IndicatorSet.objects.filter(unit=office, since__lte=day)
    return rows.order_by("-since", "-number").first()


def members_of(chosen: IndicatorSet) -> list[KeyIndicator]:
    """Return the IKU of a set with what they mean, in their order, one query."""
    rows = chosen.indicators.select_related("meaning__indicator", "meaning__scale")
    return list(rows)


@dataclass(frozen=True)
class AgreementVersion:
    """A version of a PK with what it changed against the one before."""

    row: PerjanjianKinerja
    changes: tuple[Sentence, ...]


def agreement_history(row: PerjanjianKinerja) -> list[AgreementVersion]:
    """Return all versions of the PK of a position in a year, the newest first.

    Five queries, however many versions.
    """
    versions = list(
        PerjanjianKinerja.objects.filter(first=row.first_id, year=row.year)
        .select_related(*PARTIES)
        .prefetch_related("indicators__meaning", "programmes")
        .order_by("-number")
    )
    said = [_said(version) for version in versions]
    changes = [
        rules.agreement_changes(before, now) for now, before in itertools.pairwise(said)
    ]
    return [
        AgreementVersion(version, what)
        for version, what in zip(versions, [*changes, ()], strict=True)
    ]


def _said(row: PerjanjianKinerja) -> SaidAgreement:
    return SaidAgreement(
        f"{row.first_official.person.name} ({row.first_role})",
        f"{row.second_official.person.name} ({row.second_role})",
        row.agreed_on,
        {
            one.meaning.indicator_id: SaidIndicator(
                one.meaning.name,
                _target(one.aim, one.meaning),
                one.meaning.number,
            )
            for one in row.indicators.all()
        },
        {
            one.programme_id: SaidProgramme(
                one.name,
                "" if one.amount is None else rules.say_rupiah(one.amount),
                one.note,
            )
            for one in row.programmes.all()
        },
    )


def _target(aim: Aim, meaning: IndicatorVersion) -> Sentence:
    said = rules.say_aim(aim, meaning.decimals)
    return joined([said, meaning.unit_of_measure], " ")


@dataclass(frozen=True)
class Offered:
    """What the annex of a PK of a year can hold, in the order of the plan.

    ``indicators`` those with a target of the year, with that target; ``programmes``
    those with a pagu, with it and their depth.
    """

    indicators: tuple[tuple[IndicatorVersion, Aim], ...]
    programmes: tuple[tuple[Programme, int, int], ...]


def offered(office: Unit, year: int) -> Offered:
    """Return what a PK can promise; a fixed number of queries."""
    plans = office_plan(office, year)
    lines = money_sheet(office, year).lines
    return Offered(
        tuple(
            (plan.whole.version, plan.whole.aim)
            for plan in plans
            if plan.whole.version and plan.whole.aim is not None
        ),
        tuple(
            (line.programme, line.depth, line.money.budget)
            for line in lines
            if line.money.budget
        ),
    )


def parties_of(office: Unit) -> QuerySet[Position]:
    """Return the positions that a PK of an office can be agreed with: its own, and
    those of the kabupaten itself.
    """
    rows = Position.objects.filter(
        Q(unit__office=office) | Q(unit__tenant=office.tenant_id, unit__office=None)
    )
    return rows.exclude(kind=PositionKind.ADMINISTRATOR).order_by("pk")


def promised_rows(agreement: PerjanjianKinerja) -> list[AgreementIndicator]:
    """Return the indicators of a PK with what they mean, one query."""
    rows = agreement.indicators.select_related(
        "meaning__indicator", *(f"meaning__{scale}" for scale in SCALES)
    )
    return list(rows)


def promised_of(rows: list[AgreementIndicator]) -> dict[str, Promised]:
    """Return what a PK promised by the code of its indicators."""
    return {
        row.meaning.indicator.code: Promised(
            row.aim, formula.OverTime(row.meaning.over_time)
        )
        for row in rows
    }


@dataclass(frozen=True)
class PlannedSteps:
    """A row of a PK with what the rencana aksi says of its periods, None for nothing."""

    row: AgreementIndicator
    steps: tuple[tuple[Period, ActionPlanStep | None], ...]


def steps_of(
    plan: ActionPlan | None, rows: list[AgreementIndicator], year: int
) -> list[PlannedSteps]:
    """Return the rencana aksi row by row and quarter by quarter, one query.

    An indicator that is planned in other periods is shown in those.
    """
    known: dict[int, dict[Period, ActionPlanStep]] = {}
    for step in plan.steps.all() if plan else ():
        period = read_period(step.period_code)
        known.setdefault(step.row_id, {})[period] = step
    found = []
    for row in rows:
        own = known.get(row.pk, {})
        kind = next(iter(own)).kind if own else PeriodKind.QUARTER
        periods = Period(PeriodKind.YEAR, year).within(kind)
        found.append(PlannedSteps(row, tuple((p, own.get(p)) for p in periods)))
    return found
