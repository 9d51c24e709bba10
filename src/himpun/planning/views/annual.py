"""The forms of the RKT of a year and of the set of IKU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence, told
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

from .. import actions, queries
from ..forms import AnnualPlanForm, IndicatorSetForm
from ..rules import Change
from . import lookup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from himpun.organization.models import Unit


def _reading(part: str, office: Unit, year: int) -> str:
    return f"{reverse('planning:renstra')}?bagian={part}&unit={office.pk}&tahun={year}"


def _tell(
    request: MemberRequest, change: Change, doubts: Iterable[str], said: str
) -> None:
    same = change is Change.UNCHANGED
    messages.success(request, _("Tidak ada yang berubah.") if same else said)
    for doubt in doubts:
        messages.warning(request, told(doubt))


@FORM
@member
def plan(request: MemberRequest) -> HttpResponse:
    """Make the RKT of a year, or its next version."""
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    year = lookup.year(request, organization.local_day(at, office).year)
    back = _reading("rkt", office, year)
    if (no := lookup.obstacle(request, office, at)) is not None:
        return refused(request, no, back=back)
    row = queries.annual_plan(office, year)
    form = AnnualPlanForm(sent(request), office=office, year=year, row=row)
    if form.is_valid():
        try:
            kept = actions.keep_annual_plan(
                office, form.draft(), shown=form.shown, by=request.user, at=at
            )
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, sentence(refusal))
        else:
            said = _("RKT disimpan sebagai versi %s.") % kept.row.number
            _tell(request, kept.change, kept.doubts, said)
            return redirect(back)
    context = {
        "here": "plan",
        "office": office,
        "year": year,
        "row": row,
        "form": form,
        "back": back,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/annual_plan_form.html", context, status=status)


@FORM
@member
def indicators(request: MemberRequest) -> HttpResponse:
    """Keep the decision that sets the IKU of an office."""
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    day = organization.local_day(at, office)
    back = _reading("iku", office, day.year)
    if (no := lookup.obstacle(request, office, at)) is not None:
        return refused(request, no, back=back)
    form = IndicatorSetForm(sent(request), office=office, day=day)
    if form.is_valid():
        draft = form.draft()
        try:
            kept = actions.keep_indicator_set(
                office, draft, shown=form.shown, by=request.user, at=at
            )
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, sentence(refusal))
        else:
            said = _("Penetapan IKU disimpan.")
            _tell(request, kept.change, kept.doubts, said)
            return redirect(_reading("iku", office, draft.since.year))
    context = {"here": "plan", "office": office, "form": form, "back": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/indicator_set_form.html", context, status=status)
