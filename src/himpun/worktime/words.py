"""Small Indonesian phrases about days and durations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.wording import Sentence, joined, say

from .periods import MONTHS

if TYPE_CHECKING:
    from datetime import date

DAYS = (
    *(say("senin"), say("selasa"), say("rabu"), say("kamis")),
    *(say("jumat"), say("sabtu"), say("minggu")),
)
"""Names of the days, Monday first, as in `date.weekday()`."""


def say_day(day: date) -> Sentence:
    """Return "4 Januari 2027"."""
    return say(
        "%(day)s %(month)s %(year)s",
        day=day.day,
        month=MONTHS[day.month - 1],
        year=day.year,
    )


def say_hours(seconds: int) -> Sentence:
    """Return "6 jam 18 menit", "42 menit", "7 jam" or "kurang dari 1 menit"."""
    hours, minutes = divmod(seconds // 60, 60)
    parts = [
        *([say("%(hours)s jam", hours=hours)] if hours else []),
        *([say("%(minutes)s menit", minutes=minutes)] if minutes else []),
    ]
    return joined(parts, " ") if parts else say("kurang dari 1 menit")
