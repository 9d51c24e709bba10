"""Targets and figures as real plans print them: read, or asked about in a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import (
    Ambiguous,
    NotANumber,
    NumberProblem,
    OutOf,
    Span,
    read_target,
    say_number,
)
from himpun.formula.targets import NotAPart, NotThere, SheetError, TwoNumbers

laws = settings(max_examples=120, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("674.180.800", "674180800"),
        ("36,6", "36.6"),
        ("21,50%", "21.5"),
        (" 90.76 ", "90.76"),
        ("0", "0"),
        ("-3,5", "-3.5"),
    ],
)
def test_a_plain_number_stays_one(text, value):
    assert read_target(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "above", "below", "unit"),
    [
        ("100 dari 110 Organisasi Kepemudaan", 100, 110, "Organisasi Kepemudaan"),
        ("100 dari 110", 100, 110, ""),
        ("1.234.000  DARI 2.000.000 orang", 1234000, 2000000, "orang"),
        ("0 dari 12 desa", 0, 12, "desa"),
        ("12 dari 12", 12, 12, ""),
    ],
)
def test_so_many_of_so_many_is_a_numerator_and_a_denominator(text, above, below, unit):
    assert read_target(text) == OutOf(Decimal(above), Decimal(below), unit)


def test_a_share_knows_its_percentage_and_how_it_is_written():
    share = read_target("100 dari 110 Organisasi")
    assert say_number(share.percent) == "90,91"
    assert str(share) == "100 dari 110 Organisasi"
    assert str(read_target("1 dari 2")) == "1 dari 2"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3 - 5", "3", "5"),
        ("3-5", "3", "5"),
        ("3,5 s.d. 4", "3.5", "4"),
        ("3 s/d 5", "3", "5"),
        ("3 sampai dengan 5", "3", "5"),
        ("10% \N{EN DASH} 15%", "10", "15"),
    ],
)
def test_a_range_is_read(text, low, high):
    assert read_target(text) == Span(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "problem", "words"),
    [
        ("89,3405,300", NotANumber, "tidak dapat dibaca sebagai angka"),
        ("140 Kelompok (1400 orang)", TwoNumbers, "140 Kelompok, 1400 orang"),
        ("2 (POPNAS 201)", TwoNumbers, "Mana yang ditargetkan"),
        ("5 dokumen dan 3 laporan", TwoNumbers, "5 dokumen dan, 3 laporan"),
        ("140 Kelompok", NotANumber, "Maksudnya 140?"),
        ("#DIV/0!", SheetError, "pesan galat lembar kerja"),
        ("#N/A", SheetError, "pesan galat lembar kerja"),
        ("#REF!", SheetError, "pesan galat lembar kerja"),
        ("-", NotThere, "Kosongkan bila angkanya belum ada"),
        ("n/a", NotThere, "tulis 0 bila memang nol"),
        ("Nihil", NotThere, "belum tentu nol"),
        ("belum ada", NotThere, "belum tentu nol"),
        ("1.234", Ambiguous, "Maksudnya 1234"),
        ("1.234 dari 2.000", Ambiguous, "Maksudnya 1234"),
        ("110 dari 100", NotAPart, "tertukar"),
        ("3 dari 0", NotAPart, "tidak boleh 0"),
        ("5 - 3", NumberProblem, "tertukar"),
        ("", NotANumber, "belum diisi"),
        (">= 90", NotANumber, "tidak dapat dibaca"),
        ("WTP", NotANumber, "tidak dapat dibaca"),
    ],
)
def test_what_is_not_one_figure_is_asked_about(text, problem, words):
    with pytest.raises(problem, match=None) as raised:
        read_target(text)
    assert words in str(raised.value)


def test_an_indicator_without_decimals_settles_the_dot_in_both_numbers():
    assert read_target("1.234 dari 2.000", decimals=0) == OutOf(
        Decimal(1234), Decimal(2000)
    )


@laws
@given(st.text(max_size=30) | st.text(alphabet="0123456789.,- dari%()#s/", max_size=25))
def test_any_text_is_a_figure_or_a_sentence(text):
    found, said = None, ""
    try:
        found = read_target(text)
    except NumberProblem as problem:
        said = str(problem)
    assert (found is None) == bool(said)
    assert len(said) < 400


def test_hostile_text_is_refused_at_once():
    for text in (
        "9" * 10**5,
        "1 " * 10**5,
        "(" * 10**5,
        "1 dari " * 10**5,
        "-" * 10**5,
    ):
        with pytest.raises(NumberProblem) as raised:
            read_target(text)
        assert len(str(raised.value)) < 900
