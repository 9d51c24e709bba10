"""The calendar as data: round trip, what contradicts itself, the shipped one."""

import copy
import csv
import json
import runpy
from dataclasses import replace
from datetime import date, time, timedelta
from importlib import resources
from pathlib import Path

import pytest

from himpun.worktime import (
    BadCalendar,
    Calendar,
    Holiday,
    HolidayKind,
    OutsideCalendar,
    Segment,
    Span,
    SpecialWeeks,
    WorkedDay,
    shipped_calendar,
    working_days,
)

from .builders import CALENDAR, changed

SCRIPT = Path(__file__).parents[4] / "scripts" / "make_calendar.py"
DATA = resources.files("himpun.worktime").joinpath("data")
MORNING = Segment(time(8), time(12))
SUNDAY = date(2026, 10, 11)


def hours_of_week(monday):
    numbers = range(CALENDAR.index(monday), CALENDAR.index(monday) + 7)
    return sum(CALENDAR.totals[number] for number in numbers) / 3600


def test_an_ordinary_week_has_37_hours_and_a_half():
    assert hours_of_week(date(2026, 10, 5)) == 37.5


def test_a_week_of_ramadan_has_32_hours_and_a_half():
    assert hours_of_week(date(2026, 3, 2)) == 32.5


def test_2026_has_240_working_days():
    days = working_days(CALENDAR, date(2026, 1, 1), date(2026, 12, 31))
    assert len(days) == 240
    assert date(2026, 12, 24) not in days


def test_2026_holds_exactly_the_days_of_the_decree():
    rows = csv.DictReader(DATA.joinpath("libur_2026.csv").read_text().splitlines())
    decreed = {(row["tanggal"], row["nama"]) for row in rows}
    shipped = {
        (holiday.day.isoformat(), holiday.name)
        for holiday in CALENDAR.holidays
        if holiday.day.year == 2026
    }
    assert shipped == decreed
    assert len(shipped) == 25


def test_ramadan_begins_and_ends_where_the_notes_say():
    assert CALENDAR.hours(date(2026, 2, 18))[0].start == time(7, 30)
    assert CALENDAR.hours(date(2026, 2, 19))[0].start == time(8)
    assert CALENDAR.hours(date(2026, 3, 17))[0].start == time(8)
    assert CALENDAR.hours(date(2026, 3, 25))[0].start == time(7, 30)


def test_the_shipped_file_is_what_the_script_makes():
    made = runpy.run_path(str(SCRIPT))["text"]()
    assert DATA.joinpath("indonesia-5hari.json").read_text("utf-8") == made


def test_2027_is_proposed_and_the_years_before_are_confirmed():
    assert date(2025, 1, 1) in CALENDAR.confirmed
    assert date(2026, 12, 31) in CALENDAR.confirmed
    assert CALENDAR.proposed == Span(date(2027, 1, 1), date(2027, 12, 31))


def test_the_shipped_calendar_comes_in_each_zone():
    assert shipped_calendar("Asia/Jayapura").tz.key == "Asia/Jayapura"
    assert shipped_calendar("Asia/Jayapura").holidays == CALENDAR.holidays


def full_calendar():
    return changed(
        worked_days=(
            WorkedDay(date(2026, 12, 24), "layanan akhir tahun"),
            WorkedDay(SUNDAY, "posko", (MORNING,)),
        ),
        holidays=(
            *CALENDAR.holidays,
            Holiday(date(2026, 9, 23), "Hari jadi", HolidayKind.LOCAL, "Perbup 1/2026"),
        ),
    )


def test_a_calendar_survives_the_way_through_json():
    for calendar in (CALENDAR, full_calendar(), changed(proposed=None, holidays=())):
        text = json.dumps(calendar.to_json())
        assert Calendar.from_json(json.loads(text)) == calendar


def test_a_worked_holiday_has_its_ordinary_hours_or_its_own():
    calendar = full_calendar()
    assert len(calendar.hours(date(2026, 12, 24))) == 2
    assert calendar.hours(SUNDAY) == (MORNING,)
    assert calendar.holiday(date(2026, 12, 24)).kind is HolidayKind.COLLECTIVE
    assert calendar.holiday(SUNDAY) is None


def test_a_day_outside_the_calendar_raises_with_the_year_to_enter():
    with pytest.raises(OutsideCalendar, match="1 Januari 2028") as raised:
        CALENDAR.index(date(2028, 1, 1))
    assert raised.value.year == 2028
    assert raised.value.day == date(2028, 1, 1)
    with pytest.raises(OutsideCalendar, match="2024"):
        CALENDAR.index(date(2024, 12, 31))


HOLIDAY = CALENDAR.holidays[0]
EMPTY_WEEK = ((),) * 7
FASTING = CALENDAR.special_weeks[1]

CONTRADICTIONS = {
    "zone": ({"zone": "Europe/Paris"}, "Zona waktu"),
    "version": ({"version": 0}, "dimulai dari 1"),
    "version that is true": ({"version": True}, "dimulai dari 1"),
    "no working day": ({"week": EMPTY_WEEK}, "kosong"),
    "six days": ({"week": CALENDAR.week[:6]}, "tujuh hari"),
    "hours out of order": (
        {"week": (CALENDAR.week[0][::-1], *CALENDAR.week[1:])},
        "senin tumpang-tindih",
    ),
    "gap before the proposal": (
        {"proposed": Span(date(2027, 1, 2), date(2027, 12, 31))},
        "1 Januari 2027",
    ),
    "special weeks overlap": (
        {"special_weeks": (FASTING, FASTING)},
        "tumpang-tindih pada 19 Februari 2026",
    ),
    "special weeks share a day": (
        {
            "special_weeks": (
                FASTING,
                replace(FASTING, name="x", span=Span(FASTING.span.last, SUNDAY)),
            )
        },
        "tumpang-tindih pada 20 Maret 2026",
    ),
    "special week of six days": (
        {"special_weeks": (SpecialWeeks("x", Span(SUNDAY, SUNDAY), EMPTY_WEEK[:6]),)},
        "tujuh hari",
    ),
    "holiday twice": ({"holidays": (HOLIDAY, HOLIDAY)}, "dua kali"),
    "holiday before the range": (
        {"holidays": (Holiday(date(2024, 12, 31), "x", HolidayKind.LOCAL),)},
        "luar rentang",
    ),
    "holiday after the range": (
        {"holidays": (Holiday(date(2028, 1, 1), "x", HolidayKind.LOCAL),)},
        "luar rentang",
    ),
    "worked day twice": (
        {"worked_days": (WorkedDay(SUNDAY, "x", (MORNING,)),) * 2},
        "dua kali",
    ),
    "worked Sunday without hours": (
        {"worked_days": (WorkedDay(SUNDAY, "x"),)},
        "jamnya kosong",
    ),
    "worked day with overlapping hours": (
        {"worked_days": (WorkedDay(SUNDAY, "x", (MORNING, MORNING)),)},
        "tumpang-tindih",
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_calendar_that_contradicts_itself_is_refused(name):
    changes, words = CONTRADICTIONS[name]
    with pytest.raises(BadCalendar, match=words):
        changed(**changes)


def test_a_span_and_hours_that_end_before_they_begin_are_refused():
    with pytest.raises(BadCalendar, match="terbalik"):
        Span(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(BadCalendar, match="Tukar kedua jamnya"):
        Segment(time(12), time(12))


def damaged(path, value):
    data = copy.deepcopy(full_calendar().to_json())
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


DAMAGE = {
    "other format": (("format",), "himpun-calendar/2", "bukan himpun-calendar/1"),
    "unknown key": (("jam",), [], "jam kurang atau tidak dikenal"),
    "name is a number": (("name",), 5, "seharusnya teks"),
    "version is text": (("version",), "1", "bilangan bulat"),
    "week is a list": (("week",), [], "berpasangan"),
    "a day is missing": (("week",), {}, "senin"),
    "hours are text": (("week", "senin"), "07:30", "seharusnya daftar"),
    "hours without end": (("week", "senin"), [["07:30"]], "berpasangan"),
    "hour with a dot": (("week", "senin"), [["07.30", "12:00"]], "JJ:MM"),
    "hour 24": (("week", "senin"), [["07:30", "24:00"]], "JJ:MM"),
    "hour is a number": (("week", "senin"), [[450, "12:00"]], "JJ:MM"),
    "hours overlap": (
        ("week", "senin"),
        [["07:30", "12:00"], ["11:00", "16:00"]],
        "tumpang-tindih pada 11.00",
    ),
    "date does not exist": (("confirmed", "first"), "2025-02-30", "tidak ada"),
    "date in another form": (("confirmed", "first"), "1-1-2025", "TTTT-BB-HH"),
    "date is a number": (("proposed", "last"), 2027, "TTTT-BB-HH"),
    "kind unknown": (("holidays", 0, "kind"), "libur", "libur-nasional"),
    "holiday is text": (("holidays", 0), "2026-01-01", "berpasangan"),
    "worked day with text": (("worked_days", 1, "hours"), "pagi", "seharusnya daftar"),
    "special week incomplete": (("special_weeks", 0, "week"), {}, "senin"),
    "notes are text": (("notes",), "x", "seharusnya daftar"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_json_is_refused_with_a_sentence(name):
    path, value, words = DAMAGE[name]
    with pytest.raises(BadCalendar, match=words):
        Calendar.from_json(damaged(path, value))


def test_the_undamaged_twin_is_read():
    assert Calendar.from_json(damaged(("version",), 2)).version == 2


def test_json_that_is_no_object_is_refused():
    for data in (None, [], "x", 1):
        with pytest.raises(BadCalendar):
            Calendar.from_json(data)


def test_no_day_off_is_ever_worked():
    for holiday in CALENDAR.holidays:
        assert CALENDAR.hours(holiday.day) == ()
    weekend = date(2026, 10, 10)
    assert CALENDAR.hours(weekend) == CALENDAR.hours(weekend + timedelta(1)) == ()
