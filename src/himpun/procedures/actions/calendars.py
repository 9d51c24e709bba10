"""A calendar is confirmed and open deadlines are computed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun import worktime
from himpun.organization import actions as office_actions
from himpun.organization import queries as organization
from himpun.shared.refusals import Refusal

from .. import queries
from ..models import Task
from ..rules import CaseState
from .desk import write_event

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit


@transaction.atomic
def confirm_calendar(
    office: Unit, calendar: worktime.Calendar, *, by: Person, at: datetime
) -> int:
    """Put a confirmed calendar into force and recompute open deadlines, each by an event.

    Return how many deadlines moved or became firm. The tenant's administrator may.
    """
    office_actions.may_administer(by, office.tenant_id, at)
    actor = organization.own_role(by, at)
    row = office_actions.set_calendar(office, calendar, by=actor, at=at)
    moved = 0
    open_rows = Task.objects.filter(
        case__unit=office, done_at__isnull=True, case__state=CaseState.RUNNING
    ).select_related("case")
    for task in open_rows:
        moved += _recompute(task, row.version, calendar, by=actor, at=at)
    return moved


def _recompute(
    task: Task,
    version: int,
    calendar: worktime.Calendar,
    *,
    by: Actor,
    at: datetime,
) -> int:
    plan = queries.plan_of(task.case)
    step = plan.step(task.step)
    try:
        due = worktime.deadline(
            calendar, task.row_opened_at, step.amount, step.unit, plan.day_meaning
        )
    except worktime.OutsideCalendar as gap:
        raise Refusal(str(gap)) from None
    if (due.at, due.firm) == (task.deadline, task.deadline_firm):
        return 0
    before = task.deadline
    task.deadline, task.deadline_firm = due.at, due.firm
    task.calendar_version = version
    task.save(update_fields=["deadline", "deadline_firm", "calendar_version"])
    write_event(
        task.case,
        "deadline.recomputed",
        by=by,
        at=at,
        data={
            "task": task.pk,
            "before": before,
            "deadline": due.at,
            "firm": due.firm,
            "calendar_version": version,
        },
    )
    return 1
