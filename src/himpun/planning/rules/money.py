"""Budget and spending: whole rupiah, per sub-activity, added up to the programmes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun import formula
from himpun.organization.rules import PositionKind
from himpun.shared.refusals import Refusal
from himpun.wording import say

from .keeping import refuse_year
from .planners import PLANNERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from himpun.wording import Sentence
    from himpun.worktime.periods import Period

MOST = 10**15
"""Rupiah in one row; above it is a slip, and sums of many rows stay within 64 bits."""


class Stage(StrEnum):
    """Whether a plan or budget is the first one of its time or its change."""

    ORIGINAL = "murni"
    CHANGED = "perubahan"


class Money(StrEnum):
    """What is keyed of a budget."""

    BUDGET = "pagu"
    SPENDING = "realisasi"


KEEPERS = {
    Money.BUDGET: PLANNERS,
    Money.SPENDING: frozenset({PositionKind.TREASURER}),
}
"""Who keys what at an office. The administrator of the kabupaten may as well, as in all
of the plan, to bring in the figures of former years."""


@dataclass(frozen=True)
class BudgetLine:
    """The pagu of a year as a DPA prints it; ``amount`` in rupiah, None takes it away.

    ``since`` is the day from which it holds: of a pagu perubahan it has to be said.
    """

    year: int
    amount: Decimal | None
    stage: Stage = Stage.ORIGINAL
    since: date | None = None
    origin: str = ""


def whole_rupiah(amount: Decimal) -> int:
    """Return an amount as whole rupiah; raises Refusal for sen, less than 0, too much."""
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise Refusal(
            say("Tulis rupiah penuh tanpa sen, misalnya 2.500.000."), field="amount"
        )
    if not 0 <= amount < MOST:
        raise Refusal(
            say("Jumlah paling sedikit Rp0 dan kurang dari seribu triliun rupiah."),
            field="amount",
        )
    return int(amount)


def say_rupiah(amount: int) -> str:
    """Write an amount as papers do: "Rp2.500.000"."""
    return f"Rp{formula.say_number(Decimal(amount), 0)}"


_GROUPED = re.compile(
    r"(?:rp\.?\s*)?([0-9]{1,3}(?:\.[0-9]{3})+)(?:,(?:0{1,2}|-))?", re.IGNORECASE
)
"""Dots can only group here, for there are no sen: 2.500 is two thousand five hundred."""


def read_rupiah(text: str) -> int | None:
    """Return the amount that a person typed or pasted, None for an empty text.

    Read: ``2500000`` ``2.500.000`` ``Rp2.500.000,00``. Raises Refusal for anything else,
    with what may have been meant.
    """
    body = text.strip()
    if not body:
        return None
    if found := _GROUPED.fullmatch(body):
        return whole_rupiah(Decimal(found[1].replace(".", "")))
    try:
        return whole_rupiah(formula.read_number(body, decimals=0))
    except formula.NumberProblem as problem:
        raise Refusal(str(problem), field="amount") from None


def write_rupiah(amount: int | None) -> str:
    """Return an amount as a cell shows it, "2.500.000"; `read_rupiah` reads it again."""
    return "" if amount is None else formula.say_number(Decimal(amount), 0)


def settle_since(year: int, stage: Stage, since: date | None) -> date:
    """Return from which day a budget holds; the first one from 1 January on.

    Raises Refusal for a change without its day, and for a day outside the year.
    """
    refuse_year(year)
    if since is None and stage is Stage.ORIGINAL:
        return date(year, 1, 1)
    if since is None or since.year != year:
        raise Refusal(
            say("Isi tanggal berlakunya pagu, di dalam tahun %(year)s."),
            field="since",
            year=year,
        )
    return since


def refuse_overlap(period: Period, known: Iterable[Period]) -> None:
    """Refuse spending of a period that lies in one that is recorded, or holds one.

    Otherwise the same rupiah would be counted twice. Raises Refusal.
    """
    for other in known:
        if other.kind is period.kind:
            continue
        if other.start <= period.end and period.start <= other.end:
            raise Refusal(
                say(
                    "Realisasi %(other)s sudah dicatat, jadi %(period)s akan terhitung "
                    "dua kali. Catat per %(kind)s, seperti yang sudah ada."
                ),
                field="period",
                other=other.label,
                period=period.label,
                kind=other.kind.value,
            )


def in_force_on(budgets: Mapping[Stage, tuple[date, int]], day: date) -> int | None:
    """Return the budget that holds on a day, None where none does yet."""
    for stage in (Stage.CHANGED, Stage.ORIGINAL):
        since, amount = budgets.get(stage, (date.max, 0))
        if since <= day:
            return amount
    return None


@dataclass(frozen=True)
class Absorbed:
    """Budget and what was spent of it, in rupiah; None where nobody keyed it.

    ``counted`` of ``total`` rows have spending where parts were added up. ``complete``:
    whatever has a budget has spending, and of all the time until then.
    """

    budget: int | None = None
    spent: int | None = None
    counted: int = 0
    total: int = 0
    doubts: tuple[Sentence, ...] = field(default=())
    complete: bool = False

    @property
    def percent(self) -> Decimal | None:
        """Serapan in percent, unrounded; None without both, and for a budget of 0."""
        return formula.absorption(_number(self.spent), _number(self.budget))


@dataclass(frozen=True)
class Line:
    """A programme, activity or sub-activity with what was keyed for it itself.

    ``throughout``: the spending is of all months until then, not of the first ones alone.
    """

    programme: int
    parent: int | None
    name: str
    budget: int | None = None
    spent: int | None = None
    throughout: bool = False


def add_up(lines: Sequence[Line]) -> dict[int, Absorbed]:
    """Return budget and spending of each line, its parts added up where it has none.

    What was keyed for a line itself stands; where its parts make another sum, that is a
    doubt of the line. Nothing is added twice.
    """
    parts: dict[int | None, list[Line]] = {}
    for line in lines:
        parts.setdefault(line.parent, []).append(line)
    found: dict[int, Absorbed] = {}
    for line in _deepest_first(lines):
        below = [found[part.programme] for part in parts.get(line.programme, [])]
        found[line.programme] = _with_parts(line, below)
    return found


def total_of(parts: Collection[Absorbed]) -> Absorbed:
    """Return the sum of several; None stays None where no part has anything."""
    told = [part for part in parts if part.budget or part.spent is not None]
    return Absorbed(
        _sum(part.budget for part in parts),
        _sum(part.spent for part in parts),
        sum(part.counted for part in parts),
        sum(part.total for part in parts),
        complete=bool(told) and all(part.complete for part in told),
    )


def _deepest_first(lines: Sequence[Line]) -> list[Line]:
    parent = {line.programme: line.parent for line in lines}

    def depth(line: Line) -> int:
        above, steps = line.parent, 0
        while above is not None:
            above, steps = parent.get(above), steps + 1
        return steps

    return sorted(lines, key=depth, reverse=True)


def _with_parts(line: Line, below: list[Absorbed]) -> Absorbed:
    added = total_of(below)
    own = Absorbed(line.budget, line.spent, int(line.spent is not None), 1)
    whole = Absorbed(
        line.budget if line.budget is not None else added.budget,
        line.spent if line.spent is not None else added.spent,
        *((added.counted, added.total) if below else (own.counted, own.total)),
        complete=added.complete if line.spent is None else line.throughout,
    )
    return replace(whole, doubts=tuple(_doubts(line, whole, added)))


def _doubts(line: Line, whole: Absorbed, added: Absorbed) -> list[Sentence]:
    found = [
        say(
            "%(what)s %(name)s %(own)s, sedangkan jumlah bagiannya %(parts)s. Periksa "
            "bagian yang kurang atau terhitung dua kali.",
            what=what.value,
            name=line.name,
            own=say_rupiah(own),
            parts=say_rupiah(parts),
        )
        for what, own, parts in (
            (Money.BUDGET, line.budget, added.budget),
            (Money.SPENDING, line.spent, added.spent),
        )
        if own is not None and parts is not None and own != parts
    ]
    if doubt := overspent(line.name, whole.spent, whole.budget):
        found.append(doubt)
    return found


def overspent(name: str, spent: int | None, budget: int | None) -> Sentence | None:
    """Return the doubt of more spent than there was budget; None where it fits."""
    if not spent or spent <= (budget or 0):
        return None
    if budget is None:
        return say(
            "Realisasi %(name)s %(spent)s tanpa pagu. Isi pagunya, atau periksa barisnya.",
            name=name,
            spent=say_rupiah(spent),
        )
    return say(
        "Realisasi %(name)s %(spent)s melebihi pagu %(budget)s. Periksa angkanya, atau "
        "isi pagu perubahan.",
        name=name,
        spent=say_rupiah(spent),
        budget=say_rupiah(budget),
    )


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _number(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
