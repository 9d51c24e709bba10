"""Where an indicator stands in the plan: its level, group and order."""

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
from ..forms import PlaceForm
from ..rules import Level
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from ..models import Indicator


@FORM
@member
def place(request: MemberRequest, pk: int) -> HttpResponse:
    """Show level, group and order of an indicator, and take others."""
    at = clock.now()
    row = lookup.indicator(request, pk, at)
    back = reverse("measurement:indicator", args=[pk])
    try:
        actions.planner(row.unit, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    initial = {"level": row.level, "group": row.group, "order": row.order}
    form = PlaceForm(sent(request), initial=initial)
    if _saved(request, form, row, at):
        return redirect(back)
    context = {
        "here": "indicators",
        "indicator": row,
        "version": queries.versions_of(row)[0],
        "form": form,
        "back": back,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/place.html", context, status=status)


def _saved(
    request: MemberRequest, form: PlaceForm, row: Indicator, at: datetime
) -> bool:
    """Keep what was typed; False: the form is shown (again)."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        changed = actions.place_indicator(
            row,
            level=Level(data["level"]),
            group=data["group"],
            order=data["order"] or 0,
            by=request.user,
            at=at,
        )
    except Refusal as refusal:
        form.add_error(refusal.field or None, sentence(refusal))
        return False
    said = _("Tempat indikator disimpan.") if changed else _("Tidak ada yang berubah.")
    messages.success(request, said)
    return True
