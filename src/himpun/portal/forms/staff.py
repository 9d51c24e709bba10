"""Forms of the administrator's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.organization.rules import PositionKind, Status
from himpun.shared.forms import OfficeForm, Words, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from himpun.organization.models import Person, Position, Unit

STATUSES = (
    (Status.DEFINITIVE.value, lazy("Definitif")),
    (Status.PLT.value, lazy("Plt. (pelaksana tugas)")),
    (Status.PLH.value, lazy("Plh. (pelaksana harian)")),
    (Status.PJ.value, lazy("Pj. (penjabat)")),
)

POSITION_KINDS = (
    (PositionKind.STAFF.value, lazy("Pelaksana")),
    (PositionKind.TREASURER.value, lazy("Bendahara")),
    (PositionKind.SUBHEAD.value, lazy("Kepala subbagian")),
    (PositionKind.SECTION_HEAD.value, lazy("Kepala seksi")),
    (PositionKind.SECRETARY.value, lazy("Sekretaris kecamatan")),
    (PositionKind.HEAD.value, lazy("Camat")),
    (PositionKind.VILLAGE_HEAD.value, lazy("Kepala desa atau lurah")),
)
"""The kinds that an office has; administrators are made when the product is set up."""


def date_field(
    label: Words, *, required: bool, help_text: Words = ""
) -> forms.DateField:
    """Return a field for a day, with the browser's own picker."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": lazy("Isi tanggal."),
            "invalid": lazy("Tanggal ditulis tahun-bulan-hari, misalnya 2026-10-07."),
        },
    )


def _choices(positions: Iterable[Position]) -> list[tuple[str, str]]:
    named = [(str(p.pk), f"{p.title}, {p.unit.name}") for p in positions]
    return [("", _("Pilih")), *named]


class AccountForm(OfficeForm):
    """A new account; its owner makes the password with a printed code."""

    name = forms.CharField(
        label=lazy("Nama"),
        max_length=160,
        error_messages={"required": lazy("Nama belum ditulis.")},
    )
    username = forms.CharField(
        label=lazy("Nama pengguna"),
        max_length=60,
        help_text=lazy("Huruf kecil, angka, titik, atau garis. Dipakai untuk masuk."),
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]{2,59}$",
                lazy("Pakai 3 sampai 60 huruf kecil, angka, titik, atau garis."),
            )
        ],
        error_messages={"required": lazy("Nama pengguna belum ditulis.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    nip = forms.CharField(
        label="NIP",
        required=False,
        help_text=lazy("18 angka, boleh dikosongkan."),
        validators=[RegexValidator(r"^\d{18}$", lazy("NIP terdiri atas 18 angka."))],
    )
    rank = forms.CharField(label=lazy("Pangkat"), required=False, max_length=80)
    position = forms.ChoiceField(
        label=lazy("Jabatan"),
        help_text=lazy("Definitif. Plt., Plh., dan Pj. dicatat tersendiri."),
        error_messages={"required": lazy("Pilih jabatan.")},
    )
    since = date_field(lazy("Sejak"), required=True)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        positions: Iterable[Position],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = _choices(positions)  # type: ignore[attr-defined]  # a ChoiceField's own

    def clean_name(self) -> str:
        """Return the name on one line."""
        return one_line(self.cleaned_data["name"])

    def clean_rank(self) -> str:
        """Return the rank on one line."""
        return one_line(self.cleaned_data["rank"])


class AppointForm(OfficeForm):
    """Who holds a position, in which capacity, from when until when."""

    position = forms.ChoiceField(
        label=lazy("Jabatan"),
        error_messages={"required": lazy("Pilih jabatan.")},
    )
    person = forms.ChoiceField(
        label=lazy("Pejabat"), error_messages={"required": lazy("Pilih pejabat.")}
    )
    status = forms.ChoiceField(
        label=lazy("Kedudukan"),
        choices=STATUSES,
        help_text=lazy("Plt., Plh., dan Pj. perlu nomor surat perintah."),
    )
    since = date_field(lazy("Sejak"), required=True)
    until = date_field(
        lazy("Sampai"),
        required=False,
        help_text=lazy("Hari terakhir. Kosongkan bila belum ditentukan."),
    )
    letter = forms.CharField(
        label=lazy("Nomor surat"),
        required=False,
        max_length=120,
        help_text=lazy("Tercetak di kertas, misalnya SPT 800/12/2026."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        positions: Iterable[Position],
        people: Iterable[Person],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = _choices(positions)  # type: ignore[attr-defined]  # a ChoiceField's own
        named = [(str(p.pk), f"{p.name} ({p.username})") for p in people]
        self.fields["person"].choices = [("", _("Pilih")), *named]  # type: ignore[attr-defined]  # a ChoiceField's own

    def clean_letter(self) -> str:
        """Return the letter's number on one line."""
        return one_line(self.cleaned_data["letter"])


class PositionForm(OfficeForm):
    """A new jabatan of an office."""

    title = forms.CharField(
        label=lazy("Nama jabatan"),
        max_length=160,
        help_text=lazy("Tercetak di kertas, misalnya Kasi Pelayanan Umum."),
        error_messages={"required": lazy("Nama jabatan belum ditulis.")},
    )
    kind = forms.ChoiceField(
        label=lazy("Jenis"),
        choices=POSITION_KINDS,
        help_text=lazy("Menentukan kewenangan, misalnya memulai kasus."),
    )
    unit = forms.ChoiceField(
        label=lazy("Unit"), error_messages={"required": lazy("Pilih unit.")}
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        units: Iterable[Unit],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(unit.pk), unit.name) for unit in units]
        self.fields["unit"].choices = [("", _("Pilih")), *named]  # type: ignore[attr-defined]  # a ChoiceField's own

    def clean_title(self) -> str:
        """Return the title on one line."""
        return one_line(self.cleaned_data["title"])


class EndForm(OfficeForm):
    """The last day of a tenure."""

    until = date_field(lazy("Hari terakhir"), required=True)
