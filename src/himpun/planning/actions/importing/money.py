"""The rows of the sheet Anggaran: pagu and realisasi."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import PeriodKind, read_period

from ...models import Budget, Programme, Spending
from ...rules import BudgetLine, Change, Kept, Stage, workbook
from ...rules.workbook import BudgetKind
from ..programmes import record_spending, set_budget
from .programmes import unclear

if TYPE_CHECKING:
    from ...rules.workbook import Line
    from .run import Run

STAGES = {BudgetKind.ORIGINAL: Stage.ORIGINAL, BudgetKind.CHANGED: Stage.CHANGED}


@dataclass
class _Known:
    """What stands already, read at once."""

    budgets: dict[tuple[int, int, str], Budget]
    spending: dict[tuple[int, str], Spending]


def keep(run: Run) -> None:
    """Set what is new or other: pagu first, so that spending finds its own."""
    lines = run.book.of(workbook.BUDGET)
    if not lines:
        return
    known = _Known(
        {
            (row.programme_id, row.year, row.stage): row
            for row in Budget.objects.filter(programme__unit=run.unit)
        },
        {
            (row.programme_id, row.period_code): row
            for row in Spending.objects.filter(programme__unit=run.unit)
        },
    )
    seen: dict[tuple[int, str, str], str] = {}
    kinds = [kind.value for kind in BudgetKind]
    for line in sorted(
        lines,
        key=lambda line: (
            kinds.index(kind) if (kind := line.text("jenis").casefold()) in kinds else 0
        ),
    ):
        _keep_line(run, line, known, seen)


def programme_of(run: Run, line: Line) -> Programme:
    """Return the programme of a row; raises Refusal where that is not clear."""
    named = line.text("program")
    found = run.work_named(named, line.text("induk"))
    if len(found) != 1:
        raise Refusal(
            run.missing(workbook.PROGRAMMES, named, unclear(named, len(found))),
            field="program",
        )
    return found[0]


def is_total(line: Line) -> bool:
    """Whether a row is the sum at the end of a printed table."""
    return line.text("program").casefold() in workbook.TOTALS


def _keep_line(
    run: Run, line: Line, known: _Known, seen: dict[tuple[int, str, str], str]
) -> None:
    try:
        kind = line.chosen("jenis", BudgetKind)
        if kind in workbook.CHECKED or is_total(line):
            return
        programme = programme_of(run, line)
        line.day("berlaku sejak")
    except Refusal as refusal:
        run.refuse(line, refusal.field, refusal.sentence)
        run.count(workbook.BUDGET, None, line.many)
        return
    for period in line.periods:
        place = (programme.pk, kind.value, period)
        if line.spoilt or period in line.bad:
            run.count(workbook.BUDGET, None)
        elif place in seen:
            sentence = say(
                "%(kind)s %(period)s sudah ditulis di %(place)s. Sisakan satu.",
                kind=kind.value,
                period=period,
                place=seen[place],
            )
            run.refuse(line, period, sentence)
            run.count(workbook.BUDGET, None)
        else:
            seen[place] = line.at(period)
            act = partial(_set, run, line, (programme, kind, period), known)
            run.kept(line, period, act, at=period)


def _set(
    run: Run, line: Line, place: tuple[Programme, BudgetKind, str], known: _Known
) -> Kept[Any]:
    programme, kind, period = place
    amount = line.number(period, decimals=0)
    if amount is None:
        raise Refusal(say("Sel ini kosong."))
    if kind is BudgetKind.SPENT:
        return _spend(run, line, (programme, period, amount), known)
    since = line.day("berlaku sejak")
    wanted = BudgetLine(_year(period), amount, STAGES[kind], since)
    return _budget(run, line, (programme, amount, wanted), known)


def _year(period: str) -> int:
    found = read_period(period)
    if found.kind is not PeriodKind.YEAR:
        raise Refusal(say("Pagu diisi per tahun. Kosongkan sel ini."))
    return found.year


def _budget(
    run: Run,
    line: Line,
    place: tuple[Programme, Decimal, BudgetLine],
    known: _Known,
) -> Kept[Any]:
    programme, amount, wanted = place
    row = known.budgets.get((programme.pk, wanted.year, wanted.stage.value))
    origin = run.origin(line, row.origin if row else None)
    since = wanted.since or (row.since if row else None)
    if (
        row
        and (row.since, row.origin) == (since, origin)
        and Decimal(row.amount) == amount
    ):
        return Kept(row, Change.UNCHANGED)
    new = replace(wanted, since=since, origin=origin)
    return set_budget(programme, new, by=run.by, at=run.at)


def _spend(
    run: Run, line: Line, place: tuple[Programme, str, Decimal], known: _Known
) -> Kept[Any]:
    programme, period, amount = place
    row = known.spending.get((programme.pk, period))
    origin = run.origin(line, row.origin if row else None)
    if row and row.origin == origin and Decimal(row.amount) == amount:
        return Kept(row, Change.UNCHANGED)
    return record_spending(
        programme, read_period(period), amount, origin=origin, by=run.by, at=run.at
    )
