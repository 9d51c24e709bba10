"""The shape of the file: short and long forms, and sentences nobody must translate."""

import time
from datetime import date
from decimal import Decimal

import pytest

from himpun.sop.check import as_json, check, report
from himpun.sop.model import Sop, Tanggal, Teks, Waktu
from himpun.sop.shipped import shipped

from .builders import OTHER_OFFICE, SEED, edited, seed_sop, sop_of


def test_a_text_is_a_word_or_a_word_with_its_source():
    assert Teks.model_validate("a") == Teks(teks="a", asli="a")
    assert Teks.model_validate({"teks": "a", "asli": "b"}).asli == "b"
    assert Teks.model_validate({"asli": "b"}) == Teks(teks="b", asli="b")
    assert Teks.model_validate({"teks": "a", "asli": ""}).asli == ""


def test_a_date_is_printed_in_indonesian_and_keeps_its_source():
    plain = Tanggal.model_validate("2024-07-01")
    assert (plain.nilai, plain.teks) == (date(2024, 7, 1), "1 Juli 2024")
    assert plain.asli == "2024-07-01"
    assert seed_sop().identitas.tgl_pembuatan.asli == "2 Maret 2020"


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        (1, "hari", "1 hari"),
        (Decimal("0.50"), "jam", "0,5 jam"),
        (120, "menit", "120 menit"),
    ],
)
def test_a_time_is_printed_with_a_decimal_comma(amount, unit, text):
    assert Waktu(jumlah=amount, satuan=unit).teks == text


def test_parts_of_a_row_may_be_left_out():
    room = sop_of(OTHER_OFFICE).langkah[2]
    assert (room.berikut, room.cabang, room.ket.teks) == ((), (), "")
    assert sop_of(OTHER_OFFICE).operasional.tafsir_hari == "hari-kerja"


def test_a_minimum_of_units_goes_with_its_rule():
    text = edited(
        "selesai_bila: semua, minimum: null", "selesai_bila: minimum, minimum: 3"
    )
    assert sop_of(text).operasional.per_unit["l3"].minimum == 3


def test_an_sop_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        seed_sop().versi = 2


WRONG = {
    "file that is a list": ("- a\n", "", "Isi berkas ini harus berupa bagian"),
    "text that is a list": (
        ("nama: SOP Mek", "nama: [x]  # SOP Mek"),
        "identitas.nama",
        "daftar",
    ),
    "text without words": (
        ("{teks: SOP Pembuatan LKJIP}", "{}"),
        "keterkaitan[1].teks",
        "teks",
    ),
    "list that is a word": (
        ("kualifikasi: [SMA/SMK, Sarjana D3/S2]", "kualifikasi: SMA"),
        "kualifikasi",
        "daftar",
    ),
    "empty list of columns": (
        (
            SEED[SEED.index("  - {id: pelaksana,") : SEED.index("\nartefak:")],
            "  []\n",
        ),
        "pelaksana",
        "masih kosong",
    ),
    "actor in the map twice": (
        ("[kasubbag, sekcam]", "[sekcam, sekcam]"),
        "operasional.tembusan.l5",
        "satu kali",
    ),
    "target twice": (
        ("berikut: l4", "berikut: [l4, l4]"),
        "langkah.l3.berikut",
        "satu kali",
    ),
    "too many targets": (
        ("berikut: l4", f"berikut: [{', '.join(f'x{n}' for n in range(21))}]"),
        "langkah.l3.berikut",
        "paling banyak 20",
    ),
    "key that is no id": (
        ("{l5: [kas", '{"l 5": [kas'),
        "operasional.tembusan.l 5",
        "huruf",
    ),
    "true as a number": (("versi: 1", "versi: true"), "versi", "true"),
    "version zero": (("versi: 1", "versi: 0"), "versi", "paling sedikit 1"),
    "version beyond measure": (
        ("versi: 1", "versi: 99999"),
        "versi",
        "paling banyak 9999",
    ),
    "share that is a word": (
        ("ingatkan_pada: 0.8", "ingatkan_pada: nanti"),
        "operasional.eskalasi.ingatkan_pada",
        "angka",
    ),
    "reason left empty": (
        ('alasan: "laporan semester/tahun belum ada pada periode ini"', 'alasan: ""'),
        "operasional.tidak_berlaku[1].alasan",
        "kosong",
    ),
    "hash of the wrong length": (("sha256: cdc0", "sha256: cd"), "sumber.sha256", "64"),
    "regulation in capitals": (
        ("{jenis: perpres", "{jenis: Perpres"),
        "dasar_hukum[1].ref.jenis",
        "huruf kecil",
    ),
    "item without its step": (
        ("{butir: l1.laporan-periode", "{butir: laporan-periode"),
        "operasional.tidak_berlaku[1].butir",
        "titik",
    ),
    "form that nothing has": (
        ("bentuk: [digital, cetak], tanda", "bentuk: [batu], tanda"),
        "artefak.laporan-ttd.bentuk[1]",
        "fisik",
    ),
    "id too long": (
        ("{id: Q-NIP,", f"{{id: {'Q' * 65},"),
        f"temuan.{'Q' * 47}….id",
        "skema",
    ),
    "date as a number": (
        ("tgl_revisi: null", "tgl_revisi: {nilai: 2020}"),
        "identitas.tgl_revisi.nilai",
        "TTTT",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_shape_is_told_in_indonesian_with_its_place(name):
    edit, path, word = WRONG[name]
    checked = check(edit if isinstance(edit, str) else edited(*edit))
    (found,) = checked.errors
    assert (found.code, found.path) == ("E15", path)
    assert word in found.sentence


def row(name, number, kind, to):
    return (
        f"  - {{id: {name}, nomor: {number}, jenis: {kind}, kegiatan: x, berikut: {to},"
        " penanggung_jawab: camat, waktu: {jumlah: 1, satuan: jam}}\n"
    )


def test_an_sop_of_two_hundred_steps_is_checked_and_one_more_is_refused():
    head, tail = SEED[: SEED.index("langkah:\n")], SEED[SEED.index("\ntemuan:") :]
    tail = tail[: tail.index("\noperasional:")]

    def long(count):
        kinds = ["mulai"] + ["proses"] * (count - 2) + ["selesai"]
        rows = [
            row(f"s{n}", n, kind, f"s{n + 1}" if n < count else "null")
            for n, kind in enumerate(kinds, start=1)
        ]
        return check(head + "langkah:\n" + "".join(rows) + tail)

    assert long(200).errors == ()
    (found,) = long(201).errors
    assert (found.code, found.path) == ("E15", "langkah")
    assert "200" in found.sentence


def test_the_report_has_one_line_for_each_finding():
    checked = check(edited("berikut: l4", "berikut: l9"))
    assert [line[:15] for line in report(checked)] == [
        "BARIS 19  W02  ",
        "BARIS 123  E06 ",
    ]
    assert report(checked)[1] == (
        'BARIS 123  E06  Langkah 3 (l3) menuju "l9", langkah yang tidak ada. Pakai id '
        "langkah yang ada atau tambahkan langkah itu."
    )


def test_the_report_for_programs_holds_the_same():
    told = as_json(check(edited("berikut: l4", "berikut: l9")))
    assert (told["sop"], told["errors"], told["warnings"]) == (None, 1, 1)
    assert told["findings"][1]["path"] == "langkah.l3.berikut"
    assert told["findings"][1]["line"] == 123
    assert as_json(check(SEED))["sop"] == "jekulo.pengumpulan-data-kinerja"


def test_a_file_full_of_faults_names_the_first_hundred_and_counts_the_rest():
    began = time.perf_counter()
    checked = check(edited("kualifikasi: [", "kualifikasi: [" + "1, " * 20_000))
    assert time.perf_counter() - began < 5
    assert len(checked.errors) == 101
    assert "19900 kesalahan" in checked.errors[0].sentence


def test_many_lost_steps_are_told_in_one_sentence():
    steps = "".join(row(f"s{n}", n + 5, "proses", "l5") for n in range(1, 8))
    checked = check(edited("\ntemuan:", steps + "\ntemuan:"))
    (found,) = checked.errors
    assert found.code == "E09"
    assert "langkah 10 (s5) dan 2 lainnya" in found.sentence


def test_the_seed_is_shipped_and_its_quirks_wait_for_confirmation():
    assert "jekulo-pengumpulan-data-kinerja" in shipped()
    quirks = seed_sop().temuan
    assert len(quirks) == 23
    assert sum(quirk.status == "perlu-konfirmasi" for quirk in quirks) == 14


def test_each_part_of_the_schema_is_used_by_the_shipped_sop():
    assert set(Sop.model_fields) == set(check(SEED).sop.model_fields_set)
