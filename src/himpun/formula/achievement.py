"""Capaian: how far an actual (realisasi) reached its target, in percent.

The formula belongs to the indicator and is named beside every figure, because the
lower-is-better forms differ (target 10, realisasi 12: 83,33 or 80,00). No national rule
says what a zero denominator gives, so here it is "tidak dapat dihitung" with its reason
and never 0. Arithmetic is exact to 28 digits; rounding happens only when shown.
Source of the forms: PermenPANRB 53/2014 (comparison of target and realisasi); LAN form
for the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from .numbers import HUNDRED, WIDE, say_number

EXACT = Context(prec=28, rounding=ROUND_HALF_UP)
"""The context of every calculation: 28 significant digits, the last one half up."""
STEP_DECIMALS = 6
ZERO = Decimal(0)
TIMES = "\N{MULTIPLICATION SIGN}"


class Polarity(StrEnum):
    """Which way an indicator is good, and by which form that is measured."""

    HIGHER = "higher"
    LOWER_RATIO = "lower_ratio"
    LOWER_DIFFERENCE = "lower_difference"


FORMULAS = {
    Polarity.HIGHER: f"realisasi / target {TIMES} 100",
    Polarity.LOWER_RATIO: f"target / realisasi {TIMES} 100",
    Polarity.LOWER_DIFFERENCE: f"(2 {TIMES} target - realisasi) / target {TIMES} 100",
}
"""The name under which a form is printed."""


@dataclass(frozen=True)
class Achievement:
    """The result with all that explains it.

    ``value`` is unrounded, or None with the ``reason`` ("tidak dapat dihitung").
    ``raw`` is the value before floor and cap. ``steps`` are the lines of "bagaimana
    dihitung".
    """

    value: Decimal | None
    raw: Decimal | None
    polarity: Polarity
    formula: str
    steps: tuple[str, ...]
    reason: str
    actual: Decimal | None
    target: Decimal | None
    cap: Decimal | None


def achievement(
    actual: Decimal | None,
    target: Decimal | None,
    polarity: Polarity,
    *,
    cap: Decimal | None = None,
) -> Achievement:
    """Return the achievement of ``actual`` against ``target`` in percent.

    None as input or a zero denominator gives None with the reason; so do a negative
    target (the forms would turn round) and a negative realisasi below the fraction bar.
    The difference form has the floor 0; ``cap`` limits the value from above. Raises
    TypeError for floats, ValueError for NaN and infinity.
    """
    for number in (actual, target, cap):
        _check(number)
    raw, lines, reason = _calculate(actual, target, polarity)
    value, limits = _limit(raw, polarity, cap)
    shown = "tidak dapat dihitung" if value is None else say_number(value)
    return Achievement(
        value=value,
        raw=raw,
        polarity=polarity,
        formula=FORMULAS[polarity],
        steps=(
            f"Rumus: {FORMULAS[polarity]}",
            f"Realisasi {_say(actual)}; target {_say(target)}",
            *lines,
            *limits,
            f"Capaian: {shown}",
        ),
        reason=reason,
        actual=actual,
        target=target,
        cap=cap,
    )


def _check(number: Decimal | None) -> None:
    if number is None:
        return
    if not isinstance(number, Decimal):
        raise TypeError("a figure is a Decimal")
    if not number.is_finite():
        raise ValueError("a figure is a finite number")


Calculated = tuple[Decimal | None, tuple[str, ...], str]


def _calculate(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity
) -> Calculated:
    """Return the raw value, the line that shows the sum, and why there is none."""
    if actual is None or target is None:
        missing = "realisasi belum diisi" if actual is None else ""
        return _nothing(missing or "target belum ditetapkan")
    if target < 0:
        return _nothing("target kurang dari 0")
    match polarity:
        case Polarity.HIGHER:
            return _divide(actual, _say(actual), target, "target")
        case Polarity.LOWER_RATIO:
            return _divide(target, _say(target), actual, "realisasi")
        case Polarity.LOWER_DIFFERENCE:
            above = EXACT.subtract(EXACT.multiply(Decimal(2), target), actual)
            term = f"(2 {TIMES} {_say(target)} - {_say(actual)})"
            return _divide(above, term, target, "target")


def _nothing(reason: str) -> Calculated:
    return None, (f"Tidak dapat dihitung: {reason}",), reason


def _divide(above: Decimal, term: str, below: Decimal, name: str) -> Calculated:
    if below == 0:
        return _nothing(f"{name} 0, pembagian dengan nol")
    if below < 0:
        return _nothing(f"{name} kurang dari 0")
    raw = EXACT.divide(EXACT.multiply(above, HUNDRED), below)
    return raw, (f"{term} / {_say(below)} {TIMES} 100 = {_say_raw(raw)}",), ""


def _limit(
    raw: Decimal | None, polarity: Polarity, cap: Decimal | None
) -> tuple[Decimal | None, tuple[str, ...]]:
    if raw is None:
        return None, ()
    if polarity is Polarity.LOWER_DIFFERENCE and raw < 0:
        return ZERO, ("Hasil kurang dari 0 ditulis 0",)
    if cap is not None and raw > cap:
        return cap, (f"Dibatasi paling tinggi {_say(cap)}",)
    return raw, ()


def _say(number: Decimal | None) -> str:
    return "belum ada" if number is None else say_number(number, None)


def _say_raw(raw: Decimal) -> str:
    """Return the value cut after six decimals; dots say that more follow."""
    short = raw.quantize(Decimal(1).scaleb(-STEP_DECIMALS), ROUND_DOWN, WIDE)
    return _say(raw) if short == raw else f"{say_number(short, STEP_DECIMALS)}..."
