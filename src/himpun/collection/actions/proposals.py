"""Steps 1 and 2: proposals, the team, the evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.planning import queries as planning
from himpun.planning.rules import number_of, plain
from himpun.procedures.actions import write_event
from himpun.shared.refusals import Conflict, Refusal, say

from .. import queries, rules
from ..models import Proposal, Round, Team
from ..rules import Evaluation
from .desk import reason, said, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from himpun.organization.models import Official, Person
    from himpun.planning.rules import Figure

    from .desk import Desk


@transaction.atomic
def save_proposal(  # noqa: PLR0913 - a proposal is all of these
    proposal: Proposal,
    *,
    text: str,
    absent_reason: str,
    rests_on: str,
    row_version: int,
    by: Person,
    at: datetime,
) -> Proposal:
    """Save a first figure with the reports it rests on, or why there is none.

    A changed proposal loses its evaluation. Raises Refusal for both at once or for a
    figure that cannot be read, Conflict when somebody else changed the row meanwhile.
    """
    desk = sit_down(proposal.round.case, queries.PROPOSALS, by=by, at=at)
    row = Proposal.objects.select_for_update().get(pk=proposal.pk)
    figure = _figure(row, text)
    absent = said(absent_reason)
    if figure is not None and absent:
        raise Refusal(
            say("Isi angka usulan, atau alasan mengapa belum ada. Pilih salah satu."),
            field="absent_reason",
        )
    absent = reason(absent) if absent else ""
    _refuse_stale(row, row_version)
    row.value = number_of(figure)
    row.grade = figure if isinstance(figure, str) else ""
    row.absent_reason = ledger.keep_text(absent) if absent else ""
    row.rests_on = ledger.keep_text(said(rests_on)) if said(rests_on) else ""
    row.author = by
    row.evaluation = row.evaluation_note = row.evaluated_role = ""
    row.row_version += 1
    row.save()
    _record_proposal(row, desk, at)
    return row


def _figure(row: Proposal, text: str) -> Figure | None:
    grades = planning.grades_of(row.version)
    try:
        return rules.read_figure(text, row.version.decimals, grades)
    except rules.NotAValue as problem:
        raise Refusal(str(problem), field="text") from None


def _refuse_stale(row: Proposal, row_version: int) -> None:
    if row.row_version != row_version:
        raise Conflict(
            say("Usulan ini baru saja diubah orang lain. Pilih mana yang dipakai."),
            current=row,
        )


def _record_proposal(row: Proposal, desk: Desk, at: datetime) -> None:
    write_event(
        desk.case,
        "proposal.saved",
        by=desk.actor,
        at=at,
        data={
            "proposal": row.pk,
            "indicator": row.version.indicator_id,
            "version": row.version.number,
            "value": plain(row.figure),
            "absent": row.absent_reason,
            "rests_on": row.rests_on,
        },
    )


@transaction.atomic
def choose_team(round_: Round, team: Team, *, by: Person, at: datetime) -> Team:
    """Let a team of the office that is already in force collect in this case."""
    desk = sit_down(round_.case, queries.EVALUATION, by=by, at=at)
    if team.unit_id != desk.case.unit_id:
        raise Refusal(say("Tim itu milik kantor lain."))
    return _use(round_, team, desk, at)


@transaction.atomic
def form_team(  # noqa: PLR0913 - a team is all of these
    round_: Round,
    *,
    name: str,
    members: Iterable[Official],
    decree_number: str = "",
    decree_date: date | None = None,
    by: Person,
    at: datetime,
) -> Team:
    """Form a new team of the office's officials; a decree is noted, never required."""
    desk = sit_down(round_.case, queries.EVALUATION, by=by, at=at)
    chosen = list(members)
    _check_members(chosen, desk.case.unit_id)
    if not said(name):
        raise Refusal(say("Tulis nama tim."), field="name")
    team = Team.objects.create(
        unit=desk.case.unit,
        name=said(name)[:160],
        decree_number=said(decree_number)[:120],
        decree_date=decree_date,
        since=organization.local_day(at, desk.case.unit),
    )
    team.members.set(chosen)
    return _use(round_, team, desk, at)


def _check_members(chosen: list[Official], office: int) -> None:
    if not chosen:
        raise Refusal(say("Pilih paling sedikit satu anggota tim."), field="members")
    if any(member.position.unit.office_id != office for member in chosen):
        raise Refusal(say("Anggota tim dipilih dari kantor ini."), field="members")


def _use(round_: Round, team: Team, desk: Desk, at: datetime) -> Team:
    Round.objects.filter(pk=round_.pk).update(team=team)
    round_.team = team
    write_event(
        desk.case,
        "team.named",
        by=desk.actor,
        at=at,
        data={
            "team": team.pk,
            "name": ledger.keep_text(team.name),
            "members": sorted(team.members.values_list("pk", flat=True)),
            "decree": ledger.keep_text(team.decree_number)
            if team.decree_number
            else "",
            "decree_date": team.decree_date.isoformat() if team.decree_date else None,
        },
    )
    return team


@transaction.atomic
def evaluate(
    proposal: Proposal,
    evaluation: Evaluation,
    *,
    note: str = "",
    by: Person,
    at: datetime,
) -> Proposal:
    """Judge a proposal: enough, incomplete or odd; the last two with a note."""
    desk = sit_down(proposal.round.case, queries.EVALUATION, by=by, at=at)
    row = Proposal.objects.select_for_update().get(pk=proposal.pk)
    text = said(note)
    if evaluation is not Evaluation.ENOUGH and not text:
        raise Refusal(
            say("Tulis apa yang perlu dilengkapi atau apa yang janggal."), field="note"
        )
    row.evaluation = evaluation.value
    row.evaluation_note = ledger.keep_text(text) if text else ""
    row.evaluated_role = desk.actor.role
    row.save(update_fields=["evaluation", "evaluation_note", "evaluated_role"])
    write_event(
        desk.case,
        "proposal.evaluated",
        by=desk.actor,
        at=at,
        data={
            "proposal": row.pk,
            "evaluation": evaluation.value,
            "note": row.evaluation_note,
        },
    )
    return row
