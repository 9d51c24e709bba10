"""Names of outcomes, placed beside the arrows that leave a decision."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from math import inf

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
_STEP = 1.5
_BACK = (0.25, 0.5, 0.75, 1.0)
"""How far a name may stand back over the corner of its diamond."""
_LIFTS = (0.0, 1.2, 2.4, 3.6, 4.8)
_NARROWER = (1.0, 0.7, 0.5)
_TALLEST = 30.0
_AREA = 45.0
_MANY = 60
"""On a page with more arrows than this no smaller size is tried."""
_FAR = 12.0
"""A name farther from its symbol than this would not be read with it."""
_PER_MM = 1.0
_ON_COLUMN = 3.0
_ON_ROW = 8.0
_ON_OWN = 60.0
_COVERED = 10000.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the names of a page should not cover."""

    room: Box
    symbols: Sequence[Symbol]
    columns: Sequence[float]
    rows: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Search:
    """The place looked for: beside `connector`, off what stands near it."""

    connector: Connector
    around: Surroundings
    own: Sequence[Box]
    taken: Sequence[Box]


def place_labels(
    names: Sequence[tuple[Connector, str]], around: Surroundings, sheet: Sheet
) -> tuple[Label, ...]:
    """Place the name of each arrow, those that have one."""
    lines = [list(line_boxes(connector)) for connector, _ in names]
    trials = list(product(range(_TRIES), _NARROWER))
    if len(names) > _MANY:
        trials = trials[:1]
    placed: list[Label] = []
    for i, (connector, name) in enumerate(names):
        if not name.strip():
            continue
        x, y = connector.points[0]
        near = Box(x - _AREA, y - _AREA, x + _AREA, y + _AREA)
        others = chain.from_iterable(lines[:i] + lines[i + 1 :])
        taken = [*others, *(label.box for label in placed)]
        search = _Search(
            connector,
            replace(around, symbols=[s for s in around.symbols if s.box.meets(near)]),
            lines[i],
            [box for box in taken if box.meets(near)],
        )
        blocks = (
            set_name(name, around.columns, sheet.slanted(_SIZE * _SMALLER**n), narrower)
            for n, narrower in trials
        )
        placed.append(_placed(search, blocks))
    return tuple(placed)


def _placed(search: _Search, blocks: Iterable[Block]) -> Label:
    """Return the best place; a name that covers something is set smaller."""
    best: tuple[float, Box, Block] | None = None
    for block in blocks:
        for box in _spots(search.connector, block):
            limit = best[0] if best else inf
            cost = _cost(box, search, limit)
            if cost < limit:
                best = cost, box, block
        if best and best[0] < _COVERED:
            break
    assert best  # noqa: S101 (an arrow has at least one part, a part has spots)
    _, box, block = best
    texts = block.centered(box.center[0], box.top + _PAD)
    return Label(box, texts, search.connector.source, search.connector.target)


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
    for part in connector.parts[:_FIRST_PARTS]:
        (x, y), (to_x, to_y) = part
        if x == to_x:
            for at in _along(y, to_y, tall):
                yield Box(x + _OFF, at, x + _OFF + wide, at + tall)
                yield Box(x - _OFF - wide, at, x - _OFF, at + tall)
            continue
        backward = -wide if to_x > x else wide
        for at in _along(x, to_x, wide):
            yield from _over_and_under(Box(at, y, at + wide, y + tall))
        for share in _BACK:
            at = (x if to_x > x else x - wide) + share * backward
            yield from _over_and_under(Box(at, y, at + wide, y + tall))


def _along(start: float, end: float, size: float) -> Iterator[float]:
    """Yield where a name of this size may begin beside a part, from its start on."""
    steps = int(min(abs(end - start), _FAR) / _STEP)
    for step in range(steps + 1):
        place = step * _STEP
        yield start + place if end > start else start - place - size


def _over_and_under(box: Box) -> Iterator[Box]:
    """Yield places over and under a level line that touches the top of `box`."""
    for lift in _LIFTS:
        yield box.moved(0, -box.height - _OFF - lift)
        yield box.moved(0, _OFF + lift)


def _cost(box: Box, search: _Search, limit: float) -> float:
    """Return how badly a name stands in a place; above `limit` it does not matter."""
    x, y = search.connector.points[0]
    around = search.around
    away = max(box.left - x, x - box.right, 0) + max(box.top - y, y - box.bottom, 0)
    cost = away * _PER_MM
    if away > _FAR or not around.room.holds(box):
        return cost + 2 * _COVERED
    cost += _ON_COLUMN * sum(box.left < x < box.right for x in around.columns)
    cost += _ON_ROW * sum(box.top < y < box.bottom for y in around.rows)
    cost += _ON_OWN * sum(box.meets(line) for line in search.own)
    if cost >= limit:
        return cost
    covers = any(box.meets(other) for other in search.taken) or any(
        symbol.meets(box) for symbol in around.symbols
    )
    return cost + covers * _COVERED


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
