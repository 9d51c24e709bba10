"""From ways to lines: the exact course of every arrow of a page, in millimetres.

Channels between columns have the width that the symbols leave. Channels between rows
lie just above the rule and make their row as high as their tracks need.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .flow import Band, Flow, Gate, Link, Spot, gate_of
from .geometry import Point, Side, Symbol
from .routes import Route
from .tracks import Strand, assign, clearance, spread

ARROW = 1.9
"""Length of an arrow head."""
TRACK = 1.5
ARROW_ROOM = ARROW + 0.3
"""Least distance of a track from the symbol that an arrow enters from it."""
_FROM_RULE = 1.2
_FROM_ROW_RULE = 1.4
_ALONE = 2.1
"""Distance of a single track from the rule under it."""
_PORTS = 0.62
"""Share of a symbol's side on which arrows begin and end."""
_PORT_GAP = 2.2
_TRIM = 0.4
_APART = 0.1
_APART_X = 4.0
_APART_Y = 0.8
_STRIP_MOST = 40.0
_NUDGES = (0.0, 0.35, -0.35, 0.7, -0.7, 1.0, -1.0)
_NEAR = 0.6
_SAME = 0.05
_ON_TOP = 2 / 7
"""An arrow may stand so far from the middle of a pentagon, as a share of its width."""
GATE_WIDTH = 7.0
_GATE_GAP = 8.4
_GATE_SHARE = GATE_WIDTH / _GATE_GAP
_MAIN_WEIGHT = 8.0


@dataclass(slots=True)
class Run:
    """A straight part of an arrow. `at` is its x when upright, its y when level.

    `begin` and `end` are row or column lines of the grid, in the arrow's direction.
    """

    link: int
    lane: int
    begin: float
    end: float
    upright: bool
    at: float = 0.0
    before: "Run | None" = None
    after: "Run | None" = None
    fixed: bool = False

    @property
    def in_channel(self) -> bool:
        """Whether the run lies between rows or columns, not in the middle of one."""
        return self.lane % 2 == 0 and not self.fixed


@dataclass(frozen=True, slots=True)
class Across:
    """The actors' columns of the page."""

    edges: tuple[float, ...]
    symbol: float
    """The width of a symbol."""

    def line(self, lane: int) -> float:
        """Return the x of a column line of the grid."""
        if lane % 2:
            return (self.edges[lane // 2] + self.edges[lane // 2 + 1]) / 2
        return self.edges[lane // 2]

    @property
    def gutter(self) -> float:
        """The room beside a symbol, up to the rule."""
        return (self.edges[1] - self.edges[0] - self.symbol) / 2


@dataclass(frozen=True, slots=True)
class Down:
    """The rows of the page: rules between them, middles and heights of the symbols."""

    edges: tuple[float, ...]
    middles: tuple[float, ...]
    symbols: tuple[float, ...]


Heights = Callable[[Sequence[float], float], Down]
"""Makes the rows, given the height of the channel under each and over the first."""


@dataclass(slots=True)
class Course:
    """The runs of all links of a page while their positions are found."""

    flow: Flow
    across: Across
    runs: list[list[Run]]
    gates: dict[int, float] = field(default_factory=dict)
    strips: dict[int, float] = field(default_factory=dict)
    gap: float = _GATE_GAP

    @property
    def gate(self) -> float:
        """The width of a pentagon: narrower when very many stand in one band."""
        return self.gap * _GATE_SHARE

    @property
    def reach(self) -> float:
        """How far from a pentagon's middle an arrow may stand."""
        return self.gate * _ON_TOP


@dataclass(frozen=True, slots=True)
class Drawn:
    """The result: rows, where the pentagons stand, and the runs with positions."""

    across: Across
    down: Down
    gates: Mapping[int, float]
    gate_width: float
    runs: Sequence[Sequence[Run]]


def draw(flow: Flow, routes: Sequence[Route], across: Across, rows: Heights) -> Drawn:
    """Give every run its position and every row its height."""
    runs = [
        _runs(i, link, route)
        for i, (link, route) in enumerate(zip(flow.links, routes, strict=True))
    ]
    course = Course(flow, across, runs)
    _lay_upright(course)
    _place_gates(course)
    levels = _lay_level(course)
    down = rows(
        [course.strips.get(row + 1, 0.0) for row in range(flow.rows)],
        course.strips.get(0, 0.0),
    )
    for run, from_rule in levels:
        run.at = down.edges[run.lane // 2] + from_rule
    _spread_ports(course, down)
    _follow(course)
    _nudge(course)
    return Drawn(across, down, course.gates, course.gate, course.runs)


def strip_height(tracks: int) -> float:
    """Return the height that so many tracks take above a rule."""
    return _ALONE if tracks <= 1 else _FROM_ROW_RULE + (tracks - 1) * _pitch(tracks)


def _pitch(tracks: int) -> float:
    return min(TRACK, _STRIP_MOST / tracks)


def _runs(i: int, link: Link, route: Route) -> list[Run]:
    """Cut a route into its straight runs; ends at symbols are drawn in a little."""
    runs: list[Run] = []
    for (x, y), (to_x, to_y) in pairwise(route):
        upright = x == to_x
        begin, end = (y, to_y) if upright else (x, to_x)
        if runs and runs[-1].upright == upright:
            runs[-1].end = end
        else:
            runs.append(Run(i, x if upright else y, begin, end, upright))
    if isinstance(link.start, Spot):
        runs[0].begin += _TRIM if runs[0].end > runs[0].begin else -_TRIM
    if isinstance(link.end, Spot):
        runs[-1].end += _TRIM if runs[-1].end < runs[-1].begin else -_TRIM
    _mark_stub(link.start, runs[0])
    _mark_stub(link.end, runs[-1])
    _chain(runs)
    return runs


def _mark_stub(place: Spot | Gate, run: Run) -> None:
    """A run that only steps from a channel into a band has no track of its own."""
    run.fixed = run.fixed or (isinstance(place, Gate) and abs(run.end - run.begin) <= 1)


def _chain(runs: Sequence[Run]) -> None:
    for one, other in pairwise(runs):
        one.after, other.before = other, one


def _toward(here: float, there: float) -> int:
    return 1 if there > here else -1


def _strand(run: Run, begin: float, end: float) -> Strand:
    """Describe a run for the choice of its track."""
    before = run.before and _toward(run.before.end, run.before.begin)
    after = run.after and _toward(run.after.begin, run.after.end)
    ends = sorted([(begin, before or 0), (end, after or 0)])
    return Strand(ends[0][0], ends[1][0], ends[0][1], ends[1][1])


def _by_lane(runs: Iterable[Run]) -> list[tuple[int, list[Run]]]:
    lanes: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        lanes[run.lane].append(run)
    return sorted(lanes.items())


def _all(course: Course, *, upright: bool) -> list[Run]:
    return [run for runs in course.runs for run in runs if run.upright == upright]


def _lay_upright(course: Course) -> None:
    """Give the upright runs their x: tracks between columns, else the middle."""
    for lane, runs in _by_lane(_all(course, upright=True)):
        for run in runs:
            run.at = course.across.line(lane)
        tracked = [run for run in runs if run.in_channel]
        strands = [_strand(run, run.begin, run.end) for run in tracked]
        for run, track in zip(tracked, assign(strands, _APART), strict=True):
            places = _beside_rule(course.across, lane, track.count, track.lean)
            run.at += places[track.number]


def _beside_rule(across: Across, lane: int, count: int, lean: int) -> list[float]:
    """Return the places of so many tracks beside a rule, as distances from it."""
    left = count // 2 + (count % 2 and lean >= 0)
    if lane == 0:
        left = 0
    elif lane == 2 * (len(across.edges) - 1):
        left = count
    right = count - left
    far = across.gutter - ARROW_ROOM
    near = min(_FROM_RULE, far / 2)
    pitch = min(TRACK, (far - near) / max(left - 1, right - 1, 1))
    return [
        *(-near - pitch * k for k in reversed(range(left))),
        *(near + pitch * k for k in range(right)),
    ]


def _place_gates(course: Course) -> None:
    """Place the off-page connectors of each band, and lead their arrows there."""
    for band in ("atas", "bawah"):
        gates = [
            (link, runs[0] if isinstance(link.start, Gate) else runs[-1])
            for link, runs in zip(course.flow.links, course.runs, strict=True)
            if _gate_of(link, band)
        ]
        gates.sort(key=lambda gate: (gate[1].at, _far_end(*gate), gate[1].link))
        wanted = [run.at for _, run in gates]
        weights = [_MAIN_WEIGHT if run.lane % 2 else 1.0 for _, run in gates]
        places = _within(course, wanted, weights)
        for (link, run), place in zip(gates, places, strict=True):
            course.gates[run.link] = place
            _lead(course, link, run)


def _gate_of(link: Link, band: str) -> Gate | None:
    for place in (link.start, link.end):
        if isinstance(place, Gate) and place.band == band:
            return place
    return None


def _far_end(link: Link, run: Run) -> float:
    """Return where the arrow comes from or goes to, to order those at one place."""
    if isinstance(link.start, Gate):
        return run.after.end if run.after else run.lane
    return run.before.begin if run.before else run.lane


def _within(
    course: Course, wanted: Sequence[float], weights: Sequence[float]
) -> list[float]:
    """Return where the pentagons of a band stand, in order and beside each other."""
    low, high = _bounds(course.across)
    gap = min(_GATE_GAP, (high - low) / max(len(wanted) - 1, 1))
    course.gap = min(course.gap, gap)
    places = spread(wanted, weights, gap)
    last = len(places) - 1
    places = [min(place, high - (last - i) * gap) for i, place in enumerate(places)]
    return [max(place, low + i * gap) for i, place in enumerate(places)]


def _bounds(across: Across) -> tuple[float, float]:
    """Return where the first and the last pentagon of a band may stand."""
    margin = GATE_WIDTH / 2 + 1
    return across.edges[0] + margin, across.edges[-1] - margin


def _lead(course: Course, link: Link, run: Run) -> None:
    """Join the run that comes to a band with the pentagon there, by a jog if needed."""
    place = course.gates[run.link]
    above = _gate_of(link, "atas") is not None
    if run.fixed:
        run.at = place
        return
    if abs(run.at - place) <= (_SAME if above else course.reach):
        return
    level = 0 if above else 2 * course.flow.rows
    runs = course.runs[run.link]
    stub = Run(run.link, run.lane, level, level, upright=True, at=place, fixed=True)
    jog = Run(run.link, level, run.at, place, upright=False)
    if isinstance(link.start, Gate):
        stub.begin, run.begin = run.begin, level
        jog.begin, jog.end = place, run.at
        runs[:0] = [stub, jog]
    else:
        stub.end, run.end = run.end, level
        runs += [jog, stub]
    _chain(runs)


def _lay_level(course: Course) -> list[tuple[Run, float]]:
    """Choose the tracks between rows; return each run's distance from its rule."""
    placed: list[tuple[Run, float]] = []
    for lane, runs in _by_lane(_all(course, upright=False)):
        if lane % 2:
            continue
        strands = [_strand(run, *_reach(run)) for run in runs]
        tracks = assign(strands, _APART_X)
        course.strips[lane // 2] = max(strip_height(track.count) for track in tracks)
        for run, track in zip(runs, tracks, strict=True):
            step = track.number * _pitch(track.count)
            top = strip_height(track.count)
            placed.append((run, _FROM_ROW_RULE + step if lane == 0 else step - top))
    return placed


def _reach(run: Run) -> tuple[float, float]:
    """Return where a level run begins and ends, from the runs it joins."""
    begin = run.before.at if run.before else run.begin
    end = run.after.at if run.after else run.end
    return begin, end


def _spread_ports(course: Course, down: Down) -> None:
    """Set apart the runs that share the middle of a column or row."""
    across = course.across
    for run in _all(course, upright=False):
        if run.lane % 2:
            run.at = down.middles[run.lane // 2]
    for _, runs in _by_lane(_all(course, upright=True)):
        middle = [run for run in runs if run.lane % 2 and not run.fixed]
        strands = [_strand(run, *_upright_reach(run, down)) for run in middle]
        _set_apart(middle, strands, across.symbol)
    for lane, runs in _by_lane(_all(course, upright=False)):
        if lane % 2:
            strands = [_strand(run, *_level_reach(run, across)) for run in runs]
            _set_apart(runs, strands, down.symbols[lane // 2])


def _set_apart(runs: Sequence[Run], strands: Sequence[Strand], side: float) -> None:
    for run, track in zip(runs, assign(strands, _APART_Y), strict=True):
        gap = min(_PORT_GAP, _PORTS * side / track.count)
        run.at += (track.number - (track.count - 1) / 2) * gap


def _upright_reach(run: Run, down: Down) -> tuple[float, float]:
    def end(joined: Run | None, line: float) -> float:
        if joined:
            return joined.at
        if not 0 <= line <= 2 * len(down.middles):
            return down.edges[0] - 2 if line < 0 else down.edges[-1] + 2
        row = int(line) // 2
        half = down.symbols[row] / 2
        return down.middles[row] + (half if line > 2 * row + 1 else -half)

    return end(run.before, run.begin), end(run.after, run.end)


def _level_reach(run: Run, across: Across) -> tuple[float, float]:
    def end(joined: Run | None, line: float) -> float:
        if joined:
            return joined.at
        column = int(line) // 2
        half = across.symbol / 2
        return across.line(2 * column + 1) + (half if line > 2 * column + 1 else -half)

    return end(run.before, run.begin), end(run.after, run.end)


def _follow(course: Course) -> None:
    """Move a pentagon to the arrow that comes straight to it, if there is room."""
    for i in course.gates:
        link, runs = course.flow.links[i], course.runs[i]
        run = runs[0] if isinstance(link.start, Gate) else runs[-1]
        band = gate_of(link).band
        others = [
            other
            for j, other in course.gates.items()
            if j != i and gate_of(course.flow.links[j]).band == band
        ]
        low, high = _bounds(course.across)
        room = clearance(run.at, others) >= course.gate + _NEAR
        if room and not run.fixed:
            course.gates[i] = min(max(run.at, low), high)


def _nudge(course: Course) -> None:
    """Move the last part before a pentagon off the arrows of others."""
    for i, link in enumerate(course.flow.links):
        for run in course.runs[i]:
            if not run.fixed:
                continue
            band: Band = "atas" if _gate_of(link, "atas") else "bawah"
            level = 0 if band == "atas" else 2 * course.flow.rows
            others = [
                other.at
                for other in _all(course, upright=True)
                if other.link != i and level in {other.begin, other.end}
            ]
            moves = [move * course.reach for move in _NUDGES]
            run.at += max(
                moves, key=lambda move: min(clearance(run.at + move, others), _NEAR)
            )


def points_of(runs: Sequence[Run], first: Symbol, last: Symbol) -> tuple[Point, ...]:
    """Return the corners of an arrow, its ends on the outlines of its symbols."""
    points = [_touch(first, runs[0], _leaves(runs[0]))]
    for one, other in pairwise(runs):
        points.append((one.at, other.at) if one.upright else (other.at, one.at))
    points.append(_touch(last, runs[-1], _enters(runs[-1])))
    return tuple((round(x, 2), round(y, 2)) for x, y in points)


def _touch(symbol: Symbol, run: Run, side: Side) -> Point:
    x, y = symbol.box.center
    return symbol.border(side, run.at - (x if run.upright else y))


def _leaves(run: Run) -> Side:
    if run.upright:
        return "bawah" if run.end > run.begin else "atas"
    return "kanan" if run.end > run.begin else "kiri"


def _enters(run: Run) -> Side:
    opposite: dict[Side, Side] = {
        "bawah": "atas",
        "atas": "bawah",
        "kanan": "kiri",
        "kiri": "kanan",
    }
    return opposite[_leaves(run)]
