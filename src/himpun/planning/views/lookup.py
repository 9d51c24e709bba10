"""Finding what an address names, and who may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from himpun.organization import queries as organization
from himpun.shared.forms import whole
from himpun.shared.refusals import say

from ..models import Indicator

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Unit
    from himpun.shared.http import MemberRequest

NO_OFFICE = say("Akun ini belum memegang jabatan. Hubungi administrator kabupaten.")
FIRST, LAST = 1945, 2100
"""Years that an address may ask for."""


def indicator(request: MemberRequest, pk: int, at: datetime) -> Indicator:
    """Return an indicator that the person may read; raises Http404."""
    units = organization.visible_planners(request.user, at)
    rows = Indicator.objects.filter(unit__in=units.order_by()).select_related("unit")
    return get_object_or_404(rows, pk=pk)


def office(request: MemberRequest, at: datetime) -> Unit | None:
    """Return the office, or the kabupaten, that is asked for, else the first; None
    without any.

    Raises Http404 for one that the person may not read.
    """
    rows = organization.visible_planners(request.user, at)
    wanted = request.POST.get("unit") or request.GET.get("unit")
    if not wanted:
        return rows.first()
    found = rows.filter(pk=whole(wanted)).first()
    if found is None:
        raise Http404
    return found


def year(request: MemberRequest, otherwise: int) -> int:
    """Return the year that is asked for; raises Http404 for one of no plan."""
    return checked(whole(request.GET.get("tahun", ""), otherwise))


def checked(year: int, first: int = FIRST) -> int:
    """Return a year of an address; raises Http404 for one of no plan."""
    if not first <= year <= LAST:
        raise Http404
    return year
