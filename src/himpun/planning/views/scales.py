"""The scales of ranks and grades: the list, a new one, and the next version of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

from .. import actions, queries
from ..forms import GRADES, RANKS, ScaleForm
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.formula import GradeScale, Scale
    from himpun.organization.models import Unit

GRADED = "tingkat"
"""The kind, in the address, of a scale of grades; any other is one of ranks."""


@require_safe
@member
def listing(request: MemberRequest) -> HttpResponse:
    """Show the shipped scales and those of the kabupaten, with bands and sources."""
    at = clock.now()
    office = lookup.office(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    context = {
        "here": "indicators",
        "office": office,
        "found": queries.scale_list(office),
        "may_plan": lookup.may_plan(request, office, at),
    }
    return render(request, "planning/scales.html", context)


@FORM
@member
def define(request: MemberRequest) -> HttpResponse:
    """Take a new scale, or the next version of the one that the address names."""
    at = clock.now()
    office = lookup.office(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    back = f"{reverse('planning:scales')}?unit={office.pk}"
    try:
        actions.planner(office, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    graded = request.GET.get("jenis") == GRADED
    follows = _followed(request, office, graded=graded)
    form = ScaleForm(
        sent(request), columns=GRADES if graded else RANKS, follows=follows
    )
    if _saved(request, form, office, follows, at):
        return redirect(back)
    context = {
        "here": "indicators",
        "office": office,
        "form": form,
        "graded": graded,
        "follows": follows,
        "back": back,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/scale_form.html", context, status=status)


def _followed(
    request: MemberRequest, office: Unit, *, graded: bool
) -> Scale | GradeScale | None:
    """Return the scale of which a version is asked for; raises Http404 for an unknown."""
    wanted = request.GET.get("dari")
    if not wanted:
        return None
    known: list[Scale | GradeScale] = []
    known += queries.grade_scales(office) if graded else queries.scales(office)
    found = [scale for scale in known if f"{scale.name}|{scale.version}" == wanted]
    if not found:
        raise Http404
    return found[0]


def _saved(
    request: MemberRequest,
    form: ScaleForm,
    office: Unit,
    follows: Scale | GradeScale | None,
    at: datetime,
) -> bool:
    """Define what was typed; False: the form is shown (again)."""
    if not form.is_valid():
        return False
    data, after = form.cleaned_data, follows.version if follows else 0
    try:
        if form.columns is GRADES:
            rows = [(code, name) for code, name in form.rows]
            actions.define_grades(
                office,
                data["name"],
                rows,
                source=data["source"],
                after=after,
                by=request.user,
                at=at,
            )
        else:
            actions.define_scale(
                office,
                data["name"],
                form.bands,
                source=data["source"],
                after=after,
                by=request.user,
                at=at,
            )
    except Refusal as refusal:
        place = refusal.field if refusal.field in form.fields else None
        form.add_error(place, sentence(refusal))
        return False
    said = _("Skala %(name)s versi %(n)s disimpan.")
    messages.success(request, said % {"name": data["name"], "n": after + 1})
    return True
