"""Step 5: the report goes out, the head takes note of it, the case is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from himpun.procedures import actions as procedures
from himpun.procedures.queries import journey, opened
from himpun.procedures.rules import CaseState
from himpun.shared import clock
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import UNPROCESSABLE
from himpun.shared.refusals import Refusal

from .. import actions, queries, rules
from ..forms import NumberForm
from ..rules import ReportKind
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.procedures.models import Case


@require_safe
@member
def delivery(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the report of step 5, its copies, and the seal at the end."""
    at = clock.now()
    return show(request, lookup.case(request, pk, at), at)


def show(
    request: MemberRequest, case: Case, at: datetime, refusal: Refusal | None = None
) -> HttpResponse:
    """Draw the page; with a refusal at its top and what is missing."""
    procedures.note_seen(case, request.user, at)
    step = queries.step_for(case, rules.WORK_DELIVERY)
    if step is None:
        raise Http404
    tasks = [task for task in journey.open_tasks([case]) if task.step == step]
    papers = {paper.kind: paper for paper in queries.case_papers(case)}
    context: dict[str, Any] = {
        "here": "cases",
        "case": case,
        "delivers": step,
        "journey": journey.journey(case, at),
        "open": opened.open_tasks(tasks, request.user, at),
        "report": papers[ReportKind.COLLECTION],
        "signed": papers[ReportKind.PERFORMANCE],
        "control": papers[ReportKind.CONTROL],
        "seal": papers[ReportKind.SEAL],
        "may_make": _may_make(request, case, at),
        "copies": queries.copies_of(case, request.user, at),
        "finished": case.state == CaseState.FINISHED,
        "form": NumberForm(),
        "refusal": sentence(refusal) if refusal else "",
        "missing": getattr(refusal, "missing", []),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "reporting/delivery.html", context, status=status)


def _may_make(request: MemberRequest, case: Case, at: datetime) -> bool:
    try:
        actions.maker(case, ReportKind.COLLECTION, request.user, at)
    except Refusal:
        return False
    return True


@require_POST
@member
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the report to those whom the SOP names."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    try:
        sent = actions.send(case, by=request.user, at=at)
    except Refusal as refusal:
        return show(request, case, at, refusal)
    if sent:
        messages.success(request, _("Laporan disampaikan, menunggu tanda terima."))
    return redirect("reporting:delivery", case.pk)


@require_POST
@member
def receive(request: MemberRequest, pk: int, receipt: int) -> HttpResponse:
    """Record that a copy was received."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    try:
        procedures.receive_copy(lookup.receipt(case, receipt), by=request.user, at=at)
    except Refusal as refusal:
        return show(request, case, at, refusal)
    messages.success(request, _("Penerimaan tembusan tercatat."))
    return redirect("reporting:delivery", case.pk)


@require_POST
@member
def close(request: MemberRequest, pk: int, task: int) -> HttpResponse:
    """Close the delivery, or take note of it; the last act ends the case."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    try:
        procedures.complete_task(lookup.task(case, task), by=request.user, at=at)
    except Refusal as refusal:
        return show(request, case, at, refusal)
    return redirect("reporting:delivery", case.pk)


@require_POST
@member
def seal(request: MemberRequest, pk: int) -> HttpResponse:
    """Seal a finished case whose sealing was interrupted; safe to repeat."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    try:
        actions.seal_case(case, at=at)
    except Refusal as refusal:
        return show(request, case, at, refusal)
    return redirect("reporting:delivery", case.pk)
