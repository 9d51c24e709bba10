"""Handing out PDFs and scans.

What the product drew itself may be looked at in the browser; what somebody uploaded is
only ever saved.
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from himpun.ledger import queries as record
from himpun.organization import queries as organization
from himpun.planning.models import AnnualPlan, PerjanjianKinerja
from himpun.shared import clock
from himpun.shared.http import MemberRequest, member
from himpun.shared.pages import download

from .. import rules
from ..kinds import parts, promises
from ..queries import casefile
from . import lookup

if TYPE_CHECKING:
    from ..models import Snapshot

SHOWN = "default-src 'none'; frame-ancestors 'none'"


@require_safe
@member
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a version of a paper; with ``?unduh`` hand it out as a file."""
    found = lookup.snapshot(request, pk, clock.now())
    return drawn(request, found.pdf, name_of(found))


@require_safe
@member
def sealed(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the sealed PDF of a paper, the one that is printed to be signed by hand."""
    found = lookup.snapshot(request, pk, clock.now())
    signature = lookup.signature(found)
    if not signature.sealed:
        raise Http404
    return drawn(request, signature.sealed, f"{name_of(found)}-bersegel")


@require_safe
@member
def signed(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the signed file: the signed PDF, or the scan."""
    found = lookup.snapshot(request, pk, clock.now())
    signature = lookup.signature(found)
    if not signature.signed:
        raise Http404
    name = f"{name_of(found)}-ditandatangani.{rules.ENDINGS[signature.signed_mime]}"
    content = record.read_file(signature.signed)
    return download(content, filename=name, mime=signature.signed_mime)


@require_safe
@member
def case_file(request: MemberRequest, pk: int) -> FileResponse:
    """Hand out everything of a case as one ZIP."""
    at = clock.now()
    found = lookup.case(request, pk, at)
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    name = casefile.write(found, content, at=at)
    content.seek(0)
    response = FileResponse(content, as_attachment=True, filename=f"{name}.zip")
    response["Content-Security-Policy"] = SHOWN
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def name_of(snapshot: Snapshot) -> str:
    """Return a file's name without ending: "laporan-kinerja-pk-muncar-2024-v2"."""
    case = parts.case_name(snapshot.case).lower()
    return f"{snapshot.report.kind}-{case}-v{snapshot.number}"


def drawn(request: MemberRequest, blob: str, name: str) -> HttpResponse:
    """Return a PDF of our own making."""
    content = record.read_file(blob)
    if "unduh" in request.GET:
        return download(content, filename=f"{name}.pdf", mime=rules.PDF)
    response = HttpResponse(content, content_type=rules.PDF)
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Content-Security-Policy"] = SHOWN
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@member
def agreement(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the concept of a Perjanjian Kinerja: drawn anew, recorded nowhere."""
    at = clock.now()
    row = get_object_or_404(
        PerjanjianKinerja.objects.filter(
            first__unit__office__in=organization.visible_offices(request.user, at)
        ),
        pk=pk,
    )
    content = promises.draw(promises.agreement_paper(row, at), at)
    name = f"konsep-perjanjian-kinerja-{row.year}-versi-{row.number}.pdf"
    return download(content, filename=name, mime=rules.PDF)


@require_safe
@member
def annual_plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the concept of an RKT: drawn anew, recorded nowhere."""
    at = clock.now()
    offices = organization.visible_offices(request.user, at)
    row = get_object_or_404(AnnualPlan.objects.filter(unit__in=offices), pk=pk)
    content = promises.draw(promises.annual_plan_paper(row, at), at)
    name = f"konsep-rkt-{row.year}-versi-{row.number}.pdf"
    return download(content, filename=name, mime=rules.PDF)
