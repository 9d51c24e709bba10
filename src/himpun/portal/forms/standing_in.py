"""Forms of who is away and who acts for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.organization.rules import AbsenceKind
from himpun.shared.forms import OfficeForm, one_line

from .staff import date_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from himpun.organization.models import Official, Person, Position
    from himpun.procedures.models import Procedure

ABSENCES = (
    (AbsenceKind.LEAVE.value, lazy("Cuti")),
    (AbsenceKind.DUTY.value, lazy("Dinas luar")),
    (AbsenceKind.TRAINING.value, lazy("Pelatihan")),
    (AbsenceKind.OTHER.value, lazy("Berhalangan lain")),
)


class AbsenceForm(OfficeForm):
    """Who is away, why and when; without ``people`` it is about oneself."""

    person = forms.ChoiceField(
        label=lazy("Pejabat"), error_messages={"required": lazy("Pilih pejabat.")}
    )
    kind = forms.ChoiceField(
        label=lazy("Jenis"),
        choices=ABSENCES,
        help_text=lazy("Terlihat oleh kantor. Cuti sakit dicatat sebagai cuti."),
    )
    since = date_field(lazy("Sejak"), required=True)
    until = date_field(lazy("Sampai"), required=True, help_text=lazy("Hari terakhir."))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        people: Iterable[Person],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(p.pk), f"{p.name} ({p.username})") for p in people]
        self.fields["person"].choices = [("", _("Pilih")), *named]  # type: ignore[attr-defined]  # a ChoiceField's own
        if not named:
            del self.fields["person"]


class DelegationForm(OfficeForm):
    """Whose tasks another official does, which, and when."""

    position = forms.ChoiceField(label=lazy("Jabatan saya"))
    to = forms.ChoiceField(
        label=lazy("Dilimpahkan kepada"),
        error_messages={"required": lazy("Pilih pejabat.")},
    )
    procedure = forms.ChoiceField(
        label=lazy("Tugas"),
        required=False,
        help_text=lazy("Tanda tangan tidak ikut: itu perlu Plt. atau Plh."),
    )
    since = date_field(lazy("Sejak"), required=True)
    until = date_field(
        lazy("Sampai"),
        required=True,
        help_text=lazy("Hari terakhir. Sesudahnya berakhir dengan sendirinya."),
    )
    letter = forms.CharField(
        label=lazy("Nomor surat"),
        required=False,
        max_length=120,
        help_text=lazy("Boleh kosong. Bila ada, tercetak di jejak dan kertas."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        positions: Iterable[Position],
        officials: Iterable[Official],
        procedures: Iterable[Procedure],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "position": [(str(p.pk), p.title) for p in positions],
            "to": [
                ("", _("Pilih")),
                *((str(o.pk), f"{o.person.name}, {o}") for o in officials),
            ],
            "procedure": [
                ("", _("Semua tugas jabatan ini")),
                *((str(p.pk), p.name) for p in procedures),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a ChoiceField's own

    def clean_letter(self) -> str:
        """Return the letter's number on one line."""
        return one_line(self.cleaned_data["letter"])
