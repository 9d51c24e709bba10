"""Which periods stand beside each other in a table of capaian."""

from __future__ import annotations

from himpun.worktime.periods import LENGTH, Period, PeriodKind

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
