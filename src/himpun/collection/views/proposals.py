"""Steps 1 and 2 on screen: proposals; the team and the evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from himpun.collection import actions, queries
from himpun.collection.forms import NEW_TEAM, TeamForm
from himpun.collection.models import Team
from himpun.collection.rules import Evaluation, aim_shown
from himpun.organization import queries as organization
from himpun.organization.models import Official
from himpun.organization.rules import acting_title
from himpun.planning import queries as planning
from himpun.shared.forms import one_line, whole
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import UNPROCESSABLE, refused
from himpun.shared.refusals import Conflict, Refusal, say

from . import lookup

if TYPE_CHECKING:
    from django.http import HttpResponse

    from himpun.collection.queries import ProposalRow
    from himpun.formula import GradeScale

    from .lookup import Place

LOCKED = say(
    "Langkah ini sedang tidak dikerjakan atau milik jabatan lain, jadi isinya hanya "
    "dapat dibaca."
)


@dataclass(frozen=True)
class Typed:
    """A proposal's row as it stands in the form: what was typed and what is wrong."""

    row: ProposalRow
    text: str
    absent: str
    rests_on: str
    evaluation: str
    note: str
    error: str = ""
    conflict: bool = False

    @property
    def grades(self) -> GradeScale | None:
        """The grades of a qualitative indicator, None of any other."""
        return planning.grades_of(self.row.proposal.version)

    @property
    def number(self) -> int:
        """The proposal's number, as the form's fields name it."""
        return self.row.proposal.pk


def _stored(row: ProposalRow) -> Typed:
    proposal = row.proposal
    return Typed(
        row=row,
        text=aim_shown(proposal.figure, proposal.version.decimals),
        absent=row.absent_reason,
        rests_on=row.rests_on,
        evaluation=proposal.evaluation,
        note=row.note,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member
def proposals(request: MemberRequest, case: int) -> HttpResponse:
    """Show the proposals of a case; save those that were changed."""
    where = lookup.place(request, case)
    rows = [_stored(row) for row in queries.proposals(where.round)]
    if request.method == "POST":
        if not where.works(queries.PROPOSALS):
            return refused(request, Refusal(LOCKED), back=where.page("proposals"))
        rows = [_save_proposal(request, where, row) for row in rows]
        if not any(row.error for row in rows):
            messages.success(request, _("Usulan tersimpan."))
            return redirect("collection:proposals", case)
    context = where.frame("cases") | {
        "rows": rows,
        "errors": [row for row in rows if row.error],
        "editable": where.works(queries.PROPOSALS),
        "done": sum(row.row.answered for row in rows),
    }
    status = UNPROCESSABLE if any(row.error for row in rows) else 200
    return render(request, "collection/proposals.html", context, status=status)


def _save_proposal(request: MemberRequest, where: Place, row: Typed) -> Typed:
    """Save one row if it was changed; return it as the form shows it now."""
    text, absent, rests_on = (
        one_line(request.POST.get(f"{name}-{row.number}", before))
        for name, before in (
            ("angka", row.text),
            ("alasan", row.absent),
            ("sumber", row.rests_on),
        )
    )
    if (text, absent, rests_on) == (row.text, row.absent, row.rests_on):
        return row
    typed = Typed(
        row.row, text, absent, rests_on, evaluation=row.evaluation, note=row.note
    )
    try:
        actions.save_proposal(
            row.row.proposal,
            text=text,
            absent_reason=absent,
            rests_on=rests_on,
            row_version=_whole(request, f"versi-{row.number}"),
            by=request.user,
            at=where.at,
        )
    except Refusal as refusal:
        clash = isinstance(refusal, Conflict)
        return _marked(typed, sentence(refusal), conflict=clash)
    return typed


def _marked(row: Typed, error: str, *, conflict: bool = False) -> Typed:
    return Typed(
        row=row.row,
        text=row.text,
        absent=row.absent,
        rests_on=row.rests_on,
        evaluation=row.evaluation,
        note=row.note,
        error=error,
        conflict=conflict,
    )


def _whole(request: MemberRequest, name: str) -> int:
    """Return a whole number that a form carries, -1 when it was tampered with."""
    return whole(request.POST.get(name, ""))


# Step 2


@require_http_methods(["GET", "HEAD", "POST"])
@member
def evaluation(request: MemberRequest, case: int) -> HttpResponse:
    """Show team and proposals; save the evaluations that were changed."""
    where = lookup.place(request, case)
    rows = [_stored(row) for row in queries.proposals(where.round)]
    if request.method == "POST":
        if not where.works(queries.EVALUATION):
            return refused(request, Refusal(LOCKED), back=where.page("evaluation"))
        rows = [_evaluate(request, where, row) for row in rows]
        if not any(row.error for row in rows):
            messages.success(request, _("Penilaian tersimpan."))
            return redirect("collection:evaluation", case)
    return _evaluation_page(request, where, rows, _team_form(where))


def _evaluate(request: MemberRequest, where: Place, row: Typed) -> Typed:
    chosen = request.POST.get(f"nilai-{row.number}", row.evaluation)
    note = request.POST.get(f"catatan-{row.number}", row.note).strip()
    if (chosen, note) == (row.evaluation, row.note):
        return row
    typed = Typed(
        row.row, row.text, row.absent, row.rests_on, evaluation=chosen, note=note
    )
    if chosen not in {kind.value for kind in Evaluation}:
        return _marked(typed, _("Pilih cukup, perlu dilengkapi, atau janggal."))
    try:
        actions.evaluate(
            row.row.proposal,
            Evaluation(chosen),
            note=note,
            by=request.user,
            at=where.at,
        )
    except Refusal as refusal:
        return _marked(typed, sentence(refusal))
    return typed


def _team_form(where: Place, data: Any = None) -> TeamForm:  # noqa: ANN401 - a QueryDict or nothing
    day = organization.local_day(where.at, where.case.unit)
    teams = Team.objects.filter(unit=where.case.unit, since__lte=day)
    members = queries.possible_members(where.case.unit, day)
    names = organization.people(t.person for t in members)
    current = where.round.team or queries.team_in_force(where.case.unit, day)
    return TeamForm(
        data,
        teams=teams,
        members=[
            (
                t.official,
                f"{names[t.person].name}, {acting_title(t.title, t.status, '')}",
            )
            for t in members
        ],
        initial={"team": str(current.pk) if current else NEW_TEAM},
    )


def _evaluation_page(
    request: MemberRequest, where: Place, rows: list[Typed], form: TeamForm
) -> HttpResponse:
    team = where.round.team
    context = where.frame("cases") | {
        "rows": rows,
        "errors": [row for row in rows if row.error],
        "team": team,
        "members": queries.team_members(team) if team else [],
        "form": form,
        "new_team": NEW_TEAM,
        "editable": where.works(queries.EVALUATION),
        "kinds": [kind.value for kind in Evaluation],
        "done": sum(bool(row.row.proposal.evaluation) for row in rows),
        "conflicts": queries.roles_in_conflict(where.round, where.at),
    }
    wrong = bool(form.errors) or any(row.error for row in rows)
    return render(
        request,
        "collection/evaluation.html",
        context,
        status=UNPROCESSABLE if wrong else 200,
    )


@require_POST
@member
def team(request: MemberRequest, case: int) -> HttpResponse:
    """Name the team: one of the office's, or a new one."""
    where = lookup.place(request, case)
    if not where.works(queries.EVALUATION):
        return refused(request, Refusal(LOCKED), back=where.page("evaluation"))
    form = _team_form(where, request.POST)
    if form.is_valid():
        try:
            _name_team(where, form)
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Tim pengumpul data ditetapkan."))
            return redirect("collection:evaluation", case)
    rows = [_stored(row) for row in queries.proposals(where.round)]
    return _evaluation_page(request, where, rows, form)


def _name_team(where: Place, form: TeamForm) -> None:
    data = form.cleaned_data
    if data["team"] != NEW_TEAM:
        chosen = get_object_or_404(Team, pk=data["team"], unit=where.case.unit)
        actions.choose_team(where.round, chosen, by=where.person, at=where.at)
        return
    members = Official.objects.filter(pk__in=data["members"])
    actions.form_team(
        where.round,
        name=one_line(data["name"]),
        members=members.select_related("position__unit"),
        decree_number=one_line(data["decree_number"]),
        decree_date=data["decree_date"],
        by=where.person,
        at=where.at,
    )
