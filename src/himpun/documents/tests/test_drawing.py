import re

import pytest

from himpun.documents import drawing
from himpun.documents.tests import poppler

PAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3300 2150">'
    '<g font-family="Liberation Sans, Arial, sans-serif" font-size="32">'
    '<rect x="100" y="100" width="3100" height="300" fill="none" stroke="#000"/>'
    '<text x="110" y="200">{}</text>'
    '<text x="110" y="300" font-weight="bold">tebal</text>'
    '<text x="1000" y="300" font-style="italic">miring</text>'
    "</g></svg>"
)
FIRST, SECOND = PAGE.format("Halaman satu"), PAGE.format("Halaman dua &lt;b&gt;")


@pytest.fixture(scope="module")
def pdf():
    return drawing.svg_to_pdf([FIRST, SECOND], title="SOP Contoh")


def test_text_stays_text_in_the_pdf(pdf):
    assert poppler.text(pdf, 1) == "Halaman satu tebal miring"
    assert poppler.text(pdf, 2) == "Halaman dua <b> tebal miring"


def test_only_the_shipped_font_is_in_the_pdf_and_it_is_embedded(pdf):
    assert poppler.fonts(pdf) == {
        ("LiberationSans", "yes"),
        ("LiberationSans-Bold", "yes"),
        ("LiberationSans-Italic", "yes"),
    }


def test_the_paper_is_f4_landscape_with_a_title(pdf):
    about = poppler.run("pdfinfo", pdf, after=()).decode()
    width, height = re.search(r"Page size: +([\d.]+) x ([\d.]+)", about).groups()
    assert float(width) == pytest.approx(330 / 25.4 * 72, abs=0.1)
    assert float(height) == pytest.approx(215 / 25.4 * 72, abs=0.1)
    assert re.search(r"Title: +SOP Contoh\n", about)
    assert re.search(r"Pages: +2\n", about)


def test_equal_pages_give_equal_bytes_without_a_date(pdf):
    again = drawing.svg_to_pdf([FIRST, SECOND], title="SOP Contoh")
    assert again == pdf
    assert b"CreationDate" not in again


def test_a_title_is_never_read_as_markup():
    title = '#panic("x") ] $ *tebal* \\ "'
    made = drawing.svg_to_pdf([FIRST], title=title)
    assert made.startswith(b"%PDF")


def test_a_page_becomes_a_picture_of_the_asked_size():
    picture = drawing.svg_to_png(FIRST, ppi=127)
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    assert (width, height) == (1650, 1075)


@pytest.mark.parametrize("pages", [["<svg"], ["no svg at all"], []])
def test_what_is_no_drawing_is_refused(pages):
    with pytest.raises(drawing.DrawingError):
        drawing.svg_to_pdf(pages, title="x")


def test_a_warning_of_the_typesetter_is_an_error(monkeypatch):
    monkeypatch.setattr(drawing, "FAMILY", "No Such Family")
    with pytest.raises(drawing.DrawingError, match="font"):
        drawing.svg_to_pdf([FIRST], title="x")


def test_no_font_of_the_machine_is_used():
    other = FIRST.replace("Liberation Sans, Arial, sans-serif", "DejaVu Sans")
    made = drawing.svg_to_pdf([other], title="x")
    assert {name for name, _ in poppler.fonts(made)} <= {
        "LiberationSans",
        "LiberationSans-Bold",
        "LiberationSans-Italic",
    }
