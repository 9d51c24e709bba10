"""Who is away, who acts for whom by mandate, and which tasks nobody can do today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from himpun.organization import queries as organization
from himpun.organization.models import Absence, Official, Position
from himpun.organization.rules import PositionKind
from himpun.procedures import queries as procedures
from himpun.procedures.models import Delegation, ProcedureVersion
from himpun.procedures.queries import journey
from himpun.procedures.rules import VersionState

from . import staff, work

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person, Unit
    from himpun.procedures.models import Procedure, Task

MOST = 100
"""How many rows a list shows at most."""
SHOWN = 12
DECIDERS = frozenset(
    {PositionKind.HEAD, PositionKind.SECRETARY, PositionKind.ADMINISTRATOR}
)
"""Who is told of tasks that nobody can be expected to do."""


@dataclass(frozen=True)
class Vacant:
    """A task that nobody can be expected to do, with why and what may be done.

    ``position``: the first of those whose it is; ``may_assign``: this person may hand it
    to others.
    """

    task: Task
    title: str
    why: str
    position: int | None
    may_assign: bool


def vacant(desk: work.Desk) -> list[Vacant]:
    """Return the tasks that wait because nobody is there, for those who decide."""
    person, at, kinds = desk.person, desk.at, desk.held.kinds()
    if not DECIDERS & kinds:
        return []
    offices = {p.office for p in desk.held.places.values() if p.office}
    if PositionKind.ADMINISTRATOR in kinds:
        seen = organization.visible_offices(person, at)
        offices |= set(seen.values_list("pk", flat=True))
    rows = procedures.unattended(offices, at, most=SHOWN)
    if not rows:
        return []
    tasks = [row.task for row in rows]
    mine = procedures.assignable(tasks, person, at)
    places = procedures.places_of(tasks)
    return [
        Vacant(
            task=row.task,
            title=procedures.step_of(row.task).activity,
            why=_why(row),
            position=next(iter(places[row.task.pk]), None),
            may_assign=row.task.pk in mine,
        )
        for row in rows
    ]


def _why(row: procedures.Unattended) -> str:
    if not row.away:
        return _("Jabatan %s tidak ada pemegangnya hari ini.") % row.title
    first = min((h.away for h in row.away if h.away), key=lambda away: away.until)
    return _("Pemegang jabatan %(title)s sedang %(away)s.") % {
        "title": row.title,
        "away": journey.away_words(first),
    }


def absences(person: Person, at: datetime) -> list[Absence]:
    """Return who of the visible offices is away today or later, the soonest first."""
    offices = organization.visible_offices(person, at)
    people = Official.objects.filter(position__unit__office__in=offices)
    rows = Absence.objects.filter(
        Q(person__in=people.order_by().values("person")) | Q(person=person),
        cancelled_at__isnull=True,
        until__gte=organization.local_day(at),
    )
    return list(rows.select_related("person")[:MOST])


def delegations(person: Person, at: datetime) -> list[Delegation]:
    """Return the mandates of the visible offices in force today or later."""
    rows = Delegation.objects.filter(
        position__unit__office__in=organization.visible_offices(person, at),
        cancelled_at__isnull=True,
        until__gte=organization.local_day(at),
    )
    return list(
        rows.select_related(
            "giver", "position", "receiver__person", "receiver__position", "procedure"
        )[:MOST]
    )


def absence(person: Person, pk: int, at: datetime) -> Absence:
    """Return an absence that the person may call off: the own one, or as administrator
    one of the tenant; 404 otherwise.
    """
    allowed = Q(person=person)
    tenant = staff.administered(person, at)
    if tenant is not None:
        people = Official.objects.filter(position__unit__tenant=tenant)
        allowed |= Q(person__in=people.order_by().values("person"))
    return get_object_or_404(Absence.objects.filter(allowed), pk=pk)


def delegation(person: Person, pk: int, at: datetime) -> Delegation:
    """Return a mandate of an office that the person may read; 404 otherwise."""
    offices = organization.visible_offices(person, at)
    rows = Delegation.objects.filter(position__unit__office__in=offices)
    return get_object_or_404(rows.select_related("position__unit"), pk=pk)


@dataclass(frozen=True)
class Desk:
    """What a person can hand on by mandate: his positions, to whom, of which SOPs."""

    positions: list[Position]
    officials: list[Official]
    procedures: list[Procedure]


def desk(person: Person, at: datetime) -> Desk:
    """Return what a person can hand on; empty for who holds no position of an office."""
    held = organization.positions_of(person, organization.local_day(at))
    positions = list(
        Position.objects.filter(pk__in=held, unit__office__isnull=False)
        .exclude(kind=PositionKind.ADMINISTRATOR)
        .select_related("unit__office")
    )
    offices: dict[int, Unit] = {
        p.unit.office.pk: p.unit.office for p in positions if p.unit.office
    }
    ids = [
        t.official
        for office in offices.values()
        for seat in organization.seats(office, organization.local_day(at, office))
        for t in seat.holders
        if t.person != person.pk
    ]
    versions = ProcedureVersion.objects.filter(
        state=VersionState.ADOPTED, bindings__position__in=positions
    ).select_related("procedure")
    return Desk(
        positions,
        list(Official.objects.filter(pk__in=ids).select_related("person", "position")),
        list({v.procedure_id: v.procedure for v in versions}.values()),
    )
