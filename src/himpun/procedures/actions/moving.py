"""Where a case stands: steps open with their one deadline, the last one ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from himpun import worktime
from himpun.organization import queries as organization
from himpun.shared.refusals import Refusal
from himpun.sop import moves

from .. import queries, registry, rules
from ..models import Case, Task
from ..rules import CaseState, Part
from .checklist import make_lines
from .desk import write_event

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Unit
    from himpun.sop.plan import Plan, Step


def position_of(case: Case) -> moves.Position:
    """Return where the case stands in its plan."""
    return position_from(case.position)


def position_from(stored: dict[str, Any]) -> moves.Position:
    """Return a position as a row keeps it."""
    arrived = (moves.Arrival(*pair) for pair in stored["arrived"])
    return moves.Position(frozenset(stored["open"]), frozenset(arrived))


def keep_position(case: Case, to: moves.Position) -> None:
    """Keep where the case stands now."""
    case.position = {
        "open": sorted(to.open),
        "arrived": sorted([a.join, a.source] for a in to.arrived),
    }
    case.save(update_fields=["position"])


def move_to(
    case: Case,
    to: moves.Position,
    *,
    by: Actor,
    at: datetime,
    closed: Task | None = None,
) -> None:
    """Keep where the case stands now and open the steps that have become open.

    ``closed`` is the task whose end led there; it may have led to its own step.
    """
    before = set(case.position["open"]) - {closed.step if closed else ""}
    keep_position(case, to)
    for step in queries.plan_of(case).steps:
        if step.id in to.open - before:
            open_step(case, step.id, by=by, at=at, opened_by=closed)


def open_step(
    case: Case,
    step_id: str,
    *,
    by: Actor,
    at: datetime,
    opened_by: Task | None = None,
) -> Task:
    """Open a round of a step with its one deadline, and the work of its kinds."""
    plan = queries.plan_of(case)
    step = plan.step(step_id)
    number = queries.rounds_of(case, step_id) + 1
    if case.moved_at:  # done before the case moved, it may need other things now
        make_lines(case, step)
    due, version = _deadline(case.unit, step, plan, at)
    earlier = Task.every.filter(case=case, step=step_id, round=number, part=Part.WORK)
    shared: dict[str, Any] = {
        "case": case,
        "attempt": earlier.count() + 1,
        "opened_by": opened_by,
        "step": step_id,
        "unit": case.unit,
        "round": number,
        "opened_at": at,
        "row_opened_at": at,
        "deadline": due.at,
        "deadline_firm": due.firm,
        "calendar_version": version,
    }
    work = Task.objects.create(part=Part.WORK, actor=step.responsible, **shared)
    for other in step.co_actors:
        if Part(other.way) in rules.ALONGSIDE:
            Task.objects.create(part=other.way, actor=other.actor, **shared)
    write_event(
        case,
        "step.opened",
        by=by,
        at=at,
        data={
            "step": step_id,
            "round": number,
            "deadline": due.at,
            "firm": due.firm,
            "calendar_version": version,
        },
    )
    for kind in registry.kinds(queries.kinds_of(case, step_id)):
        kind.opened(work, at=at)
    return work


def _deadline(
    office: Unit, step: Step, plan: Plan, at: datetime
) -> tuple[worktime.Deadline, int]:
    calendar = organization.calendar_of(office)
    try:
        due = worktime.deadline(
            calendar.calendar, at, step.amount, step.unit, plan.day_meaning
        )
    except worktime.OutsideCalendar as gap:
        raise Refusal(str(gap)) from None
    return due, calendar.version


def finish(case: Case, *, by: Actor, at: datetime) -> None:
    """End the case and let the apps do what follows its last act."""
    Case.objects.filter(pk=case.pk).update(state=CaseState.FINISHED, ended_at=at)
    write_event(case, "case.finished", by=by, at=at, data={})
    for kind in registry.kinds(queries.all_kinds_of(case)):
        kind.finished(case, at=at)
