"""What is wrong is said in the words of the form, never in those of the file."""

import re

import pytest

from himpun.sop import editing
from himpun.sop.drafting import to_yaml
from himpun.sop.reading import read
from himpun.sop.shipped import shipped

TREE = read(shipped()["jekulo-pengumpulan-data-kinerja"]).tree
KEYS = re.compile(r"operasional|langkah\.|\bl\d\b|\[\d|[a-z]_[a-z]|asli|kutip")
KIND = {"jenis": "proses", "kegiatan": "x", "penanggung_jawab": "camat"}
TIME = {"jumlah": "1", "satuan": "hari", "berikut-0-ke": "l4"}
STEP = KIND | TIME
WRONG = [
    (
        "kantor",
        {"kecuali-0-butir": "l1.x"},
        "Butir yang tidak berlaku 1, jenis periode",
    ),
    ("kantor", {"kembali-0-dari": "l4"}, "Pengembalian 1, tujuannya belum diisi."),
    (
        "kantor",
        {"kembali-0-dari": "l4", "kembali-0-ke": "l3", "kembali-0-maks": "x"},
        "Paling banyak berapa kali",
    ),
    (
        "kantor",
        {"unit-0-langkah": "l3", "unit-0-selesai_bila": "minimum"},
        "Dikerjakan per unit, langkah 3: isi Jumlah unit",
    ),
    ("kantor", {"putaran-0-langkah": "l3"}, "Batas putaran keputusan, langkah 3"),
    ("kantor", {"terkait-0-sop": "x"}, "SOP yang terkait 1: pilih kasusnya"),
    ("kantor", {"ingatkan": "140"}, "Pengingat: isi persen"),
    ("kantor", {"verifikasi-pada": "l3"}, "Pemeriksaan nilai, pemeriksanya"),
    (
        "kantor",
        {"jadwal-periode": "bulan", "jadwal-hari": "dua"},
        "isi hari kerja ke berapa",
    ),
    ("langkah", STEP | {"satuan": ""}, "Langkah 3, Waktu baku: tulis jumlah"),
    (
        "langkah",
        STEP | {"cara-sekcam": "bersama", "orang-sekcam": "banyak"},
        "Langkah 3, Pelaksana lain 1: pilih perannya",
    ),
    (
        "langkah",
        STEP | {"artefak-0-id": "", "artefak-0-nama": "Nota"},
        '"Nota", bentuk',
    ),
    (
        "langkah",
        STEP
        | {"jenis": "keputusan", "cabang-0-hasil": "Ya", "cabang-0-ke": "l4"}
        | {"cabang-1-hasil": "Tidak", "cabang-1-ke": ""},
        "Langkah 3, Hasil keputusan 2, tujuannya belum diisi.",
    ),
    ("identitas", {"nama": "x", "tgl_efektif": "32 Maret"}, "Tanggal efektif: tulis"),
    ("identitas", {"nama": "x", "kode": "a b"}, "Kode SOP"),
]


@pytest.mark.parametrize(
    ("part", "typed", "said"), WRONG, ids=lambda case: str(case)[:40]
)
def test_an_error_names_the_field_as_the_form_calls_it(part, typed, said):
    step = "l3" if part == "langkah" else ""
    tree = editing.save(TREE, part, step, typed)
    sentences = [str(gap.sentence) for gap in editing.gaps(tree, to_yaml(tree))[0]]
    assert any(said in sentence for sentence in sentences), sentences
    assert not any(KEYS.search(sentence) for sentence in sentences), sentences
