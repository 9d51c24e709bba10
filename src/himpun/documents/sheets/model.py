"""A sheet to write, and the table that is read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from himpun.documents.grids import Cell

Value = Decimal | int | str | date | None


class Drawn(Enum):
    """What the check of a column lets through; ANY: words as well as numbers."""

    ANY = "any"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it takes, a hint, the words to choose from."""

    title: str
    drawn: Drawn = Drawn.ANY
    choices: tuple[str, ...] = ()
    hint: str = ""
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A sheet to write; rows have a value for each column, None for an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    spare: int = 200
    """Empty rows below that the checks and drop-downs cover as well."""


@dataclass(frozen=True)
class Table:
    """A sheet that was read; its name is empty for a CSV, which has none."""

    name: str
    cells: tuple[Cell, ...]
