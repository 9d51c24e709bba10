"""The event log of an SOP for process mining: XES (IEEE 1849-2016) and CSV.

One trace for each case, one event for each life-cycle change of a step's part, with the
role that acted. People are not in it: what is studied is the procedure.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..models import Task
from ..rules import CaseState, Part
from . import past, running
from .journey import RETURNED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.sop.plan import Plan, Step

EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
)
COLUMNS = (
    *("kasus", "periode", "unit", "langkah", "kegiatan", "bagian", "putaran"),
    *("peristiwa", "waktu", "peran", "hasil"),
)


@dataclass(frozen=True)
class Change:
    """A part of a step was opened, begun or done; ``transition`` is the XES word."""

    case: int
    period: str
    office: str
    step: str
    activity: str
    part: str
    round: int
    transition: str
    at: datetime
    role: str
    outcome: str


def changes(procedures: Iterable[int]) -> list[Change]:
    """Return what happened in the cases of these SOPs (ids), by case and time."""
    tasks = (
        Task.objects.filter(case__procedure__in=list(procedures))
        .exclude(case__state=CaseState.CANCELLED)
        .select_related("case__version", "case__unit")
    )
    # At one instant what closes comes before what that opens: tasks in their own order.
    find = past.steps_named()
    found = [
        change
        for task in tasks.order_by("pk")
        for change in _of(task, find(task.case, task.step))
    ]
    return sorted(found, key=lambda change: (change.case, change.at))


def _of(task: Task, step: Step) -> Iterable[Change]:
    plan = running.plan_of(task.case)
    returned = task.outcome.startswith(RETURNED)
    name = past.said(task.step, f"{step.number}. {step.activity}")
    moments = (
        ("schedule", task.opened_at, actor_label(plan, task.actor)),
        ("start", task.started_at, task.done_role),
        ("pi_abort" if returned else "complete", task.done_at, task.done_role),
    )
    for transition, at, role in moments:
        if at is not None:
            yield Change(
                case=task.case_id,
                period=task.case.period_code,
                office=task.case.unit.name,
                step=task.step,
                activity=name if task.part == Part.WORK else f"{name} ({task.part})",
                part=task.part,
                round=task.round,
                transition=transition,
                at=at,
                role=role or actor_label(plan, task.actor),
                outcome=task.outcome if transition != "schedule" else "",
            )


def actor_label(plan: Plan, actor: str) -> str:
    """Return what the form calls an actor."""
    return next((a.label for a in plan.actors if a.id == actor), actor)


def as_csv(found: Iterable[Change]) -> bytes:
    """Return a line for each change, with a comma and UTF-8 as mining tools expect."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for c in found:
        rows.writerow(
            [
                *(c.case, c.period, c.office, c.step, c.activity, c.part, c.round),
                *(c.transition, c.at.isoformat(), c.role, c.outcome),
            ]
        )
    return text.getvalue().encode()


def as_xes(found: Iterable[Change], name: str) -> bytes:
    """Return the log as XES."""
    log = Element("log", {"xes.version": "1849-2016", "xmlns": XMLNS})
    for title, prefix, uri in EXTENSIONS:
        SubElement(log, "extension", {"name": title, "prefix": prefix, "uri": uri})
    _text(log, "concept:name", name)
    traces: dict[int, Element] = {}
    for c in found:
        trace = traces.get(c.case)
        if trace is None:
            trace = traces[c.case] = SubElement(log, "trace")
            _text(trace, "concept:name", str(c.case))
            _text(trace, "periode", c.period)
            _text(trace, "unit", c.office)
        event = SubElement(trace, "event")
        _text(event, "concept:name", c.activity)
        _text(event, "lifecycle:transition", c.transition)
        SubElement(event, "date", {"key": "time:timestamp", "value": c.at.isoformat()})
        _text(event, "org:role", c.role)
        _text(event, "org:group", c.office)
        _text(event, "langkah", c.step)
        SubElement(event, "int", {"key": "putaran", "value": str(c.round)})
        if c.outcome:
            _text(event, "hasil", c.outcome)
    indent(log, " ")
    text: str = tostring(log, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


XMLNS = "http://www.xes-standard.org/"


def _text(parent: Element, key: str, value: str) -> None:
    SubElement(parent, "string", {"key": key, "value": value})
