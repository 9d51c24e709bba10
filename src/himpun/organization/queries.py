"""Who is who, and who may see what: every list of an office's data starts here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from himpun import worktime
from himpun.ledger.rules import Actor
from himpun.shared.refusals import Refusal, say

from . import rules
from .models import Official, Person, Position, Unit, WorkCalendar
from .rules import PositionKind, Tenure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime


def local_day(moment: datetime, office: Unit | None = None) -> date:
    """Return the calendar day of a moment in the office's zone (WIB without one)."""
    zone = zone_of(office) if office else "Asia/Jakarta"
    return moment.astimezone(ZoneInfo(zone)).date()


def zone_of(office: Unit) -> str:
    """Return the office's time zone by its calendar; WIB when it has none yet."""
    row = WorkCalendar.objects.filter(office=office).first()
    return str(row.data["zone"]) if row else "Asia/Jakarta"


def tenures(positions: Iterable[int]) -> list[Tenure]:
    """Return all tenures of these positions, past and present, in one query."""
    rows = Official.objects.filter(position__in=positions, person__is_active=True)
    columns = rows.values_list(
        *("pk", "person", "position", "position__title"),
        *("status", "since", "until", "letter"),
    )
    return [
        Tenure(pk, person, position, title, rules.Status(status), since, until, letter)
        for pk, person, position, title, status, since, until, letter in columns
    ]


def holders_of(positions: Iterable[int], day: date) -> list[Tenure]:
    """Return who may act in any of these positions on a day."""
    ids = list(positions)
    known = tenures(ids)
    return [t for position in ids for t in rules.holders(known, position, day)]


def tenures_of(person: Person, day: date) -> list[Tenure]:
    """Return the positions in which a person may act on a day (acting rule applied).

    One query: every page asks it several times.
    """
    own = Official.objects.filter(person=person).order_by()
    known = tenures(own.values_list("position", flat=True))
    seats = dict.fromkeys(t.position for t in known)
    held = (t for seat in seats for t in rules.holders(known, seat, day))
    return [t for t in held if t.person == person.pk]


def positions_of(person: Person, day: date) -> list[int]:
    """Return the ids of the positions in which a person may act on a day."""
    return [t.position for t in tenures_of(person, day)]


def acting(person: Person, positions: Iterable[int], at: datetime) -> Actor:
    """Return the person as the holder of one of these positions at this moment.

    Raises Refusal when the person holds none of them that day.
    """
    wanted = list(positions)
    day = local_day(at)
    for tenure in tenures_of(person, day):
        if tenure.position in wanted:
            return _actor(tenure)
    raise Refusal(
        say("Tugas ini milik jabatan lain. Hubungi atasan bila jabatan Anda berubah.")
    )


def _actor(tenure: Tenure) -> Actor:
    row = Unit.objects.values_list("pk", "office", "tenant")
    unit, office, tenant = row.get(positions=tenure.position)
    return Actor(
        person=tenure.person,
        official=tenure.official,
        role=rules.acting_title(tenure.title, tenure.status, tenure.letter),
        unit=office or unit,
        tenant=tenant,
    )


def own_role(person: Person, at: datetime) -> Actor:
    """Return the person in his or her first position that day.

    Raises Refusal for someone without a position.
    """
    held = tenures_of(person, local_day(at))
    if not held:
        raise Refusal(
            say("Akun ini belum memegang jabatan. Hubungi administrator kabupaten.")
        )
    return _actor(held[0])


def offices_of(person: Person, day: date) -> set[int]:
    """Return the ids of the offices in whose positions a person sits that day."""
    ids = positions_of(person, day)
    rows = Unit.objects.filter(positions__in=ids).values_list("office_id", flat=True)
    return {office for office in rows if office}


def visible_offices(person: Any, at: datetime) -> QuerySet[Unit]:  # noqa: ANN401 - may be anonymous
    """Return the offices whose data a person may read: the own one; all of the own
    tenant for those who sit at the kabupaten itself.
    """
    if not getattr(person, "is_authenticated", False):
        return Unit.objects.none()
    ids = positions_of(person, local_day(at))
    seats = Unit.objects.filter(positions__in=ids)
    own = {u.office_id for u in seats if u.office_id}
    above = {u.tenant_id for u in seats if u.kind == rules.UnitKind.REGENCY}
    return Unit.objects.filter(kind__in=[k.value for k in rules.OFFICES]).filter(
        Q(pk__in=own) | Q(tenant__in=above)
    )


def visible_to(person: Any, at: datetime) -> Q:  # noqa: ANN401 - may be anonymous
    """Return the condition "its ``unit`` is one that this person may read".

    For tables whose office column is called ``unit``; others name `visible_offices`.
    """
    return Q(unit__in=visible_offices(person, at))


def administers(person: Person, tenant: int, at: datetime) -> bool:
    """Whether a person holds an administrator's position of this tenant."""
    ids = positions_of(person, local_day(at))
    return Position.objects.filter(
        pk__in=ids, kind=PositionKind.ADMINISTRATOR, unit__tenant=tenant
    ).exists()


@dataclass(frozen=True)
class OfficeCalendar:
    """The calendar in force at an office, with the version a deadline names."""

    version: int
    calendar: worktime.Calendar


def calendar_of(office: Unit) -> OfficeCalendar:
    """Return the newest calendar of an office.

    Raises Refusal with what to enter when the office has none.
    """
    row = WorkCalendar.objects.filter(office=office).first()
    if row is None:
        raise Refusal(
            say(
                "Kalender kerja %(office)s belum ada, tenggat tidak dapat dihitung. "
                "Administrator perlu memasukkan jam kerja dan hari libur kantor."
            ),
            office=office.name,
        )
    return OfficeCalendar(row.version, worktime.Calendar.from_json(row.data))


def people(ids: Iterable[int]) -> dict[int, Person]:
    """Return people by id, in one query."""
    return Person.objects.in_bulk(set(ids))


@dataclass(frozen=True)
class Seat:
    """A position with who may act in it on a day; empty when nobody does."""

    position: Position
    holders: tuple[Tenure, ...]


def seats(office: Unit, day: date) -> list[Seat]:
    """Return the positions of an office with their holders that day, two queries."""
    rows = list(
        Position.objects.filter(unit__office=office)
        .select_related("unit")
        .order_by("unit__order", "pk")
    )
    known = tenures(row.pk for row in rows)
    return [Seat(row, tuple(rules.holders(known, row.pk, day))) for row in rows]


def offices_named(name: str) -> list[Unit]:
    """Return the offices of this kode wilayah or short name, of whichever tenant."""
    kinds = [kind.value for kind in rules.OFFICES]
    rows = Unit.objects.filter(kind__in=kinds).select_related("tenant")
    return list(rows.filter(code=name) or rows.filter(short_name=name.lower()))


def data_units(office: Unit) -> QuerySet[Unit]:
    """Return the units that supply data to an office: its sections and villages."""
    return Unit.objects.filter(office=office).exclude(pk=office.pk)
