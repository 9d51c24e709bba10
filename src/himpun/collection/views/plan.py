"""The plan of step 3 on screen: who supplies what by when, and what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from himpun.collection import actions, queries
from himpun.collection.forms import ReceivedForm
from himpun.collection.rules import RequestState
from himpun.organization import queries as organization
from himpun.procedures import queries as cases
from himpun.shared.forms import one_line, whole
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

from . import lookup
from .proposals import LOCKED

if TYPE_CHECKING:
    from django.http import HttpResponse

    from himpun.collection.queries import RequestRow

    from .lookup import Place

ANSWERED = frozenset({RequestState.CLOSED.value, RequestState.WAIVED.value})


@dataclass(frozen=True)
class Typed:
    """A request's row as the form shows it."""

    row: RequestRow
    what: str
    due: str
    error: str = ""

    @property
    def number(self) -> int:
        """The request's number, as the form's fields name it."""
        return self.row.request.pk

    @property
    def answered(self) -> bool:
        """Whether nothing more is expected of the unit."""
        return self.row.request.state in ANSWERED


def _stored(row: RequestRow) -> Typed:
    due = row.request.due
    return Typed(row, row.what, due.isoformat() if due else "")


@require_http_methods(["GET", "HEAD", "POST"])
@member
def plan(request: MemberRequest, case: int) -> HttpResponse:
    """Show the plan; save the rows that were changed."""
    where = lookup.place(request, case)
    rows = [_stored(row) for row in queries.requests(where.round)]
    if request.method == "POST":
        if not where.works(queries.COLLECTION):
            return refused(request, Refusal(LOCKED), back=where.page("plan"))
        rows = [_save(request, where, row) for row in rows]
        if not any(row.error for row in rows):
            messages.success(request, _("Rencana tersimpan."))
            return redirect("collection:plan", case)
    return _page(request, where, rows)


def _save(request: MemberRequest, where: Place, row: Typed) -> Typed:
    what = one_line(request.POST.get(f"data-{row.number}", row.what))
    due = request.POST.get(f"tenggat-{row.number}", row.due).strip()
    if row.answered or (what, due) == (row.what, row.due):
        return row
    try:
        day = date.fromisoformat(due) if due else None
    except ValueError:
        wrong = _("Tulis tanggal, misalnya 2025-01-31.")
        return Typed(row.row, what, due, wrong)
    try:
        actions.plan_request(
            row.row.request, due=day, what=what, by=request.user, at=where.at
        )
    except Refusal as refusal:
        return Typed(row.row, what, due, sentence(refusal))
    return Typed(row.row, what, due)


def _page(
    request: MemberRequest,
    where: Place,
    rows: list[Typed],
    received: ReceivedForm | None = None,
    chosen: list[int] | None = None,
    **typed: Any,  # noqa: ANN401 - what was typed in a refused form
) -> HttpResponse:
    task = queries.work_task(where.case, queries.COLLECTION)
    today = organization.local_day(where.at, where.case.unit)
    context = where.frame("entries") | {
        "rows": rows,
        "errors": [row for row in rows if row.error],
        "editable": where.works(queries.COLLECTION),
        "may_waive": bool(
            task and cases.may_waive(where.person, where.case, task.step, where.at)
        ),
        "today": today,
        "received": received or ReceivedForm(initial={"on": today}),
        "chosen": chosen or [],
        "counts": queries.states_of([row.row for row in rows]),
        "done": sum(row.answered for row in rows),
        "conflicts": queries.roles_in_conflict(where.round, where.at),
        **typed,
    }
    wrong = any(row.error for row in rows) or bool(received) or bool(typed)
    return render(
        request,
        "collection/plan.html",
        context,
        status=UNPROCESSABLE if wrong else 200,
    )


@require_POST
@member
def send(request: MemberRequest, case: int) -> HttpResponse:
    """Send every planned request."""
    where = lookup.place(request, case)
    if not where.works(queries.COLLECTION):
        return refused(request, Refusal(LOCKED), back=where.page("plan"))
    try:
        sent = actions.send_requests(where.round, by=request.user, at=where.at)
    except Refusal as refusal:
        show_refusal(request, refusal)
    else:
        words = _("%(n)s permintaan tercatat dikirim.") % {"n": len(sent)}
        messages.success(request, words)
    return redirect("collection:plan", case)


@require_POST
@member
def close(request: MemberRequest, case: int) -> HttpResponse:
    """Note for the chosen units that their data came in."""
    where = lookup.place(request, case)
    if not where.works(queries.COLLECTION):
        return refused(request, Refusal(LOCKED), back=where.page("plan"))
    chosen = [whole(text) for text in request.POST.getlist("unit")]
    form = ReceivedForm(request.POST)
    if form.is_valid():
        try:
            done = actions.close_requests(
                where.round.requests.filter(pk__in=chosen).order_by("pk"),
                via=one_line(form.cleaned_data["via"]),
                on=form.cleaned_data["on"],
                by=request.user,
                at=where.at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            words = _("Data dari %(n)s unit tercatat diterima.") % {"n": len(done)}
            messages.success(request, words)
            return redirect("collection:plan", case)
    rows = [_stored(row) for row in queries.requests(where.round)]
    return _page(request, where, rows, form, chosen)


@require_POST
@member
def waive(request: MemberRequest, case: int, number: int) -> HttpResponse:
    """Excuse a unit from answering, with a reason."""
    where = lookup.place(request, case)
    row = lookup.request_row(where, number)
    reason = request.POST.get("reason", "")
    try:
        actions.waive_request(row, why=reason, by=request.user, at=where.at)
    except Refusal as refusal:
        if refusal.field:
            rows = [_stored(r) for r in queries.requests(where.round)]
            return _page(
                request,
                where,
                rows,
                waiving=number,
                typed_reason=reason,
                waiver_error=sentence(refusal),
            )
        return refused(request, refusal, back=where.page("plan"))
    messages.success(request, _("Unit dikecualikan, alasannya tercatat."))
    return redirect("collection:plan", case)
