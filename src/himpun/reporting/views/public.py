"""The public check of a paper: what the archive says of a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import rules
from ..forms import CodeForm
from ..kinds import public
from ..models import Snapshot

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ..kinds.public import Document

NOT_FOUND = 404


@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands under the QR."""
    typed = request.GET.get("kode")
    if typed is None:
        return render(request, "reporting/lookup.html", {"form": CodeForm()})
    code = rules.read_code(typed)
    if code:
        return redirect("reporting:document", rules.printed_code(code))
    return _unknown(request, typed)


@require_safe
def document(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the archive knows of a paper."""
    found = _find(code)
    if found is None:
        return _unknown(request, code)
    return render(
        request, "reporting/document.html", {"document": found, "form": CodeForm()}
    )


def _find(code: str) -> Document | None:
    snapshot = Snapshot.objects.filter(code=rules.read_code(code) or "-")
    row = snapshot.select_related("report__case__unit__tenant").first()
    return public.document(row) if row else None


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    form = CodeForm({"kode": typed[:40]})
    form.is_valid()
    if not form.errors:
        words = _("Kode ini tidak terdaftar. Periksa lagi 12 huruf dan angkanya.")
        form.add_error("kode", words)
    context = {"form": form, "typed": typed[:40]}
    return render(request, "reporting/lookup.html", context, status=NOT_FOUND)
