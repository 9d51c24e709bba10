"""The plan of step 3: who supplies what by when, and what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.procedures import queries as cases
from himpun.procedures.actions import lock, write_event
from himpun.shared.refusals import Refusal, say

from .. import queries
from ..models import Request
from ..rules import RequestState
from .desk import reason, said, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from himpun.organization.models import Person

    from ..models import Round

ANSWERED = (RequestState.CLOSED, RequestState.WAIVED)


def _open(request: Request) -> Request:
    row = Request.objects.select_for_update().select_related("unit").get(pk=request.pk)
    if row.state in ANSWERED:
        raise Refusal(
            say("Permintaan kepada %(unit)s sudah ditutup."), unit=row.unit.name
        )
    return row


@transaction.atomic
def plan_request(
    request: Request, *, due: date | None, what: str, by: Person, at: datetime
) -> Request:
    """Write what a unit is to supply and by which day."""
    desk = sit_down(request.round.case, queries.COLLECTION, by=by, at=at)
    row = _open(request)
    if due is not None and due < organization.local_day(at, desk.case.unit):
        raise Refusal(
            say("Tanggal tenggat sudah lewat. Pilih hari ini atau sesudahnya."),
            field="due",
        )
    text = said(what)
    row.due, row.what = due, ledger.keep_text(text) if text else ""
    row.save(update_fields=["due", "what"])
    write_event(
        desk.case,
        "request.planned",
        by=desk.actor,
        at=at,
        data={
            "request": row.pk,
            "unit": row.unit_id,
            "due": due.isoformat() if due else None,
            "what": row.what,
        },
    )
    return row


@transaction.atomic
def send_requests(round_: Round, *, by: Person, at: datetime) -> list[Request]:
    """Send every planned request; raises Refusal naming one that is not complete."""
    desk = sit_down(round_.case, queries.COLLECTION, by=by, at=at)
    rows = list(
        round_.requests.filter(state=RequestState.PLANNED).select_related("unit")
    )
    if not rows:
        raise Refusal(say("Semua permintaan sudah dikirim."))
    for row in rows:
        if row.due is None or not row.what:
            raise Refusal(
                say("Lengkapi data yang diminta dan tenggat untuk %(unit)s."),
                unit=row.unit.name,
            )
        row.state, row.sent_at = RequestState.SENT.value, at
        row.save(update_fields=["state", "sent_at"])
        write_event(
            desk.case,
            "request.sent",
            by=desk.actor,
            at=at,
            data={
                "request": row.pk,
                "unit": row.unit_id,
                "due": row.due.isoformat(),
                "what": row.what,
            },
        )
    return rows


@transaction.atomic
def close_request(
    request: Request, *, via: str, on: date, by: Person, at: datetime
) -> Request:
    """Note that a unit's data came in: how, and on which day."""
    desk = sit_down(request.round.case, queries.COLLECTION, by=by, at=at)
    row = _open(request)
    if not said(via):
        raise Refusal(
            say("Tulis lewat apa data diterima, misalnya surat atau WhatsApp."),
            field="via",
        )
    if on > organization.local_day(at, desk.case.unit):
        raise Refusal(say("Tanggal diterima belum tiba."), field="on")
    row.state, row.received_on = RequestState.CLOSED.value, on
    row.received_via = ledger.keep_text(said(via))
    row.closed_role = desk.actor.role
    row.save(update_fields=["state", "received_on", "received_via", "closed_role"])
    write_event(
        desk.case,
        "request.closed",
        by=desk.actor,
        at=at,
        data={
            "request": row.pk,
            "unit": row.unit_id,
            "via": row.received_via,
            "on": on.isoformat(),
        },
    )
    return row


@transaction.atomic
def close_requests(
    requests: Iterable[Request], *, via: str, on: date, by: Person, at: datetime
) -> list[Request]:
    """Note for several units at once that their data came in the same way."""
    chosen = list(requests)
    if not chosen:
        raise Refusal(say("Pilih paling sedikit satu unit."))
    return [close_request(row, via=via, on=on, by=by, at=at) for row in chosen]


@transaction.atomic
def waive_request(request: Request, *, why: str, by: Person, at: datetime) -> Request:
    """Excuse a unit from answering, with a reason; it stands in the print.

    Only a co-actor of the step or the head of the office may, as for any waiver.
    """
    case = lock(request.round.case)
    task = queries.work_task(case, queries.COLLECTION)
    if task is None:
        raise Refusal(say("Langkah pengumpulan sedang tidak dikerjakan."))
    positions = cases.may_waive(by, case, task.step, at)
    if not positions:
        raise Refusal(
            say(
                "Unit dikecualikan oleh pejabat yang memaraf langkah ini atau oleh "
                "Camat, dengan alasan."
            )
        )
    actor = organization.acting(by, positions, at)
    row = _open(request)
    row.state = RequestState.WAIVED.value
    row.waiver = ledger.keep_text(reason(why))
    row.closed_role = actor.role
    row.save(update_fields=["state", "waiver", "closed_role"])
    write_event(
        case,
        "request.waived",
        by=actor,
        at=at,
        data={"request": row.pk, "unit": row.unit_id, "reason": row.waiver},
    )
    return row
