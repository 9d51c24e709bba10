"""What is odd about the tables of a file as they are printed; it hinders nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import Part, Polarity, PrintedCell

from ... import rules
from ...rules import CodedRow, PrintedRow, PrintedYear, workbook
from ...rules.workbook import BudgetKind, Finding, Line, RenstraKind, TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from himpun.formula import Doubt

    from ...models import IndicatorVersion
    from .run import Run

NOTHING = PrintedCell("", "")


def look(run: Run) -> None:
    """Note what is odd; a cell that was refused is not told of twice."""
    found: list[Doubt] = [
        *_of_targets(run),
        *_of_budget(run),
        *_of_renstra(run),
    ]
    refused = {at for conflict in run.conflicts for at in conflict.at}
    told: set[tuple[str, tuple[str, ...]]] = set()
    for doubt in found:
        key = (doubt.kind.value, doubt.at)
        if not refused.issuperset(doubt.at) and key not in told:
            told.add(key)
            run.doubts.append(Finding(doubt.at, doubt.sentence, doubt.kind.value))


def _grouped(lines: Iterable[Line], *titles: str) -> dict[str, dict[str, Line]]:
    """Return the first row of each kind, by the text of the other columns."""
    found: dict[str, dict[str, Line]] = {}
    for line in lines:
        key = "\n".join(line.text(title) for title in titles)
        found.setdefault(key, {}).setdefault(line.text("jenis").casefold(), line)
    return found


def _cell(line: Line | None, period: str) -> PrintedCell:
    if line is None or period not in line.places:
        return NOTHING
    return line.printed(period)


def _years(lines: Iterable[Line | None]) -> list[str]:
    """Return the years that any of the rows says something of, oldest first."""
    codes = {code for line in lines if line for code in line.periods}
    return sorted(code for code in codes if code.isdecimal())


def _printed_years(
    target: Line | None, actual: Line | None, ratio: Line | None
) -> tuple[PrintedYear, ...]:
    return tuple(
        PrintedYear(int(y), _cell(target, y), _cell(actual, y), _cell(ratio, y))
        for y in _years((actual, ratio))
    )


def _of_targets(run: Run) -> list[Doubt]:
    found: list[Doubt] = []
    for code, rows in _grouped(run.book.of(workbook.TARGETS), "kode").items():
        target, other = rows.get(TargetKind.TARGET), rows.get(TargetKind.OTHER)
        version = run.versions.get(code)
        if version and version.grade_scale_id:
            continue  # grades are no numbers: what is odd about those says nothing here
        years = _printed_years(
            target, rows.get(TargetKind.ACTUAL), rows.get(TargetKind.RATIO)
        )
        if years:
            row = PrintedRow(code, years, _polarity(version))
            found += rules.doubts_of_indicators([row])
        if target and other:
            found += _compared(code, target, other)
        found += _from_baseline(code, rows, version)
    return found


def _polarity(version: IndicatorVersion | None) -> Polarity:
    return (
        Polarity(version.polarity) if version and version.polarity else Polarity.EXACT
    )


def _compared(code: str, target: Line, other: Line) -> list[Doubt]:
    tables = [
        (
            line.text("sumber") or line.text("jenis"),
            {int(y): _cell(line, y) for y in _years([line])},
        )
        for line in (target, other)
    ]
    doubt = formula.tables_doubt(code, *tables)
    return [doubt] if doubt else []


def _from_baseline(
    code: str, rows: dict[str, Line], version: IndicatorVersion | None
) -> list[Doubt]:
    """Return whether the first target asks for less than where the indicator stands."""
    start, target = rows.get(TargetKind.BASELINE), rows.get(TargetKind.TARGET)
    began, promised = _years([start]), _years([target])
    if not (start and target and began):
        return []
    first = next((year for year in promised if year > began[-1]), None)
    if first is None:
        return []
    promise, reached = _cell(target, first), _cell(start, began[-1])
    sentence = rules.low_target(
        formula.number_in(promise), formula.number_in(reached), _polarity(version)
    )
    if sentence is None:
        return []
    return [rules.low_target_doubt(code, sentence, (promise.at, reached.at))]


def _of_budget(run: Run) -> list[Doubt]:
    groups = _grouped(run.book.of(workbook.BUDGET), "program", "induk")
    found: list[Doubt] = []
    for key, rows in groups.items():
        budget, spent = rows.get(BudgetKind.ORIGINAL), rows.get(BudgetKind.SPENT)
        years = _printed_years(budget, spent, rows.get(BudgetKind.RATIO))
        growth = [
            line.printed("pertumbuhan tercetak") if line else NOTHING
            for line in (budget, spent)
        ]
        row = PrintedRow(key.partition("\n")[0], years, growth=(growth[0], growth[1]))
        found += rules.doubts_of_budget([row])
    return [*found, *_of_totals(run)]


def _of_totals(run: Run) -> list[Doubt]:
    """Return where the last row of a printed table is not the sum of its programmes."""
    lines = run.book.of(workbook.BUDGET)
    totals = [
        line for line in lines if line.text("program").casefold() in workbook.TOTALS
    ]
    found = []
    for total in totals:
        kind = total.text("jenis").casefold()
        if kind == BudgetKind.RATIO:
            continue
        parts = [
            line
            for line in lines
            if line.text("jenis").casefold() == kind and _is_programme(run, line)
        ]
        for year in total.periods:
            cell = total.printed(year)
            whole = formula.number_in(cell)
            amounts = [
                Part(line.text("program"), formula.number_in(_cell(line, year)))
                for line in parts
            ]
            found.append(formula.parts_doubt(cell.at, whole, amounts))
    return [doubt for doubt in found if doubt]


def _is_programme(run: Run, line: Line) -> bool:
    found = run.work_named(line.text("program"), line.text("induk"))
    return len(found) == 1 and found[0].level == rules.Level.PROGRAMME.value


def _of_renstra(run: Run) -> list[Doubt]:
    groups: list[list[Line]] = []
    for line in run.book.of(workbook.RENSTRA):
        kind = line.text("jenis").casefold()
        if kind == RenstraKind.PLAN:
            groups.append([])
        elif kind == RenstraKind.WORK and groups:
            groups[-1].append(line)
    found: list[Doubt] = []
    for lines in groups:
        rows = [
            CodedRow(
                line.printed("kode"),
                line.text("uraian"),
                tuple((year, line.printed(year)) for year in line.periods),
            )
            for line in lines
            if rules.CODE.match(line.text("kode"))
        ]
        found += [*rules.doubts_of_codes(rows), *rules.doubts_of_amounts(rows)]
    return found
