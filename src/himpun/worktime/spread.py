"""How long things took, many times over: the middle, the slow tenth, a fair standard."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ENOUGH = 10
"""So many times a thing must have been done before a new standard is proposed."""
SLOW = Fraction(9, 10)
GRAIN = {"menit": Fraction(15), "hari": Fraction(1, 2)}
"""To what a proposed standard is rounded up, by the unit in which it is measured."""


@dataclass(frozen=True)
class Spread:
    """Lengths summed up: how many, the median, the 90th percentile.

    The percentile is by nearest rank: nine of ten took no longer than this one did.
    """

    count: int
    median: Fraction
    p90: Fraction


def spread(lengths: Iterable[Fraction]) -> Spread | None:
    """Return the spread of lengths of one unit; None when there are none."""
    ordered = sorted(lengths)
    if not ordered:
        return None
    slow = ordered[ceil(SLOW * len(ordered)) - 1]
    return Spread(len(ordered), Fraction(median(ordered)), slow)


def fair_standard(
    standard: Fraction, found: Spread | None, unit: str
) -> Fraction | None:
    """Return the standard that nine of ten keep, when the present one misses by far.

    By far: nine of ten take longer than the standard, or not even half of it. Rounded
    up to the unit's `GRAIN`. None while the standard fits, or was tried less than
    `ENOUGH` times.
    """
    if found is None or found.count < ENOUGH:
        return None
    if standard / 2 < found.p90 <= standard:
        return None
    grain = GRAIN[unit]
    fair = max(ceil(found.p90 / grain), 1) * grain
    return None if fair == standard else fair
