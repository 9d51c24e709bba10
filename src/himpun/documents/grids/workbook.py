"""An XLSX as grids: every sheet with its merged cells, drawings and notes.

Cells are read from the XML as they are stored: a library that fills ranges (a merged
A1:XFD1048576 is 17 thousand million cells) would let a small file take all memory.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from himpun.documents.inspecting.refusal import NotAccepted
from himpun.wording import say

from . import shapes as drawn
from .anchors import LAST_COLUMN, LAST_ROW, is_hidden, measures, ranges
from .model import Arrow, Block, Cell, Scan
from .package import DAMAGED, attribute, child, inside, tag, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from .anchors import Measures
    from .package import Package

Place = tuple[int, int]

MOST_CELLS = 20_000
MOST_SHAPES = 4000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Built-in number formats that show a date or time (ECMA-376 part 1, 18.8.30)."""
_CLOCK = frozenset((*range(18, 22), *range(45, 48)))
"""Those of them that show hours and minutes alone."""
_PERCENT = {9: "0%", 10: "0.00%"}
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ELAPSED = 46
_TRUTH = {"1": "TRUE", "0": "FALSE"}
"""What a sheet shows where the file has a digit: TRUE is no figure of 1."""
_HOURS = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_UNIT = re.compile(r'(?:General|[#0.,]+)([ \\]*)"([^"]*)"')
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a day on paper has no zone
_MOST_DAYS = 2_958_465


def read(package: Package) -> Scan:
    """Return the grids of an XLSX; raises NotAccepted for a damaged one."""
    book = package.xml("xl/workbook.xml")
    if book is None:
        raise NotAccepted(DAMAGED)
    parts = package.relations("xl/workbook.xml")
    reader = _Reader(package, book)
    blocks: list[Block] = []
    for sheet in inside(child(book, "sheets"), "sheet"):
        hidden = attribute(sheet, "state") in {"hidden", "veryHidden"}
        part = parts.get(_relation(sheet), "")
        blocks += reader.sheet(part, f"Lembar {attribute(sheet, 'name')}", hidden)
    return Scan(tuple(block for block in blocks if block.cells or block.arrows))


def _relation(element: Element | None) -> str:
    """Return the id of a relation; `r:id` stands beside a plain `id` or `sheetId`."""
    items = () if element is None else element.items()
    return next((v for k, v in items if k.endswith("}id")), "")


class _Reader:
    def __init__(self, package: Package, book: Element) -> None:
        self._package = package
        self._epoch = _EPOCHS[
            attribute(child(book, "workbookPr"), "date1904") in {"1", "true"}
        ]
        strings = package.xml("xl/sharedStrings.xml")
        self._strings = [
            _rich(one)
            for one in (() if strings is None else strings)
            if tag(one) == "si"
        ]
        self._formats = _formats(package.xml("xl/styles.xml"))
        self._count = 0

    def sheet(self, part: str, name: str, hidden: bool) -> list[Block]:  # noqa: FBT001 - one of three plain facts of a sheet
        root = self._package.xml(part)
        if root is None:
            return []
        cells = {_at(c): c for c in self._cells(root, name)}
        for merged in inside(root, "mergeCell"):
            _merge(cells, attribute(merged, "ref"))
        relations = self._package.relations(part)
        arrows: list[Arrow] = []
        for inner in inside(root, "drawing"):
            part = relations.get(_relation(inner), "")
            arrows += self._draw(part, name, cells, measures(root))
        ordered = tuple(cells[place] for place in sorted(cells))
        notes = [
            block
            for target in sorted(relations.values())
            if "comments" in target and target.endswith(".xml")
            for block in self._notes(target, name, hidden)
        ]
        return [Block(name, ordered, tuple(arrows), hidden), *notes]

    def _cells(self, root: Element, sheet: str) -> Iterator[Cell]:
        away = _hidden_columns(root)
        row = -1
        for line in inside(child(root, "sheetData"), "row"):
            row = whole(attribute(line, "r"), row + 2) - 1
            column = -1
            for element in line:
                place = _place(attribute(element, "r"))
                row, column = place or (row, column + 1)
                text = self._value(element)
                if not text:
                    continue
                self._counted()
                if 0 <= row < LAST_ROW and column < LAST_COLUMN:
                    yield Cell(
                        _called(sheet, row, column),
                        row,
                        column,
                        text,
                        hidden=is_hidden(line) or column in away,
                        typed=_is_number(element, text),
                    )

    def _counted(self) -> None:
        """Count a filled cell, also one beyond the sheet's edge; raises NotAccepted."""
        self._count += 1
        if self._count > MOST_CELLS:
            raise NotAccepted(
                say(
                    "Buku kerja ini memuat terlalu banyak sel. Simpan lembar yang "
                    "diperlukan saja, lalu kirim."
                )
            )

    def _value(self, element: Element) -> str:
        kind, value = attribute(element, "t"), child(element, "v")
        stored = (value.text or "").strip() if value is not None else ""
        if kind == "inlineStr":
            return _rich(child(element, "is"))
        if kind == "s":
            at = whole(stored, -1)
            return self._strings[at] if 0 <= at < len(self._strings) else stored
        if not stored:
            formula = child(element, "f")
            return f"={formula.text}" if formula is not None and formula.text else ""
        if kind == "b":
            return _TRUTH.get(stored, stored)
        return stored if kind in {"str", "e", "d"} else self._number(element, stored)

    def _number(self, element: Element, stored: str) -> str:
        style = whole(attribute(element, "s"))
        form = self._formats[style] if 0 <= style < len(self._formats) else ""
        return _shown(stored, form, self._epoch)

    def _draw(
        self, part: str, sheet: str, cells: dict[Place, Cell], sizes: Measures
    ) -> list[Arrow]:
        """Put the shapes of a drawing into the cells that they stand over."""
        arrows: list[Arrow] = []
        merged = [cell for cell in cells.values() if cell.rows * cell.columns > 1]
        drawing = self._package.xml(part)
        anchors = [] if drawing is None else [*_anchors(drawing)]
        if len(anchors) > MOST_SHAPES:
            raise NotAccepted(
                say(
                    "Lembar ini memuat terlalu banyak gambar untuk sebuah SOP. Simpan "
                    "lembar SOP-nya saja, lalu kirim."
                )
            )
        for anchor in anchors:
            area = sizes.area(anchor)
            place = _owner(merged, sizes.middle(area)) if area else (0, 0)
            called = _called(sheet, *place)
            cell = cells.get(place) or Cell(called, *place)
            held = (*place, cell.rows, cell.columns)
            sure = area is not None and sizes.is_over(area, held)
            shapes, more = drawn.in_sheet(anchor, called, scope=part, sure=sure)
            arrows += more
            if shapes:
                cells[place] = replace(cell, shapes=(*cell.shapes, *shapes))
        return arrows

    def _notes(self, part: str, sheet: str, hidden: bool) -> list[Block]:  # noqa: FBT001 - as above
        cells = tuple(
            Cell(f"Komentar {sheet}!{attribute(note, 'ref')}", row, 0, text)
            for row, note in enumerate(inside(self._package.xml(part), "comment"))
            if (text := _rich(child(note, "text")))
        )
        return [Block(f"Komentar {sheet}", cells, hidden=hidden)]


def _is_number(element: Element, shown: str) -> bool:
    """Whether a cell holds a number that is shown as one: no date, no text, no error."""
    if attribute(element, "t") not in {"", "n"} or child(element, "v") is None:
        return False
    try:
        return Decimal(shown.removesuffix("%")).is_finite()
    except InvalidOperation:
        return False


def _at(cell: Cell) -> Place:
    return cell.row, cell.column


def letters_of(column: int) -> str:
    """Return the letters of a column that is counted from 0: "A", "Z", "AA"."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _called(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{letters_of(column)}{row + 1}"


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _merge(cells: dict[Place, Cell], reference: str) -> None:
    """Give the first cell of a merged range its spans; others with text stay."""
    start, _, end = reference.partition(":")
    first, last = _place(start), _place(end or start)
    if first is None or last is None or last < first:
        return
    cell = cells.get(first)
    if cell is not None:
        cells[first] = replace(
            cell,
            rows=last[0] - first[0] + 1,
            columns=max(last[1] - first[1] + 1, 1),
        )


def _owner(merged: list[Cell], place: Place) -> Place:
    """Return the first cell of the merged range that a place lies in, else itself."""
    row, column = place
    for cell in merged:
        inside_rows = cell.row <= row < cell.row + cell.rows
        if inside_rows and cell.column <= column < cell.column + cell.columns:
            return _at(cell)
    return place


def _anchors(drawing: Element) -> Iterator[Element]:
    """Yield the anchors of a drawing, of what is written twice the first."""
    for part in drawing:
        if tag(part) == "AlternateContent":
            yield from next(iter(part), ())
        else:
            yield part


def _hidden_columns(root: Element) -> frozenset[int]:
    return frozenset(
        column for one, columns in ranges(root) if is_hidden(one) for column in columns
    )


def _rich(element: Element | None) -> str:
    """Return the text of a string, its parts joined; phonetic readings are left."""
    if element is None:
        return ""
    texts = [
        part.text or ""
        for holder in element
        if tag(holder) in {"t", "r"}
        for part in ([holder] if tag(holder) == "t" else inside(holder, "t"))
    ]
    lines = "".join(texts).replace("\r\n", "\n").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _formats(styles: Element | None) -> list[str]:
    """Return the number format of each cell style; "date" for those of a date."""
    codes = {
        whole(attribute(one, "numFmtId")): attribute(one, "formatCode")
        for one in inside(styles, "numFmt")
    }
    return [
        _format(number, codes.get(number, _PERCENT.get(number, "")))
        for one in inside(child(styles, "cellXfs"), "xf")
        for number in [whole(attribute(one, "numFmtId"))]
    ]


def _format(number: int, code: str) -> str:
    bare = _NOT_CODE.sub("", code).lower()
    if "general" in bare:
        return code
    if any(letter in bare for letter in "dy"):
        return "date"
    if number == _ELAPSED or _HOURS.search(code):
        return "elapsed"
    if number in _CLOCK or any(letter in bare for letter in "hs"):
        return "time"
    return "date" if number in _DATES else code


def _shown(stored: str, form: str, epoch: datetime) -> str:
    """Return a number as the sheet shows it, as far as that can be told."""
    try:
        number = Decimal(stored)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        return stored.strip()
    if form in {"date", "time", "elapsed"} and 0 < number < _MOST_DAYS:
        return _day(number, form, epoch)
    if form.endswith("%"):
        return f"{_trimmed(number * 100)}%"
    plain = _trimmed(number)
    unit = _UNIT.fullmatch(form.split(";", maxsplit=1)[0])
    return f"{plain}{' ' if unit[1] else ''}{unit[2]}" if unit else plain


def _day(days: Decimal, form: str, epoch: datetime) -> str:
    """Return a number of days as a date, or as hours and minutes."""
    if form == "date":
        return (epoch + timedelta(days=int(days))).date().isoformat()
    return _clock(days if form == "elapsed" else days % 1)


def _clock(days: Decimal) -> str:
    """Return a part of a day as hours, minutes and, where there are any, seconds."""
    seconds = round(days * 24 * 60 * 60)
    hours, rest = divmod(seconds, 3600)
    shown = f"{hours}:{rest // 60:02}"
    return f"{shown}:{rest % 60:02}" if rest % 60 else shown


def _trimmed(number: Decimal) -> str:
    """Return a stored number without the last digits that binary fractions leave."""
    if abs(number.adjusted()) > 20:  # noqa: PLR2004 - beyond any number of a form
        return str(number)
    rounded = round(number, 10)
    return f"{rounded.normalize():f}"
