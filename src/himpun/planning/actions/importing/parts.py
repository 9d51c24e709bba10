"""The rows of the sheets Pemilahan and Bagian target: what each part should reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.organization.models import Unit
from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import read_period

from ... import queries, rules
from ...models import Category, Target
from ...rules import AimKind, Change, workbook
from ..dimensions import define_dimension, split_target
from ..targets import must_suit
from .targets import read_cell
from .weights import unit_named

if TYPE_CHECKING:
    from ...models import IndicatorVersion
    from ...queries import Meanings
    from ...rules import Aim
    from ...rules.workbook import Line
    from .run import Run

Member = Unit | Category
Place = tuple[str, str, str]
"""A target: code of the indicator, kind of the aim, code of the period."""


def keep_dimensions(run: Run) -> None:
    """Name the dimensions and categories that are new, in the order of the rows."""
    groups: dict[str, list[Line]] = {}
    for line in run.book.of(workbook.DIMENSIONS):
        if not line.spoilt:
            try:
                line.filled("pemilahan", "bagian")
            except Refusal as refusal:
                run.refuse(line, refusal.field, refusal.sentence)
            else:
                groups.setdefault(line.text("pemilahan").casefold(), []).append(line)
                continue
        run.count(workbook.DIMENSIONS, None)
    known: dict[str, list[Category]] = {}
    for row in queries.categories(run.unit):
        known.setdefault(row.dimension.name.casefold(), []).append(row)
    for name, lines in groups.items():
        _define(run, lines, known.get(name, []))


def _define(run: Run, lines: list[Line], known: list[Category]) -> None:
    names = {row.name.casefold(): row.name for row in known}
    fresh: dict[str, Line] = {}
    for line in lines:
        text = line.text("bagian")
        if text.casefold() in fresh:
            sentence = say("%(name)s disebut dua kali. Sisakan satu.", name=text)
            run.refuse(line, "bagian", sentence)
            run.count(workbook.DIMENSIONS, None)
        elif text.casefold() in names:
            run.count(workbook.DIMENSIONS, Change.UNCHANGED)
        else:
            fresh[text.casefold()] = line
    if not fresh:
        return
    title = known[0].dimension.name if known else lines[0].text("pemilahan")
    wanted = [*names.values(), *(line.text("bagian") for line in fresh.values())]
    change: Change | None = Change.CREATED
    try:
        define_dimension(run.unit, title, wanted, by=run.by, at=run.at)
    except Refusal as refusal:
        run.refuse(lines[0], "bagian", refusal.sentence)
        change = None
    run.count(workbook.DIMENSIONS, change, len(fresh))


@dataclass
class _Known:
    """What stands already, read at once."""

    meanings: Meanings
    targets: dict[tuple[int, str, str], Target]
    units: dict[str, Unit]
    categories: dict[tuple[str, str], Category]

    def member(self, line: Line) -> Member:
        """Return whose part a row is; raises Refusal."""
        line.filled("bagian")
        split, name = line.text("pemilahan"), line.text("bagian")
        if not split:
            return unit_named(line, "bagian", self.units)
        found = self.categories.get((split.casefold(), name.casefold()))
        if found is None:
            raise Refusal(
                say(
                    "%(name)s tidak ada pada pemilahan %(split)s. Tambahkan pada lembar "
                    "Pemilahan."
                ),
                field="bagian",
                name=rules.cut(name),
                split=rules.cut(split),
            )
        return found


@dataclass
class _Cell:
    """A filled cell and what it says."""

    line: Line
    period: str
    aim: Aim


def keep(run: Run) -> None:
    """Divide the targets as the cells say; parts that no cell speaks of stay."""
    lines = run.book.of(workbook.PARTS)
    if not lines:
        return
    ids = [version.indicator_id for version in run.versions.values()]
    rows = Target.objects.filter(indicator__in=ids)
    known = _Known(
        queries.meanings_of(ids),
        {
            (row.indicator_id, row.kind, row.period_code): row
            for row in rows.select_related("indicator__unit").prefetch_related(
                "parts__unit", "parts__category"
            )
        },
        queries.named_units(queries.sharing_units(run.unit)),
        {
            (row.dimension.name.casefold(), row.name.casefold()): row
            for row in queries.categories(run.unit)
        },
    )
    cells: dict[Place, dict[Member, _Cell]] = {}
    for line in lines:
        _read_line(run, line, known, cells)
    for place, found in cells.items():
        version = run.versions[place[0]]
        _split(run, known.targets[version.indicator_id, *place[1:]], found)


def _read_line(
    run: Run, line: Line, known: _Known, cells: dict[Place, dict[Member, _Cell]]
) -> None:
    try:
        kind = line.chosen("jenis", AimKind)
        version = run.version(line.text("kode"))
        member = known.member(line)
    except Refusal as refusal:
        run.refuse(line, refusal.field, refusal.sentence)
        run.count(workbook.PARTS, None, line.many)
        return
    for period in line.periods:
        place = (line.text("kode"), kind.value, period)
        if line.spoilt or period in line.bad:
            run.count(workbook.PARTS, None)
            continue
        try:
            _refuse_twice(cells.get(place, {}).get(member))
            aim = _aim(run, line, (version, place), known)
        except Refusal as refusal:
            run.refuse(line, period, refusal.sentence)
            run.count(workbook.PARTS, None)
        else:
            cells.setdefault(place, {})[member] = _Cell(line, period, aim)


def _refuse_twice(cell: _Cell | None) -> None:
    if cell:
        raise Refusal(
            say("Bagian ini sudah ditulis di %(place)s. Sisakan satu."),
            place=cell.line.at(cell.period),
        )


def _aim(
    run: Run, line: Line, of: tuple[IndicatorVersion, Place], known: _Known
) -> Aim:
    version, place = of
    if (version.indicator_id, *place[1:]) not in known.targets:
        none = say(
            "%(kind)s %(code)s %(period)s belum ada. Tulis pada lembar Target.",
            kind=place[1].capitalize(),
            code=place[0],
            period=place[2],
        )
        raise Refusal(run.missing(workbook.TARGETS, " ".join(place), none))
    year = read_period(place[2]).year
    meaning = known.meanings.of(version.indicator_id, year) or version
    aim = read_cell(line, place[2], meaning).aim
    must_suit(meaning, aim)
    return aim


def _split(run: Run, target: Target, cells: dict[Member, _Cell]) -> None:
    stands = {part.member: part.aim for part in target.parts.all()}
    wanted = stands | {member: cell.aim for member, cell in cells.items()}
    changes: list[Change | None] = [
        Change.CREATED
        if member not in stands
        else Change.UNCHANGED
        if stands[member] == cell.aim
        else Change.UPDATED
        for member, cell in cells.items()
    ]
    if wanted != stands:
        try:
            split_target(target, list(wanted.items()), by=run.by, at=run.at)
        except Refusal as refusal:
            first = next(iter(cells.values()))
            run.refuse(first.line, first.period, refusal.sentence)
            changes = [None] * len(cells)
    for change in changes:
        run.count(workbook.PARTS, change)
