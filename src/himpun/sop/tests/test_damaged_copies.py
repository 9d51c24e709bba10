"""Each damaged copy is one edit of the shipped file; the check must name the damage."""

import pytest

from himpun.sop.check import check

from .builders import SEED, codes, edited

DECISION_TWICE_YA = (
    "    jenis: keputusan\n    cabang: [{hasil: Ya, ke: l5}, {hasil: ya, ke: l3}]\n"
)
L4_REST = SEED[SEED.index("    kegiatan: Menghimpun data kinerja, menyusun") :]
L4_REST = L4_REST[: L4_REST.index("    berikut: l5\n")]

# name: (old, new, code, line, a word of the sentence, other codes that follow)
DAMAGE = {
    "step id used twice": ("  - id: l3\n", "  - id: l2\n", "E01", 112, '"l2"'),
    "step without an id": (
        "  - id: l2\n    nomor: 2",
        "  - nomor: 2",
        "E01",
        100,
        "langkah[2].id",
    ),
    "actor id empty": ("{id: sekcam,    label", '{id: "", label', "E01", 74, "id"),
    "actor id used twice": (
        "{id: sekcam,    label",
        "{id: kasubbag, label",
        "E01",
        74,
        '"kasubbag"',
    ),
    "item id used twice": (
        "{id: data-dukung,",
        "{id: data-kinerja,",
        "E01",
        145,
        '"data-kinerja"',
    ),
    "finding id used twice": ("{id: Q-NIP,", "{id: Q-TGL,", "E01", 154, '"Q-TGL"'),
    "sop without an id": (
        "id: jekulo.pengumpulan-data-kinerja\n",
        "",
        "E01",
        1,
        "id",
    ),
    "number skipped": ("    nomor: 3\n", "    nomor: 4\n", "E02", 113, "seharusnya 3"),
    "no first step": ("jenis: mulai ", "jenis: proses ", "E03", 87, "mulai"),
    "two first steps": (
        "nomor: 2\n    jenis: proses",
        "nomor: 2\n    jenis: mulai",
        "E03",
        102,
        "langkah 1 (l1)",
    ),
    "no last step": ("jenis: selesai ", "jenis: proses ", "E04", 137, "selesai"),
    "responsible actor without a column": (
        "penanggung_jawab: camat\n",
        "penanggung_jawab: lurah\n",
        "E05",
        128,
        '"lurah"',
    ),
    "co-actor without a column": (
        "{pelaksana: camat, cara",
        "{pelaksana: lurah, cara",
        "E05",
        140,
        '"lurah"',
    ),
    "signer without a column": (
        "tanda_tangan: camat",
        "tanda_tangan: lurah",
        "E05",
        81,
        '"lurah"',
    ),
    "verifier without a column": ("oleh: kasubbag", "oleh: lurah", "E05", 180, "lurah"),
    "receiver without a column": (
        "[kasubbag, sekcam]",
        "[lurah, sekcam]",
        "E05",
        183,
        '"lurah"',
    ),
    "role without a column": (
        "peran: {pelaksana: []",
        "peran: {lurah: []",
        "E05",
        178,
        '"lurah"',
    ),
    "told of lateness without a column": (
        "[penanggung_jawab, atasan]",
        "[penanggung_jawab, lurah]",
        "E05",
        188,
        '"lurah"',
    ),
    "next step does not exist": ("berikut: l4", "berikut: l9", "E06", 123, '"l9"'),
    "one of two next steps does not exist": (
        "berikut: l4",
        "berikut:\n      - l4\n      - l9",
        "E06",
        125,
        '"l9"',
    ),
    "verified step does not exist": ("pada: l3", "pada: l8", "E06", 180, '"l8"'),
    "copied step does not exist": ("{l5: [kas", "{l8: [kas", "E06", 183, '"l8"'),
    "per-unit step does not exist": (
        "    l3: {sumber",
        "    l8: {sumber",
        "E06",
        185,
        '"l8"',
    ),
    "item of a step that does not exist": (
        "{butir: l1.laporan",
        "{butir: l8.laporan",
        "E06",
        187,
        '"l8"',
    ),
    "decision without outcomes": (
        "nomor: 2\n    jenis: proses",
        "nomor: 2\n    jenis: keputusan",
        "E07",
        102,
        "dua hasil",
    ),
    "decision with the same outcome twice": (
        "    jenis: proses\n" + L4_REST + "    berikut: l5\n",
        DECISION_TWICE_YA + L4_REST,
        "E07",
        127,
        '"ya"',
    ),
    "dead end": ("berikut: l4", "berikut: null", "E08", 123, "buntu"),
    "dead end, line deleted": ("    berikut: l4\n", "", "E08", 112, "buntu"),
    "next and outcomes at once": (
        "    berikut: l4\n",
        "    berikut: l4\n    cabang: [{hasil: Ya, ke: l4}, {hasil: Tidak, ke: l2}]\n",
        "E08",
        123,
        "sekaligus",
        "E15",
    ),
    "last step leads on": ("berikut: null", "berikut: l1", "E08", 148, "selesai"),
    "step that nothing leads to": (
        "berikut: l4",
        "berikut: l5",
        "E09",
        124,
        "(l4)",
    ),
    "circle without an end": (
        "berikut: l5",
        "berikut: l3",
        "E10",
        134,
        "berputar",
        "E09",
    ),
    "output unknown": (
        "artefak: [laporan-kumpul]",
        "artefak: [laporan-akhir]",
        "E11",
        147,
        '"laporan-akhir"',
    ),
    "source of an item unknown": (
        "dari: laporan-kinerja",
        "dari: laporan-akhir",
        "E11",
        131,
        '"laporan-akhir"',
    ),
    "item that does not apply unknown": (
        "{butir: l1.laporan-periode",
        "{butir: l1.laporan-semester",
        "E11",
        187,
        '"laporan-semester"',
    ),
    "return forward": ("dari: l4, ke: l3", "dari: l4, ke: l5", "E12", 182, "mundur"),
    "return to itself": ("dari: l4, ke: l3", "dari: l4, ke: l4", "E12", 182, "mundur"),
    "return from an unknown step": (
        "dari: l4, ke: l3",
        "dari: l9, ke: l3",
        "E12",
        182,
        '"l9"',
    ),
    "return to an unknown step": (
        "dari: l4, ke: l3",
        "dari: l4, ke: l0",
        "E12",
        182,
        '"l0"',
    ),
    "time deleted": (
        "    waktu: {jumlah: 3, satuan: hari, asli: 3 hari}\n",
        "",
        "E13",
        112,
        "langkah.l3.waktu",
    ),
    "time null": (
        "waktu: {jumlah: 3, satuan: hari, asli: 3 hari}",
        "waktu: null",
        "E13",
        121,
        "kosong",
    ),
    "time of nothing": ("jumlah: 3, satuan", "jumlah: 0, satuan", "E13", 121, '"0"'),
    "time below nothing": ("jumlah: 3,", "jumlah: -3,", "E13", 121, '"-3"'),
    "time in words": ("jumlah: 3,", "jumlah: tiga,", "E13", 121, '"tiga"'),
    "time that is yes": ("jumlah: 3,", "jumlah: true,", "E13", 121, "true"),
    "time without bound": ("jumlah: 3,", "jumlah: .inf,", "E13", 121, "lebih dari 0"),
    "time too fine": ("jumlah: 3,", "jumlah: 3.00001,", "E13", 121, "3.00001"),
    "unknown unit of time": (
        "jumlah: 3, satuan: hari",
        "jumlah: 3, satuan: abad",
        "E13",
        121,
        '"abad"',
    ),
    "co-actor is the responsible actor": (
        "{pelaksana: camat, cara",
        "{pelaksana: pelaksana, cara",
        "E14",
        140,
        '"pelaksana"',
    ),
    "co-actor marked twice": (
        "[{pelaksana: camat, cara: mengetahui}]",
        "[{pelaksana: camat, cara: paraf}, {pelaksana: camat, cara: mengetahui}]",
        "E14",
        140,
        '"camat"',
    ),
    "unknown way of taking part": (
        "cara: mengetahui",
        "cara: merestui",
        "E14",
        140,
        "salah-satu",
    ),
    "unknown key": ("    berikut: l2\n", "    brikut: l2\n", "E15", 99, '"berikut"'),
    "unknown key, nothing like it": ("versi: 1", "zzz: 1\nversi: 1", "E15", 7, "zzz"),
    "wrong type": ("versi: 1", "versi: satu", "E15", 7, "bilangan bulat"),
    "missing part": (
        "    kegiatan: Menghimpun data awal (data kinerja)\n",
        "",
        "E15",
        85,
        "kegiatan",
    ),
    "a step that does nothing": (
        "kegiatan: Menghimpun data awal (data kinerja)",
        'kegiatan: " "',
        "E15",
        88,
        "apa yang dikerjakan",
    ),
    "wrong schema": ("skema: sop-ap/1", "skema: sop-ap/2", "E15", 5, "sop-ap/1"),
    "impossible date": (
        "tgl_pembuatan: {nilai: 2020-03-02",
        "tgl_pembuatan: {nilai: 2020-02-30",
        "E15",
        17,
        "kalender",
    ),
    "date in words": ("tgl_revisi: null", "tgl_revisi: besok", "E15", 18, "TTTT-BB-HH"),
    "yes in another language": (
        "wajib: true, dari: laporan-ttd",
        "wajib: yes, dari: laporan-ttd",
        "E15",
        144,
        "true atau false",
    ),
    "number where text belongs": (
        "alamat: Jln. Raya Kudus-Pati Km. 10 No. 28 Jekulo Kudus",
        "alamat: 28",
        "E15",
        14,
        "tanda kutip",
    ),
    "list where a part belongs": (
        "verifikasi: {pada: l3, oleh: kasubbag}",
        "verifikasi: [l3, kasubbag]",
        "E15",
        180,
        "daftar",
    ),
    "time as text": (
        "waktu: {jumlah: 3, satuan: hari, asli: 3 hari}",
        "waktu: 3 hari",
        "E15",
        121,
        '"3 hari"',
    ),
    "outcomes of a step that decides nothing": (
        "    berikut: l4\n",
        "    cabang: [{hasil: Ya, ke: l4}, {hasil: Tidak, ke: l2}]\n",
        "E15",
        123,
        "keputusan",
    ),
    "same return twice": (
        "  tembusan: {",
        "    - {dari: l4, ke: l3, wajib_alasan: true, maks: 1,"
        " nilai_diterima: tetap-terkunci}\n  tembusan: {",
        "E15",
        183,
        "dua kali",
    ),
    "minimum without its rule": (
        "minimum: null",
        "minimum: 3",
        "E15",
        185,
        "selesai_bila",
    ),
    "reminder after the deadline": (
        "ingatkan_pada: 0.8",
        "ingatkan_pada: 8",
        "E15",
        188,
        "ingatkan_pada",
    ),
    "schedule that is no rule": (
        "hari-kerja-ke-1-setelah-periode}",
        "segera}",
        "E15",
        179,
        "hari-kerja-ke-1",
    ),
    "id with a dot": ("  - id: l3\n", "  - id: l.3\n", "E15", 112, '"l.3"'),
    "finding of unknown status": (
        "pilihan: [kop, nama, judul_tabel], status: dipakai",
        "pilihan: [kop, nama, judul_tabel], status: beres",
        "E15",
        151,
        "perlu-konfirmasi",
    ),
    "bracket left open": ("[kasubbag, sekcam]}", "[kasubbag, sekcam}", "E15", 183, "."),
    "alias": ("tgl_revisi: null", "tgl_revisi: *x", "E16", 18, "Rujukan"),
    "anchor": ("alamat: Jln", "alamat: &x Jln", "E16", 14, "Rujukan"),
    "tag": ("versi: 1", "versi: !!int 1", "E16", 7, "Tanda jenis"),
    "key twice": (
        "    nomor: 2\n",
        "    nomor: 2\n    nomor: 2\n",
        "E16",
        102,
        "nomor",
    ),
    "second document": ("operasional:  ", "---\noperasional:  ", "E16", 175, "satu"),
    "control character": ("tempat: Kudus", 'tempat: "Kudus\\0"', "E16", 24, "kendali"),
    "item from a later step": (
        "dari: data-awal",
        "dari: laporan-ttd",
        "W01",
        108,
        '"laporan-ttd"',
    ),
    "NIP of three digits": ("nip: null", 'nip: "123"', "W03", 29, "18 angka"),
    "column that nobody needs": (
        "  - {id: camat,     label: Camat}\n",
        "  - {id: camat,     label: Camat}\n  - {id: lurah, label: Lurah}\n",
        "W04",
        76,
        '"lurah"',
    ),
    "kelengkapan without items": (
        "[{id: rekap, nama: Rekapitulasi laporan data kinerja, wajib: true,"
        " dari: data-dievaluasi}]",
        "[]",
        "W05",
        118,
        "kelengkapan",
    ),
    "kelengkapan deleted": (
        "    kelengkapan:\n      asli: Laporan Data\n      butir: [{id: laporan-data,"
        " nama: Laporan data, wajib: true, dari: data-awal}]\n",
        "",
        "W05",
        100,
        "kelengkapan",
    ),
    "output null": (
        "output: {teks: Laporan Pengumpulan Data Kinerja, asli: Laporan Pengumpulan"
        " data Kinerja, artefak: [laporan-kumpul]}",
        "output: null",
        "W05",
        147,
        "output",
    ),
    "time not written in the source": (
        "asli: 3 hari",
        'asli: ""',
        "W05",
        121,
        "waktu",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_copy_is_found_with_code_line_and_reason(name):
    old, new, code, line, word, *others = DAMAGE[name]
    checked = check(edited(old, new))
    assert sorted(codes(checked)) == sorted([code, *others])
    found = next(found for found in checked.findings if found.code == code)
    assert found.line == line
    assert word in found.sentence
    assert (checked.sop is None) == code.startswith("E")


def test_the_undamaged_twin_passes_with_one_warning():
    checked = check(SEED)
    assert checked.sop is not None
    assert [(found.code, found.line) for found in checked.findings] == [("W02", 19)]
    assert "Tanggal efektif" in checked.findings[0].sentence


def test_every_code_has_a_damaged_copy():
    expected = {f"E{n:02}" for n in range(1, 17)} | {"W01", "W03", "W04", "W05"}
    assert {damage[2] for damage in DAMAGE.values()} == expected


def test_an_effective_date_ends_the_last_warning():
    checked = check(edited("tgl_efektif: null", "tgl_efektif: 2020-03-02"))
    assert checked.findings == ()


def test_a_nip_of_eighteen_digits_is_accepted_with_spaces():
    for nip in ("00000000 000000 0 000", "000000000000000000"):
        assert codes(check(edited("nip: null", f'nip: "{nip}"'))) == []


def test_independent_damages_are_reported_together_in_the_order_of_lines():
    text = edited("penanggung_jawab: camat\n", "penanggung_jawab: lurah\n")
    text = edited("berikut: l4", "berikut: l9", text=text)
    text = edited("jumlah: 3,", "jumlah: 0,", text=text)
    text = edited("cara: mengetahui", "cara: merestui", text=text)
    checked = check(text)
    assert codes(checked) == ["E13", "E06", "E05", "E14"]
    assert [found.line for found in checked.findings][1:] == [121, 123, 128, 140]


def test_a_renamed_column_is_told_where_it_is_used_and_not_as_unused_too():
    checked = check(edited("{id: camat,     label", "{id: lurah, label"))
    assert codes(checked) == ["E05"] * 4
    assert [found.line for found in checked.errors] == [81, 128, 140, 178]
