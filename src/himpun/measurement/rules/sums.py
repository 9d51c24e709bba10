"""Sums of figures that a database added up, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import OverUnits
from himpun.wording import say

from .combining import Total

if TYPE_CHECKING:
    from .combining import Recipe

WIDE = Context(prec=500)
"""Wider than any sum of figures, so that nothing is rounded on the way."""
ZERO = Decimal(0)
NOTHING = say("belum ada bagian yang terisi")


@dataclass(slots=True)
class Sums:
    """What the figures of some units add up to, exactly; ``counted`` units gave one.

    ``total`` is of the figures, or of the figures times their ``weights``; or the
    ``components`` were added up, by their keys.
    """

    total: Decimal = ZERO
    counted: int = 0
    weights: Decimal = ZERO
    components: dict[str, Decimal] = field(default_factory=dict)

    def add(self, other: Sums) -> None:
        """Take the sums of other units in."""
        self.total = WIDE.add(self.total, other.total)
        self.counted += other.counted
        self.weights = WIDE.add(self.weights, other.weights)
        for key, value in other.components.items():
            self.components[key] = WIDE.add(self.components.get(key, ZERO), value)


def total_of(recipe: Recipe, sums: Sums, expected: int) -> Total:
    """Return what `over_units` gives for the units that these sums are of.

    ``expected`` is how many units there are; who is missing is not known here.
    """
    if recipe.needed and recipe.formula is not None:
        return _by_components(recipe, sums, expected)
    weighted = recipe.over_units is OverUnits.WEIGHTED
    parts = sums.weights if weighted else sums.counted
    value = formula.value_of_sum(sums.total, parts, recipe.over_units)
    why = say("jumlah bobot 0") if sums.counted else NOTHING
    return Total(_found(recipe, value, sums, expected, "" if parts else why))


def _found(
    recipe: Recipe,
    value: Decimal | None,
    sums: Sums,
    expected: int,
    reason: str = "",
) -> formula.Combined:
    return formula.Combined(
        value,
        formula.OVER_UNITS[recipe.over_units],
        sums.counted,
        expected,
        (),
        say(reason),
    )


def _by_components(recipe: Recipe, sums: Sums, expected: int) -> Total:
    if recipe.formula is None or not sums.counted:
        return Total(_found(recipe, None, sums, expected, NOTHING))
    done = formula.calculate(recipe.formula, recipe.components, sums.components)
    found = _found(recipe, done.value, sums, expected, done.reason)
    return Total(found, dict(sums.components))
