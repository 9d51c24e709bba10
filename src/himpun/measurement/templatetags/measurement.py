"""Tags of the capaian pages. Plain data in, no queries."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from himpun.formula import say_number
from himpun.shared.templatetags.himpun import angka, kelas_peringkat, meter
from himpun.worktime.periods import ROMAN

if TYPE_CHECKING:
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
def angka_teks(text: str | None, decimals: int = 2) -> str:
    """Write a figure that an event holds as text; an empty one is a dash."""
    return angka(Decimal(text) if text else None, decimals)


@register.simple_tag
def pita_peringkat(table: Table) -> SafeString:
    """Draw how many indicators have which rank, side by side."""
    parts: dict[str, int] = {}
    for band, count in table.bands.items():
        name = kelas_peringkat(band) or "nila"
        parts[name] = parts.get(name, 0) + count
    label = ", ".join(f"{n} {band}" for band, n in table.bands.items())
    return meter(label or _("belum ada"), table.mean.total, "tebal-b", **parts)
