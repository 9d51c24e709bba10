"""Measuring and adding working time.

Two scales carry everything. *Working seconds* since the calendar's first day measure
minutes and hours. *Working days* (the number of whole working days before, plus the
share of this day's seconds already worked) measure days: "1 hari" means the same share
of the next working day, however long that day is. A moment outside working hours sits
where the hours before it ended, so every answer is the earliest moment that fits:
Monday 16.00, never Tuesday 07.30.

Moments are aware datetimes; naive ones raise ValueError. Results are whole seconds in
the office's zone. Days that the calendar does not hold raise `OutsideCalendar`.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from .calendar import ONE_DAY, Calendar, OutsideCalendar

Days = Decimal | Fraction | int
"""A number of days, exact."""


def between(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Return the working seconds from ``start`` to ``end``; negative when reversed.

    Additive: between(a, c) is always between(a, b) + between(b, c).
    """
    return _worked_until(calendar, end) - _worked_until(calendar, start)


def add(calendar: Calendar, start: datetime, seconds: int) -> datetime:
    """Return the earliest moment at which ``seconds`` more have been worked.

    Raises ValueError for negative seconds.
    """
    if seconds < 0:
        raise ValueError("working time is added forwards only")
    if seconds == 0:
        return local(calendar, start)
    target = _worked_until(calendar, start) + seconds
    number = bisect_left(calendar.seconds_before, target) - 1
    if number >= len(calendar.totals):
        raise OutsideCalendar(calendar.last + ONE_DAY)
    return _moment(calendar, number, target - calendar.seconds_before[number])


def add_days(calendar: Calendar, start: datetime, days: Days) -> datetime:
    """Return the same share of the ``days``-th next working day.

    Friday 15.45 (0.9 of the day) + 1 is Monday 15.15; Saturday + 1 is Monday 16.00; a
    fraction of a day moves on by that share: Friday 15.45 + 0.5 is 0.4 of Monday. A
    share that is no whole second is rounded up. Raises ValueError for negative days.
    """
    if days < 0:
        raise ValueError("working days are added forwards only")
    if days == 0:
        return local(calendar, start)
    target = days_before(calendar, start) + Fraction(days)
    ordinal = ceil(target) - 1
    if ordinal >= len(calendar.workdays):
        raise OutsideCalendar(calendar.last + ONE_DAY)
    number = calendar.workdays[ordinal]
    return _moment(calendar, number, ceil((target - ordinal) * calendar.totals[number]))


def days_before(calendar: Calendar, moment: datetime) -> Fraction:
    """Return the working days since the calendar's first day, the last one in part."""
    here = local(calendar, moment)
    number = calendar.index(here.date())
    whole, total = calendar.workdays_before[number], calendar.totals[number]
    if not total:
        return Fraction(whole)
    return whole + Fraction(_worked_that_day(calendar, number, here), total)


def closing(calendar: Calendar, day: date) -> datetime:
    """Return when the office closes on ``day``, or on the next working day after it."""
    ordinal = calendar.workdays_before[calendar.index(day)]
    if ordinal >= len(calendar.workdays):
        raise OutsideCalendar(calendar.last + ONE_DAY)
    number = calendar.workdays[ordinal]
    return _moment(calendar, number, calendar.totals[number])


def is_working(calendar: Calendar, moment: datetime) -> bool:
    """Whether somebody works at this moment; the closing second itself is free."""
    here = local(calendar, moment)
    hours = calendar.seconds[calendar.index(here.date())]
    return any(start <= _second_of_day(here) < end for start, end in hours)


def next_working(calendar: Calendar, moment: datetime) -> datetime:
    """Return the moment itself when within working hours, else the next opening.

    A closing time counts as within: what ends at 16.00 still ends that day.
    """
    here = local(calendar, moment)
    number, second = calendar.index(here.date()), _second_of_day(here)
    while number < len(calendar.seconds):
        for start, end in calendar.seconds[number]:
            if start <= second <= end:
                return here
            if second < start:
                return _at(calendar, number, start)
        number, second = number + 1, -1
    raise OutsideCalendar(calendar.last + ONE_DAY)


def working_days(calendar: Calendar, first: date, last: date) -> tuple[date, ...]:
    """Return the working days from ``first`` to ``last``, both included."""
    start = calendar.workdays_before[calendar.index(first)]
    end = calendar.workdays_before[calendar.index(last) + 1]
    return tuple(
        calendar.first + number * ONE_DAY for number in calendar.workdays[start:end]
    )


def nth_working_day(calendar: Calendar, after: date, number: int) -> date:
    """Return the ``number``-th working day after a day; 1 is the next one.

    Raises ValueError for a number below 1.
    """
    if number < 1:
        raise ValueError("working days are counted from 1")
    first = calendar.workdays_before[calendar.index(after + ONE_DAY)]
    if first + number > len(calendar.workdays):
        raise OutsideCalendar(calendar.last + ONE_DAY)
    return calendar.first + calendar.workdays[first + number - 1] * ONE_DAY


def local(calendar: Calendar, moment: datetime) -> datetime:
    """Return the moment in the office's zone; raises ValueError for a naive one."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(calendar.tz)


def _worked_until(calendar: Calendar, moment: datetime) -> int:
    here = local(calendar, moment)
    number = calendar.index(here.date())
    return calendar.seconds_before[number] + _worked_that_day(calendar, number, here)


def _worked_that_day(calendar: Calendar, number: int, here: datetime) -> int:
    second = _second_of_day(here)
    return sum(
        min(second, end) - start
        for start, end in calendar.seconds[number]
        if start < second
    )


def _moment(calendar: Calendar, number: int, worked: int) -> datetime:
    """Return when ``worked`` seconds (1 up to the day's total) of a day are done."""
    for start, end in calendar.seconds[number]:
        if worked <= end - start:
            break
        worked -= end - start
    return _at(calendar, number, start + worked)


def _at(calendar: Calendar, number: int, second: int) -> datetime:
    day = calendar.first + number * ONE_DAY
    midnight = datetime.combine(day, time.min, calendar.tz)
    return midnight + timedelta(seconds=second)


def _second_of_day(here: datetime) -> int:
    return here.hour * 3600 + here.minute * 60 + here.second
