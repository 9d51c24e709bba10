"""A scale as a table: ranks with their bounds, or grades in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun import formula
from himpun.shared.forms import OfficeForm, Words

from .. import rules
from ..rules import TypedBand
from .fields import LineField, LinesField

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME, SOURCE, CELL = 120, 240, 60


@dataclass(frozen=True)
class Column:
    """A column of the table: the beginning of its fields' names, and its heading."""

    key: str
    heading: Words


RANKS = (
    Column("name", lazy("Peringkat")),
    Column("lower", lazy("Mulai")),
    Column("upper", lazy("Sampai di bawah")),
)
GRADES = (
    Column("code", lazy("Kode")),
    Column("name", lazy("Nama tingkat")),
)


class ScaleForm(OfficeForm):
    """A scale's name, its source and its rows; ``columns`` are `RANKS` or `GRADES`.

    ``follows`` is the scale of which this is the next version: its name stays.
    """

    name = LineField(
        label=lazy("Nama skala"),
        max_length=NAME,
        error_messages={"required": lazy("Tulis nama skala.")},
    )
    source = LineField(
        label=lazy("Dasar hukum atau sumber"),
        max_length=SOURCE,
        help_text=lazy("Contoh: Peraturan Bupati 12/2026. Tercetak di bawah tabel."),
        error_messages={"required": lazy("Tulis dari mana skala ini.")},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        columns: tuple[Column, ...],
        follows: formula.Scale | formula.GradeScale | None = None,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        typed = _rows_of(follows)
        if follows is not None:
            self.fields["name"].initial, self.fields["name"].disabled = (
                follows.name,
                True,
            )
            self.fields["source"].initial = follows.source
        for number in range(rules.MOST_BANDS):
            row = typed[number] if number < len(typed) else ("",) * len(columns)
            for column, text in zip(columns, row, strict=True):
                self.fields[f"{column.key}-{number}"] = LineField(
                    label=_("%(column)s, baris %(n)s")
                    % {"column": column.heading, "n": number + 1},
                    required=False,
                    max_length=CELL,
                    initial=text,
                    widget=forms.TextInput(
                        attrs={"class": "in", "autocomplete": "off"}
                    ),
                )

    @property
    def table(self) -> list[list[forms.BoundField]]:
        """The fields of the rows, in the order of the columns."""
        return [
            [self[f"{column.key}-{number}"] for column in self.columns]
            for number in range(rules.MOST_BANDS)
        ]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """What was typed in the rows, up to the last one that is not empty."""
        data = self.cleaned_data
        rows = [
            tuple(data[f"{column.key}-{number}"] for column in self.columns)
            for number in range(rules.MOST_BANDS)
        ]
        while rows and not any(rows[-1]):
            rows.pop()
        return rows

    @property
    def bands(self) -> list[TypedBand]:
        """The rows as ranks."""
        return [TypedBand(*row) for row in self.rows]


def _rows_of(
    follows: formula.Scale | formula.GradeScale | None,
) -> Sequence[tuple[str, ...]]:
    if isinstance(follows, formula.GradeScale):
        return [(grade.code, grade.name) for grade in follows.grades]
    if follows is None:
        return []
    return [(b.name, _bound(b), "") for b in follows.bands]


def _bound(band: formula.Band) -> str:
    if band.lower is None:
        return ""
    return (
        f"> {rules.write_aim(band.lower)}"
        if band.above
        else rules.write_aim(band.lower)
    )


class DimensionForm(OfficeForm):
    """A way to break figures down, with its categories, one a line."""

    name = LineField(
        label=lazy("Nama pemilahan"),
        max_length=80,
        help_text=lazy("Contoh: Jenis kelamin."),
        error_messages={"required": lazy("Tulis nama pemilahan.")},
    )
    categories = LinesField(
        label=lazy("Pilihan, satu per baris"),
        help_text=lazy(
            "Urutannya dipakai di tabel. Contoh: Laki-laki, lalu Perempuan."
        ),
        error_messages={"required": lazy("Tulis sedikitnya dua pilihan.")},
    )

    @property
    def wanted(self) -> list[str]:
        """The categories in their order."""
        lines = self.cleaned_data["categories"].splitlines()
        return [line for line in lines if line]
