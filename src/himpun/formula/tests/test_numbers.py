"""Reading and writing numbers the Indonesian way."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import (
    Ambiguous,
    NotANumber,
    NumberProblem,
    likely_slip,
    read_number,
    say_number,
)

laws = settings(max_examples=120, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("88,74", "88.74"),
        ("88.74", "88.74"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("674.180.800", "674180800"),
        ("95%", "95"),
        (" 97,5 % ", "97.5"),
        ("\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}", "12"),
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("0.123", "0.123"),
        ("0,123", "0.123"),
        ("1,234", "1.234"),
        ("1234.567", "1234.567"),
        ("1234,567", "1234.567"),
        ("12.3456", "12.3456"),
        ("-3,5", "-3.5"),
        ("\N{MINUS SIGN}3,5", "-3.5"),
        ("+3", "3"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_a_number_is_read(text, value):
    assert str(read_number(text)) == value


@pytest.mark.parametrize(
    ("text", "thousands", "fraction"),
    [
        ("1.234", "1234", "1.234"),
        (" 88.745% ", "88745", "88.745"),
        ("-1.234", "-1234", "-1.234"),
        ("01.234", "1234", "1.234"),
    ],
)
def test_one_dot_before_three_digits_is_asked(text, thousands, fraction):
    with pytest.raises(Ambiguous) as raised:
        read_number(text)
    assert raised.value.readings == (Decimal(thousands), Decimal(fraction))
    for spelling, value in zip(
        raised.value.spellings, raised.value.readings, strict=True
    ):
        assert read_number(spelling) == value
    assert raised.value.question == str(raised.value)


def test_the_question_names_both_spellings():
    with pytest.raises(Ambiguous) as raised:
        read_number("1.234")
    assert str(raised.value) == (
        "Anda menulis 1.234. Maksudnya 1234 (titik pemisah ribuan) atau 1,234 (titik "
        "tanda desimal)? Tulis salah satunya."
    )


def test_an_indicator_without_decimals_settles_the_dot_and_no_other_does():
    assert read_number("1.234", decimals=0) == 1234
    assert read_number("01.234", decimals=0) == 1234
    assert read_number("-1.234", decimals=0) == -1234
    for decimals in (1, 2, 3, None):
        with pytest.raises(Ambiguous):
            read_number("1.234", decimals=decimals)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("1,234.5", "1.234,5"),
        ("-1,234.5", "-1.234,5"),
        ("1,234,567", "1.234.567"),
        (",5", "0,5"),
        (".5", "0,5"),
        ("5,", "5"),
        ("1 234,5", "1234,5"),
        ("- 5", "-5"),
        ("\N{ARABIC-INDIC DIGIT NINE}\N{ARABIC-INDIC DIGIT FIVE}", "95"),
        ("\N{FULLWIDTH DIGIT NINE}5,5", "95,5"),
        ("9O,5", "90,5"),
        ("l2", "12"),
        ("140 Kelompok", "140"),
        ("Rp 1.234.567", "1.234.567"),
        ("5%%", "5"),
        ("\N{MINUS SIGN}1,234.5", "-1.234,5"),
    ],
)
def test_a_likely_spelling_is_suggested(text, suggestion):
    with pytest.raises(NotANumber) as raised:
        read_number(text)
    assert raised.value.suggestion == suggestion
    assert f"Maksudnya {suggestion}?" in str(raised.value)
    assert raised.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "%",
        "-",
        "+",
        "\N{EN DASH}",
        ",",
        ".",
        "--5-",
        "--0",
        "#5",
        "5 juta",
        "Rp 2 Miliar",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "1e400",
        "1E5",
        "1_000",
        "0x1F",
        "89,3405,300",
        "100 dari 110 Organisasi",
        "1.234 Kelompok",
        "1.23.456",
        "1.2345.678",
        "12.34,5",
        "#DIV/0!",
        "belum ada",
        "\N{CIRCLED DIGIT ONE}x\N{CIRCLED DIGIT TWO}",
        "123456789012345678901",
        "9" * 5000,
        "\x00",
    ],
)
def test_what_is_no_number_is_refused_without_a_guess(text):
    with pytest.raises(NotANumber) as raised:
        read_number(text)
    assert raised.value.suggestion == ""
    assert "Tulis" in str(raised.value)
    assert len(str(raised.value)) < 200


def test_an_empty_text_is_not_filled_rather_than_zero():
    with pytest.raises(NotANumber, match="belum diisi"):
        read_number(" ")


@laws
@given(st.text(max_size=30))
def test_any_text_gives_a_number_or_a_number_problem(text):
    try:
        value = read_number(text)
    except NumberProblem:
        value = Decimal(0)
    assert value.is_finite()


@laws
@given(st.text(alphabet="0123456789.,- %", max_size=14))
def test_a_suggestion_can_always_be_read(text):
    suggestion = ""
    try:
        read_number(text)
    except NumberProblem as problem:
        suggestion = getattr(problem, "suggestion", "")
    assert not suggestion or read_number(suggestion).is_finite()


@laws
@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=4).filter(
        lambda value: abs(value) < 10**15
    )
)
def test_what_is_written_in_full_is_read_again(value):
    assert read_number(say_number(value, 4)) == value


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1234.565", 2, "1.234,57"),
        ("1234.5649", 2, "1.234,56"),
        ("-1234.565", 2, "-1.234,57"),
        ("1234567", 0, "1.234.567"),
        ("0.5", 0, "1"),
        ("-0.001", 2, "0,00"),
        ("0", 2, "0,00"),
        ("88.740", None, "88,74"),
        ("100", None, "100"),
        ("1E+3", None, "1.000"),
        ("-0.0", None, "0"),
        ("-0.001", None, "-0,001"),
        ("1E+40", 2, "10" + ".000" * 13 + ",00"),
    ],
)
def test_a_number_is_written(value, decimals, text):
    assert say_number(Decimal(value), decimals) == text


def test_two_decimals_are_written_unless_told_otherwise():
    assert say_number(Decimal("1234.5")) == "1.234,50"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_never_written(value):
    with pytest.raises(ValueError, match="finite"):
        say_number(Decimal(value))


@pytest.mark.parametrize(
    ("value", "meant"),
    [("973", "97.3"), ("9766", "97.66"), ("101", "10.1"), ("10000", "100")],
)
def test_a_lost_comma_is_hinted_at(value, meant):
    slip = likely_slip(Decimal(value))
    assert slip.meant == Decimal(meant)


def test_the_hint_is_a_question():
    assert likely_slip(Decimal("973.0")).question == (
        "Anda menulis 973, maksudnya 97,3?"
    )


def test_plausible_values_get_no_hint():
    for value in ("100", "97.3", "0", "-973", "973.5"):
        assert likely_slip(Decimal(value)) is None
    assert likely_slip(Decimal(350), highest=Decimal(400)) is None
    assert likely_slip(Decimal(350), highest=Decimal(4)).meant == Decimal("3.5")
