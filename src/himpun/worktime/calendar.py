"""An office's working calendar: hours, days off, and the days it speaks for.

It is data with sources and never guesses: a question about a day outside its ranges
raises `OutsideCalendar`. Hours: Perpres 21/2023 (the office head sets the details).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from himpun.wording import joined, say

from .parts import (
    BadCalendar,
    Holiday,
    Hours,
    Span,
    SpecialWeeks,
    Week,
    WorkedDay,
    check_hours,
    keys,
    read_list,
    read_text,
    read_week,
    week_to_json,
)
from .words import DAYS, say_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT = "himpun-calendar/1"
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
"""The three zones of Indonesia and how people call them."""
ONE_DAY = timedelta(days=1)


class OutsideCalendar(LookupError):
    """The calendar says nothing about ``day``; ``year`` is what has to be entered.

    ``str()`` is a sentence for the user.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        self.year = day.year
        super().__init__(
            say(
                "Kalender kerja kantor belum memuat %(day)s. Masukkan jam kerja, "
                "hari libur nasional dan cuti bersama tahun %(year)s, lalu tetapkan.",
                day=say_day(day),
                year=day.year,
            )
        )


@dataclass(frozen=True)
class Calendar:
    """The working time of one office; immutable, one object for each version.

    ``confirmed`` was set by the office; ``proposed`` follows it without a gap (None: no
    proposal), and a deadline in it is provisional. ``notes`` name the sources.
    """

    name: str
    version: int
    zone: str
    week: Week
    confirmed: Span
    proposed: Span | None = None
    special_weeks: tuple[SpecialWeeks, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    worked_days: tuple[WorkedDay, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a calendar that contradicts itself; raises BadCalendar."""
        if self.zone not in ZONES:
            raise BadCalendar(
                say(
                    "Zona waktu %(zone)s tidak dikenal. Pilih: %(zones)s.",
                    zone=self.zone,
                    zones=", ".join(ZONES),
                )
            )
        if isinstance(self.version, bool) or self.version < 1:
            raise BadCalendar(say("Nomor versi kalender dimulai dari 1."))
        _check_week(self.week, say("minggu biasa"))
        if not any(self.week):
            raise BadCalendar(
                say("Minggu kerja kosong. Isi jam kerja sedikitnya satu hari.")
            )
        self._check_ranges()
        self._check_special_weeks()
        self._check_days()

    def _check_ranges(self) -> None:
        if self.proposed and self.proposed.first != self.confirmed.last + ONE_DAY:
            raise BadCalendar(
                say(
                    "Rentang usulan harus mulai sehari setelah rentang yang "
                    "ditetapkan berakhir, yaitu %(day)s.",
                    day=say_day(self.confirmed.last + ONE_DAY),
                )
            )

    def _check_special_weeks(self) -> None:
        ordered = sorted(self.special_weeks, key=lambda special: special.span.first)
        for before, after in pairwise(ordered):
            if after.span.first <= before.span.last:
                raise BadCalendar(
                    say(
                        "Jam khusus %(first)s dan %(second)s tumpang-tindih pada "
                        "%(day)s.",
                        first=before.name,
                        second=after.name,
                        day=say_day(after.span.first),
                    )
                )
        for special in ordered:
            _check_week(special.week, special.name)

    def _check_days(self) -> None:
        holidays = [holiday.day for holiday in self.holidays]
        worked = [worked.day for worked in self.worked_days]
        for day, times in (Counter(holidays) + Counter(worked)).items():
            if day < self.first or day > self.last:
                raise BadCalendar(
                    say("%(day)s berada di luar rentang kalender.", day=say_day(day))
                )
            if times > (day in holidays) + (day in worked):
                raise BadCalendar(
                    say("%(day)s tercatat dua kali dalam kalender.", day=say_day(day))
                )
        for exception in self.worked_days:
            check_hours(exception.hours, say_day(exception.day))
            if not self.hours(exception.day):
                raise BadCalendar(
                    say(
                        "%(day)s ditandai hari kerja tetapi jamnya kosong. Isi jam "
                        "kerja hari itu.",
                        day=say_day(exception.day),
                    )
                )

    @property
    def first(self) -> date:
        """The first day that the calendar speaks for."""
        return self.confirmed.first

    @property
    def last(self) -> date:
        """The last day that the calendar speaks for, confirmed or proposed."""
        return self.proposed.last if self.proposed else self.confirmed.last

    @cached_property
    def tz(self) -> ZoneInfo:
        """The office's zone."""
        return ZoneInfo(self.zone)

    @cached_property
    def _holidays(self) -> dict[date, Holiday]:
        return {holiday.day: holiday for holiday in self.holidays}

    @cached_property
    def _worked(self) -> dict[date, WorkedDay]:
        return {worked.day: worked for worked in self.worked_days}

    def holiday(self, day: date) -> Holiday | None:
        """Return the holiday on a day, even when that day is worked; else None."""
        return self._holidays.get(day)

    def hours(self, day: date) -> Hours:
        """Return the working hours of a day, empty when nobody works."""
        worked = self._worked.get(day)
        if worked and worked.hours:
            return worked.hours
        if day in self._holidays and not worked:
            return ()
        for special in self.special_weeks:
            if day in special.span:
                return special.week[day.weekday()]
        return self.week[day.weekday()]

    def index(self, day: date) -> int:
        """Return the number of the day, 0 for the first; raises OutsideCalendar."""
        if not self.first <= day <= self.last:
            raise OutsideCalendar(day)
        return (day - self.first).days

    # What follows is summed once for each calendar: every question is then answered
    # without walking over days.

    @cached_property
    def seconds(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each day the working hours as seconds after local midnight."""
        days = (self.last - self.first).days + 1
        return tuple(
            tuple(
                (_second(segment.start), _second(segment.end))
                for segment in self.hours(self.first + number * ONE_DAY)
            )
            for number in range(days)
        )

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """The working seconds of each day."""
        return tuple(sum(end - start for start, end in day) for day in self.seconds)

    @cached_property
    def seconds_before(self) -> tuple[int, ...]:
        """Working seconds before each day; one more entry holds the sum of all."""
        return tuple(accumulate(self.totals, initial=0))

    @cached_property
    def workdays_before(self) -> tuple[int, ...]:
        """Working days before each day; one more entry holds their number."""
        return tuple(accumulate((total > 0 for total in self.totals), initial=0))

    @cached_property
    def workdays(self) -> tuple[int, ...]:
        """The numbers of the days that are worked, in order."""
        return tuple(n for n, total in enumerate(self.totals) if total)

    def to_json(self) -> dict[str, object]:
        """Return the calendar as plain values; `from_json` gives an equal one back."""
        return {
            "format": FORMAT,
            "name": self.name,
            "version": self.version,
            "zone": self.zone,
            "week": week_to_json(self.week),
            "confirmed": self.confirmed.to_json(),
            "proposed": self.proposed.to_json() if self.proposed else None,
            "special_weeks": [special.to_json() for special in self.special_weeks],
            "holidays": [holiday.to_json() for holiday in self.holidays],
            "worked_days": [worked.to_json() for worked in self.worked_days],
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, data: object) -> Calendar:
        """Read what `to_json` gave (parsed JSON); raises BadCalendar."""
        row = keys(data, "teratas", *_KEYS)
        if row["format"] != FORMAT:
            raise BadCalendar(
                say(
                    "Bentuk kalender %(found)s bukan %(wanted)s.",
                    found=row["format"],
                    wanted=FORMAT,
                )
            )
        version, proposed = row["version"], row["proposed"]
        if not isinstance(version, int):
            raise BadCalendar(say("Nomor versi kalender seharusnya bilangan bulat."))
        return cls(
            name=read_text(row["name"]),
            version=version,
            zone=read_text(row["zone"]),
            week=read_week(row["week"], "week"),
            confirmed=Span.from_json(row["confirmed"], "confirmed"),
            proposed=None if proposed is None else Span.from_json(proposed, "proposed"),
            special_weeks=tuple(
                map(SpecialWeeks.from_json, _rows(row, "special_weeks"))
            ),
            holidays=tuple(map(Holiday.from_json, _rows(row, "holidays"))),
            worked_days=tuple(map(WorkedDay.from_json, _rows(row, "worked_days"))),
            notes=tuple(map(read_text, _rows(row, "notes"))),
        )


_KEYS = (
    "format",
    "name",
    "version",
    "zone",
    "week",
    "confirmed",
    "proposed",
    "special_weeks",
    "holidays",
    "worked_days",
    "notes",
)


def _rows(row: Mapping[str, object], name: str) -> Sequence[object]:
    return read_list(row[name], name)


def _second(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60


def _check_week(week: Week, where: str) -> None:
    if len(week) != len(DAYS):
        raise BadCalendar(
            say("Jam kerja %(where)s harus memuat tujuh hari.", where=where)
        )
    for name, hours in zip(DAYS, week, strict=True):
        check_hours(hours, joined([where, name], " "))
