"""Moments and calendars for the tests of working time."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from himpun.worktime import shipped_calendar

CALENDAR = shipped_calendar()
WIB = ZoneInfo("Asia/Jakarta")


def wib(text):
    """Return "2026-10-09 15.45" in WIB."""
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WIB)


def changed(**changes):
    """Return the shipped calendar with some of its fields changed."""
    return replace(CALENDAR, **changes)
