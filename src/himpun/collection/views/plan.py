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
from himpun.collection.forms import AgainForm, ReceivedForm, UnitForm
from himpun.collection.rules import ANSWERED, RequestState, collection_is_done
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
    from himpun.procedures.models import Task

    from .lookup import Place

SETTLED = frozenset({*ANSWERED, RequestState.REMOVED})


@dataclass(frozen=True)
class Typed:
    """A request's row as the form shows it."""

    row: RequestRow
    what: str
    due: str
    today: date
    error: str = ""

    @property
    def late(self) -> bool:
        """Whether the unit's own day has passed, or had when its data came."""
        asked = self.row.request
        by = asked.received_on or (None if self.answered else self.today)
        return bool(asked.due and by and by > asked.due)

    @property
    def number(self) -> int:
        """The request's number, as the form's fields name it."""
        return self.row.request.pk

    @property
    def answered(self) -> bool:
        """Whether nothing more is expected of the unit."""
        return self.row.request.state in SETTLED


def _stored(row: RequestRow, today: date) -> Typed:
    due = row.request.due
    return Typed(row, row.what, due.isoformat() if due else "", today)


def _rows(where: Place) -> list[Typed]:
    """Return the requests of the open step; of every step when none is open."""
    task = _open(where)
    rows = queries.requests(where.round)
    shown = [row for row in rows if task is None or row.request.step == task.step]
    return [_stored(row, where.today) for row in shown]


def _open(where: Place) -> Task | None:
    return queries.work_task(where.case, queries.PER_UNIT)


def _late(where: Place) -> set[str]:
    """Return the closed steps to which the person may note what came late."""
    if _open(where):
        return set()
    return queries.late_steps(where.round, where.person, where.at)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def plan(request: MemberRequest, case: int) -> HttpResponse:
    """Show the plan; save the rows that were changed."""
    where = lookup.place(request, case)
    rows = _rows(where)
    if request.method == "POST":
        if not where.works(queries.PER_UNIT):
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
        return Typed(row.row, what, due, row.today, wrong)
    try:
        actions.plan_request(
            row.row.request, due=day, what=what, by=request.user, at=where.at
        )
    except Refusal as refusal:
        return Typed(row.row, what, due, row.today, sentence(refusal))
    return Typed(row.row, what, due, row.today)


def _page(
    request: MemberRequest,
    where: Place,
    rows: list[Typed],
    received: ReceivedForm | None = None,
    chosen: list[int] | None = None,
    **typed: Any,  # noqa: ANN401 - what was typed in a refused form
) -> HttpResponse:
    task, today = _open(where), where.today
    editable, late = where.works(queries.PER_UNIT), _late(where)
    steps = late | ({task.step} if task and editable else set())
    context = where.frame("entries") | {
        "rows": rows,
        "late": late,
        "missed": not task and any(not row.answered for row in rows),
        "takable": {
            row.number
            for row in rows
            if not row.answered and row.row.request.step in steps
        },
        "errors": [row for row in rows if row.error],
        "editable": editable,
        "may_waive": bool(
            task and cases.may_waive(where.person, where.case, task.step, where.at)
        ),
        "today": today,
        "received": received or ReceivedForm(initial={"on": today}),
        "chosen": chosen or [],
        "counts": queries.states_of([row.row for row in rows]),
        "done": sum(row.answered for row in rows),
        "rule": _rule(where, task, rows),
        "addable": queries.addable_units(where.round, task.step) if task else [],
        "adding": UnitForm(prefix="tambah"),
        "again": AgainForm(prefix="lagi"),
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


@dataclass(frozen=True)
class Rule:
    """When the collection from units is complete, by the SOP's settings, and if it is."""

    wanted: str
    minimum: int | None
    complete: bool


def _rule(where: Place, task: Task | None, rows: list[Typed]) -> Rule | None:
    setting = cases.step_of(task).per_unit if task else None
    if task is None or setting is None:
        return None
    states = (RequestState(row.row.request.state) for row in rows)
    complete = collection_is_done(
        states,
        rule=setting.complete_when,
        minimum=setting.minimum,
        overdue=where.at > task.deadline,
    )
    return Rule(setting.complete_when, setting.minimum, complete)


@require_POST
@member
def send(request: MemberRequest, case: int) -> HttpResponse:
    """Send every planned request."""
    where = lookup.place(request, case)
    if not where.works(queries.PER_UNIT):
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
    if not (where.works(queries.PER_UNIT) or _late(where)):
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
    rows = _rows(where)
    return _page(request, where, rows, form, chosen)


@require_POST
@member
def waive(request: MemberRequest, case: int, number: int) -> HttpResponse:
    """Excuse a unit from answering, with a reason."""
    where = lookup.place(request, case)
    row = lookup.request_row(where, number)
    reason = request.POST.get("reason", "")
    removed = "keluarkan" in request.POST
    excuse = actions.remove_unit if removed else actions.waive_request
    try:
        excuse(row, why=reason, by=request.user, at=where.at)
    except Refusal as refusal:
        if refusal.field:
            return _page(
                request,
                where,
                _rows(where),
                waiving=number,
                typed_reason=reason,
                waiver_error=sentence(refusal),
            )
        return refused(request, refusal, back=where.page("plan"))
    excused = _("Unit dikecualikan, alasannya tercatat.")
    out = _("Unit dikeluarkan dari langkah ini, alasannya tercatat.")
    messages.success(request, out if removed else excused)
    return redirect("collection:plan", case)


@require_POST
@member
def add(request: MemberRequest, case: int) -> HttpResponse:
    """Ask one more unit in the open step, with a reason."""
    where = lookup.place(request, case)
    task = _open(where)
    if task is None or not where.works(queries.PER_UNIT):
        return refused(request, Refusal(LOCKED), back=where.page("plan"))
    units = {str(u.pk): u for u in queries.addable_units(where.round, task.step)}
    form = UnitForm(request.POST, prefix="tambah")
    unit = units.get(request.POST.get("tambah-unit", ""))
    if unit is None:
        form.add_error("unit", _("Pilih unit yang belum diminta."))
    if unit and form.is_valid():
        try:
            actions.add_unit(
                where.round,
                unit,
                what=one_line(form.cleaned_data["what"]),
                due=form.cleaned_data["due"],
                why=form.cleaned_data["reason"],
                by=request.user,
                at=where.at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Unit ditambahkan, alasannya tercatat."))
            return redirect("collection:plan", case)
    return _page(request, where, _rows(where), adding=form)


@require_POST
@member
def again(request: MemberRequest, case: int, number: int) -> HttpResponse:
    """Ask a unit again that had answered, with a reason and a day of its own."""
    where = lookup.place(request, case)
    row = lookup.request_row(where, number)
    if not where.works(queries.PER_UNIT):
        return refused(request, Refusal(LOCKED), back=where.page("plan"))
    form = AgainForm(request.POST, prefix="lagi")
    if form.is_valid():
        try:
            actions.ask_again(
                row,
                due=form.cleaned_data["due"],
                why=form.cleaned_data["reason"],
                by=request.user,
                at=where.at,
            )
        except Refusal as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None,
                sentence(refusal),
            )
        else:
            messages.success(request, _("Unit diminta lagi, alasannya tercatat."))
            return redirect("collection:plan", case)
    return _page(request, where, _rows(where), again=form, asking=number)
