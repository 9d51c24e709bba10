"""Which documents of the plan rest on a target: they printed it, and stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.wording import say
from himpun.worktime.periods import PeriodKind

from ..models import (
    ActionPlanStep,
    AgreementIndicator,
    AnnualPlanIndicator,
    PlannedTarget,
)
from ..rules import AimKind
from .indicators import period_of_target

if TYPE_CHECKING:
    from himpun.wording import Sentence

    from ..models import Target


def documents_on(target: Target) -> list[Sentence]:
    """Return the documents that name this target, each in words; four queries.

    Only what is to be reached is pinned by a document; a baseline, the end of the plan
    and a standard are not.
    """
    if target.kind != AimKind.TARGET:
        return []
    period = period_of_target(target)
    found = [*_of_renstra(target), *_of_action_plans(target)]
    if period.kind is PeriodKind.YEAR:
        found = [*_of_year(target, period.year), *found]
    return list(dict.fromkeys(found))


def _of_year(target: Target, year: int) -> list[Sentence]:
    promised = AgreementIndicator.objects.filter(
        meaning__indicator=target.indicator_id, agreement__year=year
    ).select_related("agreement")
    planned = AnnualPlanIndicator.objects.filter(
        meaning__indicator=target.indicator_id, plan__year=year
    ).select_related("plan")
    return [
        *(
            say(
                "Perjanjian Kinerja %(year)s versi %(n)s, %(role)s",
                year=year,
                n=row.agreement.number,
                role=row.agreement.first_role,
            )
            for row in promised
        ),
        *(
            say(
                "Rencana Kinerja Tahunan %(year)s versi %(n)s",
                year=year,
                n=row.plan.number,
            )
            for row in planned
        ),
    ]


def _of_renstra(target: Target) -> list[Sentence]:
    rows = PlannedTarget.objects.filter(
        planned__indicator=target.indicator_id, period_code=target.period_code
    ).select_related("planned__version__renstra")
    versions = [row.planned.version for row in rows]
    return [
        say(
            "Renstra %(first)s-%(last)s versi %(n)s",
            first=version.renstra.first_year,
            last=version.renstra.last_year,
            n=version.number,
        )
        for version in versions
    ]


def _of_action_plans(target: Target) -> list[Sentence]:
    rows = ActionPlanStep.objects.filter(
        row__meaning__indicator=target.indicator_id,
        period_code=target.period_code,
        aim__isnull=False,
    ).select_related("plan__agreement")
    return [
        say("Rencana aksi Perjanjian Kinerja %(year)s", year=row.plan.agreement.year)
        for row in rows
    ]
