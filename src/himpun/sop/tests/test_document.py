"""The signed bytes: the same for the same words, different for any other word."""

import json

import pytest
import yaml

from himpun.sop.document import fingerprint, signed_bytes
from himpun.sop.model import Sop
from himpun.sop.reading import read

from .builders import OTHER_OFFICE, SEED, edited, seed_sop, sop_of

FINGERPRINT = "037b750e1535299ce036a33c2becc564bca062a0e64b0bd7992a5791a85fda7c"


def reordered(value):
    """Turn the order of all keys round."""
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


def test_the_fingerprint_of_the_seed_never_changes():
    assert fingerprint(seed_sop()) == FINGERPRINT


def test_order_of_keys_and_layout_do_not_matter():
    tree = reordered(read(SEED).tree)
    block = yaml.dump(json.loads(json.dumps(tree, default=float)), sort_keys=False)
    assert block != SEED
    assert fingerprint(sop_of(block)) == FINGERPRINT
    assert fingerprint(sop_of(SEED.replace("\n", "\r\n"))) == FINGERPRINT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("jumlah: 3,", "jumlah: 3.00,"),
        ("berikut: l4", "berikut: [l4]"),
        ("berikut: l4", "berikut: l4\n    ket: null\n    cabang: []"),
        ("  alamat: Jln. Raya", "  alamat: Jln.   Raya"),
        ("label: Sekcam}", "label: {teks: Sekcam, asli: Sekcam}}"),
        ("{jenis: perpres, nomor: 29,", '{jenis: perpres, nomor: "29",'),
    ],
)
def test_the_same_said_otherwise_is_the_same_document(old, new):
    if "Jln.   " in new:
        new = '  alamat: "Jln. Raya' + " Kudus-Pati Km. 10 No. 28 Jekulo Kudus" + '"'
        old = "  alamat: Jln. Raya Kudus-Pati Km. 10 No. 28 Jekulo Kudus"
    assert fingerprint(sop_of(edited(old, new))) == FINGERPRINT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("jumlah: 3,", "jumlah: 4,"),
        ("berikut: l4", "berikut: [l4, l5]"),
        ("asli: Pembentukan Tim", "asli: Pembentukan tim"),
        ("teks: Membentuk tim", "teks: Membentuk Tim"),
        ("tgl_efektif: null", "tgl_efektif: 2020-03-02"),
        ("tanda_tangan: camat", "tanda_tangan: sekcam"),
        ("berkas: 000_32f5437e4ab21480.txt", "berkas: lain.txt"),
        ("asli: 3 hari", 'asli: ""'),
        ("asli: Soft copy dan hard copy Data", "teks: Softcopy dan hard copy Data"),
        ("versi: 1", "versi: 2"),
    ],
)
def test_any_other_word_is_another_document(old, new):
    assert fingerprint(sop_of(edited(old, new))) != FINGERPRINT


def test_a_text_whose_source_was_empty_differs_from_one_without_a_source():
    plain = edited("judul_kop: MEKANISME", "judul_kop: &".replace("&", "MEKANISME"))
    empty = edited(
        "judul_kop: MEKANISME PENGUMPULAN DATA SAKIP",
        'judul_kop: {teks: MEKANISME PENGUMPULAN DATA SAKIP, asli: ""}',
    )
    assert fingerprint(sop_of(plain)) == FINGERPRINT
    assert fingerprint(sop_of(empty)) != FINGERPRINT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kalender: kudus-5hari", "kalender: null"),
        ("maks: 3", "maks: 5"),
        ("per_unit:\n    l3: {", "per_unit:\n    l2: {"),
        (
            "pilihan: [kop, nama, judul_tabel], status: dipakai",
            "pilihan: [], status: perlu-konfirmasi",
        ),
    ],
)
def test_settings_and_findings_on_the_source_are_outside(old, new):
    sop = sop_of(edited(old, new))
    assert sop != seed_sop()
    assert fingerprint(sop) == FINGERPRINT


def test_the_bytes_hold_the_document_and_nothing_else():
    document = json.loads(signed_bytes(seed_sop()))
    assert set(document) == set(Sop.model_fields) - {"temuan", "operasional"}
    assert document["langkah"][0]["kegiatan"] == {
        "teks": "Menghimpun data awal (data kinerja)"
    }
    assert document["langkah"][0]["ket"] == {"asli": "10"}
    assert document["identitas"]["tgl_efektif"] is None


def test_the_bytes_are_utf_8_as_written():
    assert "½ jam".encode() in signed_bytes(sop_of(OTHER_OFFICE))
