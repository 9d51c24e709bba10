"""Lengths summed up, and when they speak for another standard."""

from fractions import Fraction
from statistics import quantiles

from hypothesis import given
from hypothesis import strategies as st

from himpun.worktime import fair_standard, spread

lengths = st.lists(st.fractions(min_value=0, max_value=90), min_size=1, max_size=40)


def test_the_middle_and_the_slow_tenth_of_ten():
    found = spread(Fraction(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 50))
    assert (found.count, found.median, found.p90) == (10, Fraction(11, 2), 9)


def test_nothing_done_has_no_spread():
    assert spread([]) is None


@given(lengths)
def test_nine_of_ten_take_no_longer_than_the_percentile(found):
    made = spread(found)
    within = sum(length <= made.p90 for length in found)
    assert within >= Fraction(9, 10) * len(found)
    assert made.p90 in found
    assert min(found) <= made.median <= max(found)
    if len(found) > 1:
        assert made.median == quantiles(found, n=2, method="inclusive")[0]


def took(*many):
    return spread(Fraction(n) for n in many)


def test_a_standard_that_nine_of_ten_miss_is_raised_to_what_they_keep():
    assert fair_standard(
        Fraction(1), took(*[1] * 8, *[Fraction(13, 10)] * 2), "hari"
    ) == Fraction(3, 2)
    assert fair_standard(Fraction(60), took(*[61] * 10), "menit") == 75


def test_a_standard_of_which_not_half_is_needed_is_lowered():
    assert fair_standard(Fraction(3), took(*[1] * 12), "hari") == 1
    assert fair_standard(Fraction(60), took(*[0] * 10), "menit") == 15


def test_a_standard_that_fits_stays():
    assert fair_standard(Fraction(60), took(*[31] * 10), "menit") is None
    assert fair_standard(Fraction(60), took(*[60] * 10), "menit") is None
    assert fair_standard(Fraction(60), took(*[40] * 9, 500), "menit") is None


def test_nine_times_are_too_few_to_judge_a_standard():
    assert fair_standard(Fraction(60), took(*[500] * 9), "menit") is None
    assert fair_standard(Fraction(60), None, "menit") is None
