"""The value of a formula: exact, explained, and null with its reason."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import (
    Component,
    Formula,
    calculate,
    check_formula,
    read_formula,
)
from himpun.formula.arithmetic import rounded

from .trees import CODES, TREES, by_python

laws = settings(max_examples=80, deadline=None, derandomize=True)
few = settings(max_examples=40, deadline=None, derandomize=True)
FIGURES = st.decimals("-1000", "1000", places=2)
COUNTS = st.decimals("0.01", "1000", places=2)
DESA = [
    Component("tertib", "Desa tertib administrasi", "desa"),
    Component("semua", "Seluruh desa", "desa"),
]


def value(text, **figures):
    given_ = {code: Decimal(figure) for code, figure in figures.items()}
    return calculate(read_formula(text), [], given_).value


@pytest.mark.parametrize(
    ("text", "figures", "expected"),
    [
        ("A/B X 100 %", {"a": "9", "B": "12"}, "75"),
        ("(internal + eksternal) / 2", {"internal": "84", "eksternal": "87"}, "85.5"),
        ("jumlah(a; b; 3)", {"a": "1", "b": "2"}, "6"),
        ("rata-rata(a; b)", {"a": "90", "b": "85"}, "87.5"),
        ("min(a; b)", {"a": "90", "b": "85"}, "85"),
        ("maks(a; b)", {"a": "90", "b": "85"}, "90"),
        ("persen(a; b)", {"a": "97", "b": "110"}, "88.18181818181818181818181818"),
        ("pertumbuhan(a; b)", {"a": "110", "b": "100"}, "10"),
        ("a - b - c", {"a": "10", "b": "3", "c": "2"}, "5"),
        ("a / b / c", {"a": "12", "b": "3", "c": "2"}, "2"),
        ("a / b x c", {"a": "12", "b": "3", "c": "2"}, "8"),
        ("-a + b", {"a": "12", "b": "3"}, "-9"),
        ("a + b x c", {"a": "1", "b": "2", "c": "3"}, "7"),
    ],
)
def test_a_formula_gives_its_value(text, figures, expected):
    assert value(text, **figures) == Decimal(expected)


def test_real_definitions_of_indicators_fit_calculate_and_are_explained():
    """Of Kecamatan Banyuwangi (IKW) and Kecamatan Sidemen, Karangasem (IKU 2017-2021)."""
    survey = [
        Component(f"survei_{of}", of, "nilai") for of in ("internal", "eksternal")
    ]
    ikw = read_formula("(survei_internal + survei_eksternal) / 2")
    assert check_formula(ikw, survey, "nilai") == ()
    figures = {"survei_internal": Decimal(84), "survei_eksternal": Decimal(86)}
    assert calculate(ikw, survey, figures).value == 85
    one = Decimal(1)
    villages = [Component(code, code, "desa", one) for code in ("DTKB", "SLRHD")]
    share = read_formula("DTKB/SLRHD X 100%")
    assert check_formula(share, villages, "Persen") == ()
    figures = {"DTKB": Decimal(10), "SLRHD": Decimal(10)}
    assert calculate(share, villages, figures).value == 100


def test_a_third_times_three_is_one_and_stays_on_the_edge_of_a_band():
    assert value("1 / 3 x 3") == 1
    assert value("(a / 3) / (b / 3) x 100%", a="91", b="100") == 91


def test_every_step_is_told_with_formula_values_rule_and_result():
    figures = {"tertib": Decimal(9), "semua": Decimal(12)}
    done = calculate(read_formula("(tertib + 1) / semua x 100%"), DESA, figures)
    assert done.lines == (
        "Rumus: (tertib + 1) / semua × 100%",
        "tertib (Desa tertib administrasi) = 9 desa",
        "semua (Seluruh desa) = 12 desa",
        "9 + 1 = 10",
        "10 / 12 × 100% = 83,333333...",
        "Hasil: 83,333333...",
    )
    assert done.inserted == "(9 + 1) / 12 × 100%"
    first, second = done.steps
    assert (first.expression, first.result) == ("tertib + 1", 10)
    assert second.expression == done.expression
    assert second.rule == "perkalian dan pembagian, dari kiri"
    assert second.result == done.value


def test_functions_tell_what_they_do():
    done = calculate(
        read_formula("rata-rata(a; b) + persen(a; b) + pertumbuhan(b; a)"),
        [],
        {"a": Decimal(50), "b": Decimal(-40)},
    )
    assert [step.line for step in done.steps[:3]] == [
        "rata-rata(50; -40) = 5",
        "50 / (-40) × 100% = -125",
        "((-40) - 50) / 50 × 100% = -180",
    ]
    assert done.steps[0].rule == "jumlah semua isian dibagi banyaknya"


def test_what_is_not_filled_gives_no_value_and_is_named():
    done = calculate(read_formula("tertib / semua"), DESA, {"semua": None})
    assert (done.value, done.reason) == (None, "tertib, semua belum diisi")
    assert done.lines[1] == "tertib (Desa tertib administrasi) = belum ada"
    assert done.lines[-1] == "Tidak dapat dihitung: tertib, semua belum diisi"
    assert done.steps == ()


def test_zero_is_a_value():
    assert value("tertib / semua", tertib="0", semua="12") == 0


@pytest.mark.parametrize("text", ["tertib / semua", "persen(tertib; semua)"])
def test_a_zero_denominator_gives_no_value_and_is_named(text):
    figures = {"tertib": Decimal(9), "semua": Decimal(0)}
    done = calculate(read_formula(text), DESA, figures)
    assert (done.value, done.reason) == (None, "pembagi semua bernilai 0")
    assert done.steps[-1].result is None
    assert done.steps[-1].line.endswith("= ?")


def test_what_is_beyond_any_budget_gives_no_value():
    big = "9" * 20
    done = calculate(read_formula(f"{big} x {big}"), [], {})
    assert (done.value, done.reason) == (None, f"{big} × {big} terlalu besar")
    done = calculate(read_formula(f"1 / {big} / {big}"), [], {})
    assert (done.value, done.reason) == (None, f"1 / {big} / {big} terlalu kecil")


@pytest.mark.parametrize("wrong", [1.5, 3, "3"])
def test_only_decimals_are_figures(wrong):
    with pytest.raises(TypeError):
        calculate(read_formula("a"), [], {"a": wrong})


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "1e30", "-1e30", "1e-101"])
def test_what_is_no_figure_of_an_office_is_refused(wrong):
    with pytest.raises(ValueError, match="figure"):
        calculate(read_formula("a"), [], {"a": Decimal(wrong)})


def test_all_of_it_goes_into_json():
    done = calculate(read_formula("tertib / semua"), DESA, {"tertib": Decimal("9.50")})
    data = json.loads(json.dumps(done.to_json()))
    assert data["inputs"][0] == {
        "code": "tertib",
        "name": "Desa tertib administrasi",
        "unit": "desa",
        "value": "9.50",
    }
    assert (data["value"], data["reason"]) == (None, "semua belum diisi")
    figures = {"tertib": Decimal(9), "semua": Decimal(12)}
    data = calculate(read_formula("tertib / semua"), DESA, figures).to_json()
    assert data["value"] == "0.75"
    assert data["steps"] == [
        {
            "expression": "tertib / semua",
            "inserted": "9 / 12",
            "rule": "perkalian dan pembagian, dari kiri",
            "result": "0.75",
        }
    ]


@laws
@given(TREES, st.lists(FIGURES, min_size=4, max_size=4))
def test_the_value_is_what_python_makes_of_the_text(tree, figures):
    formula, values = Formula(tree), dict(zip(CODES, figures, strict=True))
    done = calculate(formula, [], values)
    expected = by_python(formula.text, values)
    if expected is None:
        assert "bernilai 0" in done.reason or "terlalu" in done.reason
    elif done.value is None:
        assert "terlalu" in done.reason
    else:
        assert done.value == rounded(Fraction(expected))
        assert not done.steps or abs(done.steps[-1].result) == abs(done.value)


@laws
@given(TREES, st.sampled_from(CODES), st.lists(FIGURES, min_size=4, max_size=4))
def test_null_never_becomes_zero(tree, missing, figures):
    values = dict(zip(CODES, figures, strict=True)) | {missing: None}
    formula = Formula(tree)
    done = calculate(formula, [], values)
    if missing in formula.codes:
        assert done.value is None
        assert done.reason == f"{missing} belum diisi"
    assert (done.value is None) == bool(done.reason)


RISING = ["jumlah(a; b)", "rata-rata(a; b)", "min(a; b)", "maks(a; b)", "persen(a; b)"]


@pytest.mark.parametrize("text", [*RISING, "pertumbuhan(a; b)"])
@few
@given(COUNTS, COUNTS, COUNTS)
def test_more_of_the_first_part_never_gives_less(text, one, other, b):
    low, high = sorted((one, other))
    assert value(text, a=low, b=b) <= value(text, a=high, b=b)


@pytest.mark.parametrize("text", ["persen(a; b)", "pertumbuhan(a; b)"])
@few
@given(COUNTS, COUNTS, COUNTS)
def test_more_of_the_denominator_never_gives_more(text, one, other, a):
    low, high = sorted((one, other))
    assert value(text, a=a, b=low) >= value(text, a=a, b=high)
