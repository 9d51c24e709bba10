"""Reading a block that was copied from a spreadsheet.

Rows are matched by the indicator's code first, then by its name; a block of bare
numbers fills the rows from the cell where it was pasted. Nothing is written here: the
answer is a preview that a person confirms.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal, say

from .states import EDITABLE, EntryState
from .values import NotAValue, read_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

MAX_LETTERS = 100_000
MAX_ROWS = 500
EMPTY = say("Tempelan kosong. Salin dulu baris dari Excel, lalu tempel.")
SEVERAL = say(
    "Ada lebih dari satu angka di baris ini. Salin beserta baris judulnya, atau kolom "
    "realisasinya saja."
)
TOO_WIDE = say(
    "Baris ini lebih panjang daripada judulnya, mungkin karena koma desimal. Tempel "
    "langsung dari Excel."
)

BARE = re.compile(r"\s*[+-]?[\d.,]+\s*%?\s*")
"""A line of nothing but a number: its comma is a decimal mark, not a separator."""

CODE_TITLES = frozenset({"kode", "kode indikator", "code"})
NAME_TITLES = frozenset({"indikator", "nama indikator", "indikator kinerja", "nama"})
VALUE_TITLES = ("realisasi", "nilai", "isian", "actual")


class Kind(StrEnum):
    """What a pasted row would do."""

    NEW = "isian baru"
    CHANGED = "berubah"
    SAME = "sama"
    LOCKED = "terkunci"
    UNMATCHED = "tidak cocok"
    WRONG = "bukan angka"


WRITES = frozenset({Kind.NEW, Kind.CHANGED})


@dataclass(frozen=True)
class Cell:
    """A row of the grid that a paste may fill.

    ``by_hand``: its figure comes from components or is a grade, and is given in its row.
    """

    entry: int
    code: str
    name: str
    state: EntryState
    value: Decimal | None
    decimals: int
    row_version: int
    by_hand: bool = False


@dataclass(frozen=True)
class PastedRow:
    """One pasted line: what it names, what it says, what it would do.

    ``cell`` is the row of the grid that it matches, None when none does; ``text`` is
    the figure as it was pasted.
    """

    kind: Kind
    label: str
    text: str
    cell: Cell | None = None
    value: Decimal | None = None
    remark: str = ""

    @property
    def writes(self) -> bool:
        """Whether the row would change the grid."""
        return self.kind in WRITES

    @property
    def placeable(self) -> bool:
        """Whether a person may still say which row of the grid is meant."""
        digits = any(letter.isdigit() for letter in self.text)
        return self.kind is Kind.UNMATCHED and digits


@dataclass(frozen=True)
class Preview:
    """What a pasted block would do, line by line.

    ``free`` are the rows of the grid that may be typed over and that no line names.
    """

    rows: tuple[PastedRow, ...]
    free: tuple[Cell, ...] = ()

    def count(self, kind: Kind) -> int:
        """Return how many rows are of this kind."""
        return sum(row.kind is kind for row in self.rows)

    @property
    def writing(self) -> tuple[PastedRow, ...]:
        """The rows that would change the grid."""
        return tuple(row for row in self.rows if row.writes)

    @property
    def placing(self) -> bool:
        """Whether a line is left for which a row can be chosen by hand."""
        return bool(self.free) and any(row.placeable for row in self.rows)


def read_block(
    block: str, cells: Sequence[Cell], *, year: int, start: int | None = None
) -> Preview:
    """Return what pasting ``block`` would do to these cells.

    ``year`` picks the column of a table with one for each year; ``start`` is the entry
    in which a block of bare numbers begins, the first one when None. Raises Refusal
    when the block is empty or too large.
    """
    lines = _lines(block)
    if _is_column(lines):
        return _preview(_bare([line.strip() for line in lines], cells, start), cells)
    table = _table(lines)
    titles = _titles(table[0], year)
    taken: set[int] = set()
    rows = table[1:] if titles else table
    return _preview([_named(row, titles, cells, taken) for row in rows], cells)


def _preview(rows: Sequence[PastedRow], cells: Sequence[Cell]) -> Preview:
    named = {row.cell.entry for row in rows if row.cell}
    free = (c for c in cells if c.entry not in named and c.state in EDITABLE)
    return Preview(tuple(rows), tuple(free))


def _lines(block: str) -> list[str]:
    if len(block) > MAX_LETTERS:
        raise Refusal(say("Tempelan terlalu besar. Tempel paling banyak 500 baris."))
    lines = block.removeprefix("\ufeff").rstrip().splitlines()
    if not any(line.strip() for line in lines):
        raise Refusal(EMPTY)
    if len(lines) > MAX_ROWS:
        raise Refusal(say("Tempelan terlalu besar. Tempel paling banyak 500 baris."))
    return lines


def _is_column(lines: Sequence[str]) -> bool:
    """Whether the block is one column of numbers: most of its lines are bare numbers.

    A line that is none is then a wrong cell, and an empty one an empty cell: the cells
    below keep their rows.
    """
    filled = [line for line in lines if line.strip()]
    numbers = sum(bool(BARE.fullmatch(line)) for line in filled)
    return 2 * numbers >= len(filled)


def _table(lines: Sequence[str]) -> list[list[str]]:
    ended = (f"{line}\n" for line in lines)  # a cell of Excel may hold several lines
    rows = csv.reader(ended, delimiter=_delimiter(lines))
    table = [[cell.strip() for cell in row] for row in rows if any(row)]
    if not table:
        raise Refusal(EMPTY)
    return table


def _delimiter(lines: Sequence[str]) -> str:
    for mark in ("\t", ";"):
        if any(mark in line for line in lines):
            return mark
    return ","


@dataclass(frozen=True)
class _Titles:
    code: int | None
    name: int | None
    value: int
    width: int


def _titles(row: Sequence[str], year: int) -> _Titles | None:
    known = [re.sub(r"[\s_]+", " ", cell).strip().casefold() for cell in row]
    code = next((i for i, title in enumerate(known) if title in CODE_TITLES), None)
    name = next((i for i, title in enumerate(known) if title in NAME_TITLES), None)
    value = _value_column(known, year)
    if value is None or (code is None and name is None):
        return None
    return _Titles(code, name, value, len(row))


def _value_column(titles: list[str], year: int) -> int | None:
    for wanted in (*(f"{word} {year}" for word in VALUE_TITLES), *VALUE_TITLES):
        if wanted in titles:
            return titles.index(wanted)
    return None


def _bare(
    texts: list[str], cells: Sequence[Cell], start: int | None
) -> list[PastedRow]:
    order = [cell.entry for cell in cells]
    first = order.index(start) if start in order else 0
    rows = []
    for place, text in enumerate(texts, start=first):
        if place < len(cells):
            rows.append(_row(cells[place], cells[place].name, text))
        else:
            rows.append(_unmatched(text, text))
    return rows


def _named(
    line: Sequence[str],
    titles: _Titles | None,
    cells: Sequence[Cell],
    taken: set[int],
) -> PastedRow:
    cell = _matching(line, titles, cells)
    label = _label(line, titles)
    try:
        text = _figure(line, titles, cell)
    except NotAValue as doubt:
        written = ", ".join(text for text in line if BARE.fullmatch(text))
        return PastedRow(Kind.WRONG, label, written, cell, remark=str(doubt))
    if cell is None:
        return _unmatched(label, text)
    if cell.entry in taken:
        return PastedRow(
            Kind.UNMATCHED,
            label,
            text,
            remark=say("Indikator ini muncul dua kali dalam tempelan."),
        )
    taken.add(cell.entry)
    return _row(cell, cell.name, text)


def _matching(
    line: Sequence[str], titles: _Titles | None, cells: Sequence[Cell]
) -> Cell | None:
    if titles:
        places = [titles.code, titles.name]
        found = [line[i] for i in places if i is not None and i < len(line)]
    else:
        found = list(line)
    words = {_plain(word) for word in found}
    by_code = [cell for cell in cells if _plain(cell.code) in words]
    by_name = [cell for cell in cells if _plain(cell.name) in words]
    return next(iter(by_code or by_name), None) or _nearly(found, cells)


def _nearly(found: Sequence[str], cells: Sequence[Cell]) -> Cell | None:
    """Return the one cell of this name when a remark in brackets is left aside.

    Published tables carry such remarks behind a name; two cells that differ by theirs
    alone are not told apart.
    """
    words = {_unremarked(word) for word in found} - {""}
    near = [cell for cell in cells if _unremarked(cell.name) in words]
    return near[0] if len(near) == 1 else None


def _unremarked(text: str) -> str:
    return _plain(text).partition(" (")[0]


def _figure(line: Sequence[str], titles: _Titles | None, cell: Cell | None) -> str:
    """Return the cell that holds the figure; raises NotAValue when several could."""
    if titles:
        if any(line[titles.width :]):
            raise NotAValue(TOO_WIDE)
        return line[titles.value] if titles.value < len(line) else ""
    own = {_plain(cell.code), _unremarked(cell.name)} if cell else set()
    named = [place for place, text in enumerate(line) if own & _names(text)]
    after = [text for text in line[named[-1] + 1 :] if text] if named else []
    found = after or [text for text in line if text and not own & _names(text)]
    figures = [text for text in found if BARE.fullmatch(text)]
    if cell and len(figures) > 1:
        raise NotAValue(SEVERAL)
    return (figures or found or [""])[-1]


def _label(line: Sequence[str], titles: _Titles | None) -> str:
    if titles:
        place = titles.name if titles.name is not None else titles.code
        return line[place] if place is not None and place < len(line) else ""
    words = [cell for cell in line if cell and not BARE.fullmatch(cell)]
    return max(words, key=len) if words else " ".join(line)


def _names(text: str) -> set[str]:
    return {_plain(text), _unremarked(text)}


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


def _unmatched(label: str, text: str) -> PastedRow:
    return PastedRow(
        Kind.UNMATCHED,
        label,
        text,
        remark=say("Tidak ada indikator dengan kode atau nama ini."),
    )


def _row(cell: Cell, label: str, text: str) -> PastedRow:
    if cell.by_hand:
        why = say("Diisi pada barisnya: komponen atau tingkat tidak ditempel.")
        return PastedRow(Kind.LOCKED, label, text, cell, remark=why)
    try:
        value = read_value(text, decimals=cell.decimals)
    except NotAValue as problem:
        return PastedRow(Kind.WRONG, label, text, cell, remark=str(problem))
    kind = _kind(cell, value)
    remark = ""
    if kind is Kind.LOCKED:
        remark = say("Sudah dikirim atau diterima, tidak diubah.")
    return PastedRow(kind, label, text, cell, value, remark)


def _kind(cell: Cell, value: Decimal | None) -> Kind:
    if value is None or value == cell.value:
        return Kind.SAME
    if cell.state not in EDITABLE:
        return Kind.LOCKED
    return Kind.NEW if cell.value is None else Kind.CHANGED
