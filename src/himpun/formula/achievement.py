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

from himpun.wording import Sentence, say

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
    Polarity.HIGHER: say("realisasi / target %(times)s 100", times=TIMES),
    Polarity.LOWER_RATIO: say("target / realisasi %(times)s 100", times=TIMES),
    Polarity.LOWER_DIFFERENCE: say(
        "(2 %(times)s target - realisasi) / target %(times)s 100", times=TIMES
    ),
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
    shown = say("tidak dapat dihitung") if value is None else say_number(value)
    return Achievement(
        value=value,
        raw=raw,
        polarity=polarity,
        formula=FORMULAS[polarity],
        steps=(
            say("Rumus: %(formula)s", formula=FORMULAS[polarity]),
            say(
                "Realisasi %(actual)s; target %(target)s",
                actual=_say(actual),
                target=_say(target),
            ),
            *lines,
            *limits,
            say("Capaian: %(achievement)s", achievement=shown),
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

_ZERO = {
    "target": say("target 0, pembagian dengan nol"),
    "realisasi": say("realisasi 0, pembagian dengan nol"),
}
_BELOW = {
    "target": say("target kurang dari 0"),
    "realisasi": say("realisasi kurang dari 0"),
}


def _calculate(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity
) -> Calculated:
    """Return the raw value, the line that shows the sum, and why there is none."""
    if actual is None or target is None:
        unknown = say("realisasi belum diisi"), say("target belum ditetapkan")
        return _nothing(unknown[actual is not None])
    if target < 0:
        return _nothing(_BELOW["target"])
    match polarity:
        case Polarity.HIGHER:
            return _divide(actual, _say(actual), target, "target")
        case Polarity.LOWER_RATIO:
            return _divide(target, _say(target), actual, "realisasi")
        case Polarity.LOWER_DIFFERENCE:
            above = EXACT.subtract(EXACT.multiply(Decimal(2), target), actual)
            term = f"(2 {TIMES} {_say(target)} - {_say(actual)})"
            return _divide(above, term, target, "target")


def _nothing(reason: Sentence) -> Calculated:
    return None, (say("Tidak dapat dihitung: %(reason)s", reason=reason),), reason


def _divide(above: Decimal, term: str, below: Decimal, name: str) -> Calculated:
    if below == 0:
        return _nothing(_ZERO[name])
    if below < 0:
        return _nothing(_BELOW[name])
    raw = EXACT.divide(EXACT.multiply(above, HUNDRED), below)
    return raw, (f"{term} / {_say(below)} {TIMES} 100 = {_say_raw(raw)}",), ""


def _limit(
    raw: Decimal | None, polarity: Polarity, cap: Decimal | None
) -> tuple[Decimal | None, tuple[str, ...]]:
    if raw is None:
        return None, ()
    if polarity is Polarity.LOWER_DIFFERENCE and raw < 0:
        return ZERO, (say("Hasil kurang dari 0 ditulis 0"),)
    if cap is not None and raw > cap:
        return cap, (say("Dibatasi paling tinggi %(cap)s", cap=_say(cap)),)
    return raw, ()


def _say(number: Decimal | None) -> str:
    return say("belum ada") if number is None else say_number(number, None)


def _say_raw(raw: Decimal) -> str:
    """Return the value cut after six decimals; dots say that more follow."""
    short = raw.quantize(Decimal(1).scaleb(-STEP_DECIMALS), ROUND_DOWN, WIDE)
    return _say(raw) if short == raw else f"{say_number(short, STEP_DECIMALS)}..."
