"""A programme, activity or sub-activity of a draft, with its money year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import whole
from himpun.shared.http import sentence
from himpun.shared.refusals import Refusal

from ... import queries, rules
from ...rules import ProgrammePlan, RenstraPlan
from ..fields import LineField, LinesField, chosen
from .fields import LONGEST_TEXT
from .parts import PlacedForm

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

FUNDING = "pagu-"
"""Before a year: the name of the field of its indicative budget."""


class ProgrammeForm(PlacedForm):
    """A programme, activity or sub-activity with its result and indicative budget."""

    kind = "program"
    programme = chosen(
        lazy("Program, kegiatan, atau sub kegiatan"),
        [],
        help_text=lazy("Yang belum ada ditambahkan pada halaman Anggaran."),
    )
    outcome = chosen(
        lazy("Sasaran yang didukung"),
        [],
        required=False,
        help_text=lazy(
            "Untuk program. Kegiatan dan sub kegiatan mengikuti programnya."
        ),
    )
    result = LinesField(
        label=lazy("Hasil yang diharapkan"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=lazy("Outcome program, atau output kegiatan dan sub kegiatan."),
    )
    field_order = ("programme", "outcome", "result", "indicators", "place")

    @property
    def stood(self) -> ProgrammePlan | None:
        """The programme that is changed, None for a new one."""
        number = whole(self.key)
        rows = self.before.programmes
        return next((one for one in rows if one.programme == number), None)

    @property
    def missing(self) -> bool:
        """Whether there is no such programme."""
        return bool(self.key) and self.stood is None

    @property
    def years(self) -> range:
        """The years of the plan."""
        return range(self.before.first_year, self.before.last_year + 1)

    def now(self) -> dict[str, Any]:
        """Return what stands, or the sasaran that is asked for."""
        planned = self.stood
        if planned is None:
            return {"outcome": self.above, "place": len(self.before.programmes) + 1}
        return {
            "programme": planned.programme,
            "outcome": planned.outcome,
            "result": planned.result,
            "indicators": list(planned.indicators),
            "place": self.before.programmes.index(planned) + 1,
            **{f"{FUNDING}{y}": rules.write_rupiah(x) for y, x in planned.funding},
        }

    def prepare(self) -> None:
        """Offer programmes that are not planned yet, sasaran, and a field a year."""
        super().prepare()
        own = whole(self.key)
        rows = queries.programme_choices(self.office, self.before, own)
        choices = {
            "programme": [("", _("Pilih")), *((str(row.pk), str(row)) for row in rows)],
            "outcome": [
                ("", _("Tidak ada")),
                *((o.code, f"{o.code}  {o.text}") for o in self.before.outcomes),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a ChoiceField's own
        for year in self.years:
            self.fields[f"{FUNDING}{year}"] = LineField(
                label=str(year),
                required=False,
                max_length=40,
                widget=forms.TextInput(
                    attrs={
                        "class": "in num",
                        "autocomplete": "off",
                        "inputmode": "decimal",
                    }
                ),
            )

    def funding(self) -> list[BoundField]:
        """Return the fields of the indicative budget, year by year."""
        return [self[f"{FUNDING}{year}"] for year in self.years]

    def clean(self) -> dict[str, Any]:
        """Read the amounts."""
        self.amounts: dict[int, int] = {}
        for year in self.years:
            name = f"{FUNDING}{year}"
            try:
                amount = rules.read_rupiah(self.cleaned_data.get(name, ""))
            except Refusal as refusal:
                self.add_error(name, sentence(refusal))
            else:
                if amount is not None:
                    self.amounts[year] = amount
        return self.cleaned_data

    def own(self) -> tuple[str, ...]:
        """Return the codes of the indicators that hang here now."""
        return self.stood.indicators if self.stood else ()

    def plan(self) -> RenstraPlan:
        """Return the whole document with this programme."""
        data = self.cleaned_data
        planned = ProgrammePlan(
            int(data["programme"]),
            data["outcome"],
            data["result"],
            self.codes(),
            tuple(self.amounts.items()),
        )
        was = whole(self.key)
        return rules.with_programme(self.before, was, planned, data["place"])

    def rest(self) -> RenstraPlan:
        """Return the whole document without it."""
        return rules.without_programme(self.before, whole(self.key))
