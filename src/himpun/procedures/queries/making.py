"""Who makes a row and who looks at what others made: never the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.db.models import Q

from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind

from .. import rules
from ..models import Artefact, Attachment, Confirmation, Task
from ..rules import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from himpun.organization.models import Person

    from ..models import Case


def makers(tasks: Sequence[Task]) -> dict[int, frozenset[int]]:
    """Return by task who made its row in its round; four queries for any number.

    Those who closed or confirmed the work, gave a result, or attached a file that
    still counts.
    """
    cases = {task.case_id for task in tasks}
    made: set[tuple[int, str, int, int]] = set()
    working = [part.value for part in rules.MAKING]
    row = ("case", "step", "round", "done_by")
    done = Task.objects.filter(case__in=cases, part__in=working, done_by__isnull=False)
    made |= set(done.values_list(*row))
    shared = Confirmation.objects.filter(task__case__in=cases)
    made |= set(shared.values_list("task__case", "task__step", "task__round", "person"))
    files = Attachment.objects.filter(
        item__case__in=cases, removed_at__isnull=True, added_by__isnull=False
    )
    added = set(files.values_list("item__case", "item__step", "added_by"))
    results = Artefact.objects.filter(case__in=cases, made_by__isnull=False)
    given = list(results.values_list("case", "step", "made_by", "made_at"))
    return {
        task.pk: frozenset(
            {p for c, s, r, p in made if (c, s, r) == _row(task)}
            | {p for c, s, p in added if (c, s) == _row(task)[:2]}
            | {
                p
                for c, s, p, at in given
                if (c, s) == _row(task)[:2] and at >= task.row_opened_at
            }
        )
        for task in tasks
    }


def _row(task: Task) -> tuple[int, str, int]:
    return task.case_id, task.step, task.round


class Acting(Protocol):
    """Who may act, and (not 0) in whose name."""

    @property
    def person(self) -> int:
        """Who acts."""

    @property
    def giver(self) -> int:
        """In whose name, 0: in the own."""


def with_mandates(hands: Iterable[Acting], made: frozenset[int]) -> frozenset[int]:
    """Return the makers with those who would approve in a maker's name.

    Who gives a mandate stays responsible for the act (UU 30/2014 art. 14): it would be
    the maker's own approval.
    """
    return made | {hand.person for hand in hands if hand.giver in made}


def own_work(person: Person, task: Task, made: frozenset[int]) -> str:
    """Return why a person may not initial or take note of a row, empty when allowed."""
    if Part(task.part) not in rules.APPROVING:
        return ""
    return rules.own_work_obstacle(
        person.pk, makers=made, excepted=bool(task.excepted_role)
    )


def may_decide(person: Person, case: Case, at: datetime) -> list[int]:
    """Return the positions by which a person may decide exceptions in a case.

    Sekcam and Camat of the office, and the tenant's administrator.
    """
    allowed = Position.objects.filter(
        Q(
            unit__office=case.unit,
            kind__in=[PositionKind.SECRETARY.value, PositionKind.HEAD.value],
        )
        | Q(unit__tenant=case.unit.tenant_id, kind=PositionKind.ADMINISTRATOR.value)
    ).values_list("pk", flat=True)
    held = organization.positions_of(person, organization.local_day(at, case.unit))
    return [position for position in held if position in set(allowed)]
