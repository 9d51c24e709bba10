"""The papers of a case, and the archive of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from himpun.procedures.queries import journey
from himpun.shared import clock
from himpun.shared.forms import one_line
from himpun.shared.http import MemberRequest, member, sentence, told
from himpun.shared.pages import UNPROCESSABLE
from himpun.shared.refusals import Refusal, say

from .. import actions, queries, rules
from ..forms import NumberForm
from ..kinds import KINDS
from ..rules import ReportKind
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Person
    from himpun.procedures.models import Case

A_PAGE = 50


@require_safe
@member
def archive(request: MemberRequest) -> HttpResponse:
    """Show the papers of all cases that the person may read, the newest first."""
    pages = Paginator(queries.archive(request.user, clock.now()), A_PAGE)
    page = pages.get_page(request.GET.get("hal"))
    rows = queries.archived(page.object_list)
    context = {"here": "archive", "page": page, "rows": rows}
    return render(request, "reporting/archive.html", context)


@require_safe
@member
def papers(request: MemberRequest, pk: int) -> HttpResponse:
    """Show each kind of paper of a case with its versions."""
    at = clock.now()
    return show(request, lookup.case(request, pk, at), at)


def show(
    request: MemberRequest,
    case: Case,
    at: datetime,
    refusal: Refusal | None = None,
    form: NumberForm | None = None,
) -> HttpResponse:
    """Draw the page; with a refusal at its top, and what was typed."""
    context: dict[str, Any] = {
        "here": "cases",
        "case": case,
        "journey": journey.journey(case, at),
        "papers": [
            (paper, _may_make(case, paper.kind, request.user, at))
            for paper in queries.case_papers(case)
        ],
        "drafts": rules.DRAFTS,
        "numbered": rules.NUMBERED,
        "of_plan": queries.signed_kind(case) in rules.PLANS,
        "delivers": queries.step_for(case, rules.WORK_DELIVERY),
        "waiting": queries.waiting_values(case),
        "form": form or NumberForm(),
        "refusal": sentence(refusal) if refusal else "",
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "reporting/papers.html", context, status=status)


def _may_make(case: Case, kind: ReportKind, person: Person, at: datetime) -> bool:
    """Whether the person may make this paper now: the action asks the same."""
    if kind not in KINDS:
        return False
    try:
        actions.maker(case, kind, person, at)
    except Refusal:
        return False
    return True


@require_POST
@member
def make(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Make a new version of a paper."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    wanted = lookup.kind(kind)
    form = NumberForm(request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        return show(request, case, at, Refusal(str(first)), form)
    number = one_line(form.cleaned_data["number"])
    try:
        made = actions.make(case, wanted, by=request.user, at=at, number=number)
    except Refusal as refusal:
        return show(request, case, at, refusal, form)
    messages.success(
        request,
        told(
            say(
                "%(paper)s versi %(number)s dibuat.",
                paper=made.report.title,
                number=made.number,
            )
        ),
    )
    if wanted is ReportKind.COLLECTION:
        return redirect("reporting:delivery", case.pk)
    return redirect(f"{reverse('reporting:papers', args=[case.pk])}#{wanted}")


@require_POST
@member
def printed(request: MemberRequest, pk: int) -> HttpResponse:
    """Tick a version as printed."""
    at = clock.now()
    snapshot = lookup.snapshot(request, pk, at)
    try:
        actions.record_print(snapshot, by=request.user, at=at)
    except Refusal as refusal:
        return show(request, snapshot.case, at, refusal)
    messages.success(
        request,
        told(
            say(
                "%(paper)s versi %(number)s ditandai tercetak.",
                paper=snapshot.report.title,
                number=snapshot.number,
            )
        ),
    )
    page = reverse("reporting:papers", args=[snapshot.case.pk])
    return redirect(f"{page}#{snapshot.report.kind}")
