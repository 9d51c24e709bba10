"""Lembar kendali: who did what in which time, the SOP's Pencatatan dan Pendataan."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from himpun.documents import papers
from himpun.ledger import queries as ledger
from himpun.organization import queries as organization
from himpun.procedures import queries as procedures
from himpun.procedures.queries import past
from himpun.procedures.rules import SPARED, Part

from .. import queries, rules
from . import parts, texts, times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from himpun.procedures.models import Case, Task

    from .parts import Content, Made
    from .times import StepTime

PART_WORDS = {
    Part.WORK: "mengerjakan",
    Part.PARAF: "paraf",
    Part.ACKNOWLEDGE: "mengetahui",
    Part.TOGETHER: "bersama",
    Part.EITHER: "salah satu",
}


class Control:
    """All steps with their acts, returns and receipts, on one sheet."""

    kind: ClassVar = rules.ReportKind.CONTROL
    work: ClassVar = rules.WORK_DELIVERY

    def gather(self, case: Case, step: str, made: Made) -> Content:  # noqa: ARG002 - the same for every step
        """Return the sheet as the case stands."""
        zone = organization.zone_of(case.unit)
        rows = times.steps(case, made.at)
        titles = procedures.titles_of([t for row in rows for t in row.tasks])
        paper = papers.LembarKendali(
            head=parts.head(case, made),
            steps=tuple(_step(row, titles, zone) for row in rows),
            opened_at=texts.moment(case.opened_at, zone),
            finished_at=texts.moment(case.ended_at, zone),
            returns=returns(case, zone),
            receipts=receipts(case, zone),
            brought=brought(case),
            waiting=waiting(case, zone),
        )
        return parts.Content(paper, [])


def _step(row: StepTime, titles: Mapping[int, str], zone: str) -> papers.Step:
    return papers.Step(
        number=str(row.number),
        name=row.name,
        standard=row.standard,
        actual=row.actual,
        state=_state(row),
        acts=tuple(_act(task, titles[task.pk], zone) for task in row.tasks),
    )


def _state(row: StepTime) -> str:
    """Return whether the step kept its time, with how often it waited for others."""
    if not row.paused:
        return row.state
    return f"{row.state}, {len(row.paused)} jeda menunggu pihak luar"


def _act(task: Task, title: str, zone: str) -> papers.Act:
    return papers.Act(
        part=_part(task),
        role=task.done_role or title,
        opened_at=texts.brief(task.opened_at, zone),
        started_at=texts.brief(task.started_at, zone),
        done_at=texts.brief(task.done_at, zone),
        round=task.round,
    )


def _part(task: Task) -> str:
    """Return the part, with who let the maker approve it or that it was not needed."""
    part = PART_WORDS[Part(task.part)]
    if task.excepted_role:
        return f"{part} (dikecualikan oleh {task.excepted_role})"
    if task.assignment_id:
        part = f"{part} (dialihkan)"
    if task.outcome == SPARED and task.done_by_id is None:
        return f"{part} (tidak diperlukan)"
    return part


def returns(case: Case, zone: str) -> tuple[papers.Return, ...]:
    """Return each return with the round that it opened."""
    rounds: dict[str, int] = {}
    found = []
    events = [(event, ledger.data_of(event)) for event in procedures.events_of(case)]
    plans = past.plans_along(case, [(event.type, data) for event, data in events])
    for (event, data), plan in zip(events, plans, strict=True):
        if event.type == "step.opened":
            rounds[data["step"]] = data["round"]
        if event.type == "step.returned":
            found.append((event, data, rounds.get(data["to"], 0) + 1, plan))
    reasons = ledger.texts(data["reason"] for _event, data, _round, _plan in found)
    return tuple(
        papers.Return(
            round=number,
            source=str(plan.step(data["step"]).number),
            to=str(plan.step(data["to"]).number),
            by=event.role,
            at=texts.brief(event.at, zone),
            reason=reasons.get(data["reason"], ""),
        )
        for event, data, number, plan in found
    )


def brought(case: Case) -> tuple[papers.Brought, ...]:
    """Return the lines that finished cases of linked SOPs fulfilled."""
    numbers = {step.id: str(step.number) for step in procedures.plan_of(case).steps}
    return tuple(
        papers.Brought(numbers[line.item.step], line.item.name, origin)
        for line in procedures.checklist(case)
        for origin in line.origins
    )


def receipts(case: Case, zone: str) -> tuple[papers.Receipt, ...]:
    """Return the copies that were sent, and when they were received."""
    return tuple(
        papers.Receipt(
            to=queries.titles_of(case, row.actor),
            sent_at=texts.brief(row.sent_at, zone),
            received_at=texts.brief(row.received_at, zone),
            received_by=row.received_role,
        )
        for row in procedures.receipts(case)
    )


def waiting(case: Case, zone: str) -> tuple[papers.Waiting, ...]:
    """Return each time in which a step waited for somebody outside."""
    numbers = {step.id: str(step.number) for step in procedures.plan_of(case).steps}
    rows = list(case.pauses.all())
    said = ledger.texts(h for row in rows for h in (row.waits_for, row.reason))
    return tuple(
        papers.Waiting(
            step=numbers[row.step],
            waits_for=said.get(row.waits_for, ""),
            reason=said.get(row.reason, ""),
            by=row.begun_role,
            since=texts.brief(row.begun_at, zone),
            until=texts.brief(row.ended_at, zone),
        )
        for row in rows
    )
