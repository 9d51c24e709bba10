"""Forms of papers, signing and the public check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import OfficeForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise as Promise


class NumberForm(OfficeForm):
    """The office's letter number, when it gives one."""

    number = forms.CharField(
        label=lazy("Nomor surat, bila ada"),
        max_length=60,
        required=False,
        error_messages={"max_length": lazy("Nomor surat paling panjang 60 huruf.")},
    )


class ScanForm(OfficeForm):
    """The scan of the signed paper."""

    file = forms.FileField(
        label=lazy("Pindaian kertas yang ditandatangani"),
        help_text=lazy("PDF, JPG, atau PNG, paling besar 10 MB."),
        max_length=200,
        error_messages={
            "required": lazy("Pilih berkas pindaian dahulu."),
            "empty": lazy("Berkas ini kosong. Pilih berkas lain."),
            "max_length": lazy("Nama berkas terlalu panjang. Pendekkan namanya."),
        },
    )


def _secret(label: Promise, missing: Promise) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "data-frasa": ""}
        ),
        error_messages={"required": missing},
    )


class PassphraseForm(OfficeForm):
    """The passphrase of a test certificate; never kept, never shown again."""

    passphrase = _secret(lazy("Frasa sandi"), lazy("Isi frasa sandi."))


class NewPassphraseForm(PassphraseForm):
    """The first passphrase, typed twice, with which the certificate is made."""

    again = _secret(lazy("Ulangi frasa sandi"), lazy("Ketik frasa sandi sekali lagi."))


class ReturnForm(OfficeForm):
    """To which step, why, and which values are to be opened again."""

    to = forms.ChoiceField(
        label=lazy("Kembalikan ke"),
        error_messages={
            "required": lazy("Pilih langkah."),
            "invalid_choice": lazy("SOP ini tidak mengatur pengembalian ke sana."),
        },
    )
    values = forms.TypedMultipleChoiceField(
        label=lazy("Nilai yang perlu diperbaiki"),
        help_text=lazy("Nilai lain tetap terkunci. Boleh dikosongkan."),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": lazy("Nilai itu bukan bagian laporan ini.")},
    )
    reason = forms.CharField(
        label=lazy("Alasan"),
        max_length=1000,
        required=False,
        help_text=lazy("Paling sedikit 10 huruf. Tercatat dan tercetak."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": lazy("Alasan paling panjang 1000 huruf.")},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        targets: Sequence[tuple[str, str]],
        entries: Sequence[tuple[int, str]],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = targets  # type: ignore[attr-defined]  # a ChoiceField's own
        self.fields["values"].choices = entries  # type: ignore[attr-defined]  # a ChoiceField's own


class CodeForm(OfficeForm):
    """A code typed from paper."""

    kode = forms.CharField(
        label=lazy("Kode dokumen"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off"}
        ),
        error_messages={"required": lazy("Ketik kode di bawah QR.")},
    )
