"""The rows of the sheet Renstra: each row "renstra" begins a version."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal, say

from ... import rules
from ...rules import (
    Change,
    GoalPlan,
    Kept,
    OutcomePlan,
    ProgrammePlan,
    RenstraPlan,
    Stage,
    workbook,
)
from ...rules.workbook import RenstraKind
from ..renstra import enact_renstra, keep_renstra
from .programmes import unclear

if TYPE_CHECKING:
    from ...models import RenstraVersion
    from ...rules.workbook import Line
    from .run import Run


@dataclass
class _Version:
    """A version as its rows say it."""

    head: Line
    goals: dict[str, GoalPlan] = field(default_factory=dict)
    programmes: list[ProgrammePlan] = field(default_factory=list)
    sound: bool = True


def keep(run: Run) -> None:
    """Keep each version as a whole, and let it come into force where a day is given."""
    for version in _versions(run):
        if not version.sound:
            run.count(workbook.RENSTRA, None)
            continue
        run.kept(version.head, "kode", partial(_keep, run, version))


def _versions(run: Run) -> list[_Version]:
    found: list[_Version] = []
    for line in run.book.of(workbook.RENSTRA):
        try:
            kind = line.chosen("jenis", RenstraKind)
            if kind is RenstraKind.PLAN:
                found.append(_Version(line))
            version = _running(found)
            version.sound &= not line.bad
            if kind is not RenstraKind.PLAN:
                _add(run, version, kind, line)
        except Refusal as refusal:
            where = refusal.field if refusal.field in line.places else "kode"
            run.refuse(line, where, refusal.sentence)
            if found:
                found[-1].sound = False
            else:
                run.count(workbook.RENSTRA, None)
    return found


def _running(found: list[_Version]) -> _Version:
    if not found:
        raise Refusal(say("Mulai dengan baris berjenis renstra."), field="jenis")
    return found[-1]


def _add(run: Run, version: _Version, kind: RenstraKind, line: Line) -> None:
    code, text = line.text("kode"), line.text("uraian")
    codes = tuple(_codes(line.text("indikator")))
    for one in codes:
        if one not in run.versions:
            other = say("Indikator %(code)s belum ada.", code=one)
            raise Refusal(
                run.missing(workbook.INDICATORS, one, other), field="indikator"
            )
    if kind is RenstraKind.GOAL:
        if code in version.goals:
            raise Refusal(say("Tujuan %(code)s disebut dua kali."), code=code)
        version.goals[code] = GoalPlan(code, text, (), codes)
    elif kind is RenstraKind.OUTCOME:
        goal = version.goals.get(line.text("induk"))
        if goal is None:
            raise Refusal(
                say("Isi kode tujuan yang sudah ditulis di baris sebelumnya."),
                field="induk",
            )
        outcome = OutcomePlan(code, text, codes)
        version.goals[goal.code] = replace(goal, outcomes=(*goal.outcomes, outcome))
    else:
        version.programmes.append(_work(run, line, codes))


def _codes(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _work(run: Run, line: Line, codes: tuple[str, ...]) -> ProgrammePlan:
    named = line.text("kode")
    found = run.work_named(named)
    if len(found) != 1:
        raise Refusal(
            run.missing(workbook.PROGRAMMES, named, unclear(named, len(found))),
            field="kode",
        )
    funding = []
    for period in line.periods:
        try:
            amount = line.number(period, decimals=0)
            year = int(period)
            if amount is not None:
                funding.append((year, rules.whole_rupiah(amount)))
        except ValueError:
            run.refuse(line, period, say("Pagu Renstra diisi per tahun."))
            raise Refusal(say("Betulkan kolom tahunnya."), field="kode") from None
        except Refusal as refusal:
            raise Refusal(refusal.sentence, field=period) from refusal
    return ProgrammePlan(
        found[0].pk,
        line.text("induk"),
        line.text("uraian"),
        codes,
        tuple(funding),
    )


def _keep(run: Run, version: _Version) -> Kept[RenstraVersion]:
    head = version.head
    first, last = _years(head)
    stage = head.choice("induk", Stage) or Stage.ORIGINAL
    plan = RenstraPlan(
        first,
        last,
        stage,
        head.text("uraian") or run.book.name[:300],
        tuple(version.goals.values()),
        tuple(version.programmes),
    )
    since = head.day("berlaku sejak")
    kept = keep_renstra(
        run.unit, plan, in_force=since is not None, by=run.by, at=run.at
    )
    if since is None:
        return kept
    begun = enact_renstra(
        kept.row, since, decision=head.text("keputusan"), by=run.by, at=run.at
    )
    if kept.change is Change.UNCHANGED:
        return Kept(begun.row, begun.change, kept.doubts)
    return kept


def _years(head: Line) -> tuple[int, int]:
    first, _, last = head.text("kode").partition("-")
    years = [part.strip() for part in (first, last)]
    known = {str(year) for year in workbook.YEARS}
    if not known.issuperset(years):
        raise Refusal(say("Tulis masa Renstra seperti 2025-2029."), field="kode")
    return int(years[0]), int(years[1])
