"""Units of measure: what a formula yields when orang is divided by orang.

A unit is whatever word the office uses, with whole powers. Percent is a unit of its own
and ``100%`` a number of that unit, so ``a / b x 100%`` turns a ratio into percent and
nothing is ever multiplied or divided by a hundred unseen.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_QUOTIENT = re.compile(r"\s+per\s+|\s*/\s*", re.IGNORECASE)
_SAME = {
    "persen": "%",
    "persentase": "%",
    "prosentase": "%",
    "rupiah": "rp",
    "rp.": "rp",
}
_BARE = frozenset({"", "rasio", "-", "1"})
INDEXES = frozenset({"nilai", "indeks", "skor", "poin", "point"})
"""Results whose unit is a convention of who set the scale, not of its parts."""


@dataclass(frozen=True)
class Unit:
    """A product of base units with powers, sorted; empty for a ratio."""

    powers: tuple[tuple[str, int], ...] = ()

    def times(self, other: Unit, power: int = 1) -> Unit:
        """Return the unit of a product, or with power -1 of a quotient."""
        total = Counter(dict(self.powers))
        for base, count in other.powers:
            total[base] += power * count
        return Unit(tuple(sorted((b, n) for b, n in total.items() if n)))

    @property
    def is_index(self) -> bool:
        """Whether the unit is that of an index or score."""
        return len(self.powers) == 1 and self.powers[0][0] in INDEXES

    def __str__(self) -> str:
        """Return "orang/desa"; a ratio is "rasio"."""
        above = [_power(base, n) for base, n in self.powers if n > 0]
        below = [_power(base, -n) for base, n in self.powers if n < 0]
        if not self.powers:
            return "rasio"
        return "/".join(["·".join(above) or "1", *below])


RATIO = Unit()
PERCENT = Unit((("%", 1),))


def read_unit(text: str) -> Unit:
    """Return the unit that an office wrote: "orang", "%", "orang per desa"."""
    above, *below = (_base(word) for word in _QUOTIENT.split(text.strip()))
    unit = above
    for part in below:
        unit = unit.times(part, -1)
    return unit


def _base(word: str) -> Unit:
    name = " ".join(word.casefold().split())
    name = _SAME.get(name, name)
    return RATIO if name in _BARE else Unit(((name, 1),))


def _power(base: str, count: int) -> str:
    return base if count == 1 else f"{base}^{count}"
