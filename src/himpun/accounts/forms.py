"""Forms for coming in, for passwords and for tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import OfficeForm, Words, one_line

if TYPE_CHECKING:
    from himpun.organization.models import Person

LONGEST = 256


def _password(label: Words, use: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        strip=False,
        error_messages={"required": lazy("Sandi belum ditulis.")},
        widget=forms.PasswordInput(attrs={"autocomplete": use}),
    )


def confirmed(old: str, person: Person | None) -> str:
    """Return the present password; raises ValidationError when it is not the person's."""
    if person is None or not person.check_password(old):
        raise forms.ValidationError(_("Sandi sekarang tidak cocok."))
    return old


def _username() -> forms.CharField:
    return forms.CharField(
        label=lazy("Nama pengguna"),
        max_length=60,
        error_messages={"required": lazy("Nama pengguna belum ditulis.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class SignInForm(OfficeForm):
    """Name and password."""

    username = _username()
    password = _password(lazy("Sandi"), "current-password")


class NewPasswordForm(OfficeForm):
    """A new password, written twice, checked by the rules in the settings."""

    new = _password(lazy("Sandi baru"), "new-password")
    again = _password(lazy("Tulis sandi baru sekali lagi"), "new-password")

    person: Person | None = None

    def clean(self) -> dict[str, Any]:
        """Compare both and ask the password rules."""
        data = super().clean() or {}
        new, again = data.get("new"), data.get("again")
        if new and again and new != again:
            self.add_error("again", _("Kedua sandi belum sama. Tulis lagi."))
        if new:
            try:
                password_validation.validate_password(new, self.person)
            except forms.ValidationError as wrong:
                self.add_error("new", wrong)
        return data


class PasswordForm(NewPasswordForm):
    """The present password and a new one."""

    field_order = ("old", "new", "again")
    old = _password(lazy("Sandi sekarang"), "current-password")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_old(self) -> str:
        """Refuse a wrong present password."""
        return confirmed(self.cleaned_data["old"], self.person)


class TokenForm(OfficeForm):
    """A new token: what for, until when, and the present password."""

    name = forms.CharField(
        label=lazy("Dipakai untuk"),
        help_text=lazy("Misalnya: dasbor kabupaten."),
        max_length=80,
        error_messages={"required": lazy("Nama token belum ditulis.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until = forms.DateField(
        label=lazy("Berlaku sampai"),
        help_text=lazy("Paling lama setahun."),
        error_messages={
            "required": lazy("Tanggal belum diisi."),
            "invalid": lazy("Tanggal tidak terbaca. Tulis seperti 2026-12-31."),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    old = _password(lazy("Sandi sekarang"), "current-password")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_name(self) -> str:
        """Return the name on one line."""
        return one_line(self.cleaned_data["name"])

    def clean_old(self) -> str:
        """Refuse a wrong present password."""
        return confirmed(self.cleaned_data["old"], self.person)


class CodeForm(NewPasswordForm):
    """Name, the code of the slip, and the password that takes its place."""

    field_order = ("username", "code", "new", "again")
    username = _username()
    code = forms.CharField(
        label=lazy("Kode sekali pakai"),
        help_text=lazy("Tertulis di slip, misalnya 7KQ2-M9TD-X4HB."),
        max_length=40,
        error_messages={"required": lazy("Kode belum ditulis.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
