"""The rows of the sheets Rencana aksi and IKU: each document is a group of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from himpun.shared.refusals import Refusal, say

from ... import queries, rules
from ...rules import ActionStep, Change, IndicatorSetDraft, Kept, workbook
from ..following import keep_action_plan, keep_indicator_set
from .agreements import paper_name, position_named
from .targets import read_cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ...models import AgreementIndicator, IndicatorSet, PerjanjianKinerja
    from ...rules.workbook import Line
    from .run import Run


def keep_plans(run: Run) -> None:
    """Keep the rencana aksi of the newest PK of each party and year."""
    lines = run.book.of(workbook.ACTIONS)
    if not lines:
        return
    named = queries.position_names(run.unit)
    for group in _groups(lines, "tahun", "pihak pertama"):
        _keep_plan(run, group, named)


def _groups(lines: Sequence[Line], *titles: str) -> list[list[Line]]:
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        key = tuple(line.text(title) for title in titles)
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _keep_plan(run: Run, group: list[Line], named: dict[str, int]) -> None:
    before = len(run.conflicts)
    steps: list[ActionStep] = []
    rows: dict[str, AgreementIndicator] = {}
    try:
        agreement = _agreement(run, group[0], named)
        rows = {
            row.meaning.indicator.code: row for row in queries.promised_rows(agreement)
        }
    except Refusal as refusal:
        run.refuse(group[0], refusal.field, refusal.sentence)
    for line in group if rows else ():
        try:
            steps.append(_step(line, rows))
        except Refusal as refusal:
            run.refuse(line, refusal.field or "target", refusal.sentence)
    if len(run.conflicts) > before or any(line.bad for line in group):
        run.count(workbook.ACTIONS, None)
        return
    act = partial(_plan, run, agreement, steps, list(rows))
    run.kept(group[0], "periode", act)


def _agreement(run: Run, line: Line, named: dict[str, int]) -> PerjanjianKinerja:
    year = line.year("tahun")
    found = queries.agreement(position_named(line, "pihak pertama", named), year)
    if found is None:
        none = say(
            "Perjanjian Kinerja tahun %(year)s belum ada. Tulis pada lembar PK.",
            year=year,
        )
        sentence = run.missing(workbook.PROMISES, paper_name(line), none)
        raise Refusal(sentence, field="pihak pertama")
    return found


def _step(line: Line, rows: dict[str, AgreementIndicator]) -> ActionStep:
    code = line.text("indikator")
    line.filled("periode", "kegiatan", "penanggung jawab")
    row = rows.get(code)
    if row is None:
        raise Refusal(
            say("Indikator %(code)s tidak ada dalam Perjanjian Kinerja ini."),
            field="indikator",
            code=rules.cut(code),
        )
    wanted = line.text("target")
    return ActionStep(
        code,
        line.text("periode"),
        read_cell(line, "target", row.meaning).aim if wanted else None,
        line.text("kegiatan"),
        line.text("penanggung jawab"),
    )


def _plan(
    run: Run, agreement: PerjanjianKinerja, steps: list[ActionStep], codes: list[str]
) -> Kept[Any]:
    newest = queries.action_plan(agreement)
    stands = [
        replace(
            step,
            activity=rules.one_line(step.activity),
            in_charge=rules.one_line(step.in_charge),
        )
        for step in (queries.steps_in(newest) if newest else ())
    ]
    if newest and list(rules.settle_steps(steps, agreement.year, codes)) == stands:
        return Kept(newest, Change.UNCHANGED)
    return keep_action_plan(agreement, steps, by=run.by, at=run.at)


def keep_sets(run: Run) -> None:
    """Keep the IKU of the decisions that are new; the same again changes nothing."""
    lines = run.book.of(workbook.KEY)
    for group in _groups(lines, "keputusan", "tanggal", "berlaku sejak"):
        for line in group:
            code = line.text("indikator")
            if code not in run.versions:
                run.refuse(line, "indikator", run.no_indicator(code))
        if any(
            line.bad or line.text("indikator") not in run.versions for line in group
        ):
            run.count(workbook.KEY, None)
        else:
            run.kept(group[0], "indikator", partial(_set, run, group))


def _set(run: Run, group: list[Line]) -> Kept[IndicatorSet]:
    head = group[0]
    draft = IndicatorSetDraft(
        head.text("keputusan"),
        _day(head, "tanggal"),
        _day(head, "berlaku sejak"),
        tuple(line.text("indikator") for line in group),
    )
    return keep_indicator_set(run.unit, draft, by=run.by, at=run.at)


def _day(line: Line, title: str) -> date:
    line.filled(title)
    found = line.day(title)
    if found is None:
        raise ValueError("a filled cell says something")
    return found
