"""Titles of columns and blocks, as written and as misspelt."""

import pytest

from himpun.sop.drafting import read
from himpun.sop.drafting.jumps import in_words
from himpun.sop.drafting.words import COLUMN_TITLES, IDENTITY_TITLES, match, slug

from .grids import HEADER, grid


@pytest.mark.parametrize(
    ("written", "table", "key", "guessed"),
    [
        ("Mutu Buku", COLUMN_TITLES, "mutu_baku", True),
        ("Pekasanaan", COLUMN_TITLES, "pelaksana", True),
        ("AKTIVITAS", COLUMN_TITLES, "kegiatan", False),
        ("Waktu (menit)", COLUMN_TITLES, "waktu", False),
        ("No.", COLUMN_TITLES, "nomor", False),
        ("Kelengkapn", COLUMN_TITLES, "kelengkapan", True),
        ("1. Dasar Hukum :", IDENTITY_TITLES, "dasar_hukum", False),
        ("Peralatan / Perlengkapan", IDENTITY_TITLES, "peralatan", False),
    ],
)
def test_titles_are_recognised(written, table, key, guessed):
    assert match(written, table) == (key, guessed)


@pytest.mark.parametrize("written", ["Kegiatan 1", "Not", "Camat", "", "Ya", "Ke"])
def test_other_words_are_no_titles(written):
    assert match(written, COLUMN_TITLES) is None


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ("kembali ke langkah 2", "keputusan dengan hasil ke langkah 2"),
        ("Jika tidak lengkap kembali ke no 3", "keputusan dengan hasil ke langkah 3"),
        ("langsung ke kegiatan nomor 7", "keputusan dengan hasil ke langkah 7"),
        (
            "dikembalikan untuk diperbaiki",
            "keputusan dengan hasil ke langkah sebelumnya",
        ),
        ("apabila disetujui", "jadikan keputusan"),
        ("Ya/Tidak", "jadikan keputusan"),
        ("dikerjakan serentak", "jadikan langkah sejajar"),
    ],
)
def test_jumps_and_splits_in_words_are_seen(told, first):
    assert in_words(told)[1][0] == first


@pytest.mark.parametrize(
    "told", ["Menyerahkan 3 berkas", "SK Nomor 5 Tahun 2020", "Mengembalikan kunci"]
)
def test_ordinary_sentences_tell_no_jump(told):
    assert in_words(told) is None


def test_ids_are_words_of_the_text_and_differ():
    assert (
        slug("Kasubag. Perencanaan & Keuangan", set()) == "kasubag-perencanaan-keuangan"
    )
    assert slug("Tim", {"tim", "tim-2"}) == "tim-3"
    assert slug("***", set()) == "x"


def test_actors_without_a_common_title_are_columns_too():
    source = grid(
        ("No", "Uraian", "Pelaksana", "Kabid", "Kelengkapan", "Waktu", "Output"),
        ("1", "Menulis", "", "v", "Kertas", "1 jam", "Surat"),
    )
    tree = read(source, "a", "0").tree
    assert [a["label"] for a in tree["pelaksana"]] == ["Pelaksana", "Kabid"]
    assert tree["langkah"][0]["penanggung_jawab"] == "kabid"


def test_a_leftover_of_the_number_row_in_ket_is_asked():
    step = ("1", "Menulis", "v", "", "Kertas", "1 jam", "Surat", "8")
    found = read(grid(*HEADER, step), "a", "0").findings
    assert [one.pilihan for one in found if one.code == "D24"] == [("kosong", "8")]


def test_a_file_without_a_flow_table_is_a_draft_without_steps():
    draft = read(grid(("Nama SOP", "SOP A"), ("Catatan", "penting")), "a", "0")
    assert (draft.tree["langkah"], draft.tree["identitas"]["nama"]) == ([], "SOP A")
    assert [one.cells for one in draft.findings if one.code == "D01"]


def test_misspelt_labels_of_the_identity_part_are_told():
    draft = read(grid(("Tanggal Pembutan : 2 Maret 2020",)), "a", "0")
    assert draft.tree["identitas"]["tgl_pembuatan"]["nilai"] == "2020-03-02"
    assert "Pembutan" in next(o.masalah for o in draft.findings if o.code == "D03")


def test_the_signer_under_disahkan_oleh_is_read():
    cells = "Disahkan oleh:\nCAMAT CONTOH\nNAMA, SH\nPembina\nNIP. 123"
    tree = read(grid((cells,)), "a", "0").tree
    assert tree["identitas"]["disahkan_oleh"] == "CAMAT CONTOH"
    block = tree["identitas"]["pengesahan"]
    assert (block["nama"], block["pangkat"], block["nip"]) == (
        "NAMA, SH",
        "Pembina",
        "123",
    )


def test_a_sign_where_the_name_of_an_actor_should_be_marks_nobody():
    header = ("No", "Kegiatan", "Pelaksana", "Kelengkapan", "Waktu", "Output")
    step = ("1", "Menulis", "-", "Kertas", "1 jam", "Surat")
    draft = read(grid(header, step), "a", "0")
    assert draft.tree["langkah"][0]["penanggung_jawab"] is None
    assert '"-"' in next(one.masalah for one in draft.findings if one.code == "D01")


def signed(*lines):
    header = ("No", "Kegiatan", "Pelaksana", "Kelengkapan", "Waktu", "Output")
    step = ("1", "Menulis", "Staf", "Kertas", "1 jam", "Surat")
    draft = read(grid(header, step, (), *((line,) for line in lines)), "a", "0")
    block = draft.tree["identitas"]["pengesahan"] or {}
    return {key: value for key, value in block.items() if value is not None}


def test_the_name_of_the_signer_stands_over_rank_and_nip():
    block = signed(
        "Contoh, 2 Mei 2020",
        "a.n. BUPATI",
        "SEKRETARIS",
        "NAMA, SH",
        "Pembina",
        "NIP 1",
    )
    assert block == {
        "tempat": "Contoh",
        "tanggal": {"nilai": "2020-05-02", "asli": "2 Mei 2020"},
        "jabatan": {
            "teks": "a.n. BUPATI SEKRETARIS",
            "asli": "a.n. BUPATI\nSEKRETARIS",
        },
        "nama": "NAMA, SH",
        "pangkat": "Pembina",
        "nip": "1",
    }


def test_a_signature_without_rank_and_nip_has_position_and_name():
    block = signed("Contoh, 2 Mei 2020", "CAMAT", "NAMA, SH")
    assert (block["jabatan"], block["nama"]) == ("CAMAT", "NAMA, SH")


def test_lines_under_a_signature_that_may_be_anything_are_no_name():
    block = signed("Contoh, 2 Mei 2020", "CAMAT", "Tembusan:", "1. Bupati")
    assert block["jabatan"] == "CAMAT"
    assert "nama" not in block


def test_a_number_in_a_cell_of_its_own_belongs_to_the_item_beside_it():
    source = grid(
        ("Dasar Hukum :", "", "", "Kualifikasi Pelaksana :"),
        ("1.", "UU 25 Tahun 2009", "", "1", "Memahami tata naskah"),
        ("2.", "Permendagri 54 Tahun 2009", "", "-"),
    )
    draft = read(source, "a", "0")
    assert draft.tree["dasar_hukum"] == [
        {"teks": "UU 25 Tahun 2009", "asli": "1. UU 25 Tahun 2009"},
        {
            "teks": "Permendagri 54 Tahun 2009",
            "asli": "2. Permendagri 54 Tahun 2009",
        },
    ]
    assert draft.tree["kualifikasi"] == [
        {"teks": "Memahami tata naskah", "asli": "1 Memahami tata naskah"}
    ]
    assert '"-"' in next(one.masalah for one in draft.findings if one.code == "D01")
