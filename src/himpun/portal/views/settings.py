"""The administrator's page: people in positions, codes, calendars, the last backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_POST,
    require_safe,
)

from himpun.accounts import actions as accounts
from himpun.accounts import rules as codes
from himpun.organization import actions as office
from himpun.organization import queries as organization
from himpun.organization import rules as offices
from himpun.portal.forms import (
    AccountForm,
    AppointForm,
    EndForm,
    PositionForm,
)
from himpun.portal.queries import staff
from himpun.reporting.queries import keys
from himpun.shared import clock
from himpun.shared.forms import OfficeForm, sent
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

ONLY = say("Halaman ini untuk administrator kabupaten.")


def administrator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only administrators of a tenant in; the others read why not."""

    def inner(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - the view's own
        tenant = staff.administered(request.user, clock.now())
        if tenant is None:
            return refused(request, Refusal(ONLY))
        return view(request, tenant, *args, **kwargs)

    return member(inner)


@require_safe
@administrator
def overview(request: MemberRequest, tenant: int) -> HttpResponse:
    """Show the tenant's offices, its people, the calendars, the last backup."""
    at = clock.now()
    return render(
        request,
        "portal/settings.html",
        {
            "here": "settings",
            "offices": staff.offices_of(tenant, at),
            "people": staff.people_of(tenant),
            "backup": keys.last_backup(),
        },
    )


@require_safe
@administrator
def unit(request: MemberRequest, tenant: int, pk: int) -> HttpResponse:
    """Show one office: its positions with their holders, its calendar."""
    at = clock.now()
    return render(
        request,
        "portal/office.html",
        {
            "here": "settings",
            **staff.office(tenant, pk, at),
        },
    )


@FORM
@administrator
def open_account(request: MemberRequest, tenant: int) -> HttpResponse:
    """Open an account for somebody in a position."""
    at = clock.now()
    form = AccountForm(
        sent(request),
        positions=staff.positions_of(tenant),
        initial={
            "position": request.GET.get("jabatan"),
            "since": organization.local_day(at),
        },
    )
    if form.is_valid():
        position = staff.position(tenant, int(form.cleaned_data.pop("position")))
        try:
            accounts.open_account(
                **form.cleaned_data, position=position, by=request.user, at=at
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Akun dibuka. Cetak kodenya di bawah ini."))
            return redirect("portal:settings")
    return _form(request, form, _("Buka akun"), _("Buka akun"))


def _form(
    request: MemberRequest,
    form: OfficeForm,
    title: str,
    label: str,
) -> HttpResponse:
    return render(
        request,
        "portal/form.html",
        {"here": "settings", "form": form, "title": title, "label": label},
        status=UNPROCESSABLE if form.errors else 200,
    )


@FORM
@administrator
def appoint(request: MemberRequest, tenant: int) -> HttpResponse:
    """Put a person into a position: definitive, Plt., Plh. or Pj."""
    at = clock.now()
    form = AppointForm(
        sent(request),
        positions=staff.positions_of(tenant),
        people=[p.person for p in staff.people_of(tenant) if p.person.is_active],
        initial={
            "position": request.GET.get("jabatan"),
            "person": request.GET.get("pejabat"),
            "since": organization.local_day(at),
        },
    )
    if form.is_valid():
        data = form.cleaned_data
        position = staff.position(tenant, int(data["position"]))
        try:
            office.appoint(
                staff.person(tenant, int(data["person"])),
                position,
                status=offices.Status(data["status"]),
                since=data["since"],
                until=data["until"],
                letter=data["letter"],
                by=organization.own_role(request.user, at),
                at=at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Pejabat dicatat."))
            return redirect(staff.page_of(position))
    return _form(request, form, _("Catat pejabat"), _("Simpan"))


@FORM
@administrator
def add_position(request: MemberRequest, tenant: int, pk: int) -> HttpResponse:
    """Add a jabatan to an office."""
    at = clock.now()
    units = {str(unit.pk): unit for unit in staff.units_of(tenant, pk)}
    form = PositionForm(sent(request), units=units.values())
    if form.is_valid():
        try:
            office.create_position(
                units[form.cleaned_data["unit"]],
                offices.PositionKind(form.cleaned_data["kind"]),
                form.cleaned_data["title"],
                by=organization.own_role(request.user, at),
                at=at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Jabatan ditambahkan. Isi pejabatnya."))
            return redirect("portal:office", pk)
    return _form(request, form, _("Tambah jabatan"), _("Simpan"))


@FORM
@administrator
def end(request: MemberRequest, tenant: int, pk: int) -> HttpResponse:
    """Let a tenure end on a day."""
    at = clock.now()
    official = staff.official(tenant, pk)
    form = EndForm(sent(request), initial={"until": organization.local_day(at)})
    if form.is_valid():
        try:
            office.end_appointment(
                official,
                until=form.cleaned_data["until"],
                by=organization.own_role(request.user, at),
                at=at,
            )
        except Refusal as refusal:
            form.add_error("until", sentence(refusal))
        else:
            messages.success(request, _("Hari terakhir dicatat."))
            return redirect(staff.page_of(official.position))
    title = _("Akhiri: %(who)s, %(role)s") % {"who": official.person, "role": official}
    return _form(request, form, title, _("Simpan"))


@never_cache
@require_POST
@administrator
def code(request: MemberRequest, tenant: int, pk: int) -> HttpResponse:
    """Make a one-time code and show its slip, this once."""
    at = clock.now()
    person = staff.person(tenant, pk)
    try:
        made = accounts.make_code(person, by=request.user, at=at)
    except Refusal as refusal:
        show_refusal(request, refusal)
        return redirect("portal:settings")
    return render(
        request,
        "portal/slip.html",
        {
            "here": "settings",
            "person": person,
            "code": made,
            "until": codes.expires(at),
            "address": request.build_absolute_uri(reverse("accounts:code")),
        },
    )


@require_POST
@administrator
def set_open(request: MemberRequest, tenant: int, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    person = staff.person(tenant, pk)
    wanted = request.POST.get("buka") == "ya"
    try:
        accounts.set_open(person, open_=wanted, by=request.user, at=clock.now())
    except Refusal as refusal:
        show_refusal(request, refusal)
    else:
        words = (
            _("Akun dibuka lagi.") if wanted else _("Akun ditutup, sesinya berakhir.")
        )
        messages.success(request, words)
    return redirect("portal:settings")
