"""The working calendar of an office, and with it the office's zone and day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from himpun import worktime
from himpun.shared.refusals import Refusal, say

from ..models import WorkCalendar

if TYPE_CHECKING:
    from datetime import date, datetime

    from ..models import Unit


def local_day(moment: datetime, office: Unit | None = None) -> date:
    """Return the calendar day of a moment in the office's zone (WIB without one)."""
    zone = zone_of(office) if office else "Asia/Jakarta"
    return moment.astimezone(ZoneInfo(zone)).date()


def zone_of(office: Unit) -> str:
    """Return the office's time zone by its calendar; WIB when it has none yet.

    Asked once for each object, which lives as long as a request.
    """
    known: str = vars(office).get("zone", "")
    if not known:
        rows = WorkCalendar.objects.filter(office=office)
        known = rows.values_list("data__zone", flat=True).first() or "Asia/Jakarta"
        vars(office)["zone"] = known
    return known


@dataclass(frozen=True)
class OfficeCalendar:
    """The calendar in force at an office, with the version a deadline names."""

    version: int
    calendar: worktime.Calendar


def calendar_of(office: Unit) -> OfficeCalendar:
    """Return the newest calendar of an office.

    Raises Refusal with what to enter when the office has none.
    """
    row = WorkCalendar.objects.filter(office=office).first()
    if row is None:
        raise Refusal(
            say(
                "Kalender kerja %(office)s belum ada, tenggat tidak dapat dihitung. "
                "Administrator perlu memasukkan jam kerja dan hari libur kantor."
            ),
            office=office.name,
        )
    return OfficeCalendar(row.version, calendar_from(row.data))


def calendar_from(data: object) -> worktime.Calendar:
    """Return the calendar of stored JSON; its sums cost more than reading it again."""
    return _calendar(json.dumps(data))


@lru_cache(maxsize=64)
def _calendar(text: str) -> worktime.Calendar:
    return worktime.Calendar.from_json(json.loads(text))
