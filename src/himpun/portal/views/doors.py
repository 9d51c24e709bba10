"""The menu's doors: straight to the case that waits for the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from himpun.portal import queries
from himpun.shared import clock
from himpun.shared.http import MemberRequest, member

if TYPE_CHECKING:
    from django.http import HttpResponse

    from himpun.procedures.models import Case


@require_safe
@member
def entries(request: MemberRequest) -> HttpResponse:
    """Open the entry grid of the case that is being collected."""
    cases = queries.collecting(request.user, clock.now())
    return _through(request, "entries", cases, "collection:entries", _("Isi data"))


@require_safe
@member
def verify(request: MemberRequest) -> HttpResponse:
    """Open the verification of the case whose values wait for a verdict."""
    cases = queries.collecting(request.user, clock.now())
    return _through(request, "verify", cases, "collection:verify", _("Verifikasi"))


@require_safe
@member
def sign(request: MemberRequest) -> HttpResponse:
    """Open the signing of the case whose paper waits for the head."""
    cases = queries.signing(request.user, clock.now())
    return _through(request, "sign", cases, "reporting:sign", _("Tanda tangan"))


def _through(
    request: MemberRequest, here: str, cases: list[Case], page: str, title: str
) -> HttpResponse:
    """Go to the only case there is; choose among several; say so when there is none."""
    if len(cases) == 1:
        return redirect(page, cases[0].pk)
    choices = [(case, reverse(page, args=[case.pk])) for case in cases]
    context = {"here": here, "title": title, "choices": choices}
    return render(request, "portal/door.html", context)


@require_safe
@member
def help_(request: MemberRequest) -> HttpResponse:
    """Show the short help."""
    return render(request, "portal/help.html", {"here": "help"})
