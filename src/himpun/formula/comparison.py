"""A figure beside others: the year before, several years, a plan's end, a standard, cost.

What PermenPANRB 53/2014 lampiran II asks of Bab III for every sasaran: (2) last year and
several years, (3) the medium-term target, (4) the national standard if there is one,
(6) the efficiency with which resources were used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from himpun.wording import Sentence, say

from .arithmetic import EXACT, check_figure
from .numbers import HUNDRED
from .polarity import Polarity, Span
from .rating import Scale, rate
from .scales import EFFICIENCY_BANJARNEGARA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from .achievement import Target
    from .grades import GradeScale

NO_REASON = say("")


class Trend(StrEnum):
    """Which way a figure went, judged by the indicator's polarity."""

    BETTER = "membaik"
    SAME = "tetap"
    WORSE = "memburuk"


@dataclass(frozen=True)
class Comparison:
    """A figure beside another: ``now`` - ``other``, in percent of ``other``, the trend.

    None with the ``reason`` where a figure is missing; ``percent`` alone is None where
    ``other`` is 0 or less. Grades, by their codes, have ``steps`` instead: how many
    places of their scale lie between them, upward.
    """

    now: Decimal | str | None
    other: Decimal | str | None
    difference: Decimal | None
    percent: Decimal | None
    trend: Trend | None
    reason: Sentence
    steps: int | None = None


def compare(
    now: Decimal | None,
    other: Decimal | None,
    polarity: Polarity,
    target: Target = None,
) -> Comparison:
    """Return how a figure stands to another one: last year's, or a national standard.

    For range and exact the trend is judged by the distance from ``target``; without it
    there is none.
    """
    check_figure(now)
    check_figure(other)
    if now is None:
        return _none(now, other, say("realisasi belum diisi"))
    if other is None:
        return _none(now, other, say("pembanding belum ada"))
    difference = EXACT.subtract(now, other)
    percent = None
    if other > 0:
        percent = EXACT.divide(EXACT.multiply(difference, HUNDRED), other)
    trend = _trend(now, other, polarity, target)
    return Comparison(now, other, difference, percent, trend, NO_REASON)


def compare_grades(now: str | None, other: str | None, scale: GradeScale) -> Comparison:
    """Return how a grade stands to another one, both by their codes: the places between.

    A grade that the scale does not know (any more) is compared with nothing.
    """
    if now is None:
        return _none(now, other, say("realisasi belum diisi"))
    if other is None:
        return _none(now, other, say("pembanding belum ada"))
    steps = scale.steps(now, other)
    if steps is None:
        reason = say("tingkat di luar skala %(scale)s", scale=scale.name)
        return _none(now, other, reason)
    return Comparison(now, other, None, None, _gained(steps), NO_REASON, steps)


@dataclass(frozen=True)
class Years:
    """A figure over years: each year beside the one before, and what is missing.

    ``steps`` are (year, comparison with the year before it in the list); the first
    year has none.
    """

    steps: tuple[tuple[int, Comparison], ...]
    counted: int
    total: int
    missing: tuple[int, ...]


def compare_years(
    figures: Sequence[tuple[int, Decimal | None]],
    polarity: Polarity,
    target: Target = None,
) -> Years:
    """Return each year beside the year before; ``figures`` are (year, figure), in order.

    A year without a figure is named and compared with nothing: it is no zero.
    """
    steps = tuple(
        (year, compare(now, before, polarity, target))
        for (_year, before), (year, now) in pairwise(figures)
    )
    return _over(figures, steps)


def compare_grade_years(
    figures: Sequence[tuple[int, str | None]], scale: GradeScale
) -> Years:
    """Return each year's grade beside that of the year before, as `compare_years`."""
    steps = tuple(
        (year, compare_grades(now, before, scale))
        for (_year, before), (year, now) in pairwise(figures)
    )
    return _over(figures, steps)


def _over(
    figures: Sequence[tuple[int, Decimal | str | None]],
    steps: tuple[tuple[int, Comparison], ...],
) -> Years:
    missing = tuple(year for year, figure in figures if figure is None)
    return Years(steps, len(figures) - len(missing), len(figures), missing)


def absorption(spent: Decimal | None, budget: Decimal | None) -> Decimal | None:
    """Return serapan in percent, None without both figures or without a budget."""
    check_figure(spent)
    check_figure(budget)
    if spent is None or not budget:
        return None
    return EXACT.divide(EXACT.multiply(spent, HUNDRED), budget)


@dataclass(frozen=True)
class Efficiency:
    """Achievement minus absorption in percentage points, and its rank on ``scale``."""

    difference: Decimal | None
    band: str
    scale: Scale
    reason: Sentence


def efficiency(
    achieved: Decimal | None,
    absorbed: Decimal | None,
    scale: Scale = EFFICIENCY_BANJARNEGARA,
) -> Efficiency:
    """Return whether more was achieved than spent, both in percent.

    The rule is Banjarnegara's: a difference above 5 is efisien, from -5 to 5 cukup
    efisien, below tidak efisien. No national rule for offices of a region was found.
    """
    check_figure(achieved)
    check_figure(absorbed)
    if achieved is None:
        return Efficiency(None, "", scale, say("capaian tidak dapat dihitung"))
    if absorbed is None:
        return Efficiency(None, "", scale, say("serapan tidak dapat dihitung"))
    difference = EXACT.subtract(achieved, absorbed)
    band = rate(scale, difference)
    return Efficiency(difference, band.name if band else "", scale, NO_REASON)


def _none(
    now: Decimal | str | None, other: Decimal | str | None, reason: Sentence
) -> Comparison:
    return Comparison(now, other, None, None, None, reason)


def _trend(
    now: Decimal, other: Decimal, polarity: Polarity, target: Target
) -> Trend | None:
    match polarity:
        case Polarity.HIGHER:
            gain = now.compare(other)
        case Polarity.LOWER_RATIO | Polarity.LOWER_DIFFERENCE:
            gain = other.compare(now)
        case Polarity.RANGE | Polarity.EXACT:
            if target is None:
                return None
            gain = _away(other, target).compare(_away(now, target))
    return _gained(gain)


def _gained(gain: Decimal | int) -> Trend:
    if not gain:
        return Trend.SAME
    return Trend.BETTER if gain > 0 else Trend.WORSE


def _away(figure: Decimal, target: Decimal | Span) -> Decimal:
    """Return how far a figure is from its target; 0 inside a range."""
    span = target if isinstance(target, Span) else Span(target, target)
    nearest = min(max(figure, span.low), span.high)
    return abs(EXACT.subtract(figure, nearest))
