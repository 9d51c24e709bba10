"""Where running cases would stand in another version of their SOP, before any moves.

The act asks here too, so that a dry run and the act say the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.shared.refusals import say
from himpun.sop import migration
from himpun.sop.moves import Arrival, Position

from .. import rules
from ..models import ActorBinding, Artefact, Case, Task
from ..rules import CaseState, VersionState
from . import actors, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from himpun.sop.plan import Plan, Step

    from ..models import ProcedureVersion


@dataclass(frozen=True)
class Move:
    """An open step of a case and where it goes; ``to`` is None: nowhere."""

    step: Step
    to: Step | None


@dataclass(frozen=True)
class Outlook:
    """What moving a case to another version would do, or why it may not move.

    ``passed`` are steps that the revision puts before the position; ``rows`` gives the
    parts of each open step by its old id; ``ended`` are the open tasks whose assignment
    to somebody ends, because the new version gives them into other hands.
    """

    case: Case
    moves: tuple[Move, ...]
    passed: tuple[Step, ...]
    position: Position | None
    rows: Mapping[str, rules.MovedRow]
    ended: tuple[Task, ...]
    obstacle: str


Bindings = dict[tuple[int, str], frozenset[int]]
"""By version and actor the positions that the actor is."""


def bindings(versions: Iterable[int]) -> Bindings:
    """Return the positions of the actors of these versions, one query."""
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = ActorBinding.objects.filter(version__in=set(versions))
    for version, actor, position in rows.values_list("version", "actor", "position"):
        found[version, actor].add(position)
    return {key: frozenset(positions) for key, positions in found.items()}


def waiting(to: ProcedureVersion) -> list[Case]:
    """Return the running cases of the SOP's other versions, the newest first."""
    rows = Case.objects.filter(procedure=to.procedure_id, state=CaseState.RUNNING)
    rows = rows.exclude(version=to)
    return list(rows.select_related("procedure", "version", "unit"))


def outlooks(
    cases: Sequence[Case], to: ProcedureVersion, way: migration.Map
) -> list[Outlook]:
    """Return the outlook of cases of one version; three queries for any number."""
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(case__in=cases).order_by("round", "pk"):
        tasks[task.case_id].append(task)
    signed = _signed(cases)
    bound = bindings([to.pk, *(case.version_id for case in cases)])
    return [
        outlook(case, to, way, tasks[case.pk], bound, signed=case.pk in signed)
        for case in cases
    ]


def _signed(cases: Sequence[Case]) -> set[int]:
    """Return the ids of the cases in which anything has been signed, one query."""
    names = {
        artefact.id
        for case in cases
        for artefact in running.plan_of(case).artefacts
        if artefact.signed_by
    }
    rows = Artefact.objects.filter(case__in=cases, artefact__in=names)
    return set(rows.values_list("case", flat=True))


def outlook(  # noqa: PLR0913 - which case, whereto, by which map, what is known of it
    case: Case,
    to: ProcedureVersion,
    way: migration.Map,
    tasks: Iterable[Task],
    bound: Bindings,
    *,
    signed: bool,
) -> Outlook:
    """Return what becomes of a case with these tasks; ``bound`` of both versions."""
    old, new = running.plan_of(case), running.plan_of_version(to)
    here = Position(
        frozenset(case.position["open"]),
        frozenset(Arrival(*pair) for pair in case.position["arrived"]),
    )
    known = {step.id: step for step in new.steps}
    found = tuple(
        Move(step, known.get(way.get(step.id, "")))
        for step in old.steps
        if step.id in here.open
    )
    obstacle = _obstacle(case, to, signed=signed)
    done = list(tasks)
    kept = {step.id for step in old.steps}
    finished = {task.step for task in done} & kept
    there = migration.destination(old, new, here, finished, way)
    rows = _rows(found, done) if there.position else {}
    why = (obstacle, *there.obstacles, *(row.obstacle for row in rows.values()))
    return Outlook(
        case=case,
        moves=found,
        passed=tuple(known[step] for step in there.passed),
        position=there.position,
        rows=rows,
        ended=tuple(
            task
            for move in found
            if move.step.id in rows
            for task in _ended(
                move, rows[move.step.id], done, case=case, to=to, bound=bound
            )
        ),
        obstacle=next(filter(None, why), ""),
    )


def _obstacle(case: Case, to: ProcedureVersion, *, signed: bool) -> str:
    """Return why no case in this state moves to the version at all."""
    if case.procedure_id != to.procedure_id:
        return say("Versi itu milik SOP lain. Pilih versi dari SOP yang sama.")
    if case.version_id == to.pk:
        return say("Kasus ini sudah berjalan menurut versi itu.")
    if to.state != VersionState.ADOPTED:
        return say("Versi SOP ini sudah digantikan. Pilih versi yang berlaku.")
    if signed:
        return say(
            "Kasus ini sudah memuat kertas bertanda tangan dan selesai menurut versi "
            "lamanya."
        )
    return ""


def _rows(found: Iterable[Move], tasks: Sequence[Task]) -> dict[str, rules.MovedRow]:
    """Return by old step what becomes of the parts of its open round."""
    rows = {}
    for move in found:
        own = [task for task in tasks if task.step == move.step.id]
        last = max((task.round for task in own), default=0)
        row = [task for task in own if task.round == last]
        if move.to:
            rows[move.step.id] = rules.moved_row(
                move.to,
                [(task.part, task.actor) for task in row],
                [(task.part, task.actor) for task in row if task.done_at is None],
            )
    return rows


def _ended(  # noqa: PLR0913 - one row, in both versions
    move: Move,
    row: rules.MovedRow,
    tasks: Iterable[Task],
    *,
    case: Case,
    to: ProcedureVersion,
    bound: Bindings,
) -> list[Task]:
    """Return the open tasks of a row whose assignment does not hold in the new version.

    It took the place of certain positions: where the part now is that of others, their
    version decides. A signature is nobody's by assignment.
    """
    given = [
        task
        for task in tasks
        if task.step == move.step.id and task.assignment_id and task.done_at is None
    ]
    signing = actors.signing_steps(running.plan_of_version(to)) if given else []
    nobody: frozenset[int] = frozenset()
    return [
        task
        for task in given
        if (move.to and move.to.id in signing)
        or bound.get((case.version_id, task.actor), nobody).isdisjoint(
            bound.get((to.pk, row.actors.get((task.part, task.actor), "")), nobody)
        )
    ]


def proposed(case: Case, to: ProcedureVersion) -> dict[str, str]:
    """Return the map that is proposed from the case's version to another."""
    return migration.proposal(running.plan_of(case), running.plan_of_version(to))


def clock_changed(old: Plan, new: Plan, move: Move) -> bool:
    """Whether an open step has another *Waktu* in the new version."""
    if move.to is None:
        return False
    before = (move.step.amount, move.step.unit, old.day_meaning)
    return before != (move.to.amount, move.to.unit, new.day_meaning)
