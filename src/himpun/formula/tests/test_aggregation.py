"""The mean of achievements and how much it rests on."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import mean_of_achievements

VALUES = st.lists(st.none() | st.decimals("0", "200", places=2), max_size=12)
laws = settings(max_examples=400, deadline=None, derandomize=True)


def decimals(*texts):
    return [None if text is None else Decimal(text) for text in texts]


def test_nulls_are_left_out_and_counted():
    mean = mean_of_achievements(decimals("100", None, "50", None))
    assert (mean.value, mean.counted, mean.total) == (75, 2, 4)
    assert mean.coverage == "2 dari 4"


def test_zero_is_a_value():
    assert mean_of_achievements(decimals("100", "0")).value == 50


@pytest.mark.parametrize("values", [[], [None, None]])
def test_without_any_value_there_is_no_mean(values):
    mean = mean_of_achievements(values)
    assert mean.value is None
    assert mean.coverage == f"0 dari {len(values)}"


def test_a_cap_limits_each_value_before_the_mean():
    values = decimals("111.11", "90")
    assert mean_of_achievements(values).value == Decimal("100.555")
    capped = mean_of_achievements(values, cap=Decimal(100))
    assert (capped.value, capped.cap) == (95, 100)


def test_an_iterator_is_counted_once():
    assert mean_of_achievements(iter(decimals("10", "20"))).coverage == "2 dari 2"


@laws
@given(VALUES)
def test_the_mean_lies_between_the_smallest_and_the_largest(values):
    mean = mean_of_achievements(values)
    known = [value for value in values if value is not None]
    assert mean.counted == len(known)
    assert (mean.value is None) == (not known)
    if known:
        assert min(known) <= mean.value <= max(known)


@laws
@given(VALUES)
def test_another_null_changes_only_the_total(values):
    mean, more = mean_of_achievements(values), mean_of_achievements([*values, None])
    assert (mean.value, mean.counted) == (more.value, more.counted)
    assert more.total == mean.total + 1
