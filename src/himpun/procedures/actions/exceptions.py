"""Where too few people hold the positions: an exception, decided by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import Case, Task
from ..rules import Part
from .desk import lock, reason_given, refuse_done, write_event

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person


@transaction.atomic
def except_own_work(
    task: Task, *, reason: str, letter: str = "", by: Person, at: datetime
) -> Task:
    """Let the maker of a row initial it or take note of it, in this round, with a reason.

    Sekcam, Camat or the tenant's administrator (on a letter) decide, never the one whom
    it concerns. Raises Refusal while somebody else holds the part.
    """
    case = lock(task.case)
    task = Task.objects.select_related("case").get(pk=task.pk)
    refuse_done(task)
    hands = queries.hands_of([task], at)[task.pk]
    holders = frozenset(hand.person for hand in hands)
    made = queries.with_mandates(hands, queries.makers([task])[task.pk])
    approving = Part(task.part) in rules.APPROVING
    obstacle = rules.exception_obstacle(
        holders=holders, makers=made if approving else frozenset()
    )
    if obstacle:
        raise Refusal(obstacle)
    actor = decider_of_exception(
        case, concerns=holders & made, letter=letter, by=by, at=at
    )
    task.excepted_role = actor.role
    task.excepted_reason = ledger.keep_text(reason_given(reason))
    task.excepted_letter = ledger.keep_text(letter.strip()) if letter.strip() else ""
    task.save(update_fields=["excepted_role", "excepted_reason", "excepted_letter"])
    write_event(
        case,
        "own_work.excepted",
        by=actor,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "part": task.part,
            "actor": task.actor,
            "round": task.round,
            "reason": task.excepted_reason,
            "letter": task.excepted_letter,
        },
    )
    return task


def decider_of_exception(
    case: Case, *, concerns: frozenset[int], letter: str, by: Person, at: datetime
) -> Actor:
    """Return the person as one who decides an exception that concerns these people.

    Raises Refusal for everybody else, and for an administrator without a letter.
    """
    positions = queries.may_decide(by, case, at)
    if not positions:
        raise Refusal(
            say(
                "Keputusan ini diambil oleh Sekcam, Camat, atau administrator "
                "kabupaten berdasarkan surat."
            )
        )
    here = Position.objects.filter(pk__in=positions).exclude(
        kind=PositionKind.ADMINISTRATOR
    )
    obstacle = rules.decider_obstacle(
        by.pk, concerns=concerns, administrator=not here.exists(), letter=letter
    )
    if obstacle:
        raise Refusal(obstacle)
    own = list(here.values_list("pk", flat=True))
    return organization.acting(by, own or positions, at)
