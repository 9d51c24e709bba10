"""One value from several: over periods, over units, over achievements.

Each result says how many of how many parts it rests on and which are missing. A missing
part never counts as zero: it is left out, and named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from himpun.wording import Sentence, joined, say

from .arithmetic import EXACT, ZERO, check_part, rounded, say_figure
from .language.calculating import calculate
from .numbers import WIDE
from .periods import OverTime, OverUnits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .language import Calculation, Component, Formula

PRINTED = 2
OVER_TIME = {
    OverTime.LAST: say("nilai periode terakhir yang terisi"),
    OverTime.SUM: say("jumlah semua periode"),
    OverTime.AVERAGE: say("rata-rata semua periode"),
    OverTime.HIGHEST: say("nilai tertinggi di antara periode"),
    OverTime.LOWEST: say("nilai terendah di antara periode"),
    OverTime.CUMULATIVE: say("nilai periode terakhir, yang memuat periode sebelumnya"),
}
OVER_UNITS = {
    OverUnits.SUM: say("jumlah semua unit"),
    OverUnits.AVERAGE: say("rata-rata semua unit"),
    OverUnits.WEIGHTED: say("rata-rata semua unit menurut bobotnya"),
    OverUnits.COMPONENTS: say(
        "komponen semua unit dijumlahkan lebih dulu, lalu rumus dihitung sekali"
    ),
}


@dataclass(frozen=True)
class Part:
    """The value of one period or unit, by the name people know it by.

    ``weight`` only counts for a weighted mean; there a part without weight is missing.
    """

    label: str
    value: Decimal | None
    weight: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse what is no figure; raises TypeError or ValueError."""
        check_part(self.value)
        check_part(self.weight)


@dataclass(frozen=True)
class Combined:
    """One value made of ``counted`` of ``total`` parts; None with the ``reason``.

    ``missing`` names the parts that are not in it. ``doubts`` are sentences about parts
    that do not go together. ``calculation`` is there when a formula was calculated.
    """

    value: Decimal | None
    rule: Sentence
    counted: int
    total: int
    missing: tuple[str, ...]
    reason: Sentence = field(default_factory=lambda: say(""))
    doubts: tuple[Sentence, ...] = ()
    calculation: Calculation | None = None

    @property
    def complete(self) -> bool:
        """Whether no part is missing."""
        return not self.missing

    @property
    def coverage(self) -> Sentence:
        """How much it rests on: "3 dari 4"."""
        return _coverage(self.counted, self.total)


def over_time(parts: Sequence[Part], rule: OverTime) -> Combined:
    """Return the value of a year, say, from its periods, in their order.

    CUMULATIVE is for figures that already hold the periods before (TW II with TW I):
    it takes the last one, and doubts a figure below an earlier one.
    """
    doubts = _fallen(parts) if rule is OverTime.CUMULATIVE else ()
    return _combined(parts, _TIME[rule], OVER_TIME[rule], doubts)


def split_doubt(
    whole: Decimal, parts: Sequence[Part], rule: OverTime
) -> Sentence | None:
    """Return what does not fit between a year's target and its periods; None if it fits.

    Periods without a target are named first: whether the rest adds up is then open.
    """
    check_part(whole)
    found = over_time(parts, rule)
    if not found.complete:
        return say(
            "Target periode belum lengkap: %(missing)s.",
            missing=joined(found.missing, ", "),
        )
    if found.value is None or agrees(whole, found.value, rule):
        return None
    return say(
        "Target periode (%(rule)s) menghasilkan %(found)s, sedangkan target setahun "
        "%(whole)s.",
        rule=found.rule,
        found=say_figure(found.value),
        whole=say_figure(whole),
    )


def agrees(whole: Decimal, found: Decimal, rule: OverTime | OverUnits) -> bool:
    """Whether a target is what its parts give; a mean may have been rounded to it.

    To its own decimals, and to no fewer than two: papers print two.
    """
    if rule not in {OverTime.AVERAGE, OverUnits.AVERAGE}:
        return found == whole
    decimals = max(PRINTED, -int(whole.as_tuple().exponent))
    return found.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE) == whole


def over_units(parts: Sequence[Part], rule: OverUnits) -> Combined:
    """Return the value of a parent from its units.

    COMPONENTS needs the components of each unit: see `over_units_by_components`.
    """
    if rule is OverUnits.COMPONENTS:
        raise ValueError("components are combined by over_units_by_components")
    if rule is OverUnits.WEIGHTED:
        return _weighted(parts)
    how = _sum if rule is OverUnits.SUM else _mean
    return _combined(parts, how, OVER_UNITS[rule])


def value_of_sum(
    total: Decimal, parts: Decimal | int, rule: OverUnits
) -> Decimal | None:
    """Return what `over_units` gives for units of which only the exact sum is known.

    For the thousands of units that a database has added up already. ``total`` is of the
    figures, for a weighted mean of the figures times their weights; ``parts`` is how
    many units gave one, for a weighted mean the sum of their weights. None for 0 parts.
    Components are added up one by one and calculated: ValueError.
    """
    if rule is OverUnits.COMPONENTS:
        raise ValueError("components have no one sum")
    if not parts:
        return None
    if rule is OverUnits.SUM:
        return EXACT.plus(total)
    return EXACT.divide(total, Decimal(parts))


def over_units_by_components(
    formula: Formula,
    components: Sequence[Component],
    rows: Sequence[tuple[str, Mapping[str, Decimal | None]]],
) -> Combined:
    """Return the value of a parent: components summed over units, then one formula.

    ``rows`` are (name of the unit, component code -> figure). A unit that lacks one
    component is left out whole, so that numerator and denominator speak of the same
    units.
    """
    rules = dict.fromkeys((c.key for c in components), OverTime.SUM)
    name = OVER_UNITS[OverUnits.COMPONENTS]
    return _by_components(formula, components, rows, (rules, name))


def over_time_by_components(
    formula: Formula,
    components: Sequence[Component],
    rows: Sequence[tuple[str, Mapping[str, Decimal | None]]],
) -> Combined:
    """Return the value of a year: each component over its periods, then one formula.

    Each component is combined by its own ``over_time``: complaints are summed, the
    number of villages is that of the last period.
    """
    rules = {c.key: c.over_time for c in components}
    name = say("komponen digabungkan lebih dulu, lalu rumus dihitung sekali")
    return _by_components(formula, components, rows, (rules, name))


def _by_components(
    formula: Formula,
    components: Sequence[Component],
    rows: Sequence[tuple[str, Mapping[str, Decimal | None]]],
    how: tuple[Mapping[str, OverTime], Sentence],
) -> Combined:
    rules, name = how
    needed = [code.casefold() for code in formula.codes]
    found = [(label, {c.casefold(): v for c, v in row.items()}) for label, row in rows]
    whole = [r for r in found if all(r[1].get(code) is not None for code in needed)]
    missing = tuple(label for label, row in found if (label, row) not in whole)
    if not whole:
        return Combined(None, name, 0, len(found), missing, _NONE)
    each = {
        code: over_time(
            [Part(label, row[code]) for label, row in whole],
            rules.get(code, OverTime.SUM),
        )
        for code in needed
    }
    values = {code: total.value for code, total in each.items()}
    done = calculate(formula, components, values)
    return Combined(
        done.value,
        name,
        len(whole),
        len(found),
        missing,
        done.reason,
        tuple(doubt for total in each.values() for doubt in total.doubts),
        done,
    )


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
        return _coverage(self.counted, self.total)


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


_NONE = say("belum ada bagian yang terisi")


def _coverage(counted: int, total: int) -> Sentence:
    return say("%(counted)s dari %(total)s", counted=counted, total=total)


def _combined(
    parts: Sequence[Part],
    how: Callable[[Sequence[Fraction]], Fraction],
    name: Sentence,
    doubts: tuple[Sentence, ...] = (),
) -> Combined:
    known = [Fraction(p.value) for p in parts if p.value is not None]
    missing = tuple(p.label for p in parts if p.value is None)
    if not known:
        return Combined(None, name, 0, len(parts), missing, _NONE)
    value = rounded(how(known))
    return Combined(value, name, len(known), len(parts), missing, doubts=doubts)


def _weighted(parts: Sequence[Part]) -> Combined:
    name = OVER_UNITS[OverUnits.WEIGHTED]
    known = [
        (Fraction(p.value), Fraction(p.weight))
        for p in parts
        if p.value is not None and p.weight is not None
    ]
    missing = tuple(p.label for p in parts if p.value is None or p.weight is None)
    if any(weight < 0 for _value, weight in known):
        raise ValueError("a weight is not below 0")
    weights = sum((weight for _value, weight in known), Fraction())
    if not weights:
        reason = say("jumlah bobot 0") if known else _NONE
        return Combined(None, name, len(known), len(parts), missing, reason)
    value = sum((value * weight for value, weight in known), Fraction()) / weights
    return Combined(rounded(value), name, len(known), len(parts), missing)


def _sum(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction())


def _mean(values: Sequence[Fraction]) -> Fraction:
    return _sum(values) / len(values)


def _last(values: Sequence[Fraction]) -> Fraction:
    return values[-1]


_TIME: Mapping[OverTime, Callable[[Sequence[Fraction]], Fraction]] = {
    OverTime.LAST: _last,
    OverTime.SUM: _sum,
    OverTime.AVERAGE: _mean,
    OverTime.HIGHEST: max,
    OverTime.LOWEST: min,
    OverTime.CUMULATIVE: _last,
}


def _fallen(parts: Sequence[Part]) -> tuple[Sentence, ...]:
    known = [(p.label, p.value) for p in parts if p.value is not None]
    return tuple(
        say(
            "%(label)s (%(value)s) lebih kecil dari %(before)s (%(earlier)s), padahal "
            "angka kumulatif memuat periode sebelumnya.",
            label=label,
            value=say_figure(value),
            before=before,
            earlier=say_figure(earlier),
        )
        for (before, earlier), (label, value) in pairwise(known)
        if value < earlier
    )
