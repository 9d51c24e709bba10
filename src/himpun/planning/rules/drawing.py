"""A pohon kinerja drawn as SVG: what is to be reached at the left, causes to its right.

Boxes are as tall as their words need and as near as they can stand (E. Reingold and
J. Tilford, Tidier Drawings of Trees, 1981, for boxes of unequal size). Only presentation
attributes and classes: the content security policy refuses styles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from himpun.wording import Sentence, joined, say, shown

from .nodes import NODE_WORDS, NodeLevel, children_of, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .nodes import Node

Measure = Callable[..., float]
"""Width of a text at a size: ``measure(text, size, bold=False)``."""
FAMILY = "Liberation Sans, Arimo, Arial, Helvetica, sans-serif"
WIDE, GAP, APART = 276.0, 38.0, 10.0
"""Of a box, between columns, between boxes of a column; all in CSS pixels. Four columns
fill a page of A4 across, and a screen 1366 pixels wide."""
MARGIN, PAD, ARROW, CORNER = 2.0, 10.0, 6.0, 6.0
LEADING = 1.3
SMALL, PLAIN = 11.0, 12.5
INK, SOFT, LINE, PAPER = "#1a1c2b", "#3b3e50", "#5b5e70", "#ffffff"
FILLS = {
    NodeLevel.ULTIMATE: "#c7cfee",
    NodeLevel.INTERMEDIATE: "#e4e8f7",
    NodeLevel.IMMEDIATE: "#f3f5fc",
    NodeLevel.OUTPUT: PAPER,
}


@dataclass(frozen=True)
class Line:
    """A line of a box: its words, size, weight, and the room above it."""

    words: str
    size: float
    bold: bool = False
    above: float = 0.0


@dataclass(frozen=True)
class Box:
    """A node on the sheet."""

    node: Node
    left: float
    top: float
    height: float
    lines: tuple[Line, ...]

    @property
    def middle(self) -> float:
        """The height at which lines meet it."""
        return self.top + self.height / 2


def sheets(nodes: Sequence[Node], measure: Measure) -> list[tuple[Node, str]]:
    """Return one drawing for each root: (root, SVG), in their order."""
    found: list[list[Node]] = []
    for depth, node in in_order(nodes):
        if depth == 0:
            found.append([])
        found[-1].append(node)
    return [(tree[0], _written(layout(tree, measure))) for tree in found]


def layout(tree: Sequence[Node], measure: Measure) -> list[Box]:
    """Place the nodes of one tree, given in their order; the root comes first."""
    words = {node.number: _lines(node, measure) for node in tree}
    heights = {number: _height(lines) for number, lines in words.items()}
    causes = children_of(tree)
    placed: dict[int, _Placed] = {}
    for node in reversed(tree):
        below = [
            placed.pop(child.number)
            for child in causes.get(node.number, ())
            if child.number in placed
        ]
        placed[node.number] = _over(node.number, heights[node.number], below)
    whole = placed[tree[0].number]
    top = min(band.top for band in whole.bands)
    return [
        Box(
            node,
            MARGIN + depth * (WIDE + GAP),
            MARGIN + whole.tops[node.number] - top,
            heights[node.number],
            words[node.number],
        )
        for depth, node in in_order(tree)
    ]


@dataclass
class _Band:
    """From where to where a part of a tree reaches in one column."""

    top: float
    bottom: float


@dataclass
class _Placed:
    """A part of a tree with the place of each box, and its reach by column."""

    root: int
    height: float
    tops: dict[int, float] = field(default_factory=dict)
    bands: list[_Band] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return self.tops[self.root] + self.height / 2

    def move(self, by: float) -> None:
        self.tops = {number: top + by for number, top in self.tops.items()}
        for band in self.bands:
            band.top, band.bottom = band.top + by, band.bottom + by


def _over(number: int, height: float, below: Sequence[_Placed]) -> _Placed:
    """Put a node beside the middle of its causes, which stand close together."""
    made = _Placed(number, height)
    bands: list[_Band] = []
    for part in below:
        pairs = zip(bands, part.bands, strict=False)
        part.move(
            max((done.bottom + APART - next_.top for done, next_ in pairs), default=0)
        )
        made.tops |= part.tops
        for column, band in enumerate(part.bands):
            if column < len(bands):
                bands[column].bottom = band.bottom
            else:
                bands.append(band)
    middle = (below[0].middle + below[-1].middle) / 2 if below else height / 2
    made.tops[number] = middle - height / 2
    made.bands = [_Band(middle - height / 2, middle + height / 2), *bands]
    return made


def _lines(node: Node, measure: Measure) -> tuple[Line, ...]:
    """Return the words of a box: level, condition, indicators, who."""
    room = WIDE - 2 * PAD
    parts: list[tuple[str, float, bool, float]] = [
        (NODE_WORDS[node.level], SMALL, False, 0.0),
        (node.condition, PLAIN, True, 2.0),
    ]
    parts += [
        (joined(["\N{BULLET}", name], " "), SMALL, False, 3.0)
        for name in node.indicators
    ]
    if node.crosscutting:
        owner = node.partner or say("belum disebut")
        parts.append((say("Milik: %(unit)s", unit=owner), SMALL, True, 5.0))
    if node.position:
        parts.append((node.position, SMALL, True, 5.0))
    return tuple(
        Line(words, size, bold, above if first else 0.0)
        for text, size, bold, above in parts
        for first, words in _wrapped(
            str(shown(text, Sentence.reader)), room, size, bold=bold, measure=measure
        )
    )


def _wrapped(
    text: str, room: float, size: float, *, bold: bool, measure: Measure
) -> Iterable[tuple[bool, str]]:
    """Yield (whether it is the first, line) of a text; a long word is cut."""
    line, first = "", True
    for word in _cut(text.split(), room, size, bold=bold, measure=measure):
        longer = f"{line} {word}".strip()
        if line and measure(longer, size, bold=bold) > room:
            yield first, line
            line, first = word, False
        else:
            line = longer
    yield first, line


def _cut(
    words: Iterable[str], room: float, size: float, *, bold: bool, measure: Measure
) -> Iterable[str]:
    for word in words:
        rest = word
        while measure(rest, size, bold=bold) > room:
            end = next(
                n
                for n in range(len(rest) - 1, 0, -1)
                if n == 1 or measure(rest[:n], size, bold=bold) <= room
            )
            yield rest[:end]
            rest = rest[end:]
        yield rest


def _height(lines: Sequence[Line]) -> float:
    return 2 * PAD + sum(line.size * LEADING + line.above for line in lines)


def _written(boxes: Sequence[Box]) -> str:
    wide = max(box.left for box in boxes) + WIDE + MARGIN
    tall = max(box.top + box.height for box in boxes) + MARGIN
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "pohon",
            "width": _number(wide),
            "height": _number(tall),
            "viewBox": f"0 0 {_number(wide)} {_number(tall)}",
            "font-family": FAMILY,
            "aria-hidden": "true",
        },
    )
    at = {box.node.number: box for box in boxes}
    for box in boxes:
        if box.node.parent in at and box is not boxes[0]:
            _draw_cause(svg, at[box.node.parent], box)
    for box in boxes:
        _draw_box(svg, box)
    return tostring(svg, encoding="unicode")


def _draw_cause(svg: Element, effect: Box, cause: Box) -> None:
    """Draw the line from a cause to its effect, with an arrow at the effect."""
    start, end = cause.left, effect.left + WIDE
    turn = (start + end) / 2
    points = [(start, cause.middle), (turn, cause.middle), (turn, effect.middle)]
    points.append((end + ARROW, effect.middle))
    line = {"fill": "none", "stroke": LINE, "stroke-width": "1.5"}
    SubElement(svg, "polyline", {"points": _points(points), **line})
    head = [(end, effect.middle)]
    head += [
        (end + ARROW + 2, effect.middle + half) for half in (-ARROW / 1.5, ARROW / 1.5)
    ]
    SubElement(svg, "polygon", {"points": _points(head), "fill": LINE})


def _draw_box(svg: Element, box: Box) -> None:
    group = SubElement(
        svg, "g", {"class": "kondisi", "data-kondisi": str(box.node.number)}
    )
    shape = {
        "x": _number(box.left),
        "y": _number(box.top),
        "width": _number(WIDE),
        "height": _number(box.height),
        "rx": _number(CORNER),
        "fill": FILLS[box.node.level],
        "stroke": LINE,
        "stroke-width": "1.5",
    }
    if box.node.crosscutting:
        shape["stroke-dasharray"] = "6 4"
    SubElement(group, "rect", shape)
    y = box.top + PAD
    for line in box.lines:
        y += line.above + line.size * LEADING
        words = SubElement(
            group,
            "text",
            {
                "x": _number(box.left + PAD),
                "y": _number(y - line.size * (LEADING - 1)),
                "font-size": _number(line.size),
                "fill": INK if line.bold else SOFT,
            },
        )
        if line.bold:
            words.set("font-weight", "bold")
        words.text = line.words


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
