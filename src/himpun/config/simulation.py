"""Made-up cases of an SOP through the real engine: does it run, and in which time?

Everything is made up in a database of its own: an office whose positions are the SOP's
actors, cases spread over a year, people who take now less and now more than the
standard. Steps are closed with files; what an app asks of its own work (values, papers)
is left out, because it would need an office's real indicators.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from himpun import worktime
from himpun.ledger.rules import SYSTEM
from himpun.organization import actions as organization
from himpun.organization.models import Person
from himpun.organization.rules import SHARED, PositionKind, UnitKind
from himpun.procedures import actions, queries
from himpun.procedures.models import Case, Task
from himpun.procedures.queries import statistics
from himpun.procedures.rules import DOING, CaseState
from himpun.shared.refusals import Refusal, say
from himpun.sop.writing import as_yaml, tree_of
from himpun.worktime.periods import read_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from himpun.organization.models import Position
    from himpun.procedures.models import ProcedureVersion
    from himpun.sop import Sop

YEAR = 2026
PEOPLE = 3
"""So many people share each position: some parts want several."""
SHARES = (0.2, 1.6, 0.8)
"""Least, most and most frequent share of the standard that a part takes."""
WAITS = 0.4
"""The share of that time before somebody begins."""
MOST_ACTS = 500
"""A case that has not ended after so many acts is left unfinished."""


@dataclass(frozen=True)
class Simulated:
    """What happened: cases, those that ended, acts, and the times of each step."""

    cases: int
    finished: int
    acts: int
    steps: list[statistics.StepTimes]


def simulate(document: Sop, *, cases: int, seed: int = 0) -> Simulated:
    """Run made-up cases of an SOP; the same seed gives the same times.

    Raises Refusal when the engine or the calendar stops a case.
    """
    chance = random.Random(seed)  # noqa: S311 - made-up times, no secret
    calendar = worktime.shipped_calendar()
    opening = datetime(YEAR, 1, 5, 8, tzinfo=calendar.tz)
    office = _Office(document, calendar, opening)
    room = worktime.between(calendar, opening, opening + timedelta(days=330))
    acts = 0
    for number in range(cases):
        begun = worktime.add(calendar, opening, room * number // max(cases, 1))
        acts += office.run(number, begun, chance)
    rows = statistics.rows([office.version.procedure_id], YEAR)
    return Simulated(
        cases=cases,
        finished=Case.objects.filter(
            procedure=office.version.procedure_id, state=CaseState.FINISHED
        ).count(),
        acts=acts,
        steps=statistics.by_step(office.version, rows),
    )


class _Office:
    """An office that has nothing to do but this SOP."""

    def __init__(
        self, document: Sop, calendar: worktime.Calendar, opening: datetime
    ) -> None:
        self.calendar, self.opening = calendar, opening
        regency = organization.create_tenant(
            "00.00", "Kabupaten Simulasi", "simulasi", at=opening
        )
        self.unit = organization.create_unit(
            regency,
            UnitKind.DISTRICT,
            "00.00.01",
            "Simulasi",
            short_name="kantor-simulasi",
            at=opening,
        )
        organization.set_calendar(self.unit, calendar, by=SYSTEM, at=opening)
        self.people: dict[str, list[Person]] = {}
        bindings = {
            actor.id: [self._position(actor.id, actor.label.teks, PositionKind.STAFF)]
            for actor in document.pelaksana
        }
        self._position("", "Pembuka", PositionKind.SUBHEAD)
        source = as_yaml(tree_of(_bare(document))).encode()
        self.version: ProcedureVersion = actions.adopt(
            self.unit, source, bindings, by=SYSTEM, at=opening
        )

    def _position(self, actor: str, title: str, kind: PositionKind) -> Position:
        place = len(self.people)
        position = organization.create_position(
            self.unit, kind, f"{title} {place}", at=self.opening
        )
        self.people[actor] = [
            Person.objects.create(username=f"simulasi-{place}-{n}", name=title)
            for n in range(PEOPLE if kind in SHARED else 1)
        ]
        for person in self.people[actor]:
            organization.appoint(
                person, position, since=date(YEAR, 1, 1), at=self.opening
            )
        return position

    def run(self, number: int, begun: datetime, chance: random.Random) -> int:
        """Carry one case as far as it goes; return how many parts were done."""
        period = read_period(f"{1900 + number // 12}-B{number % 12 + 1}")
        [opener, *_rest] = self.people[""]
        case = actions.start_case(self.version, period, by=opener, at=begun)
        planned: dict[int, tuple[datetime, datetime]] = {}
        for act in range(MOST_ACTS):
            tasks = list(case.tasks.filter(done_at=None).select_related("case"))
            if not tasks:
                return act
            for task in tasks:
                if task.pk not in planned:
                    planned[task.pk] = self._times(task, chance)
            task = min(tasks, key=lambda t: (planned[t.pk][1], t.pk))
            self._do(task, *planned[task.pk], chance)
            case.refresh_from_db()
        return MOST_ACTS

    def _times(self, task: Task, chance: random.Random) -> tuple[datetime, datetime]:
        """Return when a part is begun and when it is done."""
        step = queries.step_of(task)
        whole = worktime.between(self.calendar, task.row_opened_at, task.deadline)
        parts = 1 + len(step.co_actors)
        took = round(whole / parts * chance.triangular(*SHARES))
        return (
            worktime.add(self.calendar, task.opened_at, round(took * WAITS)),
            worktime.add(self.calendar, task.opened_at, took),
        )

    def _do(
        self, task: Task, begun: datetime, done: datetime, chance: random.Random
    ) -> None:
        people = self.people[task.actor]
        if task.part in DOING:
            self._prepare(task, people[0], begun)
        refused: Refusal | None = None
        for outcome in _outcomes(task, chance):
            for person in people:
                try:
                    actions.complete_task(task, by=person, at=done, outcome=outcome)
                except Refusal as why:  # the next person, or the next outcome
                    refused = why
                    continue
                task.refresh_from_db()
                if task.done_at:
                    return
        if refused:
            raise refused

    def _prepare(self, task: Task, person: Person, at: datetime) -> None:
        with transaction.atomic():
            actor = actions.worker(task.case, task.step, person, at)
            actions.touch(task.case, task.step, by=actor, at=at)
        for line in queries.checklist(task.case, task.step):
            if line.state == "belum" and not line.item.source:
                actions.attach(
                    line.item, content=b"contoh,1\n", filename="c.csv", by=person, at=at
                )
        for artefact in queries.unmade_outputs(task):
            if artefact not in queries.things(task):
                actions.hand_in(
                    task,
                    artefact,
                    content=b"contoh,1\n",
                    filename="c.csv",
                    by=person,
                    at=at,
                )


def _bare(document: Sop) -> Sop:
    """Return the SOP without the office's settings that ask an app for its work."""
    settings: dict[str, object] = {"verifikasi": None, "per_unit": {}, "jadwal": None}
    office = document.operasional.model_copy(update=settings)
    return document.model_copy(update={"operasional": office})


def _outcomes(task: Task, chance: random.Random) -> Sequence[str]:
    """Return the outcomes to try, in an order of chance; one empty one without any."""
    names = [outcome.name for outcome in queries.step_of(task).outcomes]
    if task.part not in DOING or not names:
        return [""]
    return chance.sample(names, len(names))


def lines(found: Simulated) -> list[str]:
    """Return the result for the command line."""
    told: list[str] = [
        say(
            "%(finished)s dari %(cases)s kasus selesai, %(acts)s tugas ditutup.",
            finished=found.finished,
            cases=found.cases,
            acts=found.acts,
        )
    ]
    for step in found.steps:
        if step.whole is None:
            words = say(
                "%(number)s. %(activity)s: tidak dilalui",
                number=step.number,
                activity=step.activity,
            )
        else:
            words = say(
                "%(number)s. %(activity)s: baku %(standard)s, tengah %(median)s, "
                "9 dari 10 %(slow)s, tepat waktu %(on_time)s dari %(count)s",
                number=step.number,
                activity=step.activity,
                standard=step.standard,
                median=statistics.in_words(step.whole.median, step.unit),
                slow=statistics.in_words(step.whole.p90, step.unit),
                on_time=step.on_time,
                count=step.count,
            )
        told.append(words)
    return told


def plain(found: Simulated) -> dict[str, object]:
    """Return the result for ``--json``; times in the step's unit, as decimal texts."""
    return {
        "cases": found.cases,
        "finished": found.finished,
        "acts": found.acts,
        "steps": [
            {
                "number": step.number,
                "activity": step.activity,
                "standard": step.standard,
                "unit": step.unit,
                "count": step.count,
                "on_time": step.on_time,
                "median": _text(step, "median"),
                "p90": _text(step, "p90"),
            }
            for step in found.steps
        ],
    }


def _text(step: statistics.StepTimes, which: str) -> str | None:
    if step.whole is None:
        return None
    return str(statistics.said(getattr(step.whole, which), step.unit))
