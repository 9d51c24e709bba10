"""The page on which a target that was set by mistake is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.collection import actions, queries
from himpun.organization import queries as organization
from himpun.planning import actions as planning
from himpun.planning import queries as plans
from himpun.planning.models import Target
from himpun.planning.rules import NAMES, AimKind
from himpun.shared import clock
from himpun.shared.forms import OfficeForm, sent
from himpun.shared.http import MemberRequest, member, sentence, told
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse


class WithdrawForm(OfficeForm):
    """Why a target is taken back."""

    reason = forms.CharField(
        label=lazy("Alasan"),
        max_length=500,
        help_text=lazy("Paling sedikit 10 huruf. Contoh: salah ketik tahun."),
        error_messages={"required": lazy("Tulis alasannya.")},
    )


@FORM
@member
def withdraw(request: MemberRequest, number: int) -> HttpResponse:
    """Show what rests on a target; take it back where nothing does."""
    at = clock.now()
    units = organization.visible_planners(request.user, at)
    rows = Target.objects.filter(indicator__unit__in=units.order_by())
    target = get_object_or_404(rows.select_related("indicator__unit"), pk=number)
    year = plans.period_of_target(target).year
    grid = reverse("planning:targets", args=[target.indicator_id])
    back = f"{grid}?tahun={year}"
    try:
        planning.planner(target.indicator.unit, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    form = WithdrawForm(sent(request))
    if _done(request, form, target, at):
        return redirect(back)
    context = {
        "here": "indicators",
        "target": target,
        "version": plans.versions_of(target.indicator)[0],
        "what": told(NAMES[AimKind(target.kind)]),
        "period": plans.period_of_target(target),
        "parts": target.parts.count(),
        "resting": [told(one) for one in queries.resting_on(target)],
        "form": form,
        "back": back,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "collection/withdraw_target.html", context, status=status)


def _done(
    request: MemberRequest, form: WithdrawForm, target: Target, at: datetime
) -> bool:
    """Withdraw the target; False: the form is shown (again)."""
    if not form.is_valid():
        return False
    try:
        actions.withdraw_target(
            target, reason=form.cleaned_data["reason"], by=request.user, at=at
        )
    except Refusal as refusal:
        place = refusal.field if refusal.field in form.fields else None
        form.add_error(place, sentence(refusal))
        return False
    messages.success(request, _("Target dicabut."))
    return True
