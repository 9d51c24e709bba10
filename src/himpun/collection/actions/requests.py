"""The plan of step 3: who supplies what by when, and what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.procedures import queries as cases
from himpun.procedures.actions import lock, write_event
from himpun.shared.refusals import Refusal, say

from .. import queries
from ..models import Request
from ..rules import ANSWERED, RequestState
from .desk import Desk, reason, said, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit

    from ..models import Round


def _open(request: Request) -> Request:
    row = Request.objects.select_for_update().select_related("unit").get(pk=request.pk)
    if row.state in {*ANSWERED, RequestState.REMOVED}:
        raise Refusal(
            say("Permintaan kepada %(unit)s sudah ditutup."), unit=row.unit.name
        )
    return row


def _desk(request: Request, *, by: Person, at: datetime) -> Desk:
    """Return the person as a worker of the open step that asks this unit."""
    case = request.round.case
    return sit_down(case, queries.PER_UNIT, by=by, at=at, step=request.step)


def _check_day(due: date | None, desk: Desk, at: datetime) -> None:
    if due is not None and due < organization.local_day(at, desk.case.unit):
        raise Refusal(
            say("Tanggal tenggat sudah lewat. Pilih hari ini atau sesudahnya."),
            field="due",
        )


@transaction.atomic
def plan_request(
    request: Request, *, due: date | None, what: str, by: Person, at: datetime
) -> Request:
    """Write what a unit is to supply and by which day."""
    desk = _desk(request, by=by, at=at)
    row = _open(request)
    _check_day(due, desk, at)
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
    desk = sit_down(round_.case, queries.PER_UNIT, by=by, at=at)
    rows = list(
        round_.requests.filter(
            step=desk.task.step, state=RequestState.PLANNED
        ).select_related("unit")
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
    desk = _desk(request, by=by, at=at)
    row = _received(
        _open(request), RequestState.CLOSED, via=via, on=on, actor=desk.actor, at=at
    )
    data = {"request": row.pk, **_answer(row)}
    write_event(desk.case, "request.closed", by=desk.actor, at=at, data=data)
    return row


@transaction.atomic
def note_late(
    request: Request, *, via: str, on: date, by: Person, at: datetime
) -> Request:
    """Note that a unit's data came after the step had closed without it.

    By the workers of the step, as long as the case runs. Nothing else changes: values
    that must are reached by a return. Raises Refusal while the step is open.
    """
    case = lock(request.round.case)
    if cases.open_work(case, request.step):
        raise Refusal(
            say("Langkah ini masih dikerjakan. Catat datanya sebagai diterima biasa.")
        )
    if not queries.takes_late(case, request.step):
        raise Refusal(say("Langkah ini tidak ada lagi di SOP kasus ini."))
    actor = cases.acting_at(by, case, request.step, at)
    row = _received(
        _open(request), RequestState.LATE, via=via, on=on, actor=actor, at=at
    )
    data = {"request": row.pk, "step": row.step, **_answer(row)}
    write_event(case, "request.late", by=actor, at=at, data=data)
    return row


def _received(  # noqa: PLR0913 - which request, how, when, by whom
    row: Request,
    state: RequestState,
    *,
    via: str,
    on: date,
    actor: Actor,
    at: datetime,
) -> Request:
    """Keep how and on which day a unit's data came in."""
    if not said(via):
        raise Refusal(
            say("Tulis lewat apa data diterima, misalnya surat atau WhatsApp."),
            field="via",
        )
    if on > organization.local_day(at, row.round.case.unit):
        raise Refusal(say("Tanggal diterima belum tiba."), field="on")
    row.state, row.received_on = state.value, on
    row.received_via = ledger.keep_text(said(via))
    row.closed_role = actor.role
    row.save(update_fields=["state", "received_on", "received_via", "closed_role"])
    return row


def _answer(row: Request) -> dict[str, Any]:
    return {
        "unit": row.unit_id,
        "via": row.received_via,
        "on": row.received_on.isoformat() if row.received_on else None,
    }


@transaction.atomic
def close_requests(
    requests: Iterable[Request], *, via: str, on: date, by: Person, at: datetime
) -> list[Request]:
    """Note for several units at once that their data came in the same way.

    Late, for those whose step has closed.
    """
    chosen = list(requests)
    if not chosen:
        raise Refusal(say("Pilih paling sedikit satu unit."))
    noted = []
    for row in chosen:
        late = cases.open_work(row.round.case, row.step) is None
        note = note_late if late else close_request
        noted.append(note(row, via=via, on=on, by=by, at=at))
    return noted


@transaction.atomic
def waive_request(request: Request, *, why: str, by: Person, at: datetime) -> Request:
    """Excuse a unit from answering, with a reason; it stands in the print.

    Only a co-actor of the step or the head of the office may, as for any waiver.
    """
    return _excuse(
        request, RequestState.WAIVED, "request.waived", why=why, by=by, at=at
    )


@transaction.atomic
def remove_unit(request: Request, *, why: str, by: Person, at: datetime) -> Request:
    """Take a unit out of the step with a reason: it does not count any more.

    The same people as for a waiver may. Removing the last one that is awaited completes
    the collection from units.
    """
    return _excuse(
        request, RequestState.REMOVED, "request.removed", why=why, by=by, at=at
    )


def _excuse(  # noqa: PLR0913 - which unit, how, why, who, when
    request: Request,
    state: RequestState,
    kind: str,
    *,
    why: str,
    by: Person,
    at: datetime,
) -> Request:
    case = lock(request.round.case)
    if cases.open_work(case, request.step) is None:
        raise Refusal(say("Langkah pengumpulan sedang tidak dikerjakan."))
    positions = cases.may_waive(by, case, request.step, at)
    if not positions:
        raise Refusal(
            say(
                "Unit dikecualikan atau dikeluarkan oleh pejabat yang memaraf langkah "
                "ini atau oleh Camat, dengan alasan."
            )
        )
    actor = organization.acting(by, positions, at)
    row = _open(request)
    row.state = state.value
    row.waiver = ledger.keep_text(reason(why))
    row.closed_role = actor.role
    row.save(update_fields=["state", "waiver", "closed_role"])
    write_event(
        case,
        kind,
        by=actor,
        at=at,
        data={"request": row.pk, "unit": row.unit_id, "reason": row.waiver},
    )
    return row


@transaction.atomic
def add_unit(  # noqa: PLR0913 - where, which, what, until when, why, who, when
    round_: Round,
    unit: Unit,
    *,
    what: str,
    due: date,
    why: str,
    by: Person,
    at: datetime,
) -> Request:
    """Let the open step ask one more unit of the office, with a reason and its own day.

    The workers of the step may. Raises Refusal for a unit that is asked already.
    """
    desk = sit_down(round_.case, queries.PER_UNIT, by=by, at=at)
    step = desk.task.step
    if unit not in queries.addable_units(round_, step):
        raise Refusal(
            say("%(unit)s sudah diminta pada langkah ini."),
            unit=unit.name,
            field="unit",
        )
    _check_day(due, desk, at)
    if not said(what):
        raise Refusal(say("Tulis data yang diminta."), field="what")
    text, because = said(what), reason(why)
    row = Request.objects.create(
        round=round_, step=step, unit=unit, due=due, what=ledger.keep_text(text)
    )
    write_event(
        desk.case,
        "request.added",
        by=desk.actor,
        at=at,
        data={
            "request": row.pk,
            "unit": unit.pk,
            "due": due.isoformat(),
            "what": row.what,
            "reason": ledger.keep_text(because),
        },
    )
    return row


@transaction.atomic
def ask_again(
    request: Request, *, due: date, why: str, by: Person, at: datetime
) -> Request:
    """Open a new turn of a unit that had answered or was excused, with a reason.

    The workers of the step may while it is open, also after a return: what was answered
    stays answered until its unit is asked again by name. The new day is the unit's own.
    """
    desk = _desk(request, by=by, at=at)
    row = Request.objects.select_for_update().select_related("unit").get(pk=request.pk)
    if row.state not in {*ANSWERED, RequestState.REMOVED}:
        raise Refusal(say("%(unit)s masih ditunggu jawabannya."), unit=row.unit.name)
    _check_day(due, desk, at)
    because = ledger.keep_text(reason(why))
    row.state, row.due, row.sent_at = RequestState.PLANNED.value, due, None
    row.received_on, row.received_via, row.waiver, row.closed_role = None, "", "", ""
    row.turn += 1
    row.save()
    write_event(
        desk.case,
        "request.reopened",
        by=desk.actor,
        at=at,
        data={
            "request": row.pk,
            "unit": row.unit_id,
            "turn": row.turn,
            "due": due.isoformat(),
            "reason": because,
        },
    )
    return row
