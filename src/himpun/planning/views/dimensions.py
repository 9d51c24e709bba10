"""The ways in which an office breaks figures down, with their categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

from .. import actions, queries
from ..forms import DimensionForm
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit


@FORM
@member
def dimensions(request: MemberRequest) -> HttpResponse:
    """Show an office's dimensions to all its people; a planner defines them here."""
    at = clock.now()
    office = lookup.office(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    here = f"{reverse('planning:dimensions')}?unit={office.pk}"
    may_plan = lookup.may_plan(request, office, at)
    form = DimensionForm(sent(request))
    if request.method == "POST":
        try:
            actions.planner(office, request.user, at)
        except Refusal as refusal:
            return refused(request, refusal, back=here)
        if _saved(request, form, office, at):
            return redirect(here)
    rows: dict[str, list[str]] = {}
    for one in queries.categories(office):
        rows.setdefault(one.dimension.name, []).append(one.name)
    context = {
        "here": "indicators",
        "office": office,
        "rows": rows.items(),
        "form": form,
        "may_plan": may_plan,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/dimensions.html", context, status=status)


def _saved(
    request: MemberRequest, form: DimensionForm, office: Unit, at: datetime
) -> bool:
    """Define what was typed; False: the form is shown (again)."""
    if not form.is_valid():
        return False
    name = form.cleaned_data["name"]
    try:
        actions.define_dimension(office, name, form.wanted, by=request.user, at=at)
    except Refusal as refusal:
        place = refusal.field if refusal.field in form.fields else None
        form.add_error(place, sentence(refusal))
        return False
    messages.success(request, _("Pemilahan %s disimpan.") % name)
    return True
