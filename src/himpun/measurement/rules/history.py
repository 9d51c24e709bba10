"""An indicator over the years: its picture, and which periods a version measured."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun.formula import Span
from himpun.wording import joined, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from himpun.planning.rules import Aim, Figure
    from himpun.wording import Sentence
    from himpun.worktime.periods import Period

LEFT, RIGHT, TOP, FOOT, BELOW = 56, 20, 22, 176, 28
WIDTH, HEIGHT = 560, FOOT + BELOW
HALF = 22
"""Half the length of a target's mark."""


@dataclass(frozen=True)
class Reached:
    """What was aimed at and what was reached in a year; None where there is none."""

    label: str
    target: Aim | None
    actual: Figure | None


@dataclass(frozen=True)
class Mark:
    """A year on the picture; ``low`` and ``high`` bound its target, ``y`` its figure.

    None: it has none. ``above`` is whether the figure is written above its point.
    """

    label: str
    x: int
    low: int | None
    high: int | None
    y: int | None
    figure: Figure | None
    above: bool


@dataclass(frozen=True)
class Tick:
    """A height of the picture that is named at its side."""

    y: int
    value: Figure


@dataclass(frozen=True)
class History:
    """Targets and figures over the years, on a picture of `WIDTH` by `HEIGHT`.

    ``lines`` are points of figures that follow each other without a gap: where one is
    missing the line is broken, never drawn at 0.
    """

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT


def picture(
    years: Sequence[Reached], grades: Mapping[str, int] | None = None
) -> History | None:
    """Return where to draw the years, oldest first; None where nothing can be drawn.

    ``grades`` has the place from below of each grade of a qualitative indicator; what
    is no grade of it, or of another kind, is left out.
    """
    places = grades or {}
    spans = [_span(year.target, places) for year in years]
    actuals = [_height(year.actual, places) for year in years]
    known = [v for v in actuals if v is not None]
    known += [bound for span in spans if span for bound in span]
    if not known:
        return None
    low, high = _bounds(known)

    def y(value: Decimal) -> int:
        return int(FOOT - (value - low) / (high - low) * (FOOT - TOP))

    step = (WIDTH - LEFT - RIGHT) // len(years)
    marks = tuple(
        Mark(
            label=year.label,
            x=LEFT + step * place + step // 2,
            low=y(span[0]) if span else None,
            high=y(span[1]) if span else None,
            y=None if actual is None else y(actual),
            figure=None if actual is None else year.actual,
            above=actual is None or span is None or actual >= span[0],
        )
        for place, (year, span, actual) in enumerate(
            zip(years, spans, actuals, strict=True)
        )
    )
    ticks = _grade_ticks(places, y) if places else _ticks(known, y)
    return History(marks, _lines(marks), ticks)


Heights = tuple[Decimal, Decimal]


def _span(target: Aim | None, places: Mapping[str, int]) -> Heights | None:
    if isinstance(target, Span):
        return None if places else (target.low, target.high)
    height = _height(target, places)
    return None if height is None else (height, height)


def _height(value: Figure | None, places: Mapping[str, int]) -> Decimal | None:
    if isinstance(value, str):
        return Decimal(places[value]) if value in places else None
    return None if places else value


def _bounds(known: Sequence[Decimal]) -> Heights:
    """Return the lowest and highest value of the picture, with room around."""
    low, high = min(known), max(known)
    room = (high - low) / 6 or abs(high) / 10 or Decimal(1)
    return low - room, high + room


def _ticks(known: Sequence[Decimal], y: Callable[[Decimal], int]) -> tuple[Tick, ...]:
    """Return the lowest and the highest value, and the middle where they differ."""
    low, high = min(known), max(known)
    values = [low, (low + high) / 2, high] if low != high else [low]
    return tuple(Tick(y(value), value) for value in values)


def _grade_ticks(
    places: Mapping[str, int], y: Callable[[Decimal], int]
) -> tuple[Tick, ...]:
    found = ((y(Decimal(place)), code) for code, place in places.items())
    return tuple(Tick(at, code) for at, code in found if TOP <= at <= FOOT)


def _lines(marks: Sequence[Mark]) -> tuple[str, ...]:
    """Return the points of every unbroken run of two and more figures."""
    runs: list[list[str]] = [[]]
    for mark in marks:
        if mark.y is None:
            runs.append([])
        else:
            runs[-1].append(f"{mark.x},{mark.y}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def say_runs(periods: Iterable[Period]) -> Sentence:
    """Return periods in words, those that follow each other as one: "2020 sampai 2024"."""
    runs: list[list[Period]] = []
    for period in sorted(set(periods)):
        if runs and runs[-1][-1].after() == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    return joined([_say_run(run[0], run[-1]) for run in runs], ", ")


def _say_run(first: Period, last: Period) -> Sentence:
    if first == last:
        return first.label
    return say("%(first)s sampai %(last)s", first=first.label, last=last.label)
