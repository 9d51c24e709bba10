"""What every act begins with: who acts in which role, why, and on a case that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Person, Position, Unit
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import Case, Task
from ..rules import CaseState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.rules import PositionKind

    from ..registry import Missing

SHORTEST_REASON = 10


class Incomplete(Refusal):
    """A task that still lacks something; ``missing`` lists what, with links."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(
            say("Langkah ini belum dapat ditutup, masih kurang %(count)s hal."),
            count=len(missing),
        )


def write_event(
    case: Case, kind: str, *, by: Actor, at: datetime, data: dict[str, Any]
) -> None:
    """Record an event in the case's stream."""
    ledger.record(case.stream, kind, by=by, at=at, data=data)


def reason_given(text: str) -> str:
    """Return the reason without spaces around it; raises Refusal when it says little."""
    cleaned = " ".join(text.split())
    if len(cleaned) < SHORTEST_REASON:
        raise Refusal(
            say("Tulis alasan, paling sedikit %(n)s huruf."),
            field="reason",
            n=SHORTEST_REASON,
        )
    return cleaned


def decider(person: Person, office: Unit, at: datetime) -> Actor:
    """Return the person as Kasubbag, Sekcam or head of the office, or raise Refusal."""
    return holder(
        person,
        office,
        rules.DECIDERS,
        at,
        say("Hanya Kasubbag, Sekcam, atau Camat kantor ini yang dapat melakukannya."),
    )


def holder(
    person: Person,
    office: Unit,
    kinds: Iterable[PositionKind],
    at: datetime,
    otherwise: str,
) -> Actor:
    """Return the person in a position of these kinds, or raise Refusal(otherwise)."""
    positions = Position.objects.filter(unit__office=office, kind__in=list(kinds))
    try:
        return organization.acting(person, positions.values_list("pk", flat=True), at)
    except Refusal:
        raise Refusal(otherwise) from None


def worker(case: Case, step: str, person: Person, at: datetime) -> Actor:
    """Return the person as a worker of the step; raises Refusal when it is not open."""
    if queries.open_work(case, step) is None:
        raise Refusal(say("Langkah ini sedang tidak dikerjakan."))
    return queries.acting_at(person, case, step, at)


def refuse_done(task: Task) -> None:
    """Raise Refusal, with who closed it, for a task that is closed."""
    if task.done_at:
        raise Refusal(
            say("Tugas ini sudah ditutup oleh %(role)s."),
            role=task.done_role or "Himpun",
        )


def lock(case: Case, *, also: tuple[CaseState, ...] = ()) -> Case:
    """Return the case locked for this transaction; raises Refusal when it has ended.

    ``also`` names ends that do not matter to the act.
    """
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if locked.state not in {CaseState.RUNNING, *also}:
        raise Refusal(say("Kasus ini sudah %(state)s."), state=locked.state)
    return locked


def touch(case: Case, step: str, *, by: Actor, at: datetime) -> None:
    """Mark the start of a step's work: the first saved act of a holder, once a round."""
    task = queries.open_work(case, step)
    if task is None or task.started_at:
        return
    Task.objects.filter(pk=task.pk, started_at__isnull=True).update(started_at=at)
    write_event(
        case,
        "task.started",
        by=by,
        at=at,
        data={"task": task.pk, "step": step, "round": task.round},
    )
