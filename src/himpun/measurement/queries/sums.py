"""The figures of many parents at once, added up by the database, to the last digit.

For thousands of offices: what `rollup` reads row by row is one statement here. SQLite
keeps our decimals as text, so there whole ten-thousandths are added; what is longer than
that comes back as it is. PostgreSQL adds decimals
themselves. A weighted mean needs each figure with its weight, so its rows are read.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

from himpun import formula
from himpun.formula import OverUnits

from ..rules import Sums
from ..rules.sums import WIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

SHORT, PLACES = 11, 4
"""Signs and decimals of a figure that SQLite adds up as an integer, in ten-thousandths: at
most 15 digits, which its binary numbers hold, so that rounding finds the very integer. Of
the longest, nine thousand fit into one sum; beyond, SQLite stops with an error and never
returns a wrong sum."""
FIGURES = """
FROM planning_indicator i
CROSS JOIN organization_unit u
CROSS JOIN planning_indicatorversion v
CROSS JOIN measurement_achievement a
{more}
WHERE i.code IN ({codes}) AND u.id = i.unit_id AND v.indicator_id = i.id
AND a.indicator_id = i.id AND a.indicator_version = v.number AND {own}
AND a.period_code BETWEEN %s AND %s AND {period} IN ({periods})
"""
"""The figures of the offices, each with what it meant. SQLite carries a cross join out in
the order in which it is written: indicators first, then a stretch of the index of their
figures (the plus keeps it from looking up each period)."""
TOLD = {
    "postgresql": {
        "own": "CASE WHEN a.unit_id = i.unit_id THEN 1 ELSE 0 END > 0",
        "period": "a.period_code",
    },
    "sqlite": {"own": "a.unit_id = i.unit_id", "period": "+a.period_code"},
}
"""What each planner must be told in its own way. PostgreSQL takes indicator and unit of a
figure for independent, expects a few rows and joins millions one by one; for the same
reason it is decided after the statement which meaning counts."""
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

    def statement(
        self, columns: str, rules: Collection[OverUnits], *, more: str = "", tail: str
    ) -> tuple[str, list[str]]:
        """Return a statement over the figures to add up by ``rules``, with its values."""
        codes = sorted(
            {one.code for one in self.ruling.values() if one.over_units in rules}
        )
        body = FIGURES.format(
            more=more,
            codes=", ".join(["%s"] * len(codes)),
            periods=", ".join(["%s"] * len(self.periods)),
            **TOLD[connection.vendor],
        )
        given = [*codes, min(self.periods), max(self.periods), *self.periods]
        return f"SELECT {columns} {body} {tail}", given


PLAIN = frozenset({OverUnits.SUM, OverUnits.AVERAGE})
WEIGHTED = frozenset({OverUnits.WEIGHTED})
OF_PARTS = frozenset({OverUnits.COMPONENTS})


def sums(question: Question) -> dict[Key, Sums]:
    """Return what the figures of each parent add up to in each period.

    One statement for each sort of rule that occurs among the parents.
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


def _rows(statement: str, given: list[str]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        while rows := cursor.fetchmany(5_000):
            yield from rows


def _added(value: str, columns: str) -> tuple[str, str]:
    """Return the columns of an exact sum, and by what to group beside ``columns``.

    The columns: a long figure itself or NULL, the sum, the number of figures. In SQLite
    the sum of what is not long is in units of the last of `PLACES` decimals.
    """
    if connection.vendor == "postgresql":
        return f"{columns}, NULL, SUM({value}), COUNT(*)", columns
    after = f"length({value}) - instr({value} || '.', '.')"
    sort = f"CASE WHEN length({value}) > {SHORT} OR {after} > {PLACES} THEN {value} END"
    whole = f"CAST(round({value} * 1e{PLACES}) AS INTEGER)"
    total = f"SUM(CASE WHEN length({value}) > {SHORT} THEN 0 ELSE {whole} END)"
    return f"{columns}, {sort}, {total}, COUNT(*)", f"{columns}, {sort}"


def _exact(sort: str | None, total: Any, counted: int) -> Decimal:  # noqa: ANN401 - integer or decimal, by database
    """Return an exact sum from what a row of `_added` says."""
    if sort is not None:
        return WIDE.multiply(Decimal(sort), Decimal(counted))
    return total if isinstance(total, Decimal) else Decimal(total).scaleb(-PLACES, WIDE)


def _plain(question: Question) -> dict[Key, Sums]:
    columns, group = _added("a.actual", PLACE)
    statement, given = question.statement(
        columns, PLAIN, tail=f"AND a.actual IS NOT NULL GROUP BY {group}"
    )
    ruling = question.ruling
    found: dict[Key, Sums] = {}
    for unit, meaning, period, sort, total, counted in _rows(statement, given):
        one = ruling.get((unit, meaning))
        if one is None or one.over_units not in PLAIN:
            continue
        key = (one.indicator, period)
        exact = _exact(sort, total, counted)
        if key in found:
            known = found[key]
            known.total = WIDE.add(known.total, exact)
            known.counted += counted
        else:
            found[key] = Sums(exact, counted)
    return found


def _weighted(question: Question) -> dict[Key, Sums]:
    statement, given = question.statement(
        f"{PLACE}, w.version_id, a.actual, w.weight",
        WEIGHTED,
        more="CROSS JOIN planning_unitweight w",
        tail="AND w.unit_id = u.id AND a.actual IS NOT NULL",
    )
    found: dict[Key, Sums] = defaultdict(Sums)
    for unit, meaning, period, version, actual, weight in _rows(statement, given):
        one = question.ruling.get((unit, meaning))
        if one is not None and one.version == version:
            value, counts = Decimal(actual), Decimal(weight)
            product = Sums(WIDE.multiply(value, counts), 1, counts)
            found[one.indicator, period].add(product)
    return dict(found)


def _of_components(question: Question) -> dict[Key, Sums]:
    """Add up the components of the units that have all that the formula needs."""
    each, value, lacking = COMPONENTS[connection.vendor]
    columns, group = _added(value, f"{PLACE}, c.key, {lacking}")
    statement, given = question.statement(
        columns,
        OF_PARTS,
        more=each,
        tail=f"AND c.value IS NOT NULL GROUP BY {group}",
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
    for unit, meaning, period, name, lacks, *added in _rows(statement, given):
        one = question.ruling.get((unit, meaning))
        if one is None or one.over_units not in OF_PARTS:
            continue
        if needed[one.formula] & {code.casefold() for code in (lacks or "").split()}:
            continue
        key, part = (one.indicator, period), name.casefold()
        found[key].add(Sums(components={part: _exact(*added)}))
        if part in needed[one.formula]:
            counts[key, part] += added[-1]
    for (key, _part), counted in counts.items():
        found[key].counted = counted
    return dict(found)
