"""What the page of a case shows, gathered with a number of queries that does not grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from himpun import worktime
from himpun.ledger import queries as ledger
from himpun.organization import queries as organization
from himpun.organization.rules import PositionKind
from himpun.shared.journey import Stage, Stop
from himpun.wording import joined

from .. import rules
from ..models import Confirmation
from ..rules import CaseState, ItemState, Part
from . import actors, changing, hands, journey, links, opened, past, running
from .opened import OpenTask, open_tasks, step_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.organization.models import Person, Unit

    from ..models import Artefact, Case, Receipt, Task
    from .running import Line

DECIDERS = frozenset({PositionKind.SUBHEAD, PositionKind.SECRETARY, PositionKind.HEAD})
"""Who cancels a case and confirms how an oddity of the SOP is read."""
PARTS = opened.PARTS
"""The co-actors' ways in words."""
URGENCY = (
    worktime.Light.WAITING,
    worktime.Light.SAFE,
    worktime.Light.NEAR,
    worktime.Light.LATE,
)


@dataclass(frozen=True)
class Row:
    """A case in a list: where it stands and how its time is.

    ``now`` is the most urgent of the open steps ``here``; ``done`` counts those behind.
    """

    case: Case
    done: int
    total: int
    here: tuple[Stop, ...]
    now: Stop | None

    @property
    def position(self) -> str:
        """Return "Langkah 3 dari 5", "Langkah 2 dan 3 dari 5"."""
        numbers = [str(stop.number) for stop in self.here] or [str(self.done)]
        first, last = ", ".join(numbers[:-1]), numbers[-1]
        number = _("%(first)s dan %(last)s") if first else "%(last)s"
        return _("Langkah %(n)s dari %(total)s") % {
            "n": number % {"first": first, "last": last},
            "total": self.total,
        }


def row(case: Case, stops: Sequence[Stop]) -> Row:
    """Return the case as a list shows it."""
    done = sum(stop.stage in {Stage.DONE, Stage.SKIPPED} for stop in stops)
    here = tuple(stop for stop in stops if stop.stage is Stage.NOW)
    now = max(here, key=lambda stop: URGENCY.index(stop.light), default=None)
    return Row(case, done, len(stops), here, now)


def full_title(task: Task) -> str:
    """Return what a reminder calls the task: its title and the period."""
    return joined([running.summary_of(task).title, task.case.period.label], ", ")


@dataclass(frozen=True)
class Output:
    """What a step has to bring forth, and its newest version if it did.

    ``thing``: no file can hold it, it is noted when the step closes.
    """

    id: str
    name: str
    made: Artefact | None
    thing: bool


@dataclass(frozen=True)
class Act:
    """A part in the newest round of a step: whose, by whom and when, how it ended."""

    part: str
    label: str
    role: str
    at: datetime | None
    said: str


@dataclass(frozen=True)
class Block:
    """A step with its kelengkapan and results, as the case's page shows it."""

    stop: Stop
    acts: list[Act]
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
    """A return, or (``source`` empty) rounds of a step, at the limit in this case."""

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
        "withdrawable": [
            (task, full_title(task))
            for task in (changing.withdrawable(case, person, at) if runs else [])
        ],
        "may_cancel": runs and bool(kinds & DECIDERS) and not running.is_signed(case),
        "may_raise": PositionKind.SECRETARY in kinds,
        "reason": _cancel_reason(case),
        "ties": links.around(case),
    }


def kinds_at(person: Person, office: Unit, at: datetime) -> set[PositionKind]:
    """Return the kinds of the positions that the person holds at an office today."""
    held = organization.held_in_request(person, organization.local_day(at, office))
    return held.kinds(office.pk)


def _blocks(
    case: Case,
    stops: Sequence[Stop],
    tasks: Sequence[OpenTask],
    person: Person,
    at: datetime,
) -> list[Block]:
    plan = running.plan_of(case)
    names = {artefact.id: artefact.name for artefact in plan.artefacts}
    things = {a.id: set(a.forms) == {"fisik"} for a in plan.artefacts}
    made = {a.artefact: a for a in case.artefacts.order_by("number")}
    lines = running.checklist(case)
    acts = _acts(case)
    working = {
        o.task.step: o
        for o in tasks
        if Part(o.task.part) in rules.MAKING
        and o.mine
        and running.open_work(case, o.task.step)
    }
    blocks = []
    for stop in stops:
        step, own = plan.step(stop.step), [x for x in lines if x.item.step == stop.step]
        open_lines = [x for x in own if x.state == ItemState.OPEN]
        worked = working.get(stop.step)
        blocks.append(
            Block(
                stop=stop,
                acts=acts.get(stop.step, []),
                lines=own,
                outputs=[
                    Output(a, names[a], made.get(a), things[a]) for a in step.outputs
                ],
                upload=worked.task
                if worked and running.takes_files(case, stop.step)
                else None,
                may_attach=worked is not None,
                may_waive=bool(open_lines)
                and case.state == CaseState.RUNNING
                and bool(actors.may_waive(person, case, stop.step, at)),
            )
        )
    return blocks


def _acts(case: Case) -> dict[str, list[Act]]:
    """Return by step what each actor did in its newest round, two queries."""
    labels = past.labels_of(case)
    tasks = list(case.tasks.order_by("round", "opened_at", "pk"))
    newest = {task.step: task.round for task in tasks}
    shared: dict[int, list[Confirmation]] = {}
    for row in Confirmation.objects.filter(task__case=case):
        shared.setdefault(row.task_id, []).append(row)
    found: dict[str, list[Act]] = {}
    for task in tasks:
        if task.round != newest[task.step]:
            continue
        part = PARTS[Part(task.part)] or _("Mengerjakan")
        label = labels[task.actor]
        own = found.setdefault(task.step, [])
        for row in shared.get(task.pk, []):
            own.append(Act(part, label, row.role, row.at, ""))
        if not (task.done_at and shared.get(task.pk)):
            role, at = task.done_role, task.done_at
            own.append(Act(part, label, role, at, _ended(task)))
    return found


def _ended(task: Task) -> str:
    """Return how a task ended, as far as that is not plain from who did it."""
    if task.done_at is None:
        return _("belum")
    if task.outcome == rules.SPARED and task.done_by_id is None:
        return _("tidak diperlukan")
    if task.outcome.startswith(journey.RETURNED):
        return _("dikembalikan")
    return task.outcome


def _copies(case: Case, person: Person, at: datetime) -> list[Copy]:
    sent = running.receipts(case)
    labels = past.labels_of(case) if sent else {}
    waiting = [row.actor for row in sent if row.received_at is None]
    takers = hands.actor_hands(case, waiting, at) if waiting else {}
    return [
        Copy(
            receipt,
            labels[receipt.actor],
            receipt.received_at is None
            and any(h.person == person.pk for h in takers.get(receipt.actor, [])),
        )
        for receipt in sent
    ]


def rights(case: Case) -> set[tuple[str, str]]:
    """Return (from, to) of every return that the case's SOP allows."""
    steps = running.plan_of(case).steps
    return {(step.id, right.to) for step in steps for right in step.returns}


def capped(case: Case) -> set[str]:
    """Return the steps whose rounds by decisions the SOP's settings bound."""
    return {step.id for step in running.plan_of(case).steps if step.round_limit}


def _caps(case: Case) -> list[Cap]:
    """Return the returns and rounds that are used up, by the case's own caps."""
    found = []
    plan = running.plan_of(case)
    for step in plan.steps:
        most, rounds = running.round_cap(case, step.id), 0
        if most is not None:
            rounds = running.rounds_of(case, step.id)
        if most is not None and rounds >= most:
            found.append(Cap("", step.id, step_words(step), rounds, most))
        for right in step.returns:
            limit = case.return_caps.get(f"{step.id}>{right.to}", right.limit)
            made = running.returns_made(case, step.id, right.to)
            if limit is not None and made >= limit:
                words = step_words(plan.step(right.to))
                found.append(Cap(step.id, right.to, words, made, limit))
    return found


def _cancel_reason(case: Case) -> str:
    if not case.cancel_reason:
        return ""
    return ledger.texts([case.cancel_reason]).get(case.cancel_reason, "")
