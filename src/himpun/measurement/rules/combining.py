"""One figure of a parent from those of its units, and one of a year from its periods.

Units first, then time: the parent has a figure in each period, and its year follows from
these as that of any office does (docs/decisions/0030).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import OverUnits
from himpun.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from himpun.formula import Combined, Component, Formula, OverTime


@dataclass(frozen=True)
class Recipe:
    """How an indicator is combined, by the version of the parent.

    ``formula`` and ``components`` are None and empty for a figure that is typed.
    ``graded``: the figures are grades, which nothing adds up.
    """

    over_units: OverUnits
    over_time: OverTime
    formula: Formula | None = None
    components: tuple[Component, ...] = ()
    graded: bool = False

    @cached_property
    def needed(self) -> frozenset[str]:
        """The components that each unit must give, when these are what is added up."""
        if self.over_units is not OverUnits.COMPONENTS or self.formula is None:
            return frozenset()
        return frozenset(code.casefold() for code in self.formula.codes)

    def lacks(self, inputs: Mapping[str, Decimal | None]) -> bool:
        """Whether a component that is needed is missing."""
        has = {code.casefold() for code, value in inputs.items() if value is not None}
        return not self.needed <= has


@dataclass(frozen=True)
class Given:
    """What one unit gives: its figure, the components behind it, how much it counts."""

    label: str
    figure: Decimal | None
    inputs: Mapping[str, Decimal | None] = field(default_factory=dict)
    weight: Decimal | None = None


@dataclass(frozen=True)
class Total:
    """The figure of all units in a period; ``inputs`` are the sums of the components."""

    combined: Combined
    inputs: Mapping[str, Decimal | None] = field(default_factory=dict)


def over_units(recipe: Recipe, rows: Sequence[Given]) -> Total:
    """Return the figure of a parent in one period from those of its units."""
    if recipe.graded:
        return Total(_graded(recipe, rows))
    if recipe.over_units is OverUnits.COMPONENTS and recipe.formula is not None:
        given = [(row.label, row.inputs) for row in rows]
        found = formula.over_units_by_components(
            recipe.formula, recipe.components, given
        )
        whole = [row.inputs for row in rows if not recipe.lacks(row.inputs)]
        return Total(found, _sums(recipe, whole))
    parts = [formula.Part(row.label, row.figure, row.weight) for row in rows]
    return Total(formula.over_units(parts, recipe.over_units))


def _graded(recipe: Recipe, rows: Sequence[Given]) -> Combined:
    return formula.Combined(
        None,
        formula.OVER_UNITS[recipe.over_units],
        0,
        len(rows),
        tuple(row.label for row in rows),
        say("tingkat tidak dijumlahkan atau dirata-rata"),
    )


def _sums(
    recipe: Recipe, whole: Iterable[Mapping[str, Decimal | None]]
) -> dict[str, Decimal | None]:
    rows = [{code.casefold(): value for code, value in row.items()} for row in whole]
    return {
        one.key: formula.over_units(
            [formula.Part("", row.get(one.key)) for row in rows], OverUnits.SUM
        ).value
        for one in recipe.components
    }


def over_time(recipe: Recipe, periods: Sequence[tuple[str, Total]]) -> Combined:
    """Return the figure of a longer period from those of the shorter ones, in order."""
    if recipe.over_units is OverUnits.COMPONENTS and recipe.formula is not None:
        return formula.over_time_by_components(
            recipe.formula,
            recipe.components,
            [(label, total.inputs) for label, total in periods],
        )
    parts = [formula.Part(label, total.combined.value) for label, total in periods]
    return formula.over_time(parts, recipe.over_time)


def prevailing(own: Total, periods: Sequence[Total]) -> bool:
    """Whether the units' own figures of a year hold, rather than those of its periods.

    They do as soon as as many units gave one as in any of the periods: until then the
    year is followed by what came in so far.
    """
    counted = max((total.combined.counted for total in periods), default=0)
    return own.combined.counted >= counted
