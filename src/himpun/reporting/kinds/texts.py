"""How figures, days and times are written on paper, in the office's own zone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from himpun.formula import say_number
from himpun.planning.rules import say_aim
from himpun.worktime import ZONES, Calendar, OutsideCalendar, in_working_words
from himpun.worktime.words import say_day, say_hours

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun.planning.rules import Aim, Measured

NOT_CALCULABLE = "tidak dapat dihitung"
KILO = 1024
IN_HOURS = frozenset({"menit", "jam"})
"""Units of *Waktu* that are measured in minutes, not in working days."""
TENTH = Fraction(1, 10)


def number(value: Decimal | None, decimals: int) -> str:
    """Write "1.234,56"; a null is an empty text, never 0."""
    return "" if value is None else say_number(value, decimals)


def aim(value: Aim | None, decimals: int) -> str:
    """Write a target: a number, "3,00 sampai 5,00" or a grade; empty for none."""
    return say_aim(value, decimals)


def percent(value: Decimal | None) -> str:
    """Write "106,93%"."""
    return "" if value is None else f"{say_number(value, 2)}%"


def reached(measured: Measured) -> str:
    """Write an achievement, or that it cannot be calculated."""
    return percent(measured.value) or NOT_CALCULABLE


def size(octets: int) -> str:
    """Write a file's size: "184 KB", "2,1 MB"."""
    if octets < KILO * KILO:
        return f"{max(1, round(octets / KILO))} KB"
    return f"{say_number(Decimal(octets) / (KILO * KILO), 1)} MB"


def day(value: date | None) -> str:
    """Write "6 Januari 2025"."""
    return "" if value is None else say_day(value)


def moment(at: datetime | None, zone: str) -> str:
    """Write "6 Januari 2025 10.12 WIB"."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(zone))
    return f"{say_day(local.date())} {local:%H.%M} {ZONES.get(zone, zone)}"


def brief(at: datetime | None, zone: str) -> str:
    """Write "6 Jan 2025 10.12"."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(zone))
    month = say_day(local.date()).split()[1][:3]
    return f"{local.day} {month} {local.year} {local:%H.%M}"


def spent(calendar: Calendar, spans: list[tuple[datetime, datetime]], unit: str) -> str:
    """Write the working time of some spans in the unit of the standard: "0,8 hari".

    Less than a tenth of a day is written in minutes. Empty when the calendar does not
    reach that far.
    """
    try:
        lengths = [in_working_words(calendar, a, b) for a, b in spans]
    except OutsideCalendar:
        return ""
    days = sum((length.days for length in lengths), Fraction(0))
    if unit in IN_HOURS or days < TENTH:
        return say_hours(sum(length.seconds for length in lengths))
    return f"{number(Decimal(days.numerator) / days.denominator, 1)} hari"
