from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himpun.collection.rules import Cell, EntryState, Kind, read_block
from himpun.shared.refusals import Refusal


def cell(entry, code, name, value=None, state=EntryState.EMPTY):
    return Cell(
        entry=entry,
        code=code,
        name=name,
        state=state,
        value=None if value is None else Decimal(value),
        decimals=2,
        row_version=0,
    )


CELLS = [
    cell(11, "IKU-1", "Indeks Kepuasan Masyarakat"),
    cell(12, "IKU-2", "Nilai SAKIP Kecamatan", "80", EntryState.SAVED),
    cell(13, "IKU-3", "Persentase Penyelesaian Pengaduan Masyarakat"),
    cell(14, "IKU-4", "Persentase ketercapaian", "90", EntryState.ACCEPTED),
]


def read(block, start=None):
    return read_block(block, CELLS, year=2024, start=start).rows


def filled(rows):
    return {row.cell.entry: row.value for row in rows if row.writes}


def test_rows_are_matched_by_code_before_name():
    rows = read("IKU-3\tIndeks Kepuasan Masyarakat\t97,66")
    assert filled(rows) == {13: Decimal("97.66")}


def test_rows_are_matched_by_name_whatever_case_and_spaces():
    rows = read("indeks  kepuasan MASYARAKAT\t97.66\nNilai SAKIP Kecamatan\t82,32")
    assert filled(rows) == {11: Decimal("97.66"), 12: Decimal("82.32")}
    assert [row.kind for row in rows] == [Kind.NEW, Kind.CHANGED]


def test_a_remark_in_brackets_behind_a_name_is_left_aside():
    rows = read("Indeks Kepuasan Masyarakat (printed: Indeks Kepuasan)\t97,66")
    assert filled(rows) == {11: Decimal("97.66")}
    rows = read("97,66;Indeks Kepuasan Masyarakat (IKM)")
    assert filled(rows) == {11: Decimal("97.66")}


def test_names_that_differ_only_in_brackets_are_matched_exactly_or_not_at_all():
    cells = [
        cell(1, "A", "Jumlah surat (masuk)"),
        cell(2, "B", "Jumlah surat (keluar)"),
    ]
    exact = read_block("Jumlah surat (keluar)\t5", cells, year=2024).rows
    assert filled(exact) == {2: Decimal(5)}
    loose = read_block("Jumlah surat\t5", cells, year=2024).rows
    assert loose[0].kind is Kind.UNMATCHED


def test_a_line_without_a_row_may_be_given_one_that_no_other_line_names():
    preview = read_block("Nama lain\t97,66\nIKU-3\t100", CELLS, year=2024)
    assert [row.placeable for row in preview.rows] == [True, False]
    assert [free.entry for free in preview.free] == [11, 12]
    assert preview.placing


def test_a_line_without_a_figure_is_given_no_row():
    preview = read_block("Nama lain\tbelum ada", CELLS, year=2024)
    assert not preview.placing


def test_bare_numbers_fill_down_from_the_cell_where_they_were_pasted():
    assert filled(read("82,32\n100", start=12)) == {
        12: Decimal("82.32"),
        13: Decimal(100),
    }


def test_bare_numbers_without_a_cell_fill_from_the_first_row():
    assert filled(read("97,66\r\n82.32\r\n")) == {
        11: Decimal("97.66"),
        12: Decimal("82.32"),
    }


def test_an_empty_cell_of_a_column_keeps_the_rows_below_in_place():
    rows = read("97,66\n\n100\n")
    assert filled(rows) == {11: Decimal("97.66"), 13: Decimal(100)}
    assert rows[1].kind is Kind.SAME


def test_a_wrong_cell_of_a_column_is_named_and_moves_nothing():
    rows = read("97,66\nbelum\n100,5")
    assert filled(rows) == {11: Decimal("97.66"), 13: Decimal("100.5")}
    assert rows[1].kind is Kind.WRONG
    assert rows[1].label == "Nilai SAKIP Kecamatan"


def test_more_bare_numbers_than_rows_are_named():
    rows = read("1\n2\n3", start=13)
    assert [row.kind for row in rows] == [Kind.NEW, Kind.LOCKED, Kind.UNMATCHED]


def test_the_published_csv_is_understood_by_its_titles():
    block = (
        "no,level,indikator,satuan,target_2024,realisasi_2023,realisasi_2024\n"
        "1,tujuan,Indeks Kepuasan Masyarakat,nilai,91.33,93.93,97.66\n"
        '3,sasaran_2,"Persentase Penyelesaian Pengaduan Masyarakat",%,90,94,100\n'
        "5,program,Program Penunjang,,94.5,94,94.5\n"
    )
    rows = read(block)
    assert filled(rows) == {11: Decimal("97.66"), 13: Decimal(100)}
    assert rows[2].kind is Kind.UNMATCHED
    assert rows[2].label == "Program Penunjang"


def test_a_decimal_comma_in_a_list_with_commas_is_asked_and_never_cut():
    """97,66 between commas is two cells; neither 97 nor 66 is what was meant."""
    for block in (
        "IKU-1,Indeks Kepuasan Masyarakat,97,66",
        "Kode,Indikator,Realisasi\nIKU-1,Indeks Kepuasan Masyarakat,97,66",
    ):
        [row] = read(block)
        assert row.kind is Kind.WRONG
        assert row.value is None


def test_quoted_the_decimal_comma_is_understood():
    rows = read('Kode,Indikator,Realisasi\nIKU-1,Indeks Kepuasan Masyarakat,"97,66"')
    assert filled(rows) == {11: Decimal("97.66")}


def test_which_of_several_figures_without_titles_is_asked():
    [row] = read("IKU-1\t91,33\t97,66\t106,93%")
    assert row.kind is Kind.WRONG
    assert row.text == "91,33, 97,66, 106,93%"
    assert "judul" in str(row.remark)


def test_a_row_number_before_and_a_remark_behind_the_figure_do_no_harm():
    rows = read("1\tIKU-1\tIndeks Kepuasan Masyarakat\tnilai\t97,66\tnaik")
    assert filled(rows) == {11: Decimal("97.66")}


def test_a_name_on_two_lines_of_its_cell_is_found():
    rows = read('"Indeks\nKepuasan Masyarakat"\t97,66')
    assert filled(rows) == {11: Decimal("97.66")}


def test_a_byte_order_mark_hides_no_title():
    rows = read("\ufeffKode\tTarget 2024\tRealisasi 2024\nIKU-1\t91,33\t97,66")
    assert filled(rows) == {11: Decimal("97.66")}


def test_a_title_without_a_year_will_do():
    rows = read("Kode;Realisasi\nIKU-1;97,66")
    assert filled(rows) == {11: Decimal("97.66")}


def test_text_that_is_no_number_is_shown_and_not_taken():
    [row] = read("IKU-1\tsatu")
    assert row.kind is Kind.WRONG
    assert row.text == "satu"
    assert "tidak dapat dibaca" in str(row.remark)


def test_an_ambiguous_number_is_asked():
    [row] = read("IKU-1\t1.234")
    assert row.kind is Kind.WRONG
    assert "Maksudnya" in str(row.remark)


def test_a_locked_value_is_never_pasted_over():
    [row] = read("IKU-4\t95")
    assert row.kind is Kind.LOCKED
    assert not row.writes


def test_the_same_value_and_an_empty_cell_change_nothing():
    rows = read("IKU-2\t80,00\nIKU-1\t")
    assert [row.kind for row in rows] == [Kind.SAME, Kind.SAME]


def test_the_same_indicator_twice_is_taken_once():
    rows = read("IKU-1\t1\nIKU-1\t2")
    assert filled(rows) == {11: Decimal(1)}
    assert "dua kali" in str(rows[1].remark)


@pytest.mark.parametrize("block", ["", " \n\t\n"])
def test_an_empty_block_is_refused_with_what_to_do(block):
    with pytest.raises(Refusal, match="Salin dulu"):
        read(block)


@pytest.mark.parametrize("block", ["1\n" * 501, "x" * 100_001])
def test_a_block_that_is_too_large_is_refused(block):
    with pytest.raises(Refusal, match="500 baris"):
        read(block)


@given(st.text(alphabet='0123456789.,;\t\n"IKU-%a ', max_size=200))
def test_any_text_is_answered_with_rows_or_a_sentence(block):
    try:
        rows = read(block)
    except Refusal:
        return
    assert all(row.cell is None or row.cell in CELLS for row in rows)
    for row in rows:
        assert row.writes == (row.kind in {Kind.NEW, Kind.CHANGED})
