"""Tasks: closing, returning, reminding, handing in, taking note of a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from himpun.notices import actions as notices
from himpun.notices import queries as notice_queries
from himpun.notices import rules as notice_rules
from himpun.organization import queries as organization
from himpun.procedures import actions, queries
from himpun.procedures.forms import ExceptionForm, FileForm, PauseForm, ReturnForm
from himpun.procedures.queries import journey, opened, overview
from himpun.shared import clock
from himpun.shared.forms import sent
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal, say
from himpun.shared.templatetags.himpun import saat_lengkap

from . import cases, lookup

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_POST
@member
def complete(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a task; what is missing is listed with links."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    outcome = request.POST.get("outcome", "")
    try:
        actions.complete_task(task, by=request.user, at=at, outcome=outcome)
    except Refusal as refusal:
        return cases.show(request, task.case, at, refusal)
    task.refresh_from_db()
    done = _("Tugas ditutup. Kasus berlanjut.")
    part = _("Bagian Anda tercatat. Langkah ini menunggu orang lain.")
    messages.success(request, done if task.done_at else part)
    return redirect("procedures:case", task.case_id)


@require_POST
@member
def except_own_work(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the maker of a row approve it, where nobody else can."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    form = ExceptionForm(request.POST, prefix="kecuali")
    typed = {"excepting": task.pk, "except_form": form}
    if not form.is_valid():
        return cases.show(request, task.case, at, cases.first_error(form), **typed)
    try:
        actions.except_own_work(task, **form.cleaned_data, by=request.user, at=at)
    except Refusal as refusal:
        return cases.show(request, task.case, at, refusal, **typed)
    messages.success(request, _("Pengecualian tersimpan dengan alasannya."))
    return redirect("procedures:case", task.case_id)


@FORM
@member
def give_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the work back with a reason."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    case = reverse("procedures:case", args=[task.case_id])
    if not queries.may_work(request.user, task, at):
        words = say("Pengembalian dilakukan oleh pejabat yang memegang tugas ini.")
        return refused(request, Refusal(words), back=case)
    form = ReturnForm(sent(request), targets=opened.return_targets(task))
    if form.is_valid():
        try:
            actions.return_step(
                task,
                to=form.cleaned_data["to"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Dikembalikan dengan alasan, putaran baru."))
            return redirect(case)
    return render(
        request,
        "procedures/return.html",
        {"here": "cases", "task": task, "case": task.case, "form": form},
        status=UNPROCESSABLE if form.errors else 200,
    )


@FORM
@member
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop the clock of a row that waits for somebody outside."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    case = reverse("procedures:case", args=[task.case_id])
    if not queries.may_work(request.user, task, at):
        words = say("Waktu hanya dihentikan oleh pejabat yang memegang tugas ini.")
        return refused(request, Refusal(words), back=case)
    form = PauseForm(sent(request))
    if form.is_valid():
        try:
            actions.pause(task, **form.cleaned_data, by=request.user, at=at)
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Waktu langkah ini dihentikan."))
            return redirect(case)
    return render(
        request,
        "procedures/pause.html",
        {"here": "cases", "task": task, "case": task.case, "form": form},
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_POST
@member
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the clock of a row run again."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    try:
        actions.resume(task, by=request.user, at=at)
    except Refusal as refusal:
        return cases.show(request, task.case, at, refusal)
    task.refresh_from_db()
    messages.success(
        request,
        _("Waktu berjalan lagi. Tenggatnya sekarang %s.") % saat_lengkap(task.deadline),
    )
    return redirect("procedures:case", task.case_id)


@FORM
@member
def remind(request: MemberRequest, pk: int) -> HttpResponse:
    """Remind those who hold a task: a notice here, and a text to copy."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    back = reverse("procedures:case", args=[task.case_id])
    if task.done_at:
        words = say("Tugas ini sudah ditutup, tidak perlu diingatkan.")
        return refused(request, Refusal(words), back=back, status=409)
    title = overview.full_title(task)
    due = saat_lengkap(task.deadline)
    about = f"task:{task.pk}"
    holders = journey.holders([task], at)[task.pk]
    if request.method == "POST" and holders:
        told = notices.notify(
            [holder.person for holder in holders],
            unit=task.case.unit,
            text=_("Mohon dikerjakan: %(task)s. Tenggat %(due)s.")
            % {"task": title, "due": due},
            link=back,
            about=about,
            by=organization.own_role(request.user, at),
            at=at,
        )
        messages.success(request, _("%s orang diberi tahu di Himpun.") % told)
        return redirect("procedures:remind", task.pk)
    link = f"{settings.HIMPUN_PUBLIC_URL}{back}"
    return render(
        request,
        "procedures/remind.html",
        {
            "here": "home",
            "task": task,
            "case": task.case,
            "title": title,
            "holders": holders,
            "text": notice_rules.whatsapp_text(
                title, due, link, form=_(notice_rules.TEXT)
            ),
            "times": notice_queries.times_asked([about]).get(about, 0),
        },
    )


@require_POST
@member
def hand_in(request: MemberRequest, pk: int, artefact: str) -> HttpResponse:
    """Upload the result of a plain step."""
    at = clock.now()
    task = lookup.task(request, pk, at)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return cases.show(request, task.case, at, cases.first_error(form))
    file = form.cleaned_data["file"]
    try:
        actions.hand_in(
            task,
            artefact,
            content=file.read(),
            filename=file.name,
            by=request.user,
            at=at,
        )
    except Refusal as refusal:
        return cases.show(request, task.case, at, refusal)
    messages.success(request, _("Hasil langkah tersimpan."))
    return redirect("procedures:case", task.case_id)


@require_POST
@member
def receive(request: MemberRequest, pk: int) -> HttpResponse:
    """Record that a copy was received."""
    at = clock.now()
    receipt = lookup.receipt(request, pk, at)
    try:
        actions.receive_copy(receipt, by=request.user, at=at)
    except Refusal as refusal:
        return cases.show(request, receipt.case, at, refusal)
    messages.success(request, _("Penerimaan tembusan tercatat."))
    return redirect("procedures:case", receipt.case_id)
