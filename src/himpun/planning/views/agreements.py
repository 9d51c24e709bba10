"""Perjanjian Kinerja: the list of a year, one with its versions, its form, its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.forms import sent, whole
from himpun.shared.http import MemberRequest, member, sentence, told
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

from .. import actions, queries
from ..forms import AgreementForm, StepsForm
from ..rules import Change, Money
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit

    from ..models import PerjanjianKinerja


@require_safe
@member
def listing(request: MemberRequest) -> HttpResponse:
    """Show the Perjanjian Kinerja of an office's positions in a year."""
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    years = queries.agreement_years(office)
    today = organization.local_day(at, office).year
    year = lookup.year(request, max(years, default=today))
    rows = queries.agreements(office, year)
    context = lookup.head(request, at, office, year, years) | {
        "here": "agreements",
        "part": "agreements",
        "rows": rows,
        "newest": {row.first_id: row.pk for row in reversed(rows)},
        "may_change": lookup.may_key(request, office, Money.BUDGET, at),
    }
    return render(request, "planning/agreements.html", context)


@require_safe
@member
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one version: statement, annex, rencana aksi, and all versions."""
    at = clock.now()
    row = lookup.agreement(request, pk, at)
    office = _office(row)
    rows = queries.promised_rows(row)
    plan = queries.action_plan(row)
    history = queries.agreement_history(row)
    context = {
        "here": "agreements",
        "office": office,
        "year": row.year,
        "row": row,
        "rows": rows,
        "programmes": list(row.programmes.all()),
        "history": history,
        "newest": history[0].row,
        "plan": plan,
        "steps": queries.steps_of(plan, rows, row.year) if plan else [],
        "may_change": lookup.may_key(request, office, Money.BUDGET, at),
    }
    return render(request, "planning/agreement.html", context)


def _office(row: PerjanjianKinerja) -> Unit:
    office = row.first.unit.office
    if office is None:
        raise ValueError("a position with an agreement belongs to an office")
    return office


@FORM
@member
def make(request: MemberRequest) -> HttpResponse:
    """Make the first Perjanjian Kinerja of a position for a year."""
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    day = organization.local_day(at, office)
    year = lookup.year(request, day.year)
    back = f"{reverse('planning:agreements')}?unit={office.pk}&tahun={year}"
    if (no := lookup.obstacle(request, office, at)) is not None:
        return refused(request, no, back=back)
    initial = {"agreed_on": day, "first": whole(request.GET.get("jabatan", ""), 0)}
    form = AgreementForm(sent(request), office=office, year=year, initial=initial)
    return _form(request, form, office, back, at)


@FORM
@member
def revise(request: MemberRequest, pk: int) -> HttpResponse:
    """Make the next version of a Perjanjian Kinerja, with its legal reason."""
    at = clock.now()
    row = lookup.agreement(request, pk, at)
    office = _office(row)
    back = reverse("planning:agreement", args=[pk])
    if (no := lookup.obstacle(request, office, at)) is not None:
        return refused(request, no, back=back)
    newest = queries.agreement(row.first_id, row.year)
    if newest is not None and newest.pk != row.pk and request.method != "POST":
        return redirect("planning:revise-agreement", newest.pk)
    initial = {
        "agreed_on": organization.local_day(at, office),
        "number": newest.number if newest else row.number,
    }
    form = AgreementForm(
        sent(request), office=office, year=row.year, row=newest or row, initial=initial
    )
    return _form(request, form, office, back, at)


def _form(
    request: MemberRequest, form: AgreementForm, office: Unit, back: str, at: datetime
) -> HttpResponse:
    """Show the form, or keep what it says; what was typed is shown again if not."""
    if form.is_valid():
        try:
            kept = actions.make_agreement(
                form.draft(), shown=form.shown, by=request.user, at=at
            )
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, sentence(refusal))
        else:
            same = kept.change is Change.UNCHANGED
            said = _("Perjanjian Kinerja disimpan sebagai versi %s.") % kept.row.number
            messages.success(request, _("Tidak ada yang berubah.") if same else said)
            for doubt in kept.doubts:
                messages.warning(request, told(doubt))
            return redirect("planning:agreement", kept.row.pk)
    context = {
        "here": "agreements",
        "office": office,
        "year": form.year,
        "row": form.row,
        "form": form,
        "back": back,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/agreement_form.html", context, status=status)


@FORM
@member
def steps(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the rencana aksi of a Perjanjian Kinerja as a grid, and take it."""
    at = clock.now()
    row = lookup.agreement(request, pk, at)
    office = _office(row)
    back = reverse("planning:agreement", args=[pk])
    if (no := lookup.obstacle(request, office, at)) is not None:
        return refused(request, no, back=back)
    form = StepsForm(sent(request), agreement=row, plan=queries.action_plan(row))
    if form.is_valid() and request.POST.get("tindakan") != "periksa":
        try:
            kept = actions.keep_action_plan(
                row, form.steps, shown=form.shown, by=request.user, at=at
            )
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            same = kept.change is Change.UNCHANGED
            said = _("Rencana aksi disimpan.")
            messages.success(request, _("Tidak ada yang berubah.") if same else said)
            for doubt in kept.doubts:
                messages.warning(request, told(doubt))
            return redirect(f"{back}#rencana-aksi")
    context = {
        "here": "agreements",
        "office": office,
        "year": row.year,
        "row": row,
        "form": form,
        "doubts": form.doubts(),
        "back": back,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/steps.html", context, status=status)
