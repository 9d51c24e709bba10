"""Tags of the plan's pages. Plain data in, no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from himpun.shared.http import told
from himpun.shared.templatetags.himpun import DASH
from himpun.worktime.periods import MONTHS, ROMAN, Period, PeriodKind

from .. import rules

if TYPE_CHECKING:
    from ..rules import Aim

register = template.Library()


@register.filter
def rupiah(amount: int | None) -> str:
    """Write 2.500.000; a null is a dash, because it is not zero."""
    return DASH if amount is None else rules.write_rupiah(amount)


@register.filter
def periode_pendek(period: Period) -> str:
    """Write the head of a column: "TW I", "Jan", "Setahun"."""
    if period.kind is PeriodKind.MONTH:
        return told(MONTHS[period.number - 1])[:3]
    if period.kind is PeriodKind.QUARTER:
        return _("TW %s") % ROMAN[period.number]
    return told(period.label) if period.kind is PeriodKind.SEMESTER else _("Setahun")


@register.filter
def janji(aim: Aim | None, decimals: int) -> str:
    """Write a target: "91,33", "3,00 sampai 5,00", "WTP"; a null is a dash."""
    return told(rules.say_aim(aim, decimals)) or DASH
