"""A case: starting it, its summary, its kelengkapan, its trail, ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_POST,
    require_safe,
)

from himpun.ledger import queries as ledger
from himpun.ledger.models import Blob
from himpun.organization import queries as organization
from himpun.procedures import actions, queries
from himpun.procedures.forms import (
    CapForm,
    ExceptionForm,
    FileForm,
    ReasonForm,
    StartForm,
)
from himpun.procedures.queries import journey, overview, trail
from himpun.procedures.rules import VersionState
from himpun.shared import clock
from himpun.shared.forms import OfficeForm, sent
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, download, refused
from himpun.shared.refusals import Refusal, say

from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.procedures.models import Case, ProcedureVersion

A_PAGE = 50


def _startable(request: MemberRequest, at: datetime) -> list[ProcedureVersion]:
    """Return the SOPs in force that this person may start, newest name first."""
    rows = queries.visible_versions(request.user, at).filter(state=VersionState.ADOPTED)
    return [v for v in rows if queries.may_start(request.user, v.procedure.unit, at)]


@require_safe
@member
def listing(request: MemberRequest) -> HttpResponse:
    """Show the cases that the person may read, the newest first."""
    at = clock.now()
    pages = Paginator(queries.visible_cases(request.user, at), A_PAGE)
    page = pages.get_page(request.GET.get("hal"))
    cases = list(page.object_list)
    stops = journey.journeys(cases, at)
    return render(
        request,
        "procedures/cases.html",
        {
            "here": "cases",
            "page": page,
            "rows": [overview.row(case, stops[case.pk]) for case in cases],
            "may_start": bool(_startable(request, at)),
        },
    )


@FORM
@member
def start(request: MemberRequest) -> HttpResponse:
    """Let Kasubbag or Sekcam open a case for a period."""
    at = clock.now()
    versions = _startable(request, at)
    if not versions:
        words = say("Kasus dimulai oleh Kasubbag atau Sekcam kantor ini.")
        return refused(request, Refusal(words), back=reverse("procedures:cases"))
    today = organization.local_day(at, versions[0].procedure.unit)
    form = StartForm(sent(request), versions=versions, today=today)
    if form.is_valid():
        chosen = {str(v.pk): v for v in versions}[form.cleaned_data["version"]]
        try:
            case = actions.start_case(
                chosen, form.cleaned_data["period"], by=request.user, at=at
            )
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Kasus dibuka. Langkah 1 sudah dimulai."))
            return redirect("procedures:case", case.pk)
    return render(
        request,
        "procedures/start.html",
        {"here": "cases", "form": form},
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_safe
@member
def case(request: MemberRequest, pk: int) -> HttpResponse:
    """Show where a case stands, what is open, and its kelengkapan."""
    at = clock.now()
    found = lookup.case(request, pk, at)
    actions.note_seen(found, request.user, at)
    return show(request, found, at)


def show(
    request: MemberRequest,
    case: Case,
    at: datetime,
    refusal: Refusal | None = None,
    **typed: Any,  # noqa: ANN401 - forms as they were sent
) -> HttpResponse:
    """Draw the page of a case; with a refusal, at its top, with what was typed."""
    context = overview.page(case, request.user, at)
    context |= {"here": "cases", "cap_form": CapForm(prefix="cap")}
    context |= {"blank_except": ExceptionForm(prefix="kecuali"), **typed}
    if refusal:
        context["refusal"] = sentence(refusal)
        context["missing"] = getattr(refusal, "missing", [])
    status = UNPROCESSABLE if refusal else 200
    return render(request, "procedures/case.html", context, status=status)


def first_error(form: OfficeForm) -> Refusal:
    """Return the first thing that is wrong with a form, as a refusal."""
    return Refusal(str(next(iter(form.errors.values()))[0]))


@require_safe
@member
def history(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the trail of a case from its record."""
    at = clock.now()
    found = lookup.case(request, pk, at)
    return render(
        request,
        "procedures/trail.html",
        {"here": "cases", "case": found, "lines": trail.lines(found)},
    )


@FORM
@member
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Cancel a case that was started by mistake."""
    at = clock.now()
    found = lookup.case(request, pk, at)
    form = ReasonForm(sent(request))
    if form.is_valid():
        try:
            actions.cancel_case(
                found, reason=form.cleaned_data["reason"], by=request.user, at=at
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Kasus dibatalkan. Jejaknya tetap tersimpan."))
            return redirect("procedures:case", found.pk)
    return render(
        request,
        "procedures/cancel.html",
        {"here": "cases", "case": found, "form": form},
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_POST
@member
def raise_cap(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the Sekcam allow more returns, or rounds of a step, in this one case."""
    at = clock.now()
    found = lookup.case(request, pk, at)
    form = CapForm(request.POST, prefix="cap")
    source, to = request.POST.get("source", ""), request.POST.get("to", "")
    rounds = not source and to in overview.capped(found)
    if not rounds and (source, to) not in overview.rights(found):
        raise Http404
    if not form.is_valid():
        return show(request, found, at, first_error(form), cap_form=form)
    who = {"by": request.user, "at": at}
    try:
        if rounds:
            actions.raise_round_cap(found, step=to, **who, **form.cleaned_data)
        else:
            actions.raise_cap(found, source=source, to=to, **who, **form.cleaned_data)
    except Refusal as refusal:
        return show(request, found, at, refusal, cap_form=form)
    messages.success(request, _("Batas dinaikkan untuk kasus ini."))
    return redirect("procedures:case", found.pk)


@require_POST
@member
def attach(request: MemberRequest, pk: int) -> HttpResponse:
    """Attach a file to a line of the kelengkapan."""
    at = clock.now()
    item = lookup.item(request, pk, at)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, item.case, at, first_error(form))
    file = form.cleaned_data["file"]
    try:
        actions.attach(
            item, content=file.read(), filename=file.name, by=request.user, at=at
        )
    except Refusal as refusal:
        return show(request, item.case, at, refusal)
    messages.success(request, _("Berkas terlampir pada: %s.") % item.name)
    return _back(item.case, f"butir-{item.pk}")


@require_POST
@member
def waive(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a line of the kelengkapan without its file, with a reason."""
    at = clock.now()
    item = lookup.item(request, pk, at)
    form = ReasonForm(request.POST)
    typed = {"typed_item": item.pk, "typed_reason": request.POST.get("reason", "")}
    if not form.is_valid():
        return show(request, item.case, at, first_error(form), **typed)
    try:
        actions.waive(item, **form.cleaned_data, by=request.user, at=at)
    except Refusal as refusal:
        return show(request, item.case, at, refusal, **typed)
    messages.success(request, _("Dikecualikan dengan alasan: %s.") % item.name)
    return _back(item.case, f"butir-{item.pk}")


@require_safe
@member
def attachment(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out an attached file."""
    found = lookup.attachment(request, pk, clock.now())
    name = ledger.texts([found.name]).get(found.name, "")
    return _file(found.blob, name)


@require_POST
@member
def detach(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a file off its line; it stays in the record."""
    at = clock.now()
    found = lookup.attachment(request, pk, at)
    case = found.item.case
    try:
        actions.remove_attachment(found, by=request.user, at=at)
    except Refusal as refusal:
        return show(request, case, at, refusal)
    messages.success(request, _("Berkas dilepas. Jejaknya tetap tersimpan."))
    return _back(case, f"butir-{found.item_id}")


@require_safe
@member
def artefact(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out what a step brought forth."""
    found = lookup.artefact(request, pk, clock.now())
    if not found.blob:
        raise Http404
    return _file(found.blob, f"{found.artefact}-{found.number}")


def _file(blob: str, name: str) -> HttpResponse:
    mime = Blob.objects.get(pk=blob).mime
    return download(ledger.read_file(blob), filename=name, mime=mime)


def _back(case: Case, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('procedures:case', args=[case.pk])}#{anchor}")
