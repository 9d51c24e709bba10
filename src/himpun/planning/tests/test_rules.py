from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himpun import formula
from himpun.formula import AchievementRule, CapOn, GradeRule, Polarity, Span
from himpun.planning import rules
from himpun.planning.rules import Purpose, Yardstick
from himpun.shared.refusals import Refusal
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


HIGHER = Yardstick(formula.PERMENDAGRI_86_2017, AchievementRule(Polarity.HIGHER))
OPINION = next(scale for scale in formula.GRADE_SCALES if scale.grades[0].code == "WTP")
GRADED = Yardstick(formula.PERMENDAGRI_86_2017, grades=OPINION)


def test_a_figure_is_measured_with_formula_rank_and_steps():
    found = rules.measure(HIGHER, actual=Decimal("82.32"), target=Decimal("82.53"))
    assert round(found.value, 2) == Decimal("99.75")
    assert found.averaged == found.value
    assert found.band == "Sangat tinggi"
    assert found.reason == ""
    assert found.steps


def test_a_figure_without_target_has_a_reason_and_no_rank():
    found = rules.measure(HIGHER, actual=Decimal(5), target=None)
    assert found.value is None
    assert found.averaged is None
    assert found.band == ""
    assert found.reason == "target belum ditetapkan"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**6))
def test_a_missing_figure_is_never_zero(target):
    found = rules.measure(HIGHER, actual=None, target=target)
    assert found.value is None
    assert found.band == ""


def test_a_cap_for_averages_leaves_the_achievement_as_it_is():
    rule = AchievementRule(Polarity.HIGHER, cap=Decimal(100), cap_on=CapOn.AVERAGE)
    judged = Yardstick(formula.PERMENDAGRI_86_2017, rule)
    found = rules.measure(judged, actual=Decimal(12), target=Decimal(10))
    assert (found.value, found.averaged) == (120, 100)


def test_a_grade_is_measured_by_its_place():
    assert rules.measure(GRADED, actual="WTP", target="WTP").value == 100
    assert rules.measure(GRADED, actual="TW", target="WTP").value == 0
    assert rules.measure(GRADED, actual=None, target="WTP").value is None


@pytest.mark.parametrize(
    ("yardstick", "actual", "target"),
    [
        (HIGHER, "WTP", Decimal(90)),
        (HIGHER, Decimal(90), "WTP"),
        (HIGHER, Decimal(90), Span(Decimal(1), Decimal(2))),
        (GRADED, Decimal(90), "WTP"),
        (GRADED, "WTP", Decimal(90)),
        (GRADED, "ISTIMEWA", "WTP"),
        (GRADED, "WTP", Span(Decimal(1), Decimal(2))),
    ],
)
def test_what_is_of_another_kind_gives_no_value_and_says_so(yardstick, actual, target):
    found = rules.measure(yardstick, actual=actual, target=target)
    assert found.value is None
    assert found.reason
    assert found.reason in found.steps[-1] + found.steps[-2]


def test_every_polarity_has_words():
    assert set(rules.POLARITY_WORDS) == set(Polarity)
    assert rules.way_words(None, GradeRule.PLACES) == "menurut urutan tingkat"


@pytest.mark.parametrize(
    "aim", [None, Decimal("91.5"), Span(Decimal(3), Decimal("5.5")), "WTP"]
)
def test_a_target_is_read_back_from_the_ledger_as_it_was(aim):
    assert rules.aim_of(rules.plain(aim)) == aim


@pytest.mark.parametrize("data", [5, 1.5, {"low": "1"}, [], True])
def test_what_is_no_target_is_not_read_as_one(data):
    with pytest.raises(ValueError, match="no target"):
        rules.aim_of(data)


def test_a_range_is_no_figure():
    with pytest.raises(ValueError, match="range"):
        rules.figure_of({"low": "1", "high": "2"})


def test_a_target_is_written_as_people_read_it():
    assert rules.say_aim(Decimal("91.5"), 2) == "91,50"
    assert rules.say_aim(Span(Decimal(3), Decimal(5)), 0) == "3 sampai 5"
    assert rules.say_aim("WTP", 2) == "WTP"
    assert rules.say_aim(None, 2) == ""


def read(text, unit="%", grades=None):
    return rules.read_aim(text, unit=unit, decimals=2, grades=grades)


def test_a_share_is_a_percentage_only_where_percent_is_measured():
    assert read("45 dari 50 desa").aim == 90
    assert read("45 dari 50 desa").out_of.denominator == 50
    assert read("45 dari 50 desa", "desa").aim == 45
    assert read("3 - 5", "hari").aim == Span(Decimal(3), Decimal(5))
    assert read("wajar tanpa pengecualian", "opini", OPINION).aim == "WTP"
    assert read("  ") is None


@pytest.mark.parametrize("text", ["12 Dokumen 5 Orang", "nihil", "#DIV/0!", "1.234"])
def test_an_unclear_target_is_asked_about(text):
    with pytest.raises(Refusal):
        read(text)


def test_an_unknown_grade_names_those_there_are():
    with pytest.raises(Refusal, match="WTP"):
        read("baik sekali", "opini", OPINION)


@dataclass(frozen=True)
class Version:
    since: date
    number: int


def test_the_newest_version_begun_by_the_last_day_is_in_force():
    old, new = Version(date(2020, 1, 1), 1), Version(date(2024, 7, 1), 2)
    again = Version(date(2024, 7, 1), 3)
    assert rules.in_force([], date(2024, 12, 31)) is None
    assert rules.in_force([new, old], date(2019, 12, 31)) is None
    assert rules.in_force([new, old], date(2024, 6, 30)) is old
    assert rules.in_force([old, new], date(2024, 7, 1)) is new
    assert rules.in_force([again, new, old], date(2024, 12, 31)) is again


def forward(
    since, *, purpose=Purpose.FUTURE, newest=date(2020, 1, 1), then=PeriodKind.QUARTER
):
    rules.refuse_backward(
        purpose,
        since,
        newest=newest,
        frequencies=(PeriodKind.QUARTER, then),
        today=date(2025, 5, 20),
    )


def test_a_new_version_may_begin_with_the_running_period():
    forward(date(2025, 4, 1))
    forward(date(2026, 1, 1))


def test_a_new_version_does_not_reach_into_a_past_period():
    with pytest.raises(Refusal, match="Triwulan II 2025"):
        forward(date(2025, 3, 31))


def test_an_indicator_of_quarters_becomes_one_of_years_without_losing_past_quarters():
    with pytest.raises(Refusal, match="Triwulan II 2025"):
        forward(date(2025, 1, 1), then=PeriodKind.YEAR)
    forward(date(2025, 4, 1), then=PeriodKind.YEAR)


def test_a_new_version_begins_after_the_newest():
    with pytest.raises(Refusal, match="sesudahnya"):
        forward(date(2025, 7, 1), newest=date(2025, 7, 1))


def test_a_correction_of_the_past_is_told_what_to_do_instead():
    with pytest.raises(Refusal, match="kembalikan isian"):
        forward(date(2026, 1, 1), purpose=Purpose.PAST)


@pytest.mark.parametrize(
    ("figure", "grades", "words"),
    [
        ("WTP", None, "berupa angka"),
        (Decimal(3), OPINION, "berupa tingkat"),
        ("istimewa", OPINION, "Pilih: WTP"),
    ],
)
def test_a_figure_of_another_kind_than_its_indicator_is_refused(figure, grades, words):
    with pytest.raises(Refusal, match=words):
        rules.refuse_figure(figure, grades)
    rules.refuse_figure("WDP", OPINION)


def test_a_target_below_the_grade_that_was_reached_is_told():
    assert "Target WDP di bawah" in rules.low_grade("WDP", "WTP", OPINION)
    for target, reached in (("WTP", "WDP"), (None, "WTP"), ("BB", "WTP")):
        assert rules.low_grade(target, reached, OPINION) is None
