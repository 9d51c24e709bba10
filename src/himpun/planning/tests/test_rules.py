from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himpun import formula
from himpun.formula import Polarity
from himpun.planning import rules
from himpun.worktime.periods import PeriodKind


@pytest.mark.parametrize(
    ("frequency", "collected", "due"),
    [
        (PeriodKind.YEAR, PeriodKind.YEAR, True),
        (PeriodKind.QUARTER, PeriodKind.QUARTER, True),
        (PeriodKind.QUARTER, PeriodKind.YEAR, True),
        (PeriodKind.MONTH, PeriodKind.YEAR, True),
        (PeriodKind.MONTH, PeriodKind.QUARTER, False),
        (PeriodKind.YEAR, PeriodKind.QUARTER, False),
        (PeriodKind.SEMESTER, PeriodKind.QUARTER, False),
    ],
)
def test_an_indicator_is_due_in_its_own_period_and_in_the_year(
    frequency, collected, due
):
    assert rules.is_due(frequency, collected) is due


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("0", True),
        ("97.66", True),
        ("0.12345678", True),
        ("0.123456789", False),
        ("99999999999999999999", True),
        ("100000000000000000000", False),
        ("1E+19", True),
        ("1E+20", False),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_a_figure_fits_when_it_can_be_stored_exactly(text, fits):
    assert rules.fits(Decimal(text)) is fits


def test_a_figure_is_measured_with_formula_rank_and_steps():
    found = rules.measure(
        Polarity.HIGHER,
        formula.PERMENDAGRI_86_2017,
        actual=Decimal("82.32"),
        target=Decimal("82.53"),
    )
    assert round(found.value, 2) == Decimal("99.75")
    assert found.band == "Sangat tinggi"
    assert found.reason == ""
    assert found.steps


def test_a_figure_without_target_has_a_reason_and_no_rank():
    found = rules.measure(
        Polarity.HIGHER, formula.PERMENDAGRI_86_2017, actual=Decimal(5), target=None
    )
    assert found.value is None
    assert found.band == ""
    assert found.reason == "target belum ditetapkan"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**6))
def test_a_missing_figure_is_never_zero(target):
    found = rules.measure(
        Polarity.HIGHER, formula.PERMENDAGRI_86_2017, actual=None, target=target
    )
    assert found.value is None
    assert found.band == ""


def test_every_polarity_has_words():
    assert set(rules.POLARITY_WORDS) == set(Polarity)
