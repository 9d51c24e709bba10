"""Setting the targets of a year at once: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.shared.refusals import Refusal, say

from ..models import Indicator, Target
from . import desk
from .dimensions import split_target
from .targets import set_target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.organization.models import Person, Unit
    from himpun.worktime.periods import Period

    from ..models import Category
    from ..rules import Aim, AimKind, Printed


@dataclass(frozen=True)
class Plan:
    """What is to be set for a period: its target, its parts; None: left as it stands.

    ``key`` is the field that a refusal belongs to; ``stood`` the target, with its parts,
    that the new one was made from.
    """

    indicator: Indicator
    key: str
    kind: AimKind
    period: Period
    printed: Printed | None
    parts: tuple[tuple[Unit | Category, Aim], ...] | None
    stood: Target | None


@transaction.atomic
def set_plan(
    plans: Sequence[Plan],
    *,
    origin: str,
    by: Person,
    at: datetime,
) -> int:
    """Set targets and their parts; returns how many periods were changed.

    Raises Refusal, with the field of its period, as `set_target` and `split_target` do,
    for parts of a target that is not there, and for one that somebody changed since it
    was read; nothing is written then.
    """
    for unit in {
        plan.indicator.unit_id: plan.indicator.unit for plan in plans
    }.values():
        desk.planning(unit, by, at)
    for plan in plans:
        try:
            _refuse_moved(plan)
            _set(plan, origin, by, at)
        except Refusal as refusal:
            raise Refusal(refusal.sentence, field=plan.key) from refusal
    return len(plans)


def _set(plan: Plan, origin: str, by: Person, at: datetime) -> None:
    if plan.printed is not None:
        set_target(
            plan.indicator,
            plan.period,
            plan.printed.aim,
            kind=plan.kind,
            out_of=plan.printed.out_of,
            origin=origin,
            by=by,
            at=at,
        )
    if plan.parts is None:
        return
    target = _standing(plan)
    if target is None:
        raise Refusal(say("Isi targetnya lebih dahulu, lalu bagian-bagiannya."))
    split_target(target, plan.parts, by=by, at=at)


def _standing(plan: Plan) -> Target | None:
    return Target.objects.filter(
        indicator=plan.indicator, kind=plan.kind, period_code=plan.period.code
    ).first()


def _refuse_moved(plan: Plan) -> None:
    """Refuse what was made from a target that is another one by now."""
    if _said(_standing(plan)) != _said(plan.stood):
        raise Refusal(
            say(
                "Target ini baru saja diubah orang lain. Periksa angkanya, lalu simpan "
                "lagi."
            )
        )


def _said(target: Target | None) -> tuple[Any, ...] | None:
    """Return what a target and its parts say."""
    if target is None:
        return None
    parts = {(row.unit_id, row.category_id, row.aim) for row in target.parts.all()}
    return target.aim, target.numerator, target.denominator, target.counted, parts
