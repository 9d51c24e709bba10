"""A running case moves to the version of its SOP that is in force now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.shared.refusals import Refusal, say
from himpun.sop import moves

from .. import queries, registry, rules
from ..models import Artefact, ChecklistItem, Pause, Receipt, Task
from ..queries import deadlines, migrating
from ..rules import ItemState
from .checklist import make_lines
from .desk import decider, lock, reason_given, write_event
from .moving import keep_position

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person
    from himpun.sop.plan import Plan

    from ..models import Case, ProcedureVersion
    from ..queries.migrating import Move, Outlook

RETURNED = "kembali:"
MOVING = "~"
"""Stands before an id for the moment in which ids change places; no id begins so."""


@transaction.atomic
def migrate(  # noqa: PLR0913 - what, whereto, by which map, why, who, when
    case: Case,
    to: ProcedureVersion,
    way: Mapping[str, str],
    *,
    reason: str,
    by: Person,
    at: datetime,
) -> Outlook:
    """Let a running case go on by another version of its SOP, with a reason.

    ``way`` maps old steps to new ones. What is done stays done; open steps keep their
    clock, and their deadline unless their Waktu changed. Raises Refusal with what stands
    against it. Kasubbag, Sekcam or the head of the office may.
    """
    actor = decider(by, case.unit, at)
    locked = lock(case)
    way = dict(way)
    bound = migrating.bindings([locked.version_id, to.pk])
    view = migrating.outlook(
        locked, to, way, locked.tasks.all(), bound, signed=queries.is_signed(locked)
    )
    if view.obstacle or view.position is None:
        raise Refusal(view.obstacle)
    hashed = ledger.keep_text(reason_given(reason))
    before, old = locked.version, queries.plan_of(locked)
    new = queries.plan_of_version(to)
    _rename(locked, _names(old, way, before.number))
    locked.version, locked.moved_at = to, at
    locked.return_caps = _caps(locked.return_caps, way)
    locked.round_caps = _caps(locked.round_caps, way)
    keep_position(locked, view.position)
    behind = [way[step] for step in locked.passed if step in way]
    locked.passed = sorted({*behind, *(step.id for step in view.passed)})
    locked.standards = _standards(locked, old, new, way)
    locked.save()
    locked.tasks.filter(pk__in=[task.pk for task in view.ended]).update(assignment=None)
    changed = [d for move in view.moves for d in _row(locked, old, move, view, at)]
    _checklist(locked, view.position, by=actor, at=at)
    write_event(
        locked,
        "case.migrated",
        by=actor,
        at=at,
        data={
            "from": before.pk,
            "to": to.pk,
            "fingerprint": to.fingerprint,
            "map": way,
            "passed": [step.id for step in view.passed],
            "deadlines": changed,
            "assignments_ended": [task.pk for task in view.ended],
            "reason": hashed,
        },
    )
    return view


def _names(old: Plan, way: Mapping[str, str], number: int) -> dict[str, str]:
    """Return the steps whose rows get another name: new ids, or that of a former step."""
    names = {s.id: way.get(s.id) or rules.former(number, s.id) for s in old.steps}
    return {before: now for before, now in names.items() if before != now}


def _rename(case: Case, names: Mapping[str, str]) -> None:
    """Name the case's rows by the new ids; the events keep the ids of their time."""
    untouched = case.items.filter(
        step__in=[s for s, now in names.items() if rules.FORMER.fullmatch(now)],
        state=ItemState.OPEN,
        attachments__isnull=True,
    )
    untouched.exclude(step__in=case.tasks.values("step")).delete()
    for model in (Task, Pause, ChecklistItem, Artefact, Receipt):
        rows = getattr(model, "every", model._default_manager).filter(case=case)
        for before, now in names.items():
            rows.filter(step=before).update(step=MOVING + now)
        for now in names.values():
            rows.filter(step=MOVING + now).update(step=now)
    back = Task.every.filter(case=case)
    for before, now in names.items():
        back.filter(outcome=RETURNED + before).update(outcome=RETURNED + MOVING + now)
    for now in names.values():
        back.filter(outcome=RETURNED + MOVING + now).update(outcome=RETURNED + now)
    if names:
        for kind in registry.kinds(queries.all_kinds_of(case)):
            kind.renamed(case, names)


def _caps(caps: Mapping[str, int], way: Mapping[str, str]) -> dict[str, int]:
    """Return caps raised for the case by the new ids; those of former steps end."""
    found = {}
    for name, limit in caps.items():
        steps = name.split(">")
        if all(step in way for step in steps):
            found[">".join(way[step] for step in steps)] = limit
    return found


def _row(
    case: Case, old: Plan, move: Move, view: Outlook, at: datetime
) -> list[dict[str, Any]]:
    """Carry an open round over; return its new deadline, if its *Waktu* changed."""
    if move.to is None:  # such a case was refused
        return []
    tasks = case.tasks.filter(step=move.to.id, done_at__isnull=True)
    row = view.rows[move.step.id]
    open_tasks = list(tasks.order_by("pk"))
    first = open_tasks[0]
    for task in open_tasks:
        heir = row.actors[task.part, task.actor]
        if heir:
            task.actor = heir
        else:
            task.done_at, task.outcome = at, rules.SPARED
        task.save(update_fields=["actor", "done_at", "outcome"])
    for other in row.added:
        Task.objects.create(
            case=case,
            step=move.to.id,
            part=other.way,
            actor=other.actor,
            unit=first.unit,
            round=first.round,
            opened_at=at,
            row_opened_at=first.row_opened_at,
            deadline=first.deadline,
            deadline_firm=first.deadline_firm,
            calendar_version=first.calendar_version,
            paused_at=first.paused_at,
        )
    new = queries.plan_of(case)
    if not migrating.clock_changed(old, new, move):
        return []
    return [_deadline(case, first)]


def _deadline(case: Case, first: Task) -> dict[str, Any]:
    """Fix the deadline anew from the row's own opening and its pauses."""
    known = organization.calendar_of(case.unit)
    row = (case.pk, first.step, first.round)
    paused = deadlines.pauses([case.pk]).get(row, [])
    due = deadlines.due(first, known.calendar, paused)
    tasks = case.tasks.filter(step=first.step, round=first.round, done_at__isnull=True)
    tasks.update(
        deadline=due.at, deadline_firm=due.firm, calendar_version=known.version
    )
    return {
        "step": first.step,
        "round": first.round,
        "before": first.deadline,
        "deadline": due.at,
        "firm": due.firm,
        "calendar_version": known.version,
    }


def _standards(
    case: Case, old: Plan, new: Plan, way: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return the *Waktu* of what was done, where the new version has another."""
    found = {way[step]: kept for step, kept in case.standards.items() if step in way}
    for step in old.steps:
        if step.id in way:
            now = new.step(way[step.id])
            if (step.amount, step.unit) != (now.amount, now.unit):
                found.setdefault(now.id, [str(step.amount), step.unit])
    return found


def _checklist(case: Case, here: moves.Position, *, by: Actor, at: datetime) -> None:
    """Add the lines that open and coming steps now need; close those of nobody's need.

    What was attached or excused stays as it is.
    """
    plan = queries.plan_of(case)
    coming = moves.ahead(plan, here.open) | here.open
    for step in plan.steps:
        if step.id not in coming:
            continue
        make_lines(case, step)
        wanted = [item.id for item in step.items]
        rest = case.items.filter(step=step.id, state=ItemState.OPEN)
        rest.exclude(item__in=wanted).update(
            state=ItemState.NOT_APPLICABLE,
            reason=ledger.keep_text(
                say(
                    "Tidak diminta lagi oleh SOP versi %(n)s.",
                    n=case.version.number,
                )
            ),
            decided_role=by.role,
            decided_at=at,
        )
