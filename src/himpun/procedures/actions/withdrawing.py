"""Taking back what one has just closed, as long as nobody has opened what followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.shared.refusals import Refusal, say
from himpun.sop import moves

from .. import queries, rules
from ..models import Case, Task
from .desk import lock, reason_given, write_event
from .moving import keep_position, position_from, position_of
from .pausing import keep_clock

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person


def note_seen(case: Case, person: Person, at: datetime) -> None:
    """Note that those whose turn it is have opened the page of their task, once.

    No act of the office, so no event: it only ends the right to take back.
    """
    found = [task.pk for task in queries.unseen(case, person, at)]
    if found:
        Task.objects.filter(pk__in=found, seen_at__isnull=True).update(seen_at=at)


@transaction.atomic
def withdraw_task(task: Task, *, reason: str, by: Person, at: datetime) -> Task:
    """Open a task again that the person closed, in the same round, with a reason.

    What its end had opened is closed, marked as withdrawn, and opens anew when the task
    is closed again. Its clock is that of its row: it waits while the row waits for
    somebody outside, and is due when the row is, by pauses and calendar of today. Raises
    Refusal once somebody has opened the next task, and for what was signed.
    """
    case = lock(task.case)
    task = Task.objects.select_related("case__version", "case__unit").get(pk=task.pk)
    obstacle = queries.withdraw_obstacle(task, by)
    if obstacle:
        raise Refusal(obstacle)
    actor = queries.acting_on(by, task, at)
    text = ledger.keep_text(reason_given(reason))
    if task.position_before:
        keep_position(case, _before(case, task, task.position_before))
    task.opened.update(
        done_at=at,
        done_role=actor.role,
        outcome=rules.WITHDRAWN,
        withdrawn_at=at,
    )
    row = case.tasks.filter(step=task.step, round=task.round)
    row.filter(outcome=rules.SPARED, done_at=task.done_at).update(
        done_at=None, outcome=""
    )
    Task.objects.filter(pk=task.pk).update(
        done_at=None, done_by=None, done_role="", outcome="", position_before=None
    )
    due = keep_clock(task)
    write_event(
        case,
        "task.withdrawn",
        by=actor,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "part": task.part,
            "actor": task.actor,
            "round": task.round,
            "before": task.deadline,
            "deadline": due.at,
            "reason": text,
        },
    )
    return Task.objects.get(pk=task.pk)


def _before(case: Case, task: Task, kept: dict[str, Any]) -> moves.Position:
    """Return where the case stands without the end of this task.

    Other branches may have gone on meanwhile: only what this end did is undone.
    """
    before = position_from(kept)
    after = moves.close(
        queries.plan_of(case), before, task.step, kept["chosen"] or None
    )
    now = position_of(case)
    opened = after.open - (before.open - {task.step})
    arrived = after.arrived - before.arrived
    if not (opened <= now.open and arrived <= now.arrived):
        raise Refusal(
            say(
                "Cabang lain sudah membuka langkah berikutnya bersama tugas ini, jadi "
                "tidak dapat ditarik. Minta pengembalian dengan alasan."
            )
        )
    return moves.Position(
        now.open - opened | {task.step},
        now.arrived - arrived | (before.arrived - after.arrived),
    )
