"""Names of outcomes, placed beside the arrows that leave a decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from .geometry import Box, Connector, Label, Point, Symbol
from .lines import ARROW
from .sheet import Sheet
from .wording import Block, Font, Paragraph, fit

_SIZE = 2.5
_SMALLER = 0.85
_TRIES = 8
_PAD = 0.25
_OFF = 0.45
"""Distance of a name from its arrow."""
_LINE = 0.15
HEAD = 0.75
"""Half the width of an arrow head."""
_WIDEST, _COLUMN = 6.5, 0.95
"""The widest name: so many letters' sizes, or that share of an actor's column."""
_FIRST_PARTS = 4
_SHARES = (0.0, 0.12, 0.25, 0.5, 0.75, 0.88, 1.0)
_BACK = (0.25, 0.5, 0.75, 1.0)
"""How far a name may stand back over the corner of its diamond."""
_LIFTS = (0.0, 1.2, 2.4, 3.6, 4.8)
_NARROWER = (1.0, 0.7, 0.5)
_TALLEST = 30.0
_FAR = 12.0
"""A name farther from its symbol than this would not be read with it."""
_PER_MM = 1.0
_ON_COLUMN = 3.0
_ON_ROW = 8.0
_ON_OWN = 60.0
_COVERED = 10000.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What names should not cover."""

    room: Box
    symbols: Sequence[Symbol]
    connectors: Sequence[Connector]
    columns: Sequence[float]
    rows: Sequence[float]


def place_labels(
    names: Sequence[tuple[Connector, str]], around: Surroundings, sheet: Sheet
) -> tuple[Label, ...]:
    """Place the name of each arrow, those that have one."""
    placed: list[Label] = []
    for connector, name in names:
        if name.strip():
            placed.append(_placed(connector, name, around, placed, sheet))
    return tuple(placed)


def _placed(
    connector: Connector,
    name: str,
    around: Surroundings,
    placed: Sequence[Label],
    sheet: Sheet,
) -> Label:
    """Return the best place; the name is set smaller until it covers nothing."""
    covered = [label.box for label in placed]
    lines = [
        box
        for other in around.connectors
        if other is not connector
        for box in line_boxes(other)
    ]
    best: tuple[float, Box, Block] | None = None
    trials = product(range(_TRIES), _NARROWER)
    for trial, narrower in trials:
        font = sheet.slanted(_SIZE * _SMALLER**trial)
        block = set_name(name, around.columns, font, narrower)
        for box in _spots(connector, block):
            cost = _cost(box, connector, around)
            cost += _COVERED * sum(box.meets(other) for other in [*covered, *lines])
            if best is None or cost < best[0]:
                best = cost, box, block
        if best and best[0] < _COVERED:
            break
    assert best  # noqa: S101 (an arrow has at least one part, a part has spots)
    _, box, block = best
    texts = block.centered(box.center[0], box.top + _PAD)
    return Label(box, texts, connector.source, connector.target)


def set_name(
    name: str, columns: Sequence[float], font: Font, share: float = 1.0
) -> Block:
    """Set the name of an outcome in lines that suit an actor's column."""
    column = columns[1] - columns[0]
    width = max(_WIDEST, _COLUMN * column / _SIZE) * font.size * share
    width = min(width, (columns[-1] - columns[0]) / 2)
    return fit([Paragraph(name)], width, _TALLEST, font)


def name_height(names: Sequence[str], columns: Sequence[float], sheet: Sheet) -> float:
    """Return the height of the tallest of the names of a decision."""
    font = sheet.slanted(_SIZE)
    blocks = [set_name(name, columns, font) for name in names]
    return max((block.height + 2 * _PAD for block in blocks), default=0)


def _spots(connector: Connector, block: Block) -> Iterator[Box]:
    """Yield places on both sides of the first parts of an arrow."""
    wide, tall = block.width + 2 * _PAD, block.height + 2 * _PAD
    for (x, y), (to_x, to_y) in connector.parts[:_FIRST_PARTS]:
        if y == to_y:
            for share in _BACK:
                left = x - share * wide if to_x > x else x - (1 - share) * wide
                yield from _over_and_under(Box(left, y, left + wide, y + tall))
        for share in _SHARES:
            at_x, at_y = x + share * (to_x - x), y + share * (to_y - y)
            if x == to_x:
                top = at_y - share * tall if to_y > y else at_y - (1 - share) * tall
                yield Box(x + _OFF, top, x + _OFF + wide, top + tall)
                yield Box(x - _OFF - wide, top, x - _OFF, top + tall)
            else:
                left = at_x - share * wide if to_x > x else at_x - (1 - share) * wide
                yield from _over_and_under(Box(left, y, left + wide, y + tall))


def _over_and_under(box: Box) -> Iterator[Box]:
    """Yield places over and under a level line that touches the top of `box`."""
    for lift in _LIFTS:
        yield box.moved(0, -box.height - _OFF - lift)
        yield box.moved(0, _OFF + lift)


def _cost(box: Box, connector: Connector, around: Surroundings) -> float:
    """Return how badly a name stands in a place, other arrows apart."""
    x, y = connector.points[0]
    away = max(box.left - x, x - box.right, 0) + max(box.top - y, y - box.bottom, 0)
    own = sum(box.meets(line) for line in line_boxes(connector))
    symbols = sum(symbol.meets(box) for symbol in around.symbols)
    columns = sum(box.left < x < box.right for x in around.columns)
    rows = sum(box.top < y < box.bottom for y in around.rows)
    outside = not around.room.holds(box)
    return (
        away * _PER_MM
        + (away > _FAR) * _COVERED
        + own * _ON_OWN
        + columns * _ON_COLUMN
        + rows * _ON_ROW
        + (symbols + 10 * outside) * _COVERED
    )


def line_boxes(connector: Connector) -> Iterator[Box]:
    """Yield the room that the lines and the head of an arrow take."""
    for one, other in connector.parts:
        yield _around(one, other, _LINE)
    (x, y), (to_x, to_y) = connector.parts[-1]
    length = max(abs(to_x - x) + abs(to_y - y), ARROW)
    back = ARROW / length
    neck = (to_x - back * (to_x - x), to_y - back * (to_y - y))
    yield _around(neck, (to_x, to_y), HEAD)


def _around(one: Point, other: Point, room: float) -> Box:
    return Box(
        min(one[0], other[0]) - room,
        min(one[1], other[1]) - room,
        max(one[0], other[0]) + room,
        max(one[1], other[1]) + room,
    )
