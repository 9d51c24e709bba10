"""The grid in which the targets of a year are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun import formula
from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

from .. import actions, queries
from ..forms import PlanForm
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit

    from ..models import Category, Indicator
    from ..queries import YearPlan

UNITS = "unit"
"""The choice of parts that are the office's units."""


@FORM
@member
def targets(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the targets of an indicator in a year as a grid, and take what changed."""
    at = clock.now()
    row = lookup.indicator(request, pk, at)
    back = reverse("measurement:indicator", args=[pk])
    try:
        actions.planner(row.unit, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    year = lookup.year(request, organization.local_day(at, row.unit).year)
    versions = queries.versions_of(row)
    sheet = queries.year_plan(versions, year)
    splits = _splits(row)
    shown = _shown(request, sheet, splits)
    form = PlanForm(
        sent(request),
        sheets=[sheet],
        members=splits[shown][1] if shown else (),
        initial={"origin": next(reversed(sheet.origins), "")},
    )
    if _saved(request, form, at):
        return redirect(f"{back}?tahun={year}")
    newest = sheet.whole.version or versions[0]
    context = {
        "here": "indicators",
        "indicator": row,
        "version": newest,
        "grades": queries.grades_of(newest),
        "over_time": formula.OVER_TIME[formula.OverTime(newest.over_time)],
        "year": year,
        "form": form,
        "whole": sheet.whole,
        "lines": form.lines(sheet),
        "members": form.members,
        "splits": [(key, name) for key, (name, _members) in splits.items()],
        "shown": shown,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/targets.html", context, status=status)


@FORM
@member
def plan(request: MemberRequest) -> HttpResponse:
    """Show the targets of all indicators of an office in a year as one grid."""
    at = clock.now()
    office = lookup.office(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    back = reverse("measurement:indicators")
    try:
        actions.planner(office, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    year = lookup.year(request, organization.local_day(at, office).year)
    sheets = queries.office_plan(office, year)
    origins = [origin for sheet in sheets for origin in sheet.origins]
    form = PlanForm(
        sent(request),
        sheets=sheets,
        baselines=False,
        initial={"origin": max(origins, key=origins.count, default="")},
    )
    if _saved(request, form, at):
        return redirect(f"{back}?unit={office.pk}&tahun={year}")
    finest = max((sheet.periods for sheet in sheets), key=len, default=())
    context = {
        "here": "indicators",
        "office": office,
        "year": year,
        "form": form,
        "columns": [line.period for line in finest],
        "rows": [
            (sheet, form.lines(sheet), len(finest) // max(len(sheet.periods), 1))
            for sheet in sheets
        ],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/plan.html", context, status=status)


def _saved(request: MemberRequest, form: PlanForm, at: datetime) -> bool:
    """Set what was changed in a grid; False: it is shown (again)."""
    if not form.is_valid() or request.POST.get("tindakan") == "periksa":
        return False
    origin = form.cleaned_data["origin"]
    try:
        count = actions.set_plan(form.plans(), origin=origin, by=request.user, at=at)
    except Refusal as refusal:
        form.add_error(refusal.field or None, sentence(refusal))
        return False
    said = _("Target disimpan: %s periode diubah.") % count
    messages.success(request, said if count else _("Tidak ada yang berubah."))
    return True


Splits = dict[str, tuple[str, list["Unit | Category"]]]


def _splits(row: Indicator) -> Splits:
    """Return by what a target can be broken down: key -> (name, its members)."""
    found: Splits = {}
    for one in queries.categories(row.unit_id):
        dimension = one.dimension
        found.setdefault(str(dimension.pk), (dimension.name, []))[1].append(one)
    if units := list(organization.data_units(row.unit).order_by("order", "pk")):
        found[UNITS] = (_("Desa dan unit kerja"), list(units))
    return found


def _shown(request: MemberRequest, sheet: YearPlan, splits: Splits) -> str:
    """Return which parts to show: those asked for, else those that there are."""
    asked = request.GET.get("bagian")
    if asked is not None:
        return asked if asked in splits else ""
    for line in sheet.lines:
        for part in line.parts:
            return str(part.category.dimension_id) if part.category else UNITS
    return ""
