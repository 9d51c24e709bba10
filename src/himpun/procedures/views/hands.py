"""A task changes hands: handed to others, or taken back by who closed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.notices import actions as notices
from himpun.organization import queries as organization
from himpun.procedures import actions, queries
from himpun.procedures.forms import AssignForm, ReasonForm
from himpun.procedures.queries import journey, overview
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal, say

from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.procedures.models import Task


@FORM
@member
def assign(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand a task to another position or official, with a reason."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    case = reverse("procedures:case", args=[task.case_id])
    if not queries.may_assign(request.user, task, at):
        words = say("Tugas dialihkan oleh atasan jabatan ini, Sekcam, atau Camat.")
        return refused(request, Refusal(words), back=case)
    positions, officials = queries.takers(task, at)
    form = AssignForm(sent(request), positions=positions, officials=officials)
    if form.is_valid():
        try:
            actions.assign_task(task, **form.cleaned_data, by=request.user, at=at)
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            _tell(request, task, at)
            messages.success(request, _("Tugas dialihkan, isinya tetap tersimpan."))
            return redirect(case)
    context = {
        "here": "cases",
        "task": task,
        "case": task.case,
        "form": form,
        "title": overview.full_title(task),
        "now": queries.titles_of([task])[task.pk],
        "holders": journey.holders([task], at)[task.pk],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procedures/assign.html", context, status=status)


def _tell(request: MemberRequest, task: Task, at: datetime) -> None:
    """Tell those whose the task is now."""
    task.refresh_from_db(fields=["assignment"])
    holders = journey.holders([task], at)[task.pk]
    notices.notify(
        [holder.person for holder in holders],
        unit=task.case.unit,
        text=_("Tugas dialihkan kepada Bapak/Ibu: %s.") % overview.full_title(task),
        link=reverse("procedures:case", args=[task.case_id]),
        about=f"alih:{task.assignment_id}",
        by=organization.own_role(request.user, at),
        at=at,
    )


@FORM
@member
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back a task that one has closed."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    case = reverse("procedures:case", args=[task.case_id])
    obstacle = queries.withdraw_obstacle(task, request.user)
    if obstacle:
        return refused(request, Refusal(obstacle), back=case)
    form = ReasonForm(sent(request))
    if form.is_valid():
        try:
            actions.withdraw_task(task, **form.cleaned_data, by=request.user, at=at)
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Tugas dibuka lagi. Isinya tetap tersimpan."))
            return redirect(case)
    context = {
        "here": "cases",
        "task": task,
        "case": task.case,
        "form": form,
        "title": overview.full_title(task),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procedures/withdraw.html", context, status=status)
