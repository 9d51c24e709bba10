"""What an instrument of a year says of indicators and budgets, pinned as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import Period, PeriodKind

from .. import queries, rules
from ..models import Programme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from himpun.organization.models import Unit
    from himpun.wording import Sentence

    from ..models import Indicator, IndicatorVersion
    from ..models.agreements import Funded, Pinned
    from ..rules import Aim


@dataclass(frozen=True)
class Pin:
    """An indicator's meaning and target as they stand, with the sasaran it serves."""

    meaning: IndicatorVersion
    aim: Aim
    outcome: int | None
    serves: str

    @property
    def measures_outcome(self) -> bool:
        """Whether it measures a sasaran, by the Renstra or by its own level."""
        of_itself = self.meaning.indicator.level == rules.Level.OUTCOME
        return of_itself or self.outcome is not None

    def columns(self) -> dict[str, object]:
        """Return the columns of `models.Pinned`."""
        return {
            "meaning": self.meaning,
            "aim": self.aim,
            "outcome_id": self.outcome,
            "serves": self.serves,
        }

    def said(self) -> dict[str, object]:
        """Return it as the ledger has it."""
        return {
            "indicator": self.meaning.indicator_id,
            "version": self.meaning.number,
            "aim": rules.plain(self.aim),
            "outcome": self.outcome,
        }


@dataclass(frozen=True)
class Fund:
    """A programme's name and budget as they stand; None: no budget yet."""

    programme: int
    name: str
    amount: int | None

    def columns(self) -> dict[str, object]:
        """Return the columns of `models.Funded`."""
        return {
            "programme_id": self.programme,
            "name": self.name,
            "amount": self.amount,
        }

    def said(self) -> dict[str, object]:
        """Return it as the ledger has it."""
        return {"programme": self.programme, "amount": self.amount}


def pins_of(unit: Unit, codes: Sequence[str], year: int, day: date) -> list[Pin]:
    """Return what indicators mean and should reach in a year, in their order.

    What they serve is read from the Renstra of ``day``; without one it is what the
    indicator itself says. Raises Refusal for an indicator that is not there, not in
    force, or without target, and for one named twice.
    """
    rules.refuse_repeated(codes, "indicators")
    known = indicators_of(unit, codes)
    ids = [row.pk for row in known.values()]
    meanings = queries.meanings_of(ids)
    aims = queries.targets(ids, [str(year)])
    serving = queries.serving(queries.renstra_in_force(unit, day), ids)
    found = []
    for code in codes:
        row = known[code]
        meaning = meanings.of(row.pk, year)
        promise = aims.get((row.pk, str(year)))
        if meaning is None or promise is None:
            raise _no_target(code, year)
        served = serving.get(row.pk) or queries.Serving(None, row.group)
        found.append(Pin(meaning, promise.aim, served.outcome, served.text))
    return found


def indicators_of(unit: Unit, codes: Iterable[str]) -> dict[str, Indicator]:
    """Return an office's indicators by code; raises Refusal for one that is not there."""
    wanted = list(codes)
    found = {row.code: row for row in unit.indicators.filter(code__in=wanted)}
    for code in wanted:
        if code not in found:
            raise Refusal(
                say("Indikator %(code)s belum didefinisikan. Definisikan dahulu."),
                field="indicators",
                code=code,
            )
    return found


def _no_target(code: str, year: int) -> Refusal:
    return Refusal(
        say(
            "Indikator %(code)s belum mempunyai target tahun %(year)s. Tetapkan dahulu "
            "targetnya."
        ),
        field="indicators",
        code=code,
        year=year,
    )


def funds_of(unit: Unit, programmes: Sequence[int], year: int, day: date) -> list[Fund]:
    """Return the budget of programmes as it stands on a day, in their order.

    Where no pagu was set yet it is the indicative one of the Renstra of that day, else
    None. Raises Refusal for a programme of another office and for one named twice.
    """
    rows = Programme.objects.filter(unit=unit).in_bulk(list(programmes))
    if any(pk not in rows for pk in programmes):
        raise Refusal(
            say("Program itu bukan program kantor ini."),
            field="programmes",
        )
    twice = [pk for pk in rows if programmes.count(pk) > 1]
    rules.refuse_repeated([rows[pk].name for pk in twice * 2], "programmes")
    if not rows:
        return []
    money = queries.serapan(unit, year, day)[unit.pk]
    planned = queries.funding(queries.renstra_in_force(unit, day), year)
    return [
        Fund(
            pk,
            rows[pk].name,
            amount if (amount := money.of(pk).budget) is not None else planned.get(pk),
        )
        for pk in programmes
    ]


def counted_twice(unit: Unit, funds: Iterable[Fund]) -> Sentence | None:
    """Return that a budget stands within another one of these, None if none does."""
    names = {fund.programme: fund.name for fund in funds}
    rows = Programme.objects.filter(unit=unit).values_list("pk", "parent")
    return rules.counted_twice(names, dict(rows)) if len(names) > 1 else None


def day_in(year: int, day: date) -> date:
    """Return the day of a year nearest to a day: what is agreed earlier begins then."""
    whole = Period(PeriodKind.YEAR, year)
    return min(max(day, whole.start), whole.end)


def pins_in(rows: Iterable[Pinned]) -> list[Pin]:
    """Return what rows pinned."""
    return [Pin(row.meaning, row.aim, row.outcome_id, row.serves) for row in rows]


def funds_in(rows: Iterable[Funded]) -> list[Fund]:
    """Return what rows pinned of budgets."""
    return [Fund(row.programme_id, row.name, row.amount) for row in rows]
