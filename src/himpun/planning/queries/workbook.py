"""An office's plan as the sheets in which it is brought in; empty ones are a template."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun.documents import sheets as files
from himpun.documents.sheets import Column, Drawn, Sheet
from himpun.formula.targets import OutOf
from himpun.organization.models import Position
from himpun.wording import say

from .. import rules
from ..models import (
    Budget,
    IndicatorVersion,
    PerjanjianKinerja,
    PriorActual,
    Programme,
    RenstraVersion,
    Spending,
    Target,
)
from ..rules import AgreementDraft, RevisionReason, Stage, workbook
from ..rules.workbook import BudgetKind, RenstraKind, TargetKind
from .indicators import SCALES
from .tree import plan_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from himpun.documents.sheets import Value
    from himpun.organization.models import Unit

    from ..rules import RenstraPlan

Row = tuple["Value", ...]
Head = tuple["Value", ...]


def sheets_of(unit: Unit, years: Iterable[int]) -> tuple[Sheet, ...]:
    """Return all sheets of an office, with columns for ``years`` and what it has.

    Of an indicator the newest version is written; parts of targets, formulas and their
    variables have no column. Reading them back changes nothing.
    """
    paths = _paths(unit)
    filled = (
        _indicators(unit),
        _targets(unit, years),
        _programmes(unit, paths),
        _renstra(unit, paths, years),
        _money(unit, paths, years),
        _agreements(unit, paths),
    )
    return tuple(
        sheet if sheet.name != workbook.PROMISES else _with_positions(unit, sheet)
        for sheet in filled
    )


NOTES = (
    say("Rencana kantor dalam lembar: isi, lalu kirim di Indikator, Impor."),
    say(
        "Judul kolom, nama lembar, dan pilihan tidak diubah. Kolom periode ditulis "
        "seperti 2026, 2026-TW1, 2026-S1, atau 2026-B01; tambahkan kolom bila perlu."
    ),
    say(
        "Sel kosong membiarkan yang sudah ada. Nol ditulis 0. Impor tidak menghapus "
        "apa pun, dan bila satu sel ditolak, tidak ada yang disimpan."
    ),
    say(
        "Indikator: satu baris tiap indikator. Target: kondisi awal, target, akhir "
        "renstra, standar (nasional), dan realisasi sebelum Himpun; rasio tercetak dan "
        "target pembanding hanya diperiksa."
    ),
    say(
        "Program: kode menurut nomenklatur. Tanpa kode, isi induk dengan nama "
        "di atasnya; jalur ditulis Program > Kegiatan."
    ),
    say(
        "Renstra: baris renstra (kode 2025-2029, induk murni atau perubahan), "
        "lalu tujuan, sasaran, dan program dengan pagu indikatifnya. Beberapa indikator "
        "dipisah titik koma. Berlaku sejak diisi bila Renstra sudah ditetapkan."
    ),
    say(
        "Anggaran: pagu per tahun, realisasi per periode, rupiah penuh. Realisasi "
        "disimpan bila yang mengimpor Bendahara atau administrator kabupaten."
    ),
    say(
        "PK: satu baris tiap indikator atau program; baris dengan tahun, pihak, dan "
        "tanggal yang sama adalah satu Perjanjian Kinerja."
    ),
)
"""What the first sheet tells."""


def years_around(year: int) -> range:
    """Return the years that a template has columns for: five back, five ahead."""
    return range(year - 5, year + 6)


def written(sheets: Iterable[Sheet], *, blank: bool = False) -> bytes:
    """Return sheets as an XLSX with its instructions; ``blank``: without their rows."""
    rows = [replace(sheet, rows=()) if blank else sheet for sheet in sheets]
    return files.write(rows, notes=[str(note) for note in NOTES], about=workbook.ABOUT)


def _sheet(
    name: str, rows: Iterable[Row], periods: Iterable[str] = (), **more: Drawn
) -> Sheet:
    spec = workbook.SPECS[name]
    amounts = tuple(
        Column(period, more.get("amounts", Drawn.ANY), width=14) for period in periods
    )
    return Sheet(name, (*spec.columns, *amounts), tuple(rows))


def _periods(years: Iterable[int], more: Iterable[str]) -> list[str]:
    return sorted({*map(str, years), *more}, key=workbook.period_order)


def _wide(
    cells: Mapping[Head, Mapping[str, Value]], periods: Sequence[str]
) -> list[Row]:
    return [
        (*head, *(values.get(period) for period in periods))
        for head, values in cells.items()
    ]


def _indicators(unit: Unit) -> Sheet:
    newest: dict[int, IndicatorVersion] = {}
    rows = IndicatorVersion.objects.filter(indicator__unit=unit)
    for version in rows.select_related("indicator", *SCALES).order_by(
        "indicator__order", "indicator__code", "number"
    ):
        newest[version.indicator_id] = version
    return _sheet(workbook.INDICATORS, map(_indicator, newest.values()))


def _indicator(version: IndicatorVersion) -> Row:
    ways = {way.value: words for way, words in workbook.POLARITIES.items()}
    return (
        version.indicator.code,
        version.indicator.level,
        version.name,
        version.unit_of_measure,
        version.decimals,
        ways.get(version.polarity, workbook.QUALITATIVE),
        version.grade_scale.name if version.grade_scale else None,
        version.frequency,
        version.in_charge,
        version.mechanism,
        version.medium,
        version.indicator.group,
        version.definition or None,
        version.since,
        version.origin,
    )


def _targets(unit: Unit, years: Iterable[int]) -> Sheet:
    cells: dict[Head, dict[str, Value]] = {}
    ordered = ("indicator__order", "indicator__code")
    for row in (
        Target.objects.filter(indicator__unit=unit)
        .select_related("indicator")
        .order_by(*ordered, "kind", "period_code")
    ):
        head = (row.indicator.code, row.kind, row.origin)
        cells.setdefault(head, {})[row.period_code] = _aim(row)
    for actual in (
        PriorActual.objects.filter(indicator__unit=unit)
        .select_related("indicator")
        .order_by(*ordered, "period_code")
    ):
        head = (actual.indicator.code, TargetKind.ACTUAL.value, actual.origin)
        cells.setdefault(head, {})[actual.period_code] = actual.value
    periods = _periods(years, {code for values in cells.values() for code in values})
    return _sheet(workbook.TARGETS, _wide(cells, periods), periods)


def _aim(row: Target) -> Value:
    if row.numerator is not None and row.denominator is not None:
        out_of = OutOf(row.numerator, row.denominator, row.counted)
        return rules.write_aim(row.aim, out_of)
    return row.aim if isinstance(row.aim, Decimal) else rules.write_aim(row.aim)


def _paths(unit: Unit) -> dict[int, str]:
    """Return how each programme is named: its code, else its names from the top down."""
    works = {row.pk: row for row in Programme.objects.filter(unit=unit)}

    def path(row: Programme) -> str:
        above = works.get(row.parent_id or 0)
        return f"{path(above)}{workbook.PATH}{row.name}" if above else row.name

    return {pk: row.code or path(row) for pk, row in works.items()}


def _programmes(unit: Unit, paths: Mapping[int, str]) -> Sheet:
    rows = Programme.objects.filter(unit=unit)
    return _sheet(
        workbook.PROGRAMMES,
        (
            (
                row.code or None,
                row.level,
                row.name,
                None if row.code or not row.parent_id else paths[row.parent_id],
            )
            for row in rows
        ),
    )


def _renstra(unit: Unit, paths: Mapping[int, str], years: Iterable[int]) -> Sheet:
    cells: list[tuple[Head, dict[str, Value]]] = []
    versions = RenstraVersion.objects.filter(renstra__unit=unit)
    for version in versions.select_related("renstra").order_by(
        "renstra__first_year", "renstra", "number"
    ):
        plan = plan_of(tree_of(version))
        told = (version.since, version.decision or None)
        cells += _version(plan, told, paths)
    periods = _periods(years, {code for _head, values in cells for code in values})
    rows = [(*head, *(values.get(p) for p in periods)) for head, values in cells]
    return _sheet(workbook.RENSTRA, rows, periods, amounts=Drawn.WHOLE)


def _version(
    plan: RenstraPlan, told: tuple[date | None, str | None], paths: Mapping[int, str]
) -> list[tuple[Head, dict[str, Value]]]:
    span = f"{plan.first_year}-{plan.last_year}"
    head = (RenstraKind.PLAN.value, span, plan.origin, plan.stage.value, None, *told)
    rows: list[tuple[Head, dict[str, Value]]] = [(head, {})]

    def add(
        kind: RenstraKind, code: str, text: str, of: str, named: Iterable[str]
    ) -> None:
        line = (kind.value, code, text or None, of or None, "; ".join(named) or None)
        rows.append(((*line, None, None), {}))

    for goal in plan.goals:
        add(RenstraKind.GOAL, goal.code, goal.text, "", goal.indicators)
        for outcome in goal.outcomes:
            kind = RenstraKind.OUTCOME
            add(kind, outcome.code, outcome.text, goal.code, outcome.indicators)
    for work in plan.programmes:
        named = paths[work.programme]
        add(RenstraKind.WORK, named, work.result, work.outcome, work.indicators)
        rows[-1][1].update({str(year): amount for year, amount in work.funding})
    return rows


def _money(unit: Unit, paths: Mapping[int, str], years: Iterable[int]) -> Sheet:
    cells: dict[Head, dict[str, Value]] = {}
    kinds = {
        Stage.ORIGINAL.value: BudgetKind.ORIGINAL.value,
        Stage.CHANGED.value: BudgetKind.CHANGED.value,
    }
    order = ("programme__code", "programme__order", "programme__name", "programme")
    for row in Budget.objects.filter(programme__unit=unit).order_by(
        *order, "stage", "year"
    ):
        first = (row.since.month, row.since.day) == (1, 1)
        since = None if first and row.stage == Stage.ORIGINAL else row.since
        head = (
            paths[row.programme_id],
            None,
            kinds[row.stage],
            since,
            None,
            row.origin,
        )
        cells.setdefault(head, {})[str(row.year)] = row.amount
    for spent in Spending.objects.filter(programme__unit=unit).order_by(
        *order, "period_code"
    ):
        named = (paths[spent.programme_id], None, BudgetKind.SPENT.value)
        cells.setdefault((*named, None, None, spent.origin), {})[spent.period_code] = (
            spent.amount
        )
    periods = _periods(years, {code for values in cells.values() for code in values})
    return _sheet(workbook.BUDGET, _wide(cells, periods), periods, amounts=Drawn.NUMBER)


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


def _titles(unit: Unit) -> dict[int, str]:
    """Return how the positions of a kabupaten are told apart: by office where needed."""
    rows = list(
        Position.objects.filter(unit__tenant=unit.tenant_id).select_related("unit")
    )
    many = Counter(row.title for row in rows)
    return {
        row.pk: row.title if many[row.title] == 1 else f"{row.title} ({row.unit.name})"
        for row in rows
    }


def position_names(unit: Unit) -> dict[str, int]:
    """Return the positions of a kabupaten by their folded names.

    The office's own are also found by the bare title.
    """
    titles = _titles(unit)
    found = {rules.folded(title): pk for pk, title in titles.items()}
    own = Position.objects.filter(unit__office=unit).values_list("pk", "title")
    many = Counter(title for _pk, title in own)
    return found | {rules.folded(title): pk for pk, title in own if many[title] == 1}


def _agreements(unit: Unit, paths: Mapping[int, str]) -> Sheet:
    titles = _titles(unit)
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
        rows += [(*head, "indikator", code, None) for code in draft.indicators]
        rows += [
            (*head, "program", paths[pk], note or None) for pk, note in draft.programmes
        ]
    return _sheet(workbook.PROMISES, rows)


def _with_positions(unit: Unit, sheet: Sheet) -> Sheet:
    """Return the sheet of PK with the office's positions to choose from."""
    titles = _titles(unit)
    own = Position.objects.filter(unit__office=unit).values_list("pk", flat=True)
    choices = tuple(sorted({titles[pk] for pk in own}))
    columns = tuple(
        replace(column, choices=choices) if column.title == "pihak pertama" else column
        for column in sheet.columns
    )
    return replace(sheet, columns=columns)
