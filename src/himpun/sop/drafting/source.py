"""What a draft is read from: grids of cells, described by what they must offer.

`himpun.documents.grids` hands out such values; the two libraries stand side by side
and neither imports the other, so the shape is told here as protocols.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol


class Shape(Protocol):
    """A drawn shape: `kind` is kapsul, kotak, keputusan, penghubung or lain."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def sure(self) -> bool: ...


class Arrow(Protocol):
    """A connector between two shapes, by id; "" where it is not attached."""

    @property
    def name(self) -> str: ...
    @property
    def start(self) -> str: ...
    @property
    def end(self) -> str: ...


class Cell(Protocol):
    """A cell: place (from 0), spans, lines of text, their automatic numbers, shapes."""

    @property
    def name(self) -> str: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def columns(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def numbers(self) -> Sequence[str]: ...
    @property
    def shapes(self) -> Sequence[Shape]: ...
    @property
    def hidden(self) -> bool: ...


class Block(Protocol):
    """A table, a sheet or a run of paragraphs."""

    @property
    def name(self) -> str: ...
    @property
    def cells(self) -> Sequence[Cell]: ...
    @property
    def arrows(self) -> Sequence[Arrow]: ...
    @property
    def hidden(self) -> bool: ...


class Source(Protocol):
    """A file: its blocks in the order in which they are read."""

    @property
    def blocks(self) -> Sequence[Block]: ...


class Line(NamedTuple):
    """One line of a cell, with its place among the cell's lines."""

    cell: Cell
    number: int
    text: str


def lines(cell: Cell) -> Iterator[Line]:
    """Yield the lines of a cell that hold text."""
    for index, text in enumerate(cell.text.split("\n")):
        if text.strip():
            yield Line(cell, index, text.strip())


def by_row(cells: Sequence[Cell]) -> dict[int, list[Cell]]:
    """Return the cells by the row in which they begin, from left to right."""
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell)
    return rows


def is_filled(cell: Cell) -> bool:
    """Whether a cell shows anything: text, an automatic number or a shape."""
    return bool(cell.text.strip() or any(cell.numbers) or cell.shapes)
