"""The Renstra as a table to be read: a row for each thing, a column for each year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..models import RenstraVersion
from ..rules import Level
from .tree import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from himpun.organization.models import Unit

    from ..models import IndicatorVersion
    from ..rules import Aim
    from .tree import PlannedAims, ProgrammeBranch, Tree

INDICATOR = "indikator"


@dataclass(frozen=True)
class RenstraRow:
    """A row: ``kind`` a level of the plan or "indikator", ``depth`` how far it is in.

    An indicator has ``aims``, a programme ``money`` in rupiah, both by year and None
    where the plan says nothing. ``meaning`` is what the indicator means.
    """

    kind: str
    depth: int
    code: str
    text: str
    result: str = ""
    aims: tuple[Aim | None, ...] = ()
    money: tuple[int | None, ...] = ()
    meaning: IndicatorVersion | None = None


@dataclass(frozen=True)
class RenstraTable:
    """A version of a Renstra, year by year; ``total`` is the money of its programmes."""

    version: RenstraVersion
    years: tuple[int, ...]
    rows: tuple[RenstraRow, ...]
    total: tuple[int | None, ...]


def renstra_versions(office: Unit | int, year: int) -> list[RenstraVersion]:
    """Return the versions of the Renstra that a year belongs to, the first one first."""
    rows = RenstraVersion.objects.filter(
        renstra__unit=office,
        renstra__first_year__lte=year,
        renstra__last_year__gte=year,
    )
    return list(rows.select_related("renstra").order_by("number"))


def renstra_years(office: Unit | int) -> set[int]:
    """Return all years that some Renstra of an office speaks of."""
    spans = RenstraVersion.objects.filter(renstra__unit=office).values_list(
        "renstra__first_year", "renstra__last_year"
    )
    return {year for first, last in spans for year in range(first, last + 1)}


def version_shown(
    versions: Sequence[RenstraVersion], number: int, day: date
) -> RenstraVersion | None:
    """Return the version that is asked for, else the one in force, else the newest."""
    asked = [one for one in versions if one.number == number]
    begun = [one for one in versions if one.since and one.since <= day]
    return next(reversed(asked or begun or list(versions)), None)


def renstra_table(
    version: RenstraVersion, meanings: Mapping[int, IndicatorVersion]
) -> RenstraTable:
    """Return a version as a table; seven queries whatever its size.

    ``meanings`` are the newest versions of the office's indicators, by indicator: for
    what the version did not pin when it came into force.
    """
    tree = tree_of(version)
    renstra = version.renstra
    years = tuple(range(renstra.first_year, renstra.last_year + 1))
    table = _Rows(tree, years, meanings)
    money = [
        [branch.funding.get(year) for branch in table.parts.get(None, ())]
        for year in years
    ]
    return RenstraTable(version, years, tuple(table.all()), tuple(map(_sum, money)))


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


class _Rows:
    """How a tree becomes rows."""

    def __init__(
        self,
        tree: Tree,
        years: tuple[int, ...],
        meanings: Mapping[int, IndicatorVersion],
    ) -> None:
        self.tree, self.years, self.meanings = tree, years, meanings
        planned = {branch.row.programme_id for branch in tree.programmes}
        self.parts: dict[int | None, list[ProgrammeBranch]] = {}
        for branch in tree.programmes:
            above = branch.row.programme.parent_id
            whole = above if above in planned else None
            self.parts.setdefault(whole, []).append(branch)

    def all(self) -> Iterator[RenstraRow]:
        """Yield goals with what serves them, then programmes that serve no sasaran."""
        for goal in self.tree.goals:
            yield RenstraRow(Level.GOAL, 0, goal.row.code, goal.row.text)
            yield from self._indicators(goal.indicators, 1)
            for outcome in goal.outcomes:
                yield RenstraRow(Level.OUTCOME, 1, outcome.row.code, outcome.row.text)
                yield from self._indicators(outcome.indicators, 2)
                for branch in outcome.programmes:
                    yield from self._programme(branch, 2)
        for branch in self.parts.get(None, ()):
            if branch.row.outcome_id is None:
                yield from self._programme(branch, 1)

    def _programme(self, branch: ProgrammeBranch, depth: int) -> Iterator[RenstraRow]:
        one = branch.row.programme
        money = tuple(branch.funding.get(year) for year in self.years)
        yield RenstraRow(
            one.level, depth, one.code, one.name, branch.row.result, money=money
        )
        yield from self._indicators(branch.indicators, depth + 1)
        for part in self.parts.get(one.pk, ()):
            if part.row.outcome_id is None:
                yield from self._programme(part, depth + 1)

    def _indicators(
        self, planned: Iterable[PlannedAims], depth: int
    ) -> Iterator[RenstraRow]:
        for one in planned:
            meaning = one.meaning or self.meanings.get(one.row.indicator_id)
            aims = tuple(one.aims.get(str(year)) for year in self.years)
            name = meaning.name if meaning else one.code
            yield RenstraRow(
                INDICATOR, depth, one.code, name, aims=aims, meaning=meaning
            )
