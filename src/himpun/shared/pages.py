"""Answers that several apps give: a refusal as a page, a kept file as a download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from .http import sentence

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .refusals import Refusal

FORM = require_http_methods(["GET", "HEAD", "POST"])
"""For a page that shows a form and takes it."""
UNPROCESSABLE = 422
"""The status of a page that shows what was typed again, with what is wrong."""
SEALED_OFF = "sandbox; default-src 'none'; frame-ancestors 'none'"


def refused(
    request: HttpRequest, refusal: Refusal, *, back: str = "/", status: int = 403
) -> HttpResponse:
    """Say no on a page of its own, with the way back; its menu counts nothing."""
    request.himpun_refused = True  # type: ignore[attr-defined]  # for the frame
    context = {"sentence": sentence(refusal), "back": back}
    return render(request, "shared/refused.html", context, status=status)


def is_refused(request: HttpRequest) -> bool:
    """Whether `refused` answers this request."""
    return getattr(request, "himpun_refused", False)


def download(content: bytes, *, filename: str, mime: str) -> HttpResponse:
    """Hand out a kept file: never shown by the browser, never guessed at, never run."""
    response = HttpResponse(content, content_type=mime or "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=filename or "berkas"
    )
    response["Content-Security-Policy"] = SEALED_OFF
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
