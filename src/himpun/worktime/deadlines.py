"""When a step is due: an SOP's *Waktu* ("1 hari", "60 mnt") becomes a moment."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .arithmetic import (
    add,
    add_days,
    between,
    closing,
    days_before,
    local,
    next_working,
)
from .calendar import OutsideCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .calendar import Calendar

LONGEST = Decimal(9999)
"""No *Waktu* is larger than this number of its unit."""
SECONDS_A_DAY = 24 * 60 * 60
DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12


class TimeUnit(StrEnum):
    """The units of *Waktu*, in the words of the form."""

    MINUTE = "menit"
    HOUR = "jam"
    DAY = "hari"
    WEEK = "minggu"
    MONTH = "bulan"


class DayMeaning(StrEnum):
    """What the office means by "hari" (``operasional.tafsir_hari``)."""

    WORKING = "hari-kerja"
    CALENDAR = "hari-kalender"
    CLOSING = "tutup"


SECONDS = {TimeUnit.MINUTE: 60, TimeUnit.HOUR: 60 * 60}


@dataclass(frozen=True)
class Deadline:
    """When something is due. Not ``firm``: it rests on a calendar not yet confirmed."""

    at: datetime
    firm: bool


def deadline(
    calendar: Calendar | None,
    start: datetime,
    amount: Decimal | int,
    unit: TimeUnit | str,
    meaning: DayMeaning | str = DayMeaning.WORKING,
) -> Deadline:
    """Return when ``amount`` of ``unit`` after ``start`` is over, in the office's zone.

    - menit, jam: working minutes and hours, whatever ``meaning`` says.
    - hari: `add_days` (hari-kerja); that day's closing time (tutup); the same clock
      time so many days later (hari-kalender).
    - minggu: as many days as the ordinary week has working days; seven when days are
      calendar days.
    - bulan: the same date and clock time so many months later (the last day of a
      shorter month); of a fraction, that part of the days of the month that follows.
    - A calendar date outside working hours moves to the next opening (tutup: to the
      closing time of that day or of the next working day).

    Firm when start and deadline lie in the confirmed range. Raises OutsideCalendar when
    the calendar does not reach so far, or when the office has none (None); ValueError
    for an amount not above 0 or above `LONGEST`, an unknown unit, or a naive start.
    """
    if not 0 < amount <= LONGEST:
        raise ValueError(f"an amount of time lies above 0 and up to {LONGEST}")
    if start.utcoffset() is None:
        raise ValueError("a moment needs its time zone")
    if calendar is None:
        raise OutsideCalendar(start.astimezone(ZoneInfo("Asia/Jakarta")).date())
    begin = local(calendar, start)
    calendar.index(begin.date())
    at = _due(calendar, begin, Fraction(amount), TimeUnit(unit), DayMeaning(meaning))
    confirmed = calendar.confirmed
    return Deadline(at, begin.date() in confirmed and at.date() in confirmed)


def extended(
    calendar: Calendar,
    due: Deadline,
    paused: Iterable[tuple[datetime, datetime]],
    unit: TimeUnit | str,
    meaning: DayMeaning | str = DayMeaning.WORKING,
) -> Deadline:
    """Return the deadline moved on by the working time of the pauses (from, until).

    Minutes and hours move by working seconds, the longer units by shares of working
    days; `DayMeaning.CLOSING` stays at a closing time. Raises OutsideCalendar.
    """
    at, firm = due.at, due.firm
    for start, end in paused:
        if TimeUnit(unit) in SECONDS:
            at = add(calendar, at, between(calendar, start, end))
        else:
            days = days_before(calendar, end) - days_before(calendar, start)
            at = add_days(calendar, at, days)
            if days and DayMeaning(meaning) is DayMeaning.CLOSING:
                at = closing(calendar, at.date())
        firm = firm and at.date() in calendar.confirmed
    return Deadline(at, firm)


def _due(
    calendar: Calendar,
    begin: datetime,
    amount: Fraction,
    unit: TimeUnit,
    meaning: DayMeaning,
) -> datetime:
    if unit in SECONDS:
        return add(calendar, begin, ceil(amount * SECONDS[unit]))
    if unit is TimeUnit.MONTH:
        return _settle(calendar, _months_later(begin, amount), meaning)
    if meaning is DayMeaning.CALENDAR:
        days = amount * (DAYS_A_WEEK if unit is TimeUnit.WEEK else 1)
        later = begin + timedelta(seconds=ceil(days * SECONDS_A_DAY))
        return _settle(calendar, later, meaning)
    days = amount * (sum(map(bool, calendar.week)) if unit is TimeUnit.WEEK else 1)
    at = add_days(calendar, begin, days)
    return closing(calendar, at.date()) if meaning is DayMeaning.CLOSING else at


def _settle(calendar: Calendar, later: datetime, meaning: DayMeaning) -> datetime:
    """Move a date counted on the wall calendar to where somebody works."""
    if meaning is DayMeaning.CLOSING:
        return closing(calendar, later.date())
    return next_working(calendar, later)


def _months_later(begin: datetime, months: Fraction) -> datetime:
    whole = months.numerator // months.denominator
    base, after = _same_day(begin, whole), _same_day(begin, whole + 1)
    rest = (months - whole) * int((after - base).total_seconds())
    return base + timedelta(seconds=ceil(rest))


def _same_day(begin: datetime, months: int) -> datetime:
    years, month = divmod(begin.month - 1 + months, MONTHS_A_YEAR)
    year, month = begin.year + years, month + 1
    day = min(begin.day, monthrange(year, month)[1])
    return begin.replace(year=year, month=month, day=day)
