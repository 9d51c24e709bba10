"""What follows from an act in a case: which steps open, wait, or are done again.

Pure functions over a plan. The engine keeps a `Position` for each case and asks
here; people, time limits and counting of returns are its own business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .flow import walk
from .plan import Plan, Return, Step


class MoveError(ValueError):
    """The plan does not allow this act from this position."""


@dataclass(frozen=True, order=True)
class Arrival:
    """A branch has reached a join: `source` closed, and `join` waits for the others."""

    join: str
    source: str


@dataclass(frozen=True)
class Position:
    """Where a case stands. It has ended when nothing is open."""

    open: frozenset[str]
    arrived: frozenset[Arrival] = frozenset()


def first(plan: Plan) -> str:
    """Return the step with which every case begins."""
    return next(step.id for step in plan.steps if step.kind == "mulai")


def after(plan: Plan, step: str, outcome: str | None = None) -> tuple[str, ...]:
    """Return the steps that follow when `step` closes, with its outcome if it decides.

    All of them follow (a parallel split has several, a last step none); whether one
    that is a join opens already is answered by `close`.
    """
    here = _step(plan, step)
    if not here.outcomes and outcome is None:
        return here.next
    chosen = tuple(branch.to for branch in here.outcomes if branch.name == outcome)
    if not chosen:
        raise MoveError(f"step {step} has no outcome {outcome!r}")
    return chosen


def may_return(plan: Plan, step: str) -> tuple[Return, ...]:
    """Return the rights to give work back from a step; empty when there are none."""
    return _step(plan, step).returns


def start(plan: Plan) -> Position:
    """Return the position of a case that has just begun."""
    return Position(frozenset({first(plan)}))


def close(
    plan: Plan, position: Position, step: str, outcome: str | None = None
) -> Position:
    """Close an open step and open what follows; a join opens with its last branch."""
    followers = after(plan, step, outcome)
    now = Position(position.open - {_opened(position, step)}, position.arrived)
    for target in followers:
        now = _arrive(plan, now, Arrival(target, step))
    return now


def give_back(plan: Plan, position: Position, step: str, to: str) -> Position:
    """Give the work of an open step back to an earlier one, as `may_return` allows.

    Only the way from there is done again. A return that leaves a parallel block takes
    its other branches back as well; one into a branch leaves the others done.
    """
    if to not in {right.to for right in may_return(plan, step)}:
        raise MoveError(f"step {step} may not return to {to}")
    taken_back = {_opened(position, step)}
    done: set[Arrival] = set()
    for block in plan.blocks:
        of_target = [branch for branch in block.branches if to in branch.members]
        members = {step for branch in block.branches for step in branch.members}
        if step in members and not of_target:
            taken_back |= members | {block.split}
        if of_target and step not in members and block.join:
            others = (branch for branch in block.branches if branch not in of_target)
            done |= {Arrival(block.join, s) for b in others for s in b.arrivals}
    kept = {arrival for arrival in position.arrived if arrival.source not in taken_back}
    return Position(position.open - taken_back | {to}, frozenset(kept | done))


def ahead(plan: Plan, open_steps: Iterable[str]) -> frozenset[str]:
    """Return the steps that can still come, or come again, when these are open.

    They lie on the way onward; a jump back lies there only once it is taken. What is
    not among them, not open and not done, has been passed by.
    """
    onward = _onward(plan)
    followers = [to for step in open_steps for to in onward[step]]
    return frozenset(walk(onward, followers))


@lru_cache(maxsize=64)
def _onward(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the arrows without those that jump back.

    An arrow jumps back when every way to its source has passed its target before.
    """
    arrows = {
        s.id: tuple(dict.fromkeys((*s.next, *(branch.to for branch in s.outcomes))))
        for s in plan.steps
    }
    begin = first(plan)
    without = {
        step: walk(arrows, [begin], short_of=frozenset({step})) for step in arrows
    }
    return {
        source: tuple(to for to in targets if source in without[to])
        for source, targets in arrows.items()
    }


def _arrive(plan: Plan, position: Position, arrival: Arrival) -> Position:
    """Open the arrival's target, unless it is a join that still misses a branch."""
    arrived = position.arrived | {arrival}
    here = {a.source for a in arrived if a.join == arrival.join}
    awaited = [
        branch
        for block in plan.blocks
        if block.join == arrival.join
        and any(here & set(branch.arrivals) for branch in block.branches)
        for branch in block.branches
    ]
    if not all(here & set(branch.arrivals) for branch in awaited):
        return Position(position.open, arrived)
    waiting = frozenset(a for a in arrived if a.join != arrival.join)
    return Position(position.open | {arrival.join}, waiting)


def _opened(position: Position, step: str) -> str:
    if step not in position.open:
        raise MoveError(f"step {step} is not open")
    return step


def _step(plan: Plan, step: str) -> Step:
    try:
        return plan.step(step)
    except KeyError:
        raise MoveError(f"the plan has no step {step}") from None
