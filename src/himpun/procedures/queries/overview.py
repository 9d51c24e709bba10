"""What the page of a case shows, gathered with a number of queries that does not grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from himpun.ledger import queries as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.shared.journey import Stage, Stop

from ..rules import CaseState, ItemState, Part
from . import journey, running

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.organization.models import Person, Unit
    from himpun.sop.plan import Step

    from ..models import Artefact, Case, Receipt, Task
    from ..registry import Summary
    from .running import Line

DECIDERS = frozenset({PositionKind.SUBHEAD, PositionKind.SECRETARY, PositionKind.HEAD})
"""Who cancels a case and confirms how an oddity of the SOP is read."""
PARTS = {
    Part.WORK: "",
    Part.PARAF: "Paraf",
    Part.ACKNOWLEDGE: "Mengetahui",
    Part.TOGETHER: "Bersama",
    Part.EITHER: "Salah satu",
}


@dataclass(frozen=True)
class Row:
    """A case in a list: where it stands and how its time is."""

    case: Case
    done: int
    total: int
    now: Stop | None

    @property
    def position(self) -> str:
        """Return "Langkah 3 dari 5"."""
        number = self.now.number if self.now else self.done
        return _("Langkah %(n)s dari %(total)s") % {"n": number, "total": self.total}


def row(case: Case, stops: Sequence[Stop]) -> Row:
    """Return the case as a list shows it."""
    done = sum(stop.stage is Stage.DONE for stop in stops)
    now = next((stop for stop in stops if stop.stage is Stage.NOW), None)
    return Row(case, done, len(stops), now)


@dataclass(frozen=True)
class OpenTask:
    """An open task with its words, its time, its holders; ``mine``: this person may."""

    task: Task
    step: Step
    total: int
    summary: Summary
    light: str
    left: str
    holders: list[journey.Holder]
    mine: bool
    targets: list[tuple[str, str]]

    @property
    def part(self) -> str:
        """The co-actor's way in words; empty for the work itself."""
        return PARTS[Part(self.task.part)]


def open_task(
    task: Task,
    person: Person,
    at: datetime,
    *,
    seated: list[journey.Holder],
    known: journey.Calendars,
) -> OpenTask:
    """Return an open task as pages show it."""
    calendar = known.get(task.case.unit_id)
    plan = running.plan_of(task.case)
    mine = any(holder.person == person.pk for holder in seated)
    return OpenTask(
        task=task,
        step=plan.step(task.step),
        total=len(plan.steps),
        summary=running.summary_of(task),
        light=journey.light_of(task, calendar, at),
        left=journey.left(task, calendar, at),
        holders=seated,
        mine=mine,
        targets=return_targets(task) if mine else [],
    )


def open_tasks(tasks: Sequence[Task], person: Person, at: datetime) -> list[OpenTask]:
    """Return open tasks as pages show them."""
    seated = journey.holders(tasks, at)
    known = journey.calendars(task.case for task in tasks)
    return [
        open_task(task, person, at, seated=seated[task.pk], known=known)
        for task in tasks
    ]


def full_title(task: Task) -> str:
    """Return what a reminder calls the task: its title and the period."""
    return f"{running.summary_of(task).title}, {task.case.period.label}"


def return_targets(task: Task) -> list[tuple[str, str]]:
    """Return (step id, words) of the steps to which this task may send the work back."""
    plan = running.plan_of(task.case)
    own = plan.step(task.step)
    if task.part != Part.WORK:
        return [(own.id, _step_words(own))]
    return [(r.to, _step_words(plan.step(r.to))) for r in own.returns]


def _step_words(step: Step) -> str:
    return _("Langkah %(n)s: %(work)s") % {"n": step.number, "work": step.activity}


@dataclass(frozen=True)
class Output:
    """What a step has to bring forth, and its newest version if it did."""

    id: str
    name: str
    made: Artefact | None


@dataclass(frozen=True)
class Block:
    """A step with its kelengkapan and results, as the case's page shows it."""

    stop: Stop
    lines: list[Line]
    outputs: list[Output]
    upload: Task | None
    may_attach: bool
    may_waive: bool

    @property
    def settled(self) -> int:
        """How many lines are no longer open."""
        return sum(line.state != ItemState.OPEN for line in self.lines)


@dataclass(frozen=True)
class Copy:
    """A copy that was sent; ``mine``: this person may take note of it."""

    receipt: Receipt
    label: str
    mine: bool


@dataclass(frozen=True)
class Cap:
    """A return that has reached the SOP's limit in this case."""

    source: str
    to: str
    words: str
    made: int
    limit: int


def page(case: Case, person: Person, at: datetime) -> dict[str, Any]:
    """Return the context of the case's page."""
    stops = journey.journey(case, at)
    runs = case.state == CaseState.RUNNING
    tasks = open_tasks(journey.open_tasks([case]), person, at) if runs else []
    kinds = kinds_at(person, case.unit, at)
    return {
        "case": case,
        "journey": stops,
        "tasks": tasks,
        "blocks": _blocks(case, stops, tasks, person, at),
        "copies": _copies(case, person, at),
        "caps": _caps(case) if runs else [],
        "may_cancel": runs and bool(kinds & DECIDERS) and not running.is_signed(case),
        "may_raise": PositionKind.SECRETARY in kinds,
        "reason": _cancel_reason(case),
    }


def kinds_at(person: Person, office: Unit, at: datetime) -> set[PositionKind]:
    """Return the kinds of the positions that the person holds at an office today."""
    mine = organization.positions_of(person, organization.local_day(at, office))
    rows = Position.objects.filter(pk__in=mine, unit__office=office)
    return {PositionKind(kind) for kind in rows.values_list("kind", flat=True)}


def _blocks(
    case: Case,
    stops: Sequence[Stop],
    tasks: Sequence[OpenTask],
    person: Person,
    at: datetime,
) -> list[Block]:
    plan = running.plan_of(case)
    names = {artefact.id: artefact.name for artefact in plan.artefacts}
    made = {a.artefact: a for a in case.artefacts.order_by("number")}
    lines = running.checklist(case)
    working = {o.task.step: o for o in tasks if o.task.part == Part.WORK and o.mine}
    blocks = []
    for stop in stops:
        step, own = plan.step(stop.step), [x for x in lines if x.item.step == stop.step]
        open_lines = [x for x in own if x.state == ItemState.OPEN]
        worked = working.get(stop.step)
        blocks.append(
            Block(
                stop=stop,
                lines=own,
                outputs=[Output(a, names[a], made.get(a)) for a in step.outputs],
                upload=worked.task
                if worked and not running.kinds_of(case, stop.step)
                else None,
                may_attach=worked is not None,
                may_waive=bool(open_lines)
                and case.state == CaseState.RUNNING
                and bool(running.may_waive(person, case, stop.step, at)),
            )
        )
    return blocks


def _copies(case: Case, person: Person, at: datetime) -> list[Copy]:
    labels = {actor.id: actor.label for actor in running.plan_of(case).actors}
    mine = set(organization.positions_of(person, organization.local_day(at)))
    return [
        Copy(
            receipt,
            labels[receipt.actor],
            receipt.received_at is None
            and bool(
                mine & set(running.positions_of_actor(case.version_id, receipt.actor))
            ),
        )
        for receipt in running.receipts(case)
    ]


def rights(case: Case) -> set[tuple[str, str]]:
    """Return (from, to) of every return that the case's SOP allows."""
    steps = running.plan_of(case).steps
    return {(step.id, right.to) for step in steps for right in step.returns}


def _caps(case: Case) -> list[Cap]:
    """Return the rights to return that are used up, by the case's own caps."""
    found = []
    plan = running.plan_of(case)
    for step in plan.steps:
        for right in step.returns:
            limit = case.return_caps.get(f"{step.id}>{right.to}", right.limit)
            made = running.returns_made(case, step.id, right.to)
            if limit is not None and made >= limit:
                words = _step_words(plan.step(right.to))
                found.append(Cap(step.id, right.to, words, made, limit))
    return found


def _cancel_reason(case: Case) -> str:
    if not case.cancel_reason:
        return ""
    return ledger.texts([case.cancel_reason]).get(case.cancel_reason, "")
