"""Small Indonesian phrases about days and durations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .periods import MONTHS

if TYPE_CHECKING:
    from datetime import date

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Names of the days, Monday first, as in `date.weekday()`."""


def say_day(day: date) -> str:
    """Return "4 Januari 2027"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_hours(seconds: int) -> str:
    """Return "6 jam 18 menit", "42 menit", "7 jam" or "kurang dari 1 menit"."""
    hours, minutes = divmod(seconds // 60, 60)
    parts = [f"{hours} jam"] * (hours > 0) + [f"{minutes} menit"] * (minutes > 0)
    return " ".join(parts) or "kurang dari 1 menit"
