"""How much working time is left, in numbers, in words and as a light."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from himpun.wording import Sentence, say

from .arithmetic import between, days_before, local
from .calendar import OutsideCalendar
from .words import say_day, say_hours

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from .calendar import Calendar


class Light(StrEnum):
    """The light beside a task that has started; waiting: its clock stands still."""

    SAFE = "aman"
    NEAR = "mendekati"
    LATE = "lewat"
    WAITING = "menunggu"


@dataclass(frozen=True)
class Remaining:
    """Working time between now and the deadline, never negative.

    The same length twice: ``days`` in working days (each day counts as one, however
    long), ``seconds`` in working seconds. ``late``: the deadline has passed.
    """

    late: bool
    days: Fraction
    seconds: int


def in_working_words(
    calendar: Calendar, now: datetime, deadline: datetime
) -> Remaining:
    """Return the working time left or passed; raises OutsideCalendar."""
    return Remaining(
        late=now > deadline,
        days=abs(days_before(calendar, deadline) - days_before(calendar, now)),
        seconds=abs(between(calendar, now, deadline)),
    )


def say_remaining(calendar: Calendar, now: datetime, deadline: datetime) -> Sentence:
    """Return "Sisa 1 hari kerja", "Sisa 6 jam 18 menit" or "Lewat 0,3 hari".

    Days are rounded down, so nobody is promised or blamed for more than there is. When
    the calendar does not reach from one moment to the other, the deadline's day is
    named instead.
    """
    try:
        left = in_working_words(calendar, now, deadline)
    except OutsideCalendar:
        day = say_day(local(calendar, deadline).date())
        if now > deadline:
            return say("Lewat sejak %(day)s", day=day)
        return say("Tenggat %(day)s", day=day)
    return _say_late(left) if left.late else _say_left(left)


def light(
    calendar: Calendar,
    opened: datetime,
    now: datetime,
    deadline: datetime,
    threshold: Decimal,
) -> Light:
    """Return the light of a task.

    Near: ``threshold`` (``eskalasi.ingatkan_pada``, 0.8 is 80 %) of the time from
    ``opened`` to ``deadline`` is used, or the task is due today. Raises OutsideCalendar.
    """
    if now > deadline:
        return Light.LATE
    if local(calendar, now).date() == local(calendar, deadline).date():
        return Light.NEAR
    used = between(calendar, opened, now)
    near = used >= Fraction(threshold) * between(calendar, opened, deadline)
    return Light.NEAR if near else Light.SAFE


def _say_left(left: Remaining) -> Sentence:
    if days := int(left.days):
        return say("Sisa %(days)s hari kerja", days=days)
    return say("Sisa %(time)s", time=say_hours(left.seconds))


def _say_late(left: Remaining) -> Sentence:
    days, tenth = divmod(int(left.days * 10), 10)
    if not days and not tenth:
        return say("Lewat %(time)s", time=say_hours(left.seconds))
    if tenth:
        return say("Lewat %(days)s,%(tenth)s hari", days=days, tenth=tenth)
    return say("Lewat %(days)s hari", days=days)
