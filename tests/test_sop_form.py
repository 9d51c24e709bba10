"""The official form from file to paper: the SOP library and the documents together."""

import os
import re
import subprocess
import sys
from hashlib import sha256

import pytest

from himpun.documents import drawing, fonts
from himpun.documents.tests import poppler
from himpun.sop import check, shipped
from himpun.sop.drawing import layout, pages
from himpun.sop.drawing.geometry import Box
from himpun.sop.drawing.tests import builders, measuring

MARK = "CONTOH, belum disahkan"
POINTS = 72 / 25.4
NAME = "jekulo-pengumpulan-data-kinerja"


@pytest.fixture(scope="module")
def seed():
    return check(shipped()[NAME]).sop


@pytest.fixture(scope="module")
def paper(seed):
    return drawing.svg_to_pdf(pages(seed, fonts.measure), title="SOP")


@pytest.mark.parametrize("name", ["hard", "parallel", "tangled"])
def test_forms_keep_their_rules_in_the_real_font(name):
    sop = getattr(builders, f"make_{name}_sop")()
    assert measuring.all_faults(sop, layout(sop, fonts.measure)) == []


def test_the_shipped_sop_is_drawn_on_two_pages_without_a_fault(seed):
    sheets = layout(seed, fonts.measure)
    assert len(sheets) == 2
    assert measuring.all_faults(seed, sheets) == []
    assert sum(measuring.crossings(page) for page in sheets) == 0


def test_the_paper_says_what_the_office_signed_in_the_corrected_words(paper):
    text = poppler.text(paper)
    for words in (
        "PEMERINTAH KABUPATEN KUDUS",
        "800.1/142/33.01/2020",
        "2 Maret 2020",
        "[nama]",
        "NIP. [NIP]",
        "Membentuk tim",
        "Soft copy dan hard copy Laporan Kinerja",
        "60 menit",
        "Jaringan internet",
        "Mutu Baku",
    ):
        assert words in text
    for slip in ("sof copy", "Pekasanaan", "Mutu Buku", "60 mnt", "Pembentukan Tim"):
        assert slip not in text


def test_only_the_shipped_font_is_in_the_paper(paper):
    assert poppler.fonts(paper) == {
        ("LiberationSans", "yes"),
        ("LiberationSans-Bold", "yes"),
    }


@pytest.mark.parametrize("name", ["seed", "tangled"])
def test_printed_words_lie_in_their_cells_as_another_program_sees_them(seed, name):
    sop = seed if name == "seed" else builders.make_tangled_sop()
    sheets = layout(sop, fonts.measure)
    made = drawing.svg_to_pdf(pages(sop, fonts.measure), title="SOP")
    for number, page in enumerate(sheets, 1):
        rooms = [cell.box for cell in page.cells if cell.texts]
        rooms += [label.box for label in page.labels]
        rooms += [symbol.box for symbol in page.symbols if symbol.letter]
        words = printed_words(made, number)
        assert words
        assert [
            word for word, box in words if not any(r.holds(box) for r in rooms)
        ] == []


def printed_words(pdf, number):
    """Return the words of a page with their boxes in millimetres."""
    only = ("-bbox", "-f", str(number), "-l", str(number))
    place = r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
    found = re.findall(place, poppler.run("pdftotext", pdf, *only).decode())
    return [
        (word, Box(*(float(value) / POINTS for value in edges)))
        for *edges, word in found
    ]


def test_every_page_of_an_example_carries_its_mark_on_paper(seed):
    made = drawing.svg_to_pdf(pages(seed, fonts.measure, mark=MARK), title="SOP")
    for number in (1, 2):
        assert MARK in poppler.text(made, number)


def test_the_same_sop_gives_the_same_bytes_in_another_process(paper):
    code = (
        "import sys; from hashlib import sha256\n"
        "from himpun.documents import drawing, fonts\n"
        "from himpun.sop import check, shipped\n"
        "from himpun.sop.drawing import pages\n"
        f"sop = check(shipped()[{NAME!r}]).sop\n"
        "made = drawing.svg_to_pdf(pages(sop, fonts.measure), title='SOP')\n"
        "print(sha256(made).hexdigest())"
    )
    for salt in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": salt},
            capture_output=True,
            check=True,
            text=True,
        )
        assert done.stdout.strip() == sha256(paper).hexdigest()


def test_letters_that_no_font_has_are_printed_as_boxes_and_stop_nothing():
    odd = "</text>& 😀 漢字 שלום \u202e\x07" + "panjang" * 30
    step = builders.make_step(1, "a", kegiatan=odd, ket=odd)
    sop = builders.make_sop([step])
    assert measuring.all_faults(sop, layout(sop, fonts.measure)) == []
    made = drawing.svg_to_pdf(pages(sop, fonts.measure), title=odd)
    assert "</text>&" in poppler.text(made, 2)
    assert {name for name, _ in poppler.fonts(made)} == {
        "LiberationSans",
        "LiberationSans-Bold",
    }


def test_a_page_as_picture_shows_its_table(seed):
    flow = pages(seed, fonts.measure)[1]
    assert drawing.svg_to_png(flow, ppi=96) == drawing.svg_to_png(flow, ppi=96)
