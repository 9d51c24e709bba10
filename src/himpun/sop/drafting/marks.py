"""Marks in the columns of actors: typed, ticked, as a character, or drawn."""

from typing import NamedTuple

from .source import Cell

NEUTRAL = frozenset(
    (
        "[]",
        "[ ]",
        "[x]",
        "[v]",
        "v",
        "x",
        "o",
        "√",
        "✓",
        "✔",
        "☑",
        "☒",
        "✗",
        "✘",
        "\N{MULTIPLICATION SIGN}",
        *("ü", "þ"),  # ticks of the font Wingdings, as older files hold them
    )
) | frozenset("●○•⚫⚪*☐\uf0fc\uf0fe")
SIGNS = {
    **dict.fromkeys("▭□■▢▯▬⬜⬛▮◻◼", "kotak"),
    **dict.fromkeys("◇◆⬦⋄♦⟡⬥", "keputusan"),
    **dict.fromkeys("⬭⬬⬮", "kapsul"),
    **dict.fromkeys("⬠⬟☖⌂", "penghubung"),
}
WAYS = {"paraf": "paraf", "mengetahui": "mengetahui", "bersama": "bersama"}


class Mark(NamedTuple):
    """A mark: its symbol ("" for a tick that shows no shape), its way, its cell."""

    kind: str
    way: str
    cell: Cell
    shape: str = ""


def read_marks(cell: Cell) -> list[Mark]:
    """Return the marks of a cell; none when it holds other words or doubtful shapes."""
    drawn = [
        Mark(shape.kind, "", cell, shape.id)
        for shape in cell.shapes
        if shape.sure and shape.kind in {"kapsul", "kotak", "keputusan"}
    ]
    return drawn or [mark for mark in [_typed(cell)] if mark]


def _typed(cell: Cell) -> Mark | None:
    word = "".join(cell.text.lower().split())
    if word in WAYS:
        return Mark("", WAYS[word], cell)
    signs = set(word)
    if word and signs <= SIGNS.keys():
        kinds = {SIGNS[sign] for sign in signs}
        kind = kinds.pop() if len(kinds) == 1 else ""
        return None if kind == "penghubung" else Mark(kind, "", cell)
    return Mark("", "", cell) if word in NEUTRAL else None
