"""Indicators on screen: the list of an office, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from himpun.formula import OverUnits
from himpun.organization import queries as organization
from himpun.organization.rules import UnitKind
from himpun.planning import actions as planning
from himpun.planning.models import Indicator
from himpun.shared import clock
from himpun.shared.forms import whole
from himpun.shared.http import MemberRequest, member
from himpun.shared.refusals import Refusal

from .. import queries

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit

FIRST, LAST = 1945, 2100
"""Years that an address may ask for."""


@require_safe
@member
def listing(request: MemberRequest) -> HttpResponse:
    """Show the indicators of an office with their targets of a year."""
    at = clock.now()
    offices = list(organization.visible_planners(request.user, at))
    if not offices:
        return render(request, "measurement/none.html", {"here": "indicators"})
    office = _chosen(request, offices)
    today = organization.local_day(at, office)
    year = _year(request, today.year)
    groups = queries.listing(office, year)
    rows = [row for group in groups for row in group.rows]
    context = {
        "here": "indicators",
        "office": office,
        "offices": offices,
        "year": year,
        "years": sorted({*queries.years_of(office, today), year}, reverse=True),
        "groups": groups,
        "count": len(rows),
        "without": sum(row.target is None for row in rows),
        "may_plan": _may_plan(request, office, at),
    }
    return render(request, "measurement/indicators.html", context)


@require_safe
@member
def indicator(request: MemberRequest, pk: int) -> HttpResponse:
    """Show all about an indicator: what it means, its targets, its past, its changes."""
    at = clock.now()
    units = organization.visible_planners(request.user, at)
    rows = Indicator.objects.filter(unit__in=units.order_by()).select_related("unit")
    row = get_object_or_404(rows, pk=pk)
    today = organization.local_day(at, row.unit)
    year = _year(request, today.year)
    context = {
        "here": "indicators",
        "indicator": row,
        "year": year,
        "years": sorted({*queries.years_of(row.unit_id, today), year}, reverse=True),
        "found": queries.profile(row, year, today),
        "may_plan": _may_plan(request, row.unit, at),
        **_above(request, row, at),
    }
    return render(request, "measurement/indicator.html", context)


def _above(request: MemberRequest, row: Indicator, at: datetime) -> dict[str, Any]:
    """Return what an administrator may do between an office's indicator and the
    kabupaten's: ``regency`` could take it over, ``may_weigh`` its offices.
    """
    of_regency = row.unit.kind == UnitKind.REGENCY
    if not organization.administers(request.user, row.unit.tenant_id, at):
        return {"of_regency": of_regency}
    above = organization.visible_regencies(request.user, at)
    free = above.filter(tenant=row.unit.tenant_id).exclude(indicators__code=row.code)
    weighted = row.versions.filter(over_units=OverUnits.WEIGHTED)
    return {
        "of_regency": of_regency,
        "may_weigh": of_regency and weighted.exists(),
        "regency": None if of_regency else free.first(),
    }


def _chosen(request: MemberRequest, offices: list[Unit]) -> Unit:
    """Return the office that the address names; raises Http404 for none of these."""
    wanted = request.GET.get("unit")
    found = [o for o in offices if str(o.pk) == wanted] if wanted else offices[:1]
    if not found:
        raise Http404
    return found[0]


def _year(request: MemberRequest, otherwise: int) -> int:
    year = whole(request.GET.get("tahun", ""), otherwise)
    if not FIRST <= year <= LAST:
        raise Http404
    return year


def _may_plan(request: MemberRequest, office: Unit, at: datetime) -> bool:
    try:
        planning.planner(office, request.user, at)
    except Refusal:
        return False
    return True
