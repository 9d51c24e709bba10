"""Achievement, its worked values, its reasons for none, and its explanation."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import (
    FORMS,
    AchievementRule,
    CapOn,
    Polarity,
    Span,
    ZeroActual,
    ZeroTarget,
    achievement,
    mean_of_achievements,
    say_number,
)

laws = settings(max_examples=120, deadline=None, derandomize=True)
HIGHER, RATIO, DIFFERENCE, RANGE, EXACT = Polarity
CAPPED = AchievementRule(HIGHER, cap=Decimal(100))
POSITIVE = st.decimals("0.01", "1000000", places=2)
FIGURES = st.decimals("0", "1000000", places=2)


def shown(actual, target, rule):
    target = target if isinstance(target, Span) else Decimal(target)
    result = achievement(Decimal(actual), target, rule)
    return None if result.value is None else say_number(result.value)


@pytest.mark.parametrize(
    ("actual", "ratio", "difference"),
    [
        ("8", "125,00", "120,00"),
        ("10", "100,00", "100,00"),
        ("12", "83,33", "80,00"),
        ("25", "40,00", "0,00"),
        ("5", "200,00", "150,00"),
        ("0", None, "200,00"),
    ],
)
def test_lower_is_better_with_target_10(actual, ratio, difference):
    assert shown(actual, "10", RATIO) == ratio
    assert shown(actual, "10", DIFFERENCE) == difference


@pytest.mark.parametrize(
    ("actual", "target", "printed"),
    [
        ("91", "90.76", "100,26"),
        ("97.95", "90.1", "108,71"),
        ("97.66", "91.33", "106,93"),
        ("82.32", "82.53", "99,75"),
        ("100", "90", "111,11"),
        ("0", "90", "0,00"),
    ],
)
def test_higher_is_better_with_real_figures_of_muncar(actual, target, printed):
    assert shown(actual, target, HIGHER) == printed


def test_the_floor_of_the_difference_keeps_the_value_before_it():
    result = achievement(Decimal(25), Decimal(10), DIFFERENCE)
    assert (result.value, result.raw) == (0, -50)
    assert "Hasil kurang dari 0 ditulis 0" in result.steps


def test_the_floor_touches_nothing_that_is_not_below_zero():
    for actual, raw in (("20", 0), ("19.95", Decimal("0.5"))):
        result = achievement(Decimal(actual), Decimal(10), DIFFERENCE)
        assert (result.value, result.raw) == (raw, raw)
        assert len(result.steps) == 4


def test_only_the_difference_has_a_floor():
    assert shown("-5", "10", HIGHER) == "-50,00"


def test_a_cap_limits_the_value_and_says_so():
    result = achievement(Decimal(100), Decimal(90), CAPPED)
    assert result.value == 100
    assert say_number(result.raw) == "111,11"
    assert "Dibatasi paling tinggi 100" in result.steps
    for actual in (Decimal(80), Decimal(90)):
        within = achievement(actual, Decimal(90), CAPPED)
        assert within.value == within.raw
        assert not any("Dibatasi" in step for step in within.steps)


@pytest.mark.parametrize(
    ("actual", "target", "polarity", "reason"),
    [
        (None, "10", HIGHER, "realisasi belum diisi"),
        (None, None, RATIO, "realisasi belum diisi"),
        ("10", None, DIFFERENCE, "target belum ditetapkan"),
        ("10", "0", HIGHER, "target 0, pembagian dengan nol"),
        ("0", "0", HIGHER, "target 0, pembagian dengan nol"),
        ("10", "0", DIFFERENCE, "target 0, pembagian dengan nol"),
        ("0", "10", RATIO, "realisasi 0, pembagian dengan nol"),
        ("0", "0", RATIO, "realisasi 0, pembagian dengan nol"),
        ("-1", "10", RATIO, "realisasi kurang dari 0"),
        ("10", "-1", HIGHER, "target kurang dari 0"),
        ("10", "-1", RATIO, "target kurang dari 0"),
        ("10", "-1", DIFFERENCE, "target kurang dari 0"),
    ],
)
def test_what_cannot_be_calculated_is_null_with_its_reason(
    actual, target, polarity, reason
):
    numbers = [None if text is None else Decimal(text) for text in (actual, target)]
    result = achievement(*numbers, AchievementRule(polarity, cap=Decimal(100)))
    assert result.value is None
    assert result.raw is None
    assert result.reason == reason
    assert result.steps[-2:] == (
        f"Tidak dapat dihitung: {reason}",
        "Capaian: tidak dapat dihitung",
    )


def test_a_target_of_zero_with_a_realisasi_is_zero_by_the_ratio():
    assert shown("5", "0", RATIO) == "0,00"


def test_how_it_was_calculated_is_told_in_lines():
    result = achievement(Decimal("97.66"), Decimal("91.33"), HIGHER)
    assert result.steps == (
        "Rumus: realisasi / target × 100",
        "Realisasi 97,66; target 91,33",
        "97,66 / 91,33 × 100 = 106,930909...",
        "Capaian: 106,93",
    )
    assert result.reason == ""
    assert result.formula in result.steps[0]


def test_the_difference_tells_its_sum():
    result = achievement(Decimal(12), Decimal(10), DIFFERENCE)
    assert "(2 × 10 - 12) / 10 × 100 = 80" in result.steps


def test_missing_figures_are_told_as_missing():
    steps = achievement(None, None, HIGHER).steps
    assert "Realisasi belum ada; target belum ada" in steps


def test_the_inputs_and_the_rule_are_kept():
    rule = AchievementRule(RATIO, cap=Decimal(120))
    result = achievement(Decimal(1), Decimal(3), rule)
    assert (result.actual, result.target, result.rule) == (1, 3, rule)
    assert result.formula == FORMS[RATIO].formula


def test_a_result_holds_28_digits_and_is_not_rounded():
    third = achievement(Decimal(1), Decimal(3), HIGHER).value
    assert str(third) == "33." + "3" * 26
    assert achievement(Decimal("90.995"), Decimal(100), HIGHER).value == Decimal(
        "90.995"
    )


@pytest.mark.parametrize("wrong", [1.5, 10, "10"])
def test_floats_and_other_kinds_are_refused(wrong):
    with pytest.raises(TypeError):
        achievement(wrong, Decimal(10), HIGHER)
    with pytest.raises(TypeError):
        achievement(Decimal(10), wrong, HIGHER)
    with pytest.raises(TypeError):
        AchievementRule(HIGHER, cap=wrong)


@pytest.mark.parametrize("wrong", ["0", "-1"])
def test_a_cap_is_above_zero(wrong):
    with pytest.raises(ValueError, match="above 0"):
        AchievementRule(HIGHER, cap=Decimal(wrong))


@pytest.mark.parametrize("wrong", ["NaN", "Infinity"])
def test_nan_and_infinity_are_refused(wrong):
    with pytest.raises(ValueError, match="finite"):
        achievement(Decimal(10), Decimal(wrong), HIGHER)


@laws
@given(FIGURES, FIGURES, POSITIVE)
def test_higher_is_better_never_falls_when_realisasi_rises(a, b, target):
    low, high = (achievement(x, target, HIGHER).value for x in sorted((a, b)))
    assert low <= high


@laws
@given(POSITIVE, POSITIVE, POSITIVE)
def test_lower_is_better_never_rises_when_realisasi_rises(a, b, target):
    for polarity in (RATIO, DIFFERENCE):
        low, high = (achievement(x, target, polarity).value for x in sorted((a, b)))
        assert low >= high


@laws
@given(FIGURES, FIGURES, POSITIVE, POSITIVE, st.sampled_from([RANGE, EXACT]))
def test_nearer_to_the_target_is_never_worse(a, b, one, other, polarity):
    bounds = sorted((one, other))
    target = Span(*bounds) if polarity is RANGE else one
    low, high = bounds if polarity is RANGE else (one, one)
    for side in (lambda x: min(x, low), lambda x: max(x, high)):
        far, near = sorted(map(side, (a, b)), key=lambda x: -max(low - x, x - high))
        values = [achievement(x, target, polarity).value for x in (far, near)]
        assert 0 <= values[0] <= values[1] <= 100


@laws
@given(POSITIVE, st.sampled_from(Polarity))
def test_reaching_the_target_exactly_is_100(target, polarity):
    wanted = Span(target, target) if polarity is RANGE else target
    assert achievement(target, wanted, polarity).value == 100


RULES = st.builds(
    AchievementRule,
    st.sampled_from(Polarity),
    st.sampled_from(ZeroTarget),
    st.sampled_from(ZeroActual),
    st.none() | st.just(Decimal(100)),
    st.sampled_from(CapOn),
)


@laws
@given(st.none() | FIGURES, st.none() | FIGURES, RULES)
def test_null_never_becomes_zero(actual, target, rule):
    result = achievement(actual, target, rule)
    if actual is None or target is None:
        assert result.value is None
    assert (result.value is None) == bool(result.reason)
    assert (result.value is None) == (result.raw is None)


@laws
@given(FIGURES, FIGURES, RULES)
def test_a_cap_of_each_value_is_never_passed_and_one_of_averages_never_touches_it(
    actual, target, rule
):
    value = achievement(actual, target, rule).value
    if value is not None and rule.value_cap:
        assert value <= rule.value_cap
    elif value is not None:
        free = AchievementRule(rule.polarity, rule.zero_target, rule.zero_actual)
        assert value == achievement(actual, target, free).value


def test_a_cap_of_averages_leaves_the_figure_and_limits_the_mean():
    rule = AchievementRule(HIGHER, cap=Decimal(100), cap_on=CapOn.AVERAGE)
    values = [achievement(Decimal(x), Decimal(100), rule).value for x in (150, 50)]
    assert values == [150, 50]
    assert mean_of_achievements(values, rule.average_cap).value == 75
    assert rule.sentences[-1] == (
        "Dibatasi paling tinggi 100: capaian di dalam rata-rata saja"
    )


@pytest.mark.parametrize(
    ("actual", "low", "high", "printed"),
    [
        ("3", "3", "5", "100,00"),
        ("4", "3", "5", "100,00"),
        ("5", "3", "5", "100,00"),
        ("2.4", "3", "5", "80,00"),
        ("0", "3", "5", "0,00"),
        ("6", "3", "5", "80,00"),
        ("10", "3", "5", "0,00"),
        ("12", "3", "5", "0,00"),
        ("0", "0", "5", "100,00"),
        ("-1", "0", "5", None),
    ],
)
def test_a_range_is_reached_inside_and_lost_by_the_distance(actual, low, high, printed):
    assert shown(actual, Span(Decimal(low), Decimal(high)), RANGE) == printed


@pytest.mark.parametrize(
    ("actual", "printed"),
    [("10", "100,00"), ("8", "80,00"), ("12", "80,00"), ("25", "0,00"), ("0", "0,00")],
)
def test_an_exact_target_is_lost_to_both_sides(actual, printed):
    assert shown(actual, "10", EXACT) == printed


def test_a_range_tells_the_bound_and_the_distance():
    target = Span(Decimal(3), Decimal(5))
    assert achievement(Decimal(6), target, RANGE).steps[1:] == (
        "Realisasi 6; target 3 sampai 5",
        "Jarak ke 5: 1",
        "(5 - 1) / 5 × 100 = 80",
        "Capaian: 80,00",
    )


def test_a_target_of_the_wrong_kind_gives_no_value_and_says_so():
    span = Span(Decimal(3), Decimal(5))
    assert achievement(Decimal(4), span, HIGHER).reason == (
        "target berupa kisaran, seharusnya satu angka"
    )
    assert achievement(Decimal(4), Decimal(4), RANGE).reason == (
        "kisaran target belum ditetapkan"
    )
    assert achievement(Decimal(4), None, RANGE).reason == "target belum ditetapkan"


def test_a_bound_below_zero_gives_no_value():
    span = Span(Decimal(-5), Decimal(5))
    assert achievement(Decimal(0), span, RANGE).value == 100
    assert achievement(Decimal(-9), span, RANGE).reason == "target kurang dari 0"


def test_bounds_the_wrong_way_round_are_no_range():
    with pytest.raises(ValueError, match="wrong way round"):
        Span(Decimal(5), Decimal(3))


def test_each_form_and_each_choice_has_words_and_a_source():
    for polarity in Polarity:
        rule = AchievementRule(polarity, cap=Decimal(120))
        assert rule.form.source
        assert len(rule.sentences) == 4
    assert AchievementRule(RATIO).sentences == (
        "makin rendah makin baik (target dibagi realisasi)",
        "Rumus: target / realisasi × 100",
        "Bila realisasi 0: tidak dapat dihitung",
    )
