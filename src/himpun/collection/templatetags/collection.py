"""Tags of the collection pages: file sizes, a sparkline. Plain data in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from himpun.collection import rules
from himpun.formula import say_number
from himpun.planning.rules import number_of, say_aim
from himpun.shared.http import told
from himpun.shared.templatetags.himpun import DASH
from himpun.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from himpun.planning.models import Indicator
    from himpun.planning.rules import Aim, Figure

register = template.Library()

KILOBYTE = 1024
WIDTH, HEIGHT, EDGE = 150, 52, 5


WORDS = {
    str(word): word
    for word in (
        *(say("cukup"), say("perlu dilengkapi"), say("janggal")),
        *(say("verifikator lain"), say("pengecualian")),
        *(say("isian baru"), say("berubah"), say("sama")),
        *(say("terkunci"), say("tidak cocok"), say("bukan angka")),
        *(say("belum"), say("ada"), say("tidak-berlaku"), say("dikecualikan")),
        *(say("tujuan"), say("sasaran"), say("program")),
        *(say("kegiatan"), say("sub kegiatan")),
        *(say("bulan"), say("triwulan"), say("semester"), say("tahun")),
    )
}
"""The words of enums that pages show; their values are stored and stay Indonesian."""


@register.filter
def kata(word: str) -> str:
    """Write a word of an enum in the reader's language."""
    return told(WORDS.get(word, word))


@register.filter
def kelompok(indicator: Indicator) -> SafeString:
    """Write what a group of indicators serves: its level, then its words.

    "Sasaran 1" says its level itself.
    """
    level, group = indicator.level, indicator.group
    if group.casefold().startswith(level.casefold()):
        return format_html("{}", group)
    return format_html("<em>{}.</em> {}", level.capitalize(), group)


@register.filter
def ukuran(size: int) -> str:
    """Write a file's size: "12 KB", "1,4 MB"."""
    if size < KILOBYTE**2:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / KILOBYTE**2:.1f} MB".replace(".", ",")


@register.filter
def sel(figure: Figure | None, decimals: int = 2) -> str:
    """Write a figure as its cell shows it, with all its digits; empty for none."""
    return told(rules.aim_shown(figure, decimals))


@register.filter
def target(aim: Aim | None, decimals: int = 2) -> str:
    """Write a target: a number, a range or a grade; a dash for none."""
    return told(say_aim(aim, decimals)) or DASH


@register.filter
def selisih(value: Decimal | None, decimals: int = 2) -> str:
    """Write a difference with its sign: "+0,23", "tetap"; empty for none."""
    if value is None:
        return ""
    if value == 0:
        return _("tetap")
    sign = "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}{say_number(abs(value), decimals)}"


@register.filter
def tingkat(steps: int | None) -> str:
    """Write by how many grades a figure moved: "naik 1 tingkat", "tetap"."""
    if steps is None:
        return ""
    if not steps:
        return _("tetap")
    if steps > 0:
        return _("naik %(n)s tingkat") % {"n": steps}
    return _("turun %(n)s tingkat") % {"n": -steps}


@register.simple_tag
def percik(values: Sequence[Decimal], goal: Decimal | None = None) -> SafeString:
    """Draw figures as a small line with the target dotted; nothing for fewer than two.

    The figures stand beside it as text, so the picture is hidden from screen readers.
    """
    points = [value for value in values if value is not None]
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return SafeString("")
    every = [*points, *([goal] if goal is not None else [])]
    low, high = min(every), max(every)
    span = high - low or 1

    def y(value: Decimal) -> int:
        return int(HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE))

    step = (WIDTH - 2 * EDGE) // (len(points) - 1)
    line = " ".join(f"{EDGE + i * step},{y(v)}" for i, v in enumerate(points))
    dotted = (
        format_html(
            '<line class="sasaran-garis" x1="0" x2="{}" y1="{}" y2="{}"/>',
            WIDTH,
            y(goal),
            y(goal),
        )
        if goal is not None
        else ""
    )
    return format_html(
        '<svg class="percik" viewBox="0 0 {} {}" aria-hidden="true">{}'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="3.5"/></svg>',
        WIDTH,
        HEIGHT,
        dotted,
        line,
        EDGE + (len(points) - 1) * step,
        y(points[-1]),
    )


@register.simple_tag
def percik_riwayat(line: Any) -> SafeString:  # noqa: ANN401 - the grid's line
    """Draw the line of an indicator's figures, the present one last.

    A grade stands at its place; what the scale does not know is left out.
    """
    row, scale = line.row, line.row.grades
    figures = [*(past.figure for past in line.history), row.entry.figure]
    if scale is None:
        known = [number_of(figure) for figure in figures]
        return percik([v for v in known if v is not None], number_of(row.aim))
    places = {grade.code: Decimal(scale.place(grade)) for grade in scale.grades}
    heights = [places[figure] for figure in figures if figure in places]
    return percik(heights, places.get(row.aim))
