"""The rows of the sheet Target: baselines, targets, and figures from before Himpun."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from himpun.formula import Span
from himpun.formula.targets import OutOf
from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import read_period

from ... import queries, rules
from ...models import PriorActual, Target
from ...rules import AimKind, Change, Kept, Printed, workbook
from ...rules.workbook import TargetKind
from ..targets import record_prior_actual, set_target

if TYPE_CHECKING:
    from ...models import IndicatorVersion
    from ...queries import Meanings
    from ...rules import Figure
    from ...rules.workbook import Line
    from .run import Run

KINDS = {TargetKind(kind.value): kind for kind in AimKind}
"""The rows that are aims; the words are the same."""


@dataclass
class _Known:
    """What stands already, read at once."""

    meanings: Meanings
    targets: dict[tuple[int, str, str], Target]
    actuals: dict[tuple[int, str], PriorActual]


def keep(run: Run) -> None:
    """Set what is new or other; what is printed beside it is only compared."""
    lines = run.book.of(workbook.TARGETS)
    if not lines:
        return
    ids = [version.indicator_id for version in run.versions.values()]
    known = _Known(
        queries.meanings_of(ids),
        {
            (row.indicator_id, row.kind, row.period_code): row
            for row in Target.objects.filter(indicator__in=ids)
        },
        {
            (row.indicator_id, row.period_code): row
            for row in PriorActual.objects.filter(indicator__in=ids)
        },
    )
    seen: dict[tuple[str, str, str], str] = {}
    for line in lines:
        _keep_line(run, line, known, seen)


def _keep_line(
    run: Run, line: Line, known: _Known, seen: dict[tuple[str, str, str], str]
) -> None:
    code = line.text("kode")
    try:
        kind = line.chosen("jenis", TargetKind)
        version = run.version(code)
    except Refusal as refusal:
        run.refuse(line, refusal.field, refusal.sentence)
        run.count(workbook.TARGETS, None, line.many)
        return
    if kind in workbook.COMPARED:
        return
    for period in line.periods:
        place = (code, kind.value, period)
        if line.spoilt or period in line.bad:
            run.count(workbook.TARGETS, None)
            run.refused[workbook.TARGETS, " ".join(place)] = line.at(period)
        elif place in seen:
            sentence = say(
                "%(kind)s %(code)s %(period)s sudah ditulis di %(place)s. Sisakan satu.",
                kind=kind.value,
                code=code,
                period=period,
                place=seen[place],
            )
            run.refuse(line, period, sentence)
            run.count(workbook.TARGETS, None)
        else:
            seen[place] = line.at(period)
            act = partial(_set, run, line, (version, kind, period), known)
            if run.kept(line, period, act, at=period) is None:
                run.refused[workbook.TARGETS, " ".join(place)] = line.at(period)


def _set(
    run: Run,
    line: Line,
    place: tuple[IndicatorVersion, TargetKind, str],
    known: _Known,
) -> Kept[object]:
    version, kind, code = place
    period = read_period(code)
    meaning = known.meanings.of(version.indicator_id, period.year) or version
    printed = read_cell(line, code, meaning)
    if kind is TargetKind.ACTUAL:
        if isinstance(printed.aim, Span):
            raise Refusal(say("Realisasi berupa satu angka atau satu tingkat."))
        return _record(run, line, (version, code), printed.aim, known)
    row = known.targets.get((version.indicator_id, KINDS[kind].value, code))
    origin = run.origin(line, row.origin if row else None)
    if row and (row.aim, _out_of(row), row.origin) == (
        printed.aim,
        printed.out_of,
        origin,
    ):
        return Kept(row, Change.UNCHANGED)
    made = set_target(
        version.indicator,
        period,
        printed.aim,
        kind=KINDS[kind],
        out_of=printed.out_of,
        origin=origin,
        by=run.by,
        at=run.at,
    )
    return Kept(made, Change.UPDATED if row else Change.CREATED)


def read_cell(line: Line, title: str, meaning: IndicatorVersion) -> Printed:
    """Return the aim that a filled cell says; raises Refusal with what to ask."""
    cell = line.cells[title]
    grades = queries.grades_of(meaning)
    typed = line.number(title) if cell.typed and grades is None else None
    if typed is not None:
        return Printed(typed)
    found = rules.read_aim(
        cell.text,
        unit=meaning.unit_of_measure,
        decimals=meaning.decimals,
        grades=grades,
    )
    if found is None:
        raise Refusal(say("Sel ini kosong."))
    if found.out_of and len(found.out_of.unit) > 60:  # noqa: PLR2004 - the column's
        raise Refusal(say("Satuan pada sel ini paling panjang 60 huruf."))
    return found


def _out_of(row: Target) -> OutOf | None:
    if row.numerator is None or row.denominator is None:
        return None
    return OutOf(row.numerator, row.denominator, row.counted)


def _record(
    run: Run,
    line: Line,
    place: tuple[IndicatorVersion, str],
    figure: Figure,
    known: _Known,
) -> Kept[object]:
    version, code = place
    row = known.actuals.get((version.indicator_id, code))
    origin = run.origin(line, row.origin if row else None)
    if row and (row.figure, row.origin) == (figure, origin):
        return Kept(row, Change.UNCHANGED)
    made = record_prior_actual(
        version.indicator,
        read_period(code),
        figure,
        origin=origin,
        by=run.by,
        at=run.at,
    )
    return Kept(made, Change.UPDATED if row else Change.CREATED)
