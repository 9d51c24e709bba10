"""Over which cell of a sheet a drawn shape lies.

An anchor names two corners as cell and offset, or one corner and an extent, or neither
(ECMA-376 part 1, 20.5.2.1, .24 and .33). A shape often begins at the edge of one column
and lies over the next, so the corners alone do not say; widths and heights do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from .package import attribute, child, inside, whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EMU_OF_PIXEL, EMU_OF_POINT = 9525, 12_700
DIGIT = 7
"""Pixels of a digit in the usual font of a sheet, in which widths are counted."""
USUAL_WIDTH, USUAL_HEIGHT = 64 * EMU_OF_PIXEL, 15 * EMU_OF_POINT
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOSTLY = 0.6
"""A shape of which less than this lies over its cell may as well belong to the next."""


class Lane:
    """Where the rows or the columns of a sheet begin, in EMU."""

    def __init__(self, usual: int, own: dict[int, int], count: int) -> None:
        self._usual, self._count = usual, count
        self._places = sorted(own)
        self._more = [0, *accumulate(own[place] - usual for place in self._places)]

    def start(self, place: int) -> int:
        """Return where a row or column begins."""
        return place * self._usual + self._more[bisect_left(self._places, place)]

    def at(self, position: int) -> int:
        """Return the row or column that a position lies in."""
        found = bisect_right(range(self._count), position, key=self.start) - 1
        return max(found, 0)

    def corner(self, place: int, offset: int) -> int:
        """Return the position of a corner; an offset ends at the end of its cell."""
        place = min(place, self._count - 1)
        return min(self.start(place) + offset, self.start(place + 1))


class Span(NamedTuple):
    """From where to where something reaches along rows or columns, in EMU."""

    start: int
    end: int

    def share_in(self, other: Span) -> float:
        """Return how much of it lies in another span, 0 to 1."""
        if self.end <= self.start:
            return 1.0
        common = min(self.end, other.end) - max(self.start, other.start)
        return max(common, 0) / (self.end - self.start)


class Measures(NamedTuple):
    """The heights and widths of a sheet."""

    rows: Lane
    columns: Lane

    def area(self, anchor: Element) -> tuple[Span, Span] | None:
        """Return the rows and columns that an anchor covers; None without a place."""
        at, extent = child(anchor, "from"), child(anchor, "ext")
        position, to = child(anchor, "pos"), child(anchor, "to")
        spans = []
        lanes = ((self.rows, "row", "y", "cy"), (self.columns, "col", "x", "cx"))
        for lane, name, axis, size in lanes:
            if at is not None:
                start = _corner(lane, at, name)
            elif position is not None:
                start = max(whole(attribute(position, axis)), 0)
            else:
                return None
            end = start + max(whole(attribute(extent, size)), 0)
            spans.append(
                Span(start, _corner(lane, to, name) if to is not None else end)
            )
        return spans[0], spans[1]

    def middle(self, area: tuple[Span, Span]) -> tuple[int, int]:
        """Return the cell under the middle of an area."""
        row, column = ((span.start + span.end) // 2 for span in area)
        return self.rows.at(row), self.columns.at(column)

    def is_over(
        self, area: tuple[Span, Span], first: tuple[int, int, int, int]
    ) -> bool:
        """Whether an area lies mostly over a cell: its row, column, rows, columns."""
        row, column, rows, columns = first
        tall = Span(self.rows.start(row), self.rows.start(row + rows))
        wide = Span(self.columns.start(column), self.columns.start(column + columns))
        return min(area[0].share_in(tall), area[1].share_in(wide)) >= MOSTLY


def measures(root: Element) -> Measures:
    """Return the heights and widths that a sheet states."""
    usual = child(root, "sheetFormatPr")
    width = _pixels(attribute(usual, "defaultColWidth"))
    height = _points(attribute(usual, "defaultRowHeight"))
    widths: dict[int, int] = {}
    for one, columns in ranges(root):
        own = _pixels(attribute(one, "width"))
        if is_hidden(one):
            own = 0
        if own is not None:
            widths |= dict.fromkeys(columns, own)
    heights = {}
    for row in inside(child(root, "sheetData"), "row"):
        place = whole(attribute(row, "r")) - 1
        own = 0 if is_hidden(row) else _points(attribute(row, "ht"))
        if own is not None and 0 <= place < LAST_ROW:
            heights[place] = own
    return Measures(
        Lane(USUAL_HEIGHT if height is None else height, heights, LAST_ROW),
        Lane(USUAL_WIDTH if width is None else width, widths, LAST_COLUMN),
    )


def ranges(root: Element) -> list[tuple[Element, range]]:
    """Return the stated ranges of columns (from 0), which ascend and never overlap."""
    found: list[tuple[Element, range]] = []
    end = 0
    for one in inside(child(root, "cols"), "col"):
        first = whole(attribute(one, "min"), 1) - 1
        last = min(whole(attribute(one, "max"), 1), LAST_COLUMN)
        if end <= first < last:
            found.append((one, range(first, last)))
            end = last
    return found


def is_hidden(element: Element) -> bool:
    """Whether a row or range of columns is hidden."""
    return attribute(element, "hidden") in {"1", "true"}


def _corner(lane: Lane, corner: Element | None, name: str) -> int:
    place, offset = child(corner, name), child(corner, f"{name}Off")
    return lane.corner(max(whole(_text(place)), 0), max(whole(_text(offset)), 0))


def _text(element: Element | None) -> str:
    return (element.text or "") if element is not None else ""


def _pixels(width: str) -> int | None:
    """Return a width, stated in digits of the usual font, in EMU."""
    stated = _decimal(width)
    return None if stated is None else round(stated * DIGIT) * EMU_OF_PIXEL


def _points(height: str) -> int | None:
    stated = _decimal(height)
    return None if stated is None else round(stated * EMU_OF_POINT)


def _decimal(text: str) -> float | None:
    """Return a stated length between nothing and what a sheet can show."""
    try:
        stated = float(text)
    except ValueError:
        return None
    return stated if 0 <= stated <= 500 else None  # noqa: PLR2004 - a sheet ends at 255 digits and 409 points
