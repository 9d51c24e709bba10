"""Changing one part of a Renstra that is written: a tujuan, a sasaran, a programme.

A document is handed in whole (docs/decisions/0026); each function here takes it whole and
returns it whole, with one part added, changed, moved or taken away.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, TypeVar

from himpun.shared.refusals import Refusal
from himpun.wording import say

from .definition import seal_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .tree import GoalPlan, OutcomePlan, ProgrammePlan, RenstraPlan

Part = TypeVar("Part")


def plan_seal(plan: RenstraPlan) -> str:
    """Return what a form carries of the document that it showed: other text, other seal."""
    return seal_of([json.dumps(asdict(plan), sort_keys=True)])


def hung(plan: RenstraPlan, programmes: Mapping[int, str]) -> dict[str, str]:
    """Return where each indicator hangs, in words, by its code.

    ``programmes`` are names by id.
    """
    found: dict[str, str] = {}
    for goal in plan.goals:
        at: str = say("Tujuan %(code)s", code=goal.code)
        found |= dict.fromkeys(goal.indicators, at)
        for outcome in goal.outcomes:
            at = say("Sasaran %(code)s", code=outcome.code)
            found |= dict.fromkeys(outcome.indicators, at)
    for planned in plan.programmes:
        name = programmes[planned.programme]
        found |= dict.fromkeys(planned.indicators, name)
    return found


def with_goal(plan: RenstraPlan, was: str, goal: GoalPlan, place: int) -> RenstraPlan:
    """Return the plan with a tujuan at a place (1 is the first), in place of ``was``.

    Its sasaran are those of ``was``; one that is not there is added. Indicators that
    hung elsewhere are moved here.
    """
    plan = _released(plan, goal.indicators)
    stood = next((one for one in plan.goals if one.code == was), None)
    goal = replace(goal, outcomes=stood.outcomes if stood else ())
    rest = [one for one in plan.goals if one is not stood]
    return replace(plan, goals=_placed(rest, goal, place))


def without_goal(plan: RenstraPlan, code: str) -> RenstraPlan:
    """Return the plan without a tujuan; raises Refusal while sasaran are below it."""
    if any(goal.outcomes for goal in plan.goals if goal.code == code):
        raise Refusal(
            say(
                "Tujuan %(code)s masih mempunyai sasaran. Pindahkan atau hapus "
                "sasarannya lebih dahulu."
            ),
            code=code,
        )
    return replace(plan, goals=tuple(g for g in plan.goals if g.code != code))


def with_outcome(
    plan: RenstraPlan, was: str, outcome: OutcomePlan, *, goal: str, place: int
) -> RenstraPlan:
    """Return the plan with a sasaran at a place of a tujuan, in place of ``was``.

    The programmes of ``was`` serve it under its new code; indicators that hung elsewhere
    are moved here.
    """
    plan = _released(plan, outcome.indicators)
    goals = []
    for one in plan.goals:
        rest = [o for o in one.outcomes if o.code != was]
        outcomes = _placed(rest, outcome, place) if one.code == goal else tuple(rest)
        goals.append(replace(one, outcomes=outcomes))
    programmes = [
        replace(p, outcome=outcome.code) if was and p.outcome == was else p
        for p in plan.programmes
    ]
    return replace(plan, goals=tuple(goals), programmes=tuple(programmes))


def without_outcome(plan: RenstraPlan, code: str) -> RenstraPlan:
    """Return the plan without a sasaran; raises Refusal while programmes serve it."""
    if any(planned.outcome == code for planned in plan.programmes):
        raise Refusal(
            say(
                "Sasaran %(code)s masih didukung program. Pilih sasaran lain untuk "
                "programnya lebih dahulu."
            ),
            code=code,
        )
    goals = [
        replace(goal, outcomes=tuple(o for o in goal.outcomes if o.code != code))
        for goal in plan.goals
    ]
    return replace(plan, goals=tuple(goals))


def with_programme(
    plan: RenstraPlan, was: int, planned: ProgrammePlan, place: int
) -> RenstraPlan:
    """Return the plan with a programme at a place, in place of ``was`` (its id)."""
    plan = _released(plan, planned.indicators)
    rest = [one for one in plan.programmes if one.programme != was]
    return replace(plan, programmes=_placed(rest, planned, place))


def without_programme(plan: RenstraPlan, programme: int) -> RenstraPlan:
    """Return the plan without a programme (its id)."""
    rest = tuple(one for one in plan.programmes if one.programme != programme)
    return replace(plan, programmes=rest)


def _placed(rest: Sequence[Part], part: Part, place: int) -> tuple[Part, ...]:
    before = max(place - 1, 0)
    return (*rest[:before], part, *rest[before:])


def _released(plan: RenstraPlan, codes: Collection[str]) -> RenstraPlan:
    """Return the plan with these indicators hanging nowhere."""

    def left(own: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(code for code in own if code not in codes)

    goals = [
        replace(
            goal,
            indicators=left(goal.indicators),
            outcomes=tuple(
                replace(o, indicators=left(o.indicators)) for o in goal.outcomes
            ),
        )
        for goal in plan.goals
    ]
    programmes = [replace(p, indicators=left(p.indicators)) for p in plan.programmes]
    return replace(plan, goals=tuple(goals), programmes=tuple(programmes))
