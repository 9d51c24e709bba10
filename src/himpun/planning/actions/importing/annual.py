"""The rows of the sheet RKT: those of one year are one plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from himpun.shared.refusals import Refusal, say

from ... import queries
from ...models import Programme
from ...rules import AnnualPlanDraft, Change, Kept, workbook
from ..agreements import keep_annual_plan
from .agreements import annexed

if TYPE_CHECKING:
    from ...rules.workbook import Line
    from .run import Run


def keep(run: Run) -> None:
    """Keep the RKT that are new or other than the newest of their year."""
    groups: dict[str, list[Line]] = {}
    for line in run.book.of(workbook.ANNUAL):
        groups.setdefault(line.text("tahun"), []).append(line)
    if not groups:
        return
    made = {draft.year: draft for draft in queries.annual_plan_drafts(run.unit)}
    for group in groups.values():
        draft = _draft(run, group, made)
        if draft is None:
            run.count(workbook.ANNUAL, None)
        else:
            run.kept(group[0], "tahun", partial(_keep, run, draft, made))


def _keep(
    run: Run, draft: AnnualPlanDraft, made: dict[int, AnnualPlanDraft]
) -> Kept[Any]:
    if made.get(draft.year) == draft:
        return Kept(draft, Change.UNCHANGED)
    return keep_annual_plan(run.unit, draft, by=run.by, at=run.at)


def _draft(
    run: Run, group: list[Line], made: dict[int, AnnualPlanDraft]
) -> AnnualPlanDraft | None:
    """Return what the rows of a year say; None, with its conflicts noted."""
    before = len(run.conflicts)
    origin = next((text for line in group if (text := line.text("sumber"))), "")
    codes: list[str] = []
    works: list[int] = []
    year = 0
    for line in group:
        try:
            year = line.year("tahun")
            _refuse_other(line, origin)
            found = annexed(run, line)
        except Refusal as refusal:
            run.refuse(line, refusal.field or "isi", refusal.sentence)
            continue
        if isinstance(found, Programme):
            works.append(found.pk)
        else:
            codes.append(found)
    if len(run.conflicts) > before or any(line.bad for line in group):
        return None
    if not origin and year in made:
        origin = made[year].origin
    return AnnualPlanDraft(year, tuple(codes), tuple(works), origin)


def _refuse_other(line: Line, origin: str) -> None:
    if line.text("sumber") not in {"", origin}:
        raise Refusal(
            say("RKT setahun hanya punya satu sumber. Samakan selnya."), field="sumber"
        )
