"""Which rows are the table: merged cells, totals, pages, tables of another SOP."""

import pytest

from himpun.sop.drafting import missing, read

from .grids import HEADER, Block, Cell, Source, grid

NAME = ("Nama SOP", "SOP A")
FIRST = ("1", "Menulis", "v", "", "Surat", "1 hari", "Konsep")
SECOND = ("2", "Memeriksa", "", "v", "Konsep", "2 hari", "Paraf")
THIRD = ("3", "Mengirim", "v", "", "Paraf", "1 jam", "Surat")
STEPS = (FIRST, SECOND, THIRD)


def drafted(*rows, spans=()):
    """Return the draft of a grid; spans: (row, column, how many rows)."""
    [block] = grid(*rows).blocks
    tall = {(row, column): count for row, column, count in spans}
    cells = (
        Cell(c.name, c.row, c.column, c.text, tall.get((c.row, c.column), 1))
        for c in block.cells
    )
    return read(Source((Block(block.name, tuple(cells)),)), "a", "0")


def of(draft, code):
    return [one for one in draft.findings if one.code == code]


def activities(draft):
    return [step["kegiatan"] for step in draft.tree["langkah"]]


def people(draft):
    return [step["penanggung_jawab"] for step in draft.tree["langkah"]]


def test_one_time_for_several_steps_is_nobodys_and_is_told():
    bare = [(*step[:5], "", step[6]) for step in STEPS[1:]]
    draft = drafted(NAME, *HEADER, FIRST, *bare, spans=[(3, 5, 3)])
    [told] = of(draft, "D26")
    assert "kegiatan 1 sampai 3" in told.masalah
    assert told.di == "langkah.l1.waktu"
    assert [step["waktu"] for step in draft.tree["langkah"]] == [
        {"jumlah": None, "satuan": None, "asli": "1 hari"},
        None,
        None,
    ]
    assert sum("waktu belum ada" in sentence for sentence in missing(draft.tree)) == 3


def test_a_mark_beside_several_steps_is_told():
    bare = ("2", "Memeriksa", "", "", *SECOND[4:])
    draft = drafted(NAME, *HEADER, FIRST, bare, THIRD, spans=[(3, 2, 2)])
    assert [one.di for one in of(draft, "D26")] == ["langkah.l1"]
    assert people(draft) == ["staf", None, "staf"]


def test_a_step_of_two_rows_shares_nothing():
    more = ("", "dan mengetik")
    spans = [(3, column, 2) for column in (0, 2, 5)]
    draft = drafted(NAME, *HEADER, FIRST, more, SECOND, THIRD, spans=spans)
    assert of(draft, "D26") == []
    assert draft.tree["langkah"][0]["waktu"]["jumlah"] == 1


@pytest.mark.parametrize("heading", [("A.", "PERSIAPAN"), ("PERSIAPAN",)])
def test_a_heading_between_steps_does_not_end_the_table(heading):
    more = ("B.", "PELAKSANAAN")
    draft = drafted(NAME, *HEADER, heading, FIRST, SECOND, more, THIRD)
    assert activities(draft) == ["Menulis", "Memeriksa", "Mengirim"]
    told = " ".join(one.masalah for one in of(draft, "D01"))
    assert "PERSIAPAN" in told
    assert "PELAKSANAAN" in told


def test_what_follows_the_steps_without_their_next_number_is_no_step():
    draft = drafted(NAME, *HEADER, *STEPS, ("Catatan",), ("1", "lihat lampiran"))
    assert len(draft.tree["langkah"]) == 3


@pytest.mark.parametrize("word", ["JUMLAH", "Total waktu"])
def test_a_total_is_no_step_and_is_told(word):
    draft = drafted(NAME, *HEADER, *STEPS, ("", word, "", "", "", "25 jam"))
    assert len(draft.tree["langkah"]) == 3
    assert f'"{word}"' in " ".join(one.masalah for one in of(draft, "D01"))
    assert draft.tree["langkah"][2]["waktu"]["asli"] == "1 jam"


def titles(*actors):
    return (HEADER[0], ("", "", *actors, *HEADER[1][4:]))


def test_a_second_page_may_name_its_actors_in_another_order_or_misspelt():
    for actors in (("Camat", "Staf"), ("Camt", "Staf")):
        page = titles(*actors)
        draft = drafted(NAME, *HEADER, FIRST, SECOND, *page, THIRD)
        assert people(draft) == ["staf", "camat", "camat"]


@pytest.mark.parametrize("actors", [("Staf", "Kades"), ("Staf 1", "Staf 2")])
def test_a_table_of_other_actors_is_another_sop(actors):
    draft = drafted(NAME, *HEADER, FIRST, SECOND, *titles(*actors), THIRD)
    assert activities(draft) == ["Menulis", "Memeriksa"]
    assert "tabel kegiatan lain" in of(draft, "D21")[0].masalah


def test_numbers_that_begin_again_under_a_header_are_another_sop():
    again = ("1", "Mengarsipkan", *THIRD[2:])
    draft = drafted(NAME, *HEADER, *STEPS, *HEADER, again)
    assert len(draft.tree["langkah"]) == 3
    assert "Mengarsipkan" in of(draft, "D21")[0].masalah


@pytest.mark.parametrize(
    "title",
    [
        "Langkah-langkah",
        "Uraian Kegiatan / Aktivitas",
        "Tahapan Kegiatan",
        "Langkah Kerja",
    ],
)
def test_activities_have_many_titles(title):
    header = (("No", title, *HEADER[0][2:]), HEADER[1])
    assert len(drafted(NAME, *header, *STEPS).tree["langkah"]) == 3


def test_a_title_over_the_table_is_no_header():
    draft = drafted(NAME, ("PROSEDUR KERJA",), *HEADER, *STEPS)
    assert draft.tree["label"]["kegiatan"] == "Kegiatan"


def test_the_name_right_above_the_table_is_a_name():
    identity = drafted(NAME, *HEADER, *STEPS).tree["identitas"]
    assert (identity["nama"], identity["judul_tabel"]) == ("SOP A", None)


def test_a_second_label_on_one_line_is_told():
    line = ("Nomor SOP : 12/2023 Tgl. Efektif : 3 Januari 2023",)
    [told] = of(drafted(line, NAME, *HEADER, *STEPS), "D22")
    assert told.di == "identitas.nomor"
    assert not of(drafted(("Nomor SOP : a : 1",), NAME, *HEADER, *STEPS), "D22")


def test_a_column_title_is_no_misspelt_block():
    assert not drafted(("No", "Kelengkapan", "Waktu"), FIRST).tree["peralatan"]["butir"]
