"""Which positions an actor of the SOP is: who works a step, verifies, signs, excuses."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.sop.kinds import Work

from .. import rules
from ..models import ActorBinding
from ..rules import Part
from .running import kinds_of, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.organization.models import Person
    from himpun.sop.plan import Plan

    from ..models import Case


def positions_of_actor(version: int, actor: str) -> list[int]:
    """Return the positions that an actor of the SOP is bound to."""
    rows = ActorBinding.objects.filter(version=version, actor=actor)
    return list(rows.values_list("position", flat=True))


def positions_by_actor(version: int) -> dict[str, list[int]]:
    """Return the positions of every actor of the SOP, none for an unknown one."""
    rows = ActorBinding.objects.filter(version=version)
    found: dict[str, list[int]] = defaultdict(list)
    for actor, position in rows.values_list("actor", "position"):
        found[actor].append(position)
    return found


def working_actors(case: Case, step: str) -> list[str]:
    """Return the actors that do the work of a step.

    The responsible one and those who may do it in his stead or with him (`salah-satu`,
    `bersama`).
    """
    row = plan_of(case).step(step)
    others = [o.actor for o in row.co_actors if Part(o.way) in rules.ALONGSIDE]
    return [row.responsible, *others]


def work_positions(case: Case, step: str) -> list[int]:
    """Return the positions that do the work of a step (`working_actors`)."""
    return [
        position
        for actor in working_actors(case, step)
        for position in positions_of_actor(case.version_id, actor)
    ]


def verifying_step(case: Case) -> str | None:
    """Return the step during which values are verified one by one, if any."""
    return next((s.id for s in plan_of(case).steps if s.verifier), None)


def verifying_actors(case: Case) -> list[str]:
    """Return the actor that verifies values; empty when the SOP names nobody."""
    return [s.verifier for s in plan_of(case).steps if s.verifier][:1]


def verifier_positions(case: Case) -> list[int]:
    """Return the positions that verify values; empty when the SOP names nobody."""
    actors = verifying_actors(case)
    return positions_of_actor(case.version_id, actors[0]) if actors else []


def signing_steps(plan: Plan) -> list[str]:
    """Return the steps whose actor signs what they bring forth, in any SOP."""
    signers = {artefact.id: artefact.signed_by for artefact in plan.artefacts}
    return [
        step.id
        for step in plan.steps
        if any(signers[name] == step.responsible for name in step.outputs)
    ]


def signing_step(case: Case) -> str | None:
    """Return the first step in which a paper is signed, if any."""
    steps = plan_of(case).steps
    return next((s.id for s in steps if Work.SIGNATURE in kinds_of(case, s.id)), None)


def signing_actors(case: Case) -> list[str]:
    """Return the actor that signs in this case; empty when nothing is signed."""
    step = signing_step(case)
    return [plan_of(case).step(step).responsible] if step else []


def signer_positions(case: Case) -> list[int]:
    """Return the positions that sign in this case."""
    actors = signing_actors(case)
    return positions_of_actor(case.version_id, actors[0]) if actors else []


def may_waive(person: Person, case: Case, step: str, at: datetime) -> list[int]:
    """Return the positions by which a person may excuse what a step still lacks.

    The co-actors of the step and the head of the office; empty for everybody else.
    """
    allowed = {
        position
        for other in plan_of(case).step(step).co_actors
        for position in positions_of_actor(case.version_id, other.actor)
    }
    heads = Position.objects.filter(unit__office=case.unit, kind=PositionKind.HEAD)
    allowed |= set(heads.values_list("pk", flat=True))
    held = organization.positions_of(person, organization.local_day(at, case.unit))
    return [position for position in held if position in allowed]


def people_of_actor(version: int, actor: str, at: datetime) -> Iterable[int]:
    """Return the ids of the people who may act as an actor today."""
    day = organization.local_day(at)
    positions = positions_of_actor(version, actor)
    return [t.person for t in organization.holders_of(positions, day)]
