"""Measuring and adding working time: worked examples and laws."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.worktime import (
    OutsideCalendar,
    Segment,
    Span,
    WorkedDay,
    add,
    add_days,
    between,
    closing,
    is_working,
    next_working,
    nth_working_day,
    shipped_calendar,
    working_days,
)

from .builders import CALENDAR, changed, wib

BEGIN = datetime(2024, 12, 31, 17, tzinfo=UTC)  # 1 January 2025, 00.00 WIB
MOMENTS = st.integers(0, 3 * 365 * 86400 - 1).map(
    lambda seconds: BEGIN + timedelta(seconds=seconds)
)
EARLY = st.integers(0, 2 * 365 * 86400).map(
    lambda seconds: BEGIN + timedelta(seconds=seconds)
)
SECONDS = st.integers(0, 60 * 27000)
DAYS = st.decimals(Decimal(0), Decimal(60), places=2)
laws = settings(max_examples=400, deadline=None, derandomize=True)


# --- between


def test_breaks_nights_and_weekends_do_not_count():
    assert between(CALENDAR, wib("2026-10-09 11.00"), wib("2026-10-12 08.00")) == (
        30 * 60 + 3.5 * 3600 + 30 * 60
    )


def test_a_day_of_ramadan_has_390_minutes_and_another_450():
    assert between(CALENDAR, wib("2026-03-02 00.00"), wib("2026-03-03 00.00")) == 23400
    assert between(CALENDAR, wib("2026-10-05 00.00"), wib("2026-10-06 00.00")) == 27000


def test_measuring_backwards_is_negative():
    assert between(CALENDAR, wib("2026-10-05 09.00"), wib("2026-10-05 08.00")) == -3600


def test_a_holiday_between_counts_nothing():
    friday, tuesday = wib("2026-08-14 16.30"), wib("2026-08-18 07.30")
    assert between(CALENDAR, friday, tuesday) == 0


@laws
@given(MOMENTS, MOMENTS, MOMENTS)
def test_measuring_is_additive(a, b, c):
    assert between(CALENDAR, a, c) == between(CALENDAR, a, b) + between(CALENDAR, b, c)


@laws
@given(MOMENTS, MOMENTS)
def test_measuring_is_monotone_and_never_longer_than_the_wall_clock(a, b):
    a, b = sorted((a, b))
    assert 0 <= between(CALENDAR, a, b) <= (b - a).total_seconds()


@pytest.mark.parametrize("number", range(3))
def test_naive_moments_are_refused(number):
    naive = datetime(2026, 10, 5, 9)  # noqa: DTZ001 - a naive moment is the point
    acts = [
        lambda: between(CALENDAR, naive, wib("2026-10-05 10.00")),
        lambda: add(CALENDAR, naive, 0),
        lambda: is_working(CALENDAR, naive),
    ]
    with pytest.raises(ValueError, match="time zone"):
        acts[number]()


def test_a_moment_outside_the_calendar_raises_its_year():
    inside = wib("2026-10-05 10.00")
    for outside, year in (("2024-12-31 23.59", 2024), ("2028-01-01 00.00", 2028)):
        with pytest.raises(OutsideCalendar) as raised:
            between(CALENDAR, inside, wib(outside))
        assert raised.value.year == year


# --- add


def test_adding_gives_the_earliest_moment():
    assert add(CALENDAR, wib("2026-10-05 15.00"), 3600) == wib("2026-10-05 16.00")
    assert add(CALENDAR, wib("2026-10-05 15.00"), 3601) > wib("2026-10-06 07.30")
    assert add(CALENDAR, wib("2026-10-05 11.30"), 1800) == wib("2026-10-05 12.00")


def test_sixty_minutes_on_a_saturday_end_on_monday():
    assert add(CALENDAR, wib("2026-10-10 09.00"), 3600) == wib("2026-10-12 08.30")


def test_adding_nothing_stays_where_it_is():
    saturday = wib("2026-10-10 09.00")
    assert add(CALENDAR, saturday, 0) == saturday == add_days(CALENDAR, saturday, 0)


def test_time_is_added_forwards_only():
    with pytest.raises(ValueError, match="forwards"):
        add(CALENDAR, wib("2026-10-05 10.00"), -1)
    with pytest.raises(ValueError, match="forwards"):
        add_days(CALENDAR, wib("2026-10-05 10.00"), Decimal("-0.1"))


def test_the_last_second_of_the_calendar_can_be_reached_but_no_more():
    start = wib("2027-12-31 15.30")
    assert add(CALENDAR, start, 3600) == wib("2027-12-31 16.30")
    with pytest.raises(OutsideCalendar) as raised:
        add(CALENDAR, start, 3601)
    assert raised.value.day == date(2028, 1, 1)


def test_answers_are_in_the_offices_zone():
    start = datetime(2026, 10, 5, 1, tzinfo=UTC)
    assert add(CALENDAR, start, 3600).isoformat() == "2026-10-05T09:00:00+07:00"
    assert add(CALENDAR, start, 0).isoformat() == "2026-10-05T08:00:00+07:00"


def test_each_zone_has_its_own_opening_hour():
    start = datetime(2026, 10, 4, 20, tzinfo=UTC)  # Monday before any office opens
    opened = {
        zone: add(shipped_calendar(zone), start, 60).astimezone(UTC)
        for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    }
    assert [moment.strftime("%d %H.%M") for moment in opened.values()] == [
        "05 00.31",
        "04 23.31",
        "04 22.31",
    ]


@laws
@given(EARLY, SECONDS)
def test_what_was_added_is_measured_again(start, seconds):
    assert between(CALENDAR, start, add(CALENDAR, start, seconds)) == seconds


@laws
@given(EARLY, SECONDS, SECONDS)
def test_adding_more_never_ends_earlier(start, a, b):
    a, b = sorted((a, b))
    assert start <= add(CALENDAR, start, a) <= add(CALENDAR, start, b)


@laws
@given(EARLY, SECONDS.filter(bool))
def test_one_second_earlier_would_be_too_early(start, seconds):
    end = add(CALENDAR, start, seconds)
    assert between(CALENDAR, start, end - timedelta(seconds=1)) == seconds - 1


@laws
@given(EARLY, SECONDS.filter(bool))
def test_nothing_ends_on_a_day_off(start, seconds):
    day = add(CALENDAR, start, seconds).date()
    assert CALENDAR.holiday(day) is None
    assert day.weekday() < 5


# --- add_days


def test_one_day_from_friday_1545_is_monday_1515():
    assert add_days(CALENDAR, wib("2026-10-09 15.45"), 1) == wib("2026-10-12 15.15")


def test_a_saturday_counts_from_monday():
    for start in ("2026-10-10 10.00", "2026-10-11 23.00", "2026-10-09 20.00"):
        assert add_days(CALENDAR, wib(start), 1) == wib("2026-10-12 16.00")


def test_before_opening_the_day_itself_is_the_day():
    assert add_days(CALENDAR, wib("2026-10-12 07.00"), 1) == wib("2026-10-12 16.00")
    assert add_days(CALENDAR, wib("2026-10-12 07.30"), 1) == wib("2026-10-12 16.00")


def test_one_day_keeps_its_share_when_days_differ():
    ordinary, fasting = wib("2026-02-18 15.15"), wib("2026-02-19 14.21")
    assert add_days(CALENDAR, ordinary, 1) == fasting  # 0.9 of 7.5 h, 0.9 of 6.5 h
    assert between(CALENDAR, wib("2026-03-02 10.00"), wib("2026-03-03 10.00")) == 23400
    assert add_days(CALENDAR, wib("2026-03-02 10.00"), 1) == wib("2026-03-03 10.00")


def test_fractions_of_a_day_move_on_by_that_share():
    assert add_days(CALENDAR, wib("2026-10-12 07.30"), Decimal("0.5")) == wib(
        "2026-10-12 11.15"
    )
    assert add_days(CALENDAR, wib("2026-10-09 15.45"), Decimal("0.5")) == wib(
        "2026-10-12 10.30"
    )


def test_a_share_that_is_no_whole_second_is_rounded_up():
    start = wib("2026-02-18 07.30") + timedelta(seconds=1)
    assert add_days(CALENDAR, start, 1) == wib("2026-02-19 08.00") + timedelta(
        seconds=1
    )


def test_holidays_are_skipped_when_days_are_added():
    assert add_days(CALENDAR, wib("2026-12-23 10.00"), 1) == wib("2026-12-28 10.00")


def test_days_beyond_the_calendar_raise_the_missing_year():
    start = wib("2027-12-31 10.00")
    assert add_days(CALENDAR, wib("2027-12-30 16.00"), 1) == wib("2027-12-31 16.30")
    with pytest.raises(OutsideCalendar) as raised:
        add_days(CALENDAR, start, 1)
    assert raised.value.year == 2028


@laws
@given(EARLY, DAYS, DAYS)
def test_more_days_never_end_earlier(start, a, b):
    a, b = sorted((a, b))
    assert start <= add_days(CALENDAR, start, a) <= add_days(CALENDAR, start, b)


@laws
@given(EARLY, EARLY, DAYS)
def test_who_starts_later_is_never_due_earlier(a, b, days):
    a, b = sorted((a, b))
    assert add_days(CALENDAR, a, days) <= add_days(CALENDAR, b, days)


@laws
@given(EARLY, st.integers(1, 30), st.integers(1, 30))
def test_whole_days_add_up(start, a, b):
    """Within a second: a share is rounded up once for each call."""
    at_once = add_days(CALENDAR, start, a + b)
    in_turn = add_days(CALENDAR, add_days(CALENDAR, start, a), b)
    assert abs(between(CALENDAR, at_once, in_turn)) <= 2


# --- closing, is_working, next_working, working_days


def test_closing_is_the_end_of_the_day_or_of_the_next_working_day():
    assert closing(CALENDAR, date(2026, 10, 9)) == wib("2026-10-09 16.30")
    assert closing(CALENDAR, date(2026, 10, 10)) == wib("2026-10-12 16.00")
    assert closing(CALENDAR, date(2026, 3, 2)) == wib("2026-03-02 15.00")


def test_closing_beyond_the_last_working_day_raises():
    until_sunday = changed(
        confirmed=Span(date(2025, 1, 1), date(2026, 12, 27)),
        proposed=None,
        special_weeks=(),
        holidays=tuple(h for h in CALENDAR.holidays if h.day.year < 2027),
    )
    assert closing(until_sunday, date(2026, 12, 23)) == wib("2026-12-23 16.00")
    with pytest.raises(OutsideCalendar):
        closing(until_sunday, date(2026, 12, 24))
    with pytest.raises(OutsideCalendar) as raised:
        next_working(until_sunday, wib("2026-12-24 09.00"))
    assert raised.value.day == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-10-05 07.29", False),
        ("2026-10-05 07.30", True),
        ("2026-10-05 11.59", True),
        ("2026-10-05 12.00", False),
        ("2026-10-05 13.00", True),
        ("2026-10-05 16.00", False),
        ("2026-10-10 10.00", False),
        ("2026-08-17 10.00", False),
    ],
)
def test_somebody_works_only_within_the_hours(moment, expected):
    assert is_working(CALENDAR, wib(moment)) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-10-05 09.10", "2026-10-05 09.10"),
        ("2026-10-05 05.00", "2026-10-05 07.30"),
        ("2026-10-05 07.30", "2026-10-05 07.30"),
        ("2026-10-05 12.00", "2026-10-05 12.00"),
        ("2026-10-05 12.30", "2026-10-05 13.00"),
        ("2026-10-05 16.00", "2026-10-05 16.00"),
        ("2026-10-05 16.01", "2026-10-06 07.30"),
        ("2026-10-10 10.00", "2026-10-12 07.30"),
    ],
)
def test_the_next_working_moment_is_now_or_the_next_opening(moment, expected):
    assert next_working(CALENDAR, wib(moment)) == wib(expected)


def test_working_days_name_the_first_day_after_a_period():
    days = working_days(CALENDAR, date(2027, 1, 1), date(2027, 1, 10))
    assert days == (date(2027, 1, 4), *(date(2027, 1, n) for n in (6, 7, 8)))


def test_the_nth_working_day_after_a_period():
    assert nth_working_day(CALENDAR, date(2024, 12, 31), 1) == date(2025, 1, 2)
    assert nth_working_day(CALENDAR, date(2026, 12, 31), 2) == date(2027, 1, 6)
    assert nth_working_day(CALENDAR, date(2027, 12, 30), 1) == date(2027, 12, 31)


def test_the_nth_working_day_is_counted_from_one_within_the_calendar():
    with pytest.raises(ValueError, match="from 1"):
        nth_working_day(CALENDAR, date(2026, 12, 31), 0)
    for after, number in ((date(2027, 12, 30), 2), (date(2027, 12, 31), 1)):
        with pytest.raises(OutsideCalendar) as raised:
            nth_working_day(CALENDAR, after, number)
        assert raised.value.year == 2028


def test_a_worked_sunday_counts():
    sunday = date(2026, 10, 11)
    calendar = changed(
        worked_days=(WorkedDay(sunday, "posko", (Segment(time(8), time(10)),)),)
    )
    assert add_days(calendar, wib("2026-10-10 10.00"), 1) == wib("2026-10-11 10.00")
    assert working_days(calendar, sunday, sunday) == (sunday,)
    assert add_days(calendar, wib("2026-10-09 15.45"), Fraction(1)) == wib(
        "2026-10-11 09.48"
    )
