"""Who is away and who acts for whom: seen by the office, noted by each for himself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from himpun.organization import actions as office
from himpun.organization import queries as organization
from himpun.organization.rules import AbsenceKind
from himpun.portal.forms import AbsenceForm, DelegationForm
from himpun.portal.queries import frame, staff, standing_in
from himpun.procedures import actions as procedures
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal, say

if TYPE_CHECKING:
    from django.http import HttpResponse

    from himpun.shared.forms import OfficeForm


@require_safe
@member
def page(request: MemberRequest) -> HttpResponse:
    """Show who is away and who acts for whom, and what waits because of it."""
    at = clock.now()
    person = request.user
    return render(
        request,
        "portal/standing_in.html",
        {
            "here": "standing-in",
            "absences": standing_in.absences(person, at),
            "delegations": standing_in.delegations(person, at),
            "vacant": standing_in.vacant(frame.of(request).desk),
            "may_delegate": bool(standing_in.desk(person, at).positions),
            "administers": staff.administered(person, at) is not None,
        },
    )


@FORM
@member
def absence(request: MemberRequest) -> HttpResponse:
    """Note that one is away; an administrator notes it for everybody of the tenant."""
    at = clock.now()
    tenant = staff.administered(request.user, at)
    people = [
        row.person
        for row in (staff.people_of(tenant) if tenant else [])
        if row.person.is_active
    ]
    today = organization.local_day(at)
    form = AbsenceForm(
        sent(request), people=people, initial={"since": today, "until": today}
    )
    if form.is_valid():
        data = form.cleaned_data
        who = int(data["person"]) if tenant else request.user.pk
        try:
            office.record_absence(
                staff.person(tenant, who) if tenant else request.user,
                AbsenceKind(data["kind"]),
                since=data["since"],
                until=data["until"],
                by=organization.own_role(request.user, at),
                at=at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Ketidakhadiran dicatat."))
            return redirect("portal:standing-in")
    return _form(request, form, _("Catat ketidakhadiran"), _("Simpan"))


@FORM
@member
def delegate(request: MemberRequest) -> HttpResponse:
    """Let another official do one's tasks for some days."""
    at = clock.now()
    desk = standing_in.desk(request.user, at)
    if not desk.positions:
        words = say("Pelimpahan dibuat oleh yang memegang jabatan di sebuah kantor.")
        return refused(request, Refusal(words))
    today = organization.local_day(at)
    form = DelegationForm(
        sent(request),
        positions=desk.positions,
        officials=desk.officials,
        procedures=desk.procedures,
        initial={"since": today, "until": today},
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            procedures.delegate(
                {str(p.pk): p for p in desk.positions}[data["position"]],
                {str(o.pk): o for o in desk.officials}[data["to"]],
                procedure={str(p.pk): p for p in desk.procedures}.get(
                    data["procedure"]
                ),
                since=data["since"],
                until=data["until"],
                letter=data["letter"],
                by=request.user,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(
                request, _("Tugas dilimpahkan. Berakhir dengan sendirinya.")
            )
            return redirect("portal:standing-in")
    return _form(request, form, _("Limpahkan tugas"), _("Limpahkan"))


def _form(
    request: MemberRequest, form: OfficeForm, title: str, label: str
) -> HttpResponse:
    return render(
        request,
        "portal/standing_in_form.html",
        {"here": "standing-in", "form": form, "title": title, "label": label},
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_POST
@member
def cancel_absence(request: MemberRequest, pk: int) -> HttpResponse:
    """Call an absence off, or end it today."""
    at = clock.now()
    row = standing_in.absence(request.user, pk, at)
    try:
        by = organization.own_role(request.user, at)
        office.cancel_absence(row, by=by, at=at)
    except Refusal as refusal:
        show_refusal(request, refusal)
    else:
        messages.success(request, _("Catatan dibatalkan."))
    return redirect("portal:standing-in")


@require_POST
@member
def end_delegation(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a mandate back before its last day."""
    at = clock.now()
    row = standing_in.delegation(request.user, pk, at)
    try:
        procedures.end_delegation(row, by=request.user, at=at)
    except Refusal as refusal:
        return refused(request, refusal)
    messages.success(request, _("Pelimpahan dicabut."))
    return redirect("portal:standing-in")
