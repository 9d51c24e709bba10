"""What a step brings forth, and its copies (tembusan)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.ledger import actions as ledger
from himpun.notices import actions as notices
from himpun.shared.refusals import Refusal, say

from .. import queries
from ..models import Artefact, Case, Receipt, Task
from ..rules import CaseState
from .checklist import recognised
from .desk import lock, touch, worker, write_event

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person


def produce(  # noqa: PLR0913 - where, what, who, when, the file
    case: Case,
    step: str,
    artefact: str,
    *,
    by: Actor,
    at: datetime,
    content: bytes | None = None,
    mime: str = "",
) -> Artefact:
    """Bring forth an artefact of a step, as a new version; inside the act's transaction."""
    blob = ledger.keep_file(content, mime=mime, at=at) if content is not None else ""
    row = Artefact.objects.create(
        case=case,
        artefact=artefact,
        step=step,
        number=case.artefacts.filter(artefact=artefact).count() + 1,
        blob=blob,
        made_at=at,
        made_by_id=by.person or None,
        made_role=by.role,
    )
    write_event(
        case,
        "artefact.made",
        by=by,
        at=at,
        data={"artefact": artefact, "number": row.number, "step": step, "blob": blob},
    )
    return row


@transaction.atomic
def hand_in(  # noqa: PLR0913 - what, its name, who, when
    task: Task,
    artefact: str,
    *,
    content: bytes,
    filename: str,
    by: Person,
    at: datetime,
) -> Artefact:
    """Upload the result of a plain step, one that no app of Himpun makes itself."""
    case = lock(task.case)
    task = Task.objects.select_related("case").get(pk=task.pk)
    actor = worker(case, task.step, by, at)
    if artefact not in queries.step_of(task).outputs:
        raise Refusal(say("Langkah ini tidak menghasilkan itu menurut SOP."))
    kind = recognised(content, filename)
    touch(case, task.step, by=actor, at=at)
    return produce(
        case, task.step, artefact, by=actor, at=at, content=content, mime=kind.mime
    )


def send_copies(task: Task, *, by: Actor, at: datetime) -> list[Receipt]:
    """Send the step's copies (tembusan) to the actors that the SOP names; once a round.

    Who may take note of one, also by mandate, is told of it.
    """
    case = task.case
    sent = []
    for actor in queries.step_of(task).copies_to:
        receipt, new = Receipt.objects.get_or_create(
            case=case,
            step=task.step,
            actor=actor,
            round=task.round,
            defaults={"sent_at": at},
        )
        if new:
            sent.append(receipt)
            write_event(
                case,
                "copy.sent",
                by=by,
                at=at,
                data={"step": task.step, "actor": actor, "round": task.round},
            )
    takers = queries.actor_hands(case, [row.actor for row in sent], at) if sent else {}
    notices.notify(
        {hand.person for hands in takers.values() for hand in hands},
        unit=case.unit,
        text=_("Tembusan untuk Bapak/Ibu: %(case)s. Catat bila sudah diterima.")
        % {"case": case},
        link=reverse("procedures:case", args=[case.pk]),
        about=f"tembusan:{task.pk}",
        by=by,
        at=at,
    )
    return sent


@transaction.atomic
def receive_copy(receipt: Receipt, *, by: Person, at: datetime) -> None:
    """Record that a copy was received for the actor, by a holder or by mandate.

    Also after the last step: a copy of it arrives when the case has ended.
    """
    case = lock(receipt.case, also=(CaseState.FINISHED,))
    hands = queries.actor_hands(case, [receipt.actor], at).get(receipt.actor, [])
    actor = queries.acting(by, hands, case)
    won = Receipt.objects.filter(pk=receipt.pk, received_at__isnull=True).update(
        received_at=at, received_by=by, received_role=actor.role
    )
    if not won:
        raise Refusal(say("Tembusan ini sudah dicatat diterima."))
    write_event(
        case,
        "copy.received",
        by=actor,
        at=at,
        data={"step": receipt.step, "actor": receipt.actor, "round": receipt.round},
    )
