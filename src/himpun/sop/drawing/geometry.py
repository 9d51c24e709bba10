"""What stands on a drawn page, in millimetres from the top left corner.

Plain values: the layout makes them, the writer prints them, the tests measure them.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

Point = tuple[float, float]
Shape = Literal["kapsul", "kotak", "belah-ketupat", "segilima"]
"""The symbols of the form; the arrow is a `Connector`."""
Side = Literal["atas", "kanan", "bawah", "kiri"]

ASCENT = 0.905
DESCENT = 0.212
"""Reach of a letter above and below its base line, as a share of its size."""
SLACK = 0.01
"""Rounding that is not a difference."""
PENTAGON_SHOULDER = 0.55
"""Share of a pentagon's height at which its sides begin to run to the point."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The horizontal size."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The vertical size."""
        return self.bottom - self.top

    @property
    def center(self) -> Point:
        """The middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: "Box") -> bool:
        """Say whether `other` lies wholly inside."""
        return (
            self.left - SLACK <= other.left
            and self.top - SLACK <= other.top
            and other.right <= self.right + SLACK
            and other.bottom <= self.bottom + SLACK
        )

    def meets(self, other: "Box") -> bool:
        """Say whether the two share an area."""
        return (
            self.left < other.right - SLACK
            and other.left < self.right - SLACK
            and self.top < other.bottom - SLACK
            and other.top < self.bottom - SLACK
        )

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the same rectangle elsewhere."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text: `x` is its left end, `y` its base line."""

    x: float
    y: float
    words: str
    size: float
    width: float
    bold: bool = False
    italic: bool = False

    @property
    def box(self) -> Box:
        """The room that the line takes."""
        return Box(
            self.x,
            self.y - ASCENT * self.size,
            self.x + self.width,
            self.y + DESCENT * self.size,
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of the page with its texts; `step` names the row of a flow page."""

    name: str
    box: Box
    texts: tuple[Text, ...] = ()
    step: str = ""
    framed: bool = True
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of a step in an actor's column, or an off-page connector.

    A connector between pages (`segilima`) has a letter and no actor; `step` is the
    step it leads to.
    """

    shape: Shape
    box: Box
    step: str
    actor: str = ""
    letter: Text | None = None

    def border(self, side: Side, offset: float) -> Point:
        """Return the point of the outline at `offset` from the middle of a side."""
        x, y = self.box.center
        if side in {"kiri", "kanan"}:
            reach = self._reach_across(abs(offset))
            return (x + reach if side == "kanan" else x - reach), y + offset
        reach = self._reach_along(abs(offset), side)
        return x + offset, (y + reach if side == "bawah" else y - reach)

    def _reach_across(self, offset: float) -> float:
        half, tall = self.box.width / 2, self.box.height / 2
        if self.shape == "belah-ketupat":
            return half * (1 - offset / tall)
        if self.shape == "kapsul":
            return half - tall + sqrt(tall * tall - offset * offset)
        return half

    def _reach_along(self, offset: float, side: Side) -> float:
        half, tall = self.box.width / 2, self.box.height / 2
        if self.shape == "belah-ketupat":
            return tall * (1 - offset / half)
        if self.shape == "segilima" and side == "bawah":
            return tall - self.box.height * (1 - PENTAGON_SHOULDER) * offset / half
        if self.shape == "kapsul" and offset > half - tall:
            return sqrt(tall * tall - (offset - half + tall) ** 2)
        return tall

    def meets(self, box: Box) -> bool:
        """Say whether the outline's inside shares an area with `box`."""
        if not self.box.meets(box):
            return False
        if self.shape != "belah-ketupat":
            return True
        x, y = self.box.center
        dx = max(box.left - x, x - box.right, 0)
        dy = max(box.top - y, y - box.bottom, 0)
        return 2 * dx / self.box.width + 2 * dy / self.box.height < 1


@dataclass(frozen=True, slots=True)
class Connector:
    """An arrow from one symbol to another: a line of upright and level parts.

    `source` and `target` are steps; they are the same step for an arrow to a
    co-actor in the row (`beside`) and for a decision that leads to itself. When the
    target is on another page the arrow ends on (or begins at) a lettered pentagon.
    """

    points: tuple[Point, ...]
    source: str
    target: str
    beside: bool = False
    letter: str = ""

    @property
    def parts(self) -> tuple[tuple[Point, Point], ...]:
        """The straight parts, in the order of the arrow."""
        return tuple(zip(self.points, self.points[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Label:
    """The name of an outcome beside the arrow that leaves a decision."""

    box: Box
    texts: tuple[Text, ...]
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the form; `room` is where arrows and their names may lie."""

    width: float
    height: float
    title: str
    cells: tuple[Cell, ...]
    frames: tuple[Box, ...]
    symbols: tuple[Symbol, ...] = ()
    connectors: tuple[Connector, ...] = ()
    labels: tuple[Label, ...] = ()
    room: Box | None = None
    mark: tuple[Text, ...] = ()
    """The words that say the form is not in force: slanting, behind everything."""
