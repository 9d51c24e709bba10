"""What is wrong with a file as a whole is said by cell; pure rules, no database."""

import pytest

from himpun.documents.grids.model import Cell
from himpun.documents.sheets import Table
from himpun.planning import rules
from himpun.planning.rules import Level, workbook
from himpun.planning.rules.workbook import TargetKind
from himpun.shared.refusals import Refusal

HEADS = ("kode", "jenis", "sumber", "2025", "2025-TW1")


def table(*rows, name="Target", **more):
    cells = [
        Cell("", row, column, text, **more.get(f"{row}.{column}", {}))
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
        if text
    ]
    return Table(name, tuple(cells))


def read(*tables):
    return workbook.read_book(tables, "a.xlsx")


def told(book):
    return {finding.at[0]: finding.sentence for finding in book.conflicts}


def test_rows_are_read_by_their_headings_wherever_those_stand():
    book = read(table((), ("Tabel 1",), HEADS, ("S1", "Target", "", "91", "")))
    [line] = book.of("Target")
    assert line.at("2025") == "Target!D4"
    assert line.periods == ["2025"]
    assert line.choice("jenis", TargetKind) is TargetKind.TARGET
    assert book.conflicts == ()


def test_a_table_without_a_name_is_known_by_its_headings():
    book = read(table(HEADS, ("S1", "target", "", "91"), name=""))
    assert [line.text("kode") for line in book.of("Target")] == ["S1"]


def test_wrong_headings_are_named_and_the_sheet_is_not_read():
    book = read(table(("kode", "jenis", "2025", "2025", "bulan"), ("S1", "target")))
    assert set(told(book)) == {"Target!A1", "Target!D1", "Target!E1"}
    assert "sumber" in told(book)["Target!A1"]
    assert book.of("Target") == []


def test_an_unknown_sheet_is_told_and_the_instructions_are_not_read():
    book = read(table(("a",), name="Sheet1"), table(("a",), name="Petunjuk"))
    assert "Indikator" in told(book)["Sheet1!A1"]
    with pytest.raises(Refusal, match="templat"):
        read(table(("a",), name="Petunjuk"))


def test_merged_cells_formulas_and_long_texts_are_refused_where_they_stand():
    more = {"1.0": {"rows": 2}}
    book = read(
        table(
            HEADS,
            ("S1", "target", "a" * 301, "=A1*2"),
            ("S2", "target", "", "", "", "tepi"),
            **more,
        )
    )
    assert {at: sentence.split(".")[0] for at, sentence in told(book).items()} == {
        "Target!A2": "Sel ini gabungan beberapa sel",
        "Target!C2": f"Teks ini paling panjang 300 huruf: {rules.cut('a' * 301)}",
        "Target!D2": "Sel ini berisi rumus tanpa nilai",
        "Target!F3": "Sel ini di luar kolom yang dibaca",
    }
    assert book.of("Target")[0].spoilt


def test_too_many_rows_are_refused():
    rows = [("S1", "target", "", "91")] * 1001
    book = read(table(HEADS, *rows))
    assert "paling banyak 1000" in told(book)["Target!A1001"]
    assert book.of("Target") == []


def line_of(**cells):
    names = tuple(cells)
    places = {name: place for place, name in enumerate(names)}
    line = workbook.Line(workbook.SPECS["Target"], 1, places)
    for name, (text, typed) in cells.items():
        line.cells[name] = Cell("", 1, places[name], text, typed=typed)
    return line


def test_a_number_of_a_sheet_is_never_ambiguous_and_a_text_may_be():
    assert line_of(a=("1.234", True)).number("a") == rules.aim_of("1.234")
    with pytest.raises(Refusal, match=r"1\.234"):
        line_of(a=("1.234", False)).number("a")
    assert line_of(a=("674.180.800", False)).number("a", decimals=0) == 674180800
    with pytest.raises(Refusal, match="satu angka"):
        line_of(a=("3 - 5", False)).number("a")


def test_dates_and_choices_that_are_none_are_asked_about():
    line = line_of(a=("31/01/2025", False), b=("31 Jan", False), c=("Sasran", False))
    assert line.day("a").isoformat() == "2025-01-31"
    with pytest.raises(Refusal, match="bukan tanggal"):
        line.day("b")
    with pytest.raises(Refusal, match="kegiatan"):
        line.choice("c", Level)
    with pytest.raises(Refusal, match="Isi d"):
        line.filled("d")


def test_names_are_matched_by_their_letters_within_a_programme():
    [one] = rules.entries_named("koordinasi kegiatan pemberdayaan  DESA", "7.01.03")
    assert one.code == "7.01.03.2.01"
    assert rules.entries_named("Koordinasi Kegiatan Pemberdayaan Desa", "7.01.02") == []
