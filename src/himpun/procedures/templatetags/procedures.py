"""How lengths of time and the chart of them are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from ..queries import statistics

if TYPE_CHECKING:
    from collections.abc import Sized
    from fractions import Fraction

register = template.Library()


@register.filter
def lama(length: Fraction, unit: str) -> str:
    """Show a length: "0,8 hari", "35 menit"."""
    return statistics.in_words(length, unit)


@register.filter
def tinggi_grafik(bars: Sized) -> int:
    """Return the height of the chart with these bars."""
    return statistics.HEAD + len(bars) * statistics.BAR_HEIGHT
