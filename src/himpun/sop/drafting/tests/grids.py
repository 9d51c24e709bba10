"""Grids for tests, of the shape that `source` asks for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    name: str
    row: int
    column: int
    text: str = ""
    rows: int = 1
    columns: int = 1
    numbers: tuple = ()
    shapes: tuple = ()
    hidden: bool = False


@dataclass(frozen=True)
class Block:
    name: str
    cells: tuple
    arrows: tuple = ()
    hidden: bool = False


@dataclass(frozen=True)
class Source:
    blocks: tuple


def grid(*rows, name="Lembar A"):
    """Return a source of one block; a row is its texts from left to right."""
    cells = tuple(
        Cell(f"{name}!{row}-{column}", row, column, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    )
    return Source((Block(name, cells),))


HEADER = (
    ("No", "Kegiatan", "Pelaksana", "", "Mutu Baku", "", "", "Ket"),
    ("", "", "Staf", "Camat", "Kelengkapan", "Waktu", "Output", ""),
)
