"""Changes of a calendar, each a new `Calendar`; whatever contradicts itself is refused.

Nothing here is stored: who changes a calendar, and what follows for deadlines, is the
business of those who call.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from himpun.wording import say

from .calendar import ONE_DAY, Calendar
from .parts import BadCalendar, Holiday, Segment, Span, SpecialWeeks, check_hours
from .words import say_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .parts import Hours, Week, WorkedDay

RAMADAN = timedelta(days=30)
FEAST = "Hari Raya Idul Fitri"
"""How a proposed holiday begins whose month before is Ramadan."""
HOURS = re.compile(
    r"(\d{1,2})[.:](\d{2})\s*(?:-|s\.?d\.?|sampai)\s*(\d{1,2})[.:](\d{2})"
)


def with_week(calendar: Calendar, week: Week) -> Calendar:
    """Return the calendar with other weekly hours, for all its days."""
    return replace(calendar, week=week)


def with_zone(calendar: Calendar, zone: str) -> Calendar:
    """Return the calendar read in another zone; raises BadCalendar."""
    return replace(calendar, zone=zone)


def with_special_weeks(calendar: Calendar, special: SpecialWeeks) -> Calendar:
    """Return the calendar with other hours for a time; one of the same name goes."""
    others = [s for s in calendar.special_weeks if s.name != special.name]
    ordered = sorted([*others, special], key=lambda each: each.span.first)
    return replace(calendar, special_weeks=tuple(ordered))


def without_special_weeks(calendar: Calendar, name: str) -> Calendar:
    """Return the calendar without these special weeks; raises BadCalendar."""
    left = tuple(s for s in calendar.special_weeks if s.name != name)
    if len(left) == len(calendar.special_weeks):
        raise BadCalendar(say("Jam khusus %(name)s tidak ada.", name=name))
    return replace(calendar, special_weeks=left)


def with_holiday(calendar: Calendar, holiday: Holiday) -> Calendar:
    """Return the calendar with one more day off; raises BadCalendar."""
    return replace(calendar, holidays=_ordered([*calendar.holidays, holiday]))


def with_worked_day(calendar: Calendar, worked: WorkedDay) -> Calendar:
    """Return the calendar with a day that is worked all the same; raises BadCalendar."""
    days = sorted([*calendar.worked_days, worked], key=lambda each: each.day)
    return replace(calendar, worked_days=tuple(days))


def without_day(calendar: Calendar, day: date) -> Calendar:
    """Return the calendar in which a day is again what the week says.

    What stands last goes first: a day worked although a holiday becomes a holiday.
    Raises BadCalendar for an ordinary day.
    """
    worked = tuple(w for w in calendar.worked_days if w.day != day)
    if worked != calendar.worked_days:
        return replace(calendar, worked_days=worked)
    holidays = tuple(h for h in calendar.holidays if h.day != day)
    if holidays == calendar.holidays:
        raise BadCalendar(say("%(day)s bukan hari khusus.", day=say_day(day)))
    return replace(calendar, holidays=holidays)


def with_year(calendar: Calendar, year: int, holidays: Iterable[Holiday]) -> Calendar:
    """Return the calendar with the next year proposed: its holidays and its Ramadan.

    The week is carried on; the thirty days before Idul Fitri get the hours of the last
    special weeks, as an estimate. Raises BadCalendar unless ``year`` follows the last.
    """
    if year != (calendar.last + ONE_DAY).year:
        raise BadCalendar(
            say(
                "Kalender berakhir %(day)s. Tahun yang dapat diusulkan berikutnya "
                "ialah %(year)s.",
                day=say_day(calendar.last),
                year=(calendar.last + ONE_DAY).year,
            )
        )
    days = [h for h in holidays if h.day.year == year]
    grown = replace(
        calendar,
        proposed=Span(calendar.confirmed.last + ONE_DAY, date(year, 12, 31)),
        holidays=_ordered([*calendar.holidays, *days]),
    )
    for holiday in days:
        if calendar.special_weeks and holiday.name.startswith(FEAST):
            grown = with_special_weeks(grown, _fasting(calendar, holiday.day))
    return grown


def _fasting(calendar: Calendar, feast: date) -> SpecialWeeks:
    return SpecialWeeks(
        name=f"Ramadan {feast.year} (perkiraan)",
        span=Span(feast - RAMADAN, feast - ONE_DAY),
        week=calendar.special_weeks[-1].week,
        source=str(say("perkiraan; menunggu sidang isbat")),
    )


def confirmed_through(calendar: Calendar, day: date, decree: str) -> Calendar:
    """Return the calendar with its proposal confirmed up to a day by a decree.

    Days off in that time take the decree's name. Raises BadCalendar for a day that is
    not in the proposal.
    """
    proposed = calendar.proposed
    if proposed is None or day not in proposed:
        raise BadCalendar(say("Tidak ada usulan kalender yang menunggu ditetapkan."))
    newly = Span(proposed.first, day)
    rest = Span(day + ONE_DAY, proposed.last) if day < proposed.last else None
    return replace(
        calendar,
        confirmed=Span(calendar.confirmed.first, day),
        proposed=rest,
        holidays=tuple(
            replace(h, decree=decree) if h.day in newly and not h.decree else h
            for h in calendar.holidays
        ),
        notes=(*calendar.notes, decree),
    )


def read_typed_hours(text: str) -> Hours:
    """Read "07.30-12.00, 13.00-16.00"; empty: nobody works. Raises BadCalendar."""
    rest, found = text.strip(), []
    while rest:
        match = HOURS.match(rest)
        if match is None:
            raise BadCalendar(_how_hours_are_typed(text))
        found.append(_segment(text, [int(part) for part in match.groups()]))
        rest = rest[match.end() :].lstrip(" ,;")
    check_hours(tuple(found), text.strip())
    return tuple(found)


def _segment(text: str, parts: list[int]) -> Segment:
    try:
        start, end = time(parts[0], parts[1]), time(parts[2], parts[3])
    except ValueError:
        raise BadCalendar(_how_hours_are_typed(text)) from None
    return Segment(start, end)


def _how_hours_are_typed(text: str) -> str:
    return say(
        'Jam "%(text)s" tidak terbaca. Tulis misalnya 07.30-12.00, 13.00-16.00; '
        "kosongkan bila libur.",
        text=text.strip(),
    )


def typed_hours(hours: Hours) -> str:
    """Return hours as people type them: "07.30-12.00, 13.00-16.00"."""
    return ", ".join(f"{h.start:%H.%M}-{h.end:%H.%M}" for h in hours)


def _ordered(holidays: Iterable[Holiday]) -> tuple[Holiday, ...]:
    return tuple(sorted(holidays, key=lambda holiday: holiday.day))
