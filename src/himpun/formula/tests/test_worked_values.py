"""Achievements as the offices' systems calculate them: every worked value, and why.

Target 10 on an indicator where less is better, in the systems of Banjarnegara (B),
Pringsewu (A-LAKIP, A-MONEV), Semarang (S), of ichien86 (I) and wp-eval-sakip (W).
"""

from decimal import Decimal

import pytest

from himpun.formula import (
    AchievementRule,
    Polarity,
    ZeroActual,
    ZeroTarget,
    achievement,
    say_number,
)

HIGHER, RATIO, DIFFERENCE = (
    Polarity.HIGHER,
    Polarity.LOWER_RATIO,
    Polarity.LOWER_DIFFERENCE,
)
TEN = Decimal(10)
B = AchievementRule(DIFFERENCE)
A_MONEV = AchievementRule(RATIO, zero_actual=ZeroActual.FULL)
I = A_MONEV  # noqa: E741 - the system's letter in the table
W_QUARTER = AchievementRule(RATIO, zero_actual=ZeroActual.NOTHING)
S = AchievementRule(DIFFERENCE, cap=Decimal(100))


def reached(rule, actual, target="10"):
    return achievement(Decimal(actual), Decimal(target), rule)


@pytest.mark.parametrize(
    ("rule", "printed"),
    [
        (B, ["120", "100", "80", "0", "200"]),
        (A_MONEV, ["125", "100", "83.33", "40", "100"]),
        (I, ["125", "100", "83.33", "40", "100"]),
        (W_QUARTER, ["125", "100", "83.33", "40", "0"]),
        (S, ["100", "100", "80", "0", "100"]),
    ],
    ids=["B", "A-MONEV", "I", "W-quarterly", "S"],
)
def test_each_system_is_one_named_rule(rule, printed):
    values = [reached(rule, actual).value for actual in ("8", "10", "12", "25", "0")]
    assert [say_number(v) for v in values] == [say_number(Decimal(p)) for p in printed]


def test_without_a_floor_it_would_be_minus_fifty_as_in_a_lakip():
    raws = [reached(B, actual).raw for actual in ("8", "10", "12", "25", "0")]
    assert raws == [120, 100, 80, -50, 200]


def test_w_yearly_gives_an_office_on_target_nothing_and_is_not_offered():
    """(T - R) / T is the difference less 100: what was reached exactly counts 0."""
    raws = [reached(B, actual).raw - 100 for actual in ("8", "10", "12", "25")]
    assert raws == [20, 0, -20, -150]
    assert all(reached(rule, "10").value == 100 for rule in (B, A_MONEV, S))
    zero = AchievementRule(RATIO, zero_actual=ZeroActual.NOTHING)
    assert reached(zero, "0").value == 0


@pytest.mark.parametrize(
    ("actual", "ratio", "difference", "raw"),
    [
        ("12", "83,33", "80,00", "80"),
        ("5", "200,00", "150,00", "150"),
        ("25", "40,00", "0,00", "-50"),
    ],
)
def test_the_two_forms_of_lower_is_better_differ(actual, ratio, difference, raw):
    assert say_number(reached(AchievementRule(RATIO), actual).value) == ratio
    assert say_number(reached(B, actual).value) == difference
    assert reached(B, actual).raw == Decimal(raw)


def test_the_classic_form_is_the_difference():
    """100% + (T - R) / T, and (T - (R - T)) / T, are (2T - R) / T."""
    for actual in (Decimal(x) for x in ("0", "8", "10", "12", "25")):
        raw = achievement(actual, TEN, DIFFERENCE).raw
        assert raw == 100 + (TEN - actual) / TEN * 100
        assert raw == (TEN - (actual - TEN)) / TEN * 100


@pytest.mark.parametrize(
    ("rule", "actual", "target", "value"),
    [
        (AchievementRule(HIGHER), "5", "0", None),
        (AchievementRule(HIGHER, zero_target=ZeroTarget.NOTHING), "5", "0", 0),
        (AchievementRule(HIGHER, zero_target=ZeroTarget.NOTHING), "0", "0", 0),
        (AchievementRule(HIGHER, zero_target=ZeroTarget.REACHED), "5", "0", 100),
        (AchievementRule(HIGHER, zero_target=ZeroTarget.REACHED), "0", "0", 100),
        (AchievementRule(HIGHER, zero_target=ZeroTarget.REACHED), "-1", "0", 0),
        (AchievementRule(DIFFERENCE), "0", "0", None),
        (AchievementRule(DIFFERENCE, zero_target=ZeroTarget.REACHED), "0", "0", 100),
        (AchievementRule(DIFFERENCE, zero_target=ZeroTarget.REACHED), "1", "0", 0),
        (AchievementRule(DIFFERENCE, zero_target=ZeroTarget.NOTHING), "0", "0", 0),
        (AchievementRule(RATIO), "0", "10", None),
        (AchievementRule(RATIO), "0", "0", None),
        (AchievementRule(RATIO, zero_actual=ZeroActual.FULL), "0", "0", 100),
        (AchievementRule(RATIO, zero_actual=ZeroActual.BOTH), "0", "0", 100),
        (AchievementRule(RATIO, zero_actual=ZeroActual.BOTH), "0", "10", 0),
        (AchievementRule(RATIO, zero_actual=ZeroActual.NOTHING), "0", "0", 0),
        (AchievementRule(Polarity.EXACT), "1", "0", None),
        (AchievementRule(Polarity.EXACT), "0", "0", 100),
        (
            AchievementRule(Polarity.EXACT, zero_target=ZeroTarget.REACHED),
            "1",
            "0",
            0,
        ),
    ],
)
def test_what_zero_gives_is_a_named_choice(rule, actual, target, value):
    assert reached(rule, actual, target).value == value


def test_a_choice_for_zero_is_told_in_the_steps():
    rule = AchievementRule(HIGHER, zero_target=ZeroTarget.REACHED)
    assert reached(rule, "5", "0").steps[2] == (
        "Target 0, menurut pilihan indikator ini (100 bila target 0 tercapai, selain "
        "itu 0): 100"
    )
    rule = AchievementRule(RATIO, zero_actual=ZeroActual.FULL)
    assert "Realisasi 0, menurut pilihan indikator ini (nilai 100): 100" in (
        reached(rule, "0").steps
    )


@pytest.mark.parametrize(
    ("rule", "actual", "target"),
    [
        (AchievementRule(RATIO, zero_target=ZeroTarget.NOTHING), "5", "10"),
        (AchievementRule(HIGHER, zero_actual=ZeroActual.FULL), "0", "10"),
        (AchievementRule(DIFFERENCE, zero_actual=ZeroActual.FULL), "0", "10"),
    ],
)
def test_a_choice_for_zero_touches_only_its_own_denominator(rule, actual, target):
    plain = AchievementRule(rule.polarity)
    assert reached(rule, actual, target).value == reached(plain, actual, target).value


@pytest.mark.parametrize(
    ("cap", "value"), [(None, "133.33"), ("120", "120"), ("100", "100")]
)
def test_caps_seen_at_offices(cap, value):
    rule = AchievementRule(HIGHER, cap=cap and Decimal(cap))
    result = achievement(Decimal(40), Decimal(30), rule)
    assert say_number(result.value) == say_number(Decimal(value))
    assert say_number(result.raw) == "133,33"
