"""Fields of the plan's forms: numbers, lines of text, days, choices in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as lazy

from himpun import formula
from himpun.shared.forms import OfficeForm, Words, one_line
from himpun.shared.http import told

from .. import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

FIRST, LAST = date(1945, 1, 1), date(2100, 12, 31)


class LineField(forms.CharField):
    """A text on one line, in NFC and without control characters."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's own signature
        """Return the text on one line."""
        return one_line(super().to_python(value) or "")


class LinesField(forms.CharField):
    """A text that may have several lines."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's own signature
        """Return the lines, each as `LineField` reads it."""
        lines = (super().to_python(value) or "").splitlines()
        return "\n".join(one_line(line) for line in lines).strip()


class NumberField(forms.CharField):
    """A number as people here write it; empty is None, never 0."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(required=False, max_length=60, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> Decimal | None:  # noqa: ANN401 - Django's own signature
        """Return the number; the reader's own question is what a wrong one is told."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = formula.read_number(text)
        except formula.NumberProblem as problem:
            raise ValidationError(told(str(problem))) from None
        if not rules.fits(number):
            raise ValidationError(
                lazy("Angka itu terlalu panjang. Tulis paling banyak 8 angka desimal.")
            )
        return number


class DayField(forms.DateField):
    """A day, with the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "required": lazy("Isi tanggal."),
        "invalid": lazy("Tanggal ditulis tahun-bulan-hari, misalnya 2026-10-07."),
    }

    def validate(self, value: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Refuse days of which no plan speaks."""
        super().validate(value)
        if value and not FIRST <= value <= LAST:
            raise ValidationError(lazy("Tulis tahun antara 1945 dan 2100."))


def chosen(
    label: Words,
    words: Iterable[tuple[str, Words]],
    **more: Any,  # noqa: ANN401 - a field's own
) -> forms.ChoiceField:
    """Return a field for one of several choices, each in words."""
    return forms.ChoiceField(
        label=label,
        choices=list(words),
        error_messages={
            "required": lazy("Pilih salah satu."),
            "invalid_choice": lazy("Pilih salah satu yang tersedia."),
        },
        **more,
    )


def named(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Return the members of an enumeration with their words, as choices."""
    return [(member.value, said) for member, said in words.items()]


class NumberedForm(OfficeForm):
    """A document in versions: ``number`` is the one that the page showed, 0 for none."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def shown(self) -> int:
        """The version that the page showed, 0 for none."""
        return self.cleaned_data["number"] or 0
