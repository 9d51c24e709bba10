"""Tags of every page: numbers, dates, icons, lights, ranks, meters, the SOP's journey.

Plain data in, no queries. Widths are SVG attributes: the pages allow no style attribute.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from himpun.formula import say_number
from himpun.shared.http import told
from himpun.wording import joined, opened
from himpun.worktime import ZONES
from himpun.worktime.periods import MONTHS
from himpun.worktime.words import DAYS, say_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.utils.safestring import SafeString

    from himpun.shared.journey import Stop

register = template.Library()

SPRITE = Path(__file__).parent.parent / "static" / "ikon.svg"
ICONS = frozenset(re.findall(r'id="i-([a-z0-9-]+)"', SPRITE.read_text()))

LIGHTS = {
    "aman": "hijau",
    "mendekati": "kuning",
    "lewat": "merah",
    "menunggu": "abu",
    "belum": "abu",
}
RANKS = {
    "sangat tinggi": "st",
    "tinggi": "ti",
    "sedang": "se",
    "rendah": "re",
    "sangat rendah": "sr",
}
COLOURS = frozenset({"nila", "hijau", "kuning", "merah", "sisa", *RANKS.values()})
MESSAGES = {
    "error": ("merah", "alert-circle"),
    "warning": ("kuning", "alert-triangle"),
    "success": ("hijau", "circle-check"),
}
DASH = "–"  # noqa: RUF001 - the dash of an Indonesian table: no value
LONGEST_BAR = Decimal(120)
"""Bars of an achievement stop here; its figure is shown as it is."""


@register.filter
def angka(value: Decimal | str | None, decimals: int | None = 2) -> str:
    """Write 1.234,56; a null is a dash, because it is not zero.

    A template hands "" for what is not there (``row.target.value`` without a target).
    """
    return (
        DASH if value is None or value == "" else say_number(Decimal(value), decimals)
    )


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """Write "Rabu, 7 Oktober 2026"."""
    if value is None:
        return DASH
    day = _local(value)
    return told(joined([opened(DAYS[day.weekday()]), say_day(day)], ", "))


@register.filter
def tanggal_pendek(value: date | datetime | None) -> str:
    """Write "Kam 8 Okt"."""
    if value is None:
        return DASH
    day = _local(value)
    month = told(MONTHS[day.month - 1])
    return f"{told(opened(DAYS[day.weekday()]))[:3]} {day.day} {month[:3]}"


@register.filter
def jam(value: datetime | None) -> str:
    """Write "09.12"."""
    return DASH if value is None else f"{_local(value):%H.%M}"


@register.filter
def jam_wib(value: datetime | None) -> str:
    """Write "09.12 WIB", with the zone in which the page is shown."""
    zone = timezone.get_current_timezone_name()
    return DASH if value is None else f"{jam(value)} {ZONES.get(zone, zone)}"


@register.filter
def saat(value: datetime | None) -> str:
    """Write "Kam 8 Okt 10.10"."""
    return DASH if value is None else f"{tanggal_pendek(value)} {jam(value)}"


@register.filter
def saat_tahun(value: datetime | None) -> str:
    """Write "Kam 8 Okt 2026 10.10": what may lie in another year."""
    if value is None:
        return DASH
    return f"{tanggal_pendek(value)} {_local(value).year} {jam(value)}"


@register.filter
def saat_lengkap(value: datetime | None) -> str:
    """Write "Rabu, 7 Oktober 2026, 09.12 WIB"."""
    return DASH if value is None else f"{tanggal(value)}, {jam_wib(value)}"


def _local(value: Any) -> Any:  # noqa: ANN401 - a date or a moment, as it came
    return timezone.localtime(value) if hasattr(value, "tzinfo") else value


@register.simple_tag
def ikon(name: str, extra: str = "") -> SafeString:
    """Draw an icon of the sprite; an unknown name is a mistake of the page."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon {name!r} in ikon.svg")
    return format_html(
        '<svg class="ic{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {extra}" if extra else "",
        static("ikon.svg"),
        name,
    )


@register.simple_tag
def lampu(light: str, text: str) -> SafeString:
    """Show a time light: shape and colour of ``light`` beside the words."""
    return format_html('<span class="lampu {}">{}</span>', LIGHTS[light], text)


@register.filter
def kelas_peringkat(band: str | None) -> str:
    """Return the CSS class of a rank's name; "" for none or one of another scale."""
    return RANKS.get((band or "").lower(), "")


@register.simple_tag
def cip_peringkat(band: str | None) -> SafeString:
    """Show a rank as a chip; without one it says so."""
    return format_html(
        '<span class="cip {}">{}</span>', kelas_peringkat(band), band or _("belum ada")
    )


@register.simple_tag
def meter(label: str, total: int, extra: str = "", **parts: int) -> SafeString:
    """Draw parts of a total side by side: ``{% meter "..." 11 hijau=3 kuning=1 %}``.

    Names of parts are colours: nila, hijau, kuning, merah, st, ti, se, re, sr.
    ``extra`` "tipis" or "tebal-b" makes the bar thinner or thicker.
    """
    if not COLOURS.issuperset(parts):
        raise template.TemplateSyntaxError(f"unknown colours in {sorted(parts)}")
    return format_html(
        '<svg class="meter-bar {}" viewBox="0 0 1000 8" preserveAspectRatio="none" '
        'role="img" aria-label="{}">{}</svg>',
        extra,
        label,
        _bars(parts.items(), max(total, 1)),
    )


def _bars(parts: Iterable[tuple[str, int]], total: int) -> SafeString:
    """Place the parts one after the other on a line of 1000."""
    rows, at = [], 0
    for colour, amount in parts:
        width = min(1000 * amount // total, 1000 - at)
        rows.append((colour, at, width))
        at += width
    return format_html_join("", '<rect class="{}" x="{}" width="{}" height="8"/>', rows)


@register.simple_tag
def peringkat(bands: dict[str, int]) -> SafeString:
    """Draw how many figures have which rank, best first, and say it in words."""
    known = {name: bands[name] for name in sorted(bands, key=_place) if bands[name]}
    words = ", ".join(f"{many} {name.lower()}" for name, many in known.items())
    parts = [(kelas_peringkat(name), many) for name, many in known.items()]
    return format_html(
        '<svg class="meter-bar tebal-b" viewBox="0 0 1000 8" '
        'preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
        '<p class="kecil redup atas-1">{}</p>',
        words,
        _bars(parts, max(sum(known.values()), 1)),
        words,
    )


def _place(name: str) -> int:
    order = list(RANKS)
    return order.index(name.lower()) if name.lower() in RANKS else len(order)


@register.filter
def ambil(known: dict[Any, Any], key: Any) -> Any:  # noqa: ANN401 - as it was put in
    """Return what a mapping holds for a key, "" when nothing."""
    return known.get(key, "")


@register.simple_tag
def capai(value: Decimal | None, band: str | None) -> SafeString:
    """Show an achievement in percent with its rank and a bar with a notch at 100."""
    if value is None:
        return format_html('<span class="redup kecil">{}</span>', DASH)
    width = min(max(value, Decimal(0)), LONGEST_BAR) * 10
    return format_html(
        '<div class="capai"><b class="num">{}%</b><span class="kt {}">{}</span>'
        '<svg class="capai-b" viewBox="0 0 1200 5" preserveAspectRatio="none" '
        'aria-hidden="true"><rect class="{}" width="{}" height="5"/>'
        '<rect class="seratus" x="994" width="12" height="5"/></svg></div>',
        angka(value, 1),
        kelas_peringkat(band),
        band or "",
        kelas_peringkat(band),
        int(width),
    )


@register.simple_tag
def langkah_kecil(done: int, total: int) -> SafeString:
    """Draw one small box for each step of an SOP: done, now, ahead."""
    gap, width = 20, (1000 - 20 * (total - 1)) // max(total, 1)
    colours = ["hijau"] * done + ["nila"] * (done < total)
    colours += ["sisa"] * (total - len(colours))
    rows = [(name, i * (width + gap), width) for i, name in enumerate(colours)]
    return format_html(
        '<svg class="meter-bar tipis langkah-kecil" viewBox="0 0 1000 8" '
        'preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        format_html_join(
            "", '<rect class="{}" x="{}" width="{}" height="8" rx="2"/>', rows
        ),
    )


@register.inclusion_tag("shared/ribbon.html")
def pita(journey: list[Stop]) -> dict[str, Any]:
    """Show the journey as the ribbon on top of a case's pages."""
    return {"journey": journey}


@register.inclusion_tag("shared/journey.html")
def jalan(journey: list[Stop]) -> dict[str, Any]:
    """Show the journey upright, with actors and times."""
    return {"journey": journey}


@register.inclusion_tag("shared/errors.html")
def ringkas_salah(form: Any) -> dict[str, Any]:  # noqa: ANN401 - any Django form
    """Show the error summary of a form; nothing when it has no errors."""
    return {"form": form}


@register.inclusion_tag("shared/field.html")
def kolom(field: Any) -> dict[str, Any]:  # noqa: ANN401 - a bound field
    """Show a field with label, help and its errors."""
    return {"field": field}


@register.filter
def warna_pesan(level: str) -> str:
    """Return the colour of a message's box."""
    return MESSAGES.get(level, ("", "info-circle"))[0]


@register.filter
def ikon_pesan(level: str) -> str:
    """Return the icon of a message's box."""
    return MESSAGES.get(level, ("", "info-circle"))[1]
