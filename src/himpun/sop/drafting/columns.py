"""Where the flow table stands in a grid, and what each of its columns is."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .source import Block, Cell, by_row, is_filled
from .words import COLUMN_TITLES, NEAR, Match, match, names_activity, spelled

QUALITY = frozenset(("mutu_baku", "kelengkapan", "waktu", "output"))
MOST_HEADER_ROWS = 4
FEWEST_NUMBERS = 4
_NUMBER = re.compile(r"\(?([0-9]{1,3})\)?\s*\.?\)?")


@dataclass(frozen=True)
class Column:
    """A range of grid columns, both ends counted, and the cell that titles it."""

    first: int
    last: int
    title: Cell

    def holds(self, cell: Cell) -> bool:
        """Whether a cell lies in this range, wholly or in part."""
        return cell.column <= self.last and cell.column + cell.columns > self.first


@dataclass(frozen=True)
class Layout:
    """The header of a flow table: its rows, its named columns, its actors' columns."""

    first_row: int
    rows: int
    named: dict[str, Column]
    matches: dict[str, Match]
    actors: tuple[Column, ...]
    cells: tuple[Cell, ...]


def aligned(first: Layout, other: Layout) -> Layout | None:
    """Return a repeated header with its actors in the order of the first.

    None where it names an actor whom the first does not: the table of another SOP.
    """
    titles = [spelled(column.title.text) for column in first.actors]
    if titles == [spelled(column.title.text) for column in other.actors]:
        return other
    found: dict[str, Column] = {}
    for column in other.actors:
        alike = difflib.get_close_matches(spelled(column.title.text), titles, 1, NEAR)
        if not alike or alike[0] in found or titles.count(alike[0]) > 1:
            return None
        found[alike[0]] = column
    nowhere = [Column(-1, -1, column.title) for column in first.actors]
    actors = [
        found.get(title, none) for title, none in zip(titles, nowhere, strict=True)
    ]
    return replace(other, actors=tuple(actors))


def number_in(cell: Cell) -> int | None:
    """Return the whole number that a cell shows, typed or automatic."""
    shown = cell.text.strip() or next((n for n in cell.numbers if n), "")
    found = _NUMBER.fullmatch(shown.strip())
    return int(found[1]) if found else None


def is_number_row(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 ... n."""
    filled = [cell for cell in cells if is_filled(cell)]
    numbers = [number_in(cell) for cell in filled]
    return len(filled) >= FEWEST_NUMBERS and numbers == [*range(1, len(filled) + 1)]


def find(block: Block) -> list[Layout]:
    """Return every header of a flow table in a block, in the order of rows."""
    rows = by_row([cell for cell in block.cells if is_filled(cell)])
    found: list[Layout] = []
    for row in sorted(rows):
        if found and row < found[-1].first_row + found[-1].rows:
            continue
        layout = _layout(rows, row)
        if layout:
            found.append(layout)
    return found


def _layout(rows: dict[int, list[Cell]], start: int) -> Layout | None:
    top = _matched(rows[start])
    keys = {key for _, (key, _) in top}
    if "kegiatan" not in keys:
        return None
    near = [*rows[start], *rows.get(start + 1, [])]
    others = {found.key for _, found in _matched(near)} - {"kegiatan"}
    if len(others) < 2 or not others & (QUALITY | {"pelaksana"}):  # noqa: PLR2004 - one word alone may be a coincidence
        return None
    height = _height(rows, start)
    cells = [cell for row in range(start, start + height) for cell in rows.get(row, [])]
    return _named(start, height, cells)


def _matched(cells: Sequence[Cell]) -> list[tuple[Cell, Match]]:
    """Return the cells that are titles of columns, and what each names."""
    titled = [
        (cell, found)
        for cell in cells
        if (found := match(cell.text.replace("\n", " "), COLUMN_TITLES))
    ]
    if not titled or any(found.key == "kegiatan" for _, found in titled):
        return titled
    named = [(c, Match("kegiatan", guessed=False)) for c in cells if _is_activity(c)]
    return sorted([*titled, *named[:1]], key=lambda one: one[0].column)


def _is_activity(cell: Cell) -> bool:
    return names_activity(cell.text.replace("\n", " "))


def _height(rows: dict[int, list[Cell]], start: int) -> int:
    """Return how many rows the header takes: what its cells span, and its second row."""
    height = 1
    for row in range(start + 1, start + MOST_HEADER_ROWS):
        cells = rows.get(row, [])
        spanned = any(
            cell.rows > row - cell.row
            for above in range(start, row)
            for cell in rows.get(above, [])
            if cell.rows <= MOST_HEADER_ROWS
        )
        if not cells or is_number_row(cells) or not (spanned or _is_second(cells)):
            break
        height = row + 1 - start
    return height


def _is_second(cells: Sequence[Cell]) -> bool:
    """Whether a row names parts of mutu baku and is no row of a step."""
    keys = {found.key for _, found in _matched(cells)}
    return len(keys & QUALITY) > 1 and number_in(cells[0]) is None


def _named(start: int, height: int, cells: list[Cell]) -> Layout:
    top = [cell for cell in cells if cell.row == start]
    named: dict[str, Column] = {}
    matches: dict[str, Match] = {}
    group = next((c for c, found in _matched(top) if found.key == "pelaksana"), None)
    inner = range(group.column, _end(group, top) + 1) if group else range(0)
    for cell, found in _matched(cells):
        in_group = cell.row > start and cell.column in inner
        if found.key not in named and not in_group:
            row = [other for other in cells if other.row == cell.row]
            wide = found.key in {"pelaksana", "mutu_baku"}
            last = _end(cell, row) if wide else cell.column + cell.columns - 1
            named[found.key] = Column(cell.column, last, cell)
            matches[found.key] = found
    actors = _actors(cells, named, inner, start)
    return Layout(start, height, named, matches, actors, tuple(cells))


def _end(cell: Cell, row: Sequence[Cell]) -> int:
    """Return the last column before the next title of the same row."""
    right = [other.column for other in row if other.column > cell.column]
    own = cell.column + cell.columns - 1
    return max(own, min(right) - 1) if right else own


def _actors(
    cells: Sequence[Cell], named: dict[str, Column], inner: range, start: int
) -> tuple[Column, ...]:
    """Return the columns under the title Pelaksana, else those without a known title."""
    below = [c for c in cells if c.row > start and c.column in inner]
    if not below:
        titles = {id(column.title) for column in named.values()}
        quality = [named[key].first for key in QUALITY if key in named]
        left, right = named["kegiatan"].last, min(quality, default=0)
        between = [c for c in cells if left < c.column < right]
        unknown = [c for c in between if id(c) not in titles]
        # "Pelaksana" beside other titles is an actor; alone it is a column of words.
        below = between if unknown else []
    lowest: dict[int, Cell] = {}
    for cell in sorted(below, key=lambda cell: cell.row):
        lowest[cell.column] = cell
    ordered = [lowest[column] for column in sorted(lowest)]
    return tuple(Column(c.column, c.column + c.columns - 1, c) for c in ordered)
