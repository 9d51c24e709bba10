"""Whether the parts of a target go together with the whole: periods, units, categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import OverUnits
from himpun.wording import say
from himpun.worktime.periods import PeriodKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from himpun.formula import OverTime
    from himpun.wording import Sentence

CHECKED = frozenset({OverUnits.SUM, OverUnits.AVERAGE})
"""How units are joined where targets alone say whether they fit: no weights needed."""


def periods_doubt(
    whole: Decimal | None,
    parts: Sequence[formula.Part],
    frequency: PeriodKind,
    over_time: OverTime,
) -> Sentence | None:
    """Return what does not fit between a year's target and those of its periods.

    None where it fits, where the year has no number as its target, for an indicator
    of the year, and where no period has a target: then the year was not split.
    """
    if frequency is PeriodKind.YEAR or whole is None:
        return None
    if all(part.value is None for part in parts):
        return None
    return formula.split_doubt(whole, parts, over_time)


def parts_doubt(
    whole: Decimal | None, parts: Sequence[formula.Part], over_units: OverUnits
) -> Sentence | None:
    """Return what does not fit between a target and those of its units or categories.

    A unit without a target is none of its parts. None where it fits, where nothing was
    split, and where only figures tell: a weighted mean, or components that are summed
    before dividing.
    """
    known = [part for part in parts if part.value is not None]
    if whole is None or not known or over_units not in CHECKED:
        return None
    found = formula.over_units(known, over_units)
    if found.value is None or formula.agrees(whole, found.value, over_units):
        return None
    return say(
        "Target bagian (%(rule)s) menghasilkan %(found)s, sedangkan target %(whole)s.",
        rule=found.rule,
        found=formula.say_number(found.value, None),
        whole=formula.say_number(whole, None),
    )
