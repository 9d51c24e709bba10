"""Keeping programmes, activities and sub-activities, their budget and spending."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Sum

from himpun.ledger import actions as ledger
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import Budget, Programme, Spending
from ..rules import Change, Kept, Level, Money, Stage
from . import desk

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit
    from himpun.wording import Sentence
    from himpun.worktime.periods import Period

    from ..rules import BudgetLine, ProgrammeLine


@transaction.atomic
def keep_programme(
    unit: Unit, line: ProgrammeLine, *, by: Person, at: datetime
) -> Kept[Programme]:
    """Keep a programme, activity or sub-activity; a known one takes the new name.

    It is known by its code, or without one by its name within its parent. Raises Refusal
    for a misprinted code and for a part whose whole is not there yet.
    """
    actor = desk.planning(unit, by, at)
    settled, parent_code = rules.settle_line(line)
    parent = _parent(unit, settled, parent_code)
    doubt = rules.code_doubt(settled.code, settled.name) if settled.code else None
    doubts = (doubt,) if doubt else ()
    known = {"code": settled.code} if settled.code else _named(settled, parent)
    row = Programme.objects.filter(unit=unit, **known).first()
    if row and (row.name, row.order) == (settled.name, settled.order):
        return Kept(row, Change.UNCHANGED, doubts)
    change = Change.UPDATED if row else Change.CREATED
    row = row or Programme(unit=unit, code=settled.code, parent=parent)
    row.level = (settled.level or Level.PROGRAMME).value
    row.name, row.order = settled.name, settled.order
    desk.fitting([row])
    row.save()
    ledger.record(
        desk.stream_of(unit.pk),
        "programme.kept",
        by=actor,
        at=at,
        data={
            "programme": row.pk,
            "code": row.code,
            "level": row.level,
            "parent": row.parent_id,
            "words": desk.words({"name": row.name}),
        },
    )
    return Kept(row, change, doubts)


def _named(line: ProgrammeLine, parent: Programme | None) -> dict[str, object]:
    return {"code": "", "name": line.name, "parent": parent}


def _parent(unit: Unit, line: ProgrammeLine, code: str) -> Programme | None:
    if line.level is Level.PROGRAMME:
        return None
    own = Programme.objects.filter(unit=unit)
    wanted = {"code": code} if code else {"pk": line.parent or 0}
    row = own.filter(**wanted).first()
    above = rules.WORK[rules.WORK.index(line.level) - 1] if line.level else None
    if row is None or row.level != above:
        raise Refusal(
            say(
                "%(name)s adalah bagian dari %(level)s %(code)s yang belum ada. "
                "Masukkan %(level)s itu dahulu."
            ),
            field="code" if code else "parent",
            name=line.name,
            level=above.value if above else "",
            code=code,
        )
    return row


@transaction.atomic
def set_budget(
    programme: Programme, line: BudgetLine, *, by: Person, at: datetime
) -> Kept[Budget | None]:
    """Set the pagu of a year, murni or perubahan; an older one of the stage is replaced.

    Raises Refusal for an amount that is not whole rupiah and a change without its day.
    """
    actor = desk.keeping(programme.unit, Money.BUDGET, by, at)
    return write_budget(programme, line, actor=actor, at=at)


def write_budget(
    programme: Programme, line: BudgetLine, *, actor: Actor, at: datetime
) -> Kept[Budget | None]:
    """Do what `set_budget` does for one who may; within a transaction."""
    since = rules.settle_since(line.year, line.stage, line.since)
    amount = None if line.amount is None else rules.whole_rupiah(line.amount)
    desk.fitting([Budget(origin=line.origin)])
    key: dict[str, Any] = {
        "programme": programme,
        "year": line.year,
        "stage": line.stage.value,
    }
    old = Budget.objects.filter(**key).first()
    held = (old.amount, old.since, old.origin) if old else (None, since, line.origin)
    if held == (amount, since, line.origin):
        return Kept(old, Change.UNCHANGED)
    row = None
    if amount is None:
        Budget.objects.filter(**key).delete()
    else:
        row, _made = Budget.objects.update_or_create(
            **key, defaults={"amount": amount, "since": since, "origin": line.origin}
        )
    ledger.record(
        desk.stream_of(programme.unit_id),
        "budget.set",
        by=actor,
        at=at,
        data={
            "programme": programme.pk,
            "year": line.year,
            "stage": line.stage.value,
            "since": since.isoformat(),
            "old": old.amount if old else None,
            "new": amount,
            "words": desk.words({"origin": line.origin}),
        },
    )
    return Kept(row, Change.UPDATED if old else Change.CREATED)


@transaction.atomic
def record_spending(  # noqa: PLR0913 - an amount is all of these
    programme: Programme,
    period: Period,
    amount: Decimal | None,
    *,
    origin: str,
    by: Person,
    at: datetime,
) -> Kept[Spending | None]:
    """Record what was spent within a period; an older amount is replaced.

    None takes it away. More than the pagu is doubted. Raises Refusal for anyone but the
    Bendahara, and for a period that overlaps a recorded one of another length.
    """
    actor = desk.keeping(programme.unit, Money.SPENDING, by, at)
    kept = write_spending(programme, period, amount, origin=origin, actor=actor, at=at)
    return replace(kept, doubts=_overspent(programme, period))


def write_spending(  # noqa: PLR0913 - as `record_spending`
    programme: Programme,
    period: Period,
    amount: Decimal | None,
    *,
    origin: str,
    actor: Actor,
    at: datetime,
) -> Kept[Spending | None]:
    """Do what `record_spending` does for one who may; within a transaction.

    Nothing is doubted: a sheet doubts its lines as a whole.
    """
    new = None if amount is None else rules.whole_rupiah(amount)
    desk.fitting([Spending(origin=origin)])
    rules.refuse_overlap(period, queries.spending_periods(programme, period.year))
    key: dict[str, Any] = {"programme": programme, "period_code": period.code}
    old = Spending.objects.filter(**key).first()
    held = (old.amount, old.origin) if old else (None, origin)
    if held == (new, origin):
        return Kept(old, Change.UNCHANGED)
    row = None
    if new is None:
        Spending.objects.filter(**key).delete()
    else:
        row, _made = Spending.objects.update_or_create(
            **key, defaults={"amount": new, "origin": origin}
        )
    ledger.record(
        desk.stream_of(programme.unit_id),
        "spending.recorded",
        by=actor,
        at=at,
        data={
            "programme": programme.pk,
            "period": period.code,
            "old": old.amount if old else None,
            "new": new,
            "words": desk.words({"origin": origin}),
        },
    )
    return Kept(row, Change.UPDATED if old else Change.CREATED)


def _overspent(programme: Programme, period: Period) -> tuple[Sentence, ...]:
    """Return whether this row alone has more spent in the year than its newest pagu."""
    codes = [p.code for p in queries.spending_periods(programme, period.year)]
    rows = Spending.objects.filter(programme=programme, period_code__in=codes)
    spent = rows.aggregate(spent=Sum("amount"))["spent"]
    stages = {
        Stage(stage): amount
        for stage, amount in Budget.objects.filter(
            programme=programme, year=period.year
        ).values_list("stage", "amount")
    }
    budget = stages.get(Stage.CHANGED, stages.get(Stage.ORIGINAL))
    doubt = rules.overspent(programme.name, spent, budget)
    return (doubt,) if doubt else ()
