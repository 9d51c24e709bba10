"""The identity part of the form, PermenPANRB 35/2012: one page, more if it must be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Sop
from . import content
from .geometry import ASCENT, DESCENT, Box, Cell, Page
from .sheet import BODY, PAD, Sheet
from .wording import LEADING, Block, Paragraph, fit, fit_words, set_lines

_VALUES_FROM = 0.5
"""The right half holds number, dates and signature."""
_LABEL_WIDTH = 36.0
_ROW = 7.4
_NAME_ROWS = 2
_SIGNATURE_ROW = 33.0
_LOGO = (16.0, 18.0)
_BAR = 6.6
_INDENT = 2.0
_AROUND = 2.4 * PAD
_LEAST = 9.0
_FIRST_LINES = 3
"""A list is broken over two pages only after so many lines."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A titled part of the page, with the lines that are still to be placed."""

    name: str
    title: str
    block: Block

    def first(self, lines: int) -> "_Part":
        return replace(self, block=replace(self.block, lines=self.block.lines[:lines]))

    def rest(self, lines: int) -> "_Part":
        later = self.block.lines[lines:]
        title = self.title if "(lanjutan)" in self.title else f"{self.title} (lanjutan)"
        return _Part(self.name, title, replace(self.block, lines=later))


def identity_pages(sop: Sop, sheet: Sheet) -> list[Page]:
    """Lay out the identity part; long lists go on on a second page."""
    frame = sheet.frame
    cells = [*_letterhead(sop, sheet), *_values(sop, sheet)]
    top = max(cell.box.bottom for cell in cells)
    pages = []
    for pairs in _broken(_pairs(sop, sheet), frame, top):
        bottom = top
        for pair in pairs:
            placed = _placed(pair, frame, bottom)
            bottom = placed[-1].box.bottom
            cells += placed
        pages.append(_page(sop, sheet, cells, bottom))
        cells, top = [], frame.top
    return pages


def _page(sop: Sop, sheet: Sheet, cells: list[Cell], bottom: float) -> Page:
    frame = sheet.frame
    return Page(
        width=sheet.width,
        height=sheet.height,
        title=content.shown(sop.identitas.nama) or content.heading(sop),
        cells=tuple(cells),
        frames=(Box(frame.left, frame.top, frame.right, bottom),),
    )


def _letterhead(sop: Sop, sheet: Sheet) -> Iterator[Cell]:
    """Yield the left half of the head: emblem, institution, address, title."""
    frame = sheet.frame
    identity = sop.identitas
    box = Box(frame.left, frame.top, _half(frame), frame.top + _head_height())
    yield Cell("kop", box)
    middle = box.center[0]
    logo = Box(0, 0, *_LOGO).moved(middle - _LOGO[0] / 2, box.top + 6)
    emblem = fit_words("(lambang daerah)", _LOGO[0] - 2, _LOGO[1], sheet.font(2.5))
    yield Cell("lambang", logo, emblem.in_middle(logo))
    room = Box(box.left + 3, logo.bottom + 3, box.right - 3, box.bottom - 3)
    lines = content.office(identity)
    blocks = [
        (lines, sheet.font(4.6, bold=True), 0.0),
        ([content.shown(identity.alamat)], sheet.font(), 1.2),
        ([content.shown(identity.judul_kop)], sheet.font(4.2, bold=True), 3.0),
    ]
    share = (room.height - 5) / 3
    top = room.top
    for words, font, before in blocks:
        block = fit([Paragraph(word) for word in words], room.width, share, font)
        here = Box(room.left, top + before, room.right, top + before + block.height)
        yield Cell("kop", here, block.centered(middle, here.top), framed=False)
        top = here.bottom + 0.6


def _head_height() -> float:
    return (4 + _NAME_ROWS) * _ROW + _SIGNATURE_ROW


def _values(sop: Sop, sheet: Sheet) -> Iterator[Cell]:
    """Yield the right half of the head: number, dates, approval, name."""
    identity = sop.identitas
    rows = [
        ("Nomor SOP", content.shown(identity.nomor), _ROW),
        ("Tgl. Pembuatan", content.shown(identity.tgl_pembuatan), _ROW),
        ("Tgl. Revisi", content.shown(identity.tgl_revisi), _ROW),
        ("Tgl. Efektif", content.shown(identity.tgl_efektif), _ROW),
        ("Disahkan oleh", "", _SIGNATURE_ROW),
        ("Nama SOP", content.shown(identity.nama), _ROW * _NAME_ROWS),
    ]
    top = sheet.frame.top
    for label, value, height in rows:
        yield from _value_row(sheet, (label, value), top, height)
        top += height
    yield from _approval(sop, sheet, sheet.frame.top + 4 * _ROW)


def _value_row(
    sheet: Sheet, words: tuple[str, str], top: float, height: float
) -> Iterator[Cell]:
    frame = sheet.frame
    label = Box(_half(frame), top, _half(frame) + _LABEL_WIDTH, top + height)
    value = Box(label.right, top, frame.right, top + height)
    bold = words[0] == "Nama SOP"
    for name, box, text, heavy in (
        ("label", label, words[0], False),
        ("nilai", value, words[1], bold),
    ):
        block = fit_words(
            text, box.width - 2 * PAD, box.height - PAD, sheet.font(bold=heavy)
        )
        at = top + (min(height, 2 * _ROW) - block.height) / 2
        if height == _SIGNATURE_ROW:
            at = top + 2
        yield Cell(name, box, block.at(box.left + PAD, at))


def _approval(sop: Sop, sheet: Sheet, top: float) -> Iterator[Cell]:
    frame = sheet.frame
    box = Box(_half(frame) + _LABEL_WIDTH, top, frame.right, top + _SIGNATURE_ROW)
    above = Box(box.left + PAD, box.top + 2, box.right - PAD, box.top + 10)
    below = Box(box.left + PAD, box.bottom - 15.5, box.right - PAD, box.bottom - 1)
    position = fit_words(
        content.signer(sop.identitas), above.width, above.height, sheet.font(bold=True)
    )
    middle = box.center[0]
    yield Cell("pengesah", above, position.centered(middle, above.top), framed=False)
    lines = [Paragraph(line) for line in content.signature(sop.identitas)]
    names = fit(lines, below.width, below.height, sheet.font())
    texts = names.centered(middle, below.bottom - names.height)
    yield Cell("pengesah", below, texts, framed=False)


def _half(frame: Box) -> float:
    return frame.left + frame.width * _VALUES_FROM


def _pairs(sop: Sop, sheet: Sheet) -> list[tuple[_Part, _Part]]:
    label = sop.label
    lists = [
        ("dasar-hukum", label.dasar_hukum, [t.teks for t in sop.dasar_hukum]),
        ("kualifikasi", label.kualifikasi, [t.teks for t in sop.kualifikasi]),
        ("keterkaitan", label.keterkaitan, [t.teks for t in sop.keterkaitan]),
        ("peralatan", label.peralatan, content.equipment(sop)),
        ("peringatan", label.peringatan, [t.teks for t in sop.peringatan]),
        ("pencatatan", label.pencatatan, [t.teks for t in sop.pencatatan]),
    ]
    parts = [
        _Part(name, title.teks, _listed(sheet, items)) for name, title, items in lists
    ]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _listed(sheet: Sheet, items: Sequence[str]) -> Block:
    width = sheet.frame.width / 2 - 2 * _INDENT
    block, _ = set_lines(
        content.paragraphs(items, numbered=True), width, sheet.font(BODY)
    )
    return block


def _broken(
    pairs: list[tuple[_Part, _Part]], frame: Box, top: float
) -> Iterator[list[tuple[_Part, _Part]]]:
    """Yield the parts of each page; a part that is too long is broken between lines."""
    waiting = list(pairs)
    while waiting:
        here: list[tuple[_Part, _Part]] = []
        room = frame.bottom - top
        while waiting and _pair_height(waiting[0]) <= room:
            here.append(waiting.pop(0))
            room -= _pair_height(here[-1])
        fitting = _lines_in(waiting[0], room) if waiting else 0
        if fitting >= _FIRST_LINES:
            left, right = waiting[0]
            here.append((left.first(fitting), right.first(fitting)))
            waiting[0] = (left.rest(fitting), right.rest(fitting))
        yield here
        top = frame.top


def _pair_height(pair: tuple[_Part, _Part]) -> float:
    inner = max(part.block.height for part in pair)
    return _BAR + max(inner + _AROUND, _LEAST)


def _lines_in(pair: tuple[_Part, _Part], room: float) -> int:
    """Return how many lines of a pair fit into the room that is left."""
    inner = (room - _BAR - _AROUND) / pair[0].block.font.size
    return int((inner - ASCENT - DESCENT) / LEADING) + 1


def _placed(pair: tuple[_Part, _Part], frame: Box, top: float) -> list[Cell]:
    bottom = top + _pair_height(pair)
    half = _half(frame)
    cells = []
    for part, left, right in (
        (pair[0], frame.left, half),
        (pair[1], half, frame.right),
    ):
        font = replace(part.block.font, bold=True)
        bar = Box(left, top, right, top + _BAR)
        title = fit_words(
            f"{part.title} :", bar.width - 2 * _INDENT, bar.height - 1, font
        )
        at = bar.center[1] - title.height / 2
        texts = title.at(left + _INDENT, at)
        cells.append(Cell(f"judul-{part.name}", bar, texts, shaded=True))
        box = Box(left, bar.bottom, right, bottom)
        texts = part.block.at(left + _INDENT, bar.bottom + PAD)
        cells.append(Cell(part.name, box, texts))
    return cells
