"""What all forms of the product share: the look of fields, and cleaned one-line text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Union

from django import forms

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict
    from django.utils.functional import _StrPromise

Words = Union[str, "_StrPromise"]
"""A sentence, or one that is translated when it is shown."""


class OfficeForm(forms.Form):
    """A form whose fields carry the class of `himpun.css` and no browser checks.

    The server's sentences say more than the browser's, and nothing typed is lost.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
                field.widget.attrs.setdefault("class", "in")


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, None when it was only asked for."""
    return request.POST if request.method == "POST" else None


LONGEST_NUMBER = 18
"""Digits that still fit a column of numbers."""


def whole(text: str, otherwise: int = -1) -> int:
    """Return a whole number that a page sent back, ``otherwise`` for anything else."""
    small = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if small else otherwise


def one_line(text: str) -> str:
    """Return the text in NFC with single spaces and without control characters."""
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in plain)
    return " ".join(kept.split())
