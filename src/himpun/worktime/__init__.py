"""Working time of an Indonesian office: calendars, deadlines, what is left.

Pure: no framework, no clock. See README.md for the rules and their sources.
"""

from .arithmetic import (
    add,
    add_days,
    between,
    closing,
    is_working,
    next_working,
    nth_working_day,
    working_days,
)
from .calendar import ZONES, Calendar, OutsideCalendar
from .deadlines import DayMeaning, Deadline, TimeUnit, deadline
from .parts import (
    BadCalendar,
    Holiday,
    HolidayKind,
    Segment,
    Span,
    SpecialWeeks,
    WorkedDay,
)
from .periods import Period, PeriodKind, period_of, read_period
from .remaining import Light, Remaining, in_working_words, light, say_remaining
from .shipped import shipped_calendar
from .spread import Spread, fair_standard, spread
from .words import say_day, say_hours

__all__ = [
    "ZONES",
    "BadCalendar",
    "Calendar",
    "DayMeaning",
    "Deadline",
    "Holiday",
    "HolidayKind",
    "Light",
    "OutsideCalendar",
    "Period",
    "PeriodKind",
    "Remaining",
    "Segment",
    "Span",
    "SpecialWeeks",
    "Spread",
    "TimeUnit",
    "WorkedDay",
    "add",
    "add_days",
    "between",
    "closing",
    "deadline",
    "fair_standard",
    "in_working_words",
    "is_working",
    "light",
    "next_working",
    "nth_working_day",
    "period_of",
    "read_period",
    "say_day",
    "say_hours",
    "say_remaining",
    "shipped_calendar",
    "spread",
    "working_days",
]
