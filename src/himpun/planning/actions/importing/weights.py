"""The rows of the sheet Bobot: how much each unit counts in a weighted mean."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal, say

from ... import queries, rules
from ...rules import Change, Kept, workbook
from ..weights import weigh_units

if TYPE_CHECKING:
    from himpun.organization.models import Unit

    from ...rules.workbook import Line
    from .run import Run


def keep(run: Run) -> None:
    """Give the weights that are new; one that was given stays as it is."""
    lines = run.book.of(workbook.WEIGHTS)
    if not lines:
        return
    units = queries.named_units(queries.weighed_units(run.unit))
    seen: dict[tuple[str, int], str] = {}
    for line in lines:
        if line.spoilt:
            run.count(workbook.WEIGHTS, None)
        else:
            run.kept(line, "bobot", partial(_weigh, run, line, units, seen))


def unit_named(line: Line, title: str, units: dict[str, Unit]) -> Unit:
    """Return the unit that a cell names; raises Refusal."""
    found = units.get(rules.folded(line.text(title)))
    if found is None:
        raise Refusal(
            say(
                "Unit %(name)s tidak dikenal. Tulis namanya seperti pada daftar unit; "
                "bila beberapa unit bernama sama, tambahkan kodenya dalam kurung."
            ),
            field=title,
            name=rules.cut(line.text(title)),
        )
    return found


def _weigh(
    run: Run, line: Line, units: dict[str, Unit], seen: dict[tuple[str, int], str]
) -> Kept[Unit]:
    code = line.text("indikator")
    version = run.version(code, "indikator")
    line.filled("unit", "bobot")
    unit = unit_named(line, "unit", units)
    if (code, unit.pk) in seen:
        raise Refusal(
            say("Bobot ini sudah ditulis di %(place)s. Sisakan satu."),
            field="unit",
            place=seen[code, unit.pk],
        )
    seen[code, unit.pk] = line.at("bobot")
    weight = line.number("bobot")
    if weight is None:
        raise ValueError("a filled cell says something")
    made = weigh_units(version, {unit: weight}, by=run.by, at=run.at)
    return Kept(unit, Change.CREATED if made else Change.UNCHANGED)
