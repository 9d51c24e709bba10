"""The figures of many parents at once, added up by the database, to the last digit.

For thousands of offices: what `rollup` reads row by row is one statement here. SQLite
keeps our decimals as text, so there whole millionths are added; what is longer comes back
as it is. PostgreSQL adds decimals themselves. A weighted mean needs each figure with its
weight, so its rows are read.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db import connection

from himpun import formula
from himpun.formula import OverUnits

from ..rules import Sums
from ..rules.sums import WIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

SHORT, PLACES = 8, 6
"""How many signs a figure has at most that SQLite adds up, and so how many decimals, as an
integer in millionths: 14 digits, which its binary numbers hold, so that rounding finds the
very integer. Of the longest, ninety thousand fit into one sum; beyond, SQLite stops with an
error and never returns a wrong sum. Longer figures come back as they are."""
LAST = Decimal(1).scaleb(-PLACES)
FIGURES = """
FROM organization_unit u
CROSS JOIN planning_indicator i
CROSS JOIN planning_indicatorversion v
CROSS JOIN measurement_achievement a
{more}
WHERE {parents} i.unit_id = u.id AND i.code IN ({codes}) AND v.indicator_id = i.id
AND a.indicator_id = i.id AND a.indicator_version = v.number
AND a.period_code BETWEEN %s AND %s
"""
"""The figures of the offices, each with what it meant. SQLite carries a cross join out in
the order in which it is written: offices by their parent, the indicators asked, then a
stretch of the index of their figures. What else lies in that stretch is dropped when it
is read."""
AT_MOST, AT_LEAST = 16, 500
"""How many statements SQLite gets, and how many sums each of them gives. It sorts what it
groups, and to sort the figures of some parents in memory is quicker than all in a file."""
OWN = "a.unit_id = i.unit_id"
"""That a figure is the office's own."""
ADDED = {
    "postgresql": ("", f"FILTER (WHERE {OWN})"),
    "sqlite": (f"AND {OWN}", ""),
}
"""Where a sum asks that, before or after the rows are grouped. PostgreSQL takes indicator
and unit of a figure for independent, would expect a few rows only and sort millions on
disk; for the same reason it is decided after the statement which meaning counts."""
PLACE = "u.parent_id, v.meaning, a.period_code"
"""Which parent, which indicator (a meaning holds its code), when."""
COMPONENTS = {
    "postgresql": (
        "CROSS JOIN LATERAL jsonb_each_text(a.inputs) c",
        "c.value::numeric",
        "(SELECT string_agg(n.key, ' ') FROM jsonb_each_text(a.inputs) n "
        "WHERE n.value IS NULL)",
    ),
    "sqlite": (
        "CROSS JOIN json_each(a.inputs) c",
        "c.value",
        "(SELECT group_concat(n.key, ' ') FROM json_each(a.inputs) n "
        "WHERE n.value IS NULL)",
    ),
}
"""By database: a row for each component, its value, and which ones a unit lacks."""

Key = tuple[int, str]
"""A parent's indicator and the code of a period."""
Place = tuple[int, str, str]
"""A parent, the meaning of an indicator and the code of a period."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The version of a parent's indicator that says what is added up, and how."""

    version: int
    indicator: int
    unit: int
    code: str
    meaning: str
    over_units: OverUnits
    formula: str = ""


@dataclass(frozen=True)
class Question:
    """Which indicators in which periods: what rules, by (parent, meaning)."""

    ruling: Mapping[tuple[int, str], Ruling]
    periods: Collection[str]

    def rows(
        self, columns: str, rules: Collection[OverUnits], *, more: str = "", tail: str
    ) -> Iterator[tuple[Any, ...]]:
        """Read the figures to add up by ``rules``.

        PostgreSQL in one statement, SQLite in `AT_MOST`, for any number of offices.
        """
        asked = [one for one in self.ruling.values() if one.over_units in rules]
        codes = sorted({one.code for one in asked})
        for parents in self._parents(asked, len(codes)):
            body = FIGURES.format(
                more=more,
                codes=_places(codes),
                parents=f"u.parent_id IN ({_places(parents)}) AND" if parents else "",
            )
            given: list[int | str] = [
                *parents,
                *codes,
                min(self.periods),
                max(self.periods),
            ]
            yield from _read(f"SELECT {columns} {body} {tail}", given)

    def _parents(self, asked: list[Ruling], codes: int) -> Iterator[list[int]]:
        """Return whose figures to read at a time; nothing for those of all at once."""
        if connection.vendor == "postgresql":
            yield []
            return
        parents = sorted({one.unit for one in asked})
        fewest = 1 + AT_LEAST // (codes * len(self.periods))
        step = max(fewest, ceil(len(parents) / AT_MOST))
        for first in range(0, len(parents), step):
            yield parents[first : first + step]

    def ruled(self, rules: Collection[OverUnits]) -> dict[Place, Ruling]:
        """Return what rules each sum that is asked, where it is one of ``rules``."""
        return {
            (*place, period): one
            for place, one in self.ruling.items()
            if one.over_units in rules
            for period in self.periods
        }


PLAIN = frozenset({OverUnits.SUM, OverUnits.AVERAGE})
WEIGHTED = frozenset({OverUnits.WEIGHTED})
OF_PARTS = frozenset({OverUnits.COMPONENTS})


def sums(question: Question) -> dict[Key, Sums]:
    """Return what the figures of each parent add up to in each period.

    For each sort of rule that occurs among the parents its statements.
    """
    rules = {one.over_units for one in question.ruling.values()}
    found: dict[Key, Sums] = {}
    if rules & PLAIN:
        found |= _plain(question)
    if rules & WEIGHTED:
        found |= _weighted(question)
    if rules & OF_PARTS:
        found |= _of_components(question)
    return found


def _places(given: Collection[object]) -> str:
    return ", ".join(["%s"] * len(given))


def _read(statement: str, given: list[int | str]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        while rows := cursor.fetchmany(5_000):
            yield from rows


def _added(value: str) -> str:
    """Return the columns of an exact sum: of the short figures, the long ones, how many.

    In SQLite the sum is in millionths and the long figures are one text; PostgreSQL
    adds up all of them.
    """
    if connection.vendor == "postgresql":
        _, own = ADDED["postgresql"]
        return f"SUM({value}) {own}, NULL, COUNT(*) {own}"
    long, whole = f"length({value}) > {SHORT}", f"round({value} * 1e{PLACES})"
    return (
        f"SUM(CASE WHEN {long} THEN 0 ELSE CAST({whole} AS INTEGER) END), "
        f"group_concat(CASE WHEN {long} THEN {value} END, ' '), COUNT(*)"
    )


def _exact(total: Decimal | int, long: str | None) -> Decimal:
    """Return an exact sum from what a row of `_added` says."""
    exact = total if isinstance(total, Decimal) else WIDE.multiply(total, LAST)
    for text in long.split() if long else ():
        exact = WIDE.add(exact, Decimal(text))
    return exact


def _plain(question: Question) -> dict[Key, Sums]:
    rows = question.rows(
        f"{PLACE}, {_added('a.actual')}",
        PLAIN,
        tail=f"AND a.actual IS NOT NULL {ADDED[connection.vendor][0]} GROUP BY {PLACE}",
    )
    found: dict[Key, Sums] = {}
    ruled = question.ruled(PLAIN)
    for unit, meaning, period, total, long, counted in rows:
        one = ruled.get((unit, meaning, period))
        if one and counted:
            found[one.indicator, period] = Sums(_exact(total, long), counted)
    return found


def _weighted(question: Question) -> dict[Key, Sums]:
    rows = question.rows(
        f"{PLACE}, w.version_id, a.actual, w.weight",
        WEIGHTED,
        more="CROSS JOIN planning_unitweight w",
        tail=f"AND w.unit_id = u.id AND {OWN} AND a.actual IS NOT NULL",
    )
    found: dict[Key, Sums] = defaultdict(Sums)
    ruled = question.ruled(WEIGHTED)
    for unit, meaning, period, version, actual, weight in rows:
        one = ruled.get((unit, meaning, period))
        if one and one.version == version:
            value, counts = Decimal(actual), Decimal(weight)
            product = Sums(WIDE.multiply(value, counts), 1, counts)
            found[one.indicator, period].add(product)
    return dict(found)


def _of_components(question: Question) -> dict[Key, Sums]:
    """Add up the components of the units that have all that the formula needs."""
    each, value, lacking = COMPONENTS[connection.vendor]
    place = f"{PLACE}, c.key, {lacking}"
    rows = question.rows(
        f"{place}, {_added(value)}",
        OF_PARTS,
        more=each,
        tail=f"AND c.value IS NOT NULL {ADDED[connection.vendor][0]} GROUP BY {place}",
    )
    needed = {
        one.formula: frozenset(
            code.casefold() for code in formula.read_formula(one.formula).codes
        )
        for one in question.ruling.values()
        if one.over_units in OF_PARTS
    }
    found: dict[Key, Sums] = defaultdict(Sums)
    counts: dict[tuple[Key, str], int] = defaultdict(int)
    ruled = question.ruled(OF_PARTS)
    for unit, meaning, period, name, lacks, total, long, several in rows:
        one = ruled.get((unit, meaning, period))
        if not one or not several:
            continue
        if needed[one.formula] & {code.casefold() for code in (lacks or "").split()}:
            continue
        key, part = (one.indicator, period), name.casefold()
        found[key].add(Sums(components={part: _exact(total, long)}))
        if part in needed[one.formula]:
            counts[key, part] += several
    for (key, _part), counted in counts.items():
        found[key].counted = counted
    return dict(found)
