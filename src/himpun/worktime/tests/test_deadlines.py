"""When a step is due, firm or provisional, and in which words it is said."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from himpun.worktime import (
    Deadline,
    Light,
    OutsideCalendar,
    deadline,
    in_working_words,
    light,
    say_remaining,
)

from .builders import CALENDAR, wib

FRIDAY = "2026-10-09 15.45"


@pytest.mark.parametrize(
    ("start", "amount", "unit", "meaning", "expected"),
    [
        (FRIDAY, 60, "menit", "hari-kerja", "2026-10-12 07.45"),
        (FRIDAY, 60, "menit", "hari-kalender", "2026-10-12 07.45"),
        (FRIDAY, Decimal("1.5"), "jam", "tutup", "2026-10-12 08.15"),
        (FRIDAY, 1, "hari", "hari-kerja", "2026-10-12 15.15"),
        (FRIDAY, 1, "hari", "tutup", "2026-10-12 16.00"),
        ("2026-10-10 09.00", 1, "hari", "tutup", "2026-10-12 16.00"),
        (FRIDAY, 1, "hari", "hari-kalender", "2026-10-12 07.30"),
        (FRIDAY, 3, "hari", "hari-kalender", "2026-10-12 15.45"),
        (FRIDAY, Decimal("0.5"), "hari", "hari-kalender", "2026-10-12 07.30"),
        (FRIDAY, 3, "hari", "hari-kerja", "2026-10-14 15.15"),
        (FRIDAY, 1, "minggu", "hari-kerja", "2026-10-16 15.45"),
        (FRIDAY, 1, "minggu", "tutup", "2026-10-16 16.30"),
        (FRIDAY, 1, "minggu", "hari-kalender", "2026-10-16 15.45"),
        (FRIDAY, 1, "bulan", "hari-kerja", "2026-11-09 15.45"),
        (FRIDAY, 1, "bulan", "tutup", "2026-11-09 16.00"),
        ("2026-10-05 09.00", 2, "bulan", "hari-kerja", "2026-12-07 07.30"),
        ("2026-10-05 09.00", 2, "bulan", "tutup", "2026-12-07 16.00"),
        ("2026-01-31 09.00", 1, "bulan", "hari-kerja", "2026-03-02 08.00"),
        ("2026-08-31 10.00", 1, "bulan", "hari-kerja", "2026-09-30 10.00"),
        ("2026-11-30 10.00", 1, "bulan", "hari-kerja", "2026-12-30 10.00"),
        ("2026-09-01 10.00", Decimal("0.5"), "bulan", "hari-kerja", "2026-09-16 10.00"),
    ],
)
def test_a_waktu_becomes_a_moment(start, amount, unit, meaning, expected):
    due = deadline(CALENDAR, wib(start), amount, unit, meaning)
    assert due == Deadline(wib(expected), firm=True)


def test_a_fifth_of_a_second_is_rounded_up():
    start = wib("2026-10-05 09.00")
    due = deadline(CALENDAR, start, Decimal("0.02"), "menit")
    assert (due.at - start).total_seconds() == 2


def test_a_yearly_case_opened_on_2_january_2025_is_firm():
    assert deadline(CALENDAR, wib("2025-01-02 09.00"), 1, "hari") == Deadline(
        wib("2025-01-03 09.00"), firm=True
    )


def test_on_4_january_2027_a_deadline_is_provisional():
    due = deadline(CALENDAR, wib("2027-01-04 08.30"), 1, "hari")
    assert due == Deadline(
        wib("2027-01-06 08.30"), firm=False
    )  # 5 January: Isra Mikraj


def test_a_span_that_only_ends_in_the_proposed_range_is_provisional():
    assert deadline(CALENDAR, wib("2026-12-31 15.00"), 60, "menit").firm
    assert not deadline(CALENDAR, wib("2026-12-31 15.00"), 61, "menit").firm


def test_without_any_calendar_the_act_is_refused_with_what_to_enter():
    late_evening = datetime(2026, 12, 31, 18, tzinfo=UTC)  # 2027 in Jakarta
    with pytest.raises(OutsideCalendar, match="tahun 2027, lalu tetapkan") as raised:
        deadline(None, late_evening, 1, "hari")
    assert raised.value.year == 2027


@pytest.mark.parametrize(
    ("unit", "meaning"),
    [
        ("menit", "hari-kerja"),
        ("hari", "hari-kerja"),
        ("hari", "hari-kalender"),
        ("hari", "tutup"),
        ("minggu", "hari-kalender"),
        ("bulan", "hari-kerja"),
        ("bulan", "tutup"),
    ],
)
def test_outside_both_ranges_the_missing_year_is_named(unit, meaning):
    amount = 9999 if unit == "menit" else 200
    with pytest.raises(OutsideCalendar) as raised:
        deadline(CALENDAR, wib("2027-12-01 09.00"), amount, unit, meaning)
    assert raised.value.year >= 2028
    with pytest.raises(OutsideCalendar) as raised:
        deadline(CALENDAR, wib("2024-12-31 09.00"), 2, unit, meaning)
    assert raised.value.day == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("amount", "unit", "meaning"),
    [
        (0, "hari", "hari-kerja"),
        (Decimal("-0.5"), "hari", "hari-kerja"),
        (10000, "bulan", "hari-kerja"),
        (1, "windu", "hari-kerja"),
        (1, "hari", "hari-libur"),
    ],
)
def test_impossible_amounts_and_words_are_refused(amount, unit, meaning):
    with pytest.raises(ValueError, match=r"amount|windu|hari-libur"):
        deadline(CALENDAR, wib(FRIDAY), amount, unit, meaning)


def test_a_naive_start_is_refused_even_without_a_calendar():
    with pytest.raises(ValueError, match="time zone"):
        deadline(None, datetime(2026, 1, 5), 1, "hari")  # noqa: DTZ001 - the point


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        ("2026-10-07 10.10", "2026-10-08 10.10", "Sisa 1 hari kerja"),
        ("2026-10-07 10.11", "2026-10-08 10.10", "Sisa 7 jam 29 menit"),
        ("2026-10-09 09.00", "2026-10-13 10.00", "Sisa 2 hari kerja"),
        ("2026-10-05 08.42", "2026-10-05 16.00", "Sisa 6 jam 18 menit"),
        ("2026-10-05 08.00", "2026-10-05 10.00", "Sisa 2 jam"),
        ("2026-10-05 08.18", "2026-10-05 09.00", "Sisa 42 menit"),
        ("2026-10-05 09.00", "2026-10-05 09.00", "Sisa kurang dari 1 menit"),
        ("2026-10-05 18.00", "2026-10-05 16.00", "Lewat kurang dari 1 menit"),
        ("2026-10-05 09.12", "2026-10-05 09.00", "Lewat 12 menit"),
        ("2026-10-05 11.15", "2026-10-05 09.00", "Lewat 0,3 hari"),
        ("2026-10-06 09.00", "2026-10-05 09.00", "Lewat 1 hari"),
        ("2026-10-07 08.00", "2026-10-05 09.00", "Lewat 1,8 hari"),
        ("2029-10-07 08.00", "2026-10-05 09.00", "Lewat sejak 5 Oktober 2026"),
        ("2024-10-07 08.00", "2026-10-05 09.00", "Tenggat 5 Oktober 2026"),
    ],
)
def test_what_is_left_is_said_in_working_time(now, due, words):
    assert say_remaining(CALENDAR, wib(now), wib(due)) == words


def test_what_is_left_as_numbers():
    left = in_working_words(CALENDAR, wib("2026-03-02 10.00"), wib("2026-03-03 10.00"))
    assert (left.late, left.days, left.seconds) == (False, 1, 23400)
    over = in_working_words(CALENDAR, wib("2026-10-12 09.00"), wib("2026-10-09 16.00"))
    assert (over.late, over.seconds) == (True, 7200)
    with pytest.raises(OutsideCalendar):
        in_working_words(CALENDAR, wib("2029-01-01 10.00"), wib("2026-03-03 10.00"))


@pytest.mark.parametrize(
    ("opened", "now", "due", "expected"),
    [
        ("2026-10-05 09.00", "2026-10-05 10.00", "2026-10-08 09.00", Light.SAFE),
        ("2026-10-05 09.00", "2026-10-07 11.59", "2026-10-08 09.00", Light.SAFE),
        ("2026-10-05 09.00", "2026-10-07 13.00", "2026-10-08 09.00", Light.NEAR),
        ("2026-10-05 09.00", "2026-10-06 08.00", "2026-10-06 14.00", Light.NEAR),
        ("2026-10-05 09.00", "2026-10-05 09.18", "2026-10-05 10.00", Light.NEAR),
        ("2026-10-06 15.50", "2026-10-06 15.55", "2026-10-07 07.55", Light.SAFE),
        ("2026-10-06 15.50", "2026-10-07 07.31", "2026-10-07 07.55", Light.NEAR),
        ("2026-10-05 09.00", "2026-10-05 10.00", "2026-10-05 10.00", Light.NEAR),
        ("2026-10-05 09.00", "2026-10-05 10.01", "2026-10-05 10.00", Light.LATE),
        ("2026-10-05 09.00", "2029-10-05 10.01", "2026-10-05 10.00", Light.LATE),
    ],
)
def test_the_light_follows_the_threshold_the_day_and_the_deadline(
    opened, now, due, expected
):
    moments = [wib(text) for text in (opened, now, due)]
    assert light(CALENDAR, *moments, Decimal("0.8")) is expected


def test_another_threshold_changes_the_light():
    moments = [wib(f"2026-10-{day}") for day in ("05 09.00", "05 12.00", "06 09.00")]
    assert light(CALENDAR, *moments, Decimal("0.4")) is Light.NEAR
    assert light(CALENDAR, *moments, Decimal("0.41")) is Light.SAFE
