"""Sitting down at a case: it is locked, its step is open, the person may do this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.shared.refusals import Refusal, say

from .. import queries, rules

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person
    from himpun.procedures.models import Case, Task

LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Desk:
    """A worker at an open step of a locked case."""

    case: Case
    task: Task
    actor: Actor


def sit_down(
    case: Case, kind: str, *, by: Person, at: datetime, step: str = ""
) -> Desk:
    """Return the person as a worker of the open step of this kind, its start marked.

    ``step``: of this one step, where a case has several of the kind. Raises Refusal
    when the step is not open or belongs to another position.
    """
    case = procedures.lock(case)
    task = queries.work_task(case, kind, step)
    if task is None:
        raise Refusal(
            say(
                "Langkah ini sedang tidak dikerjakan, jadi isinya terkunci. Lihat "
                "posisi kasus di ringkasannya."
            )
        )
    actor = cases.acting_at(by, case, task.step, at)
    procedures.touch(case, task.step, by=actor, at=at)
    return Desk(case, task, actor)


def said(text: str) -> str:
    """Return free text without spaces around it; raises Refusal when it is too long."""
    cleaned = text.strip()
    if len(cleaned) > LONGEST_TEXT:
        raise Refusal(
            say("Tulisan terlalu panjang, paling banyak %(n)s huruf."), n=LONGEST_TEXT
        )
    return cleaned


def reason(text: str) -> str:
    """Return a reason that explains something; raises Refusal for less."""
    cleaned = said(" ".join(text.split()))
    if not rules.explains(cleaned):
        raise Refusal(
            say("Tulis alasan, paling sedikit %(n)s huruf."),
            field="reason",
            n=rules.REASON_LETTERS,
        )
    return cleaned
