"""Tags of the capaian pages. Plain data in, no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from himpun.formula import say_number
from himpun.planning.rules import aim_of, say_aim
from himpun.shared.http import told
from himpun.shared.templatetags.himpun import DASH, kelas_peringkat, meter
from himpun.worktime.periods import ROMAN

if TYPE_CHECKING:
    from decimal import Decimal

    from django.utils.safestring import SafeString

    from himpun.measurement.queries import Table

register = template.Library()


@register.filter
def romawi(number: int) -> str:
    """Write the number of a quarter: "III"."""
    return ROMAN[number]


@register.filter
def mutlak(value: Decimal) -> Decimal:
    """Return a number without its sign."""
    return abs(value)


@register.filter
def bulat(value: Decimal) -> str:
    """Write a number with the digits it has: "91", "90,5"."""
    return say_number(value, None)


@register.filter
def angka_teks(data: object, decimals: int = 2) -> str:
    """Write a figure as an event holds it, a grade by its code; none is a dash."""
    return told(say_aim(aim_of(data), decimals)) or DASH


@register.simple_tag
def pita_peringkat(table: Table) -> SafeString:
    """Draw how many indicators have which rank, side by side."""
    parts: dict[str, int] = {}
    for band, count in table.bands.items():
        name = kelas_peringkat(band) or "nila"
        parts[name] = parts.get(name, 0) + count
    label = ", ".join(f"{n} {band}" for band, n in table.bands.items())
    return meter(label or _("belum ada"), table.mean.total, "tebal-b", **parts)
