"""The defects of two real plans: each is found, and nothing else is."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from himpun import formula
from himpun.formula import DoubtKind, Part, Polarity, PrintedCell
from himpun.planning import rules
from himpun.planning.rules import Reached
from himpun.planning.tests import printed

D = Decimal


def of_kind(doubts, kind):
    return [doubt for doubt in doubts if doubt.kind is kind]


def places(doubts):
    return {place for doubt in doubts for place in doubt.at}


def test_of_muncars_225_budget_ratios_175_hold_and_50_cannot_be_calculated():
    rows = printed.budget()
    ratios = {year.ratio.at for row in rows for year in row.years}
    odd = [d for d in rules.doubts_of_budget(rows) if d.at[0] in ratios]
    assert len(ratios) == 225
    assert Counter(d.kind for d in odd) == {
        DoubtKind.NO_BASE: 47,
        DoubtKind.SHEET_ERROR: 3,
    }
    assert places(of_kind(odd, DoubtKind.SHEET_ERROR)) == {
        f"rasio_2020_pct_as_printed baris {line}" for line in (41, 42, 43)
    }


def test_of_muncars_90_budget_growths_those_without_a_base_are_told():
    rows = printed.budget()
    growths = {cell.at for row in rows for cell in row.growth}
    odd = [d for d in rules.doubts_of_budget(rows) if d.at[0] in growths]
    assert Counter(d.kind for d in odd) == {
        DoubtKind.NO_BASE: 32,
        DoubtKind.SHEET_ERROR: 2,
    }
    assert places(of_kind(odd, DoubtKind.SHEET_ERROR)) == {
        "growth_anggaran_pct_as_printed baris 24",
        "growth_realisasi_pct_as_printed baris 24",
    }


def test_of_banyuwangis_40_ratios_five_are_cut_off_and_92_for_92_22_is_rounded():
    rows = printed.indicators(printed.BANYUWANGI)
    odd = rules.doubts_of_indicators(rows)
    assert sum(len(row.years) for row in rows) == 40
    assert places(of_kind(odd, DoubtKind.TRUNCATED)) == {
        "rasio_2021_as_printed baris 2",
        "rasio_2023_as_printed baris 2",
        *(f"rasio_{year}_as_printed baris 4" for year in (2020, 2021, 2023)),
    }
    assert {d.kind for d in odd} == {
        DoubtKind.TRUNCATED,
        DoubtKind.COPIED,
        DoubtKind.LOW_TARGET,
    }


def test_muncars_indicators_have_right_ratios_but_odd_promises():
    odd = rules.doubts_of_indicators(printed.indicators(printed.MUNCAR))
    assert {d.kind for d in odd} == {DoubtKind.COPIED, DoubtKind.LOW_TARGET}


@pytest.mark.parametrize(
    ("table", "copied", "low"),
    [
        (
            printed.MUNCAR,
            (6, 7, 8, 9, 10),
            {2: (2022, 2023, 2024), 3: (2022, 2023, 2024)}
            | dict.fromkeys((4, 5), (2021, 2022, 2023, 2024)),
        ),
        (
            printed.BANYUWANGI,
            (3, 6, 7, 8, 9),
            {2: (2022, 2023, 2024), 4: (2024,), 5: (2021,)},
        ),
    ],
)
def test_figures_copied_from_the_target_and_low_targets_are_these(table, copied, low):
    odd = rules.doubts_of_indicators(printed.indicators(table))
    assert [d.at for d in of_kind(odd, DoubtKind.COPIED)] == [
        tuple(f"realisasi_{year} baris {line}" for year in printed.YEARS)
        for line in copied
    ]
    assert {d.at[0] for d in of_kind(odd, DoubtKind.LOW_TARGET)} == {
        f"target_{year} baris {line}" for line, years in low.items() for year in years
    }


def test_the_documented_low_target_is_told_with_both_figures():
    odd = rules.doubts_of_indicators(printed.indicators(printed.MUNCAR))
    first = of_kind(odd, DoubtKind.LOW_TARGET)[0]
    assert first.at == ("target_2022 baris 2", "realisasi_2021 baris 2")
    assert "90,1" in first.sentence
    assert "93,5" in first.sentence


def test_one_new_target_of_banyuwangi_starts_below_where_it_stands():
    low = [
        row["kode"]
        for _n, row in printed.lines(printed.HERE / "banyuwangi_iku_2025_2030.csv")
        if rules.low_target(
            D(row["target_2025"]), D(row["baseline_2024"]), Polarity.HIGHER
        )
    ]
    assert low == ["S2"]


def test_an_indicators_own_history_is_judged_as_a_printed_row_is():
    periods = [
        Reached(D(target), D(actual), f"target {year}", f"realisasi {year}")
        for year, target, actual in (("2023", 50, 50), ("2024", 40, 60))
    ]
    found = rules.doubts_of_periods("IKM", periods, Polarity.HIGHER)
    assert [(doubt.kind, doubt.at) for doubt in found] == [
        (DoubtKind.LOW_TARGET, ("target 2024", "realisasi 2023")),
        (DoubtKind.FAR_ABOVE, ("realisasi 2024", "target 2024")),
    ]


def test_two_tables_of_muncars_iku_are_a_year_apart():
    found = []
    for number, row in printed.lines(printed.HERE / "muncar_iku_2025_2030.csv"):
        tables = [
            (
                f"Tabel {title.replace('_', '.')}",
                {
                    year: printed.cell(number, row, f"t{title}_{year}")
                    for year in range(2026, 2031)
                },
            )
            for title in ("3_1", "4_4")
        ]
        found.append(formula.tables_doubt(row["kode"], *tables))
    assert [doubt.kind for doubt in found] == [DoubtKind.TABLES] * 3
    assert all("bergeser satu tahun" in doubt.sentence for doubt in found)
    assert found[0].at[:2] == ("t3_1_2026 baris 2", "t4_4_2026 baris 2")
    assert len(found[0].at) == 10


def test_tables_that_differ_in_one_year_name_it_and_equal_ones_are_quiet():
    one = {2024: PrintedCell("B2", "85"), 2025: PrintedCell("C2", "86")}
    other = {2024: PrintedCell("F2", "85,0"), 2025: PrintedCell("G2", "87")}
    doubt = formula.tables_doubt("IKW", ("Tabel 1", one), ("Tabel 2", other))
    assert doubt.at == ("C2", "G2")
    assert "2025" in doubt.sentence
    assert formula.tables_doubt("IKW", ("Tabel 1", one), ("Tabel 2", one)) is None


def test_figures_that_stay_the_same_are_not_called_a_shift():
    one = {year: PrintedCell(f"B{year}", "5") for year in (2023, 2024, 2025)}
    other = {**one, 2025: PrintedCell("G2", "6")}
    doubt = formula.tables_doubt("IKW", ("Tabel 1", one), ("Tabel 2", other))
    assert "berbeda pada 2025" in doubt.sentence


def test_the_text_and_the_table_about_muncars_ikm_2020_disagree():
    _number, row = printed.lines(printed.MUNCAR)[0]
    table = printed.cell(2, row, "realisasi_2020")
    doubt = formula.narrative_doubt("IKM 2020", table, PrintedCell("Bab II", "90,00"))
    assert doubt.kind is DoubtKind.NARRATIVE
    assert doubt.at == ("realisasi_2020 baris 2", "Bab II")
    same = PrintedCell("Bab II", "91,00")
    assert formula.narrative_doubt("IKM 2020", table, same) is None


def test_one_code_of_muncars_programmes_is_misprinted():
    [doubt] = rules.doubts_of_codes(printed.programmes())
    assert doubt.at == ("kode baris 11",)
    assert "Maksudnya 7.01.01.2.06.0003?" in doubt.sentence


def test_a_code_that_stands_twice_or_without_its_parent_is_told():
    rows = printed.programmes()
    twice = replace(rows[3], code=PrintedCell("A9", rows[2].code.text))
    alone = replace(rows[3], code=PrintedCell("A10", "7.01.05.2.01"))
    found = rules.doubts_of_codes([*rows[:3], twice, alone])
    assert [doubt.at for doubt in found] == [("A9",), ("A10",)]


def test_the_amounts_of_muncars_programmes_add_up_until_a_row_is_left_out():
    rows = printed.programmes()
    assert rules.doubts_of_amounts(rows) == ()
    without = [row for row in rows if row.code.text != "7.01.01.2.01.0007"]
    found = rules.doubts_of_amounts(without)
    assert places(found) == {f"pagu_{year} baris 3" for year in range(2026, 2031)}
    assert {doubt.kind for doubt in found} == {DoubtKind.PARTS}
    assert "kurang 1.500.000" in found[0].sentence


def test_muncars_budget_total_is_the_sum_of_its_programmes():
    rows = [row for _n, row in printed.lines(printed.BUDGET)]
    for column in ("anggaran_2020", "realisasi_2024"):
        parts = [
            Part(row["uraian"], D(row[column]))
            for row in rows
            if row["level"] == "program"
        ]
        assert formula.parts_doubt("B2", D(rows[0][column]), parts) is None
        assert formula.parts_doubt("B2", D(rows[0][column]), parts[1:])


def test_parts_above_the_total_and_empty_parts_are_told_apart():
    full = [Part("Rogojampi", D(3)), Part("Muncar", D(4))]
    assert "lebih 2" in formula.parts_doubt("B2", D(5), full).sentence
    empty = [*full, Part("Srono", None)]
    assert "belum terisi: Srono" in formula.parts_doubt("B2", D(9), empty).sentence
    assert formula.parts_doubt("B2", D(7), empty) is None


def test_a_dash_in_a_target_of_muncars_programmes_is_asked_about():
    odd = [
        (number, column)
        for number, row in printed.lines(printed.PROGRAMMES)
        for column in row
        if column.startswith("target_")
        and isinstance(
            formula.read_cell(printed.cell(number, row, column)), formula.Doubt
        )
    ]
    dashes = [
        (number, column)
        for number, row in printed.lines(printed.PROGRAMMES)
        for column, text in row.items()
        if column.startswith("target_") and text == "-"
    ]
    assert odd == dashes
    assert len(odd) == 26


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("89,3405,300", DoubtKind.NUMBER),
        ("140 Kelompok (1400 orang)", DoubtKind.NUMBER),
        ("1.234", DoubtKind.NUMBER),
        ("#DIV/0!", DoubtKind.SHEET_ERROR),
        ("674.180.800", None),
        ("100 dari 110 Organisasi", None),
        ("", None),
    ],
)
def test_number_formats_of_real_plans_are_read_or_asked_about(text, kind):
    found = formula.read_cell(PrintedCell("F7", text))
    assert getattr(found, "kind", None) == kind
    assert kind is None or found.sentence.startswith("F7: ")


@pytest.mark.parametrize(
    ("text", "actual", "kind"),
    [
        ("92", "92.22", None),
        ("93", "92.99", None),
        ("92", "92.99", DoubtKind.TRUNCATED),
        ("92", "92.5", None),
        ("93", "92.5", None),
        ("95", "95.56", DoubtKind.TRUNCATED),
        ("108,7", "108.77", DoubtKind.TRUNCATED),
        ("91", "92.22", DoubtKind.RATIO),
    ],
)
def test_a_ratio_rounded_to_what_is_printed_is_right_and_a_cut_one_is_not(
    text, actual, kind
):
    doubt = formula.ratio_doubt(PrintedCell("H4", text), D(actual), D(100))
    assert getattr(doubt, "kind", None) == kind


def test_a_wrong_ratio_that_is_no_cut_one_is_told_as_wrong():
    cell = PrintedCell("H4", "98,1")
    doubt = formula.ratio_doubt(cell, D(90), D(100))
    assert doubt.kind is DoubtKind.RATIO
    assert formula.ratio_doubt(cell, None, D(100)) is None
    assert formula.ratio_doubt(cell, D(98), None) is None


def test_a_growth_is_the_mean_of_the_yearly_ones():
    cell = PrintedCell("P2", "15")
    assert formula.growth_doubt(cell, [D(100), D(110), D(132)]) is None
    assert formula.growth_doubt(cell, [D(100), D(110), None]) is None
    doubt = formula.growth_doubt(cell, [D(100), D(110), D(143)])
    assert doubt.kind is DoubtKind.RATIO


def test_a_target_is_low_by_the_direction_of_its_indicator():
    assert rules.low_target(D(3), D(2), Polarity.LOWER_RATIO)
    assert rules.low_target(D(2), D(3), Polarity.LOWER_DIFFERENCE) is None
    assert rules.low_target(D(3), D(2), Polarity.HIGHER) is None
    assert rules.low_target(D(1), D(2), Polarity.RANGE) is None
    assert rules.low_target(None, D(2), Polarity.HIGHER) is None


def test_one_period_is_not_always_and_a_gap_is_no_copy():
    same = (D(100), D(100))
    assert rules.always_as_promised([same]) is None
    assert rules.always_as_promised([same, (D(90), None)]) is None
    assert rules.always_as_promised([same, (None, None)]) is None
    assert rules.always_as_promised([same, same])


def test_a_capaian_is_far_above_100_from_120_on():
    assert rules.far_above(D("119.99")) is None
    assert "120,0%" in rules.far_above(D(120))
    assert rules.far_above(None) is None
