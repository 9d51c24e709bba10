"""What stands on the form: its parts, its symbols, its words."""

import re
from itertools import pairwise
from string import ascii_lowercase

import pytest

from himpun.sop.drawing import NotDrawable, layout
from himpun.sop.drawing.layout import MOST_ARROWS
from himpun.sop.drawing.paging import letter
from himpun.sop.drawing.tests import measuring
from himpun.sop.drawing.tests.builders import (
    make_hard_sop,
    make_identity,
    make_parallel_sop,
    make_sop,
    make_step,
    make_tangled_sop,
    width,
)

WORD = "Pertanggungjawaban"


def words(page, name=None):
    """Return the texts of a page, joined cell by cell."""
    return [
        " ".join(text.words for text in cell.texts)
        for cell in page.cells
        if name in {None, cell.name}
    ]


def flow_pages(sop):
    return [page for page in layout(sop, width) if page.symbols]


def shapes(sop):
    return {
        (symbol.step, symbol.actor): symbol.shape
        for page in flow_pages(sop)
        for symbol in page.symbols
        if symbol.actor
    }


def letters(page):
    return sorted(symbol.letter.words for symbol in page.symbols if symbol.letter)


def test_the_identity_page_has_every_part_of_the_official_form():
    page = layout(make_hard_sop(), width)[0]
    assert words(page, "label") == [
        "Nomor SOP",
        "Tgl. Pembuatan",
        "Tgl. Revisi",
        "Tgl. Efektif",
        "Disahkan oleh",
        "Nama SOP",
    ]
    assert words(page, "nilai") == [
        "000/1/2026",
        "5 Januari 2026",
        "",
        "",
        "",
        "SOP Pelayanan Surat (contoh)",
    ]
    assert words(page, "pengesah") == ["CAMAT CONTOH", "[nama] NIP. [NIP]"]
    assert words(page, "kop")[1:] == [
        "PEMERINTAH KABUPATEN CONTOH KECAMATAN CONTOH",
        "Jalan Contoh Nomor 1",
        "PELAYANAN SURAT",
    ]
    titles = [cell.name for cell in page.cells if cell.name.startswith("judul-")]
    assert titles == [
        "judul-dasar-hukum",
        "judul-kualifikasi",
        "judul-keterkaitan",
        "judul-peralatan",
        "judul-peringatan",
        "judul-pencatatan",
    ]


def test_who_approves_is_printed_with_name_rank_and_nip():
    block = {
        "tempat": "Contoh",
        "tanggal": "2026-01-05",
        "jabatan": "CAMAT CONTOH",
        "nama": "Nama Contoh",
        "pangkat": "Pembina",
        "nip": "000000000000000000",
    }
    sop = make_sop([make_step(1, "a")], identitas=make_identity(pengesahan=block))
    identity, flow = layout(sop, width)
    assert (
        words(identity, "pengesah")[1] == "Nama Contoh Pembina NIP. 000000000000000000"
    )
    assert words(flow, "tanda-tangan") == [
        "Contoh, 5 Januari 2026",
        "CAMAT CONTOH",
        "Nama Contoh Pembina NIP. 000000000000000000",
    ]


def test_an_office_that_left_everything_empty_still_gets_its_form():
    nothing = dict.fromkeys(make_identity())
    sop = make_sop([make_step(1, "a")], identitas=nothing, dasar_hukum=[])
    identity, flow = layout(sop, width)
    assert words(flow, "judul") == ["STANDAR OPERASIONAL PROSEDUR"]
    assert words(identity, "pengesah")[1] == "[nama] NIP. [NIP]"
    assert measuring.all_faults(sop, [identity, flow]) == []


def test_long_lists_go_on_on_another_page_with_nothing_lost():
    laws = [f"Peraturan nomor {n} tentang {'tata cara ' * 12}" for n in range(1, 41)]
    sop = make_sop([make_step(1, "a")], dasar_hukum=laws)
    pages = [page for page in layout(sop, width) if not page.symbols]
    assert len(pages) > 1
    assert "Dasar hukum (lanjutan) :" in words(pages[1])
    printed = " ".join(part for page in pages for part in words(page, "dasar-hukum"))
    expected = " ".join(f"{n}. {law}" for n, law in enumerate(laws, 1))
    assert printed.split() == expected.split()
    assert measuring.all_faults(sop, layout(sop, width)) == []


def test_every_row_stands_once_under_a_repeated_head_and_one_signature():
    sop = make_hard_sop()
    pages = flow_pages(sop)
    assert [n for page in pages for n in words(page, "nomor")] == [
        f"{step.nomor}." for step in sop.langkah
    ]
    for page in pages:
        assert words(page, "nomor-kolom") == [str(n) for n in range(1, 13)]
        assert "Kelengkapan" in words(page, "kolom")
    assert [len(words(page, "tanda-tangan")) for page in pages] == [
        *(0 for _ in pages[1:]),
        3,
    ]


def test_pages_are_numbered_over_the_whole_form():
    pages = layout(make_hard_sop(), width)
    total = len(pages)
    assert [words(page, "halaman") for page in pages] == [
        [f"Halaman {n} dari {total}"] for n in range(1, total + 1)
    ]


def test_capsules_begin_and_end_the_procedure_and_diamonds_decide():
    found = shapes(make_hard_sop())
    assert found["l1", "a"] == "kapsul"
    assert found["l13", "a"] == "kapsul"
    assert {step for (step, _), shape in found.items() if shape == "belah-ketupat"} == {
        "l3",
        "l5",
        "l8",
        "l9",
    }
    assert found["l10", "b"] == found["l10", "d"] == "kotak"


def test_only_the_first_symbol_begins_and_only_the_last_one_ends():
    found = shapes(make_sop([make_step(1, "ab", "l2"), make_step(2, "ba")]))
    assert found == {
        ("l1", "a"): "kapsul",
        ("l1", "b"): "kotak",
        ("l2", "b"): "kotak",
        ("l2", "a"): "kapsul",
    }


def test_co_actors_are_joined_in_the_row_by_an_arrow():
    page = flow_pages(make_sop([make_step(1, "ab", "l2"), make_step(2, "ba")]))[0]
    beside = [connector for connector in page.connectors if connector.beside]
    assert [connector.source for connector in beside] == ["l1", "l2"]
    assert all(len(connector.points) == 2 for connector in beside)


def test_the_next_row_is_reached_from_below_through_the_channel_above_the_rule():
    page = flow_pages(make_sop([make_step(1, "a", "l2"), make_step(2, "b")]))[0]
    (arrow,) = page.connectors
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = arrow.points
    rule = next(c.box.bottom for c in page.cells if c.step == "l1")
    assert (x1, x3) == (x2, x4)
    assert y1 < y2 == y3 < rule < y4


def test_two_outcomes_that_lead_to_one_step_share_one_named_path():
    sop = make_sop(
        [
            make_step(1, "a", {"Ya": "l2", "Tidak": "l2", "Batal": "l3"}),
            make_step(2, "b", "l3"),
            make_step(3, "a"),
        ]
    )
    (page,) = flow_pages(sop)
    names = {
        (n.source, n.target): " ".join(t.words for t in n.texts) for n in page.labels
    }
    assert names == {("l1", "l2"): "Ya / Tidak", ("l1", "l3"): "Batal"}


def test_a_letter_names_one_way_into_a_page_and_stands_on_both_sides():
    pages = flow_pages(make_hard_sop())
    arriving = [measuring.arrivals([page]) for page in pages]
    names = [name for page in arriving for name in page]
    assert names
    assert len(names) == len(set(names))
    for here, page in zip(arriving, pages, strict=True):
        elsewhere = [
            name for other in pages if other is not page for name in letters(other)
        ]
        assert set(here) <= set(elsewhere)
    assert [letter(n) for n in (0, 25, 26, 51, 52, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "AAA",
    ]


def test_a_split_leaves_one_arrow_for_each_branch_and_all_come_to_the_join():
    page = flow_pages(make_parallel_sop())[0]
    ways = {(c.source, c.target) for c in page.connectors}
    assert {("l2", "l3"), ("l2", "l4"), ("l2", "l5")} <= ways
    assert {("l3", "l6"), ("l4", "l6"), ("l5", "l6")} <= ways


def test_an_activity_too_long_for_its_cell_is_set_smaller_and_stays_whole():
    text = " ".join(f"{WORD}{n}" for n in range(600))
    sop = make_sop([make_step(1, "a", "l2", kegiatan=text), make_step(2, "b")])
    pages = layout(sop, width)
    assert measuring.all_faults(sop, pages) == []
    printed = "".join(words(page, "kegiatan")[0] for page in pages if page.symbols)
    assert re.sub(r"\s", "", text) in re.sub(r"\s", "", printed)


def test_very_many_actors_are_laid_out_on_a_larger_sheet_of_the_same_shape():
    steps = [make_step(n, a, f"l{n + 1}") for n, a in enumerate(ascii_lowercase, 1)]
    sop = make_sop([*steps[:15], make_step(16, "p")])
    identity, *flow = layout(sop, width)
    assert (identity.width, identity.height) == (330, 215)
    assert flow[0].width > 330
    assert flow[0].width / flow[0].height == pytest.approx(330 / 215)


def test_an_sop_of_absurdly_many_arrows_is_refused_with_a_sentence():
    ids = [f"l{n}" for n in range(1, 41)]
    steps = [make_step(n, "a", ids[:20]) for n in range(1, 41)]
    with pytest.raises(NotDrawable, match=rf"800 panah.*{MOST_ARROWS}"):
        layout(make_sop(steps), width)


def test_columns_are_as_wide_as_the_table_and_follow_each_other():
    page = flow_pages(make_hard_sop())[0]
    row = [cell.box for cell in page.cells if cell.step == "l1"]
    assert all(one.right == other.left for one, other in pairwise(row))
    assert (row[0].left, row[-1].right) == (page.frames[0].left, page.frames[0].right)


def test_an_arrow_straight_from_an_upper_pentagon_leaves_from_its_point():
    page = flow_pages(make_tangled_sop())[1]
    tips = [(s.box.center[0], s.box.bottom) for s in page.symbols if s.letter]
    straight = [
        arrow for arrow in page.connectors if arrow.letter and len(arrow.points) == 2
    ]
    assert straight
    for arrow in straight:
        assert any(arrow.points[0] == pytest.approx(tip, abs=0.05) for tip in tips)
