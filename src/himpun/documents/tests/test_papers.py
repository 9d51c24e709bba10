"""The five papers as PDF, read back by other programs."""

import io
import json
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta

import pikepdf
import pytest
import segno

from himpun.documents import papers
from himpun.documents.papers import Attached, CannotRender, Measured, rendering

from . import builders, poppler
from .builders import STAMP

ANCHOR = Attached("himpun.json", b'{"format":"himpun-anchor/1"}')
DPI = 200
QR_MM = 17
FIGURES = {
    "rekapitulasi": ("106,93%", "99,75%", "111,11%", "108,12%", "91,33", "3 Jan 2025"),
    "laporan-kinerja": (
        *("97,66", "82,32", "100,00", "97,31", "106,93%"),
        "realisasi / target \N{MULTIPLICATION SIGN} 100",
        "Skala Nilai Peringkat Kinerja (Permendagri 86/2017)",
        "data sebelum Himpun, tidak diverifikasi di sini",
        "Turun 5,60 poin dari 2023.",
        "01ab 41c0 ffee 42c0",
        "4 indikator kinerja, dengan peringkat capaian: 4 sangat tinggi.",
        "1, berlaku sejak 1 Januari 2020",
    ),
    "laporan-pengumpulan": (
        "Tercatat di arsip; tanda tangan basah, dipindai",
        "41ab 9f2c 41ab 9f2c",
        "lewat WhatsApp, 3 Jan 2025",
        "lewat 40 menit",
        "belum diterima",
        "a.n. Camat Muncar",
        "berdasarkan Surat nomor 800/4",
        "800/31/429.510/2025",
    ),
    "lembar-kendali": (
        "5 jam 12 menit",
        "putaran 2",
        "4 ke 3",
        "6 Jan 11.29",
        "9f2c41ab7d31",
    ),
    "perjanjian-kinerja": (
        *("91,33 nilai", "82,53 nilai", "Rp1.250.000.000", "APBD", "(4)"),
        "Pihak Kedua",
        "Perubahan ke-1, karena perubahan strategi.",
        "data dibekukan",
    ),
    "rencana-kinerja-tahunan": (
        *("90,00 %", "Rp1.250.000.000", "RKT-MUNCAR-2025"),
        "Versi 2, berdasarkan Renstra 2025-2029 murni.",
        "Paraf",
    ),
    "lembar-segel": ("case:7", "61", "fedc ba98 7654 3210", "bukan tanda tangan"),
}


@pytest.fixture(scope="module")
def made():
    return {
        paper.template: papers.render(paper, STAMP, attached=[ANCHOR])
        for paper in builders.all_papers()
    }


def pages_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


@pytest.mark.parametrize("template", FIGURES)
def test_each_paper_says_its_figures(made, template):
    text = poppler.text(made[template])
    assert [figure for figure in FIGURES[template] if figure not in text] == []


@pytest.mark.parametrize("template", FIGURES)
def test_every_page_carries_code_head_certificate_mark_and_number(made, template):
    pdf = made[template]
    last = pages_of(pdf)
    for page in range(1, last + 1):
        text = poppler.text(pdf, page)
        assert STAMP.code in text
        assert STAMP.link in text
        assert "0123 4567 89ab cdef, 57 peristiwa" in text
        assert "9f2c 41ab 9f2c 41ab" in text
        assert builders.MARK in text
        assert f"Halaman {page} dari {last}" in text


@pytest.mark.parametrize("template", FIGURES)
def test_the_qr_of_every_page_leads_to_the_public_page(made, template):
    expected = [
        [bool(module) for module in row]
        for row in segno.make(
            STAMP.link, error="m", micro=False, boost_error=False
        ).matrix
    ]
    for page in range(1, pages_of(made[template]) + 1):
        assert (
            read_qr(poppler.gray(made[template], page, DPI), len(expected)) == expected
        )


def read_qr(rows, modules):
    """Sample the code in the lower left corner, whose size on paper is known."""
    mm = DPI / 25.4
    left = int(21 * mm)
    corner = [row[left : int(40 * mm)] for row in rows]
    bottom = max(y for y, row in enumerate(corner) if min(row) < 100)
    first = min(
        x for row in corner[-int(26 * mm) :] for x, dot in enumerate(row) if dot < 100
    )
    step = QR_MM * mm / modules
    top = bottom + 1 - QR_MM * mm
    return [
        [
            rows[int(top + (y + 0.5) * step)][left + int(first + (x + 0.5) * step)]
            < 128
            for x in range(modules)
        ]
        for y in range(modules)
    ]


def test_only_the_shipped_fonts_are_used_and_embedded(made):
    for pdf in made.values():
        assert poppler.fonts(pdf) <= {
            ("LiberationSans", "yes"),
            ("LiberationSans-Bold", "yes"),
        }


def test_a_paper_is_tagged_and_calls_itself_pdf_a_3a_and_pdf_ua_1(made):
    for template, pdf in made.items():
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert document.check_pdf_syntax() == []
            about = document.open_metadata()
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
            assert about["pdfuaid:part"] == "1"
            assert document.Root.Lang == "id"
            assert document.Root.MarkInfo.Marked
            assert "Kecamatan Muncar" in str(document.docinfo.Title), template


def test_an_attached_file_comes_out_as_it_went_in(made):
    for pdf in made.values():
        with pikepdf.open(io.BytesIO(pdf)) as document:
            spec = document.attachments["himpun.json"]
            assert spec.get_file().read_bytes() == ANCHOR.content
            assert spec.get_file().mime_type == "application/json"
            assert spec.relationship == pikepdf.Name.Data


def test_equal_data_give_equal_bytes_and_another_date_others(made):
    paper = builders.seal()
    again = papers.render(paper, STAMP, attached=[ANCHOR])
    later = replace(STAMP, at=STAMP.at + timedelta(seconds=1))
    assert again == made["lembar-segel"]
    assert papers.render(paper, later, attached=[ANCHOR]) != again


def test_control_and_seal_sheet_are_one_page_even_after_many_rounds(made):
    assert pages_of(made["lembar-segel"]) == 1
    assert pages_of(made["lembar-kendali"]) == 1
    full = replace(builders.control(rounds=2), brought=())
    assert pages_of(papers.render(full, STAMP)) == 1


def test_the_control_sheet_goes_on_rather_than_leaving_acts_out():
    pdf = papers.render(builders.control(rounds=6), STAMP)
    assert pages_of(pdf) > 1
    assert poppler.text(pdf).count("mengetahui") == 6


def test_without_a_mark_nothing_is_marked_and_a_draft_says_so():
    pdf = papers.render(builders.seal(), replace(STAMP, mark="", head="", count=0))
    text = poppler.text(pdf)
    assert "CONTOH, belum" not in text
    assert "Draf: belum berjangkar pada catatan" in text


def many_rows(count):
    return tuple(
        Measured(
            "",
            f"I{n}",
            f"Indikator ke-{n}",
            "%",
            "1,00",
            "1,00",
            "100,00%",
            "Tinggi",
            builders.FORMULA,
        )
        for n in range(count)
    )


def test_a_long_table_breaks_over_pages_under_a_repeated_header():
    pdf = papers.render(builders.performance(many_rows(90)), STAMP)
    with_rows = [
        text
        for page in range(1, pages_of(pdf) + 1)
        if "Indikator ke-" in (text := poppler.text(pdf, page))
    ]
    assert len(with_rows) > 2
    assert all("Realisasi" in text and "Peringkat" in text for text in with_rows)
    assert sum(text.count("Indikator ke-") for text in with_rows) == 90


def test_the_signature_never_stands_alone_on_a_page():
    for count in (24, 27, 30, 33):
        paper = replace(
            builders.performance(many_rows(count)),
            definitions=(),
            notes=(),
            evidence=(),
        )
        pdf = papers.render(paper, STAMP)
        signed = [
            text
            for page in range(1, pages_of(pdf) + 1)
            if "NIP" in (text := poppler.text(pdf, page))
        ]
        assert len(signed) == 1
        assert "Demikian laporan ini dibuat" in signed[0]


def test_formulas_are_lettered_where_they_differ():
    rows = (
        *many_rows(1),
        replace(
            many_rows(1)[0], formula="target / realisasi \N{MULTIPLICATION SIGN} 100"
        ),
        replace(
            many_rows(1)[0],
            rank="",
            formula="",
            achievement="tidak dapat dihitung",
            reason="target nol",
        ),
    )
    text = poppler.text(papers.render(builders.performance(rows), STAMP))
    assert "100,00% a)" in text
    assert "100,00% b)" in text
    assert "b) target / realisasi" in text
    assert "target nol" in text
    assert "peringkat capaian: 2 tinggi, 1 tanpa peringkat." in text


def poisoned(value, text):
    """Return the same paper with every text replaced."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(poisoned(item, text) for item in value)
    if is_dataclass(value):
        parts = {part.name: getattr(value, part.name) for part in fields(value)}
        return type(value)(
            **{name: poisoned(part, text) for name, part in parts.items()}
        )
    return value


HOSTILE = (
    '#panic() ]}$x$ \\u{41} `raw` // *b* _i_ @ref <label> #import "x"; '
    "\N{GRINNING FACE} \N{RIGHT-TO-LEFT OVERRIDE}\x07\ud800"
)
SHOWN = (
    '#panic() ]}$x$ \\u{41} `raw` // *b* _i_ @ref <label> #import "x"; '
    "[U+1F600] [U+202E][U+0007][U+D800]"
)


@pytest.mark.parametrize("paper", builders.all_papers(), ids=lambda p: p.template)
def test_what_people_write_is_printed_and_never_run(paper):
    stamp = replace(STAMP, mark=HOSTILE)
    pdf = papers.render(poisoned(paper, HOSTILE), stamp)
    assert SHOWN in poppler.text(pdf)


@pytest.mark.parametrize("text", ["Takberspasi" * 12, "1.234.567.890.123,45"])
@pytest.mark.parametrize("paper", builders.all_papers(), ids=lambda p: p.template)
def test_no_word_leaves_the_page(paper, text):
    margin = 45
    pdf = papers.render(poisoned(paper, text), replace(STAMP, mark=text))
    outside = [
        word
        for width, start, end, word in poppler.words(pdf)
        if start < margin or end > width - margin
    ]
    assert outside == []


def test_a_figure_that_fits_in_smaller_type_stays_on_one_line():
    rows = (replace(many_rows(1)[0], target="1.234.567.890,12"),)
    pdf = papers.render(builders.performance(rows), STAMP)
    assert "1.234.567.890,12" in poppler.text(pdf)


@pytest.mark.parametrize("paper", builders.all_papers(), ids=lambda p: p.template)
def test_empty_parts_are_said_to_be_empty(paper):
    bare = replace(
        paper,
        **{
            part.name: ()
            for part in fields(paper)
            if isinstance(getattr(paper, part.name), tuple)
        },
    )
    pdf = papers.render(poisoned(bare, ""), STAMP)
    assert "Tidak ada" in poppler.text(pdf)


@pytest.mark.parametrize("paper", builders.all_papers(), ids=lambda p: p.template)
def test_a_paper_survives_its_snapshot(paper):
    data = json.loads(json.dumps(papers.plain(paper)))
    assert papers.restored(type(paper), data) == paper


def test_an_older_snapshot_keeps_what_it_does_not_know_empty():
    data = papers.plain(builders.seal())
    del data["kept_by"]
    assert papers.restored(papers.LembarSegel, data).kept_by == ()


@pytest.mark.parametrize(
    ("change", "word"),
    [('#set text(font: "Arial")\n', "arial"), ("#panic()\n", "panic")],
)
def test_a_warning_of_the_compiler_is_an_error(tmp_path, monkeypatch, change, word):
    for template in rendering.TEMPLATES.iterdir():
        content = template.read_text()
        if template.name == "lembar-segel.typ":
            content += change + "Teks."
        (tmp_path / template.name).write_text(content)
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)
    with pytest.raises(CannotRender, match=word):
        papers.render(builders.seal(), STAMP)
