"""Which periods stand beside each other in a table of capaian, and their picture."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun.worktime.periods import LENGTH, Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Sequence

YEARS = 5
TREND = 8


def periods_beside(period: Period) -> tuple[Period, ...]:
    """Return the columns of a table: the year's periods of this kind up to this one.

    A year stands beside the four years before it (PermenPANRB 53/2014: compared with
    the last years).
    """
    if period.kind is PeriodKind.YEAR:
        first = period.year - YEARS + 1
        return tuple(Period(period.kind, first + n) for n in range(YEARS))
    return tuple(
        Period(period.kind, period.year, number)
        for number in range(1, 12 // LENGTH[period.kind] + 1)
        if number <= period.number
    )


def trend_periods(period: Period) -> tuple[Period, ...]:
    """Return the last periods of this kind up to this one, oldest first."""
    count = YEARS if period.kind is PeriodKind.YEAR else TREND
    found = [period]
    while len(found) < count:
        found.append(found[-1].before())
    return tuple(reversed(found))


@dataclass(frozen=True)
class Point:
    """A place on the chart: its period's code, its value, and where it is drawn."""

    code: str
    value: Decimal | None
    x: int
    y: int


@dataclass(frozen=True)
class Chart:
    """A line of means on a picture of `WIDTH` by `HEIGHT`; ``full`` is the 100 % line."""

    points: tuple[Point, ...]
    line: str
    full: int


WIDTH, HEIGHT, EDGE = 360, 170, 24
FULL = Decimal(100)


def chart(values: Sequence[tuple[str, Decimal | None]]) -> Chart | None:
    """Return where to draw the means of periods; None when fewer than two have one."""
    known = [value for _code, value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    low = min([*known, FULL]) - 5
    high = max([*known, FULL]) + 5

    def y(value: Decimal) -> int:
        return int(HEIGHT - EDGE - (value - low) / (high - low) * (HEIGHT - 2 * EDGE))

    step = (WIDTH - 2 * EDGE) // (len(values) - 1)
    points = tuple(
        Point(code, value, EDGE + i * step, y(value) if value is not None else 0)
        for i, (code, value) in enumerate(values)
    )
    line = " ".join(f"{p.x},{p.y}" for p in points if p.value is not None)
    return Chart(points, line, y(FULL))
