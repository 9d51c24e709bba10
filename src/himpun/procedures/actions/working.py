"""A task is completed, once, and the case goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.shared.refusals import Refusal, say
from himpun.sop import moves
from himpun.sop.kinds import Work

from .. import queries, registry, rules
from ..models import Case, Task
from ..rules import Part
from .cases import follow
from .desk import Incomplete, lock, refuse_done, write_event
from .moving import finish, move_to, position_of
from .pausing import refuse_paused
from .results import produce, send_copies

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person
    from himpun.sop.plan import CoActor


@transaction.atomic
def complete_task(task: Task, *, by: Person, at: datetime, outcome: str = "") -> None:
    """Close a task and open what follows; of several who have to, the last one closes it.

    Exactly one of several people who try at once wins; the others get a Refusal that
    names the winner's role. Raises Incomplete with everything that is missing.
    """
    case = lock(task.case)
    task = Task.objects.select_related("case").get(pk=task.pk)
    refuse_done(task)
    refuse_paused(task)
    hands = queries.hands_of([task], at)[task.pk]
    actor = queries.acting(by, hands, case)
    made = queries.with_mandates(hands, queries.makers([task])[task.pk])
    obstacle = queries.own_work(by, task, made)
    if obstacle:
        raise Refusal(obstacle)
    missing = queries.missing_of(task, at)
    if missing:
        raise Incomplete(missing)
    _check_outcome(case, task, outcome)
    if _awaits_others(task, by=by, actor=actor, at=at):
        return
    if task.part in rules.DOING:
        for kind in registry.kinds(queries.kinds_of(case, task.step)):
            kind.closing(task, by=actor, at=at)
        if queries.takes_files(case, task.step):
            _note_things(task, by=actor, at=at)
        _check_outputs(task)
    _win(task, by=by, actor=actor, at=at, outcome=outcome)
    spared = _spare_others(case, task, at)
    write_event(
        case,
        "task.done",
        by=actor,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "part": task.part,
            "actor": task.actor,
            "round": task.round,
            "outcome": outcome,
            "spared": spared,
        },
    )
    _advance(case, task, by=actor, at=at, outcome=outcome)


def _awaits_others(task: Task, *, by: Person, actor: Actor, at: datetime) -> bool:
    """Note a person's part in what several have to do; tell whether others must still."""
    wanted = queries.people_wanted(task)
    if wanted == 1:
        return False
    _mine, new = task.confirmations.get_or_create(
        person=by, defaults={"role": actor.role, "at": at}
    )
    done = task.confirmations.count()
    if not new:
        raise Refusal(
            say(
                "Bagian Anda sudah tercatat, %(done)s dari %(wanted)s orang. Langkah "
                "ini menunggu orang lain yang memegang jabatan ini."
            ),
            done=done,
            wanted=wanted,
        )
    write_event(
        task.case,
        "task.confirmed",
        by=actor,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "part": task.part,
            "actor": task.actor,
            "round": task.round,
            "done": done,
            "wanted": wanted,
        },
    )
    return done < wanted


def _win(task: Task, *, by: Person, actor: Actor, at: datetime, outcome: str) -> None:
    won = Task.objects.filter(pk=task.pk, done_at__isnull=True).update(
        started_at=task.started_at or at,
        done_at=at,
        done_by=by,
        done_role=actor.role,
        outcome=outcome,
    )
    if not won:
        task.refresh_from_db()
        refuse_done(task)


def _check_outcome(case: Case, task: Task, outcome: str) -> None:
    doing = task.part in rules.DOING
    branches = queries.step_of(task).outcomes if doing else ()
    names = [branch.name for branch in branches]
    if names and outcome not in names:
        raise Refusal(
            say("Pilih hasil langkah ini: %(names)s."), names=", ".join(names)
        )
    if outcome and not names:
        raise Refusal(
            say("Bagian ini tidak mempunyai pilihan hasil. Tutup tugas tanpa memilih.")
        )

    for branch in branches:
        if branch.name == outcome:
            _check_rounds(case, branch.to)


def _check_rounds(case: Case, step: str) -> None:
    cap, made = queries.round_cap(case, step), queries.rounds_of(case, step)
    if cap is not None and made >= cap:
        raise Refusal(
            say(
                "Langkah %(number)s sudah %(made)s putaran, batas menurut setelan "
                "kantor. Pilih hasil lain, atau minta Sekcam menaikkan batas untuk "
                "kasus ini dengan alasan."
            ),
            number=queries.plan_of(case).step(step).number,
            made=made,
        )


def _note_things(task: Task, *, by: Actor, at: datetime) -> None:
    """Note what a step has brought forth that is no file: a key, a repaired room."""
    for artefact in queries.unmade_outputs(task):
        if artefact in queries.things(task):
            produce(task.case, task.step, artefact, by=by, at=at)


def _check_outputs(task: Task) -> None:
    unmade = queries.unmade_outputs(task)
    if unmade:
        plan = queries.plan_of(task.case)
        raise Refusal(
            say("Hasil langkah ini belum ada: %(names)s."),
            names=", ".join(plan.artefact(a).name for a in unmade),
        )


def _spare_others(case: Case, task: Task, at: datetime) -> list[str]:
    """Close what the first of several has made needless; return the actors spared."""
    row = case.tasks.filter(step=task.step, round=task.round)
    if task.part not in rules.DOING or not row.filter(part=Part.EITHER).exists():
        return []
    others = row.filter(part__in=rules.DOING, done_at__isnull=True)
    spared = list(others.values_list("actor", flat=True))
    others.update(done_at=at, outcome=rules.SPARED)
    return spared


def _advance(case: Case, task: Task, *, by: Actor, at: datetime, outcome: str) -> None:
    """Open what follows a closed task: a co-actor, the next steps, or the end."""
    step = queries.step_of(task)
    row = case.tasks.filter(step=task.step, round=task.round)
    if row.filter(done_at__isnull=True).exists():
        return
    taken = set(row.values_list("part", "actor"))
    for other in step.co_actors:
        if (other.way, other.actor) not in taken:
            _open_co_actor(task, other, at)
            return
    if Work.DELIVERY not in queries.kinds_of(case, step.id):
        send_copies(task, by=by, at=at)
    chosen = outcome or _chosen(row)
    plan = queries.plan_of(case)
    position = moves.close(plan, position_of(case), task.step, chosen or None)
    Task.objects.filter(pk=task.pk).update(
        position_before={**case.position, "chosen": chosen}
    )
    move_to(case, position, by=by, at=at, closed=task)
    if not position.open:
        finish(case, by=by, at=at)
        follow(case, at=at)


def _chosen(row: QuerySet[Task]) -> str:
    doing = row.filter(part__in=rules.DOING).filter(done_by__isnull=False)
    done = doing.first()
    return done.outcome if done else ""


def _open_co_actor(task: Task, other: CoActor, at: datetime) -> None:
    """Open a co-actor's part; it shares the row's deadline and clock."""
    earlier = Task.every.filter(
        case=task.case,
        step=task.step,
        round=task.round,
        part=other.way,
        actor=other.actor,
    )
    Task.objects.create(
        case=task.case,
        attempt=earlier.count() + 1,
        opened_by=task,
        step=task.step,
        part=other.way,
        actor=other.actor,
        unit=task.unit,
        round=task.round,
        opened_at=at,
        row_opened_at=task.row_opened_at,
        deadline=task.deadline,
        deadline_firm=task.deadline_firm,
        calendar_version=task.calendar_version,
    )
