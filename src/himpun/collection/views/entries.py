"""The entry grid: typing, notes, sending. Works with a plain form; a script saves by cell.

A request of the script asks for JSON and gets the redrawn parts of its row; everybody
else gets the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from himpun.collection import actions, queries
from himpun.collection.actions import Current, NotReady
from himpun.collection.rules import EntryState, aim_shown, write_csv
from himpun.procedures import queries as cases
from himpun.shared.forms import whole
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import UNPROCESSABLE, download, refused
from himpun.shared.refusals import Conflict, Refusal, say
from himpun.shared.templatetags.himpun import jam

from . import lookup
from .proposals import LOCKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from himpun.collection.models import Entry
    from himpun.collection.queries import ProposalRow, Row
    from himpun.organization.models import Person
    from himpun.planning.queries import Earlier

    from .lookup import Place

CLASH = 409
COMPONENT = "komponen-"
TEMPLATE = "collection/entries.html"
FILTERS = {
    "semua": "",
    "kosong": say("belum diisi"),
    "perbaiki": say("perlu diperbaiki"),
}


@dataclass(frozen=True)
class Line:
    """A row of the grid as the page shows it."""

    row: Row
    text: str
    history: Sequence[Earlier]
    proposal: ProposalRow | None
    open: bool
    editable: bool
    withdrawable: bool

    @property
    def number(self) -> int:
        """The entry's number, as fields and anchors name it."""
        return self.row.entry.pk

    @property
    def cell(self) -> str:
        """The state of the cell as a CSS class of the grid."""
        if self.row.problem:
            return "keliru"
        if self.row.entry.figure is None:
            return ""
        return "simpan janggal" if self.row.remarks else "simpan"

    @property
    def typed(self) -> bool:
        """Whether the figure may be typed in its cell; else it is locked or calculated."""
        return self.editable and not self.row.version.formula

    @property
    def offered(self) -> str:
        """The proposal's figure that one click takes over; empty when there is none."""
        if not self.typed or self.proposal is None or self.text:
            return ""
        version = self.row.version
        return aim_shown(self.proposal.proposal.figure, version.decimals)


def typed_text(row: Row) -> str:
    """Return what stands in the cell: the draft, or the value with all its digits."""
    return row.entry.draft or aim_shown(row.entry.figure, row.version.decimals)


def _lines(
    where: Place, rows: Sequence[Row], opened: str, *, works: bool
) -> list[Line]:
    histories = queries.histories(where.round)
    proposed = {p.proposal.version_id: p for p in queries.proposals(where.round)}
    return [
        Line(
            row=row,
            text=typed_text(row),
            history=histories.get(row.version.indicator_id, []),
            proposal=proposed.get(row.version.pk),
            open=str(row.entry.pk) == opened,
            editable=works and row.editable,
            withdrawable=works and _is_own(row, where.person),
        )
        for row in rows
    ]


def _is_own(row: Row, person: Person) -> bool:
    """Whether a value waits for the verifier and this person typed it."""
    return row.state is EntryState.SUBMITTED and row.entry.author_id == person.pk


def _chosen(lines: list[Line], name: str) -> list[Line]:
    if name == "kosong":
        return [line for line in lines if line.row.entry.figure is None]
    if name == "perbaiki":
        return [
            line
            for line in lines
            if line.row.state is EntryState.RETURNED or line.row.problem
        ]
    return lines


def verifier_label(where: Place) -> str:
    """Return what the SOP calls the verifier: "Kasubbag"."""
    step = cases.verifying_step(where.case)
    plan = cases.plan_of(where.case)
    actor = plan.step(step).verifier if step else None
    return next((a.label for a in plan.actors if a.id == actor), _("verifikator"))


def page(
    request: MemberRequest,
    where: Place,
    *,
    status: int = 200,
    **extra: Any,  # noqa: ANN401 - what a refused act wants shown
) -> HttpResponse:
    """Draw the grid, with whatever an act that was refused wants shown."""
    rows = queries.rows(where.round)
    opened = str(extra.get("opened", request.GET.get("rinci", "")))
    works = where.works(queries.COLLECTION)
    lines = _lines(where, rows, opened, works=works)
    chosen = request.GET.get("saring", "semua")
    checking = "periksa" in request.GET
    context = where.frame("entries") | {
        "lines": _chosen(lines, chosen),
        "all": lines,
        "filter": chosen,
        "filters": [(key, len(_chosen(lines, key))) for key in FILTERS],
        "tally": queries.tally(rows),
        "editable": works,
        "verifier": verifier_label(where),
        "saved_at": max(
            (r.entry.changed_at for r in rows if r.entry.changed_at), default=None
        ),
        "gaps": [row for row in rows if row.lacking and row.editable]
        if checking
        else [],
        "checking": checking,
        "undo": request.session.pop(f"tempel-{where.case.pk}", []),
        **extra,
    }
    return render(request, TEMPLATE, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def entries(request: MemberRequest, case: int) -> HttpResponse:
    """Show the grid; a plain form saves every cell that was changed."""
    where = lookup.place(request, case)
    if request.method != "POST":
        return page(request, where)
    if not where.works(queries.COLLECTION):
        return refused(request, Refusal(LOCKED), back=where.page("entries"))
    conflicts, refusals = [], []
    for row in queries.rows(where.round):
        try:
            _save_typed(request, where, row)
        except Conflict as conflict:
            conflicts.append(conflict)
        except Refusal as refusal:
            refusals.append(sentence(refusal))
    if conflicts or refusals:
        shown_conflicts = [clash(conflict) for conflict in conflicts]
        return page(
            request, where, status=CLASH, conflicts=shown_conflicts, refusals=refusals
        )
    messages.success(request, _("Isian tersimpan."))
    return redirect("collection:entries", case)


def _save_typed(request: MemberRequest, where: Place, row: Row) -> None:
    text = request.POST.get(f"nilai-{row.entry.pk}")
    if text is None or not row.editable or text.strip() == typed_text(row):
        return
    actions.save_value(
        row.entry,
        text=text,
        row_version=version_in(request, f"versi-{row.entry.pk}"),
        by=request.user,
        at=where.at,
    )


def version_in(request: MemberRequest, name: str) -> int:
    """Return the row version that a form carries, -1 when it was tampered with."""
    return whole(request.POST.get(name, ""))


def clash(conflict: Conflict) -> dict[str, Any]:
    """Return both values of a conflict as the page shows them."""
    current = conflict.current
    assert isinstance(current, Current)  # noqa: S101 - the only conflict of a value
    entry = current.entry
    return {
        "sentence": sentence(conflict),
        "entry": entry,
        "typed": current.typed,
        "stored": entry.draft or aim_shown(entry.figure, entry.version.decimals),
        "person": current.person,
        "at": current.at,
    }


def _wants_json(request: MemberRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@require_POST
@member
def save(request: MemberRequest, case: int, entry: int) -> HttpResponse:
    """Save one cell; the script gets its redrawn parts, a plain form the grid."""
    where = lookup.place(request, case)
    row = lookup.entry(where, entry)
    try:
        _refuse_other(request)
        _save_row(request, where, row)
    except Conflict as conflict:
        return _clashed(request, where, conflict)
    except Refusal as refusal:
        if _wants_json(request):
            return JsonResponse({"message": sentence(refusal)}, status=403)
        return refused(request, refusal, back=where.page("entries"))
    if _wants_json(request):
        return JsonResponse(_redrawn(request, where, row))
    return redirect(f"{where.page('entries')}#baris-{entry}")


def _save_row(request: MemberRequest, where: Place, row: Entry) -> None:
    """Save a cell, or the components of a row that has them."""
    typed = {
        name.removeprefix(COMPONENT): request.POST[name]
        for name in request.POST
        if name.startswith(COMPONENT)
    }
    who = {
        "row_version": version_in(request, "row_version"),
        "by": request.user,
        "at": where.at,
    }
    if typed:
        actions.save_components(row, texts=typed, **who)
    else:
        actions.save_value(row, text=request.POST.get("text", ""), **who)


def _refuse_other(request: MemberRequest) -> None:
    """Refuse what a page sends that somebody else opened: its author would be wrong.

    The script of an open page goes on after another person signed in in a second tab.
    """
    if request.POST.get("orang", str(request.user.pk)) != str(request.user.pk):
        raise Refusal(
            say(
                "Halaman ini dibuka oleh akun lain, jadi isiannya tidak disimpan atas "
                "nama Anda. Muat ulang halaman, lalu isi dengan akun Anda sendiri."
            )
        )


def _clashed(request: MemberRequest, where: Place, conflict: Conflict) -> HttpResponse:
    shown_clash = clash(conflict)
    if not _wants_json(request):
        return page(request, where, status=CLASH, conflicts=[shown_clash])
    context = {"clash": shown_clash, "case": where.case}
    html = render_to_string(f"{TEMPLATE}#clash", context, request)
    answer = {
        "conflict": html,
        "version": shown_clash["entry"].row_version,
        "stored": shown_clash["stored"],
    }
    return JsonResponse(answer, status=CLASH)


def _redrawn(request: MemberRequest, where: Place, entry: Entry) -> dict[str, Any]:
    """Return what changes on the page after a cell was saved."""
    rows = queries.rows(where.round)
    works = where.works(queries.COLLECTION)
    lines = _lines(where, rows, "", works=works)
    line = next(line for line in lines if line.number == entry.pk)
    context = {
        "line": line,
        "case": where.case,
        "all": lines,
        "tally": queries.tally(rows),
        "verifier": verifier_label(where),
        "editable": True,
    }
    return {
        "version": line.row.entry.row_version,
        "cell": line.cell,
        "text": line.text,
        "at": jam(where.at),
        "cap": render_to_string(f"{TEMPLATE}#cap", context, request),
        "problems": render_to_string(f"{TEMPLATE}#problems", context, request),
        "counts": render_to_string(f"{TEMPLATE}#counts", context, request),
        "steps": render_to_string(f"{TEMPLATE}#steps", context, request),
    }


@require_POST
@member
def note(request: MemberRequest, case: int, entry: int) -> HttpResponse:
    """Save the note beside a value."""
    where = lookup.place(request, case)
    row = lookup.entry(where, entry)
    text = request.POST.get("text", "")
    try:
        actions.save_note(
            row,
            text=text,
            row_version=version_in(request, "row_version"),
            by=request.user,
            at=where.at,
        )
    except Conflict as conflict:
        return page(
            request,
            where,
            status=CLASH,
            opened=entry,
            note_typed={"entry": entry, "text": text},
            refusals=[sentence(conflict)],
        )
    except Refusal as refusal:
        return refused(request, refusal, back=where.page("entries"))
    messages.success(request, _("Catatan tersimpan."))
    return redirect(f"{where.page('entries')}?rinci={entry}#baris-{entry}")


@require_POST
@member
def withdraw(request: MemberRequest, case: int, entry: int) -> HttpResponse:
    """Take a sent value back before it is verified."""
    where = lookup.place(request, case)
    row = lookup.entry(where, entry)
    try:
        actions.withdraw_value(row, by=request.user, at=where.at)
    except Refusal as refusal:
        return refused(request, refusal, back=where.page("entries"))
    messages.success(request, _("Nilai ditarik kembali dan dapat diubah lagi."))
    return redirect(f"{where.page('entries')}#baris-{entry}")


@require_POST
@member
def submit(request: MemberRequest, case: int) -> HttpResponse:
    """Send values to the verifier; what is missing is listed with links."""
    where = lookup.place(request, case)
    chosen = [whole(n) for n in request.POST.getlist("entry")]
    try:
        sent = actions.submit_values(
            where.round, entries=chosen or None, by=request.user, at=where.at
        )
    except NotReady as lacking:
        ready = [
            row.entry.pk
            for row in queries.rows(where.round)
            if row.editable and not row.lacking
        ]
        return page(
            request,
            where,
            status=UNPROCESSABLE,
            gaps=lacking.rows,
            checking=True,
            ready=ready,
        )
    except Refusal as refusal:
        return refused(request, refusal, back=where.page("entries"))
    words = _("%(n)s isian dikirim ke %(who)s.") % {
        "n": len(sent),
        "who": verifier_label(where),
    }
    messages.success(request, words)
    return redirect("collection:entries", case)


@require_safe
@member
def sheet(request: MemberRequest, case: int) -> HttpResponse:
    """Hand out the grid as CSV, to be filled elsewhere and pasted back."""
    where = lookup.place(request, case)
    head = [_("Kode"), _("Indikator"), _("Satuan"), _("Target"), _("Realisasi")]
    lines = [
        [
            row.version.indicator.code,
            row.version.name,
            row.version.unit_of_measure,
            aim_shown(row.aim, row.version.decimals),
            typed_text(row),
        ]
        for row in queries.rows(where.round)
    ]
    return download(
        write_csv([head, *lines]),
        filename=f"isian-{where.case.period_code}.csv",
        mime="text/csv; charset=utf-8",
    )
