"""The signer's desk: read, sign or give back. Made for a telephone first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from himpun.collection import queries as collection
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.queries import journey, opened
from himpun.shared import clock
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal, say

from .. import actions, queries, rules
from ..forms import NewPassphraseForm, PassphraseForm, ReturnForm, ScanForm
from ..kinds import summary, texts
from ..rules import Backend, SignatureState
from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Person
    from himpun.procedures.models import Case, Task
    from himpun.shared.journey import Stop

    from ..models import Signature, Snapshot


@require_safe
@member
def desk(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the report that waits for a signature, or that it is signed."""
    at = clock.now()
    return show(request, lookup.case(request, pk, at), at)


def show(
    request: MemberRequest,
    case: Case,
    at: datetime,
    *,
    form: ScanForm | None = None,
) -> HttpResponse:
    """Draw the desk as it stands; with what was typed and what is wrong with it."""
    procedures.note_seen(case, request.user, at)
    kind = queries.signed_kind(case)
    snapshot = queries.snapshot_of(case, kind)
    context: dict[str, Any] = {
        "here": "sign",
        "case": case,
        "stop": _stop(case, at),
        "total": len(cases.plan_of(case).steps),
        "snapshot": snapshot,
        "title": rules.TITLES[kind],
        "of_plan": kind in rules.PLANS,
        "delivers": queries.step_for(case, rules.WORK_DELIVERY),
    }
    if snapshot is None:
        return render(request, "reporting/nothing_to_sign.html", context)
    signature = queries.signature_of(snapshot)
    context |= {"signature": signature, "form": form or ScanForm()}
    if signature and signature.state == SignatureState.SIGNED:
        context |= _done(case, signature, at)
        return render(request, "reporting/signed.html", context)
    context |= _open(case, snapshot, request.user, at)
    status = UNPROCESSABLE if form and form.errors else 200
    return render(request, "reporting/desk.html", context, status=status)


def _stop(case: Case, at: datetime) -> Stop | None:
    step = cases.signing_step(case)
    return next((s for s in journey.journey(case, at) if s.step == step), None)


def _open(
    case: Case, snapshot: Snapshot, person: Person, at: datetime
) -> dict[str, Any]:
    """Return what the desk shows while the report is not signed."""
    step = cases.signing_step(case)
    task = cases.open_work(case, step) if step else None
    return {
        "task": task,
        "summary": summary.summary(snapshot),
        "checked": summary.checked(case),
        "obstacle": _obstacle(case, person, at) if task else "",
        "may_sign": bool(task) and _may_sign(case, person, at),
        "may_prepare": bool(task) and actions.may_prepare(case, person, at),
        "targets": opened.return_targets(task) if task else [],
        "examples": settings.HIMPUN_TEST_SIGNATURE,
    }


def _may_sign(case: Case, person: Person, at: datetime) -> bool:
    try:
        actions.signer(case, person, at)
    except Refusal:
        return False
    return True


def _obstacle(case: Case, person: Person, at: datetime) -> str:
    """Return why somebody in the signer's position may still not sign; "" for others."""
    step = cases.signing_step(case)
    task = cases.open_work(case, step) if step else None
    if task is None or not cases.may_work(person, task, at):
        return ""
    return collection.may_sign(case, person) or ""


def _done(case: Case, signature: Signature, at: datetime) -> dict[str, Any]:
    following = journey.open_tasks([case])
    held = journey.holders(following, at)
    return {
        "words": queries.verdict_words(signature),
        "code": rules.printed_code(signature.snapshot.code),
        "size": texts.size(queries.size_of(signature.signed)),
        "next": [(task, held[task.pk], cases.step_of(task)) for task in following],
    }


# With a test certificate


@sensitive_post_parameters("passphrase", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@member
def passphrase(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the passphrase, prepare, seal and sign in one go.

    The passphrase lives in this request only.
    """
    at = clock.now()
    case = lookup.case(request, pk, at)
    snapshot = lookup.report(case)
    back = reverse("reporting:sign", args=[case.pk])
    if not actions.backend_offered(Backend.TEST_CA):
        words = say("Tanda tangan contoh dimatikan di pemasangan ini.")
        return refused(request, Refusal(words), back=back)
    try:
        actions.signing_task(case)
        actions.signer(case, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    kind = (
        PassphraseForm if actions.has_certificate(request.user) else NewPassphraseForm
    )
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _sign(case, snapshot, form.cleaned_data, request.user, at)
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, sentence(refusal))
        else:
            return redirect(back)
    return _ask(request, case, snapshot, form, at)


def _ask(
    request: MemberRequest,
    case: Case,
    snapshot: Snapshot,
    form: PassphraseForm,
    at: datetime,
) -> HttpResponse:
    return render(
        request,
        "reporting/passphrase.html",
        {
            "here": "sign",
            "case": case,
            "snapshot": snapshot,
            "form": form,
            "signer": actions.signer(case, request.user, at).role,
            "code": rules.printed_code(snapshot.code),
            "words": rules.VERDICT[Backend.TEST_CA],
        },
        status=UNPROCESSABLE if form.errors else 200,
    )


def _sign(
    case: Case, snapshot: Snapshot, typed: dict[str, str], person: Person, at: datetime
) -> None:
    if "again" in typed:
        actions.make_certificate(
            person,
            role=actions.signer(case, person, at),
            passphrase=typed["passphrase"],
            again=typed["again"],
            at=at,
        )
    actions.unlock(person, typed["passphrase"])
    signature = actions.prepare(snapshot, backend=Backend.TEST_CA, by=person, at=at)
    signature = actions.seal(signature, at=at)
    actions.sign_as_example(signature, passphrase=typed["passphrase"], by=person, at=at)


# By hand


@require_POST
@member
def prepare(request: MemberRequest, pk: int) -> HttpResponse:
    """Seal the report so that it can be printed and signed by hand; safe to repeat."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    snapshot = lookup.report(case)
    try:
        signature = actions.prepare(
            snapshot, backend=Backend.MANUAL, by=request.user, at=at
        )
        actions.seal(signature, at=at)
    except Refusal as refusal:
        show_refusal(request, refusal)
    return redirect("reporting:sign", case.pk)


@require_POST
@member
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back the preparation, to sign in another way."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    signature = lookup.signature(lookup.report(case))
    try:
        actions.withdraw(signature, by=request.user, at=at)
    except Refusal as refusal:
        show_refusal(request, refusal)
    else:
        messages.success(request, _("Persiapan tanda tangan dibatalkan."))
    return redirect("reporting:sign", case.pk)


@require_POST
@member
def upload(request: MemberRequest, pk: int) -> HttpResponse:
    """Take in the scan of the signed paper."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    signature = lookup.signature(lookup.report(case))
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.upload(
                signature,
                content=file.read(),
                filename=file.name,
                by=request.user,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Berkas diterima, menunggu pernyataan."))
            return redirect("reporting:sign", case.pk)
    return show(request, case, at, form=form)


@require_POST
@member
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the signer state that the scan is the paper that he or she signed."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    signature = lookup.signature(lookup.report(case))
    if not request.POST.get("menyatakan"):
        words = say(
            "Centang pernyataan bahwa pindaian ini kertas yang Anda tandatangani."
        )
        show_refusal(request, Refusal(words))
        return redirect("reporting:sign", case.pk)
    try:
        actions.confirm(signature, by=request.user, at=at)
    except Refusal as refusal:
        show_refusal(request, refusal)
    return redirect("reporting:sign", case.pk)


# Given back


@require_http_methods(["GET", "HEAD", "POST"])
@member
def give_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the report back with a reason and the values that are to be opened again."""
    at = clock.now()
    case = lookup.case(request, pk, at)
    back = reverse("reporting:sign", args=[case.pk])
    try:
        task = actions.signing_task(case)
        actions.holder(case, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    form = ReturnForm(
        request.POST if request.method == "POST" else None,
        targets=opened.return_targets(task),
        entries=[(v.entry, v.meaning.name) for v in collection.accepted_values(case)],
    )
    if request.method == "POST" and form.is_valid():
        try:
            _return(task, form.cleaned_data, request.user, at)
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Dikembalikan dengan alasan, putaran baru."))
            return redirect("procedures:case", case.pk)
    return render(
        request,
        "reporting/return.html",
        {"here": "sign", "case": case, "form": form},
        status=UNPROCESSABLE if form.errors else 200,
    )


def _return(task: Task, typed: dict[str, Any], person: Person, at: datetime) -> None:
    procedures.return_step(
        task,
        to=typed["to"],
        reason=typed["reason"],
        values=typed["values"],
        by=person,
        at=at,
    )
