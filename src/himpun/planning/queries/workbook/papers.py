"""The sheets of the instruments of a year: RKT, PK, Rencana aksi and IKU."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from himpun.organization.models import Position

from ... import rules
from ...models import AnnualPlan, IndicatorSet, PerjanjianKinerja
from ...rules import AgreementDraft, AnnualPlanDraft, RevisionReason, workbook
from ...rules.workbook import AnnexKind
from ..agreements import action_plan, steps_in
from .drawing import drawn, labels, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from himpun.documents.sheets import Sheet
    from himpun.organization.models import Unit

    from .drawing import Row


def paper_sheets(unit: Unit, paths: Mapping[int, str]) -> tuple[Sheet, ...]:
    """Return the newest RKT of each year, all PK, their rencana aksi, the sets of IKU."""
    titles = position_titles(unit)
    return (
        _annual(unit, paths),
        _agreements(unit, paths, titles),
        _actions(unit, titles),
        _sets(unit),
    )


def annual_plan_drafts(unit: Unit) -> list[AnnualPlanDraft]:
    """Return what the newest RKT of each year was made from, oldest year first."""
    rows = AnnualPlan.objects.filter(unit=unit).prefetch_related(
        "indicators__meaning__indicator", "programmes"
    )
    newest = {row.year: row for row in rows.order_by("year", "number")}
    return [
        AnnualPlanDraft(
            row.year,
            tuple(one.meaning.indicator.code for one in row.indicators.all()),
            tuple(one.programme_id for one in row.programmes.all()),
            row.origin,
        )
        for row in newest.values()
    ]


def _annual(unit: Unit, paths: Mapping[int, str]) -> Sheet:
    rows: list[Row] = []
    for draft in annual_plan_drafts(unit):
        head = (draft.year, draft.origin or None)
        rows += [(*head, AnnexKind.INDICATOR.value, code) for code in draft.indicators]
        rows += [(*head, AnnexKind.WORK.value, paths[pk]) for pk in draft.programmes]
    return drawn(workbook.ANNUAL, rows)


def _agreement_rows(unit: Unit) -> list[PerjanjianKinerja]:
    rows = PerjanjianKinerja.objects.filter(first__unit__office=unit)
    return list(
        rows.prefetch_related("indicators__meaning__indicator", "programmes").order_by(
            "year", "first", "number"
        )
    )


def agreement_drafts(unit: Unit) -> list[AgreementDraft]:
    """Return what each PK of an office was made from, oldest first."""
    return [
        AgreementDraft(
            row.year,
            row.first_id,
            row.second_id,
            row.agreed_on,
            tuple(one.meaning.indicator.code for one in row.indicators.all()),
            tuple((one.programme_id, one.note) for one in row.programmes.all()),
            row.budgeted_on,
            row.place,
            RevisionReason(row.reason) if row.reason else None,
        )
        for row in _agreement_rows(unit)
    ]


def position_titles(unit: Unit) -> dict[int, str]:
    """Return how the positions of a kabupaten are told apart: by office where needed."""
    rows = Position.objects.filter(unit__tenant=unit.tenant_id).select_related("unit")
    return labels((row.pk, row.title, row.unit.name) for row in rows)


def position_names(unit: Unit) -> dict[str, int]:
    """Return the positions of a kabupaten by their folded names.

    The office's own are also found by the bare title.
    """
    titles = position_titles(unit)
    found = {rules.folded(title): pk for pk, title in titles.items()}
    own = Position.objects.filter(unit__office=unit).values_list("pk", "title")
    many = Counter(title for _pk, title in own)
    return found | {rules.folded(title): pk for pk, title in own if many[title] == 1}


def _agreements(
    unit: Unit, paths: Mapping[int, str], titles: Mapping[int, str]
) -> Sheet:
    rows: list[Row] = []
    for draft in agreement_drafts(unit):
        head = (
            draft.year,
            titles[draft.first],
            titles[draft.second],
            draft.agreed_on,
            draft.budgeted_on,
            draft.place or None,
            draft.reason.value if draft.reason else None,
        )
        rows += [
            (*head, AnnexKind.INDICATOR.value, code, None) for code in draft.indicators
        ]
        rows += [
            (*head, AnnexKind.WORK.value, paths[pk], note or None)
            for pk, note in draft.programmes
        ]
    return drawn(workbook.PROMISES, rows)


def _actions(unit: Unit, titles: Mapping[int, str]) -> Sheet:
    newest: dict[tuple[int, int], PerjanjianKinerja] = {}
    rows = PerjanjianKinerja.objects.filter(first__unit__office=unit)
    for row in rows.order_by("year", "first", "number"):
        newest[row.year, row.first_id] = row
    return drawn(
        workbook.ACTIONS,
        [
            (
                row.year,
                titles[row.first_id],
                step.indicator,
                step.period,
                said(step.aim),
                step.activity,
                step.in_charge,
            )
            for row in newest.values()
            if (plan := action_plan(row))
            for step in steps_in(plan)
        ],
    )


def _sets(unit: Unit) -> Sheet:
    rows = IndicatorSet.objects.filter(unit=unit).order_by("number")
    return drawn(
        workbook.KEY,
        [
            (row.decision, row.decided_on, row.since, one.meaning.indicator.code)
            for row in rows.prefetch_related("indicators__meaning__indicator")
            for one in row.indicators.all()
        ],
    )
