"""Forms of this app; grids of many rows are read by their views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import OfficeForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .models import Team

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WRONG_DATE = {"invalid": lazy("Tulis tanggal, misalnya 2025-01-31.")}
NEW_TEAM = "baru"
RECEIVED = "terima"
"""The id of the form element: the rows' boxes and these fields lie outside of it."""


class TeamForm(OfficeForm):
    """The team in force, or a new one with its members."""

    team = forms.ChoiceField(
        label=lazy("Tim pengumpul data"),
        widget=forms.RadioSelect,
        error_messages={
            "required": lazy("Pilih tim yang berlaku atau tim baru."),
            "invalid_choice": lazy("Tim itu tidak ada di kantor ini. Pilih lagi."),
        },
    )
    name = forms.CharField(label=lazy("Nama tim"), max_length=160, required=False)
    members = forms.MultipleChoiceField(
        label=lazy("Anggota"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": lazy("Pilih anggota dari daftar ini.")},
    )
    decree_number = forms.CharField(
        label=lazy("Nomor SK"),
        max_length=120,
        required=False,
        help_text=lazy("Bila ada. Tidak disyaratkan."),
    )
    decree_date = forms.DateField(
        label=lazy("Tanggal SK"),
        required=False,
        widget=DATE,
        error_messages=WRONG_DATE,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        teams: Iterable[Team],
        members: Iterable[tuple[int, str]],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        team, member = self.fields["team"], self.fields["members"]
        team.choices = [  # type: ignore[attr-defined]  # a ChoiceField's own
            *((str(row.pk), row.name) for row in teams),
            (NEW_TEAM, lazy("Tim baru")),
        ]
        member.choices = [(str(pk), label) for pk, label in members]  # type: ignore[attr-defined]  # a ChoiceField's own


class ReceivedForm(OfficeForm):
    """How and when data came in from the chosen units."""

    via = forms.CharField(
        label=lazy("Diterima lewat"),
        max_length=200,
        required=False,
        help_text=lazy("Misalnya surat pengantar, WhatsApp, atau datang sendiri."),
        widget=forms.TextInput(attrs={"form": RECEIVED}),
    )
    on = forms.DateField(
        label=lazy("Tanggal diterima"),
        widget=forms.DateInput(
            attrs={"type": "date", "form": RECEIVED}, format="%Y-%m-%d"
        ),
        error_messages={"required": lazy("Isi tanggal diterima."), **WRONG_DATE},
    )


class AgainForm(OfficeForm):
    """By when a unit answers anew, and why it is asked."""

    due = forms.DateField(
        label=lazy("Paling lambat"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": lazy("Isi tanggal paling lambat."), **WRONG_DATE},
    )
    reason = forms.CharField(
        label=lazy("Alasan"),
        max_length=1000,
        required=False,
        help_text=lazy("Paling sedikit 10 huruf. Tercatat dan tercetak."),
    )


class UnitForm(AgainForm):
    """What one more unit is asked; which one is chosen from those not asked yet."""

    field_order = ("unit", "what", "due", "reason")
    unit = forms.CharField(label=lazy("Unit"), required=False)
    what = forms.CharField(
        label=lazy("Data yang diminta"), max_length=500, required=False
    )


class OtherVerifierForm(OfficeForm):
    """Which official verifies instead of whom, and why."""

    official = forms.ChoiceField(
        label=lazy("Verifikator lain"),
        error_messages={
            "required": lazy("Pilih pejabat."),
            "invalid_choice": lazy("Pilih pejabat dari kantor ini."),
        },
    )
    concerns = forms.ChoiceField(
        label=lazy("Menggantikan"),
        error_messages={
            "required": lazy("Pilih siapa yang digantikan."),
            "invalid_choice": lazy("Pilih dari daftar ini."),
        },
    )
    reason = forms.CharField(
        label=lazy("Alasan"),
        max_length=1000,
        required=False,
        help_text=lazy("Paling sedikit 10 huruf. Tercatat dan tercetak."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    letter = forms.CharField(
        label=lazy("Nomor surat"),
        max_length=120,
        required=False,
        help_text=lazy("Wajib bila diputuskan administrator kabupaten."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        officials: Iterable[tuple[int, str]],
        people: Iterable[tuple[int, str]],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        official, concerns = self.fields["official"], self.fields["concerns"]
        official.choices = [  # type: ignore[attr-defined]  # a ChoiceField's own
            ("", lazy("Pilih pejabat")),
            *((str(pk), label) for pk, label in officials),
        ]
        concerns.choices = [(str(pk), label) for pk, label in people]  # type: ignore[attr-defined]  # a ChoiceField's own


class ExceptionForm(OfficeForm):
    """Who may be two of the three in this round, why, and on which letter."""

    concerns = forms.ChoiceField(
        label=lazy("Pejabat yang dikecualikan"),
        error_messages={
            "required": lazy("Pilih pejabat."),
            "invalid_choice": lazy("Pilih dari daftar ini."),
        },
    )
    reason = forms.CharField(
        label=lazy("Alasan"),
        max_length=1000,
        required=False,
        help_text=lazy("Paling sedikit 10 huruf. Tercatat dan tercetak."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    letter = forms.CharField(
        label=lazy("Nomor surat"),
        max_length=120,
        required=False,
        help_text=lazy("Surat yang menjadi dasar pengecualian."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        people: Iterable[tuple[int, str]],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        concerns = self.fields["concerns"]
        concerns.choices = [(str(pk), label) for pk, label in people]  # type: ignore[attr-defined]  # a ChoiceField's own
