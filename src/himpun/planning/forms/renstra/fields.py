"""Fields that several forms of a Renstra have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as lazy

from ..fields import LineField, LinesField

if TYPE_CHECKING:
    from himpun.shared.forms import Words

LONGEST_CODE, LONGEST_TEXT, LONGEST_ORIGIN = 20, 1000, 300


def code_field(label: Words, initial: str = "") -> LineField:
    """Return a field for a code of the document."""
    return LineField(
        label=label,
        max_length=LONGEST_CODE,
        initial=initial,
        error_messages={"required": lazy("Isi kodenya.")},
    )


def text_field(label: Words) -> LinesField:
    """Return a field for what a part of the document says."""
    return LinesField(
        label=label,
        max_length=LONGEST_TEXT,
        error_messages={"required": lazy("Isi bunyinya.")},
    )


def year_field(label: Words) -> forms.IntegerField:
    """Return a field for a year of a plan."""
    said = lazy("Tulis tahun seperti 2025.")
    return forms.IntegerField(
        label=label, error_messages={"required": said, "invalid": said}
    )


def origin_field() -> LineField:
    """Return a field for the document that a plan is taken from."""
    return LineField(
        label=lazy("Peraturan atau dokumen asal"),
        max_length=LONGEST_ORIGIN,
        help_text=lazy("Contoh: Peraturan Bupati Nomor 12 Tahun 2025, lampiran II."),
        error_messages={"required": lazy("Tulis dari dokumen mana Renstra ini.")},
    )
