"""Which periods stand beside each other in a table of capaian, and their picture."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun.worktime.periods import LENGTH, ROMAN, Period, PeriodKind, read_period

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from himpun.formula import Scale

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


def opening(year: int, today: date, *, quarters: bool) -> Period:
    """Return what to show first of a year: its last quarter that has ended, or it all."""
    if not quarters:
        return Period(PeriodKind.YEAR, year)
    own = [Period(PeriodKind.QUARTER, year, number) for number in (4, 3, 2, 1)]
    return next((period for period in own if period.end < today), own[-1])


def trend_periods(period: Period) -> tuple[Period, ...]:
    """Return the last periods of this kind up to this one, oldest first."""
    count = YEARS if period.kind is PeriodKind.YEAR else TREND
    found = [period]
    while len(found) < count:
        found.append(found[-1].before())
    return tuple(reversed(found))


@dataclass(frozen=True)
class Point:
    """A place on the chart: a period, its value, and where it is drawn.

    ``label`` stands under it: "2024", or "III" for a quarter with its ``year`` below.
    """

    code: str
    label: str
    year: str
    value: Decimal | None
    x: int
    y: int


@dataclass(frozen=True)
class Stripe:
    """The part of the chart that a rank covers."""

    name: str
    y: int
    height: int


@dataclass(frozen=True)
class Chart:
    """A line of means on a picture of `WIDTH` by `HEIGHT`; ``full`` is the 100 % line."""

    points: tuple[Point, ...]
    line: str
    full: int
    stripes: tuple[Stripe, ...] = ()


WIDTH, HEIGHT = 360, 180
SIDE, TOP, FOOT = 30, 22, 138
FULL = Decimal(100)
LEAST = Decimal(20)
"""Percent between the lowest and the highest place: small changes look small."""


def chart(
    values: Sequence[tuple[str, Decimal | None]], scale: Scale | None = None
) -> Chart | None:
    """Return where to draw the means of periods; None when fewer than two have one.

    ``values`` are codes of periods with their means; ``scale`` colours the ground.
    """
    known = [value for _code, value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    low, high = _span(known)

    def y(value: Decimal) -> int:
        return int(FOOT - (value - low) / (high - low) * (FOOT - TOP))

    step = (WIDTH - 2 * SIDE) // (len(values) - 1)
    points = tuple(
        Point(
            code,
            *_under(code, first=i == 0),
            value,
            SIDE + i * step,
            y(value) if value is not None else 0,
        )
        for i, (code, value) in enumerate(values)
    )
    line = " ".join(f"{p.x},{p.y}" for p in points if p.value is not None)
    return Chart(points, line, y(FULL), _stripes(scale, low, high, y))


def _span(known: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest place of the chart."""
    low, high = min([*known, FULL]) - 3, max([*known, FULL]) + 3
    short = max(LEAST - (high - low), Decimal(0))
    return low - short / 2, high + short / 2


def _under(code: str, *, first: bool) -> tuple[str, str]:
    """Return what stands under a point, in one line or two."""
    period = read_period(code)
    if period.kind is PeriodKind.YEAR:
        return str(period.year), ""
    new_year = first or period.number == 1
    return ROMAN[period.number], str(period.year) if new_year else ""


def _stripes(
    scale: Scale | None, low: Decimal, high: Decimal, y: Callable[[Decimal], int]
) -> tuple[Stripe, ...]:
    """Return the ranks that the chart reaches, from above to below."""
    found, top = [], high
    for band in scale.bands if scale else ():
        foot = low if band.lower is None else max(band.lower, low)
        if foot < top:
            found.append(Stripe(band.name, y(top), y(foot) - y(top)))
            top = foot
    return tuple(found)
