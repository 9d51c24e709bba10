"""The neutral grid: blocks of cells with their text, list numbers and drawn shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ShapeKind = Literal["kapsul", "kotak", "keputusan", "penghubung", "lain"]


@dataclass(frozen=True)
class Shape:
    """A drawn shape and the cell that it stands in.

    `sure` is False where the place on paper cannot be told from the file.
    """

    id: str
    kind: ShapeKind
    name: str
    text: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Arrow:
    """A connector from shape to shape, by their ids; "" where it is not attached."""

    name: str
    start: str
    end: str


@dataclass(frozen=True)
class Cell:
    """One cell at `row` and `column` (from 0) over `rows` and `columns`.

    `text` has a line for each paragraph or line break, `numbers` the automatic list
    number of each line ("" without one; Word keeps them outside the text). `typed`: a
    number of a sheet, with a point before its decimals, and no text that looks like one.
    """

    name: str
    row: int
    column: int
    text: str = ""
    rows: int = 1
    columns: int = 1
    numbers: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    hidden: bool = False
    typed: bool = False


@dataclass(frozen=True)
class Block:
    """A table, a sheet, or a run of paragraphs (one column); hidden ones too."""

    name: str
    cells: tuple[Cell, ...]
    arrows: tuple[Arrow, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Scan:
    """A file: its blocks in the order in which they are read."""

    blocks: tuple[Block, ...]
