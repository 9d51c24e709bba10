"""The calendar pages: a readable year for everybody; for the administrator a change and
what it would move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from himpun import worktime
from himpun.portal.forms import CHANGES
from himpun.portal.forms.calendar import CopyForm
from himpun.portal.queries import calendars
from himpun.procedures import actions as procedures
from himpun.shared import clock
from himpun.shared.forms import sent, whole
from himpun.shared.http import MemberRequest, member, sentence, told
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal, say

from .settings import administrator

if TYPE_CHECKING:
    from django.http import HttpResponse

    from himpun.organization.models import Unit
    from himpun.portal.forms import CalendarForm
    from himpun.worktime import Calendar

NO_OFFICE = say("Akun ini belum memegang jabatan. Hubungi administrator kabupaten.")
AGREED, SEEN = "setuju", "dilihat"
"""Fields of the preview: that the change is wanted, and of which version."""


@require_safe
@administrator
def year(request: MemberRequest, tenant: int, pk: int) -> HttpResponse:
    """Show an office's calendar as a year, with what changes it."""
    office, known, version = calendars.office(tenant, pk)
    more = {"here": "settings", "edits": True, "others": calendars.others(office)}
    return _year(request, office, known, version, more)


@require_safe
@member
def read(request: MemberRequest) -> HttpResponse:
    """Show the calendar of the own office to those who work by it; nothing to change.

    ``kantor`` names another one, for who reads several.
    """
    offices = calendars.readable(request.user, clock.now())
    if not offices:
        return refused(request, Refusal(NO_OFFICE))
    pk = whole(request.GET.get("kantor", ""), offices[0].pk)
    office = next((one for one in offices if one.pk == pk), None)
    if office is None:
        raise Http404
    unit, known, version = calendars.office(office.tenant_id, office.pk)
    more = {"here": "office-calendar", "edits": False, "offices": offices}
    return _year(request, unit, known, version, more)


def _year(
    request: MemberRequest,
    office: Unit,
    known: Calendar | None,
    version: int,
    more: dict[str, Any],
) -> HttpResponse:
    context: dict[str, Any] = {
        "office": office,
        "calendar": known,
        "version": version,
        **more,
    }
    if known:
        today = clock.now().astimezone(known.tz).year
        asked = whole(request.GET.get("tahun", ""), today)
        shown = min(max(asked, known.first.year), known.last.year)
        context |= calendars.page(known, shown)
    return render(request, "portal/calendar.html", context)


@FORM
@administrator
def change(request: MemberRequest, tenant: int, pk: int, what: str) -> HttpResponse:
    """Take a change of a calendar, show what it would move, and then do it."""
    office, known, version = calendars.office(tenant, pk)
    if what not in CHANGES or (known is None and what != "mulai"):
        raise Http404
    form = CHANGES[what](
        sent(request),
        calendar=known,
        others=calendars.others(office),
        initial={name: request.GET[name] for name in request.GET},
    )
    if form.is_valid():
        try:
            return _answer(request, office, form, version)
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        except worktime.BadCalendar as wrong:
            form.add_error(None, told(str(wrong)))
    return render(
        request,
        "portal/calendar_change.html",
        {"here": "settings", "office": office, "form": form},
        status=UNPROCESSABLE if form.errors else 200,
    )


def _answer(
    request: MemberRequest, office: Unit, form: CalendarForm, version: int
) -> HttpResponse:
    """Show the preview, or do what was agreed to."""
    wanted = form.changed()
    offices = form.chosen() if isinstance(form, CopyForm) else [office]
    if AGREED in request.POST:
        return _put(request, office, offices, wanted)
    shifts = calendars.shifts(offices, wanted)
    return render(
        request,
        "portal/calendar_preview.html",
        {
            "here": "settings",
            "office": office,
            "form": form,
            "words": form.words(),
            "moved": [shift for shift in shifts if shift.moves],
            "settled": [shift for shift in shifts if not shift.moves],
            "typed": [
                (name, value)
                for name in form.fields
                for value in request.POST.getlist(name)
            ],
            "seen": _seen(offices, office, version),
        },
    )


def _seen(offices: list[Unit], office: Unit, version: int) -> int:
    """Return the version of the first office that is changed."""
    if offices[0].pk == office.pk:
        return version
    return calendars.office(offices[0].tenant_id, offices[0].pk)[2]


def _put(
    request: MemberRequest, office: Unit, offices: list[Unit], wanted: Calendar
) -> HttpResponse:
    moved = procedures.put_calendar(
        offices,
        wanted,
        seen=whole(request.POST.get(SEEN, "")),
        by=request.user,
        at=clock.now(),
    )
    messages.success(
        request, _("Kalender disimpan. %s tenggat dihitung ulang.") % moved
    )
    return redirect(reverse("portal:calendar", args=[office.pk]))
