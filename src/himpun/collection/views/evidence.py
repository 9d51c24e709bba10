"""Evidence of a value: the list, adding, taking off, handing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from himpun.collection import actions, queries
from himpun.ledger import queries as ledger
from himpun.shared import pages
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal, say

from . import lookup
from .proposals import LOCKED

if TYPE_CHECKING:
    from himpun.collection.models import Entry

    from .lookup import Place

NO_FILE = say("Pilih berkas lebih dahulu.")


@require_http_methods(["GET", "HEAD", "POST"])
@member
def evidence(request: MemberRequest, case: int, entry: int) -> HttpResponse:
    """Show the files of a value; add the ones that were sent."""
    where = lookup.place(request, case)
    row = lookup.entry(where, entry)
    if request.method != "POST":
        return _page(request, where, row, [])
    if not where.works(queries.COLLECTION):
        return refused(request, Refusal(LOCKED), back=where.page("entries"))
    wrong = _add(request, where, row)
    if wrong:
        return _page(request, where, row, wrong)
    messages.success(request, _("Data dukung tersimpan."))
    return redirect("collection:evidence", case, entry)


def _add(request: MemberRequest, where: Place, row: Entry) -> list[str]:
    """Add each file that was sent; return what is wrong with the others."""
    files = request.FILES.getlist("file")
    wrong = [] if files else [sentence(Refusal(NO_FILE))]
    for file in files:
        try:
            actions.add_evidence(
                row,
                content=file.read(),
                filename=file.name or "",
                by=request.user,
                at=where.at,
            )
        except Refusal as refusal:
            wrong.append(sentence(refusal))
    return wrong


def _page(
    request: MemberRequest, where: Place, row: Entry, wrong: list[str]
) -> HttpResponse:
    found = queries.row_of(row)
    context = where.frame("entries") | {
        "row": found,
        "editable": where.works(queries.COLLECTION) and found.editable,
        "wrong": wrong,
    }
    return render(
        request,
        "collection/evidence.html",
        context,
        status=UNPROCESSABLE if wrong else 200,
    )


@require_safe
@member
def download(request: MemberRequest, case: int, number: int) -> HttpResponse:
    """Hand out a piece of evidence: never shown by the browser, never run."""
    where = lookup.place(request, case)
    row = lookup.evidence(where, number)
    try:
        content = ledger.read_file(row.blob)
    except FileNotFoundError:
        raise Http404 from None
    name = ledger.texts([row.name]).get(row.name, "")
    return pages.download(content, filename=name, mime=row.mime)


@require_POST
@member
def remove(request: MemberRequest, case: int, number: int) -> HttpResponse:
    """Take a file off a value; it stays in the record."""
    where = lookup.place(request, case)
    row = lookup.evidence(where, number)
    try:
        actions.remove_evidence(row, by=request.user, at=where.at)
    except Refusal as refusal:
        return refused(request, refusal, back=where.page("entries"))
    messages.success(request, _("Berkas dilepas. Riwayatnya tetap tersimpan."))
    return redirect("collection:evidence", case, row.entry_id)
