"""Finding what an address names, and who may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from himpun.organization import queries as organization
from himpun.shared.forms import whole
from himpun.shared.refusals import Refusal, say

from .. import actions
from ..models import Indicator, PerjanjianKinerja, RenstraVersion

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from himpun.organization.models import Unit
    from himpun.shared.http import MemberRequest

    from ..rules import Money

NO_OFFICE = say("Akun ini belum memegang jabatan. Hubungi administrator kabupaten.")
FIRST, LAST = 1945, 2100
"""Years that an address may ask for."""


def indicator(request: MemberRequest, pk: int, at: datetime) -> Indicator:
    """Return an indicator that the person may read; raises Http404."""
    units = organization.visible_planners(request.user, at)
    rows = Indicator.objects.filter(unit__in=units.order_by()).select_related("unit")
    return get_object_or_404(rows, pk=pk)


def agreement(request: MemberRequest, pk: int, at: datetime) -> PerjanjianKinerja:
    """Return a Perjanjian Kinerja that the person may read; raises Http404."""
    rows = PerjanjianKinerja.objects.filter(
        first__unit__office__in=organization.visible_offices(request.user, at)
    ).select_related(
        "first__unit__office", "second", "first_official", "second_official"
    )
    return get_object_or_404(rows, pk=pk)


def office(request: MemberRequest, at: datetime) -> Unit | None:
    """Return the office, or the kabupaten, that is asked for, else the first; None
    without any.

    Raises Http404 for one that the person may not read.
    """
    return _asked(request, organization.visible_planners(request.user, at))


def agency(request: MemberRequest, at: datetime) -> Unit | None:
    """Return the office that is asked for as `office` does, never the kabupaten: only
    an office has a Renstra, a budget and agreements here.
    """
    rows = organization.visible_offices(request.user, at).order_by("name")
    return _asked(request, rows)


def _asked(request: MemberRequest, rows: QuerySet[Unit]) -> Unit | None:
    wanted = request.POST.get("unit") or request.GET.get("unit")
    if not wanted:
        return rows.first()
    found = rows.filter(pk=whole(wanted)).first()
    if found is None:
        raise Http404
    return found


def year(request: MemberRequest, otherwise: int) -> int:
    """Return the year that is asked for; raises Http404 for one of no plan."""
    wanted = request.POST.get("tahun") or request.GET.get("tahun", "")
    return checked(whole(wanted, otherwise))


def checked(year: int, first: int = FIRST) -> int:
    """Return a year of an address; raises Http404 for one of no plan."""
    if not first <= year <= LAST:
        raise Http404
    return year


def head(
    request: MemberRequest, at: datetime, office: Unit, year: int, years: Iterable[int]
) -> dict[str, Any]:
    """Return what the head of a page of the plan shows: offices, years, the chosen."""
    today = organization.local_day(at, office).year
    offices = organization.visible_offices(request.user, at).order_by("name")
    return {
        "here": "plan",
        "offices": list(offices),
        "office": office,
        "year": year,
        "years": sorted({*years, year, today, today + 1}, reverse=True),
    }


def obstacle(request: MemberRequest, office: Unit, at: datetime) -> Refusal | None:
    """Return why the person may not change the plan of an office, None who may."""
    try:
        actions.planner(office, request.user, at)
    except Refusal as refusal:
        return refusal
    return None


def renstra(request: MemberRequest, pk: int, at: datetime) -> RenstraVersion:
    """Return a version of a Renstra that the person may read; raises Http404."""
    rows = RenstraVersion.objects.filter(
        renstra__unit__in=organization.visible_offices(request.user, at)
    ).select_related("renstra__unit")
    return get_object_or_404(rows, pk=pk)


def may_key(request: MemberRequest, office: Unit, what: Money, at: datetime) -> bool:
    """Tell whether the person may key this of an office's budget."""
    try:
        actions.keeper(office, what, request.user, at)
    except Refusal:
        return False
    return True


def may_plan(request: MemberRequest, office: Unit, at: datetime) -> bool:
    """Tell whether the person may change the plan of an office."""
    try:
        actions.planner(office, request.user, at)
    except Refusal:
        return False
    return True
