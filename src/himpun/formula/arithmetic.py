"""What every calculation here shares: exactness, and how a value in a sum is written.

Figures are decimals; a chain of operations is calculated with exact fractions and
turned into a decimal of 28 digits once, at its end: a third times three is one, and a
value that lies on the edge of a band stays there.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from himpun.wording import say

from .numbers import WIDE, say_number

if TYPE_CHECKING:
    from fractions import Fraction

EXACT = Context(prec=28, rounding=ROUND_HALF_UP)
"""The context of every calculation: 28 significant digits, the last one half up."""
LARGEST = Decimal(10) ** 30
"""No part and no result of a formula reaches this; the largest budgets have 16 digits."""
SMALLEST = 1 / LARGEST
"""Nor does any but 0 come nearer to 0."""
MOST_DECIMALS = 100
STEP_DECIMALS = 6
ZERO = Decimal(0)
TIMES = "\N{MULTIPLICATION SIGN}"


def check_figure(number: Decimal | None) -> None:
    """Raise TypeError for floats and the like, ValueError for what is no real figure."""
    if number is None:
        return
    if not isinstance(number, Decimal):
        raise TypeError("a figure is a Decimal")
    if not number.is_finite():
        raise ValueError("a figure is a finite number")


def check_part(number: Decimal | None) -> None:
    """As `check_figure`; ValueError also for what would make an exact sum costly."""
    check_figure(number)
    if not number:
        return
    if number.adjusted() >= LARGEST.adjusted():
        raise ValueError("a figure is smaller than 10^30")
    if int(number.as_tuple().exponent) < -MOST_DECIMALS:
        raise ValueError("a figure is written with at most 100 decimals")


def rounded(value: Fraction) -> Decimal:
    """Return the decimal of 28 digits nearest to an exact value."""
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def say_figure(number: Decimal | None) -> str:
    """Return all digits of a figure, "belum ada" for none."""
    return say("belum ada") if number is None else say_number(number, None)


def say_cut(value: Decimal) -> str:
    """Return the value cut after six decimals; dots say that more follow."""
    short = value.quantize(Decimal(1).scaleb(-STEP_DECIMALS), ROUND_DOWN, WIDE)
    if short == value:
        return say_figure(value)
    return f"{say_number(short, STEP_DECIMALS)}..."
