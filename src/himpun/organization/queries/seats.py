"""Units, positions and who holds them; who may see what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from himpun.ledger.rules import Actor
from himpun.shared.refusals import Refusal, say

from .. import rules
from ..models import Absence, Official, Person, Position, Unit, WorkCalendar
from ..rules import PositionKind, Tenure
from .calendars import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime


TENURE = (
    *("pk", "person", "position", "position__title"),
    *("status", "since", "until", "letter"),
)
PLACE = (
    *("position__kind", "position__unit", "position__unit__kind"),
    *("position__unit__name", "position__unit__office", "position__unit__office__name"),
    *("position__unit__tenant", "position__unit__tenant__name", "zone"),
)

NO_ZONE = Value("")


def zone_for(person: Person, at: datetime) -> str:
    """Return the zone in which a person reads times: the own office's by its calendar,
    else that of the other offices of the kabupaten; WIB without any. One query, none
    where the own office is known to have a calendar.
    """
    day = local_day(at)
    places = held_in_request(person, day).places.values()
    own = next((place.zone for place in places if place.zone), "")
    return own or _zone_around(person, day)


def _zone_around(person: Person, day: date) -> str:
    seats = Unit.objects.filter(
        Q(positions__officials__until__isnull=True)
        | Q(positions__officials__until__gte=day),
        positions__officials__person=person,
        positions__officials__since__lte=day,
    )
    own = When(office__in=seats.values("office"), then=0)
    rows = WorkCalendar.objects.filter(office__tenant__in=seats.values("tenant"))
    zones = rows.order_by(Case(own, default=1), "-version", "pk")
    return zones.values_list("data__zone", flat=True).first() or "Asia/Jakarta"


def tenures(positions: Iterable[int]) -> list[Tenure]:
    """Return all tenures of these positions, past and present, in one query."""
    return [_tenure(*row) for row in _officials(positions).values_list(*TENURE)]


def _officials(positions: Iterable[int]) -> QuerySet[Official]:
    return Official.objects.filter(position__in=positions, person__is_active=True)


def _tenure(*columns: Any) -> Tenure:  # noqa: ANN401 - the columns of TENURE
    pk, person, position, title, status, since, until, letter = columns
    kind = rules.Status(status)
    return Tenure(pk, person, position, title, kind, since, until, letter)


def tenure_of(official: Official) -> Tenure:
    """Return a row with its position as a plain tenure."""
    return Tenure(
        official.pk,
        official.person_id,
        official.position_id,
        official.position.title,
        rules.Status(official.status),
        official.since,
        official.until,
        official.letter,
    )


def holders_of(positions: Iterable[int], day: date) -> list[Tenure]:
    """Return who may act in any of these positions on a day."""
    ids = list(positions)
    known = tenures(ids)
    return [t for position in ids for t in rules.holders(known, position, day)]


@dataclass(frozen=True)
class Place:
    """Where a position stands: its unit, the unit's office (None above) and tenant.

    ``zone`` by the office's calendar, "" without one or where it was not asked.
    """

    kind: PositionKind
    unit: int
    unit_kind: rules.UnitKind
    unit_name: str
    office: int | None
    office_name: str
    tenant: int
    tenant_name: str
    zone: str


@dataclass(frozen=True)
class Held:
    """What a person may act in on a day: read once, then handed to all that ask.

    ``places`` has the place of each position, by its id.
    """

    tenures: tuple[Tenure, ...]
    places: Mapping[int, Place]

    @property
    def positions(self) -> list[int]:
        """The ids of the positions."""
        return [t.position for t in self.tenures]

    def kinds(self, office: int | None = None) -> set[PositionKind]:
        """Return the kinds of the positions, of one office only where it is given."""
        seats = self.places.values()
        return {p.kind for p in seats if office is None or p.office == office}


def held_by(person: Person, day: date) -> Held:
    """Return what a person may act in on a day (acting rule applied), one query."""
    return _held(person, day, NO_ZONE)


def _held(person: Person, day: date, zone: Value | Subquery) -> Held:
    own = Official.objects.filter(person=person).order_by()
    rows = (
        _officials(own.values_list("position", flat=True))
        .annotate(zone=zone)
        .values_list(*TENURE, *PLACE)
    )
    known, places = [], {}
    for row in rows:
        known.append(_tenure(*row[: len(TENURE)]))
        places[known[-1].position] = _place(*row[len(TENURE) :])
    seated = (t for seat in places for t in rules.holders(known, seat, day))
    mine = tuple(t for t in seated if t.person == person.pk)
    return Held(mine, {t.position: places[t.position] for t in mine})


def _place(*columns: Any) -> Place:  # noqa: ANN401 - the columns of PLACE
    kind, unit, unit_kind, unit_name, *above = columns
    office, office_name, tenant, tenant_name, zone = above
    return Place(
        kind=PositionKind(kind),
        unit=unit,
        unit_kind=rules.UnitKind(unit_kind),
        unit_name=unit_name,
        office=office,
        office_name=office_name or "",
        tenant=tenant,
        tenant_name=tenant_name,
        zone=zone or "",
    )


def read_once(person: Person, day: date) -> None:
    """Keep what a person holds with this object, which lives as long as a request, and
    the zones of the offices with it.

    For reading alone: an act asks `held_by` anew within its transaction.
    """
    newest = WorkCalendar.objects.filter(office=OuterRef("position__unit__office"))
    held = _held(person, day, Subquery(newest.values("data__zone")[:1]))
    person.held = {day: held}  # type: ignore[attr-defined]  # no column


def held_in_request(person: Person, day: date) -> Held:
    """Return what `read_once` kept, else what the person holds on a day."""
    kept: dict[date, Held] = getattr(person, "held", {})
    return kept.get(day) or held_by(person, day)


def tenures_of(person: Person, day: date) -> list[Tenure]:
    """Return the tenures by which a person may act on a day (acting rule applied)."""
    return list(held_by(person, day).tenures)


NOT_YOURS = say(
    "Tugas ini milik jabatan lain. Hubungi atasan bila jabatan Anda berubah."
)


def away(people: Iterable[int], day: date) -> dict[int, Absence]:
    """Return by person the absence of this day that lasts longest, one query."""
    rows = Absence.objects.filter(
        person__in=set(people),
        cancelled_at__isnull=True,
        since__lte=day,
        until__gte=day,
    )
    return {row.person_id: row for row in rows.order_by("until", "pk")}


def positions_of(person: Person, day: date) -> list[int]:
    """Return the ids of the positions in which a person may act on a day."""
    return held_by(person, day).positions


def acting(person: Person, positions: Iterable[int], at: datetime) -> Actor:
    """Return the person as the holder of one of these positions at this moment.

    Raises Refusal when the person holds none of them that day.
    """
    wanted = list(positions)
    held = held_by(person, local_day(at))
    for tenure in held.tenures:
        if tenure.position in wanted:
            return _actor(tenure, held.places[tenure.position])
    raise Refusal(NOT_YOURS)


def _actor(tenure: Tenure, place: Place) -> Actor:
    return Actor(
        person=tenure.person,
        official=tenure.official,
        role=rules.acting_title(tenure.title, tenure.status, tenure.letter),
        unit=place.office or place.unit,
        tenant=place.tenant,
    )


def own_role(person: Person, at: datetime) -> Actor:
    """Return the person in his or her first position that day.

    Raises Refusal for someone without a position.
    """
    held = held_by(person, local_day(at))
    if not held.tenures:
        raise Refusal(
            say("Akun ini belum memegang jabatan. Hubungi administrator kabupaten.")
        )
    first = held.tenures[0]
    return _actor(first, held.places[first.position])


def offices_of(person: Person, day: date) -> set[int]:
    """Return the ids of the offices in whose positions a person sits that day."""
    places = held_in_request(person, day).places.values()
    return {place.office for place in places if place.office}


def visible_offices(
    person: Any,  # noqa: ANN401 - may be anonymous
    at: datetime,
    held: Held | None = None,
) -> QuerySet[Unit]:
    """Return the offices whose data a person may read: the own one; all of the own
    tenant for those who sit at the kabupaten itself.

    ``held``: what the person holds at that moment, where it is known already.
    """
    if not getattr(person, "is_authenticated", False):
        return Unit.objects.none()
    places = (held or held_in_request(person, local_day(at))).places.values()
    own = {p.office for p in places if p.office}
    above = {p.tenant for p in places if p.unit_kind is rules.UnitKind.REGENCY}
    return Unit.objects.filter(kind__in=[k.value for k in rules.OFFICES]).filter(
        Q(pk__in=own) | Q(tenant__in=above)
    )


def visible_to(
    person: Any,  # noqa: ANN401 - may be anonymous
    at: datetime,
    held: Held | None = None,
) -> Q:
    """Return the condition "its ``unit`` is one that this person may read".

    For tables whose office column is called ``unit``; others name `visible_offices`.
    """
    return Q(unit__in=visible_offices(person, at, held))


def administers(person: Person, tenant: int, at: datetime) -> bool:
    """Whether a person holds an administrator's position of this tenant."""
    places = held_in_request(person, local_day(at)).places.values()
    return any(
        p.kind is PositionKind.ADMINISTRATOR and p.tenant == tenant for p in places
    )


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
    return _named(name, rules.OFFICES)


def planners_named(name: str) -> list[Unit]:
    """Return those offices; where there is none, the kabupaten that is named so."""
    return offices_named(name) or _named(name, [rules.UnitKind.REGENCY])


def _named(name: str, kinds: Iterable[rules.UnitKind]) -> list[Unit]:
    rows = Unit.objects.filter(kind__in=[kind.value for kind in kinds])
    rows = rows.select_related("tenant")
    return list(rows.filter(code=name) or rows.filter(short_name=name.lower()))


def data_units(office: Unit) -> QuerySet[Unit]:
    """Return the units that supply data to an office: its sections and villages."""
    return Unit.objects.filter(office=office).exclude(pk=office.pk)


def parts_of(unit: Unit) -> QuerySet[Unit]:
    """Return the units among which a target is divided: of an office those that supply
    its data, of a kabupaten its offices.
    """
    if unit.kind != rules.UnitKind.REGENCY:
        return data_units(unit)
    kinds = [kind.value for kind in rules.OFFICES]
    return Unit.objects.filter(tenant=unit.tenant_id, kind__in=kinds)


def offices_below(parent: Unit) -> QuerySet[Unit]:
    """Return the offices directly below a unit, in the order of lists."""
    kinds = [kind.value for kind in rules.OFFICES]
    return Unit.objects.filter(parent=parent, kind__in=kinds)


def visible_regencies(
    person: Any,  # noqa: ANN401 - may be anonymous
    at: datetime,
) -> QuerySet[Unit]:
    """Return the kabupaten whose totals a person may read: the one he or she sits at."""
    if not getattr(person, "is_authenticated", False):
        return Unit.objects.none()
    places = held_in_request(person, local_day(at)).places.values()
    above = {p.tenant for p in places if p.unit_kind is rules.UnitKind.REGENCY}
    return Unit.objects.filter(kind=rules.UnitKind.REGENCY, tenant__in=above)


def visible_planners(
    person: Any,  # noqa: ANN401 - may be anonymous
    at: datetime,
) -> QuerySet[Unit]:
    """Return the units whose indicators and targets a person may read: the offices, and
    the kabupaten after them.
    """
    rows = visible_offices(person, at) | visible_regencies(person, at)
    last = When(kind=rules.UnitKind.REGENCY, then=1)
    return rows.order_by(Case(last, default=0), "name")
