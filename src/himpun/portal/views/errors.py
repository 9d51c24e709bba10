"""What a person reads when something went wrong: what it is and what to do."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token


def _page(
    request: HttpRequest, status: int, title: str, *sentences: str
) -> HttpResponse:
    context = {"title": title, "sentences": sentences}
    return render(request, "portal/error.html", context, status=status)


@requires_csrf_token
def bad_request(
    request: HttpRequest,
    exception: Exception | None = None,
) -> HttpResponse:
    """400: the browser sent something that cannot be read, or far too much."""
    if isinstance(exception, RequestDataTooBig):
        return _page(
            request,
            400,
            _("Kiriman terlalu besar"),
            _("Kirim berkas satu per satu; satu berkas paling besar 10 MB."),
        )
    return _page(
        request,
        400,
        _("Permintaan tidak dapat dibaca"),
        _("Buka halaman sebelumnya dan coba lagi."),
        _("Bila berulang, beri tahu administrator alamat halaman ini."),
    )


@requires_csrf_token
def forbidden(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django's signature
) -> HttpResponse:
    """403: not with this role."""
    return _page(
        request,
        403,
        _("Halaman ini bukan untuk jabatan Anda"),
        _("Bila jabatan Anda berubah, minta administrator kabupaten mencatatnya."),
    )


@requires_csrf_token
def not_found(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django's signature
) -> HttpResponse:
    """404: nothing here, or nothing of the person's own office."""
    return _page(
        request,
        404,
        _("Halaman tidak ditemukan"),
        _("Alamatnya mungkin keliru, atau datanya milik kantor lain."),
        _("Mulai lagi dari Tugas saya."),
    )


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """500: our own mistake. Asks neither session nor database."""
    context = {
        "title": _("Ada yang rusak di Himpun"),
        "sentences": (
            _("Isian yang sudah tersimpan tetap aman."),
            _("Coba lagi sebentar. Bila berulang, beri tahu administrator waktunya."),
        ),
    }
    return HttpResponse(render_to_string("portal/error.html", context), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403 of the form protection: the page was open for too long, or cookies are off."""
    return _page(
        request,
        403,
        _("Halaman isian sudah kedaluwarsa"),
        _("Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi."),
        _("Pastikan kuki diizinkan untuk alamat ini."),
    )
