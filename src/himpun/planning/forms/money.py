"""The grids of a year's money: pagu, and what was spent by period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import OfficeForm, one_line
from himpun.shared.http import sentence, told
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import Period

from .. import rules
from ..actions import Amount
from ..rules import Money, ProgrammeLine, Stage
from .fields import DayField, LineField
from .targets import LONGEST, SEEN, Cell

if TYPE_CHECKING:
    from ..queries import MoneyLine, MoneySheet, Place

HELP = {
    Money.BUDGET: lazy("Contoh: DPA nomor 900/12/2026. Dicatat pada pagu yang diubah."),
    Money.SPENDING: lazy("Contoh: SPJ Maret 2026. Dicatat pada realisasi yang diubah."),
}


class MoneyForm(OfficeForm):
    """Amounts of an office's programmes in a year; ``what`` says which are asked.

    A cell that somebody else changed since the page was shown is not overwritten; one
    that is emptied loses its amount.
    """

    origin = LineField(
        label=lazy("Asal angka"),
        max_length=300,
        error_messages={"required": lazy("Tulis dari dokumen mana angka ini.")},
    )
    since = DayField(
        label=lazy("Pagu perubahan berlaku sejak"),
        required=False,
        help_text=lazy("Tanggal DPPA. Diisi bila ada pagu perubahan."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        sheet: MoneySheet,
        what: Money,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        initial = {"origin": sheet.origins[what], "since": sheet.since}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["origin"].help_text = HELP[what]
        self.sheet = sheet
        self.places: tuple[Place, ...] = sheet.periods
        if what is Money.BUDGET:
            self.places = (Stage.ORIGINAL, Stage.CHANGED)
        else:
            del self.fields["since"]
        self.changed: dict[str, Amount] = {}
        for line in sheet.lines:
            for place in self.places if line.open else ():
                self.fields[_name(line, place)] = LineField(
                    label=f"{line.programme.name}, {_label(place)}",
                    required=False,
                    max_length=LONGEST,
                    initial=rules.write_rupiah(line.own.get(place)),
                    widget=forms.TextInput(
                        attrs={
                            "class": "in num",
                            "autocomplete": "off",
                            "inputmode": "decimal",
                        }
                    ),
                )

    def clean(self) -> dict[str, Any]:
        """Read every cell as whole rupiah."""
        for line in self.sheet.lines:
            for place in self.places if line.open else ():
                name = _name(line, place)
                typed = self.cleaned_data.get(name)
                seen = one_line(self.data.get(f"{SEEN}{name}", ""))
                if typed is None or typed == seen:
                    continue
                try:
                    self._take(line, place, typed, seen)
                except Refusal as refusal:
                    self.add_error(name, sentence(refusal))
        self._move()
        return self.cleaned_data

    def _take(self, line: MoneyLine, place: Place, typed: str, seen: str) -> None:
        """Keep what a changed cell says; raises Refusal for what is no amount."""
        amount = rules.read_rupiah(typed)
        stands = line.own.get(place)
        if amount == stands:
            return
        rules.refuse_unseen(rules.write_rupiah(stands), seen=seen)
        name = _name(line, place)
        since = self.cleaned_data.get("since") if place is Stage.CHANGED else None
        since = since or (self.sheet.since if amount is None else None)
        self.changed[name] = Amount(name, line.programme, place, amount, since)

    def _move(self) -> None:
        """Let another day of the change hold for all changed pagu that stand."""
        day = self.cleaned_data.get("since")
        if day is None or day == self.sheet.since:
            return
        for line in self.sheet.lines:
            name, amount = _name(line, Stage.CHANGED), line.own.get(Stage.CHANGED)
            if amount is not None and name not in self.changed:
                self.changed[name] = Amount(
                    name, line.programme, Stage.CHANGED, amount, day
                )

    @cached_property
    def typed(self) -> MoneySheet:
        """Return the sheet with what is typed, so that its sums can be looked at."""
        return self.sheet.with_typed(
            {(x.programme.pk, x.place): x.amount for x in self.changed.values()}
        )

    def rows(self) -> list[tuple[MoneyLine, list[Cell | int | None]]]:
        """Return each line with a cell, or the sum of its parts, for each place.

        Sums and doubts are of what is typed.
        """
        typed = self.typed
        return [
            (
                now,
                [self._cell(line, place) for place in self.places]
                if line.open
                else [_sum(now, place, typed) for place in self.places],
            )
            for line, now in zip(self.sheet.lines, typed.lines, strict=True)
        ]

    def _cell(self, line: MoneyLine, place: Place) -> Cell:
        stands = rules.write_rupiah(line.own.get(place))
        return Cell(self[_name(line, place)], stands)

    def totals(self) -> list[int | None]:
        """Return what all of it comes to in each place, as it is typed."""
        typed = self.typed
        total = typed.total
        return [_sum(total, place, typed) for place in self.places] if total else []


def _sum(line: MoneyLine, place: Place, sheet: MoneySheet) -> int | None:
    if place is Stage.ORIGINAL:
        return line.original
    if place is Stage.CHANGED:
        return line.money.budget if sheet.changed else None
    return line.spent[sheet.periods.index(place)]


def _name(line: MoneyLine, place: Place) -> str:
    """Return the name of a cell: "7.murni", "7.2026-TW1"."""
    key = place.value if isinstance(place, Stage) else place.code
    return f"{line.programme.pk}.{key}"


def _label(place: Place) -> str:
    if isinstance(place, Period):
        return told(place.label)
    return _("pagu murni") if place is Stage.ORIGINAL else _("pagu perubahan")


class ProgrammesForm(OfficeForm):
    """A list of programmes, activities and sub-activities, typed or pasted."""

    lines = forms.CharField(
        label=lazy("Program, kegiatan, dan sub kegiatan"),
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "in"}),
        help_text=lazy(
            "Satu baris satu kegiatan: kodenya, lalu namanya. Dua kolom kode dan nama "
            "dari Excel dapat ditempel. Nama boleh kosong bila kodenya ada dalam "
            "nomenklatur 7.01."
        ),
        error_messages={"required": lazy("Tulis sedikitnya satu baris.")},
    )

    def clean_lines(self) -> list[ProgrammeLine]:
        """Read every line as code and name."""
        try:
            return rules.read_lines(self.cleaned_data["lines"])
        except Refusal as refusal:
            raise forms.ValidationError(sentence(refusal)) from None
