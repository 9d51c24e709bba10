"""What stands in an office file comes out as cells with names that people find."""

import datetime
import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl.comments import Comment

from himpun.documents import grids


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cells(content, ending):
    """Return the text of every cell by its name."""
    return {
        cell.name: cell.text
        for block in grids.read(content, f"a.{ending}").blocks
        for cell in block.cells
        if cell.text
    }


@pytest.fixture
def letter():
    return docx.Document()


@pytest.fixture
def sheet():
    return openpyxl.Workbook().active


def of(document):
    return cells(saved(document), "docx")


def of_sheet(sheet):
    return cells(saved(sheet.parent), "xlsx")


def test_paragraphs_and_tables_are_named_in_their_order(letter):
    letter.add_paragraph("Satu")
    letter.add_table(2, 2).cell(1, 1).text = "Isi"
    letter.add_paragraph("Dua")
    assert of(letter) == {
        "Paragraf 1": "Satu",
        "Tabel 1, baris 2, kolom 2": "Isi",
        "Paragraf 2": "Dua",
    }


def test_merged_cells_of_a_table_are_one_cell_with_spans(letter):
    table = letter.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(2, 1)).text = "Gabung"
    [block] = grids.read(saved(letter), "a.docx").blocks
    first = block.cells[0]
    assert (first.text, first.rows, first.columns) == ("Gabung", 3, 2)


def test_a_table_inside_a_cell_is_a_block_that_says_where(letter):
    inner = letter.add_table(1, 1).cell(0, 0).add_table(1, 1)
    inner.cell(0, 0).text = "Dalam"
    names = [block.name for block in grids.read(saved(letter), "a.docx").blocks]
    assert "Tabel 2 (di dalam Tabel 1, baris 1, kolom 1)" in names
    assert of(letter) == {"Tabel 2, baris 1, kolom 1": "Dalam"}


def test_text_within_wrappers_is_read_in_order(letter):
    paragraph = letter.add_paragraph("satu ")
    paragraph._p.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:ins><w:r><w:t>dua</w:t><w:tab/>"
            '<w:sym w:font="Wingdings" w:char="F0FC"/><w:br/><w:t>tiga</w:t></w:r>'
            "</w:ins></w:sdtContent></w:sdt>"
        )
    )
    assert of(letter) == {"Paragraf 1": "satu dua\t\N{CHECK MARK}\ntiga"}


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FE", "\N{BALLOT BOX WITH CHECK}"),
        ("Wingdings 2", "F050", "\N{CHECK MARK}"),
        ("Symbol", "F0A3", "\N{LESS-THAN OR EQUAL TO}"),
        ("Symbol", "F0FE", "[simbol Symbol F0FE]"),
    ],
)
def test_a_sign_is_what_its_font_shows_at_its_code(letter, font, code, shown):
    sign = f'<w:r {nsdecls("w")}><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    letter.add_paragraph()._p.append(parse_xml(sign))
    assert of(letter) == {"Paragraf 1": shown}


@pytest.mark.parametrize(
    ("font", "letter_", "shown"),
    [
        ("Wingdings", "\u00fc", "\N{CHECK MARK}"),
        ("Symbol", "\uf0a3", "\N{LESS-THAN OR EQUAL TO}"),
        ("Symbol", "a", "a"),
        ("Arial", "\u00fc", "\u00fc"),
    ],
)
def test_letters_in_a_font_of_signs_are_those_signs(letter, font, letter_, shown):
    letter.add_paragraph().add_run(letter_).font.name = font
    assert of(letter) == {"Paragraf 1": shown}


def test_deleted_text_is_kept_apart_and_hidden(letter):
    letter.add_paragraph("Tetap")._p.append(
        parse_xml(
            f"<w:del {nsdecls('w')}><w:r><w:delText>Buang</w:delText></w:r></w:del>"
        )
    )
    blocks = grids.read(saved(letter), "a.docx").blocks
    assert [(b.name, b.hidden) for b in blocks] == [
        ("Paragraf 1", False),
        ("Teks terhapus", True),
    ]


def test_headers_and_footers_are_read(letter):
    letter.sections[0].header.paragraphs[0].text = "Kop"
    letter.sections[0].footer.paragraphs[0].text = "Halaman"
    assert set(of(letter).values()) == {"Kop", "Halaman"}


def numbers(document):
    return [
        number
        for block in grids.read(saved(document), "a.docx").blocks
        for cell in block.cells
        for number in cell.numbers
    ]


def test_list_numbers_of_word_are_counted(letter):
    for text in ("a", "b", "c"):
        letter.add_paragraph(text, style="List Number")
    assert numbers(letter) == ["1.", "2.", "3."]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("lowerLetter", ["a.", "b."]),
        ("upperRoman", ["I.", "II."]),
        ("bullet", ["\N{BULLET}", "\N{BULLET}"]),
        ("none", [".", "."]),
    ],
)
def test_list_numbers_are_written_as_their_list_says(letter, form, written):
    for text in ("x", "y"):
        letter.add_paragraph(text, style="List Number")
    used = letter.styles["List Number"].element.pPr.numPr.numId.val
    root = letter.part.numbering_part.element
    name = next(n for n in root.num_lst if n.numId == used).abstractNumId.val
    for definition in root.findall(qn("w:abstractNum")):
        if definition.get(qn("w:abstractNumId")) == str(name):
            definition.find(f".//{qn('w:numFmt')}").set(qn("w:val"), form)
    assert numbers(letter) == written


def test_cells_of_a_sheet_are_named_as_excel_does(sheet):
    sheet.title = "Alur"
    sheet["AB3"] = "Isi"
    sheet["A1"] = "Gabung"
    sheet.merge_cells("A1:C2")
    assert of_sheet(sheet) == {"Lembar Alur!A1": "Gabung", "Lembar Alur!AB3": "Isi"}
    first = grids.read(saved(sheet.parent), "a.xlsx").blocks[0].cells[0]
    assert (first.rows, first.columns) == (2, 3)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (480, "General", "480"),
        (0.5, "General", "0.5"),
        (0.1 + 0.2, "General", "0.3"),
        (480, '0" menit"', "480 menit"),
        (datetime.date(2020, 3, 2), "dd/mm/yyyy", "2020-03-02"),
        (1, "0", "1"),
        (0.0625, "h:mm", "1:30"),
        (1.5, "[h]:mm", "36:00"),
        (45000.5, "h:mm", "12:00"),
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12.5%"),
        ("  dua \n baris ", "General", "dua\nbaris"),
        ("=A9+1", "General", "=A9+1"),
        (True, "General", "TRUE"),
    ],
)
def test_values_are_shown_as_the_sheet_stores_them(sheet, value, form, shown):
    sheet["A1"] = value
    sheet["A1"].number_format = form
    assert list(of_sheet(sheet).values()) == [shown]


def test_a_number_that_is_none_is_shown_as_it_is_stored(sheet):
    sheet["A1"] = 7
    sheet["A1"].number_format = "dd/mm/yyyy"
    parts = {}
    with zipfile.ZipFile(io.BytesIO(saved(sheet.parent))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"<v>7</v>", b"<v>NaN</v>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert list(cells(out.getvalue(), "xlsx").values()) == ["NaN"]


def test_hidden_sheets_rows_and_columns_are_marked(sheet):
    sheet["A1"], sheet["A2"], sheet["B1"] = "a", "b", "c"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = sheet.parent.create_sheet("Rahasia")
    other.sheet_state = "veryHidden"
    other["A1"] = "d"
    blocks = grids.read(saved(sheet.parent), "a.xlsx").blocks
    assert [block.hidden for block in blocks] == [False, True]
    assert {c.text: c.hidden for c in blocks[0].cells} == {
        "a": False,
        "b": True,
        "c": True,
    }


def test_notes_on_cells_are_read(sheet):
    sheet["B2"] = "Isi"
    sheet["B2"].comment = Comment("Perlu dicek", "x")
    assert "Perlu dicek" in of_sheet(sheet)["Komentar Lembar Sheet!B2"]


def test_text_files_are_rows_and_tabs_without_tags():
    text = '**A**\tB\r\n<p align="center">Judul</p> <ol> satu </ol>\t\n\n'
    assert cells(text.encode(), "txt") == {
        "Baris 1, kolom 1": "A",
        "Baris 1, kolom 2": "B",
        "Baris 2, kolom 1": "Judul\nsatu",
    }


def test_a_text_keeps_what_only_looks_like_a_tag():
    text = b"Disahkan oleh <Nama Kepala Dinas>, form <A4><br>dua"
    assert list(cells(text, "txt").values()) == [
        "Disahkan oleh <Nama Kepala Dinas>, form <A4>\ndua"
    ]


def test_a_text_with_signs_of_comparison_keeps_them():
    assert list(cells(b"a < b dan c > d", "txt").values()) == ["a < b dan c > d"]
