"""A Renstra as a whole: how it is begun, how it comes into force."""

from __future__ import annotations

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import OfficeForm

from ...rules import GoalPlan, OutcomePlan, RenstraPlan, Stage
from ..fields import DayField, LineField
from .fields import code_field, origin_field, text_field, year_field


class StartForm(OfficeForm):
    """The beginning of a Renstra murni: its years, its origin, one tujuan and sasaran."""

    first_year = year_field(lazy("Tahun awal"))
    last_year = year_field(lazy("Tahun akhir"))
    origin = origin_field()
    goal_code = code_field(lazy("Kode tujuan"), "T1")
    goal_text = text_field(lazy("Tujuan pertama"))
    outcome_code = code_field(lazy("Kode sasaran"), "S1")
    outcome_text = text_field(lazy("Sasaran pertamanya"))

    def plan(self) -> RenstraPlan:
        """Return the document as far as it is written."""
        data = self.cleaned_data
        outcome = OutcomePlan(data["outcome_code"], data["outcome_text"])
        goal = GoalPlan(data["goal_code"], data["goal_text"], (outcome,))
        return RenstraPlan(
            data["first_year"],
            data["last_year"],
            Stage.ORIGINAL,
            data["origin"],
            (goal,),
        )


class ChangeForm(OfficeForm):
    """The beginning of a perubahan: what it is taken from."""

    origin = origin_field()


class EnactForm(OfficeForm):
    """From when a draft holds and by what; ``seal`` is of what was looked at."""

    since = DayField(label=lazy("Berlaku sejak"))
    decision = LineField(
        label=lazy("Ditetapkan dengan"),
        max_length=200,
        help_text=lazy("Nomor dan tanggal peraturan atau keputusannya."),
        error_messages={"required": lazy("Isi nomor dan tanggal penetapannya.")},
    )
    read = forms.BooleanField(
        label=lazy("Sudah saya periksa; setelah berlaku tidak dapat diubah lagi"),
        error_messages={"required": lazy("Periksa, lalu centang di sini.")},
    )
    seal = forms.CharField(required=False, widget=forms.HiddenInput)

    def follow(self, seal: str) -> None:
        """Let the next sending be about what stands now, looked at anew."""
        data = MultiValueDict(dict(self.data.lists()))  # type: ignore[attr-defined]  # a QueryDict
        data["seal"] = seal
        data.pop("read", None)
        self.data = data
