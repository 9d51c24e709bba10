"""The identity part of the form, PermenPANRB 35/2012: one page, more if it must be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Sop
from . import content
from .geometry import ASCENT, DESCENT, Box, Cell, Page
from .sheet import PAD, Sheet
from .wording import LEADING, Block, Paragraph, fit, fit_words, set_lines

_LABEL_WIDTH = 36.0
_SIZE = 3.4
_ROW, _ROW_MOST = 7.4, 16.0
_SIGNATURE_ROW = 33.0
_GAP = 3.0
_BEFORE = (_GAP, 1.0, 2 * _GAP)
"""Room before institution, address and title."""
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
    height = sum(row[2] for row in _value_rows(sop, sheet))
    cells = [*_letterhead(sop, sheet, height), *_values(sop, sheet)]
    top = frame.top + height
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


def _letterhead(sop: Sop, sheet: Sheet, height: float) -> Iterator[Cell]:
    """Yield the left half of the head: emblem, institution, address, title."""
    frame, identity = sheet.frame, sop.identitas
    box = Box(frame.left, frame.top, _half(frame), frame.top + height)
    yield Cell("kop", box)
    share = (height - _LOGO[1] - 4 * _GAP) / 3
    blocks = [
        fit([Paragraph(word) for word in words], box.width - 2 * _GAP, share, font)
        for words, font in (
            (content.office(identity), sheet.font(4.8, bold=True)),
            ([content.shown(identity.alamat)], sheet.font(_SIZE)),
            ([content.shown(identity.judul_kop)], sheet.font(4.4, bold=True)),
        )
    ]
    used = _LOGO[1] + sum(block.height for block in blocks) + sum(_BEFORE)
    middle, top = box.center[0], box.top + (height - used) / 2
    logo = Box(0, 0, *_LOGO).moved(middle - _LOGO[0] / 2, top)
    emblem = fit_words("(lambang daerah)", _LOGO[0] - 2, _LOGO[1], sheet.font(2.5))
    yield Cell("lambang", logo, emblem.in_middle(logo))
    top = logo.bottom
    for block, before in zip(blocks, _BEFORE, strict=True):
        top += before
        here = Box(box.left + _GAP, top, box.right - _GAP, top + block.height)
        yield Cell("kop", here, block.centered(middle, top), framed=False)
        top = here.bottom


def _value_rows(sop: Sop, sheet: Sheet) -> list[tuple[str, Block, float]]:
    """Return the rows of the right half: words, value, height."""
    identity = sop.identitas
    width = sheet.frame.width / 2 - _LABEL_WIDTH - 2 * PAD
    rows = [
        ("Nomor SOP", content.shown(identity.nomor)),
        ("Tgl. Pembuatan", content.shown(identity.tgl_pembuatan)),
        ("Tgl. Revisi", content.shown(identity.tgl_revisi)),
        ("Tgl. Efektif", content.shown(identity.tgl_efektif)),
        ("Disahkan oleh", ""),
        ("Nama SOP", content.shown(identity.nama)),
    ]
    found = []
    for label, value in rows:
        font = sheet.font(_SIZE, bold=label == "Nama SOP")
        block = fit_words(value, width, _ROW_MOST - _ROW + font.size, font)
        tall = max(_ROW, block.height + _ROW - font.size)
        height = tall if label != "Disahkan oleh" else _SIGNATURE_ROW
        found.append((label, block, height))
    return found


def _values(sop: Sop, sheet: Sheet) -> Iterator[Cell]:
    """Yield the right half of the head: number, dates, approval, name."""
    frame = sheet.frame
    top = frame.top
    for words, block, height in _value_rows(sop, sheet):
        label = Box(_half(frame), top, _half(frame) + _LABEL_WIDTH, top + height)
        value = Box(label.right, top, frame.right, top + height)
        room = min(height, _ROW)
        title = fit_words(words, label.width - 2 * PAD, room, sheet.font(_SIZE))
        at = top + (room - title.height) / 2
        yield Cell("label", label, title.at(label.left + PAD, at))
        at = top + (height - block.height) / 2
        yield Cell("nilai", value, block.at(value.left + PAD, at))
        if words == "Disahkan oleh":
            yield from _approval(sop, sheet, value)
        top += height


def _approval(sop: Sop, sheet: Sheet, box: Box) -> Iterator[Cell]:
    """Yield position and name, with the room for the signature between them."""
    above = Box(box.left + PAD, box.top + 1.8, box.right - PAD, box.top + 10)
    below = Box(box.left + PAD, box.bottom - 15.5, box.right - PAD, box.bottom - 1)
    bold = sheet.font(_SIZE, bold=True)
    words = content.signer(sop.identitas)
    position = fit_words(words, above.width, above.height, bold)
    middle = box.center[0]
    yield Cell("pengesah", above, position.centered(middle, above.top), framed=False)
    lines = [Paragraph(line) for line in content.signature(sop.identitas)]
    names = fit(lines, below.width, below.height, sheet.font(_SIZE))
    texts = names.centered(middle, below.bottom - names.height)
    yield Cell("pengesah", below, texts, framed=False)


def _half(frame: Box) -> float:
    return frame.left + frame.width / 2


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
        content.paragraphs(items, numbered=True), width, sheet.font(_SIZE)
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
