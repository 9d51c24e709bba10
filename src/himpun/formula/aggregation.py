"""The mean of several achievements, always with how many of them it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.wording import Sentence, say

from .arithmetic import EXACT, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


@dataclass(frozen=True)
class Mean:
    """A mean over ``counted`` of ``total`` indicators; None when none has a value."""

    value: Decimal | None
    counted: int
    total: int
    cap: Decimal | None

    @property
    def coverage(self) -> Sentence:
        """How much it rests on: "3 dari 4"."""
        return say("%(counted)s dari %(total)s", counted=self.counted, total=self.total)


def mean_of_achievements(
    values: Iterable[Decimal | None], cap: Decimal | None = None
) -> Mean:
    """Return the plain mean of the values there are; None is left out, never 0.

    ``cap`` limits each value from above before the mean is taken (say so where shown).
    """
    everything = list(values)
    known = [value for value in everything if value is not None]
    capped = [value if cap is None else min(value, cap) for value in known]
    total = ZERO
    for value in capped:
        total = EXACT.add(total, value)
    mean = EXACT.divide(total, EXACT.create_decimal(len(capped))) if capped else None
    return Mean(mean, len(known), len(everything), cap)
