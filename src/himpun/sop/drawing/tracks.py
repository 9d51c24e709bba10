"""Tracks in a channel: which arrow runs beside which, so that no two share a line.

A strand is the part of an arrow that runs along one channel. Strands that pass each
other need different tracks; their order is chosen so that the arrows cross as little
as possible where they turn out of the channel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

_FEW = 6
"""Up to so many strands every order is tried (720 at most)."""
_HEAD_ON = 3.0
"""Two that turn towards each other at one place would have to be pushed apart."""


@dataclass(frozen=True, slots=True)
class Strand:
    """An interval of a channel; a turn is -1, 1 or 0: to which side the arrow goes on.

    -1 is left or up, 1 is right or down, 0 an end of the arrow.
    """

    low: float
    high: float
    low_turn: int
    high_turn: int

    @property
    def ends(self) -> tuple[tuple[float, int], tuple[float, int]]:
        """Each end with its turn."""
        return (self.low, self.low_turn), (self.high, self.high_turn)


@dataclass(frozen=True, slots=True)
class Track:
    """The track of a strand, from 0, among `count` in its part of the channel."""

    number: int
    count: int
    lean: int
    """The sum of the turns of all strands beside each other there."""


def assign(strands: Sequence[Strand], apart: float) -> list[Track]:
    """Return the track of each strand; intervals nearer than `apart` do not share one.

    Numbers grow to the right (upright channel) or downwards (level channel).
    """
    tracks: dict[int, Track] = {}
    for group in _groups(strands, apart):
        order = _best_order([strands[i] for i in group], apart)
        numbers: dict[int, int] = {}
        for i in (group[k] for k in order):
            before = [
                numbers[j] for j in numbers if _beside(strands[i], strands[j], apart)
            ]
            numbers[i] = max(before, default=-1) + 1
        lean = sum(strands[i].low_turn + strands[i].high_turn for i in group)
        count = max(numbers.values()) + 1
        tracks |= {i: Track(numbers[i], count, lean) for i in group}
    return [tracks[i] for i in range(len(strands))]


def _beside(one: Strand, other: Strand, apart: float) -> bool:
    return one.low < other.high + apart and other.low < one.high + apart


def _groups(strands: Sequence[Strand], apart: float) -> Iterator[list[int]]:
    """Yield the strands that run beside each other, directly or through others."""
    order = sorted(range(len(strands)), key=lambda i: (strands[i].low, i))
    group: list[int] = []
    reach = 0.0
    for i in order:
        if group and strands[i].low >= reach + apart:
            yield sorted(group)
            group = []
        reach = max(reach, strands[i].high) if group else strands[i].high
        group.append(i)
    if group:
        yield sorted(group)


def _best_order(strands: Sequence[Strand], apart: float) -> Sequence[int]:
    count = len(strands)
    price = [[_price(p, q, apart) for q in strands] for p in strands]
    if count <= _FEW:
        return min(
            permutations(range(count)),
            key=lambda order: sum(price[i][j] for i, j in combinations(order, 2)),
        )
    order: list[int] = []
    for i in range(count):
        here = sum(price[i][j] for j in order)
        costs = [here]
        for j in order:
            here += price[j][i] - price[i][j]
            costs.append(here)
        order.insert(costs.index(min(costs)), i)
    return order


def _price(first: Strand, second: Strand, apart: float) -> float:
    """Return what it costs to lay `first` before (left of, above) `second`."""
    if not _beside(first, second, apart):
        return 0
    near = apart / 2
    cost = 0.0
    for at, turn in first.ends:
        if turn == 1:
            cost += second.low + near < at < second.high - near
            cost += _HEAD_ON * any(
                abs(at - end) <= near and other == -1 for end, other in second.ends
            )
    for at, turn in second.ends:
        if turn == -1:
            cost += first.low + near < at < first.high - near
    return cost


def spread(
    wanted: Sequence[float], weights: Sequence[float], gap: float
) -> list[float]:
    """Return positions at least `gap` apart in the given order, near those wanted.

    The sum of weighted squares of the moves is least (pool adjacent violators).
    """
    pools: list[tuple[float, float, int]] = []
    for i, (place, weight) in enumerate(zip(wanted, weights, strict=True)):
        pools.append((place - i * gap, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, wa, na), (b, wb, nb) = pools[-2:]
            pools[-2:] = [((a * wa + b * wb) / (wa + wb), wa + wb, na + nb)]
    flat = [value for value, _, count in pools for _ in range(count)]
    return [value + i * gap for i, value in enumerate(flat)]


def clearance(place: float, others: Sequence[float]) -> float:
    """Return the distance from `place` to the nearest of the others."""
    return min((abs(place - other) for other in others), default=float("inf"))
