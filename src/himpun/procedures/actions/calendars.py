"""A calendar is put into force and open deadlines are computed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.organization import actions as office_actions
from himpun.organization import queries as organization
from himpun.organization.models import Unit, WorkCalendar
from himpun.shared.refusals import Refusal, say

from ..models import Task
from ..queries import deadlines
from .desk import write_event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun import worktime
    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person

    from ..queries.deadlines import Moved


@transaction.atomic
def put_calendar(
    offices: Iterable[Unit],
    calendar: worktime.Calendar,
    *,
    seen: int,
    by: Person,
    at: datetime,
) -> int:
    """Put a calendar into force at offices and recompute open deadlines, by events.

    ``seen`` is the version of the first office that the person changed (0: none).
    Return how many deadlines moved or became firm. The tenant's administrator may;
    raises Refusal when somebody else was faster.
    """
    moved = 0
    for number, office in enumerate(offices):
        office_actions.may_administer(by, office.tenant_id, at)
        Unit.objects.select_for_update().get(pk=office.pk)
        newest = WorkCalendar.objects.filter(office=office).first()
        version = newest.version if newest else 0
        if not number and version != seen:
            raise Refusal(
                say(
                    "Kalender ini sudah diubah orang lain menjadi versi %(version)s. "
                    "Lihat kalendernya, lalu ulangi perubahan Anda."
                ),
                version=version,
            )
        actor = organization.own_role(by, at)
        row = office_actions.set_calendar(office, calendar, by=actor, at=at)
        for change in deadlines.moved([office], calendar):
            move(change, row.version, by=actor, at=at)
            moved += 1
    return moved


def move(change: Moved, version: int, *, by: Actor, at: datetime) -> None:
    """Give a task the deadline of a calendar's version, by an event."""
    task = change.task
    Task.objects.filter(pk=task.pk).update(
        deadline=change.after.at,
        deadline_firm=change.after.firm,
        calendar_version=version,
    )
    write_event(
        task.case,
        "deadline.recomputed",
        by=by,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "before": change.before,
            "deadline": change.after.at,
            "firm": change.after.firm,
            "calendar_version": version,
        },
    )
