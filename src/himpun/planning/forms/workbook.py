"""The form that takes the file of a plan."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import OfficeForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 1024 * 1024
"""Of a file; the plan of an office with ten years of history has a twentieth."""
MOST_NAME = 200


class WorkbookForm(OfficeForm):
    """The file of a plan, sent by the person, or sent back by the preview."""

    file = forms.FileField(
        label=lazy("Berkas rencana"),
        help_text=lazy(
            "XLSX menurut templat, atau CSV satu lembar, paling besar 1 MB."
        ),
        max_length=MOST_NAME,
        error_messages={
            "required": lazy("Pilih berkas lebih dahulu."),
            "empty": lazy("Berkas ini kosong. Pilih berkas lain."),
            "max_length": lazy("Nama berkas terlalu panjang. Pendekkan namanya."),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large to be sent back by the preview."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                lazy("Berkas ini lebih besar dari 1 MB. Bagi menjadi beberapa berkas.")
            )
        return file


def packed(content: bytes) -> str:
    """Return a file as the preview sends it back."""
    return base64.b64encode(content).decode()


def unpacked(text: str) -> bytes:
    """Return the file that a preview sent back; empty for anything else."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return content if len(content) <= MOST_BYTES else b""
