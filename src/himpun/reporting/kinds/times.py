"""Working time of the steps of a case, for lembar kendali and the report of step 5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.organization import queries as organization
from himpun.procedures import queries as procedures
from himpun.procedures import rules
from himpun.procedures.queries import deadlines, journey, past
from himpun.shared.refusals import Refusal

from . import texts

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.procedures.models import Case, Task
    from himpun.procedures.queries.deadlines import Times
    from himpun.worktime import Calendar

IN_TIME, LATE, RUNNING, AHEAD = "sesuai", "lewat", "berjalan", "belum"


@dataclass(frozen=True)
class StepTime:
    """A step of a case: its Waktu, the working time used in all rounds, its tasks."""

    step: str
    number: int
    name: str
    responsible: str
    standard: str
    actual: str
    state: str
    tasks: tuple[Task, ...]
    paused: Times


def steps(case: Case, at: datetime) -> list[StepTime]:
    """Return the steps in the SOP's order, as they stand at ``at``."""
    plan = procedures.plan_of(case)
    labels = past.labels_of(case)
    tasks = list(case.tasks.order_by("round", "opened_at", "pk"))
    calendar = _calendar(case)
    waited = deadlines.pauses([case.pk])
    found = []
    gone = dict.fromkeys(t.step for t in tasks if rules.FORMER.fullmatch(t.step))
    find = past.steps_named()
    for name in (*gone, *(step.id for step in plan.steps)):
        step = find(case, name)
        own = tuple(task for task in tasks if task.step == name)
        paused = [
            pause
            for number in sorted({task.round for task in own})
            for pause in waited.get((case.pk, name, number), [])
        ]
        found.append(
            StepTime(
                step=name,
                number=step.number,
                name=past.said(name, step.activity),
                responsible=labels[step.responsible],
                standard=journey.standard_of(case, step, own),
                actual=_spent(own, calendar, step.unit, at, paused),
                state=state(own),
                tasks=own,
                paused=paused,
            )
        )
    return found


def _calendar(case: Case) -> Calendar | None:
    try:
        return organization.calendar_of(case.unit).calendar
    except Refusal:
        return None


def _rounds(tasks: tuple[Task, ...]) -> list[list[Task]]:
    numbers = sorted({task.round for task in tasks})
    return [[task for task in tasks if task.round == number] for number in numbers]


def _spent(
    tasks: tuple[Task, ...],
    calendar: Calendar | None,
    unit: str,
    at: datetime,
    paused: Times,
) -> str:
    """Write the working time of all rounds without the pauses, also one that lasts."""
    if not tasks or calendar is None:
        return ""
    spans = [
        (row[0].row_opened_at, max(t.done_at or t.paused_at or at for t in row))
        for row in _rounds(tasks)
    ]
    return texts.spent(calendar, _without(spans, paused), unit)


def _without(spans: Times, paused: Times) -> Times:
    """Cut the pauses, which follow one another, out of the spans."""
    for begun, ended in paused:
        spans = [
            part
            for start, end in spans
            for part in ((start, min(end, begun)), (max(start, ended), end))
            if part[0] < part[1]
        ]
    return spans


def state(tasks: tuple[Task, ...]) -> str:
    """Return whether a step kept its time: the worst of its rounds."""
    if not tasks:
        return AHEAD
    if any(task.done_at and task.done_at > task.deadline for task in tasks):
        return LATE
    return RUNNING if any(task.done_at is None for task in tasks) else IN_TIME
