"""A figure beside last year's, several years, the plan's end, a standard, and its cost."""

from decimal import Decimal

import pytest

from himpun.formula import (
    Polarity,
    Span,
    Trend,
    absorption,
    compare,
    compare_grade_years,
    compare_grades,
    compare_years,
    efficiency,
    say_number,
)
from himpun.formula.scales import OPINI_BPK

HIGHER, RATIO, DIFFERENCE, RANGE, EXACT = Polarity
IKM_MUNCAR = ["91", "93.5", "97.95", "93.93", "97.66"]


def test_a_figure_beside_last_year_s():
    found = compare(Decimal("97.66"), Decimal("93.93"), HIGHER)
    assert found.difference == Decimal("3.73")
    assert say_number(found.percent) == "3,97"
    assert (found.trend, found.reason) == (Trend.BETTER, "")


@pytest.mark.parametrize(
    ("polarity", "now", "other", "trend"),
    [
        (HIGHER, 9, 8, Trend.BETTER),
        (HIGHER, 8, 9, Trend.WORSE),
        (HIGHER, 8, 8, Trend.SAME),
        (RATIO, 9, 8, Trend.WORSE),
        (DIFFERENCE, 8, 9, Trend.BETTER),
    ],
)
def test_the_polarity_says_what_is_better(polarity, now, other, trend):
    assert compare(Decimal(now), Decimal(other), polarity).trend is trend


@pytest.mark.parametrize(
    ("polarity", "target", "now", "other", "trend"),
    [
        (EXACT, Decimal(10), 11, 8, Trend.BETTER),
        (EXACT, Decimal(10), 12, 8, Trend.SAME),
        (RANGE, Span(Decimal(3), Decimal(5)), 6, 5, Trend.WORSE),
        (RANGE, Span(Decimal(3), Decimal(5)), 3, 5, Trend.SAME),
        (RANGE, None, 3, 5, None),
        (EXACT, None, 3, 5, None),
    ],
)
def test_nearer_is_better_for_range_and_exact(polarity, target, now, other, trend):
    assert compare(Decimal(now), Decimal(other), polarity, target).trend is trend


@pytest.mark.parametrize(
    ("now", "other", "reason"),
    [
        (None, Decimal(5), "realisasi belum diisi"),
        (Decimal(5), None, "pembanding belum ada"),
        (None, None, "realisasi belum diisi"),
    ],
)
def test_nothing_is_compared_with_nothing(now, other, reason):
    found = compare(now, other, HIGHER)
    assert (found.difference, found.percent, found.trend) == (None, None, None)
    assert found.reason == reason


@pytest.mark.parametrize("other", [0, -5])
def test_a_change_from_zero_or_below_has_no_percentage(other):
    found = compare(Decimal(5), Decimal(other), HIGHER)
    assert (found.difference, found.percent) == (5 - other, None)
    assert found.trend is Trend.BETTER


def test_five_years_of_muncar_stand_beside_each_other():
    figures = list(enumerate(map(Decimal, IKM_MUNCAR), 2020))
    found = compare_years(figures, HIGHER)
    assert [year for year, _step in found.steps] == [2021, 2022, 2023, 2024]
    trends = [step.trend for _year, step in found.steps]
    assert trends == [Trend.BETTER, Trend.BETTER, Trend.WORSE, Trend.BETTER]
    assert (found.counted, found.total, found.missing) == (5, 5, ())


def test_a_year_without_a_figure_is_named_and_is_no_zero():
    figures = [(2022, Decimal(90)), (2023, None), (2024, Decimal(91))]
    found = compare_years(figures, HIGHER)
    assert (found.counted, found.total, found.missing) == (2, 3, (2023,))
    reasons = [step.reason for _year, step in found.steps]
    assert reasons == ["realisasi belum diisi", "pembanding belum ada"]


def test_years_without_any_figure_compare_nothing():
    assert compare_years([], HIGHER).steps == ()


@pytest.mark.parametrize(
    ("spent", "budget", "printed"),
    [
        ("2562626955", "2726810205", "93,98"),
        ("3361311356", "3831102351", "87,74"),
        ("0", "5", "0,00"),
    ],
)
def test_absorption_of_real_budgets(spent, budget, printed):
    assert say_number(absorption(Decimal(spent), Decimal(budget))) == printed


@pytest.mark.parametrize(
    ("spent", "budget"),
    [(None, Decimal(5)), (Decimal(5), None), (Decimal(0), Decimal(0))],
)
def test_without_a_budget_there_is_no_absorption(spent, budget):
    assert absorption(spent, budget) is None


@pytest.mark.parametrize(
    ("achieved", "absorbed", "name"),
    [
        ("100.01", "95", "Efisien"),
        ("100", "95", "Cukup efisien"),
        ("90", "95", "Cukup efisien"),
        ("89.99", "95", "Tidak efisien"),
    ],
)
def test_efficiency_is_achievement_less_absorption(achieved, absorbed, name):
    found = efficiency(Decimal(achieved), Decimal(absorbed))
    assert found.band == name
    assert found.difference == Decimal(achieved) - Decimal(absorbed)
    assert found.scale.source


def test_efficiency_without_one_of_both_is_not_judged():
    found = efficiency(None, Decimal(5))
    assert (found.difference, found.band) == (None, "")
    assert found.reason == "capaian tidak dapat dihitung"
    assert efficiency(Decimal(5), None).reason == "serapan tidak dapat dihitung"


@pytest.mark.parametrize(
    ("now", "other", "steps", "trend"),
    [
        ("WTP", "WDP", 1, Trend.BETTER),
        ("TMP", "WTP", -2, Trend.WORSE),
        ("TW", "TW", 0, Trend.SAME),
    ],
)
def test_grades_are_compared_by_their_places(now, other, steps, trend):
    found = compare_grades(now, other, OPINI_BPK)
    assert (found.steps, found.trend, found.difference) == (steps, trend, None)


@pytest.mark.parametrize(
    ("now", "other", "reason"),
    [
        (None, "WTP", "realisasi belum diisi"),
        ("WTP", None, "pembanding belum ada"),
        ("WTP", "BB", "tingkat di luar skala Opini atas laporan keuangan"),
    ],
)
def test_a_grade_beside_nothing_is_not_judged(now, other, reason):
    found = compare_grades(now, other, OPINI_BPK)
    assert (found.steps, found.trend, found.reason) == (None, None, reason)


def test_years_of_grades_are_compared_one_by_one():
    found = compare_grade_years([(2022, None), (2023, "WDP"), (2024, "WTP")], OPINI_BPK)
    assert [step.steps for _year, step in found.steps] == [None, 1]
    assert found.missing == (2022,)
