"""The way through the steps: the drawn arrows, else the order of the numbers."""

from himpun.sop.findings import Plain
from himpun.wording import say

from .findings import Ledger
from .marks import Mark, read_marks
from .rows import Row, Table
from .source import Cell

Edges = dict[int, list[int]]


def lead(table: Table, steps: list[Plain], ledger: Ledger) -> None:
    """Give each step its next steps; `steps` belong to the rows of the table."""
    edges, loose = _edges(table)
    for told in loose:
        ledger.note(
            "D15",
            [],
            "langkah",
            say("%(told)s tidak tersambung pada dua simbol", told=told),
            say("tidak dipakai"),
            [say("sambungkan dengan tangan")],
        )
    if not _shows_shapes(table) or not edges:
        _tell_order(table, ledger, drawn=bool(edges))
    for position, (row, step) in enumerate(zip(table.rows, steps, strict=True)):
        if isinstance(step, dict):
            targets = edges.get(position, [])
            if edges and not targets and position < len(steps) - 1:
                _missing_arrow(row, position, ledger)
            _lead_on(step, position, targets, len(steps))
            if step["jenis"] == "keputusan":
                _decide(step, row, position, ledger)
            elif len(targets) > 1:
                _tell_split(row, position, targets, ledger)


def _lead_on(
    step: dict[str, Plain], position: int, targets: list[int], count: int
) -> None:
    last = position == count - 1
    following = targets or ([] if last else [position + 1])
    names = [f"l{target + 1}" for target in following]
    if step["jenis"] == "keputusan":
        branches = names if len(targets) > 1 else []
        step["cabang"] = [{"hasil": None, "ke": name} for name in branches]
        if not branches and names:
            step["cabang"] = [{"hasil": None, "ke": names[0]}]
    elif names:
        step["berikut"] = names[0] if len(names) == 1 else list(names)
    else:
        step["berikut"] = None


def _decide(step: dict[str, Plain], row: Row, position: int, ledger: Ledger) -> None:
    branches = step["cabang"]
    known = len(branches) if isinstance(branches, list) else 0
    cells = _mark_cells(row)
    ledger.note(
        "D14",
        cells,
        f"langkah.l{position + 1}.cabang",
        say(
            "keputusan dengan %(known)s tujuan yang diketahui dan tanpa nama hasil",
            known=known,
        ),
        say("hasil belum diisi"),
        ["Ya", "Tidak"],
    )


def _tell_split(row: Row, position: int, targets: list[int], ledger: Ledger) -> None:
    """Tell of several arrows out of a box: work side by side, or a choice."""
    told = ", ".join(str(target + 1) for target in targets)
    ledger.note(
        "D27",
        _mark_cells(row),
        f"langkah.l{position + 1}.berikut",
        say(
            "panah keluar ke kegiatan %(numbers)s, simbolnya bukan keputusan",
            numbers=told,
        ),
        say("dikerjakan serentak"),
        [say("serentak"), say("jadikan keputusan")],
    )


def _missing_arrow(row: Row, position: int, ledger: Ledger) -> None:
    ledger.note(
        "D15",
        _mark_cells(row),
        f"langkah.l{position + 1}.berikut",
        say("tidak ada panah yang keluar dari simbol baris ini"),
        say("diteruskan ke kegiatan %(number)s menurut urutan", number=position + 2),
        [say("langkah lain")],
    )


def _tell_order(table: Table, ledger: Ledger, *, drawn: bool) -> None:
    missing = say("bentuk simbol") if drawn else say("bentuk simbol atau panah")
    ledger.note(
        "D12",
        [],
        "langkah",
        say(
            "%(missing)s tidak terbaca pada %(name)s",
            missing=missing,
            name=table.block.name,
        ),
        say(
            "kegiatan pertama mulai, terakhir selesai, lainnya proses kecuali yang "
            "jelas keputusan; urutan menurut nomor bila tanpa panah"
        ),
        ["mulai", "proses", "keputusan", "selesai"],
    )


def _marks(row: Row) -> list[Mark]:
    return [m for cells in row.actors.values() for c in cells for m in read_marks(c)]


def _mark_cells(row: Row) -> list[Cell]:
    cells = [mark.cell for mark in _marks(row)]
    return cells or [c for c in [row.number_cell] if c] or row.all_cells()[:1]


def _shows_shapes(table: Table) -> bool:
    marks = [mark for row in table.rows for mark in _marks(row)]
    return bool(marks) and all(mark.kind for mark in marks)


def _edges(table: Table) -> tuple[Edges, list[str]]:
    """Return the arrows from step to step, and the names of those that lead nowhere."""
    shapes = [
        (mark.shape, position)
        for position, row in enumerate(table.rows)
        for mark in _marks(row)
        if mark.shape
    ]
    # Copies of a shape may carry its id on; an arrow then leads to nobody knows which.
    twice = {a for a, at in shapes for b, other in shapes if a == b and at != other}
    steps = {shape: at for shape, at in shapes if shape not in twice}
    edges: Edges = {}
    loose: list[str] = []
    for arrow in table.arrows:
        start, end = steps.get(arrow.start), steps.get(arrow.end)
        if start is None or end is None:
            loose.append(arrow.name)
        elif start != end and end not in edges.setdefault(start, []):
            edges[start].append(end)
    return edges, loose
