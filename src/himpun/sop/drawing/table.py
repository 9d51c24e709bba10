"""The table of a flow page: its columns, its head, and the texts of its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Langkah, Sop
from . import content
from .geometry import Box, Cell, Text
from .sheet import MARGIN, PAD, SMALL, WIDTH, Sheet
from .wording import Block, Font, Measure, Paragraph, fit, fit_words

_NUMBER, _TIME, _NOTE = 10.0, 18.0, 22.5
_ACTORS = 140.0
"""The width that the actors' columns share, within the limits below."""
_ACTOR_LEAST, _ACTOR_MOST, _FEW_MOST = 15.0, 24.0, 30.0
_FEW = 3
"""Up to so many actors each may have a wider column."""
_TEXTS = (0.44, 0.28, 0.28)
"""Shares of kegiatan, kelengkapan and output in the rest."""
_TEXTS_LEAST = 112.0
_GROUPS, _LABELS, _NUMBERS = 6.6, 8.6, 5.0
HEAD = _GROUPS + _LABELS + _NUMBERS
"""Height of the table's head."""
_CENTERED = frozenset({"nomor", "waktu"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The left and right edges of the columns, in the order of the form."""

    names: tuple[str, ...]
    edges: tuple[float, ...]
    first_actor: int
    actors: int

    def span(self, first: int, last: int) -> tuple[float, float]:
        """Return the left edge of one column and the right edge of another."""
        return self.edges[first], self.edges[last + 1]

    @property
    def actor_edges(self) -> tuple[float, ...]:
        """The edges of the actors' columns, one more than there are actors."""
        last = self.first_actor + self.actors
        return self.edges[self.first_actor : last + 1]


def sheet_for(sop: Sop, measure: Measure) -> Sheet:
    """Return the sheet: larger than the paper when there are very many actors."""
    fixed = _NUMBER + _TIME + _NOTE + _TEXTS_LEAST
    needed = fixed + len(sop.pelaksana) * _ACTOR_LEAST + 2 * MARGIN
    return Sheet(measure, max(1.0, needed / WIDTH))


def columns_of(sop: Sop, sheet: Sheet) -> Columns:
    """Divide the width of the page."""
    actors = [actor.id for actor in sop.pelaksana]
    most = _FEW_MOST if len(actors) <= _FEW else _ACTOR_MOST
    each = min(max(_ACTORS / len(actors), _ACTOR_LEAST), most)
    rest = sheet.frame.width - _NUMBER - _TIME - _NOTE - each * len(actors)
    activity, needs, yields = (share * rest for share in _TEXTS)
    widths = [_NUMBER, activity, *(each for _ in actors), needs, _TIME, yields, _NOTE]
    edges = [sheet.frame.left]
    for width in widths:
        edges.append(round(edges[-1] + width, 2))
    edges[-1] = sheet.frame.right
    names = ("nomor", "kegiatan", *actors, "kelengkapan", "waktu", "output", "ket")
    return Columns(names, tuple(edges), 2, len(actors))


def head(sop: Sop, sheet: Sheet, columns: Columns, top: float) -> Iterator[Cell]:
    """Yield the cells of the head: groups, columns, column numbers."""
    middle, low, bottom = top + _GROUPS, top + _GROUPS + _LABELS, top + HEAD
    label = sop.label
    last = columns.first_actor + columns.actors - 1
    for first, end, words in (
        (columns.first_actor, last, label.pelaksana.teks),
        (last + 1, last + 3, label.mutu_baku.teks),
    ):
        left, right = columns.span(first, end)
        yield _titled("grup", words, Box(left, top, right, middle), sheet)
    tall = {0: label.nomor, 1: label.kegiatan, last + 4: label.ket}
    below = {
        last + 1: label.kelengkapan,
        last + 2: label.waktu,
        last + 3: label.output,
    }
    for i, actor in enumerate(sop.pelaksana, columns.first_actor):
        below[i] = actor.label
    for i in range(len(columns.names)):
        left, right = columns.span(i, i)
        words = (tall.get(i) or below[i]).teks
        start = top if i in tall else middle
        yield _titled("kolom", words, Box(left, start, right, low), sheet)
        box = Box(left, low, right, bottom)
        number = fit_words(str(i + 1), right - left, _NUMBERS, sheet.font(SMALL))
        yield Cell("nomor-kolom", box, number.in_middle(box), shaded=True)


def _titled(name: str, words: str, box: Box, sheet: Sheet) -> Cell:
    block = fit_words(words, box.width - 1.2, box.height - 0.8, sheet.font(bold=True))
    return Cell(name, box, block.in_middle(box), shaded=True)


@dataclass(frozen=True, slots=True)
class RowTexts:
    """The set texts of one step, not yet placed."""

    step: str
    blocks: tuple[tuple[int, Block], ...]

    @property
    def height(self) -> float:
        """The least height of the row."""
        return max(block.height for _, block in self.blocks) + 2 * PAD

    def cells(self, columns: Columns, box: Box) -> Iterator[Cell]:
        """Yield every cell of the row; `box` spans it from top to bottom."""
        blocks = dict(self.blocks)
        for i, name in enumerate(columns.names):
            left, right = columns.span(i, i)
            cell = Box(left, box.top, right, box.bottom)
            block = blocks.get(i)
            texts: tuple[Text, ...] = ()
            if block and name in _CENTERED:
                texts = block.in_middle(cell)
            elif block:
                texts = block.at(left + PAD, cell.center[1] - block.height / 2)
            yield Cell(name, cell, texts, self.step)


def row_texts(
    sop: Sop, step: Langkah, sheet: Sheet, columns: Columns, most: float
) -> RowTexts:
    """Set the texts of a step; what would be higher than `most` is set smaller."""
    after = columns.first_actor + columns.actors
    words = {
        0: [f"{step.nomor}."],
        1: [step.kegiatan.teks],
        after: content.requirements(step),
        after + 1: [step.waktu.teks],
        after + 2: content.results(sop, step),
        after + 3: [step.ket.teks],
    }
    font = sheet.font()
    blocks = []
    for i, items in words.items():
        left, right = columns.span(i, i)
        room = right - left - 2 * PAD
        blocks.append((i, _set(items, room, most - 2 * PAD, font)))
    return RowTexts(step.id, tuple(blocks))


def _set(items: list[str], width: float, height: float, font: Font) -> Block:
    if len(items) == 1 and " " not in items[0]:
        return fit_words(items[0], width, height, font)
    listed: list[Paragraph] = content.paragraphs(items)
    return fit(listed, width, height, font)
