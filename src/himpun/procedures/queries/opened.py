"""An open task as the case's page shows it: whose, until when, what may be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from himpun.ledger import queries as ledger
from himpun.wording import say

from .. import rules
from ..models import Assignment, Confirmation, Pause
from ..rules import Part
from . import changing, journey, making, running

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun import worktime
    from himpun.organization.models import Person
    from himpun.sop.plan import Step

    from ..models import Task
    from ..registry import Summary

PARTS = {
    Part.WORK: "",
    Part.PARAF: say("Paraf"),
    Part.ACKNOWLEDGE: say("Mengetahui"),
    Part.TOGETHER: say("Bersama"),
    Part.EITHER: say("Salah satu"),
}


@dataclass(frozen=True)
class Choice:
    """An outcome of a decision, where it leads, and why it cannot be chosen now."""

    name: str
    leads: str
    obstacle: str


@dataclass(frozen=True)
class OpenPause:
    """For whom a row has been waiting since when, why, and how often it waited."""

    since: datetime
    role: str
    waits_for: str
    reason: str
    times: int


@dataclass(frozen=True)
class Assigned:
    """How a task came into other hands than the SOP's."""

    was: str
    by: str
    reason: str


@dataclass(frozen=True)
class OpenTask:
    """An open task with its words, its time, its holders; ``mine``: this person may.

    ``obstacle`` says why a holder may not close it all the same; ``wanted`` counts the
    people who have to take part, ``parts`` the roles that did; ``may_except``: this
    person may let its maker approve it.
    """

    task: Task
    step: Step
    total: int
    summary: Summary
    light: str
    left: str
    holders: list[journey.Holder]
    mine: bool
    targets: list[tuple[str, str]]
    choices: list[Choice]
    obstacle: str
    wanted: int
    parts: list[str]
    mine_done: bool
    may_except: bool
    excepted_reason: str
    pause: OpenPause | None
    may_assign: bool
    assigned: Assigned | None

    @property
    def part(self) -> str:
        """The co-actor's way in words; empty for the work itself."""
        return PARTS[Part(self.task.part)]

    @property
    def nobody(self) -> bool:
        """Whether nobody can be expected to do it today."""
        return all(holder.away for holder in self.holders)

    @property
    def too_few(self) -> bool:
        """Whether fewer people hold the positions than have to take part."""
        return len({holder.person for holder in self.holders}) < self.wanted


def open_tasks(tasks: Sequence[Task], person: Person, at: datetime) -> list[OpenTask]:
    """Return open tasks as pages show them."""
    seated = journey.holders(tasks, at)
    known = journey.calendars(task.case for task in tasks)
    made = making.makers([t for t in tasks if Part(t.part) in rules.APPROVING])
    shared = Confirmation.objects.filter(task__in=tasks)
    texts = ledger.texts(t.excepted_reason for t in tasks)
    pauses = _pauses(tasks)
    mine = changing.assignable(tasks, person, at)
    assigned = _assigned(tasks)
    confirmed: dict[int, list[Confirmation]] = {}
    for row in shared:
        confirmed.setdefault(row.task_id, []).append(row)
    return [
        _open_task(
            task,
            person,
            at,
            seated=seated[task.pk],
            calendar=known.get(task.case.unit_id),
            made=making.with_mandates(seated[task.pk], made.get(task.pk, frozenset())),
            confirmed=confirmed.get(task.pk, []),
            excepted_reason=texts.get(task.excepted_reason, ""),
            pause=pauses.get((task.case_id, task.step, task.round)),
            may_assign=task.pk in mine,
            assigned=assigned.get(task.pk),
        )
        for task in tasks
    ]


def _pauses(tasks: Sequence[Task]) -> dict[tuple[int, str, int], OpenPause]:
    """Return for whom rows wait now; two queries when one waits, none otherwise."""
    waiting = {task.case_id for task in tasks if task.paused_at}
    if not waiting:
        return {}
    rows = list(Pause.objects.filter(case__in=waiting))
    texts = ledger.texts(h for row in rows for h in (row.waits_for, row.reason))
    times = Counter((row.case_id, row.step, row.round) for row in rows)
    return {
        (row.case_id, row.step, row.round): OpenPause(
            since=row.begun_at,
            role=row.begun_role,
            waits_for=texts.get(row.waits_for, ""),
            reason=texts.get(row.reason, ""),
            times=times[row.case_id, row.step, row.round],
        )
        for row in rows
        if row.ended_at is None
    }


def _assigned(tasks: Sequence[Task]) -> dict[int, Assigned]:
    """Return by task how it was reassigned last; two queries at most."""
    ids = {t.assignment_id: t.pk for t in tasks if t.assignment_id}
    rows = Assignment.objects.filter(pk__in=ids) if ids else []
    texts = ledger.texts(row.reason for row in rows) if ids else {}
    return {
        ids[row.pk]: Assigned(row.from_role, row.by_role, texts.get(row.reason, ""))
        for row in rows
    }


def _open_task(  # noqa: PLR0913 - what was gathered for all tasks at once
    task: Task,
    person: Person,
    at: datetime,
    *,
    seated: list[journey.Holder],
    calendar: worktime.Calendar | None,
    made: frozenset[int],
    confirmed: list[Confirmation],
    excepted_reason: str,
    pause: OpenPause | None,
    may_assign: bool,
    assigned: Assigned | None,
) -> OpenTask:
    plan = running.plan_of(task.case)
    step = plan.step(task.step)
    mine = any(holder.person == person.pk for holder in seated)
    return OpenTask(
        task=task,
        step=step,
        total=len(plan.steps),
        summary=running.summary_of(task),
        light=journey.light_of(task, calendar, at),
        left=journey.left(task, calendar, at),
        holders=seated,
        mine=mine,
        targets=return_targets(task) if mine else [],
        choices=_choices(task) if mine else [],
        obstacle=making.own_work(person, task, made) if mine else "",
        wanted=running.people_wanted(task),
        parts=[row.role for row in confirmed],
        mine_done=any(row.person_id == person.pk for row in confirmed),
        may_except=_may_except(task, person, at, seated=seated, made=made),
        excepted_reason=excepted_reason,
        pause=pause,
        may_assign=may_assign,
        assigned=assigned,
    )


def _may_except(
    task: Task,
    person: Person,
    at: datetime,
    *,
    seated: list[journey.Holder],
    made: frozenset[int],
) -> bool:
    """Whether the person may let the only holders approve what they made."""
    holders = frozenset(holder.person for holder in seated)
    needless = rules.exception_obstacle(holders=holders, makers=made)
    if needless or task.excepted_role or person.pk in holders & made:
        return False
    return bool(making.may_decide(person, task.case, at))


def _choices(task: Task) -> list[Choice]:
    """Return the outcomes of a decision with the steps they lead to."""
    if Part(task.part) not in rules.DOING:
        return []
    plan = running.plan_of(task.case)
    found = []
    for branch in plan.step(task.step).outcomes:
        made = running.rounds_of(task.case, branch.to)
        cap = running.round_cap(task.case, branch.to)
        obstacle = ""
        if cap is not None and made >= cap:
            obstacle = _("sudah %(n)s putaran, batas tercapai") % {"n": made}
        found.append(Choice(branch.name, step_words(plan.step(branch.to)), obstacle))
    return found


def return_targets(task: Task) -> list[tuple[str, str]]:
    """Return (step id, words) of the steps to which this task may send the work back."""
    plan = running.plan_of(task.case)
    own = plan.step(task.step)
    if Part(task.part) not in rules.DOING:
        return [(own.id, step_words(own))]
    return [(r.to, step_words(plan.step(r.to))) for r in own.returns]


def step_words(step: Step) -> str:
    """Return "Langkah 2: Menelaah surat"."""
    return _("Langkah %(n)s: %(work)s") % {"n": step.number, "work": step.activity}
