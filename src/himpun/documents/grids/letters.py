"""A DOCX as grids: paragraphs, tables (nested ones apart), margins, notes, drawings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from himpun.documents.inspecting.refusal import NotAccepted

from . import shapes as drawn
from .model import Arrow, Block, Cell, Scan, Shape
from .numbering import Numbering
from .package import DAMAGED, attribute, child, inside, tag, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from .package import Package

_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NO_TEXT = frozenset(
    ("pPr", "rPr", "instrText", "delInstrText", "sdtPr", "sdtEndPr", "tbl", "tblPr")
)
_SYMBOLS = {
    "wingdings": {
        **{"FC": "\N{CHECK MARK}", "FE": "\N{BALLOT BOX WITH CHECK}"},
        **{"FB": "\N{BALLOT X}", "FD": "\N{BALLOT BOX WITH X}"},
        **dict.fromkeys(("A8", "6F", "71"), "\N{WHITE SQUARE}"),
        **dict.fromkeys(("6C", "9F"), "\N{BLACK CIRCLE}"),
    },
    "wingdings 2": {
        **{"50": "\N{CHECK MARK}", "52": "\N{BALLOT BOX WITH CHECK}"},
        **{"4F": "\N{BALLOT X}", "A3": "\N{BALLOT BOX}"},
    },
    "symbol": {
        **{"A3": "\N{LESS-THAN OR EQUAL TO}", "B3": "\N{GREATER-THAN OR EQUAL TO}"},
        **{"B1": "\N{PLUS-MINUS SIGN}", "B4": "\N{MULTIPLICATION SIGN}"},
        **{"AE": "\N{RIGHTWARDS ARROW}", "AC": "\N{LEFTWARDS ARROW}"},
        **{"B7": "\N{BULLET}", "D6": "\N{SQUARE ROOT}"},
    },
}
"""Font -> last two digits of the code -> what it shows; the same code, other signs."""
_MARGINS = {
    "header": "Kepala halaman",
    "footer": "Kaki halaman",
    "footnotes": "Catatan kaki",
    "endnotes": "Catatan akhir",
    "comments": "Komentar",
}
WIDEST = 512
MOVED = 0xF000


def read(package: Package) -> Scan:
    """Return the grids of a DOCX; raises NotAccepted for a damaged one."""
    main = next(
        (n for n in package.relations("").values() if n.endswith("document.xml")),
        "word/document.xml",
    )
    body = child(package.xml(main), "body")
    if body is None:
        raise NotAccepted(DAMAGED)
    folder = main.rpartition("/")[0]
    reader = _Reader(Numbering(package, folder))
    blocks = reader.blocks(body)
    for part in sorted(package.names):
        stem = part.removeprefix(f"{folder}/").removesuffix(".xml")
        kind = stem.rstrip("0123456789")
        if kind in _MARGINS and part.startswith(f"{folder}/"):
            name = f"{_MARGINS[kind]} {stem.removeprefix(kind)}".strip()
            blocks += reader.margin(package.xml(part), name)
    if reader.deleted:
        blocks.append(_list("Teks terhapus", reader.deleted, hidden=True))
    return Scan(tuple(block for block in blocks if block.cells or block.arrows))


def _list(name: str, texts: list[str], *, hidden: bool = False) -> Block:
    return Block(
        name,
        tuple(Cell(f"{name} {n}", n, 0, text) for n, text in enumerate(texts, 1)),
        hidden=hidden,
    )


class _Reader:
    """Walks a document once, counting paragraphs, tables and list numbers."""

    def __init__(self, numbering: Numbering) -> None:
        self.deleted: list[str] = []
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0

    def margin(self, root: Element | None, name: str) -> list[Block]:
        """Return what stands outside the body: its texts, one cell for each line."""
        lines = [] if root is None else [self._line(p, name) for p in inside(root, "p")]
        texts = [line.text for line in lines if line.text]
        return [_list(name, texts)] if texts else []

    def blocks(self, parent: Element, within: str = "") -> list[Block]:
        """Return runs of paragraphs and tables of a body or cell in their order."""
        found: list[Block] = []
        run: list[_Line] = []
        for part in _parts(parent):
            if tag(part) == "p":
                self._paragraphs += 1
                run.append(self._line(part, f"Paragraf {self._paragraphs}"))
            else:
                found += [*_paragraphs(run), *self._table(part, within)]
                run = []
        return [*found, *_paragraphs(run)]

    def _table(self, table: Element, within: str) -> list[Block]:
        self._tables += 1
        name = f"Tabel {self._tables}"
        called = f"{name} (di dalam {within})" if within else name
        cells: dict[tuple[int, int], Cell] = {}
        above: dict[int, tuple[int, int]] = {}
        arrows: list[Arrow] = []
        nested: list[Block] = []
        for row, element in enumerate(_parts(table, "tr")):
            before = attribute(child(element, "trPr", "gridBefore"), "val")
            column = min(whole(before), WIDEST)
            here: dict[int, tuple[int, int]] = {}
            for part in _parts(element, "tc"):
                place = f"{name}, baris {row + 1}, kolom {column + 1}"
                spans = attribute(child(part, "tcPr", "gridSpan"), "val")
                width = min(max(whole(spans, 1), 1), WIDEST)
                cell, more = self._cell(part, place, (row, column, width))
                arrows += more
                here[column] = (row, column)
                if _continues(part) and column in above and not _filled(cell):
                    here[column] = above[column]
                    first = cells[above[column]]
                    cell = replace(first, rows=row + 1 - first.row)
                cells[here[column]] = cell
                nested += self._nested(part, place)
                column += width
            above = here
        return [Block(called, tuple(cells.values()), tuple(arrows)), *nested]

    def _nested(self, cell: Element, place: str) -> list[Block]:
        inner: list[Block] = []
        for part in _parts(cell, "tbl"):
            inner += self._table(part, place)
        return inner

    def _cell(
        self, part: Element, place: str, at: tuple[int, int, int]
    ) -> tuple[Cell, list[Arrow]]:
        lines = [self._line(paragraph, place) for paragraph in _parts(part, "p")]
        row, column, width = at
        text, numbers = _joined(lines)
        shapes = tuple(shape for line in lines for shape in line.shapes)
        arrows = [arrow for line in lines for arrow in line.arrows]
        return Cell(place, row, column, text, 1, width, numbers, shapes), arrows

    def _line(self, paragraph: Element, place: str) -> _Line:
        line = _Line(place, self._numbering.next(paragraph))
        self._into(line, paragraph)
        line.text = line.text.strip()
        return line

    def _into(self, line: _Line, element: Element) -> None:
        """Add what stands in an element, in reading order, to a line."""
        font = attribute(child(element, "rPr", "rFonts"), "ascii").strip().lower()
        for part in element:
            name = tag(part)
            if name == "t":
                line.text += _seen(part.text or "", font)
            elif name in {"sym", *_BREAKS}:
                line.text += _letters(part)
            elif name in {"del", "moveFrom"}:
                self._delete(part)
            elif name in {"drawing", "pict", "object"}:
                line.draw(part)
            elif name not in _NO_TEXT:
                alternative = name == "AlternateContent"
                self._into(line, _alternative(part) if alternative else part)

    def _delete(self, part: Element) -> None:
        gone = "".join(
            one.text or "" for one in part.iter() if tag(one) in {"delText", "t"}
        )
        if gone.strip():
            self.deleted.append(gone.strip())


class _Line:
    """A paragraph that is being read."""

    def __init__(self, place: str, number: str) -> None:
        self.place = place
        self.number = number
        self.text = ""
        self.shapes: list[Shape] = []
        self.arrows: list[Arrow] = []

    def draw(self, part: Element) -> None:
        """Add the shapes and connectors of a drawing."""
        of = drawn.in_drawing if tag(part) == "drawing" else drawn.in_vml
        shapes, arrows = of(part, self.place)
        self.shapes += shapes
        self.arrows += arrows


def _parts(parent: Element, *wanted: str) -> Iterator[Element]:
    """Yield paragraphs and tables (or rows, cells), looking through wrappers."""
    names = wanted or ("p", "tbl")
    for part in parent:
        if tag(part) in names:
            yield part
        elif tag(part) in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            yield from _parts(part, *wanted)
        elif tag(part) == "AlternateContent":
            yield from _parts(_alternative(part), *wanted)


def _alternative(part: Element) -> Element:
    """Return the first form of what is written twice, for new and old programs."""
    return next(iter(part), part) if len(part) else part


def _filled(cell: Cell) -> bool:
    return bool(cell.text or cell.shapes)


def _continues(cell: Element) -> bool:
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and attribute(merge, "val") in {"", "continue"}


def _letters(part: Element) -> str:
    """Return what an element of a run prints that is no text."""
    if tag(part) in _BREAKS:
        return _BREAKS[tag(part)]
    font, code = attribute(part, "font"), attribute(part, "char").upper()
    known = _SYMBOLS.get(font.strip().lower(), {})
    return known.get(code[-2:], f"[simbol {font} {code}]")


def _seen(text: str, font: str) -> str:
    """Return what letters show in a font of signs, as LibreOffice and old Word store it.

    They keep a sign as the letter of its code, or moved to U+F000 and on.
    """
    known = _SYMBOLS.get(font)
    if known is None:
        return text
    codes = (ord(letter) - (MOVED if ord(letter) >= MOVED else 0) for letter in text)
    signs = (known.get(f"{code:02X}") for code in codes)
    return "".join(sign or letter for sign, letter in zip(signs, text, strict=True))


def _joined(lines: list[_Line]) -> tuple[str, tuple[str, ...]]:
    """Return the text of a cell and the list number of each of its lines."""
    texts: list[str] = []
    numbers: list[str] = []
    for line in lines:
        inner = [part.strip() for part in line.text.split("\n")]
        kept = [part for part in inner if part] or ([""] if line.number else [])
        texts += kept
        numbers += [line.number, *[""] * (len(kept) - 1)] if kept else []
    return "\n".join(texts), tuple(numbers) if any(numbers) else ()


def _paragraphs(run: list[_Line]) -> list[Block]:
    cells = []
    for row, line in enumerate(run):
        text, numbers = _joined([line])
        if text or numbers or line.shapes:
            cells.append(
                Cell(line.place, row, 0, text, 1, 1, numbers, tuple(line.shapes))
            )
    arrows = tuple(arrow for line in run for arrow in line.arrows)
    if not cells and not arrows:
        return []
    name = cells[0].name if cells else run[0].place
    return [Block(name, tuple(cells), arrows)]
