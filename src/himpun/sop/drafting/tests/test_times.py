"""Times and dates as offices write them; what is not clear gets no value."""

from datetime import date
from decimal import Decimal

import pytest

from himpun.sop.drafting.times import read_date, read_time, unit_in_title


@pytest.mark.parametrize(
    ("written", "amount", "unit", "code"),
    [
        ("1 hari", "1", "hari", ""),
        ("60 mnt", "60", "menit", ""),
        ("10 Menit", "10", "menit", ""),
        ("3 hari kerja", "3", "hari", ""),
        ("2 (dua) jam", "2", "jam", ""),
        ("15 Menit.", "15", "menit", ""),
        ("0,5 Hari", "0.5", "hari", "D07"),
        ("½ jam", "0.5", "jam", "D07"),
        ("1.5 jam", "1.5", "jam", "D07"),
        ("1 hri", "1", "hari", "D07"),
        ("5 mneit", "5", "menit", "D07"),
    ],
)
def test_a_clear_time_is_read(written, amount, unit, code):
    time = read_time(written, None)
    assert (time.amount, time.unit, time.code) == (Decimal(amount), unit, code)


@pytest.mark.parametrize(
    ("written", "code", "options"),
    [
        ("1-3 hari", "D06", ("1 hari", "2 hari", "3 hari")),
        ("1 s.d. 2 jam", "D06", ("1 jam", "2 jam")),
        ("10 \N{EN DASH} 60 menit", "D06", ("10 menit", "60 menit")),
        ("120 menit / 3 hari", "D06", ("120 menit", "3 hari")),
        ("paling lama 3 hari", "D06", ("3 hari",)),
        ("1.500 menit", "D06", ()),
        ("0 hari", "D06", ()),
        ("1 purnama", "D06", ()),
        ("secepatnya", "D06", ()),
        ("", "D08", ()),
        (" - ", "D08", ()),
    ],
)
def test_an_unclear_time_gets_no_value_but_its_options(written, code, options):
    time = read_time(written, None)
    assert (time.amount, time.unit) == (None, None)
    assert (time.code, time.options) == (code, options)


def test_a_number_takes_the_unit_of_its_title_and_no_other():
    assert read_time("480", "menit")[:3] == (Decimal(480), "menit", "D05")
    alone = read_time("480", None)
    assert (alone.amount, alone.code) == (None, "D05")
    assert "480 jam" in alone.options


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Waktu (menit)", "menit"),
        ("Waktu\n(Hari)", "hari"),
        ("Waktu", None),
        ("Waktu (menit/hari)", None),
    ],
)
def test_the_unit_of_a_title_is_taken_when_there_is_one(title, unit):
    assert unit_in_title(title) == unit


@pytest.mark.parametrize(
    "written", ["2 Maret 2020", "2 Mar 2020", "02-03-2020", "2/3/2020", "2020-03-02"]
)
def test_dates_are_read_day_before_month(written):
    assert read_date(written) == (date(2020, 3, 2), "")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31 Februari 2020", "tidak ada di kalender"),
        ("05/13/2020", "tidak ada di kalender"),
        ("2 Mart 2020", "tidak ada di kalender"),
        ("0 Mei 2020", "tidak ada di kalender"),
        ("Maret 2020", "tidak terbaca"),
        ("02-03-20", "tidak terbaca"),
        ("...", "tidak terbaca"),
    ],
)
def test_what_is_no_date_says_why(written, why):
    day, told = read_date(written)
    assert day is None
    assert why in told
