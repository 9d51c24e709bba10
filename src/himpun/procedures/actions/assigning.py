"""A task changes hands: reassigned with a reason, or left to somebody by mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Official, Position
from himpun.organization.rules import fitting
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import Assignment, Delegation, Task
from .desk import lock, reason_given, refuse_done, write_event

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person

    from ..models import Procedure


@transaction.atomic
def assign_task(
    task: Task, to: Position | Official, *, reason: str, by: Person, at: datetime
) -> Assignment:
    """Hand an open task to another position or to one official, with a reason.

    Begun or not, it keeps its saved work, its clock and its deadline. By the superior of
    the position, the Sekcam or the head of the office.
    """
    lock(task.case)
    task = Task.objects.select_related("case__version", "case__unit").get(pk=task.pk)
    refuse_done(task)
    actor = _assigner(task, by, at)
    place = to if isinstance(to, Position) else to.position
    if place.unit.office_id != task.case.unit_id:
        raise Refusal(say("Pilih jabatan atau pejabat di kantor ini."), field="to")
    people = _people(to, task, at)
    obstacle = queries.assign_obstacle(task, people) or _same(task, to)
    if obstacle:
        raise Refusal(obstacle, field="to")
    row = Assignment.objects.create(
        task=task,
        position=to if isinstance(to, Position) else None,
        official=to if isinstance(to, Official) else None,
        from_role=fitting(queries.titles_of([task])[task.pk]),
        to_role=fitting(str(to)),
        reason=ledger.keep_text(reason_given(reason)),
        by_role=actor.role,
        at=at,
    )
    Task.objects.filter(pk=task.pk).update(assignment=row)
    write_event(
        task.case,
        "task.assigned",
        by=actor,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "part": task.part,
            "actor": task.actor,
            "round": task.round,
            "position": row.position_id,
            "official": row.official_id,
            "from": row.from_role,
            "to": row.to_role,
            "reason": row.reason,
        },
    )
    return row


def _assigner(task: Task, person: Person, at: datetime) -> Actor:
    try:
        return organization.acting(person, queries.assigners(task), at)
    except Refusal:
        raise Refusal(
            say("Tugas dialihkan oleh atasan jabatan ini, Sekcam, atau Camat.")
        ) from None


def _people(to: Position | Official, task: Task, at: datetime) -> frozenset[int]:
    """Return who of those whom the task goes to is there to do it."""
    if isinstance(to, Position):
        hands = queries.hands_for(task.case, [to.pk], at)
        return frozenset(hand.person for hand in hands if hand.away is None)
    day = organization.local_day(at, task.case.unit)
    covers = organization.tenure_of(to).covers(day) and to.person.is_active
    away = organization.away([to.person_id], day)
    return frozenset({to.person_id} if covers and not away else ())


def _same(task: Task, to: Position | Official) -> str:
    """Return the refusal of a task that is there already; empty otherwise."""
    now = task.assignment
    if isinstance(to, Official):
        there = now is not None and now.official_id == to.pk
    else:
        named = now is not None and now.official_id is not None
        there = not named and queries.places_of([task])[task.pk] == [to.pk]
    return say("Tugas ini sudah di sana. Pilih yang lain.") if there else ""


@transaction.atomic
def delegate(  # noqa: PLR0913 - whose tasks, to whom, which, from when until when
    position: Position,
    to: Official,
    *,
    procedure: Procedure | None = None,
    since: date,
    until: date,
    letter: str = "",
    by: Person,
    at: datetime,
) -> Delegation:
    """Let another official do the tasks of one's position, of one SOP or of all.

    The giver keeps acting too; the receiver acts "a.n." the position and never signs.
    """
    actor = organization.acting(by, [position.pk], at)
    office = position.unit.office
    today = organization.local_day(at, office)
    if until < since:
        raise Refusal(
            say("Tanggal akhir tidak boleh sebelum tanggal mulai."), field="until"
        )
    obstacle = rules.mandate_obstacle(
        own=to.person_id == by.pk,
        same_office=to.position.unit.office_id == position.unit.office_id,
        backdated=since < today,
        away=_away(to, since, until),
    )
    if obstacle:
        raise Refusal(obstacle)
    row = Delegation.objects.create(
        position=position,
        giver=by,
        receiver=to,
        procedure=procedure,
        since=since,
        until=until,
        letter=letter.strip(),
        made_at=at,
        made_role=actor.role,
    )
    _delegation_event("delegation.made", row, by=actor, at=at)
    return row


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: Person, at: datetime) -> None:
    """Take a mandate back before its last day; what was done stays done."""
    if delegation.giver_id != by.pk:
        raise Refusal(say("Pelimpahan dicabut oleh yang memberikannya."))
    actor = organization.own_role(by, at)
    rows = Delegation.objects.filter(pk=delegation.pk, cancelled_at__isnull=True)
    if not rows.update(cancelled_at=at):
        raise Refusal(say("Pelimpahan ini sudah dicabut."))
    _delegation_event("delegation.ended", delegation, by=actor, at=at)


def _away(official: Official, since: date, until: date) -> bool:
    """Whether somebody is away on all of these days by what was noted."""
    absence = organization.away([official.person_id], since).get(official.person_id)
    return absence is not None and absence.until >= until


def _delegation_event(kind: str, row: Delegation, *, by: Actor, at: datetime) -> None:
    data: dict[str, Any] = {
        "delegation": row.pk,
        "position": row.position_id,
        "receiver": row.receiver_id,
        "procedure": row.procedure_id,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "letter": ledger.keep_text(row.letter) if row.letter else "",
    }
    ledger.record(
        f"access:{row.position.unit.tenant_id}", kind, by=by, at=at, data=data
    )
