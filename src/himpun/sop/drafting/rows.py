"""The rows of the flow table gathered into steps, over pages and merged cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from himpun.wording import joined, say

from .columns import Layout, aligned, find, is_number_row, number_in
from .findings import Ledger
from .marks import read_marks
from .source import Arrow, Block, Cell, by_row, is_filled

_SIGNED = re.compile(
    r"NIP\b|\b[0-9]{1,2}\s+[A-Za-z]{3,9}\s+(?:19|20)[0-9]{2}\b", re.IGNORECASE
)
_TOTAL = re.compile(
    "(?:jumlah|total)(?: (?:seluruh|keseluruhan|waktu|jam|hari|menit))*"
)
MOST_ROWS = 3000
MOST_REACHED = 250
"""How many steps one merged cell is followed over; an SOP has no more."""


@dataclass
class Row:
    """A step of the table as it stands: its number and its cells by column."""

    layout: Layout
    position: int
    number: int | None
    number_cell: Cell | None
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    actors: dict[int, list[Cell]] = field(default_factory=dict)
    first_row: int = 0
    last_row: int = 0
    shared: dict[int, int] = field(default_factory=dict)
    """A cell's identity -> the position of the last step that it reaches into."""

    @property
    def place(self) -> str:
        """The step's place in the draft: `langkah.l3`."""
        return f"langkah.l{self.position + 1}"

    def text(self, key: str) -> str:
        """Return the text of a column, a line for each line of its cells."""
        return "\n".join(c.text for c in self.cells.get(key, ()) if c.text.strip())

    def all_cells(self) -> list[Cell]:
        """Return every cell of the step."""
        groups = [*self.cells.values(), *self.actors.values()]
        return [cell for group in groups for cell in group]


@dataclass
class Table:
    """The flow table: its first header, its steps, its arrows, what it covers."""

    layout: Layout
    block: Block
    rows: list[Row]
    arrows: list[Arrow]
    covered: dict[int, range]
    """Position of a block in the source -> rows that belong to the table."""


def gather(blocks: Sequence[Block], ledger: Ledger) -> Table | None:
    """Return the first flow table of a source, continued over its later parts."""
    table: Table | None = None
    for position, block in enumerate(blocks):
        if block.hidden:
            continue
        layouts = find(block)
        if table is None and layouts:
            table = Table(layouts[0], block, [], [], {})
            _read(table, position, block, layouts, ledger)
        elif table is not None and _goes_on(table, block, layouts):
            _read(table, position, block, layouts, ledger)
        elif table is not None and layouts:
            _other(block, 0, ledger)
    return table


def _other(block: Block, begin: int, ledger: Ledger) -> None:
    """Tell of the table of another SOP, which begins in a row of a block."""
    cells = [cell for cell in block.cells if cell.row >= begin and is_filled(cell)]
    ledger.note(
        "D21",
        cells,
        "sumber",
        say(
            "%(name)s memuat tabel kegiatan lain: %(texts)s",
            name=block.name,
            texts="; ".join(f'"{cell.text}"' for cell in cells if cell.text),
        ),
        say("yang dibaca hanya tabel pertama"),
        [say("simpan sebagai berkas tersendiri, lalu baca")],
    )
    for cell in cells:
        ledger.use(cell)


def _goes_on(table: Table, block: Block, layouts: list[Layout]) -> bool:
    """Whether a later block goes on with the table: its first number is the next."""
    layout = aligned(table.layout, layouts[0]) if layouts else table.layout
    if layout is None:
        return False
    begin = layout.first_row + layout.rows if layouts else 0
    rows = by_row(block.cells)
    last = _last_number(table)
    return last is not None and _first_number(rows, layout, begin) == last + 1


def _last_number(table: Table) -> int | None:
    return next((row.number for row in reversed(table.rows) if row.number), None)


def _first_number(
    rows: dict[int, list[Cell]], layout: Layout, begin: int
) -> int | None:
    column = layout.named.get("nomor")
    shown = (
        number_in(cell)
        for row in sorted(r for r in rows if r >= begin)
        if not is_number_row(rows[row])
        for cell in rows[row]
        if column and cell.column == column.first and is_filled(cell)
    )
    return next(shown, None)


def _read(
    table: Table, position: int, block: Block, layouts: list[Layout], ledger: Ledger
) -> None:
    rows = by_row([cell for cell in block.cells if is_filled(cell)])
    headers = {layout.first_row: layout for layout in layouts}
    layout = layouts[0] if layouts else table.layout
    begin = layouts[0].first_row if layouts else 0
    end = skip = begin
    before: int | None = None
    known = len(table.rows)
    for row in sorted(r for r in rows if r >= begin)[:MOST_ROWS]:
        cells = rows[row]
        if row in headers:
            again = _header(table, headers[row], rows, ledger)
            if again is None:
                break
            layout, skip = again, row + again.rows
        if row < skip:
            end, before = row + 1, row
            continue
        if is_number_row(cells):
            _repeat(cells, say("baris nomor kolom"), ledger)
        elif not _step(table, layout, cells, (row, before), ledger) and (
            not _resumes(table, rows, layout, row)
        ):
            break
        _reach(table.rows[known:], row)
        end, before = row + 1, row
    table.covered[position] = range(begin, end)
    table.arrows += block.arrows
    for other in sorted(row for row in headers if row >= end)[:1]:
        _other(block, other, ledger)


def _resumes(
    table: Table, rows: dict[int, list[Cell]], layout: Layout, at: int
) -> bool:
    """Whether a row is a heading between steps: the next number goes on below it."""
    return _first_number(rows, layout, at + 1) == (_last_number(table) or 0) + 1


def _reach(rows: Sequence[Row], at: int) -> None:
    """Note on the steps of a block which of their cells reach into the newest step."""
    if not rows or rows[-1].first_row != at:
        return
    newest = rows[-1]
    for row in rows[-MOST_REACHED:-1]:
        for cell in row.all_cells():
            if cell.row + cell.rows > at:
                row.shared[id(cell)] = newest.position


def _header(
    table: Table, layout: Layout, rows: dict[int, list[Cell]], ledger: Ledger
) -> Layout | None:
    """Return the layout of a repeated header; None for the header of another SOP."""
    if layout is table.layout:
        return layout
    again = aligned(table.layout, layout)
    last = _last_number(table)
    first = _first_number(rows, layout, layout.first_row + layout.rows)
    if again is None or (first and last and first <= last):
        return None
    _repeat(layout.cells, say("judul tabel diulang"), ledger)
    return again


def _repeat(cells: Sequence[Cell], what: str, ledger: Ledger) -> None:
    words = " ".join(f'"{cell.text or next(iter(cell.numbers), "")}"' for cell in cells)
    ledger.note(
        "D02",
        cells,
        "langkah",
        joined([what, words], ": "),
        say("bukan isi SOP"),
        sure=True,
    )
    for cell in cells:
        ledger.use(cell)


def _step(
    table: Table,
    layout: Layout,
    cells: list[Cell],
    at: tuple[int, int | None],
    ledger: Ledger,
) -> bool:
    """Add a row to the table; False where the table has ended before it."""
    column = layout.named.get("nomor")
    number_cell = next((c for c in cells if column and column.holds(c)), None)
    number = number_in(number_cell) if number_cell else None
    if number_cell is not None and number is None:
        return False
    parts = _sorted_in(layout, cells)
    if number is None and _is_total(parts):
        return True  # its cells stay free and are told
    if number is None and not _is_new(table, parts, at):
        return _continue(table, parts, cells, at)
    if number is None and any(_SIGNED.search(cell.text) for cell in cells):
        return False
    last = at[0] + max((c.rows for c in [number_cell] if c), default=1) - 1
    row = Row(layout, len(table.rows), number, number_cell, *parts, at[0], last)
    if number_cell:
        ledger.use(number_cell)
    table.rows.append(row)
    return True


Parts = tuple[dict[str, list[Cell]], dict[int, list[Cell]]]


def _is_new(table: Table, parts: Parts, at: tuple[int, int | None]) -> bool:
    """Whether a row without a number is a step of its own: it has marks or a time."""
    row, _ = at
    if table.rows and row <= table.rows[-1].last_row:
        return False
    named, actors = parts
    marked = any(read_marks(c) for cells in actors.values() for c in cells)
    return "kegiatan" in named and (marked or "waktu" in named)


def _is_total(parts: Parts) -> bool:
    """Whether a row only sums up the times of the others."""
    named, actors = parts
    told = " ".join(cell.text for cell in named.get("kegiatan", ()))
    return bool(_TOTAL.fullmatch(" ".join(told.lower().split()))) and not any(
        read_marks(cell) for cells in actors.values() for cell in cells
    )


def _continue(
    table: Table, parts: Parts, cells: list[Cell], at: tuple[int, int | None]
) -> bool:
    """Add the cells of a row without number to the step above, if they belong to it."""
    row, before = at
    signed = any(_SIGNED.search(cell.text) for cell in cells)
    inside = bool(table.rows) and row <= table.rows[-1].last_row
    if not table.rows or (not inside and (signed or before != row - 1)):
        return False
    named, actors = parts
    if not inside and "kegiatan" in named and not (actors or len(named) > 1):
        return True  # a line of words between two steps: nobody says whose it is
    step = table.rows[-1]
    for key, group in named.items():
        step.cells.setdefault(key, []).extend(group)
    for actor, group in actors.items():
        step.actors.setdefault(actor, []).extend(group)
    return True


def _sorted_in(layout: Layout, cells: list[Cell]) -> Parts:
    """Return the cells of a row by named column and by actor."""
    named: dict[str, list[Cell]] = {}
    actors: dict[int, list[Cell]] = {}
    keys = ("kegiatan", "kelengkapan", "waktu", "output", "ket")
    columns = {key: layout.named[key] for key in keys if key in layout.named}
    for cell in cells:
        key = next((k for k, column in columns.items() if column.holds(cell)), None)
        if key:
            named.setdefault(key, []).append(cell)
            continue
        held = [n for n, actor in enumerate(layout.actors) if actor.holds(cell)]
        group = layout.named.get("pelaksana")
        if not layout.actors and group and group.holds(cell):
            held = [0]
        for actor in held:
            actors.setdefault(actor, []).append(cell)
    return named, actors
