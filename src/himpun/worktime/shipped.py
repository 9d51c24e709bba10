"""The calendar that ships with the product, until an office enters its own."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from importlib import resources

from .calendar import Calendar

FILE = "indonesia-5hari.json"


@lru_cache(maxsize=3)
def shipped_calendar(zone: str = "Asia/Jakarta") -> Calendar:
    """Return the five-day calendar of Indonesia for a zone; raises BadCalendar.

    2025 and 2026 confirmed, 2027 proposed; hours of Perpres 21/2023, other hours in
    Ramadan. `scripts/make_calendar.py` makes the file and names the sources.
    """
    text = resources.files(__package__).joinpath("data", FILE).read_text("utf-8")
    return replace(Calendar.from_json(json.loads(text)), zone=zone)
