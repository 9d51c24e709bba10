"""The budget of an office: the table of a year, and the grids that fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence, told
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import PeriodKind

from .. import actions, queries
from ..forms import MoneyForm, ProgrammesForm
from ..rules import Money
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit

KINDS = (PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.YEAR)
"""The periods in which money is keyed and shown."""


@require_safe
@member
def show(request: MemberRequest) -> HttpResponse:
    """Show pagu, realisasi and serapan of a year, row by row."""
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    years = queries.money_years(office)
    today = organization.local_day(at, office).year
    newest = max((year for year in years if year <= today), default=today)
    year = lookup.year(request, newest)
    sheet = queries.money_sheet(office, year, _kind(request))
    context = lookup.head(request, at, office, year, years) | {
        "here": "money",
        "part": "money",
        "sheet": sheet,
        "kinds": KINDS,
        "may_budget": lookup.may_key(request, office, Money.BUDGET, at),
        "may_spend": lookup.may_key(request, office, Money.SPENDING, at),
    }
    return render(request, "planning/money.html", context)


def _kind(request: MemberRequest) -> PeriodKind | None:
    asked = request.GET.get("per")
    return next((kind for kind in KINDS if kind.value == asked), None)


@FORM
@member
def budget(request: MemberRequest) -> HttpResponse:
    """Show the grid of pagu, murni and perubahan, and take what changed."""
    return _grid(request, Money.BUDGET)


@FORM
@member
def spending(request: MemberRequest) -> HttpResponse:
    """Show the grid of what was spent by period, and take what changed."""
    return _grid(request, Money.SPENDING)


def _grid(request: MemberRequest, what: Money) -> HttpResponse:
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    year = lookup.year(request, organization.local_day(at, office).year)
    back = f"{reverse('planning:money')}?unit={office.pk}&tahun={year}"
    try:
        actions.keeper(office, what, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    sheet = queries.money_sheet(office, year, _kind(request))
    form = MoneyForm(sent(request), sheet=sheet, what=what)
    if _saved(request, office, form, at):
        return redirect(back)
    context = {
        "here": "money",
        "office": office,
        "year": year,
        "form": form,
        "sheet": sheet,
        "kinds": KINDS,
        "spending": what is Money.SPENDING,
        "back": back,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/money_grid.html", context, status=status)


def _saved(request: MemberRequest, office: Unit, form: MoneyForm, at: datetime) -> bool:
    """Keep what was changed in the grid; False: it is shown (again)."""
    if not form.is_valid() or request.POST.get("tindakan") == "periksa":
        return False
    try:
        count = actions.keep_money(
            office,
            form.sheet.year,
            list(form.changed.values()),
            origin=form.cleaned_data["origin"],
            by=request.user,
            at=at,
        )
    except Refusal as refusal:
        form.add_error(refusal.field or None, sentence(refusal))
        return False
    said = _("Anggaran disimpan: %s angka diubah.") % count
    messages.success(request, said if count else _("Tidak ada yang berubah."))
    return True


@FORM
@member
def programmes(request: MemberRequest) -> HttpResponse:
    """Take a list of programmes, activities and sub-activities."""
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    year = lookup.year(request, organization.local_day(at, office).year)
    where = f"?unit={office.pk}&tahun={year}"
    back = f"{reverse('planning:money')}{where}"
    try:
        actions.planner(office, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    form = ProgrammesForm(sent(request))
    if form.is_valid():
        lines, by = form.cleaned_data["lines"], request.user
        try:
            count, doubts = actions.keep_programmes(office, lines, by=by, at=at)
        except Refusal as refusal:
            form.add_error("lines", sentence(refusal))
        else:
            messages.success(request, _("%s baris program disimpan.") % count)
            for doubt in doubts:
                messages.warning(request, told(doubt))
            return redirect(f"{reverse('planning:budget')}{where}")
    context = {"here": "money", "office": office, "form": form, "back": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/programmes.html", context, status=status)
