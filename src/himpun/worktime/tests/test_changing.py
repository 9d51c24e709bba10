"""Changes of a calendar, the proposal for a year, deadlines moved on by pauses."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun import worktime
from himpun.worktime import BadCalendar, Holiday, HolidayKind, Span, WorkedDay

from .builders import wib

KNOWN = worktime.shipped_calendar()
LOCAL = Holiday(date(2026, 11, 10), "Hari jadi kabupaten", HolidayKind.LOCAL, "SK 1")


def test_a_day_off_is_added_and_taken_away_again():
    grown = worktime.with_holiday(KNOWN, LOCAL)
    assert not grown.hours(LOCAL.day)
    assert worktime.without_day(grown, LOCAL.day) == KNOWN
    with pytest.raises(BadCalendar, match="tercatat dua kali"):
        worktime.with_holiday(grown, LOCAL)
    with pytest.raises(BadCalendar, match="bukan hari khusus"):
        worktime.without_day(KNOWN, LOCAL.day)


def test_a_worked_holiday_becomes_a_holiday_before_it_becomes_a_day():
    day = date(2026, 8, 17)
    worked = worktime.with_worked_day(KNOWN, WorkedDay(day, "upacara"))
    assert worked.hours(day)
    assert worktime.without_day(worked, day) == KNOWN
    assert worktime.without_day(KNOWN, day).hours(day)


def test_special_weeks_of_the_same_name_are_replaced():
    ramadan = KNOWN.special_weeks[1]
    later = Span(date(2026, 2, 18), ramadan.span.last)
    moved = worktime.SpecialWeeks(ramadan.name, later, ramadan.week, "sidang isbat")
    changed = worktime.with_special_weeks(KNOWN, moved)
    assert len(changed.special_weeks) == len(KNOWN.special_weeks)
    assert changed.hours(date(2026, 2, 18)) == ramadan.week[2]
    left = worktime.without_special_weeks(changed, ramadan.name)
    assert left.hours(date(2026, 2, 18)) == KNOWN.week[2]
    with pytest.raises(BadCalendar, match="tidak ada"):
        worktime.without_special_weeks(left, ramadan.name)


def test_the_next_year_is_proposed_with_holidays_and_ramadan():
    grown = worktime.with_year(KNOWN, 2028, worktime.probable_holidays(2028))
    assert grown.proposed == Span(date(2027, 1, 1), date(2028, 12, 31))
    feast = next(h for h in grown.holidays if h.day == date(2028, 2, 27))
    assert feast.name == "Hari Raya Idul Fitri (perkiraan)"
    assert grown.special_weeks[-1].span == Span(date(2028, 1, 28), date(2028, 2, 26))
    monday, fasting = grown.hours(date(2028, 1, 31)), KNOWN.special_weeks[-1].week[0]
    assert monday == fasting
    with pytest.raises(BadCalendar, match="berikutnya ialah 2028"):
        worktime.with_year(KNOWN, 2029, worktime.probable_holidays(2029))


def test_years_can_be_proposed_one_after_the_other():
    grown = KNOWN
    for year in range(2028, 2041):
        grown = worktime.with_year(grown, year, worktime.probable_holidays(year))
    assert grown.last == date(2040, 12, 31)
    assert len([n for n in grown.workdays if n >= grown.index(date(2040, 1, 1))]) > 225


def test_nothing_is_known_of_years_beyond_the_package():
    with pytest.raises(ValueError, match="2100"):
        worktime.probable_holidays(2100)


def test_a_decree_confirms_a_part_of_the_proposal_and_names_its_days():
    grown = worktime.with_year(KNOWN, 2028, worktime.probable_holidays(2028))
    firm = worktime.confirmed_through(grown, date(2027, 12, 31), "SKB 2027")
    assert firm.confirmed.last == date(2027, 12, 31)
    assert firm.proposed == Span(date(2028, 1, 1), date(2028, 12, 31))
    decrees = {h.decree for h in firm.holidays if h.day.year == 2027}
    assert decrees == {"SKB 2027"}
    assert {h.decree for h in firm.holidays if h.day.year == 2028} == {""}
    assert firm.notes[-1] == "SKB 2027"
    with pytest.raises(BadCalendar, match="Tidak ada usulan"):
        worktime.confirmed_through(firm, date(2026, 1, 1), "SKB")


@pytest.mark.parametrize(
    "typed",
    [
        "07.30-12.00, 13.00-16.00",
        "07:30 - 12:00 13:00 s.d. 16:00",
        "7.30-12.00;13.00-16.00",
    ],
)
def test_hours_are_read_as_people_type_them(typed):
    hours = worktime.read_typed_hours(typed)
    assert worktime.typed_hours(hours) == "07.30-12.00, 13.00-16.00"


def test_no_hours_are_a_day_off():
    assert worktime.read_typed_hours("  ") == ()


@pytest.mark.parametrize("typed", ["pagi", "07.30", "25.00-26.00", "07.30-12.00 x"])
def test_hours_that_cannot_be_read_are_told(typed):
    with pytest.raises(BadCalendar, match="tidak terbaca"):
        worktime.read_typed_hours(typed)


@pytest.mark.parametrize("typed", ["12.00-07.30", "07.30-12.00, 11.00-16.00"])
def test_hours_that_contradict_themselves_are_told(typed):
    with pytest.raises(BadCalendar):
        worktime.read_typed_hours(typed)


def test_another_week_and_zone():
    saturday = (*KNOWN.week[:5], worktime.read_typed_hours("07.30-11.30"), ())
    changed = worktime.with_zone(worktime.with_week(KNOWN, saturday), "Asia/Jayapura")
    assert changed.hours(date(2026, 11, 14))
    assert changed.zone == "Asia/Jayapura"
    with pytest.raises(BadCalendar, match="kosong"):
        worktime.with_week(KNOWN, ((),) * 7)


# Pauses: (from, until) -> later deadline

MONDAY = wib("2026-10-05 08.00")
"""Monday 5 October 2026, half an hour after opening."""


def due(amount, unit, meaning="hari-kerja"):
    return worktime.deadline(KNOWN, MONDAY, amount, unit, meaning)


def test_minutes_move_by_the_working_seconds_of_a_pause():
    pause = (wib("2026-10-05 08.10"), wib("2026-10-06 08.10"))
    moved = worktime.extended(KNOWN, due(60, "menit"), [pause], "menit")
    assert moved.at == wib("2026-10-06 09.00")


def test_days_move_by_shares_of_days_also_into_ramadan():
    start = wib("2026-02-18 08.00")
    before = worktime.deadline(KNOWN, start, 1, "hari")
    pause = (start, start + timedelta(days=1))
    moved = worktime.extended(KNOWN, before, [pause], "hari")
    share = worktime.in_working_words(KNOWN, before.at, moved.at).days
    assert share == worktime.in_working_words(KNOWN, *pause).days


def test_a_pause_outside_working_hours_moves_nothing():
    pause = (wib("2026-10-05 18.00"), wib("2026-10-06 06.00"))
    for unit in ("menit", "hari"):
        assert worktime.extended(KNOWN, due(2, unit), [pause], unit) == due(2, unit)


def test_a_deadline_at_closing_time_stays_at_closing_time():
    first = due(1, "hari", "tutup")
    pause = (wib("2026-10-05 09.00"), wib("2026-10-06 09.00"))
    moved = worktime.extended(KNOWN, first, [pause], "hari", "tutup")
    assert (first.at, moved.at) == (wib("2026-10-06 16.00"), wib("2026-10-07 16.00"))


def test_a_deadline_that_a_pause_moves_into_the_proposal_is_provisional():
    start = wib("2026-12-29 08.00")
    first = worktime.deadline(KNOWN, start, 1, "hari")
    pause = (start, start + timedelta(days=7))
    assert first.firm
    assert not worktime.extended(KNOWN, first, [pause], "hari").firm


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.integers(0, 60 * 24 * 30), st.integers(0, 60 * 24 * 10), st.integers(1, 9))
def test_what_a_pause_costs_is_given_back_whole(begin, long, days):
    """Net of the pause, the time until the moved deadline is the standard again."""
    start = MONDAY + timedelta(minutes=begin)
    pause = (start, start + timedelta(minutes=long))
    first = worktime.deadline(KNOWN, start, days, "hari")
    moved = worktime.extended(KNOWN, first, [pause], "hari")
    whole = worktime.in_working_words(KNOWN, start, moved.at).days
    lost = worktime.in_working_words(KNOWN, *pause).days
    assert abs(whole - lost - days) < Fraction(1, 10_000)
