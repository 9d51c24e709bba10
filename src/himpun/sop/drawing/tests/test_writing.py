"""The SVG: valid, inert, equal for equal SOPs, and only of what was signed."""

import re
import xml.etree.ElementTree as ET

import pytest

from himpun.sop.drawing import layout, pages
from himpun.sop.drawing.tests import measuring
from himpun.sop.drawing.tests.builders import (
    make_hard_sop,
    make_identity,
    make_sop,
    make_step,
    width,
)
from himpun.sop.model import Operasional, Temuan

SVG = "{http://www.w3.org/2000/svg}"
MARK = "CONTOH, belum disahkan"
HOSTILE = (
    "</text><script>alert(1)</script>",
    "A & B < C > D \"E\" 'F' &amp; &#x3c; ]]>",
    "x" * 900,
    "semester/tahun/" * 60,
    "שלום עולם \u202eterbalik\u202c مرحبا",
    "👩‍👩‍👧 😀 é e\u0301 漢字" * 5,
    "bel\x07 nol\x00 baris\nbaru\ttab \ufffe",
    " ",
    "W" * 2000,
)


def drawn(sop, mark=None):
    return pages(sop, width, mark=mark)


def texts(svg):
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def with_everywhere(text):
    """Return an SOP that says `text` wherever a text may stand."""
    steps = [
        make_step(1, "a", "l2", kegiatan=text, ket=text),
        make_step(2, "ab", {text[:64]: "l3", "Tidak": "l1"}, output={"teks": text}),
        make_step(3, "b"),
    ]
    steps[0]["kelengkapan"]["butir"][0]["nama"] = text
    names = ("alamat", "judul_kop", "nomor", "nama", "judul_tabel", "disahkan_oleh")
    block = dict.fromkeys(("tempat", "jabatan", "nama", "pangkat", "nip"), text)
    return make_sop(
        steps,
        identitas=make_identity(
            instansi=[text, text],
            pengesahan=block | {"tanggal": None},
            **dict.fromkeys(names, text),
        ),
        pelaksana=[{"id": "a", "label": text}, {"id": "b", "label": text}],
        dasar_hukum=[text, text],
        kualifikasi=[text],
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_gives_valid_xml_and_stays_in_its_cell(text):
    sop = with_everywhere(text)
    for svg in drawn(sop, mark=text):
        root = ET.fromstring(svg)
        assert not {e.tag.removeprefix(SVG) for e in root.iter()} & {"script", "style"}
    assert measuring.all_faults(sop, layout(sop, width, mark=text)) == []


def test_no_letter_of_a_hostile_text_is_lost():
    text = "</text>&amp;" + "panjang-sekali" * 40 + " \"kutip\" 'satu' 漢字"
    svg = next(page for page in drawn(with_everywhere(text)) if "sop-kegiatan" in page)
    root = ET.fromstring(svg)
    cells = [
        e for e in root.iter(f"{SVG}g") if e.get("class") == "sop-sel sop-kegiatan"
    ]
    printed = "".join(e.text for e in cells[0].iter(f"{SVG}text"))
    assert re.sub(r"\s", "", printed) == re.sub(r"\s", "", text)


def test_what_cannot_be_printed_is_replaced_by_a_visible_box():
    svg = drawn(make_sop([make_step(1, "a", kegiatan="satu\u202edua\x00tiga")]))[1]
    assert "satu\ufffddua\ufffdtiga" in texts(svg)


def test_the_drawing_is_inert_under_a_strict_policy():
    allowed = {"svg", "g", "rect", "polygon", "polyline", "text"}
    for svg in drawn(make_hard_sop(), MARK):
        root = ET.fromstring(svg)
        assert {e.tag.removeprefix(SVG) for e in root.iter()} <= allowed
        names = {name for e in root.iter() for name in e.attrib}
        assert not [
            n for n in names if n == "style" or n.startswith("on") or "href" in n
        ]
        assert "url(" not in svg


def test_each_symbol_can_be_found_by_step_and_actor():
    sop = make_hard_sop()
    found = [
        (e.get("data-langkah"), e.get("data-pelaksana"))
        for svg in drawn(sop)
        for e in ET.fromstring(svg).iter()
        if "sop-simbol" in e.get("class", "").split() and e.get("data-pelaksana")
    ]
    expected = [
        (step.id, actor)
        for step in sop.langkah
        for actor in (step.penanggung_jawab, *(b.pelaksana for b in step.bersama))
    ]
    assert sorted(found) == sorted(expected)


def test_the_mark_stands_on_every_page_twice_and_nowhere_without_being_asked():
    sop = make_hard_sop()
    for svg in drawn(sop, MARK):
        assert texts(svg).count(MARK) == 2
    assert not any(MARK in svg for svg in drawn(sop))
    assert drawn(sop, " ") == drawn(sop)


def test_equal_sops_give_equal_drawings():
    assert drawn(make_hard_sop(), MARK) == drawn(make_hard_sop(), MARK)


def test_office_settings_and_findings_never_change_the_drawing():
    sop = make_hard_sop()
    settings = {
        "operasional": Operasional.model_validate(
            {
                "verifikasi": {"pada": "l4", "oleh": "d"},
                "tembusan": {"l13": ["b", "c"]},
                "per_unit": {"l4": {"sumber": "unit", "selesai_bila": "semua"}},
            }
        ),
        "temuan": (
            Temuan(
                id="Q-1",
                di="langkah.l1",
                masalah="janggal",
                tafsir="dipakai",
                pilihan=("lain",),
                status="perlu-konfirmasi",
            ),
        ),
    }
    other = sop.model_copy(update=settings)
    assert other != sop
    assert drawn(other) == drawn(sop)


def test_the_corrected_text_is_drawn_and_the_slip_of_the_source_is_not():
    def both(text):
        return {"teks": text, "asli": "SALAHTULIS"}

    steps = [make_step(1, "a", kegiatan=both("Menyusun"), ket=both("Catatan"))]
    steps[0] |= {"output": both("Laporan"), "kelengkapan": both("Berkas")}
    steps[0]["waktu"] |= {"asli": "SALAHTULIS"}
    sop = make_sop(
        steps, dasar_hukum=[both("Peraturan")], kualifikasi=[both("Sarjana")]
    )
    printed = [text for svg in drawn(sop) for text in texts(svg)]
    assert not [text for text in printed if "SALAHTULIS" in text]
    assert {"Menyusun", "Catatan", "Laporan", "Berkas", "Peraturan"} <= set(printed)


def test_a_cell_without_correction_shows_the_source():
    steps = [make_step(1, "a", output={"asli": "Data"}, kelengkapan={"asli": "Daftar"})]
    printed = [text for svg in drawn(make_sop(steps)) for text in texts(svg)]
    assert {"Data", "Daftar"} <= set(printed)


def test_an_output_without_words_shows_its_artefacts():
    things = {
        "surat": {"nama": "Surat keputusan", "jenis": "dokumen", "bentuk": ["cetak"]}
    }
    steps = [make_step(1, "a", output={"artefak": ["surat"]})]
    svg = drawn(make_sop(steps, artefak=things))[1]
    assert "Surat keputusan" in texts(svg)
