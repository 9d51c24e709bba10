"""Formulas as offices write them, and sentences for what cannot be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import BadFormula, Formula, read_formula

from .trees import TREES

laws = settings(max_examples=80, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("DTKB/SLRHD X 100%", "DTKB / SLRHD × 100%"),
        ("A/B X 100 %", "A / B × 100%"),
        ("(internal + eksternal) / 2", "(internal + eksternal) / 2"),
        ("selesai : masuk x 100%", "selesai / masuk × 100%"),
        ("(kini \N{MINUS SIGN} lalu)/lalu x 100%", "(kini - lalu) / lalu × 100%"),
        ("kini \N{EN DASH} lalu", "kini - lalu"),
        ("a\N{DIVISION SIGN}b*2", "a / b × 2"),
        ("0,4*a+0.6*b", "0,4 × a + 0,6 × b"),
        ("1.000.000 x a", "1000000 × a"),
        ("Rata-Rata( a ;b; c )", "rata-rata(a; b; c)"),
        ("PERSEN(a;b)", "persen(a; b)"),
        ("rata_rata - a", "rata_rata - a"),
        ("((a))", "a"),
        ("a - (b - c)", "a - (b - c)"),
        ("(a * b) + c", "a × b + c"),
        ("a / (b / c)", "a / (b / c)"),
        ("a * -b", "a × -b"),
        ("-(a + b)", "-(a + b)"),
        ("1/8 x (p1+p2)", "1 / 8 × (p1 + p2)"),
        ("a\n+\N{NO-BREAK SPACE}b", "a + b"),
    ],
)
def test_a_formula_is_read_and_written_with_the_signs_of_the_paper(text, read):
    assert read_formula(text).text == read


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 0, "belum diisi"),
        (" \n", 0, "belum diisi"),
        ("a" * 1001, 0, "paling panjang 1000"),
        ("a +", 4, "belum selesai"),
        ("a + * b", 5, "perlu angka atau komponen, bukan *"),
        ("(a + b", 1, "belum ditutup"),
        ("min(a; b", 4, "belum ditutup"),
        ("a + b)", 6, "tidak ada pembukanya"),
        ("jumlah desa / 3", 1, "nama fungsi"),
        ("desa tertib / desa", 6, "tanpa spasi"),
        ("1/8 (a + b)", 5, "perlu tanda hitung"),
        ("2a", 2, "perlu tanda hitung"),
        ("a = b / c", 3, "sebelah kanan tanda sama dengan"),
        ("min(a, b)", 6, "titik koma"),
        ("a; b", 2, "hanya dipakai di dalam fungsi"),
        ("[a + b] / 2", 1, "kurung biasa"),
        ("a ^ 2", 3, "perkalian"),
        ("a %", 3, "langsung setelah angka"),
        ("a & b", 3, "tanda & tidak dipakai"),
        ("1.234 / a", 1, "Maksudnya 1234"),
        ("a / 1,234,567", 5, "tidak dapat dibaca"),
        ("PDRB(t) / 2", 1, "fungsi PDRB tidak dikenal"),
        ("persen(a)", 1, "tepat dua isian"),
        ("persen(a; b; c)", 1, "tepat dua isian"),
        ("maks(a)", 1, "sedikitnya dua isian"),
        ("min()", 5, "perlu angka atau komponen"),
        ("rata-rata + 1", 1, r"rata-rata\(a; b\)"),
        ("x", 1, "perlu angka atau komponen"),
        ("a" * 41, 1, "paling panjang 40"),
        ("a +\N{SNOWMAN}", 4, "tidak dipakai"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_column(text, column, words):
    with pytest.raises(BadFormula, match=words) as raised:
        read_formula(text)
    assert raised.value.column == column
    if column:
        assert str(raised.value).startswith(f"Kolom {column}: ")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 900,
        "-" * 900 + "a",
        "(" * 400 + "a" + ")" * 400,
        "min(" * 200 + "a",
        "9" * 900,
        "a" * 900,
        "\x00" * 900,
        "__import__('os').system('true')",
        "().__class__",
        "a if b else c",
        "9**9**9",
    ],
)
def test_hostile_text_is_refused_in_a_short_sentence(text):
    with pytest.raises(BadFormula) as raised:
        read_formula(text)
    assert len(str(raised.value)) < 300


def test_twenty_levels_are_read_and_twenty_one_are_not():
    assert read_formula("(" * 20 + "a" + ")" * 20).text == "a"
    with pytest.raises(BadFormula, match="lebih dari 20 tingkat"):
        read_formula("(" * 21 + "a" + ")" * 21)


def test_a_thousand_letters_of_one_sum_are_read():
    text = "+".join("a" * 500)
    assert read_formula(text).codes == ("a",)


def test_the_components_are_listed_once_in_their_order():
    assert read_formula("b / A + a x B - c").codes == ("b", "A", "c")


@laws
@given(TREES)
def test_what_is_written_reads_as_the_same_formula(tree):
    formula = Formula(tree)
    assert read_formula(formula.text) == formula


WORDS = ["a", "b", "x", "12", "3,5", "1.234", "100%", "+", "-", "*", "/", "(", ")", ";"]
WORDS += ["min", "rata-rata", "persen", ",", " ", "%", "=", "rata"]


@laws
@given(
    st.text(max_size=40) | st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
)
def test_any_text_is_a_formula_or_a_sentence(text):
    column, said, formula = 0, "", None
    try:
        formula = read_formula(text)
    except BadFormula as bad:
        column, said = bad.column, str(bad)
    assert 0 <= column <= len(text) + 1
    assert len(said) < 300
    assert formula is None or read_formula(formula.text) == formula
