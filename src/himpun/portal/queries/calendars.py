"""A working calendar as a year that people can read, and what a change would move."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from himpun import worktime
from himpun.organization import queries as organization
from himpun.organization import rules
from himpun.organization.models import Unit, WorkCalendar
from himpun.procedures.queries import deadlines
from himpun.procedures.queries.running import step_of
from himpun.worktime.periods import MONTHS
from himpun.worktime.words import DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.organization.models import Person
    from himpun.procedures.models import Task
    from himpun.worktime import Calendar

WEEKS = months.Calendar()


@dataclass(frozen=True)
class Day:
    """A day in the year's table; ``kind`` is its CSS class, ``name`` why it differs."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class Month:
    """A month: weeks of seven days, None for those of its neighbours."""

    name: str
    weeks: list[list[Day | None]]
    worked: int


@dataclass(frozen=True)
class Shift:
    """An open deadline that a change moves, as the preview names it."""

    title: str
    office: str
    before: datetime
    after: datetime
    firm: bool

    @property
    def moves(self) -> bool:
        """Whether the moment itself changes, not only how firm it is."""
        return self.before != self.after


def office(tenant: int, pk: int) -> tuple[Unit, Calendar | None, int]:
    """Return an office of the tenant with its calendar and version; 404 otherwise."""
    kinds = [kind.value for kind in rules.OFFICES]
    unit = get_object_or_404(Unit, pk=pk, tenant=tenant, kind__in=kinds)
    row = WorkCalendar.objects.filter(office=unit).first()
    if row is None:
        return unit, None, 0
    return unit, organization.calendar_from(row.data), row.version


def readable(person: Person, at: datetime) -> list[Unit]:
    """Return the offices whose calendar a person may read, the own ones first."""
    own = organization.offices_of(person, organization.local_day(at))
    rows = organization.visible_offices(person, at)
    return sorted(rows, key=lambda unit: (unit.pk not in own, unit.order, unit.pk))


def others(unit: Unit) -> list[Unit]:
    """Return the other offices of the tenant."""
    kinds = [kind.value for kind in rules.OFFICES]
    rows = Unit.objects.filter(tenant=unit.tenant_id, kind__in=kinds)
    return list(rows.exclude(pk=unit.pk))


@dataclass(frozen=True)
class Range:
    """Days of which the calendar speaks, set by the office or only proposed."""

    first: date
    last: date
    firm: bool
    decrees: tuple[str, ...]


def ranges(known: Calendar) -> list[Range]:
    """Return the ranges by year, with the decrees that its days off rest on."""
    found = []
    spans = [(known.confirmed, True)]
    if known.proposed:
        spans.append((known.proposed, False))
    for span, firm in spans:
        for year in range(span.first.year, span.last.year + 1):
            first = max(span.first, date(year, 1, 1))
            last = min(span.last, date(year, 12, 31))
            named = (h.decree for h in known.holidays if first <= h.day <= last)
            decrees = tuple(dict.fromkeys(filter(None, named)))
            found.append(Range(first, last, firm, decrees))
    return found


def page(known: Calendar, year: int) -> dict[str, Any]:
    """Return what the page of a calendar shows of one year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return {
        "year": year,
        "years": list(range(known.first.year, known.last.year + 1)),
        "months": [_month(known, year, number) for number in range(1, 13)],
        "holidays": [h for h in known.holidays if h.day.year == year],
        "worked_days": [w for w in known.worked_days if w.day.year == year],
        "special_weeks": [
            s
            for s in known.special_weeks
            if s.span.first <= last and s.span.last >= first
        ],
        "week": [
            (day.capitalize(), worktime.typed_hours(hours))
            for day, hours in zip(DAYS, known.week, strict=True)
        ],
        "hours_a_week": worktime.say_hours(sum(map(_seconds, known.week))),
        "ranges": [r for r in ranges(known) if r.first.year == year],
        "zone": worktime.ZONES[known.zone],
        "next_year": known.last.year + 1,
        "state": _state(known, year),
    }


def _state(known: Calendar, year: int) -> str:
    if date(year, 12, 31) in known.confirmed:
        return "hijau"
    return "kuning"


def _seconds(hours: worktime.Hours) -> int:
    return sum(
        (h.end.hour - h.start.hour) * 3600 + (h.end.minute - h.start.minute) * 60
        for h in hours
    )


def _month(known: Calendar, year: int, number: int) -> Month:
    weeks = [
        [_day(known, day) if day.month == number else None for day in week]
        for week in WEEKS.monthdatescalendar(year, number)
    ]
    days = [day for week in weeks for day in week if day]
    worked = sum(day.kind in {"kerja", "khusus", "pengganti"} for day in days)
    return Month(MONTHS[number - 1], weeks, worked)


def _day(known: Calendar, day: date) -> Day:
    if not known.first <= day <= known.last:
        return Day(day, "luar", _("di luar kalender"))
    kind, name = _kind(known, day)
    return Day(day, kind, name)


def _kind(known: Calendar, day: date) -> tuple[str, str]:
    holiday = known.holiday(day)
    worked = next((w for w in known.worked_days if w.day == day), None)
    if worked:
        return "pengganti", _("hari kerja pengganti: %s") % worked.reason
    if holiday:
        collective = holiday.kind is worktime.HolidayKind.COLLECTIVE
        return ("cuti" if collective else "libur"), holiday.name
    if not known.hours(day):
        return "akhir", _("libur akhir pekan")
    special = next((s for s in known.special_weeks if day in s.span), None)
    return ("khusus", special.name) if special else ("kerja", "")


def shifts(offices: Sequence[Unit], known: Calendar) -> list[Shift]:
    """Return the open deadlines of offices that another calendar would move."""
    return [
        Shift(
            title=_title(change.task),
            office=change.task.case.unit.name,
            before=change.before,
            after=change.after.at,
            firm=change.after.firm,
        )
        for change in deadlines.moved(offices, known)
    ]


def _title(task: Task) -> str:
    return f"{step_of(task).activity}, {task.case.period.label}"
