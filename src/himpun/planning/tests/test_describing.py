from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from himpun import formula
from himpun.formula import OverTime, OverUnits, Part, Polarity, Span
from himpun.formula.targets import OutOf
from himpun.planning import rules
from himpun.planning.tests.builders import definition
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import PeriodKind

TWO = (
    formula.Component("selesai", "pengaduan selesai", "pengaduan"),
    formula.Component("masuk", "pengaduan masuk", "pengaduan"),
)


def said(**changes):
    facts = rules.describe(definition(**changes), scale="Skala (contoh)")
    return {str(fact.name): str(fact.words) for fact in facts}


def test_a_definition_is_told_in_plain_sentences():
    told = said(cap=Decimal(120), components=TWO, formula="persen(selesai; masuk)")
    assert told["Arah"] == "makin tinggi makin baik"
    assert told["Bila target 0"] == "tidak dapat dihitung"
    assert told["Batas capaian"] == "paling tinggi 120%: setiap capaian"
    assert told["Frekuensi"] == "setiap tahun"
    assert "selesai = pengaduan selesai (pengaduan;" in told["Komponen"]
    assert told["Bukti"] == "wajib"


def test_a_form_that_divides_by_the_realisasi_tells_what_a_realisasi_of_0_gives():
    told = said(polarity=Polarity.LOWER_RATIO)
    assert "Bila target 0" not in told
    assert told["Bila realisasi 0"] == "tidak dapat dihitung"


def test_two_versions_differ_in_what_was_changed_and_nothing_else():
    old = definition()
    new = replace(old, medium="Aplikasi survei", polarity=Polarity.LOWER_RATIO)
    told = [rules.describe(one, scale="Skala") for one in (old, new)]
    changes = {str(c.name): (c.before, c.after) for c in rules.differences(*told)}
    assert changes.pop("Media") == ("Laporan bulanan", "Aplikasi survei")
    assert set(changes) == {
        "Arah",
        "Rumus capaian",
        "Bila target 0",
        "Bila realisasi 0",
    }
    assert changes["Bila target 0"][1] == "tidak ada"


def test_a_formula_is_told_with_the_names_of_its_components():
    told = rules.in_words("persen(SELESAI; masuk)", TWO)
    assert told == "persen(pengaduan selesai; pengaduan masuk)"


def test_a_sample_uses_the_examples_given_and_its_own_for_the_rest():
    found = rules.sample("persen(selesai; masuk)", TWO, {"selesai": Decimal(40)})
    assert found.value == 80
    assert [one.value for one in found.inputs] == [40, 50]


@pytest.mark.parametrize(
    ("aim", "out_of", "typed"),
    [
        (None, None, ""),
        (Decimal("1234.50"), None, "1234,5"),
        (Decimal(100), None, "100"),
        (Span(Decimal(3), Decimal("5.5")), None, "3 - 5,5"),
        ("WTP", None, "WTP"),
        (Decimal(90), OutOf(Decimal(99), Decimal(110), "desa"), "99 dari 110 desa"),
    ],
)
def test_a_target_is_written_as_it_is_read_again(aim, out_of, typed):
    assert rules.write_aim(aim, out_of) == typed
    if typed and aim != "WTP":
        printed = rules.read_aim(typed, unit="%", decimals=2, grades=None)
        assert rules.write_aim(printed.aim, printed.out_of) == typed


def parts(*values):
    return [
        Part(f"Desa {n}", None if value is None else Decimal(value))
        for n, value in enumerate(values, 1)
    ]


@pytest.mark.parametrize(
    ("whole", "values", "how", "says"),
    [
        (10, (4, 6), OverUnits.SUM, None),
        (10, (4, 5), OverUnits.SUM, "menghasilkan 9, sedangkan target 10"),
        (10, (4, None), OverUnits.SUM, "menghasilkan 4, sedangkan target 10"),
        (5, (4, 6), OverUnits.AVERAGE, None),
        ("33.67", (33, 33, 35), OverUnits.AVERAGE, None),
        ("33.66", (33, 33, 35), OverUnits.AVERAGE, "menghasilkan 33,66666"),
        (34, (33, 33, 35), OverUnits.AVERAGE, "menghasilkan 33,66666"),
        (10, (4, 5), OverUnits.WEIGHTED, None),
        (10, (None, None), OverUnits.SUM, None),
        (None, (4, 5), OverUnits.SUM, None),
    ],
)
def test_the_targets_of_units_are_held_against_the_whole(whole, values, how, says):
    whole = None if whole is None else Decimal(whole)
    found = rules.parts_doubt(whole, parts(*values), how)
    assert (says in found) if says else found is None


def test_a_year_is_held_against_its_periods_only_where_it_was_split():
    def doubt(*values, frequency=PeriodKind.QUARTER):
        return rules.periods_doubt(Decimal(10), parts(*values), frequency, OverTime.SUM)

    assert doubt(4, 6) is None
    assert doubt(None, None) is None
    assert doubt(1, 2, frequency=PeriodKind.YEAR) is None
    assert "sedangkan target setahun 10" in doubt(4, 7)


def test_what_somebody_else_set_is_not_overwritten_unseen():
    rules.refuse_change("90", seen="90", wanted="95")
    with pytest.raises(Refusal, match="Sudah diubah orang lain menjadi 90"):
        rules.refuse_change("90", seen="85", wanted="95")


def test_a_target_is_replaced_and_never_emptied():
    rules.refuse_change("", seen="", wanted="95")
    with pytest.raises(Refusal, match="tidak dihapus"):
        rules.refuse_change("90", seen="90", wanted="")


def test_a_definition_is_kept_when_just_its_warnings_were_read():
    rules.refuse_unread((), "")
    rules.refuse_unread(("satu",), rules.seal_of(("satu",)))
    for read in ("", rules.seal_of(("dua",))):
        with pytest.raises(Refusal, match="Baca peringatan"):
            rules.refuse_unread(("satu",), read)


def test_a_new_version_may_begin_with_the_running_period_or_after_the_newest():
    today = date(2026, 5, 20)
    first = rules.first_day
    assert first(PeriodKind.QUARTER, date(2020, 1, 1), today) == date(2026, 4, 1)
    assert first(PeriodKind.QUARTER, date(2026, 4, 1), today) == date(2026, 7, 1)
    assert first(PeriodKind.YEAR, date(2026, 1, 1), today) == date(2027, 1, 1)
