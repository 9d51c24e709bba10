"""The grid in which the targets of a year are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun import formula
from himpun.organization import queries as organization
from himpun.organization.rules import UnitKind
from himpun.shared import clock
from himpun.shared.forms import sent, whole
from himpun.shared.http import MemberRequest, member, sentence, told
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import Period, PeriodKind

from .. import actions, queries, rules
from ..forms import PlanForm
from ..rules import AimKind
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit

    from ..models import Category, Indicator
    from ..queries import YearPlan

UNITS = "unit"
"""The choice of parts that are the office's units."""
YEARS_AHEAD = 10
"""So many years are offered as the end of the plan."""


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
    known = queries.ahead([row.pk], year).get(row.pk, queries.Beside())
    end = _end(request, row, year, known)
    sheet = queries.year_plan(versions, year, _beside(year, end))
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
        "compared": sheet.beside,
        "of_regency": row.unit.kind == UnitKind.REGENCY,
        "end": end,
        "ends": range(year, year + YEARS_AHEAD),
        "standing": _standing(known, year, newest.decimals),
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


def _end(
    request: MemberRequest, row: Indicator, year: int, known: queries.Beside
) -> int | None:
    """Return the year of the medium-term target: asked for, noted, or of the Renstra."""
    if asked := request.GET.get("akhir"):
        return lookup.checked(whole(asked, year), first=year)
    if known.medium:
        return known.medium.year
    found = queries.renstra_in_force(row.unit, Period(PeriodKind.YEAR, year).end)
    return found.renstra.last_year if found else None


def _standing(known: queries.Beside, year: int, decimals: int) -> str:
    """Return the standard that an earlier year set and that still holds; "" for none."""
    found = known.standard
    if found is None or found.year == year:
        return ""
    figure = told(rules.say_aim(found.aim, decimals))
    said = _("Kini berlaku %(figure)s, sejak %(year)s")
    return said % {"figure": figure, "year": found.year}


def _beside(year: int, end: int | None) -> list[tuple[AimKind, Period]]:
    standard = (AimKind.STANDARD, Period(PeriodKind.YEAR, year))
    if end is None:
        return [standard]
    return [(AimKind.MEDIUM_TERM, Period(PeriodKind.YEAR, end)), standard]


Splits = dict[str, tuple[str, list["Unit | Category"]]]


def _splits(row: Indicator) -> Splits:
    """Return by what a target can be broken down: key -> (name, its members)."""
    found: Splits = {}
    for one in queries.categories(row.unit_id):
        dimension = one.dimension
        found.setdefault(str(dimension.pk), (dimension.name, []))[1].append(one)
    if units := list(organization.parts_of(row.unit).order_by("order", "pk")):
        above = row.unit.kind == UnitKind.REGENCY
        words = _("Kantor") if above else _("Desa dan unit kerja")
        found[UNITS] = (words, list(units))
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
