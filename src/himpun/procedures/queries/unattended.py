"""What nobody can be expected to do today: positions empty, or all their holders away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind

from .. import rules
from ..models import ActorBinding, ProcedureVersion, Task
from .hands import Hand, hands_of, roster, titles_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True)
class Unattended:
    """A task that nobody may be expected to do: positions empty, or all holders away."""

    task: Task
    title: str
    away: tuple[Hand, ...]


def unattended(
    offices_: Iterable[int], at: datetime, *, most: int | None = None
) -> list[Unattended]:
    """Return the open tasks of these offices that nobody can be expected to do.

    At most ``most`` (None: all), the most urgent first; a fixed number of queries.
    """
    day = organization.local_day(at)
    ids = set(offices_)
    seats = Position.objects.filter(unit__office__in=ids).exclude(
        kind=PositionKind.ADMINISTRATOR
    )
    places = set(seats.values_list("pk", flat=True))
    seated = organization.holders_of(sorted(places), day)
    away = organization.away({t.person for t in seated}, day)
    present = {t.position for t in seated if t.person not in away}
    condition = Q(assignment__position__in=places - present)
    condition |= Q(assignment__official__until__lt=day)
    condition |= Q(assignment__official__person__in=set(away))
    condition |= Q(assignment__official__person__is_active=False)
    for version, actor in _without(ids, present) if places - present else []:
        condition |= Q(assignment__isnull=True, case__version=version, actor=actor)
    live = Task.objects.filter(
        condition,
        done_at__isnull=True,
        case__state=rules.CaseState.RUNNING,
        case__unit__in=ids,
    )
    tasks = list(
        live.select_related(
            "case", "case__procedure", "case__version", "case__unit"
        ).order_by("deadline", "pk")[: most * 2 if most else None]
    )
    if not tasks:
        return []
    hands, titles = hands_of(tasks, at), titles_of(tasks)
    return [
        Unattended(task, titles[task.pk], tuple(hands[task.pk]))
        for task in tasks
        if all(hand.away for hand in hands[task.pk])
    ][:most]


def _without(offices_: Iterable[int], present: Iterable[int]) -> list[tuple[int, str]]:
    """Return (version, actor) of these offices' SOPs in none of whose positions anybody
    is present, one query.
    """
    rows = ActorBinding.objects.filter(version__procedure__unit__in=offices_)
    bound: dict[tuple[int, str], set[int]] = defaultdict(set)
    for version, actor, position in rows.values_list("version", "actor", "position"):
        bound[version, actor].add(position)
    there = set(present)
    return [key for key, positions in bound.items() if not positions & there]


def deserted(at: datetime) -> list[tuple[ProcedureVersion, str]]:
    """Return (version, actor) of SOPs in force whose positions are held, but today
    everybody who may act in them is away.
    """
    rows = list(
        ActorBinding.objects.filter(
            version__state=rules.VersionState.ADOPTED
        ).select_related("version__procedure__unit")
    )
    bound: dict[tuple[int, str], list[ActorBinding]] = defaultdict(list)
    for row in rows:
        bound[row.version_id, row.actor].append(row)
    known = roster({row.position_id for row in rows}, organization.local_day(at))
    found = []
    for (_version, actor), own in bound.items():
        version = own[0].version
        hands = known.hands([row.position_id for row in own], version.procedure_id)
        if hands and all(hand.away for hand in hands):
            found.append((version, actor))
    return found
