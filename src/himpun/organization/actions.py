"""Changing the office: units, positions, people in positions, the calendar.

Every change is an event in the stream ``access:<tenant>``: who may do what follows from
these rows. Names and letters' texts stay out of the event.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from himpun.ledger import actions as ledger
from himpun.ledger.rules import SYSTEM, Actor
from himpun.shared.refusals import Refusal, say

from . import queries, rules
from .models import Absence, Official, Person, Position, Tenant, Unit, WorkCalendar

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun import worktime


def _event(
    tenant: int, kind: str, *, by: Actor, at: datetime, data: dict[str, Any]
) -> None:
    ledger.record(f"access:{tenant}", kind, by=by, at=at, data=data)


@transaction.atomic
def create_tenant(code: str, name: str, short_name: str, *, at: datetime) -> Unit:
    """Make a kabupaten/kota with its top unit; return that unit."""
    tenant = Tenant.objects.create(code=code, name=name, short_name=short_name)
    unit = Unit.objects.create(
        tenant=tenant,
        kind=rules.UnitKind.REGENCY,
        code=code,
        name=name,
        short_name=short_name,
    )
    _event(tenant.pk, "tenant.created", by=SYSTEM, at=at, data={"code": code})
    return unit


@transaction.atomic
def create_unit(  # noqa: PLR0913 - the columns of a unit, all named
    parent: Unit,
    kind: rules.UnitKind,
    code: str,
    name: str,
    *,
    short_name: str,
    address: str = "",
    at: datetime,
) -> Unit:
    """Add a unit under ``parent``; an office becomes its own office."""
    order = parent.children.count() + 1
    unit = Unit.objects.create(
        tenant=parent.tenant,
        parent=parent,
        office=parent.office,
        kind=kind,
        code=code,
        name=name,
        short_name=short_name,
        address=address,
        order=order,
    )
    if kind in rules.OFFICES:
        unit.office = unit
        unit.save(update_fields=["office"])
    _event(
        unit.tenant_id,
        "unit.created",
        by=SYSTEM,
        at=at,
        data={"unit": unit.pk, "code": code, "kind": str(kind)},
    )
    return unit


@transaction.atomic
def create_position(  # noqa: PLR0913 - the columns of a position, all named
    unit: Unit,
    kind: rules.PositionKind,
    title: str,
    *,
    superior: Position | None = None,
    by: Actor = SYSTEM,
    at: datetime,
) -> Position:
    """Add a jabatan to a unit; raises Refusal when the unit has one of this title."""
    if unit.positions.filter(title__iexact=title).exists():
        raise Refusal(
            say("%(unit)s sudah mempunyai jabatan %(title)s. Tulis nama yang lain."),
            field="title",
            unit=unit.name,
            title=title,
        )
    position = Position.objects.create(
        unit=unit, kind=kind, title=title, superior=superior
    )
    _event(
        unit.tenant_id,
        "position.created",
        by=by,
        at=at,
        data={"position": position.pk, "unit": unit.pk, "kind": str(kind)},
    )
    return position


@transaction.atomic
def appoint(  # noqa: PLR0913 - the columns of an appointment, all named
    person: Person,
    position: Position,
    *,
    status: rules.Status = rules.Status.DEFINITIVE,
    since: date,
    until: date | None = None,
    letter: str = "",
    by: Actor = SYSTEM,
    at: datetime,
) -> Official:
    """Put a person into a position from a day on.

    An acting appointment (Plt/Plh/Pj) needs its letter; its end may be open ("sampai
    dilantiknya pejabat definitif"). Raises Refusal without the letter, when the same
    person already sits there on one of these days, or somebody beside whom nobody may.
    """
    if status is not rules.Status.DEFINITIVE and not letter.strip():
        raise Refusal(
            say("Isi nomor surat perintah untuk pejabat Plt., Plh., atau Pj."),
            field="letter",
        )
    if until and until < since:
        raise Refusal(say("Tanggal akhir tidak boleh sebelum tanggal mulai."))
    if _sits(person, position, since, until):
        raise Refusal(say("Pejabat ini sudah memegang jabatan itu."))
    official = Official(
        person=person,
        position=position,
        status=status,
        since=since,
        until=until,
        letter=letter.strip(),
    )
    obstacle = rules.appointment_obstacle(
        queries.tenure_of(official),
        queries.tenures([position.pk]),
        alone=position.kind not in rules.SHARED,
    )
    if obstacle:
        raise Refusal(obstacle, field="since")
    official.save()
    _event(
        position.unit.tenant_id,
        "official.appointed",
        by=by,
        at=at,
        data=_dated(official),
    )
    return official


def _sits(person: Person, position: Position, since: date, until: date | None) -> bool:
    """Whether a person's tenure of this position meets these days (None: open)."""
    rows = Official.objects.filter(
        Q(until__isnull=True) | Q(until__gte=since), person=person, position=position
    )
    return (rows.filter(since__lte=until) if until else rows).exists()


@transaction.atomic
def end_appointment(
    official: Official, *, until: date, by: Actor, at: datetime
) -> Official:
    """Let a tenure end on a day; the row stays, so past acts keep their role."""
    if until < official.since:
        raise Refusal(say("Tanggal akhir tidak boleh sebelum tanggal mulai."))
    official.until = until
    official.save(update_fields=["until"])
    tenant = official.position.unit.tenant_id
    _event(tenant, "official.ended", by=by, at=at, data=_dated(official))
    return official


def _dated(official: Official) -> dict[str, Any]:
    return {
        "official": official.pk,
        "person": official.person_id,
        "position": official.position_id,
        "status": str(official.status),
        "since": official.since.isoformat(),
        "until": official.until.isoformat() if official.until else None,
        "letter": ledger.keep_text(official.letter) if official.letter else "",
    }


@transaction.atomic
def record_absence(  # noqa: PLR0913 - who, why, from when until when, by whom, when
    person: Person,
    kind: rules.AbsenceKind,
    *,
    since: date,
    until: date,
    by: Actor,
    at: datetime,
) -> Absence:
    """Note that a person is away on these days, both included.

    Raises Refusal when another absence already covers one of them.
    """
    if until < since:
        raise Refusal(
            say("Tanggal akhir tidak boleh sebelum tanggal mulai."), field="until"
        )
    if person.absences.filter(
        cancelled_at__isnull=True, since__lte=until, until__gte=since
    ).exists():
        raise Refusal(
            say("Sudah ada catatan pada hari-hari itu. Batalkan dahulu yang lama."),
            field="since",
        )
    row = Absence.objects.create(
        person=person,
        kind=kind,
        since=since,
        until=until,
        recorded_at=at,
        recorded_role=by.role,
    )
    _absence_event("absence.recorded", row, by=by, at=at)
    return row


@transaction.atomic
def cancel_absence(absence: Absence, *, by: Actor, at: datetime) -> None:
    """Call an absence off, or end it today; the row stays, marked."""
    rows = Absence.objects.filter(pk=absence.pk, cancelled_at__isnull=True)
    if not rows.update(cancelled_at=at):
        raise Refusal(say("Catatan ini sudah dibatalkan."))
    _absence_event("absence.cancelled", absence, by=by, at=at)


def _absence_event(kind: str, row: Absence, *, by: Actor, at: datetime) -> None:
    data = {
        "absence": row.pk,
        "person": row.person_id,
        "kind": str(row.kind),
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
    }
    _event(by.tenant or 0, kind, by=by, at=at, data=data)


@transaction.atomic
def set_calendar(
    office: Unit, calendar: worktime.Calendar, *, by: Actor, at: datetime
) -> WorkCalendar:
    """Put a new version of the working calendar into force at an office.

    The number of the version is the office's own, whatever the calendar says.
    """
    version = WorkCalendar.objects.filter(office=office).count() + 1
    calendar = replace(calendar, version=version)
    row = WorkCalendar.objects.create(
        office=office,
        version=version,
        data=calendar.to_json(),
        confirmed_until=calendar.confirmed.last,
        made_at=at,
    )
    _event(
        office.tenant_id,
        "calendar.set",
        by=by,
        at=at,
        data={
            "office": office.pk,
            "version": version,
            "confirmed_until": calendar.confirmed.last.isoformat(),
        },
    )
    return row


def may_administer(person: Person, tenant: int, at: datetime) -> None:
    """Raise Refusal unless the person administers this tenant."""
    if not queries.administers(person, tenant, at):
        raise Refusal(say("Hanya administrator kabupaten yang dapat mengubah ini."))
