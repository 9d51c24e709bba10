"""What happens by the clock: people are told once of what is due, late or ending.

A notice is no act of the office: it leaves no event. That something was told is known
from the notice itself, so that every function here may be repeated, also after a
restart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from himpun import worktime
from himpun.ledger.rules import SYSTEM
from himpun.notices import actions as notices
from himpun.notices import queries as told
from himpun.organization import queries as organization
from himpun.organization.models import Official, Position, Unit
from himpun.organization.rules import CALENDAR_WARNING, OFFICES, PositionKind
from himpun.shared.templatetags.himpun import saat_lengkap, tanggal

from . import queries
from .models import Case, Task
from .queries import hands, journey, overview
from .rules import CaseState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

RESPONSIBLE, SUPERIOR = "penanggung_jawab", "atasan"
"""Words of `eskalasi.lewat_tenggat` beside the actors of the SOP."""


def remind(at: datetime) -> int:
    """Tell the holders of a task that its time is nearly used, and whom the SOP names
    when it is late; each once. Return how many people were told.

    `eskalasi` of the SOP says when and whom; without it nobody is told.
    """
    cases = list(Case.objects.filter(state=CaseState.RUNNING))
    tasks = [t for t in journey.open_tasks(cases) if queries.plan_of(t.case).escalation]
    calendars = journey.calendars_of(task.case.unit_id for task in tasks)
    known = told.times_asked(
        name for task in tasks for name in (_near(task), _late(task))
    )
    count = 0
    for task in tasks:
        light = journey.light_of(task, calendars.get(task.case.unit_id), at)
        if light is worktime.Light.LATE and _late(task) not in known:
            text = _("Lewat tenggat: %(task)s. Tenggatnya %(due)s.")
            count += _tell(task, _those_to_tell(task, at), text, _late(task), at)
        elif light is worktime.Light.NEAR and _near(task) not in known:
            text = _("Mohon dikerjakan: %(task)s. Tenggat %(due)s.")
            count += _tell(task, _hands(task, at), text, _near(task), at)
    return count


def _near(task: Task) -> str:
    return f"dekat:{task.pk}"


def _late(task: Task) -> str:
    return f"lewat:{task.pk}"


def _positions(task: Task) -> list[int]:
    return queries.places_of([task])[task.pk]


def _hands(task: Task, at: datetime) -> set[int]:
    """Return the people in whose hands the task is: holders, stand-ins, assignees."""
    return {hand.person for hand in hands.hands_of([task], at)[task.pk]}


def _people(positions: Iterable[int], at: datetime) -> set[int]:
    day = organization.local_day(at)
    return {holder.person for holder in organization.holders_of(positions, day)}


def _those_to_tell(task: Task, at: datetime) -> set[int]:
    """Return the people whom the SOP wants to know of a late task."""
    escalation = queries.plan_of(task.case).escalation
    wanted = escalation.tell if escalation else ()
    own = _positions(task)
    found: set[int] = set()
    for word in wanted:
        if word == RESPONSIBLE:
            found |= _hands(task, at)
        elif word == SUPERIOR:
            above = Position.objects.filter(subordinates__in=own)
            found |= _people(set(above.values_list("pk", flat=True)), at)
        else:
            named = queries.positions_of_actor(task.case.version_id, word)
            found |= _people(named, at)
    return found


@transaction.atomic
def _tell(task: Task, people: set[int], text: str, about: str, at: datetime) -> int:
    """Tell people once, also when two workers come to it at the same moment."""
    with timezone.override(organization.zone_of(task.case.unit)):
        due = saat_lengkap(task.deadline)
    Case.objects.select_for_update().get(pk=task.case_id)
    if about in told.times_asked([about]):
        return 0
    return notices.notify(
        people,
        unit=task.case.unit,
        text=text % {"task": overview.full_title(task), "due": due},
        link=reverse("procedures:case", args=[task.case_id]),
        about=about,
        mail=True,
        by=SYSTEM,
        at=at,
    )


def warn_of_unattended(at: datetime) -> int:
    """Tell the heads of an office and its administrators of a task that nobody can be
    expected to do; once for each time that it comes to nobody. Return how many were told.
    """
    offices = Unit.objects.filter(kind__in=[kind.value for kind in OFFICES])
    rows = queries.unattended(offices.values_list("pk", flat=True), at)
    names = _nobodies(rows, at) if rows else {}
    known = told.times_asked(names.values())
    text = _(
        "Tidak ada yang mengerjakan: %(task)s. Jabatannya kosong atau pemegangnya tidak "
        "hadir. Alihkan tugasnya, atau minta administrator mencatat Plt. atau Plh."
    )
    count = 0
    for row in rows:
        about = names[row.task.pk]
        if about not in known:
            people = _deciders(row.task.case.unit, at)
            count += _tell(row.task, people, text, about, at)
    return count


def _nobodies(rows: Sequence[queries.Unattended], at: datetime) -> dict[int, str]:
    """Return by task what the warning is about: these hands, as long as they stay so.

    Another hand-over, an appointment that ended since, a later absence are new ones.
    """
    places = queries.places_of([row.task for row in rows])
    tenures = Official.objects.filter(
        position__in={position for own in places.values() for position in own},
        since__lte=organization.local_day(at),
    )
    newest: dict[int, int] = dict(
        tenures.order_by().values_list("position").annotate(Max("pk"))
    )
    found = {}
    for row in rows:
        task = row.task
        seat = max((newest.get(p, 0) for p in places[task.pk]), default=0)
        away = max((hand.away.pk for hand in row.away if hand.away), default=0)
        given = task.assignment_id or 0
        found[task.pk] = f"kosong:{task.pk}:{given}:{seat}:{away}"
    return found


def _deciders(office: Unit, at: datetime) -> set[int]:
    """Return who can help: head and Sekcam of the office, the administrators."""
    heads = [PositionKind.HEAD.value, PositionKind.SECRETARY.value]
    rows = Position.objects.filter(
        Q(unit__office=office, kind__in=heads)
        | Q(unit__tenant=office.tenant_id, kind=PositionKind.ADMINISTRATOR)
    )
    return _people(rows.values_list("pk", flat=True), at)


def warn_of_calendars(at: datetime) -> int:
    """Tell administrator and Kasubbag that an office's confirmed calendar ends soon.

    Once for each version of the calendar, `CALENDAR_WARNING` before its last day. Return
    how many people were told.
    """
    count = 0
    for office in Unit.objects.filter(kind__in=[kind.value for kind in OFFICES]):
        calendar = journey.calendars_of([office.pk]).get(office.pk)
        if calendar is None:
            continue
        last = calendar.confirmed.last
        about = f"kalender:{office.pk}:{last.isoformat()}"
        soon = last - organization.local_day(at, office) <= CALENDAR_WARNING
        if not soon or about in told.times_asked([about]):
            continue
        text = _(
            "Kalender kerja %(office)s ditetapkan sampai %(day)s. Tenggat sesudahnya "
            "sementara sampai administrator menetapkan kalender tahun berikutnya."
        ) % {"office": office.name, "day": tanggal(last)}
        count += _warn(office, text, about, at)
    return count


@transaction.atomic
def _warn(office: Unit, text: str, about: str, at: datetime) -> int:
    """Tell administrators and heads of the office once, by any of several workers."""
    Unit.objects.select_for_update().get(pk=office.pk)
    if about in told.times_asked([about]):
        return 0
    administrators = Position.objects.filter(
        unit__tenant=office.tenant_id, kind=PositionKind.ADMINISTRATOR
    )
    heads = Position.objects.filter(unit__office=office, kind=PositionKind.SUBHEAD)
    count = 0
    for positions, link in (
        (administrators, reverse("portal:calendar", args=[office.pk])),
        (heads, ""),
    ):
        count += notices.notify(
            _people(positions.values_list("pk", flat=True), at),
            unit=office,
            text=text,
            link=link,
            about=about,
            mail=True,
            by=SYSTEM,
            at=at,
        )
    return count
