"""The tables of an uploaded file: each sheet of an XLSX, or the one of a CSV."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath

from himpun.documents import grids
from himpun.documents.grids import NotAccepted, plain
from himpun.documents.grids.model import Cell
from himpun.documents.grids.workbook import MOST_CELLS, letters_of
from himpun.wording import say

from .model import Table
from .writing import LISTS

PREFIX = "Lembar "
DELIMITERS = ";,\t"


def address(sheet: str, row: int, column: int) -> str:
    """Return how people find a cell: "Target!B7"; row and column count from 0."""
    return f"{sheet}!{letters_of(column)}{row + 1}"


def read(content: bytes, filename: str) -> tuple[Table, ...]:
    """Return the tables of an XLSX or CSV; raises NotAccepted with a sentence.

    Cells are named by what a sheet shows: "Target!B7", of a CSV "B7". Comments and the
    list of choices are left out.
    """
    ending = PurePosixPath(filename.lower()).suffix
    if ending == ".csv":
        return (_csv(content),)
    if ending != ".xlsx":
        raise NotAccepted(say("Kirim berkas XLSX atau CSV. Simpan ulang bila perlu."))
    scan = grids.read(content, filename)
    return tuple(
        Table(block.name.removeprefix(PREFIX), block.cells)
        for block in scan.blocks
        if block.name.startswith(PREFIX) and block.name != PREFIX + LISTS
    )


def _csv(content: bytes) -> Table:
    if not content.strip():
        raise NotAccepted(say("Berkas ini kosong. Pilih berkas lain."))
    if len(content) > plain.MOST_BYTES:
        raise NotAccepted(
            say("Berkas CSV ini lebih besar dari 1 MB. Kirim tabelnya saja.")
        )
    text = plain.decoded(content)
    head = text.partition("\n")[0]
    mark = max(DELIMITERS, key=head.count)
    cells: list[Cell] = []
    try:
        for row, line in enumerate(csv.reader(io.StringIO(text), delimiter=mark)):
            cells += [
                Cell(f"{letters_of(column)}{row + 1}", row, column, value.strip())
                for column, value in enumerate(line)
                if value.strip()
            ]
            if len(cells) > MOST_CELLS:
                raise NotAccepted(
                    say("Berkas CSV ini memuat terlalu banyak sel. Kirim sebagian.")
                )
    except csv.Error:
        raise NotAccepted(
            say("Berkas CSV ini rusak. Simpan ulang dari aplikasi lembar kerja.")
        ) from None
    return Table("", tuple(cells))
