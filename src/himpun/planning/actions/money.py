"""Keying the money of a year at once: all of a sheet, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from himpun.shared.refusals import Refusal, say

from .. import rules
from ..rules import BudgetLine, Change, Money, Stage
from . import desk
from .programmes import keep_programme, write_budget, write_spending

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit
    from himpun.wording import Sentence
    from himpun.worktime.periods import Period

    from ..models import Programme
    from ..rules import ProgrammeLine


@dataclass(frozen=True)
class Amount:
    """An amount to be kept in whole rupiah, None takes it away.

    ``place`` is the stage of the pagu, or the period of what was spent; ``key`` the
    field that a refusal belongs to; ``since`` the day of a changed pagu.
    """

    key: str
    programme: Programme
    place: Stage | Period
    amount: int | None
    since: date | None = None


@transaction.atomic
def keep_money(  # noqa: PLR0913 - a sheet is all of these
    unit: Unit,
    year: int,
    amounts: Sequence[Amount],
    *,
    origin: str,
    by: Person,
    at: datetime,
) -> int:
    """Keep pagu and realisasi of an office's programmes; returns how many changed.

    Raises Refusal for one who may not, and with the amount's key as `set_budget` and
    `record_spending` do; nothing is written then.
    """
    may = {what: desk.keeping(unit, what, by, at) for what in set(map(_what, amounts))}
    changed = 0
    for one in amounts:
        if one.programme.unit_id != unit.pk:
            raise Refusal(say("Program itu bukan program kantor ini."), field=one.key)
        try:
            changed += _keep(one, year, origin, may[_what(one)], at) != Change.UNCHANGED
        except Refusal as refusal:
            field = "since" if refusal.field == "since" else one.key
            raise Refusal(refusal.sentence, field=field) from refusal
    return changed


@transaction.atomic
def keep_programmes(
    unit: Unit, lines: Sequence[ProgrammeLine], *, by: Person, at: datetime
) -> tuple[int, tuple[Sentence, ...]]:
    """Keep a list of programmes with codes, and the wholes that it and the office lack;
    returns how many rows changed, and what is odd.

    Raises Refusal as `keep_programme` does; nothing is written then.
    """
    codes = set(unit.programmes.values_list("code", flat=True))
    whole = rules.with_wholes(lines, codes)
    kept = [keep_programme(unit, line, by=by, at=at) for line in whole]
    changed = sum(one.change is not Change.UNCHANGED for one in kept)
    return changed, tuple(doubt for one in kept for doubt in one.doubts)


def _what(one: Amount) -> Money:
    return Money.BUDGET if isinstance(one.place, Stage) else Money.SPENDING


def _keep(one: Amount, year: int, origin: str, actor: Actor, at: datetime) -> Change:
    amount = None if one.amount is None else Decimal(one.amount)
    if isinstance(one.place, Stage):
        line = BudgetLine(year, amount, one.place, one.since, origin)
        return write_budget(one.programme, line, actor=actor, at=at).change
    return write_spending(
        one.programme, one.place, amount, origin=origin, actor=actor, at=at
    ).change
