"""Where everything of a diagram stands: a column for each node, a row for each lane.

A flow to the next column goes straight, or by one bend into another lane; every other
flow leaves upward, runs along a track of its own above all nodes and comes down on its
target. So no flow passes through a shape, and flows meet only where they end in one.
Late ends and artefacts hang under their task. Sizes are those of bpmn.io, in pixels.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .graph import Edge, Graph, Node, Use

_SIZES = {
    "userTask": (100, 80),
    "exclusiveGateway": (50, 50),
    "parallelGateway": (50, 50),
    "startEvent": (36, 36),
    "endEvent": (36, 36),
    "boundaryEvent": (36, 36),
}
_DATA = (36, 50)
_DATA_FROM, _DATA_PITCH = 60, 90
_TIMER_AT = 20
_LEFT, _TOP = 160, 80
_STRIP = 30
"""The strip with the name of the pool, and of a lane."""
_GAP = 60
_TRACK = 24
_MARGIN = 30
_HALF_TASK = 40
_BELOW = 50
_HANGING = 120
"""Room under the tasks for what hangs there, with its name."""
_ASIDE = 20
"""How far beside the middle of a task lines go up and come down."""


class Point(NamedTuple):
    """A place in the diagram, from its left upper corner."""

    x: int
    y: int


@dataclass(frozen=True)
class Box:
    """A rectangle: its left upper corner and its size."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return Point(self.x + self.width // 2, self.y + self.height // 2)

    @property
    def right(self) -> int:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Layout:
    """Places: of the pool, lanes by actor, nodes by id, artefacts by use, and lines."""

    pool: Box
    lanes: dict[str, Box]
    nodes: dict[str, Box]
    data: dict[Use, Box]
    flows: dict[Edge, tuple[Point, ...]]
    associations: dict[Use, tuple[Point, Point]]


def lay_out(graph: Graph, actors: Iterable[str]) -> Layout:
    """Return the places of a graph in a pool with these lanes, from the top down."""
    hanging = _hanging(graph)
    columns = [node for node in graph.nodes if node.id not in hanging]
    tracks = _tracks(graph, [node.id for node in columns])
    left, right = _columns(graph, columns)
    lanes = _lanes(graph, actors, right, above=_TRACK * len({*tracks.values()}))
    nodes: dict[str, Box] = {}
    for node in columns:
        nodes[node.id] = _box(node, left[node.id], _line(graph, lanes[node.lane]))
    for node in graph.nodes:
        if node.id in hanging:
            nodes[node.id] = _under(node, nodes[hanging[node.id]])
    data = _data(graph, nodes)
    height = sum(box.height for box in lanes.values())
    return Layout(
        pool=Box(_LEFT, _TOP, right - _LEFT, height),
        lanes=lanes,
        nodes=nodes,
        data=data,
        flows={
            edge: _route(nodes[edge.source], nodes[edge.target], tracks.get(edge))
            for edge in graph.edges
        },
        associations={use: _tie(use, nodes[use.task], data[use]) for use in graph.uses},
    )


def _hanging(graph: Graph) -> dict[str, str]:
    """Return what has no column but hangs at a task: timers, and the ends they reach."""
    hosts = {node.id: node.host for node in graph.nodes if node.host}
    late = {e.target: hosts[e.source] for e in graph.edges if e.source in hosts}
    return hosts | late


def _tracks(graph: Graph, columns: list[str]) -> dict[Edge, int]:
    """Return the track of every flow that does not go to the next column.

    Tracks are counted from the lowest; flows over a common column never share one.
    """
    place = {node: number for number, node in enumerate(columns)}
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    tracks: dict[Edge, int] = {}
    straight: set[tuple[int, int]] = set()
    for edge in graph.edges:
        if edge.source not in place:
            continue
        way = (place[edge.source], place[edge.target])
        if way[1] == way[0] + 1 and way not in straight:
            straight.add(way)
            continue
        track = 0
        while any(a <= max(way) and min(way) <= b for a, b in taken[track]):
            track += 1
        taken[track].append((min(way), max(way)))
        tracks[edge] = track
    return tracks


def _columns(graph: Graph, columns: list[Node]) -> tuple[dict[str, int], int]:
    """Return the left edge of every node's column, and the right edge of the pool."""
    under: dict[str, int] = defaultdict(int)
    for use in graph.uses:
        under[use.task] += 1
    left: dict[str, int] = {}
    x = _LEFT + 2 * _STRIP + _GAP
    for node in columns:
        left[node.id] = x
        hung = _DATA_FROM + under[node.id] * _DATA_PITCH if under[node.id] else 0
        x += max(_SIZES[node.kind][0], hung) + _GAP
    return left, x


def _lanes(
    graph: Graph, actors: Iterable[str], right: int, *, above: int
) -> dict[str, Box]:
    """Return the lanes; the tracks take the upper part of the first."""
    lanes: dict[str, Box] = {}
    hung = _HANGING if _has_hanging(graph) else 0
    y = _TOP
    for actor in actors:
        x = _LEFT + _STRIP
        height = above + 2 * (_MARGIN + _HALF_TASK) + hung
        lanes[actor] = Box(x, y, right - x, height)
        y, above = y + height, 0
    return lanes


def _has_hanging(graph: Graph) -> bool:
    return bool(graph.uses or any(node.host for node in graph.nodes))


def _line(graph: Graph, lane: Box) -> int:
    """Return the height at which the nodes of a lane stand."""
    hung = _HANGING if _has_hanging(graph) else 0
    return lane.bottom - hung - _MARGIN - _HALF_TASK


def _box(node: Node, left: int, line: int) -> Box:
    width, height = _SIZES[node.kind]
    return Box(left, line - height // 2, width, height)


def _under(node: Node, host: Box) -> Box:
    """Put a timer on the lower edge of its task, and its end below."""
    width, height = _SIZES[node.kind]
    y = host.bottom - height // 2 if node.host else host.bottom + _BELOW
    return Box(host.x + _TIMER_AT - width // 2, y, width, height)


def _data(graph: Graph, nodes: dict[str, Box]) -> dict[Use, Box]:
    places: dict[Use, Box] = {}
    under: dict[str, int] = defaultdict(int)
    for use in graph.uses:
        task = nodes[use.task]
        x = task.x + _DATA_FROM + under[use.task] * _DATA_PITCH
        places[use] = Box(x, task.bottom + _BELOW, *_DATA)
        under[use.task] += 1
    return places


def _route(source: Box, target: Box, track: int | None) -> tuple[Point, ...]:
    if source.middle.x == target.middle.x:
        return (Point(source.middle.x, source.bottom), Point(source.middle.x, target.y))
    if track is None:
        return _onward(source, target)
    up, down = _above(source, _ASIDE), _above(target, -_ASIDE)
    y = _TOP + _MARGIN + track * _TRACK
    return up, Point(up.x, y), Point(down.x, y), down


def _onward(source: Box, target: Box) -> tuple[Point, ...]:
    begin, end = Point(source.right, source.middle.y), Point(target.x, target.middle.y)
    if begin.y == end.y:
        return begin, end
    bend = target.x - _GAP // 2
    return begin, Point(bend, begin.y), Point(bend, end.y), end


def _above(box: Box, aside: int) -> Point:
    """Return where a line meets the upper edge; only tasks have room beside the middle."""
    wide = box.width > 2 * _HALF_TASK
    return Point(box.middle.x + (aside if wide else 0), box.y)


def _tie(use: Use, task: Box, data: Box) -> tuple[Point, Point]:
    """Join a task and an artefact under it, in the direction of the use."""
    x = min(data.middle.x, task.right - 5)
    ends = Point(x, task.bottom), Point(data.middle.x, data.y)
    return ends if use.direction == "keluar" else (ends[1], ends[0])
