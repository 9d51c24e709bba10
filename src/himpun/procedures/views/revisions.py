"""A revised SOP: two versions side by side, and running cases that move to the new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from himpun.procedures import actions, queries
from himpun.procedures.forms import MoveForm
from himpun.procedures.queries import comparing, migrating, overview
from himpun.procedures.rules import VersionState
from himpun.shared import clock
from himpun.shared.forms import sent, whole
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal, say

from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.procedures.models import Case, ProcedureVersion
    from himpun.sop.model import Sop


@require_safe
@member
def compare(request: MemberRequest, pk: int, other: int) -> HttpResponse:
    """Show two versions of one SOP side by side, and what changed in words."""
    at = clock.now()
    one, two = lookup.version(request, pk, at), lookup.version(request, other, at)
    if one.procedure_id != two.procedure_id:
        raise Http404
    old, new = sorted((one, two), key=lambda version: version.number)
    context: dict[str, Any] = {
        "here": "procedures",
        "version": one,
        "old": old,
        "new": new,
        "versions": list(one.procedure.versions.all()),
    }
    context |= beside(old, queries.document_of(new), new.source, new.mark)
    return render(request, "procedures/compare.html", context)


def beside(old: ProcedureVersion, new: Sop, source: str, mark: str) -> dict[str, Any]:
    """Return what changed of a version, in words and over both forms."""
    found = comparing.changes(old, new)
    context: dict[str, Any] = {
        "signed": [change for change in found if change.signed],
        "office": [change for change in found if not change.signed],
    }
    try:
        return context | {"pairs": comparing.pairs(old, source, mark)}
    except Refusal as undrawable:
        return context | {"undrawable": sentence(undrawable)}


@dataclass(frozen=True)
class Result:
    """A case that was chosen, and why it stayed; empty when it was moved."""

    case: Case
    why: str


@FORM
@member
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Show where running cases would stand in this version, and move the chosen ones."""
    at = clock.now()
    to = lookup.version(request, pk, at)
    obstacle = _not_here(request, to, at)
    if obstacle:
        back = reverse("procedures:version", args=[to.pk])
        return refused(request, Refusal(obstacle), back=back)
    cases = migrating.waiting(to)
    sources = sorted({case.version for case in cases}, key=lambda v: -v.number)
    wanted = whole(request.POST.get("dari", request.GET.get("dari", "")))
    source = next((v for v in sources if v.pk == wanted), next(iter(sources), None))
    context: dict[str, Any] = {"here": "procedures", "version": to, "sources": sources}
    if source is None:
        return render(request, "procedures/move.html", context)
    waiting = [case for case in cases if case.version_id == source.pk]
    plans = queries.plan_of_version(source), queries.plan_of_version(to)
    form = MoveForm(sent(request), plans=plans)
    way = form.way if form.is_valid() else migrating.proposed(waiting[0], to)
    chosen = set(request.POST.getlist("kasus"))
    results: list[Result] = []
    if form.is_valid() and "pindahkan" in request.POST:
        mine = [case for case in waiting if str(case.pk) in chosen]
        results = _move(mine, to, form, request, at)
        gone = {result.case.pk for result in results if not result.why}
        waiting = [case for case in waiting if case.pk not in gone]
    context |= {
        "source": source,
        "form": form,
        "rows": migrating.outlooks(waiting, to, way),
        "chosen": chosen,
        "asked": request.method == "POST",
        "results": results,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procedures/move.html", context, status=status)


def _not_here(request: MemberRequest, to: ProcedureVersion, at: datetime) -> str:
    """Return why this person moves no cases to this version, empty when he may."""
    kinds = overview.kinds_at(request.user, to.procedure.unit, at)
    if not kinds & overview.DECIDERS:
        return say("Kasus dipindahkan oleh Kasubbag, Sekcam, atau Camat kantor ini.")
    if to.state != VersionState.ADOPTED:
        return say("Versi SOP ini sudah digantikan. Pilih versi yang berlaku.")
    return ""


def _move(
    cases: list[Case],
    to: ProcedureVersion,
    form: MoveForm,
    request: MemberRequest,
    at: datetime,
) -> list[Result]:
    """Move the chosen cases, each by an act of its own; say what came of each."""
    if not cases:
        form.add_error(
            None, sentence(Refusal(say("Centang paling sedikit satu kasus.")))
        )
    results: list[Result] = []
    for case in cases:
        try:
            actions.migrate(
                case,
                to,
                form.way,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
            )
        except Refusal as refusal:
            if refusal.field:
                form.add_error(refusal.field, sentence(refusal))
                return results
            results.append(Result(case, sentence(refusal)))
        else:
            results.append(Result(case, ""))
    return results
