"""Qualitative targets: grades in order, never numbers that somebody gave them."""

import json
from decimal import Decimal
from itertools import combinations, product

import pytest

from himpun.formula import (
    GRADE_RULES,
    GRADE_SCALES,
    BadScale,
    Grade,
    GradeRule,
    GradeScale,
    UnknownGrade,
    achievement_of_grade,
    say_number,
)

OPINI, PREDIKAT, YA_TIDAK = GRADE_SCALES
scales = pytest.mark.parametrize("scale", GRADE_SCALES, ids=lambda scale: scale.name)


def codes(scale):
    return [grade.code for grade in scale.grades]


def test_the_shipped_scales_stand_from_best_to_worst():
    assert codes(OPINI) == ["WTP", "WDP", "TMP", "TW"]
    assert codes(PREDIKAT) == ["AA", "A", "BB", "B", "CC", "C", "D"]
    assert codes(YA_TIDAK) == ["Ya", "Tidak"]


@scales
def test_a_better_grade_has_a_higher_place(scale):
    assert [scale.place(grade) for grade in scale.grades] == [
        *range(len(scale.grades), 0, -1)
    ]


@pytest.mark.parametrize(
    ("scale", "text", "code"),
    [
        (OPINI, "WTP", "WTP"),
        (OPINI, " wtp ", "WTP"),
        (OPINI, "wajar  tanpa pengecualian", "WTP"),
        (OPINI, "Tidak Memberikan Pendapat", "TMP"),
        (PREDIKAT, "bb", "BB"),
        (PREDIKAT, "Sangat Baik", "BB"),
        (YA_TIDAK, "ya", "Ya"),
        (YA_TIDAK, "TIDAK", "Tidak"),
    ],
)
def test_a_grade_is_read_by_code_or_name(scale, text, code):
    assert scale.read(text).code == code


@pytest.mark.parametrize("text", ["", "A+", "WTP-DPP", "90", "baik sekali", "x" * 500])
def test_what_is_no_grade_is_refused_with_the_list(text):
    with pytest.raises(UnknownGrade, match="Pilih: WTP, WDP, TMP, TW") as raised:
        OPINI.read(text)
    assert len(str(raised.value)) < 200


@scales
def test_reached_means_as_good_or_better(scale):
    for now, wanted in product(scale.grades, repeat=2):
        value = achievement_of_grade(now, wanted, scale).value
        assert value == (100 if scale.place(now) >= scale.place(wanted) else 0)


@scales
@pytest.mark.parametrize("rule", GradeRule)
def test_a_better_grade_never_achieves_less(scale, rule):
    for wanted in scale.grades:
        for better, worse in combinations(scale.grades, 2):
            high, low = (
                achievement_of_grade(grade, wanted, scale, rule).value
                for grade in (better, worse)
            )
            assert high >= low


def test_places_are_counted_from_the_worst():
    bb, a = PREDIKAT.read("BB"), PREDIKAT.read("A")
    result = achievement_of_grade(bb, a, PREDIKAT, GradeRule.PLACES)
    assert say_number(result.value) == "83,33"
    assert result.steps == (
        "Rumus: tingkat realisasi / tingkat target × 100, dihitung dari tingkat "
        "terendah = 1",
        "Realisasi BB (Sangat Baik); target A (Memuaskan)",
        "Tingkat 5 dari 7; target tingkat 6",
        "5 / 6 × 100 = 83,333333...",
        "Capaian: 83,33",
    )


@pytest.mark.parametrize("rule", GradeRule)
def test_the_target_itself_is_100(rule):
    for grade in PREDIKAT.grades:
        assert achievement_of_grade(grade, grade, PREDIKAT, rule).value == 100


def test_a_missing_grade_is_not_the_lowest():
    wtp = OPINI.read("WTP")
    result = achievement_of_grade(None, wtp, OPINI)
    assert (result.value, result.reason) == (None, "realisasi belum diisi")
    assert "Realisasi belum ada; target WTP (Wajar Tanpa Pengecualian)" in result.steps
    result = achievement_of_grade(wtp, None, OPINI)
    assert (result.value, result.reason) == (None, "target belum ditetapkan")


def test_a_grade_of_another_scale_is_refused():
    with pytest.raises(UnknownGrade):
        achievement_of_grade(YA_TIDAK.read("ya"), OPINI.read("WTP"), OPINI)


def test_each_rule_has_a_name_and_a_formula():
    assert set(GRADE_RULES) == set(GradeRule)
    assert all(form.name and form.formula for form in GRADE_RULES.values())


@scales
def test_a_scale_survives_the_way_through_json(scale):
    assert GradeScale.from_json(json.loads(json.dumps(scale.to_json()))) == scale


@pytest.mark.parametrize(
    "grades",
    [
        (),
        (Grade("a", "a"),),
        (Grade("a", "x"), Grade("A", "y")),
        (Grade("a", "x"), Grade("b", "A")),
        (Grade("a", "x"), Grade("", "y")),
    ],
)
def test_a_scale_without_order_or_with_twins_is_refused(grades):
    with pytest.raises(BadScale):
        GradeScale("x", 1, "y", grades)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "x"}, "bukan himpun-grades/1"),
        ({"version": True}, "bilangan bulat"),
        ({"grades": "AB"}, "daftar"),
        ({"grades": [{"code": "a"}]}, "memuat tepat"),
        ({"grades": [{"code": 1, "name": "a"}]}, "seharusnya teks"),
        ({"lebih": 1}, "memuat tepat"),
    ],
)
def test_damaged_json_of_a_scale_is_refused(change, words):
    with pytest.raises(BadScale, match=words):
        GradeScale.from_json(OPINI.to_json() | change)
    with pytest.raises(BadScale):
        GradeScale.from_json(None)


def test_a_value_of_a_grade_is_a_decimal():
    wdp = OPINI.read("WDP")
    assert isinstance(achievement_of_grade(wdp, wdp, OPINI).value, Decimal)
