"""Sheets go out with checks and come back cell by cell; what harms is refused in words."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from himpun.documents import sheets
from himpun.documents.sheets import Column, Drawn, NotAccepted, Sheet

COLUMNS = (
    Column("kode", choices=("satu", "dua")),
    Column("nilai", Drawn.WHOLE),
    Column("sejak", Drawn.DATE),
)


def written(*rows):
    return sheets.write([Sheet("Target", COLUMNS, rows)], notes=["Isi."], about="Awal")


def cells(content, name="a.xlsx"):
    """Return text and whether it is a number, by address, of the last sheet."""
    table = sheets.read(content, name)[-1]
    return {
        sheets.address(table.name, cell.row, cell.column): (cell.text, cell.typed)
        for cell in table.cells
        if cell.row
    }


def test_what_is_written_is_read_back_by_address():
    found = cells(
        written(("=satu", Decimal("1.234"), date(2025, 1, 31)), (None, 5, None))
    )
    assert found == {
        "Target!A2": ("=satu", False),
        "Target!B2": ("1.234", True),
        "Target!C2": ("2025-01-31", False),
        "Target!B3": ("5", True),
    }


def test_a_number_longer_than_a_sheet_keeps_is_written_as_text():
    found = cells(written(("satu", Decimal("1234567890.12345678"), None)))
    assert found["Target!B2"] == ("1234567890,12345678", False)


def test_headings_are_protected_and_cells_are_checked():
    book = openpyxl.load_workbook(io.BytesIO(written(("satu", 1, None))))
    page = book["Target"]
    assert page.protection.sheet
    assert page["A1"].protection.locked
    assert not page["A2"].protection.locked
    assert not page.column_dimensions["C"].protection.locked
    kinds = {rule.type: rule for rule in page.data_validations.dataValidation}
    assert set(kinds) == {"list", "whole", "date"}
    assert kinds["list"].formula1 == "Pilihan!$A$1:$A$2"
    assert book["Pilihan"].sheet_state == "hidden"
    assert [cell.value for cell in book["Pilihan"]["A"]] == ["satu", "dua"]


def test_a_csv_is_read_whatever_parts_its_cells():
    for mark in ",;\t":
        content = f"kode{mark}nilai\nS1{mark}1.234\n".encode()
        assert cells(content, "a.csv") == {
            "!A2": ("S1", False),
            "!B2": ("1.234", False),
        }


def refused(content, name):
    with pytest.raises(NotAccepted) as why:
        sheets.read(content, name)
    return str(why.value)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"PK\x03\x04 broken", "a.xlsx", "rusak"),
        (b"kode\x00;\n", "a.csv", "bukan teks"),
        (b" ", "a.csv", "kosong"),
        (b"%PDF-1.7", "a.pdf", "XLSX atau CSV"),
        (b"kode,nilai\n", "a.xlsx", "tidak cocok"),
        (b"a,b\n" * 100_000, "a.csv", "terlalu banyak sel"),
        (b"a" * 2_000_000, "a.csv", "1 MB"),
        (b'"' + b"a" * 200_000 + b'"\n', "a.csv", "rusak"),
    ],
)
def test_what_is_broken_or_huge_is_refused_in_a_sentence(content, name, words):
    assert words in refused(content, name)


def rewritten(content, part, change):
    """Return an XLSX with one of its parts changed."""
    out = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(content))
    with old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text) if name == part else text)
    return out.getvalue()


@pytest.mark.parametrize("column", [b"A", b"ZZZ"])
def test_a_sheet_of_endless_rows_is_refused_before_it_is_kept(column):
    rows = b"".join(
        b'<row r="%d"><c r="%s%d"><v>1</v></c></row>' % (n, column, n)
        for n in range(2, 25_002)
    )
    content = rewritten(
        written(("satu", 1, None)),
        "xl/worksheets/sheet2.xml",
        lambda text: text.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    assert "terlalu banyak sel" in refused(content, "a.xlsx")
