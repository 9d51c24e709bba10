"""What an indicator is, when it is due, and how its figure is judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun import formula
from himpun.organization.rules import PositionKind
from himpun.worktime.periods import PeriodKind

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from himpun.formula import Polarity


class Aggregation(StrEnum):
    """How values of shorter periods make the value of a longer one."""

    LAST = "nilai akhir"
    SUM = "jumlah"
    AVERAGE = "rata-rata"


class Level(StrEnum):
    """Where in the plan an indicator stands."""

    GOAL = "tujuan"
    OUTCOME = "sasaran"
    PROGRAMME = "program"


POLARITY_WORDS = {polarity: form.name for polarity, form in formula.FORMS.items()}

PLANNERS = frozenset({PositionKind.SUBHEAD, PositionKind.SECRETARY})
"""Who plans at an office; the administrator of its tenant may as well."""

WHOLE_DIGITS = 20
FRACTION_DIGITS = 8


@dataclass(frozen=True)
class Definition:
    """What an indicator means from ``since`` on, as a person wrote it.

    The five attributes of PermenPANRB 53/2014 lampiran I H are the indicator itself,
    ``frequency``, ``in_charge``, ``mechanism`` (how it is calculated) and ``medium``.
    """

    code: str
    level: Level
    group: str
    name: str
    unit_of_measure: str
    polarity: Polarity
    frequency: PeriodKind
    in_charge: str
    since: date
    origin: str
    order: int = 0
    decimals: int = 2
    aggregation: Aggregation = Aggregation.LAST
    definition: str = ""
    mechanism: str = ""
    medium: str = ""
    evidence_rule: str = ""
    evidence_required: bool = True


@dataclass(frozen=True)
class Measured:
    """How far a figure came: ``value`` in percent, None with the ``reason`` why.

    ``band`` is the rank on the scale, empty without a value.
    """

    value: Decimal | None
    formula: str
    steps: tuple[str, ...]
    reason: str
    band: str


def is_due(frequency: PeriodKind, collected: PeriodKind) -> bool:
    """Whether an indicator of this frequency is asked in a case of this kind.

    Its own kind of period, and the year: the yearly figure of a quarterly indicator is
    asked as well, because PermenPANRB 53/2014 wants both and the year is not always
    what the quarters add up to.
    """
    return collected in {frequency, PeriodKind.YEAR}


def fits(value: Decimal) -> bool:
    """Whether a number is one that people type: 20 digits, and 8 behind the comma."""
    if not value.is_finite():
        return False
    exponent = int(value.normalize().as_tuple().exponent)
    return value.adjusted() < WHOLE_DIGITS and -exponent <= FRACTION_DIGITS


def measure(
    polarity: Polarity,
    scale: formula.Scale,
    *,
    actual: Decimal | None,
    target: Decimal | None,
) -> Measured:
    """Return achievement and rank of a figure; the one function for grid and paper."""
    reached = formula.achievement(actual, target, polarity)
    band = formula.rate(scale, reached.value)
    return Measured(
        value=reached.value,
        formula=reached.formula,
        steps=reached.steps,
        reason=reached.reason,
        band=band.name if band else "",
    )
