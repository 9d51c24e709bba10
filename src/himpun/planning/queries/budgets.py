"""Reading the money of a year as one sheet: row by row, with sums that add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q

from himpun.worktime.periods import Period, PeriodKind, read_period

from .. import rules
from ..models import Budget, Programme, Spending
from ..rules import Absorbed, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from himpun.organization.models import Unit

Place = Stage | Period
"""Where an amount stands: a stage of the pagu, or a period of what was spent."""
Own = Mapping[Place, int]
"""What was keyed for one row itself."""


@dataclass(frozen=True)
class MoneyLine:
    """A programme, activity or sub-activity in a year.

    ``own`` is what was keyed for it itself. ``original`` is the first pagu, ``money``
    pagu in force at the year's end and all that was spent, ``spent`` by period: the sums
    of the parts where nothing was keyed for the row itself.
    """

    programme: Programme
    depth: int
    parts: bool
    own: Own
    original: int | None
    money: Absorbed
    spent: tuple[int | None, ...]

    @property
    def open(self) -> bool:
        """Whether amounts are keyed here: a row without parts, or with an own figure."""
        return not self.parts or bool(self.own)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.original or self.money.budget or self.money.spent)

    @property
    def left(self) -> int | None:
        """What is left of the pagu, None without one."""
        budget = self.money.budget
        return None if budget is None else budget - (self.money.spent or 0)


@dataclass(frozen=True)
class MoneySheet:
    """The budget of an office in a year, ``periods`` being those that are shown.

    ``since`` is from when the changed pagu holds; ``origins`` by `rules.Money`.
    """

    year: int
    periods: tuple[Period, ...]
    lines: tuple[MoneyLine, ...]
    total: MoneyLine | None
    since: date | None
    origins: Mapping[rules.Money, str]

    @property
    def kind(self) -> PeriodKind:
        """The length of the periods."""
        return self.periods[0].kind

    @property
    def changed(self) -> bool:
        """Whether any row has a changed pagu."""
        return any(Stage.CHANGED in line.own for line in self.lines)

    @property
    def shown(self) -> list[MoneyLine]:
        """The rows that have money in the year."""
        return [line for line in self.lines if not line.empty]

    @property
    def unspent(self) -> int:
        """How many rows have a pagu of their own and nothing was keyed as spent."""
        rows = (line.money for line in self.lines if not line.parts)
        return sum(1 for money in rows if money.budget and money.spent is None)

    @property
    def sources(self) -> list[str]:
        """Which documents its figures come from, each once."""
        return list(dict.fromkeys(filter(None, self.origins.values())))

    @property
    def doubts(self) -> int:
        """How many doubts stand at its rows."""
        return sum(len(line.money.doubts) for line in self.lines)

    def with_typed(self, typed: Mapping[tuple[int, Place], int | None]) -> MoneySheet:
        """Return the sheet as it would be with these amounts; None takes one away."""
        rows = [line.programme for line in self.lines]
        keyed = {line.programme.pk: dict(line.own) for line in self.lines}
        for (pk, place), amount in typed.items():
            if amount is None:
                keyed[pk].pop(place, None)
            else:
                keyed[pk][place] = amount
        lines, total = _lines(rows, keyed, self.periods)
        return replace(self, lines=lines, total=total)


def money_sheet(
    office: Unit | int, year: int, kind: PeriodKind | None = None
) -> MoneySheet:
    """Return the money of a year, three queries; by default in the periods that most
    amounts were recorded in, quarters where there is none.
    """
    rows = list(Programme.objects.filter(unit=office))
    budgets = list(Budget.objects.filter(programme__unit=office, year=year))
    spending = list(
        Spending.objects.filter(
            Q(period_code=str(year)) | Q(period_code__startswith=f"{year}-"),
            programme__unit=office,
        )
    )
    keyed: dict[int, dict[Place, int]] = {row.pk: {} for row in rows}
    for budget in budgets:
        keyed[budget.programme_id][Stage(budget.stage)] = budget.amount
    for spent in spending:
        keyed[spent.programme_id][read_period(spent.period_code)] = spent.amount
    if kind is None:
        kinds = Counter(read_period(row.period_code).kind for row in spending)
        [(kind, _many)] = kinds.most_common(1) or [(PeriodKind.QUARTER, 0)]
    periods = Period(PeriodKind.YEAR, year).within(kind)
    lines, total = _lines(_in_order(rows), keyed, periods)
    days = [row.since for row in budgets if row.stage == Stage.CHANGED]
    return MoneySheet(
        year,
        periods,
        lines,
        total,
        max(days, default=None),
        {
            rules.Money.BUDGET: _usual(row.origin for row in budgets),
            rules.Money.SPENDING: _usual(row.origin for row in spending),
        },
    )


def money_years(office: Unit | int) -> set[int]:
    """Return the years for which an office has a pagu."""
    rows = Budget.objects.filter(programme__unit=office)
    return set(rows.values_list("year", flat=True).distinct())


def _usual(origins: Iterable[str]) -> str:
    return next((name for name, _many in Counter(origins).most_common(1)), "")


def _in_order(rows: list[Programme]) -> list[Programme]:
    """Return each row before its parts."""
    parts: dict[int | None, list[Programme]] = {}
    for row in rows:
        parts.setdefault(row.parent_id, []).append(row)
    found, waiting = [], parts.get(None, [])[::-1]
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting += parts.get(row.pk, [])[::-1]
    return found


def _lines(
    rows: list[Programme],
    keyed: Mapping[int, Own],
    periods: tuple[Period, ...],
) -> tuple[tuple[MoneyLine, ...], MoneyLine | None]:
    """Return the lines of rows that stand in order, and what they come to."""
    first = _added(
        rows, {pk: (own.get(Stage.ORIGINAL), None) for pk, own in keyed.items()}
    )
    whole = _added(
        rows, {pk: (_in_force(own), _spent(own)) for pk, own in keyed.items()}
    )
    by_period = [
        _added(rows, {pk: (None, _spent(own, one)) for pk, own in keyed.items()})
        for one in periods
    ]
    with_parts = {row.parent_id for row in rows}
    depth: dict[int | None, int] = {None: -1}
    lines = []
    for row in rows:
        depth[row.pk] = depth[row.parent_id] + 1
        lines.append(
            MoneyLine(
                row,
                depth[row.pk],
                row.pk in with_parts,
                keyed[row.pk],
                first[row.pk].budget,
                whole[row.pk],
                tuple(one[row.pk].spent for one in by_period),
            )
        )
    tops = [row.pk for row in rows if row.parent_id is None]
    if not tops:
        return (), None
    total = MoneyLine(
        rows[0],
        0,
        parts=True,
        own={},
        original=rules.total_of([first[pk] for pk in tops]).budget,
        money=rules.total_of([whole[pk] for pk in tops]),
        spent=tuple(
            rules.total_of([one[pk] for pk in tops]).spent for one in by_period
        ),
    )
    return tuple(lines), total


def _added(
    rows: list[Programme], amounts: Mapping[int, tuple[int | None, int | None]]
) -> dict[int, Absorbed]:
    """Add up (pagu, spent) of each row, by its id."""
    return rules.add_up(
        [rules.Line(row.pk, row.parent_id, row.name, *amounts[row.pk]) for row in rows]
    )


def _in_force(own: Own) -> int | None:
    return own.get(Stage.CHANGED, own.get(Stage.ORIGINAL))


def _spent(own: Own, within: Period | None = None) -> int | None:
    """Return what was spent, in all or within a period; None where nothing was keyed."""
    found = [
        amount
        for place, amount in own.items()
        if isinstance(place, Period)
        and (
            within is None or (within.start <= place.start and place.end <= within.end)
        )
    ]
    return sum(found) if found else None
