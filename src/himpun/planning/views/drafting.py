"""Writing a Renstra: its start, the draft part by part, how it comes into force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Conflict, Refusal

from .. import actions, queries
from ..forms import PARTS, ChangeForm, EnactForm, PartForm, StartForm
from ..rules import Change, Stage
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.forms import Form
    from django.http import HttpResponse

    from himpun.organization.models import Unit

    from ..models import RenstraVersion
    from ..rules import Kept, RenstraPlan

CONFLICT = 409
YEARS_OF_A_PLAN = 5


def _reading(office: Unit, year: int, number: int | None = None) -> str:
    """Return the address at which a Renstra is read."""
    version = f"&versi={number}" if number else ""
    return f"{reverse('planning:renstra')}?unit={office.pk}&tahun={year}{version}"


def _draft(version: RenstraVersion, place: str = "") -> str:
    return reverse("planning:draft", args=[version.pk]) + place


def _fail(form: Form, refusal: Refusal) -> None:
    """Show a refusal at its field, or above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, sentence(refusal))


@FORM
@member
def start(request: MemberRequest) -> HttpResponse:
    """Begin a Renstra murni."""
    at = clock.now()
    office = lookup.agency(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    year = lookup.year(request, organization.local_day(at, office).year)
    back = _reading(office, year)
    if (no := lookup.obstacle(request, office, at)) is not None:
        return refused(request, no, back=back)
    initial = {"first_year": year, "last_year": year + YEARS_OF_A_PLAN - 1}
    form = StartForm(sent(request), initial=initial)
    if form.is_valid():
        try:
            kept = actions.start_renstra(office, form.plan(), by=request.user, at=at)
        except Refusal as refusal:
            _fail(form, refusal)
        else:
            messages.success(request, _("Konsep Renstra dimulai. Lengkapi bagiannya."))
            return redirect(_draft(kept.row))
    title = _("Susun Renstra")
    return _begin(request, form, title, office=office, year=year, back=back)


@FORM
@member
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a perubahan as a copy of the version in force."""
    at = clock.now()
    version = lookup.renstra(request, pk, at)
    office = version.renstra.unit
    back = _reading(office, version.renstra.first_year, version.number)
    if (no := lookup.obstacle(request, office, at)) is not None:
        return refused(request, no, back=back)
    form = ChangeForm(sent(request), initial={"origin": version.origin})
    if form.is_valid():
        origin, by = form.cleaned_data["origin"], request.user
        try:
            kept = actions.start_change(version, origin, by=by, at=at)
        except Refusal as refusal:
            _fail(form, refusal)
        else:
            messages.success(
                request, _("Konsep perubahan dimulai dari isi yang berlaku.")
            )
            return redirect(_draft(kept.row))
    year = version.renstra.first_year
    title = _("Mulai perubahan Renstra")
    return _begin(request, form, title, office=office, year=year, back=back)


def _begin(
    request: MemberRequest,
    form: Form,
    title: str,
    **place: object,
) -> HttpResponse:
    context = {"here": "plan", "form": form, "title": title, **place}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "planning/renstra_start.html", context, status=status)


def _open(
    request: MemberRequest, pk: int, at: datetime
) -> tuple[RenstraVersion, HttpResponse | None]:
    """Return a draft, and the answer to who may not change it or comes too late."""
    version = lookup.renstra(request, pk, at)
    renstra = version.renstra
    back = _reading(renstra.unit, renstra.first_year, version.number)
    if (no := lookup.obstacle(request, renstra.unit, at)) is not None:
        return version, refused(request, no, back=back)
    if version.since is not None:
        messages.info(request, _("Renstra ini sudah berlaku dan tidak diubah lagi."))
        return version, redirect(back)
    return version, None


@require_safe
@member
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a draft part by part, each with what it lacks and the way to its form."""
    version, answer = _open(request, pk, clock.now())
    if answer is not None:
        return answer
    renstra = version.renstra
    context = {
        "here": "plan",
        "office": renstra.unit,
        "version": version,
        "draft": queries.draft_of(version),
        "reading": _reading(renstra.unit, renstra.first_year, version.number),
    }
    return render(request, "planning/renstra_draft.html", context)


@FORM
@member
def part(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Add, change or take away one part of a draft; ``?kode=`` names which one."""
    at = clock.now()
    version, answer = _open(request, pk, at)
    if kind not in PARTS:
        raise Http404
    if answer is not None:
        return answer
    form = PARTS[kind](
        sent(request),
        plan=queries.plan_of(queries.tree_of(version)),
        office=version.renstra.unit,
        key=request.GET.get("kode", ""),
        above=request.GET.get("induk", ""),
    )
    if form.missing and request.method != "POST":
        raise Http404
    if request.POST.get("tindakan") == "hapus":
        return _remove(request, version, form, at)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            return _keep(request, version, form, at)
        except Conflict as conflict:
            form.add_error(None, sentence(conflict))
            form.follow(conflict.current)  # type: ignore[arg-type]  # the plan, as kept
            status = CONFLICT
        except Refusal as refusal:
            _fail(form, refusal)
    context = {
        "here": "plan",
        "office": version.renstra.unit,
        "version": version,
        "form": form,
        "back": _draft(version),
    }
    status = status if form.errors else 200
    return render(request, "planning/renstra_part.html", context, status=status)


def _keep(
    request: MemberRequest, version: RenstraVersion, form: PartForm, at: datetime
) -> HttpResponse:
    """Hand in the draft with this part as it is written; raises Refusal."""
    kept = _hand_in(request, version, form.plan(), at)
    same = kept.change is Change.UNCHANGED
    said = _("Tidak ada yang berubah.") if same else _("Konsep disimpan.")
    messages.success(request, said)
    code = form.cleaned_data.get("code") or form.cleaned_data.get("programme")
    return redirect(_draft(version, f"#{form.kind}-{slugify(code)}" if code else ""))


def _remove(
    request: MemberRequest, version: RenstraVersion, form: PartForm, at: datetime
) -> HttpResponse:
    """Hand in the draft without this part; a refusal is told at its form."""
    try:
        _hand_in(request, version, form.rest(), at)
    except Refusal as refusal:
        show_refusal(request, refusal)
        return redirect(_draft(version) if form.missing else request.get_full_path())
    messages.success(request, _("Dihapus dari konsep."))
    return redirect(_draft(version))


def _hand_in(
    request: MemberRequest, version: RenstraVersion, plan: RenstraPlan, at: datetime
) -> Kept[RenstraVersion]:
    seen = request.POST.get("seal", "")
    return actions.change_renstra(version, plan, seen=seen, by=request.user, at=at)


@require_POST
@member
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    at = clock.now()
    version, answer = _open(request, pk, at)
    if answer is not None:
        return answer
    seen = request.POST.get("seal", "")
    try:
        actions.discard_renstra(version, seen=seen, by=request.user, at=at)
    except Refusal as refusal:
        show_refusal(request, refusal)
        return redirect(_draft(version))
    messages.success(request, _("Konsep dibuang."))
    return redirect(_reading(version.renstra.unit, version.renstra.first_year))


@FORM
@member
def enact(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what a draft would change, and let it come into force."""
    at = clock.now()
    version, answer = _open(request, pk, at)
    if answer is not None:
        return answer
    renstra = version.renstra
    found = queries.enactment(version)
    first = date(renstra.first_year, 1, 1)
    today = organization.local_day(at, renstra.unit)
    since = first if version.stage == Stage.ORIGINAL else today
    form = EnactForm(sent(request), initial={"since": since, "seal": found.seal})
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            return _enact(request, version, form, at)
        except Conflict as conflict:
            form.add_error(None, sentence(conflict))
            form.follow(found.seal)
            status = CONFLICT
        except Refusal as refusal:
            _fail(form, refusal)
    context = {
        "here": "plan",
        "office": renstra.unit,
        "version": version,
        "draft": queries.draft_of(version),
        "found": found,
        "form": form,
        "back": _draft(version),
    }
    status = status if form.errors else 200
    return render(request, "planning/renstra_enact.html", context, status=status)


def _enact(
    request: MemberRequest, version: RenstraVersion, form: EnactForm, at: datetime
) -> HttpResponse:
    """Let a draft come into force as it was looked at; raises Refusal."""
    data, renstra = form.cleaned_data, version.renstra
    actions.enact_renstra(
        version,
        data["since"],
        decision=data["decision"],
        seen=data["seal"] or "-",
        by=request.user,
        at=at,
    )
    messages.success(request, _("Renstra diberlakukan."))
    year = max(data["since"].year, renstra.first_year)
    return redirect(_reading(renstra.unit, year, version.number))
