"""The parts of a working calendar, each with its JSON form.

Hours are office-local; a part that does not hold together raises `BadCalendar` with a
sentence for the person who enters the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import pairwise

from himpun.wording import joined, say

from .words import DAYS, say_day


class BadCalendar(ValueError):
    """A calendar that does not hold together; ``str()`` is a sentence for the user."""


class HolidayKind(StrEnum):
    """Who set a day off."""

    NATIONAL = "libur-nasional"
    COLLECTIVE = "cuti-bersama"
    LOCAL = "libur-daerah"


@dataclass(frozen=True, order=True)
class Segment:
    """Working hours without a break, from ``start`` until ``end``."""

    start: time
    end: time

    def __post_init__(self) -> None:
        """Refuse hours that end before they begin."""
        if self.start >= self.end:
            raise BadCalendar(
                say(
                    "Jam kerja %(start)s-%(end)s berakhir sebelum dimulai. Tukar "
                    "kedua jamnya.",
                    start=f"{self.start:%H.%M}",
                    end=f"{self.end:%H.%M}",
                )
            )

    def to_json(self) -> list[str]:
        """Return ``["07:30", "12:00"]``."""
        return [f"{self.start:%H:%M}", f"{self.end:%H:%M}"]


Hours = tuple[Segment, ...]
"""The working hours of one day in order; empty: no work."""
Week = tuple[Hours, ...]
"""The working hours of seven days, Monday first."""


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.first > self.last:
            raise BadCalendar(
                say(
                    "Rentang %(first)s sampai %(last)s terbalik. Tukar kedua "
                    "tanggalnya.",
                    first=say_day(self.first),
                    last=say_day(self.last),
                )
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def to_json(self) -> dict[str, str]:
        """Return ``{"first": "2026-01-01", "last": "2026-12-31"}``."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def from_json(cls, data: object, where: str) -> Span:
        """Read a span; raises BadCalendar."""
        row = keys(data, where, "first", "last")
        return cls(read_day(row["first"], where), read_day(row["last"], where))


@dataclass(frozen=True)
class SpecialWeeks:
    """Other hours for a time, such as Ramadan."""

    name: str
    span: Span
    week: Week
    source: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the JSON form."""
        week = week_to_json(self.week)
        row: dict[str, object] = {"name": self.name, **self.span.to_json()}
        return row | {"week": week, "source": self.source}

    @classmethod
    def from_json(cls, data: object) -> SpecialWeeks:
        """Read special weeks; raises BadCalendar."""
        row = keys(data, "special_weeks", "name", "first", "last", "week", "source")
        where = f"special_weeks {row['name']}"
        span = Span(read_day(row["first"], where), read_day(row["last"], where))
        week = read_week(row["week"], where)
        return cls(read_text(row["name"]), span, week, read_text(row["source"]))


@dataclass(frozen=True)
class Holiday:
    """A day off, with the decree that sets it (empty while only proposed)."""

    day: date
    name: str
    kind: HolidayKind
    decree: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the JSON form."""
        return {
            "day": self.day.isoformat(),
            "name": self.name,
            "kind": self.kind.value,
            "decree": self.decree,
        }

    @classmethod
    def from_json(cls, data: object) -> Holiday:
        """Read a holiday; raises BadCalendar."""
        row = keys(data, "holidays", "day", "name", "kind", "decree")
        day = read_day(row["day"], "holidays")
        try:
            kind = HolidayKind(read_text(row["kind"]))
        except ValueError:
            raise BadCalendar(
                say(
                    "Jenis libur %(kind)s pada %(day)s tidak dikenal. Pilih salah "
                    "satu: %(kinds)s.",
                    kind=row["kind"],
                    day=say_day(day),
                    kinds=", ".join(HolidayKind),
                )
            ) from None
        return cls(day, read_text(row["name"]), kind, read_text(row["decree"]))


@dataclass(frozen=True)
class WorkedDay:
    """A day that is worked although a holiday or the weekend says otherwise.

    Without ``hours`` the ordinary hours of that weekday hold.
    """

    day: date
    reason: str
    hours: Hours = ()

    def to_json(self) -> dict[str, object]:
        """Return the JSON form."""
        hours = [segment.to_json() for segment in self.hours]
        return {"day": self.day.isoformat(), "reason": self.reason, "hours": hours}

    @classmethod
    def from_json(cls, data: object) -> WorkedDay:
        """Read a worked day; raises BadCalendar."""
        row = keys(data, "worked_days", "day", "reason", "hours")
        day = read_day(row["day"], "worked_days")
        hours = read_hours(row["hours"], say_day(day))
        return cls(day, read_text(row["reason"]), hours)


def week_to_json(week: Week) -> dict[str, list[list[str]]]:
    """Return ``{"senin": [["07:30", "12:00"], ...], ...}``."""
    return {
        name: [segment.to_json() for segment in hours]
        for name, hours in zip(DAYS, week, strict=True)
    }


def read_week(data: object, where: str) -> Week:
    """Read the seven days of a week; raises BadCalendar."""
    row = keys(data, where, *DAYS)
    return tuple(read_hours(row[name], joined([where, name], " ")) for name in DAYS)


def read_hours(data: object, where: str) -> Hours:
    """Read the hours of one day; raises BadCalendar when they overlap."""
    hours = tuple(_read_segment(pair, where) for pair in read_list(data, where))
    check_hours(hours, where)
    return hours


def check_hours(hours: Hours, where: str) -> None:
    """Refuse hours of one day that overlap or are out of order."""
    for before, after in pairwise(hours):
        if after.start < before.end:
            raise BadCalendar(
                say(
                    "Jam kerja %(where)s tumpang-tindih pada %(time)s. Tulis jam "
                    "berurutan tanpa tumpang-tindih.",
                    where=where,
                    time=f"{after.start:%H.%M}",
                )
            )


def _read_segment(data: object, where: str) -> Segment:
    pair = read_list(data, where)
    if len(pair) != len(("start", "end")):
        raise BadCalendar(
            say(
                "Jam kerja %(where)s ditulis berpasangan: mulai dan selesai.",
                where=where,
            )
        )
    return Segment(_read_time(pair[0], where), _read_time(pair[1], where))


def _read_time(data: object, where: str) -> time:
    text = data if isinstance(data, str) else ""
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise BadCalendar(
            say(
                "Jam %(found)s pada %(where)s ditulis JJ:MM, misalnya 07:30.",
                found=data,
                where=where,
            )
        )
    return time.fromisoformat(text)


def read_day(data: object, where: str) -> date:
    """Read ``YYYY-MM-DD``; raises BadCalendar."""
    text = data if isinstance(data, str) else ""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise BadCalendar(
        say(
            "Tanggal %(found)s pada %(where)s tidak ada. Tulis TTTT-BB-HH, misalnya "
            "2026-10-07.",
            found=data,
            where=where,
        )
    )


def read_text(data: object) -> str:
    """Read a text; raises BadCalendar."""
    if not isinstance(data, str):
        raise BadCalendar(say("Isian kalender %(found)s seharusnya teks.", found=data))
    return data


def read_list(data: object, where: str) -> Sequence[object]:
    """Read a list; raises BadCalendar."""
    if isinstance(data, str) or not isinstance(data, Sequence):
        raise BadCalendar(
            say("Bagian kalender %(where)s seharusnya daftar.", where=where)
        )
    return data


def keys(data: object, where: str, *names: str) -> Mapping[str, object]:
    """Return ``data`` when it is a mapping with exactly these keys."""
    if not isinstance(data, Mapping):
        raise BadCalendar(
            say(
                "Bagian kalender %(where)s seharusnya berpasangan nama-isi.",
                where=where,
            )
        )
    wrong = sorted(str(key) for key in set(data) ^ set(names))
    if wrong:
        raise BadCalendar(
            say(
                "Bagian kalender %(where)s: %(names)s kurang atau tidak dikenal.",
                where=where,
                names=", ".join(wrong),
            )
        )
    return data
