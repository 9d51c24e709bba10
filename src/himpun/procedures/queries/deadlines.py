"""Which open deadlines another calendar, or a pause that ended, would move."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun import worktime
from himpun.shared.refusals import Refusal

from ..models import Pause, Task
from ..rules import CaseState
from . import running

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from himpun.organization.models import Unit

Times = list[tuple["datetime", "datetime"]]
"""Pauses that have ended, each from when until when."""


@dataclass(frozen=True)
class Moved:
    """An open task whose deadline moves, or becomes firm or provisional."""

    task: Task
    before: datetime
    after: worktime.Deadline


def pauses(cases: Iterable[int]) -> dict[tuple[int, str, int], Times]:
    """Return the ended pauses of these cases (ids) by case, step, round; one query."""
    found: dict[tuple[int, str, int], Times] = defaultdict(list)
    rows = Pause.objects.filter(case__in=list(cases), ended_at__isnull=False)
    for row in rows.order_by("begun_at"):
        if row.ended_at:
            found[row.case_id, row.step, row.round].append((row.begun_at, row.ended_at))
    return found


def due(
    task: Task, calendar: worktime.Calendar, paused: Sequence[tuple[datetime, datetime]]
) -> worktime.Deadline:
    """Return when a task is due by a calendar; raises Refusal beyond its last day."""
    plan = running.plan_of(task.case)
    step = plan.step(task.step)
    try:
        whole = worktime.deadline(
            calendar, task.row_opened_at, step.amount, step.unit, plan.day_meaning
        )
        return worktime.extended(calendar, whole, paused, step.unit, plan.day_meaning)
    except worktime.OutsideCalendar as gap:
        raise Refusal(str(gap)) from None


def moved(offices: Iterable[Unit], calendar: worktime.Calendar) -> list[Moved]:
    """Return the open tasks of offices whose deadline differs by a calendar.

    Two queries whatever their number. Raises Refusal when a deadline lies beyond it.
    """
    tasks = list(
        Task.objects.filter(
            case__unit__in=list(offices),
            done_at__isnull=True,
            case__state=CaseState.RUNNING,
        ).select_related("case__version", "case__procedure", "case__unit")
    )
    known = pauses({task.case_id for task in tasks})
    changes = []
    for task in tasks:
        paused = known.get((task.case_id, task.step, task.round), [])
        after = due(task, calendar, paused)
        if (after.at, after.firm) != (task.deadline, task.deadline_firm):
            changes.append(Moved(task, task.deadline, after))
    return changes
