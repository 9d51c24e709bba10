"""How much each office counts in the total of a kabupaten's indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.organization import queries as organization
from himpun.organization.rules import UnitKind
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

from .. import actions, queries
from ..forms import WeightsForm
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from django.http import HttpResponse

    from ..models import IndicatorVersion


@FORM
@member
def weights(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the weights of the offices in the newest version, and take those missing."""
    at = clock.now()
    row = lookup.indicator(request, pk, at)
    if row.unit.kind != UnitKind.REGENCY:
        raise Http404
    back = reverse("measurement:indicator", args=[pk])
    version, *older = queries.versions_of(row)
    try:
        actions.planner(row.unit, request.user, at)
        actions.refuse_unweighted(version)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    form = WeightsForm(
        sent(request),
        offices=list(organization.offices_below(row.unit)),
        known=_kept(version),
        before=_kept(older[0]) if older else {},
    )
    if _saved(request, form, version, at):
        return redirect(back)
    context = {
        "here": "indicators",
        "indicator": row,
        "version": version,
        "form": form,
        "open": any(not bound.field.disabled for bound in form),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/weights.html", context, status=status)


def _kept(version: IndicatorVersion) -> dict[int, Decimal]:
    return dict(version.weights.values_list("unit", "weight"))


def _saved(
    request: MemberRequest, form: WeightsForm, version: IndicatorVersion, at: datetime
) -> bool:
    """Keep the weights that were filled in; False: the form is shown (again)."""
    if not form.is_valid():
        return False
    try:
        made = actions.weigh_units(version, form.weights, by=request.user, at=at)
    except Refusal as refusal:
        form.add_error(None, sentence(refusal))
        return False
    said = _("Bobot %s kantor ditetapkan.") % len(made)
    messages.success(request, said if made else _("Tidak ada yang berubah."))
    return True
