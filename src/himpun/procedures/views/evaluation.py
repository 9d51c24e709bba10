"""The yearly evaluation form of an SOP, with what the record knows beside each question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.organization import queries as organization
from himpun.procedures import actions
from himpun.procedures.forms import EvaluationForm
from himpun.procedures.queries import evaluation, overview
from himpun.shared import clock
from himpun.shared.forms import sent, whole
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE
from himpun.shared.refusals import Refusal

from . import lookup

if TYPE_CHECKING:
    from django.http import HttpResponse


@FORM
@member
def evaluate(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the form of a year, and keep the answers of Kasubbag, Sekcam or Camat."""
    at = clock.now()
    version = lookup.version(request, pk, at)
    office = version.procedure.unit
    this_year = organization.local_day(at, office).year
    asked = whole(request.GET.get("tahun", ""))
    year = asked if this_year - SHOWN < asked <= this_year else this_year
    kept = evaluation.newest(version, year)
    questions = evaluation.questions(version, year, at, kept)
    form = EvaluationForm(sent(request), questions=questions, kept=kept)
    if form.is_valid():
        try:
            actions.evaluate(
                version, year, form.answers(), form.result(), by=request.user, at=at
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Evaluasi tersimpan."))
            page = reverse("procedures:evaluation", args=[pk])
            return redirect(f"{page}?tahun={year}")
    kinds = overview.kinds_at(request.user, office, at)
    context = {
        "here": "procedures",
        "version": version,
        "year": year,
        "years": range(this_year, this_year - SHOWN, -1),
        "kept": kept,
        "form": form,
        "rows": form.rows(questions),
        "may_evaluate": bool(kinds & overview.DECIDERS),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procedures/evaluation.html", context, status=status)


SHOWN = 5
"""So many years are offered, the present one first."""
