"""What must hold on every drawn page, found by measuring its geometry.

Each function returns the faults as sentences, so that a failure names its place.
"""

from collections import Counter
from itertools import combinations, pairwise

from himpun.sop.drawing.flow import actors_of
from himpun.sop.drawing.geometry import (
    PENTAGON_SHOULDER,
    Box,
    Connector,
    Page,
    Symbol,
)
from himpun.sop.drawing.labels import line_boxes
from himpun.sop.drawing.lines import ARROW
from himpun.sop.model import Sop

NEAR = 0.03
APART = 0.2


def all_faults(sop: Sop, pages: list[Page]) -> list[str]:
    found = missing_paths(sop, pages)
    for number, page in enumerate(pages, 1):
        for rule in (
            texts_outside,
            names_astray,
            symbols_astray,
            shared_lines,
            lines_through_symbols,
            ends_off_symbols,
        ):
            found += [f"page {number}: {fault}" for fault in rule(page)]
    return found


def texts_outside(page: Page) -> list[str]:
    """No text leaves its cell, its symbol or its label."""
    rooms = [(cell.name, cell.box, cell.texts) for cell in page.cells]
    rooms += [("name", label.box, label.texts) for label in page.labels]
    rooms += [
        (symbol.shape, symbol.box, [symbol.letter])
        for symbol in page.symbols
        if symbol.letter
    ]
    paper = Box(0, 0, page.width, page.height)
    outside = [
        f"{text.words!r} leaves {name} of {box}"
        for name, box, texts in rooms
        for text in texts
        if not box.holds(text.box)
    ]
    return outside + [
        f"{name} off the page" for name, b, _ in rooms if not paper.holds(b)
    ]


def names_astray(page: Page) -> list[str]:
    """Names of outcomes cover no symbol, no other name and no other arrow."""
    faults = []
    for label in page.labels:
        words = " ".join(text.words for text in label.texts)
        if page.room is None or not page.room.holds(label.box):
            faults.append(f"{words!r} leaves the actors' columns")
        if any(symbol.meets(label.box) for symbol in page.symbols):
            faults.append(f"{words!r} covers a symbol")
        for connector in page.connectors:
            own = (connector.source, connector.target) == (label.source, label.target)
            if not own and any(box.meets(label.box) for box in line_boxes(connector)):
                faults.append(f"{words!r} covers {route(connector)}")
    for one, other in combinations(page.labels, 2):
        if one.box.meets(other.box):
            faults.append(f"names of {one.source} and {other.source} overlap")
    return faults


def symbols_astray(page: Page) -> list[str]:
    """Symbols stand apart, each step's in its own cell."""
    faults = [
        f"{one.step}/{one.actor} overlaps {other.step}/{other.actor}"
        for one, other in combinations(page.symbols, 2)
        if one.box.meets(other.box)
    ]
    cells = {(cell.step, cell.name): cell.box for cell in page.cells if cell.step}
    for symbol in page.symbols:
        room = cells[symbol.step, symbol.actor] if symbol.actor else page.room
        if not room.holds(symbol.box):
            faults.append(f"{symbol.step}/{symbol.actor} leaves its cell")
    return faults


def shared_lines(page: Page) -> list[str]:
    """No two arrows run on the same line, and none turns back on itself."""
    parts = [
        (i, connector, part)
        for i, connector in enumerate(page.connectors)
        for part in connector.parts
    ]
    return [
        f"{route(one)} and {route(other)} share a line near {a[0]}"
        for (i, one, a), (j, other, b) in combinations(parts, 2)
        if overlap(a, b) and not (i == j and a[1] == b[0] and not turns_back(a, b))
    ]


def overlap(a, b) -> bool:
    """Whether two straight parts lie on one line and share more than a point."""
    for along, across in ((0, 1), (1, 0)):
        flat_a = abs(a[0][across] - a[1][across]) < NEAR
        flat_b = abs(b[0][across] - b[1][across]) < NEAR
        if flat_a and flat_b and abs(a[0][across] - b[0][across]) < APART:
            low = max(min(a[0][along], a[1][along]), min(b[0][along], b[1][along]))
            high = min(max(a[0][along], a[1][along]), max(b[0][along], b[1][along]))
            if high - low > NEAR:
                return True
    return False


def turns_back(a, b) -> bool:
    return any((a[1][k] - a[0][k]) * (b[1][k] - b[0][k]) < 0 for k in (0, 1))


def lines_through_symbols(page: Page) -> list[str]:
    """Arrows pass beside symbols and stay in the actors' columns."""
    faults = []
    for connector in page.connectors:
        for one, other in connector.parts:
            line = Box(
                min(one[0], other[0]),
                min(one[1], other[1]),
                max(one[0], other[0]),
                max(one[1], other[1]),
            )
            if not page.room.holds(line):
                faults.append(f"{route(connector)} leaves the actors' columns")
            if abs(one[0] - other[0]) > NEAR and abs(one[1] - other[1]) > NEAR:
                faults.append(f"{route(connector)} is slanting")
            faults += [
                f"{route(connector)} passes through {symbol.step}/{symbol.actor}"
                for symbol in page.symbols
                if inside(symbol, line)
            ]
    return faults


def inside(symbol: Symbol, line: Box, margin: float = NEAR) -> bool:
    """Whether a line enters a symbol deeper than the margin."""
    x, y = symbol.box.center
    half, tall = symbol.box.width / 2 - margin, symbol.box.height / 2 - margin
    dx = max(line.left - x, x - line.right, 0)
    dy = max(line.top - y, y - line.bottom, 0)
    if symbol.shape == "belah-ketupat":
        return dx / half + dy / tall < 1
    if symbol.shape == "kapsul" and dx > half - tall:
        return (dx - half + tall) ** 2 + dy * dy < tall * tall
    if symbol.shape == "segilima":
        shoulder = symbol.box.top + PENTAGON_SHOULDER * symbol.box.height
        slope = (symbol.box.bottom - margin - shoulder) / half
        return (
            dx < half and dy < tall and line.top + slope * dx < shoulder + slope * half
        )
    return dx < half and dy < tall


def ends_off_symbols(page: Page) -> list[str]:
    """Every arrow begins and ends on an outline, with room for its head."""
    faults = []
    for connector in page.connectors:
        faults += [
            f"{route(connector)} ends in the air at {point}"
            for point in (connector.points[0], connector.points[-1])
            if not any(on_outline(symbol, point) for symbol in page.symbols)
        ]
        (x, y), (to_x, to_y) = connector.parts[-1]
        if abs(to_x - x) + abs(to_y - y) < ARROW:
            faults.append(f"{route(connector)} has no room for its head")
    return faults


def on_outline(symbol: Symbol, point) -> bool:
    """Whether a point lies on the outline: inside a little larger, not a smaller one."""
    here = Box(*point, *point)
    return inside(symbol, here, -2 * NEAR) and not inside(symbol, here, 2 * NEAR)


def missing_paths(sop: Sop, pages: list[Page]) -> list[str]:
    """Each target of a step, and each co-actor, has one path that is drawn."""
    drawn = Counter(path for page in pages for path in paths(page))
    letters = arrivals(pages)
    wanted: Counter = Counter()
    faults = []
    for step in sop.langkah:
        chain = [(step.id, actor) for actor in actors_of(step)]
        wanted.update(pairwise(chain))
    entries = {step.id: (step.id, step.penanggung_jawab) for step in sop.langkah}
    for step in sop.langkah:
        last = (step.id, actors_of(step)[-1])
        for target in step.tujuan:
            direct = drawn[last, entries[target]]
            over = [
                letter
                for (start, letter), count in drawn.items()
                if start == last and letters.get(letter) == entries[target]
                for _ in range(count)
            ]
            if direct - wanted[last, entries[target]] + len(over) != 1:
                faults.append(f"{step.id} to {target}: {direct} + {over}")
    faults += [f"{pair} {drawn[pair]}" for pair in wanted if drawn[pair] < 1]
    return faults


def paths(page: Page):
    """Yield start and end of each arrow: (step, actor), or a letter."""
    for connector in page.connectors:
        ends = []
        for point in (connector.points[0], connector.points[-1]):
            touched = [s for s in page.symbols if on_outline(s, point)]
            ends += [
                symbol.letter.words if symbol.letter else (symbol.step, symbol.actor)
                for symbol in touched[:1]
            ]
        yield tuple(ends)


def arrivals(pages: list[Page]) -> dict:
    """Return where each letter leads; a letter that leads to two places leads nowhere."""
    found: dict = {}
    for page in pages:
        for start, end in paths(page):
            if isinstance(start, str):
                found[start] = None if start in found else end
    return found


def crossings(page: Page) -> int:
    """Count where two arrows cross."""
    count = 0
    for one, other in combinations(page.connectors, 2):
        for a in one.parts:
            for b in other.parts:
                count += crosses(a, b) or crosses(b, a)
    return count


def crosses(level, upright) -> bool:
    (x1, y), (x2, y2) = level
    (x, y3), (x3, y4) = upright
    if abs(y - y2) > NEAR or abs(x - x3) > NEAR:
        return False
    return min(x1, x2) < x < max(x1, x2) and min(y3, y4) < y < max(y3, y4)


def route(connector: Connector) -> str:
    return f"{connector.source or connector.letter}->{connector.target}"
