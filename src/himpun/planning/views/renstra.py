"""The plan as it is read: the Renstra as a table, the RKT of a year, the set of IKU."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.forms import whole
from himpun.shared.http import MemberRequest, member
from himpun.shared.pages import refused
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import Period, PeriodKind

from .. import queries
from . import lookup

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.http import HttpResponse

    from himpun.organization.models import Unit

    Part = Callable[[MemberRequest, Unit, int, date], dict[str, Any]]


@require_safe
@member
def read(request: MemberRequest) -> HttpResponse:
    """Show a part of an office's plan: ``?bagian=`` renstra, rkt or iku."""
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    day = organization.local_day(at, office)
    years = queries.renstra_years(office)
    year = lookup.year(request, min(day.year, max(years, default=day.year)))
    part = request.GET.get("bagian", "")
    part = part if part in PARTS else "renstra"
    may_change = lookup.obstacle(request, office, at) is None
    context = lookup.head(request, at, office, year, years)
    context |= {"part": part, "may_change": may_change}
    context |= PARTS[part](request, office, year, day)
    return render(request, "planning/reading.html", context)


def _renstra(
    request: MemberRequest, office: Unit, year: int, day: date
) -> dict[str, Any]:
    versions = queries.renstra_versions(office, year)
    asked = whole(request.GET.get("versi", ""))
    version = queries.version_shown(versions, asked, day)
    if version is None:
        return {"versions": versions}
    last = Period(PeriodKind.YEAR, version.renstra.last_year).end
    meanings = {
        one.indicator_id: one for one in queries.versions_in_force(office, last)
    }
    begun = [one for one in versions if one.since]
    return {
        "versions": versions,
        "drafts": [one for one in versions if not one.since],
        "newest": max(begun, key=lambda one: (one.since, one.number), default=None),
        "table": queries.renstra_table(version, meanings),
        "doubts": queries.plan_doubts(version),
    }


def _annual_plan(
    _request: MemberRequest, office: Unit, year: int, _day: date
) -> dict[str, Any]:
    plan = queries.annual_plan(office, year)
    if plan is None:
        return {}
    return {
        "plan": plan,
        "rows": list(plan.indicators.select_related("meaning__indicator")),
        "programmes": list(plan.programmes.all()),
    }


def _key_indicators(
    _request: MemberRequest, office: Unit, year: int, _day: date
) -> dict[str, Any]:
    chosen = queries.key_indicators(office, Period(PeriodKind.YEAR, year).end)
    if chosen is None:
        return {}
    return {"chosen": chosen, "members": queries.members_of(chosen)}


PARTS: dict[str, Part] = {
    "renstra": _renstra,
    "rkt": _annual_plan,
    "iku": _key_indicators,
}
