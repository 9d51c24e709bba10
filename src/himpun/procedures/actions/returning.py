"""Work goes back with a reason, as often as the SOP allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.shared.refusals import Refusal, say
from himpun.sop import moves

from .. import queries, registry, rules
from ..models import Case, Task
from ..rules import Part
from .desk import holder, lock, reason_given, refuse_done, write_event
from .moving import move_to, open_step, position_of
from .pausing import refuse_paused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person


@transaction.atomic
def return_step(  # noqa: PLR0913 - what, whereto, why, which values, who, when
    task: Task,
    *,
    to: str,
    reason: str,
    values: Iterable[int] = (),
    by: Person,
    at: datetime,
) -> Task:
    """Send the work back with a reason; a counted round opens with a fresh deadline.

    From a step to an earlier one where the SOP's `pengembalian` allows it, or from a
    co-actor to the step's own maker. ``values`` are the entries that it reopens;
    accepted ones that are not named stay locked. Raises Refusal at the SOP's cap.
    """
    case = lock(task.case)
    task = Task.objects.select_related("case").get(pk=task.pk)
    refuse_done(task)
    refuse_paused(task)
    actor = queries.acting_on(by, task, at)
    _check_return(case, task, to)
    text = reason_given(reason)
    hashed = ledger.keep_text(text)
    _close_returned(case, task, to, by=by, actor=actor, at=at)
    named = sorted(set(values))
    write_event(
        case,
        "step.returned",
        by=actor,
        at=at,
        data={"step": task.step, "to": to, "reason": hashed, "values": named},
    )
    if to == task.step:
        open_step(case, to, by=actor, at=at)
    else:
        plan = queries.plan_of(case)
        position = moves.give_back(plan, position_of(case), task.step, to)
        move_to(case, position, by=actor, at=at)
    opened = case.tasks.get(step=to, part=Part.WORK, done_at__isnull=True)
    for kind in registry.kinds(queries.kinds_of(case, to)):
        kind.returned(opened, reason=text, values=named)
    return opened


def _close_returned(  # noqa: PLR0913 - what, whereto, who in which role, when
    case: Case, task: Task, to: str, *, by: Person, actor: Actor, at: datetime
) -> None:
    """Close the open tasks of a row that is given back, and of what goes back with it."""
    steps = {task.step}
    if to != task.step:
        plan = queries.plan_of(case)
        before = position_of(case)
        after = moves.give_back(plan, before, task.step, to)
        steps |= before.open - after.open
    case.tasks.filter(step__in=steps, done_at__isnull=True).update(
        done_at=at, done_by=by, done_role=actor.role, outcome=f"kembali:{to}"
    )


def _check_return(case: Case, task: Task, to: str) -> None:
    if to == task.step and task.part not in rules.DOING:
        return
    right = queries.right_to_return(case, task.step, to)
    if right is None or task.part not in rules.DOING:
        raise Refusal(say("SOP ini tidak mengatur pengembalian ke langkah itu."))
    cap = case.return_caps.get(f"{task.step}>{to}", right.limit)
    made = queries.returns_made(case, task.step, to)
    if cap is not None and made >= cap:
        raise Refusal(
            say(
                "Langkah ini sudah dikembalikan %(made)s kali, batas menurut SOP. "
                "Sekcam dapat menaikkan batas untuk kasus ini dengan alasan."
            ),
            made=made,
        )


@transaction.atomic
def raise_cap(  # noqa: PLR0913 - which right, how far, why, who, when
    case: Case,
    *,
    source: str,
    to: str,
    limit: int,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    """Let the Sekcam allow more returns in this one case, with a reason."""
    actor = holder(
        by,
        case.unit,
        rules.CAP_RAISERS,
        at,
        say("Batas pengembalian dinaikkan oleh Sekcam."),
    )
    case = lock(case)
    right = queries.right_to_return(case, source, to)
    if right is None or right.limit is None or limit <= right.limit:
        raise Refusal(say("Batas baru harus lebih besar daripada batas menurut SOP."))
    text = ledger.keep_text(reason_given(reason))
    case.return_caps = {**case.return_caps, f"{source}>{to}": limit}
    case.save(update_fields=["return_caps"])
    write_event(
        case,
        "return_cap.raised",
        by=actor,
        at=at,
        data={"step": source, "to": to, "limit": limit, "reason": text},
    )


@transaction.atomic
def raise_round_cap(  # noqa: PLR0913 - which step, how far, why, who, when
    case: Case,
    *,
    step: str,
    limit: int,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    """Let the Sekcam allow decisions more rounds of a step in this one case."""
    actor = holder(
        by,
        case.unit,
        rules.CAP_RAISERS,
        at,
        say("Batas putaran dinaikkan oleh Sekcam."),
    )
    case = lock(case)
    cap = queries.round_cap(case, step)
    if cap is None or limit <= cap:
        raise Refusal(say("Batas baru harus lebih besar daripada batas menurut SOP."))
    text = ledger.keep_text(reason_given(reason))
    case.round_caps = {**case.round_caps, step: limit}
    case.save(update_fields=["round_caps"])
    write_event(
        case,
        "round_cap.raised",
        by=actor,
        at=at,
        data={"step": step, "limit": limit, "reason": text},
    )
