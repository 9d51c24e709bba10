"""A row waits for somebody outside the office; meanwhile its clock stands still.

No other state stops the clock: it begins and ends by an act of somebody who holds the
task, with whom it waits for and why, and the deadline moves by the working time lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.ledger import actions as ledger
from himpun.notices import actions as notices
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.shared.refusals import Refusal, say

from .. import queries
from ..models import Case, Pause, Task
from ..queries import deadlines
from .desk import lock, reason_given, refuse_done, write_event

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from himpun import worktime
    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person

SHORTEST_NAME = 3


@transaction.atomic
def pause(
    task: Task, *, waits_for: str, reason: str, by: Person, at: datetime
) -> Pause:
    """Let a task's row wait for somebody outside; co-actors and superiors are told.

    Raises Refusal for those who do not hold the task, and while it waits already.
    """
    case, task, actor = _held(task, by=by, at=at)
    if task.paused_at:
        raise Refusal(say("Langkah ini sudah menunggu pihak luar."))
    name = " ".join(waits_for.split())
    if len(name) < SHORTEST_NAME:
        raise Refusal(say("Tulis siapa yang ditunggu."), field="waits_for")
    row = Pause.objects.create(
        case=case,
        step=task.step,
        round=task.round,
        reason=ledger.keep_text(reason_given(reason)),
        waits_for=ledger.keep_text(name),
        begun_at=at,
        begun_role=actor.role,
    )
    _row(task).update(paused_at=at)
    Task.objects.filter(pk=task.pk, seen_at__isnull=True).update(seen_at=at)
    write_event(
        case,
        "pause.begun",
        by=actor,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "round": task.round,
            "waits_for": row.waits_for,
            "reason": row.reason,
        },
    )
    words = _("Menunggu pihak luar, waktunya dihentikan: %(task)s.")
    _tell_others(task, words, by=actor, at=at)
    return row


@transaction.atomic
def resume(task: Task, *, by: Person, at: datetime) -> Pause:
    """Let the clock of a row run again; its deadline moves by the working time lost.

    Raises Refusal unless it waits, for those who do not hold the task, and when the
    calendar does not reach so far.
    """
    case, task, actor = _held(task, by=by, at=at)
    if task.paused_at is None:
        raise Refusal(say("Langkah ini sedang tidak menunggu pihak luar."))
    row = Pause.objects.get(
        case=case, step=task.step, round=task.round, ended_at__isnull=True
    )
    # a clock that was set back meanwhile makes no pause of less than nothing
    row.ended_at, row.ended_role = max(at, row.begun_at), actor.role
    row.save(update_fields=["ended_at", "ended_role"])
    known = organization.calendar_of(case.unit)
    after = _due(task, known.calendar)
    _row(task).update(
        paused_at=None,
        deadline=after.at,
        deadline_firm=after.firm,
        calendar_version=known.version,
    )
    write_event(
        case,
        "pause.ended",
        by=actor,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "round": task.round,
            "before": task.deadline,
            "deadline": after.at,
            "firm": after.firm,
            "calendar_version": known.version,
        },
    )
    _tell_others(task, _("Waktunya berjalan lagi: %(task)s."), by=actor, at=at)
    return row


def keep_clock(task: Task) -> worktime.Deadline:
    """Give the open tasks of a row that was opened again the clock that the row has now.

    Returns when it is due. Raises Refusal when the calendar does not reach so far.
    """
    known = organization.calendar_of(task.case.unit)
    due = _due(task, known.calendar)
    waits = Pause.objects.filter(
        case=task.case, step=task.step, round=task.round, ended_at__isnull=True
    ).first()
    _row(task).update(
        paused_at=waits.begun_at if waits else None,
        deadline=due.at,
        deadline_firm=due.firm,
        calendar_version=known.version,
    )
    return due


def refuse_paused(task: Task) -> None:
    """Raise Refusal for a task whose row waits for somebody outside."""
    if task.paused_at:
        raise Refusal(
            say(
                "Langkah ini menunggu pihak luar, waktunya berhenti. Tekan Lanjutkan "
                "dahulu bila yang ditunggu sudah datang."
            )
        )


def _held(task: Task, *, by: Person, at: datetime) -> tuple[Case, Task, Actor]:
    case = lock(task.case)
    task = Task.objects.select_related("case").get(pk=task.pk)
    refuse_done(task)
    return case, task, queries.acting_on(by, task, at)


def _row(task: Task) -> QuerySet[Task]:
    return Task.objects.filter(
        case=task.case, step=task.step, round=task.round, done_at__isnull=True
    )


def _due(task: Task, calendar: worktime.Calendar) -> worktime.Deadline:
    paused = deadlines.pauses([task.case_id])
    row = (task.case_id, task.step, task.round)
    return deadlines.due(task, calendar, paused.get(row, []))


def _tell_others(task: Task, words: str, *, by: Actor, at: datetime) -> None:
    """Tell the other actors of the step and the superiors of its holders."""
    version, step = task.case.version_id, queries.step_of(task)
    people = set()
    for actor in (step.responsible, *(other.actor for other in step.co_actors)):
        people |= set(queries.people_of_actor(version, actor, at))
    own = queries.positions_of_actor(version, task.actor)
    above = Position.objects.filter(subordinates__in=own).values_list("pk", flat=True)
    day = organization.local_day(at, task.case.unit)
    people |= {t.person for t in organization.holders_of(set(above), day)}
    title = f"{queries.summary_of(task).title}, {task.case.period.label}"
    notices.notify(
        people,
        unit=task.case.unit,
        text=words % {"task": title},
        link=reverse("procedures:case", args=[task.case_id]),
        about=f"jeda:{task.pk}",
        by=by,
        at=at,
    )
