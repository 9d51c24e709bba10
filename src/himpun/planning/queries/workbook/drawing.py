"""Rows as a sheet of the import, with its columns for periods."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun.documents.sheets import Column, Drawn, Sheet

from ... import rules
from ...rules import workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from himpun.documents.sheets import Value
    from himpun.formula.targets import OutOf

    from ...rules import Aim

Row = tuple["Value", ...]
Head = tuple["Value", ...]


def drawn(
    name: str, rows: Iterable[Row], periods: Iterable[str] = (), **more: Drawn
) -> Sheet:
    """Return rows as the sheet of this name; ``amounts``: what its periods take."""
    spec = workbook.SPECS[name]
    amounts = tuple(
        Column(period, more.get("amounts", Drawn.ANY), width=14) for period in periods
    )
    return Sheet(name, (*spec.columns, *amounts), tuple(rows))


def periods_of(years: Iterable[int], more: Iterable[str]) -> list[str]:
    """Return the periods of ``years`` and ``more`` ones in the order of their columns."""
    return sorted({*map(str, years), *more}, key=workbook.period_order)


def wide(
    cells: Mapping[Head, Mapping[str, Value]], periods: Sequence[str]
) -> list[Row]:
    """Return rows that have the values of ``periods`` after their heads."""
    return [
        (*head, *(values.get(period) for period in periods))
        for head, values in cells.items()
    ]


def said(aim: Aim | None, out_of: OutOf | None = None) -> Value:
    """Return a target as a cell says it: a number where it is one."""
    if isinstance(aim, Decimal) and out_of is None:
        return aim
    return rules.write_aim(aim, out_of) or None


def labels(rows: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """Return names by id: (id, name, what tells it apart) where a name is not alone."""
    found = list(rows)
    many = Counter(rules.folded(name) for _pk, name, _more in found)
    return {
        pk: name if many[rules.folded(name)] == 1 else f"{name} ({more})"
        for pk, name, more in found
    }
