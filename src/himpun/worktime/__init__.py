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
from .changing import (
    confirmed_through,
    read_typed_hours,
    typed_hours,
    with_holiday,
    with_special_weeks,
    with_week,
    with_worked_day,
    with_year,
    with_zone,
    without_day,
    without_special_weeks,
)
from .deadlines import DayMeaning, Deadline, TimeUnit, deadline, extended
from .parts import (
    BadCalendar,
    Holiday,
    HolidayKind,
    Hours,
    Segment,
    Span,
    SpecialWeeks,
    Week,
    WorkedDay,
)
from .periods import Period, PeriodKind, period_of, read_period
from .proposing import FIRST_YEAR, LAST_YEAR, probable_holidays
from .remaining import Light, Remaining, in_working_words, light, say_remaining
from .shipped import shipped_calendar
from .spread import Spread, fair_standard, spread
from .words import say_day, say_hours

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "ZONES",
    "BadCalendar",
    "Calendar",
    "DayMeaning",
    "Deadline",
    "Holiday",
    "HolidayKind",
    "Hours",
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
    "Week",
    "WorkedDay",
    "add",
    "add_days",
    "between",
    "closing",
    "confirmed_through",
    "deadline",
    "extended",
    "fair_standard",
    "in_working_words",
    "is_working",
    "light",
    "next_working",
    "nth_working_day",
    "period_of",
    "probable_holidays",
    "read_period",
    "read_typed_hours",
    "say_day",
    "say_hours",
    "say_remaining",
    "shipped_calendar",
    "spread",
    "typed_hours",
    "with_holiday",
    "with_special_weeks",
    "with_week",
    "with_worked_day",
    "with_year",
    "with_zone",
    "without_day",
    "without_special_weeks",
    "working_days",
]
