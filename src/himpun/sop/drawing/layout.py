"""The whole form laid out: identity, steps, page numbers, the mark of an example."""

from dataclasses import replace

from himpun.wording import say

from ..model import Sop
from .geometry import Box, Cell, Page, Text
from .identity import identity_pages
from .paging import flow_pages
from .sheet import SMALL, Sheet
from .table import sheet_for
from .wording import Measure, Paragraph, fit, fit_words

MOST_ARROWS = 600
"""An SOP of 200 rows has about 300; the bound keeps the work for a drawing small."""
_FOOT = 5.0
_MARK_SIZE = 15.0
_MARK_ROOM = 0.8
"""Share of the page's width that the slanting mark may take."""


class NotDrawable(ValueError):
    """An SOP that no sheet of paper can show; the message is for the user."""


def layout(sop: Sop, measure: Measure, *, mark: str | None = None) -> list[Page]:
    """Return the pages of the official form as geometry.

    `sop` is one that `check` accepts. `mark` is printed on every page, for a form that
    is not in force, such as "CONTOH, belum disahkan". Raises `NotDrawable` when the
    steps are joined by more arrows than anyone could follow.
    """
    arrows = sum(len(step.tujuan) + len(step.bersama) for step in sop.langkah)
    if arrows > MOST_ARROWS:
        raise NotDrawable(
            say(
                "Gambar SOP ini memerlukan %(arrows)s panah, sedangkan yang dapat "
                "digambar paling banyak %(most)s. Bagilah menjadi beberapa SOP.",
                arrows=arrows,
                most=MOST_ARROWS,
            )
        )
    sheet = sheet_for(sop, measure)
    pages = [*identity_pages(sop, Sheet(measure)), *flow_pages(sop, sheet)]
    count = len(pages)
    return [
        _finished(page, Sheet(measure, page.width / Sheet(measure).width), words, mark)
        for page, words in (
            (page, f"Halaman {number} dari {count}")
            for number, page in enumerate(pages, 1)
        )
    ]


def _finished(page: Page, sheet: Sheet, number: str, mark: str | None) -> Page:
    frame = sheet.frame
    foot = Box(frame.left, frame.bottom + 1.5, frame.right, frame.bottom + 1.5 + _FOOT)
    block = fit_words(number, foot.width / 3, _FOOT, sheet.font(SMALL))
    texts = block.at(foot.right - block.width, foot.top)
    cells = [Cell("halaman", foot, texts, framed=False)]
    slanting: tuple[Text, ...] = ()
    if mark and mark.strip():
        cells.append(_mark_box(sheet, mark))
        slanting = _slanting(sheet, mark)
    return replace(page, cells=(*page.cells, *cells), mark=slanting)


def _mark_box(sheet: Sheet, mark: str) -> Cell:
    """Return the mark in words, in a box on the upper edge of the page."""
    frame = sheet.frame
    block = fit([Paragraph(mark)], frame.width / 2, 4.6, sheet.font(3.4, bold=True))
    box = Box(frame.right - block.width - 4, 3.2, frame.right, 8.8)
    return Cell("tanda", box, block.in_middle(box))


def _slanting(sheet: Sheet, mark: str) -> tuple[Text, ...]:
    """Return the mark as large pale words around the point (0, 0)."""
    width = sheet.width * _MARK_ROOM
    font = sheet.font(_MARK_SIZE * sheet.scale, bold=True)
    block = fit([Paragraph(mark)], width, sheet.height / 4, font)
    return block.centered(0, -block.height / 2)
