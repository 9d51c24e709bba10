"""The way of each arrow through the grid of the page: which side, which channels.

The grid has a line through the middle of every row and column and one between each
two of them. Symbols stand where two middle lines cross; everything else is free to
pass. Each arrow takes the cheapest way: short, few bends, few crossings, and not
beside another one. Where exactly several arrows run in one channel is settled later
(`tracks`), so there is always a way.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from .flow import Gate, Link, Spot

Node = tuple[int, int]
"""Column line and row line, from 0; an odd number is the middle of a column or row."""
Route = tuple[Node, ...]

_State = tuple[Node, int]
"""A node and the direction in which it was reached."""

RIGHT, DOWN, LEFT, UP = range(4)
_MOVES = ((1, 0), (0, 1), (-1, 0), (0, -1))
_BACK = {RIGHT: LEFT, DOWN: UP, LEFT: RIGHT, UP: DOWN}

# Costs, in tenths of a millimetre of way.
_BEND = 100
_CROSS = 400
_TOUCH = 140
_ALONG = 25
_SIDE_EXIT = 120
_SIDE_ENTRY = 130
_SIDE_RETURN = 20
_PORT_TAKEN = 160
_OFF_LINE = 240
_GATE_TAKEN = 45
_ROUNDS = 2
_MANY = 40
"""Above so many arrows on one page each is laid once only."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Positions of the lines in tenths of a millimetre, and where symbols stand."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    spots: frozenset[Node]

    @property
    def bottom(self) -> int:
        """The row line of the lower band; that of the upper one is -1."""
        return len(self.ys)

    def length(self, one: Node, other: Node) -> int:
        """Return the distance of two neighbours; a step into a band costs little."""
        if min(one[1], other[1]) < 0 or max(one[1], other[1]) == len(self.ys):
            return 10
        return abs(self.xs[one[0]] - self.xs[other[0]]) + abs(
            self.ys[one[1]] - self.ys[other[1]]
        )


def node_of(spot: Spot) -> Node:
    """Return the node of a symbol."""
    return 2 * spot.column + 1, 2 * spot.row + 1


def find_routes(grid: Grid, links: Sequence[Link]) -> list[Route]:
    """Return the nodes that each link passes, from its start to its end."""
    router = _Router(grid)
    order = sorted(range(len(links)), key=lambda i: (*_urgency(links[i]), i))
    routes: dict[int, Route] = {}
    rounds = 1 if len(links) > _MANY else 1 + _ROUNDS
    for _ in range(rounds):
        before = dict(routes)
        for i in order:
            if i in routes:
                router.note(routes[i], -1)
            routes[i] = router.search(links[i])
            router.note(routes[i], 1)
        if routes == before:
            break
    return [routes[i] for i in range(len(links))]


def _urgency(link: Link) -> tuple[int, int]:
    """Order the links: in the row first, then short ways before long ones."""
    if link.beside:
        return 0, 0
    if isinstance(link.start, Gate) or isinstance(link.end, Gate):
        return 2, 0
    down = link.end.row - link.start.row
    return (1, down) if down > 0 else (3, -down)


class _Router:
    """Finds ways and remembers which are taken."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._edges: Counter[tuple[Node, Node]] = Counter()
        self._straight: Counter[tuple[Node, bool]] = Counter()
        self._bends: Counter[Node] = Counter()
        self._ports: Counter[tuple[Node, int]] = Counter()
        self._gates: Counter[Node] = Counter()

    def note(self, route: Route, times: int) -> None:
        """Take (1) or free (-1) the way of a link."""
        moves = [_direction(a, b) for a, b in pairwise(route)]
        for a, b in pairwise(route):
            self._edges[min(a, b), max(a, b)] += times
        for node, (one, other) in zip(route[1:-1], pairwise(moves), strict=True):
            if one == other:
                self._straight[node, one in {LEFT, RIGHT}] += times
            else:
                self._bends[node] += times
        for node, side in ((route[0], moves[0]), (route[-1], _BACK[moves[-1]])):
            if node in self._grid.spots:
                self._ports[node, side] += times
            else:
                self._gates[node] += times

    def search(self, link: Link) -> Route:
        """Return the cheapest way of a link (A*: the way still to go is a bound)."""
        open_ways = _OpenWays()
        for cost, node, move in self._starts(link):
            for price, after in self._steps(node, move, link):
                bound = self._to_go(after, link)
                open_ways.add(cost + price, bound, (after, move), None)
        while True:
            cost, (node, move) = open_ways.next()
            if self._is_end(node, link):
                return open_ways.way((node, move))
            for turn in range(4):
                if turn == _BACK[move]:
                    continue
                extra = cost + self._turn(node, move, turn)
                for price, after in self._steps(node, turn, link):
                    bound = self._to_go(after, link)
                    open_ways.add(extra + price, bound, (after, turn), (node, move))

    def _to_go(self, node: Node, link: Link) -> int:
        """Return the least length that is left from a node."""
        xs, ys = self._grid.xs, self._grid.ys
        y = ys[min(max(node[1], 0), len(ys) - 1)]
        if isinstance(link.end, Gate):
            return y - ys[0] if link.end.band == "atas" else ys[-1] - y
        end = node_of(link.end)
        return abs(xs[node[0]] - xs[end[0]]) + abs(y - ys[end[1]])

    def _starts(self, link: Link) -> Iterator[tuple[int, Node, int]]:
        if isinstance(link.start, Gate):
            above = link.start.band == "atas"
            row, move = (-1, DOWN) if above else (self._grid.bottom, UP)
            for x in range(len(self._grid.xs)):
                yield self._gates[x, row] * _GATE_TAKEN, (x, row), move
            return
        node = node_of(link.start)
        for move in (DOWN, RIGHT, LEFT):
            cost = self._ports[node, move] * _PORT_TAKEN
            if link.beside:
                cost += _OFF_LINE if move == DOWN else 0
            elif move != DOWN:
                cost += _SIDE_EXIT
            yield cost, node, move

    def _steps(self, node: Node, move: int, link: Link) -> Iterator[tuple[int, Node]]:
        """Yield the next node in a direction with its price, if one may go there."""
        after = (node[0] + _MOVES[move][0], node[1] + _MOVES[move][1])
        in_band = after[1] in {-1, self._grid.bottom}
        free = not in_band and after not in self._grid.spots
        inside = 0 <= after[0] < len(self._grid.xs)
        if inside and (free or (self._is_end(after, link) and (in_band or move != UP))):
            price = self._grid.length(node, after)
            price += self._edges[min(node, after), max(node, after)] * _ALONG
            if in_band:
                price += self._gates[after] * _GATE_TAKEN
            elif not free:
                price += self._entry(after, move, link)
            yield price, after

    def _entry(self, node: Node, move: int, link: Link) -> int:
        cost = self._ports[node, _BACK[move]] * _PORT_TAKEN
        if link.beside:
            return cost + (_OFF_LINE if move == DOWN else 0)
        if move == DOWN:
            return cost
        return cost + (_SIDE_RETURN if _goes_up(link) else _SIDE_ENTRY)

    def _turn(self, node: Node, move: int, turn: int) -> int:
        level = move in {LEFT, RIGHT}
        if turn == move:
            return self._straight[node, not level] * _CROSS + self._bends[node] * _TOUCH
        met = self._straight[node, True] + self._straight[node, False]
        return _BEND + met * _TOUCH

    def _is_end(self, node: Node, link: Link) -> bool:
        if isinstance(link.end, Gate):
            return node[1] == (-1 if link.end.band == "atas" else self._grid.bottom)
        return node == node_of(link.end)


def _goes_up(link: Link) -> bool:
    """Whether the arrow leads to an earlier row, or in from a later page."""
    if isinstance(link.start, Spot) and isinstance(link.end, Spot):
        return link.end.row <= link.start.row
    return isinstance(link.start, Gate) and link.start.band == "bawah"


def _direction(one: Node, other: Node) -> int:
    return _MOVES.index((other[0] - one[0], other[1] - one[1]))


class _OpenWays:
    """The ways begun so far, the most promising first."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Node, int]] = []
        self._best: dict[_State, int] = {}
        self._came: dict[_State, _State | None] = {}

    def add(self, cost: int, bound: int, state: _State, before: _State | None) -> None:
        """Note a way to a state, if it is the cheapest so far."""
        if cost < self._best.get(state, cost + 1):
            self._best[state] = cost
            self._came[state] = before
            heappush(self._heap, (cost + bound, cost, *state))

    def next(self) -> tuple[int, _State]:
        """Take the state that promises the cheapest way."""
        while True:
            _, cost, node, move = heappop(self._heap)
            if cost == self._best[node, move]:
                return cost, (node, move)

    def way(self, last: _State) -> Route:
        """Return the nodes of the way to a state, with the place where it began."""
        states = [last]
        while (before := self._came[states[-1]]) is not None:
            states.append(before)
        (x, y), move = states[-1]
        start = (x - _MOVES[move][0], y - _MOVES[move][1])
        return (start, *(node for node, _ in reversed(states)))
