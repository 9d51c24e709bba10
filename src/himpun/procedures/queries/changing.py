"""Who may hand a task to others, to whom, and which closed tasks may be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from himpun.organization import queries as organization
from himpun.organization.models import Official, Position
from himpun.organization.rules import PositionKind
from himpun.shared.refusals import say

from .. import rules
from ..models import Receipt, Task
from ..rules import Part
from . import hands, making, running

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.organization.models import Person

    from ..models import Case

FEW = 3
"""So many of the tasks that a person closed last are offered to be taken back."""


def assigners(task: Task) -> list[int]:
    """Return the positions that may hand a task to others.

    Those above the ones whose it is, the Sekcam and the head of the office.
    """
    office = Q(unit__office=task.case.unit_id)
    kinds = [PositionKind.SECRETARY.value, PositionKind.HEAD.value]
    below = hands.places_of([task])[task.pk]
    rows = Position.objects.filter(
        Q(subordinates__in=below) | (office & Q(kind__in=kinds))
    )
    return list(rows.order_by("pk").distinct().values_list("pk", flat=True))


def assignable(tasks: Sequence[Task], person: Person, at: datetime) -> set[int]:
    """Return which of these tasks a person may hand to others; five queries at most.

    A signature is never handed on.
    """
    held = organization.positions_of(person, organization.local_day(at))
    heads = Position.objects.filter(
        pk__in=held, kind__in=[PositionKind.SECRETARY.value, PositionKind.HEAD.value]
    )
    offices = set(heads.values_list("unit__office", flat=True))
    below = set(Position.objects.filter(superior__in=held).values_list("pk", flat=True))
    places = hands.places_of(tasks) if held else {}
    return {
        task.pk
        for task in tasks
        if (task.case.unit_id in offices or below & set(places.get(task.pk, ())))
        and not hands.signs(task)
    }


def may_assign(person: Person, task: Task, at: datetime) -> bool:
    """Whether a person may hand this task to others."""
    return task.pk in assignable([task], person, at)


def takers(task: Task, at: datetime) -> tuple[list[Position], list[Official]]:
    """Return the positions and the officials of the office that a task can go to today.

    Only where somebody is there to do it.
    """
    day = organization.local_day(at, task.case.unit)
    seats = organization.seats(task.case.unit, day)
    people = [t.person for seat in seats for t in seat.holders]
    away = organization.away(people, day)
    there = [
        (seat.position, [t for t in seat.holders if t.person not in away])
        for seat in seats
    ]
    ids = [t.official for _position, held in there for t in held]
    rows = Official.objects.filter(pk__in=ids).select_related("person", "position")
    return [p for p, held in there if held], list(rows)


def assign_obstacle(task: Task, people: frozenset[int]) -> str:
    """Return why a task may not be handed to these people, empty when it may."""
    approves = Part(task.part) in rules.APPROVING and not task.excepted_role
    made = making.makers([task])[task.pk] if approves else frozenset()
    return rules.assign_obstacle(
        people,
        signs=hands.signs(task),
        wanted=running.people_wanted(task),
        makers=made,
    )


def withdraw_obstacle(task: Task, person: Person) -> str:
    """Return why a person may not take a closed task back, empty when he or she may."""
    moved = task.case.moved_at
    if moved and task.done_at and task.done_at <= moved:
        return say(
            "Kasus ini sudah dipindahkan ke versi SOP yang baru, jadi yang ditutup "
            "sebelumnya tidak dapat ditarik. Minta pengembalian dengan alasan."
        )
    followers = list(task.opened.all())
    received = Receipt.objects.filter(
        case=task.case_id, step=task.step, round=task.round, received_at__isnull=False
    )
    return rules.withdraw_obstacle(
        own=task.done_at is not None and task.done_by_id == person.pk,
        plain=":" not in task.outcome,
        signs=hands.signs(task),
        alone=running.people_wanted(task) == 1,
        untouched=all(
            t.seen_at is None and t.started_at is None and t.done_at is None
            for t in followers
        )
        and not received.exists(),
    )


def withdrawable(case: Case, person: Person, at: datetime) -> list[Task]:
    """Return what the person closed last in a case, still holds, and may take back."""
    rows = case.tasks.filter(done_by=person, done_at__isnull=False)
    tasks = list(rows.order_by("-done_at", "-pk")[:FEW])
    for task in tasks:
        task.case = case
    free = [task for task in tasks if not withdraw_obstacle(task, person)]
    held = hands.hands_of(free, at) if free else {}
    return [t for t in free if any(h.person == person.pk for h in held[t.pk])]


def unseen(case: Case, person: Person, at: datetime) -> list[Task]:
    """Return the open tasks of this person that nobody whose they are has opened.

    Without those that the person opened by his or her own act.
    """
    rows: Sequence[Task] = [
        task
        for task in case.tasks.filter(
            done_at__isnull=True, seen_at__isnull=True, opened_by__isnull=False
        ).select_related("opened_by")
        if task.opened_by and task.opened_by.done_by_id != person.pk
    ]
    if not rows:
        return []
    for task in rows:
        task.case = case
    found = hands.hands_of(rows, at)
    return [t for t in rows if any(h.person == person.pk for h in found[t.pk])]
