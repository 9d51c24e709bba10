"""Bringing in the plan of an office from sheets, and handing it out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from himpun.documents import sheets
from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import FORM, UNPROCESSABLE, download, refused
from himpun.shared.refusals import Refusal, say

from .. import actions, queries
from ..forms import MOST_NAME, WorkbookForm, packed, unpacked
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit

    from ..rules.workbook import Imported

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
APPLY = "terapkan"
LOST = say("Berkasnya tidak terbaca lagi. Pilih berkasnya sekali lagi.")


@dataclass(frozen=True)
class _File:
    """A file that was sent, from the disk or back from the preview."""

    name: str
    content: bytes


@FORM
@member
def bring_in(request: MemberRequest) -> HttpResponse:
    """Take a file, show what it would do, and do that when it is confirmed."""
    at = clock.now()
    office = lookup.office(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    try:
        actions.planner(office, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=reverse("measurement:indicators"))
    sent = request.method == "POST"
    apply = sent and request.POST.get("tindakan") == APPLY
    form = WorkbookForm(*((request.POST, request.FILES) if sent and not apply else ()))
    file = _sent_back(request) if apply else None
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        file = _File(upload.name, upload.read())
    done = None
    try:
        if apply and file is None:
            _refuse_lost()
        if file is not None:
            done = _import(request, office, at, file, trial=not apply)
    except (Refusal, sheets.NotAccepted) as refusal:
        _tell(request, form, refusal)
    if done and done.applied:
        _congratulate(request, done)
        return redirect(f"{request.path}?unit={office.pk}")
    return _page(request, office, form, file, done)


def _refuse_lost() -> None:
    raise Refusal(LOST)


def _sent_back(request: MemberRequest) -> _File | None:
    content = unpacked(request.POST.get("berkas", ""))
    name = request.POST.get("nama", "")[:MOST_NAME]
    return _File(name, content) if content and name else None


def _import(
    request: MemberRequest, office: Unit, at: datetime, file: _File, *, trial: bool
) -> Imported:
    return actions.import_plan(
        office,
        sheets.read(file.content, file.name),
        name=file.name,
        by=request.user,
        at=at,
        trial=trial,
    )


def _tell(
    request: MemberRequest,
    form: WorkbookForm,
    refusal: Refusal | sheets.NotAccepted,
) -> None:
    """Show why a file is not read, beside the field it was chosen in."""
    words = refusal if isinstance(refusal, Refusal) else Refusal(str(refusal))
    if form.is_bound:
        form.add_error("file", sentence(words))
    else:
        show_refusal(request, words)


def _congratulate(request: MemberRequest, done: Imported) -> None:
    words = _(
        "Rencana disimpan: %(created)s baru, %(updated)s diperbarui, %(unchanged)s sama."
    )
    messages.success(request, words % asdict(done.total))


def _page(
    request: MemberRequest,
    office: Unit,
    form: WorkbookForm,
    file: _File | None,
    done: Imported | None,
) -> HttpResponse:
    offices = organization.visible_offices(request.user, clock.now()).order_by("name")
    context = {
        "here": "indicators",
        "office": office,
        "offices": list(offices),
        "form": form,
        "file": file,
        "packed": packed(file.content) if file and done else "",
        "done": done,
    }
    sent = request.method == "POST"
    wrong = sent and (done is None or done.conflicts)
    status = UNPROCESSABLE if wrong else 200
    return render(request, "planning/import.html", context, status=status)


@require_safe
@member
def hand_out(request: MemberRequest) -> HttpResponse:
    """Hand out the plan of an office as sheets; ``?kosong=1``: the empty template."""
    at = clock.now()
    office = lookup.office(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    blank = bool(request.GET.get("kosong"))
    year = organization.local_day(at, office).year
    found = queries.sheets_of(office, queries.years_around(year))
    name = f"{'templat-' if blank else ''}rencana-{slugify(office.name)}.xlsx"
    return download(queries.written(found, blank=blank), filename=name, mime=XLSX)
