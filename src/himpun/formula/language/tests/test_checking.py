"""A formula against its components: names, units of measure, zero denominators."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import Component, Formula, calculate, check_formula, read_formula
from himpun.formula.language import Kind

from .trees import CODES, TREES

laws = settings(max_examples=80, deadline=None, derandomize=True)
ONE = Decimal(1)


def found(text, unit, **units):
    """Check a formula over components with these units, none of which is ever 0."""
    components = [Component(code, code, of, ONE) for code, of in units.items()]
    return check_formula(read_formula(text), components, unit)


def kinds(*args, **units):
    return [finding.kind for finding in found(*args, **units)]


@pytest.mark.parametrize(
    ("text", "unit", "units"),
    [
        ("a / b x 100%", "%", {"a": "desa", "b": "desa"}),
        ("a / b x 100%", "Persen", {"a": "Desa", "b": "desa "}),
        ("persen(a; b)", "%", {"a": "orang", "b": "orang"}),
        ("pertumbuhan(a; b)", "%", {"a": "Rp", "b": "rupiah"}),
        ("a / b", "rasio", {"a": "orang", "b": "orang"}),
        ("a / b", "", {"a": "orang", "b": "orang"}),
        ("a / b", "orang per desa", {"a": "orang", "b": "desa"}),
        ("a / b", "orang/desa", {"a": "orang", "b": "desa"}),
        ("(a + b) / 2", "nilai", {"a": "nilai", "b": "nilai"}),
        ("rata-rata(a; b)", "indeks", {"a": "indeks", "b": "indeks"}),
        ("a / b x 25", "indeks", {"a": "skor", "b": "orang"}),
        ("100% - a", "%", {"a": "%"}),
        ("maks(a; 0)", "orang", {"a": "orang"}),
        ("0,4 x a + 0,6 x b", "nilai", {"a": "nilai", "b": "nilai"}),
        ("a x b / 100%", "nilai", {"a": "nilai", "b": "%"}),
        ("a x b", "kg", {"a": "kg per desa", "b": "desa"}),
        ("persen(jumlah(a; b); c)", "%", {"a": "org", "b": "org", "c": "org"}),
        ("12", "dokumen", {}),
    ],
)
def test_a_formula_that_fits_has_no_findings(text, unit, units):
    assert kinds(text, unit, **units) == []


@pytest.mark.parametrize(
    ("text", "units", "words"),
    [
        ("a + b", {"a": "apel", "b": "pir"}, "a bersatuan apel dan b bersatuan pir"),
        ("a - b", {"a": "Rp", "b": "%"}, "bersatuan rp dan b bersatuan %"),
        ("min(a; 1; b)", {"a": "orang", "b": "desa"}, "tidak dapat dijumlahkan"),
        ("persen(a; b)", {"a": "orang", "b": "desa"}, "tidak dapat dijumlahkan"),
        ("a / b + 5%", {"a": "desa", "b": "desa"}, "a / b bersatuan rasio dan 5%"),
        ("a x a + a", {"a": "m"}, "a × a bersatuan m^2"),
    ],
)
def test_apples_are_not_added_to_pears(text, units, words):
    findings = found(text, "apa saja", **units)
    assert [(f.kind, f.hinders) for f in findings] == [(Kind.UNITS, True)]
    assert words in findings[0].sentence


@pytest.mark.parametrize(
    ("text", "unit", "units", "words"),
    [
        ("a / b", "%", {"a": "desa", "b": "desa"}, "Kalikan hasilnya dengan 100%"),
        ("a / b x 100", "%", {"a": "desa", "b": "desa"}, "Kalikan hasilnya"),
        ("a / b x 100%", "desa", {"a": "desa", "b": "desa"}, "menghasilkan %"),
        ("a / b", "orang", {"a": "orang", "b": "desa"}, "menghasilkan orang/desa"),
        ("40% x a", "nilai", {"a": "nilai"}, "Bobot 40% ditulis 0,4"),
        ("40% x a", "orang", {"a": "orang"}, "Bobot 40% ditulis 0,4"),
    ],
)
def test_a_result_of_another_unit_is_refused_with_a_hint(text, unit, units, words):
    (finding,) = found(text, unit, **units)
    assert finding.kind is Kind.RESULT_UNIT
    assert words in finding.sentence


def test_unknown_components_are_named_with_the_nearest_and_the_column():
    components = [Component("selesai", "Selesai", "x", ONE)]
    formula = read_formula("selesai + selesei + zzz")
    near, far = check_formula(formula, components, "x")
    assert (near.kind, near.column, near.hinders) == (Kind.UNKNOWN, 11, True)
    assert near.sentence == "Komponen selesei belum ada. Maksudnya selesai?"
    assert far.sentence == "Komponen zzz belum ada. Tambahkan, atau ubah rumusnya."


def test_an_unused_component_is_told_but_does_not_hinder():
    (finding,) = found("a", "desa", a="desa", b="desa")
    assert (finding.kind, finding.hinders) == (Kind.UNUSED, False)
    assert finding.sentence == "Komponen b diisi tetapi tidak dipakai rumus."


@pytest.mark.parametrize("code", ["", "a b", "2a", "x", "X", "rata", "Min", "a;b", "é"])
def test_a_code_that_could_not_stand_in_a_formula_is_refused(code):
    findings = check_formula(read_formula("1"), [Component(code, "c")], "")
    assert findings[0].kind is Kind.BAD_CODE
    assert findings[0].hinders


def test_two_components_of_one_code_are_refused():
    twins = [Component("a", "satu"), Component("A", "dua")]
    assert check_formula(read_formula("a"), twins, "")[0].kind is Kind.TWICE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a / b", None),
        ("a / c", Kind.MAY_BE_ZERO),
        ("a / d", Kind.MAY_BE_ZERO),
        ("a / e", Kind.MAY_BE_ZERO),
        ("persen(a; c)", Kind.MAY_BE_ZERO),
        ("pertumbuhan(a; c)", Kind.MAY_BE_ZERO),
        ("a / (b + c)", None),
        ("a / (a + b) / 2", None),
        ("a / (a - b)", Kind.MAY_BE_ZERO),
        ("a / maks(c; 1)", None),
        ("a / min(c; 1)", Kind.MAY_BE_ZERO),
        ("a / jumlah(b; c)", None),
        ("a / rata-rata(c; c)", Kind.MAY_BE_ZERO),
        ("a / (b x c)", Kind.MAY_BE_ZERO),
        ("a / -b", None),
        ("a / (b + d)", Kind.MAY_BE_ZERO),
        ("a / persen(a; b)", None),
        ("a / pertumbuhan(a; b)", Kind.MAY_BE_ZERO),
        ("a / 0", Kind.ZERO),
        ("a / (3 x 0)", Kind.ZERO),
    ],
)
def test_a_denominator_that_may_be_zero_is_told(text, kind):
    lowest = {"a": ONE, "b": ONE, "c": Decimal(0), "d": None, "e": Decimal(-1)}
    components = [Component(code, code, "", least) for code, least in lowest.items()]
    findings = check_formula(read_formula(text), components, "nilai")
    about_zero = [f for f in findings if f.kind in {Kind.ZERO, Kind.MAY_BE_ZERO}]
    assert [f.kind for f in about_zero] == ([kind] if kind else [])
    assert all(f.hinders is (kind is Kind.ZERO) for f in about_zero)


@laws
@given(TREES, st.lists(st.decimals("0.01", "100", places=2), min_size=4, max_size=4))
def test_without_such_a_finding_there_always_is_a_value(tree, figures):
    components = [Component(code, code, "", Decimal("0.01")) for code in CODES]
    formula = Formula(tree)
    zero = {Kind.ZERO, Kind.MAY_BE_ZERO}
    if any(f.kind in zero for f in check_formula(formula, components, "")):
        return
    done = calculate(formula, components, dict(zip(CODES, figures, strict=True)))
    assert done.value is not None or "terlalu" in done.reason
