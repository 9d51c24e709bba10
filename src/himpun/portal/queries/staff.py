"""Reading for the administrator's page: the tenant's offices, people, calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from himpun.organization import queries as organization
from himpun.organization import rules
from himpun.organization.models import Official, Person, Position, Unit, WorkCalendar
from himpun.organization.rules import PositionKind
from himpun.procedures.queries import journey

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun.organization.models import Absence
    from himpun.organization.queries import Held
    from himpun.organization.rules import Tenure
    from himpun.worktime import Calendar


def administered(person: Person, at: datetime) -> int | None:
    """Return the tenant that the person administers today, None for the others."""
    return administered_by(
        organization.held_in_request(person, organization.local_day(at))
    )


def administered_by(held: Held) -> int | None:
    """Return the tenant that somebody who holds these positions administers."""
    tenants = (
        place.tenant
        for place in held.places.values()
        if place.kind is PositionKind.ADMINISTRATOR
    )
    return next(tenants, None)


@dataclass(frozen=True)
class OfficeRow:
    """An office in the list: how many positions nobody fills, until when it counts."""

    unit: Unit
    positions: int
    empty: int
    confirmed_until: date | None
    proposed_until: date | None


def offices_of(tenant: int, at: datetime) -> list[OfficeRow]:
    """Return the tenant's offices; four queries whatever their number."""
    kinds = [kind.value for kind in rules.OFFICES]
    units = list(Unit.objects.filter(tenant=tenant, kind__in=kinds))
    places: dict[int, list[int]] = {unit.pk: [] for unit in units}
    seats = Position.objects.filter(unit__office__in=units).select_related("unit")
    for seat in seats:
        places[seat.unit.office_id or 0].append(seat.pk)
    day = organization.local_day(at)
    everywhere = [pk for pks in places.values() for pk in pks]
    filled = {t.position for t in organization.holders_of(everywhere, day)}
    known = journey.calendars_of(places)
    return [
        OfficeRow(
            unit=unit,
            positions=len(places[unit.pk]),
            empty=len(set(places[unit.pk]) - filled),
            confirmed_until=_confirmed(known.get(unit.pk)),
            proposed_until=_proposed(known.get(unit.pk)),
        )
        for unit in units
    ]


def _confirmed(calendar: Calendar | None) -> date | None:
    return calendar.confirmed.last if calendar else None


def _proposed(calendar: Calendar | None) -> date | None:
    return calendar.proposed.last if calendar and calendar.proposed else None


@dataclass(frozen=True)
class PersonRow:
    """An account with what it holds, as a list shows it."""

    person: Person
    roles: list[str]


def people_of(tenant: int) -> list[PersonRow]:
    """Return everybody who ever held a position in the tenant, by name; two queries."""
    tenures = Official.objects.filter(position__unit__tenant=tenant)
    held: dict[int, list[str]] = {}
    for row in tenures.filter(until__isnull=True).select_related("position"):
        held.setdefault(row.person_id, []).append(str(row))
    people = Person.objects.filter(tenures__in=tenures).distinct()
    return [PersonRow(p, held.get(p.pk, [])) for p in people.order_by("name", "pk")]


def person(tenant: int, pk: int) -> Person:
    """Return a person that an administrator of the tenant keeps; 404 otherwise."""
    rows = Person.objects.filter(tenures__position__unit__tenant=tenant).distinct()
    return get_object_or_404(rows, pk=pk)


def positions_of(tenant: int) -> list[Position]:
    """Return the positions of all units of the tenant."""
    rows = Position.objects.filter(unit__tenant=tenant).select_related("unit")
    return list(rows.order_by("unit__order", "unit__code", "pk"))


def position(tenant: int, pk: int) -> Position:
    """Return a position of the tenant; 404 otherwise."""
    rows = Position.objects.filter(unit__tenant=tenant).select_related("unit__office")
    return get_object_or_404(rows, pk=pk)


def units_of(tenant: int, pk: int) -> list[Unit]:
    """Return an office of the tenant and its units; 404 for one of another tenant."""
    kinds = [kind.value for kind in rules.OFFICES]
    office = get_object_or_404(Unit, pk=pk, tenant=tenant, kind__in=kinds)
    return list(Unit.objects.filter(office=office))


def official(tenant: int, pk: int) -> Official:
    """Return a tenure in the tenant; 404 otherwise."""
    rows = Official.objects.filter(position__unit__tenant=tenant)
    return get_object_or_404(
        rows.select_related("person", "position__unit__office"), pk=pk
    )


def page_of(position: Position) -> str:
    """Return the settings page on which a position stands."""
    if position.unit.office_id is None:
        return reverse("portal:settings")
    return reverse("portal:office", args=[position.unit.office_id])


def office(tenant: int, pk: int, at: datetime) -> dict[str, Any]:
    """Return what the page of one office shows; 404 for one of another tenant."""
    kinds = [kind.value for kind in rules.OFFICES]
    unit = get_object_or_404(Unit, pk=pk, tenant=tenant, kind__in=kinds)
    day = organization.local_day(at, unit)
    seats = organization.seats(unit, day)
    people = [t.person for seat in seats for t in seat.holders]
    names, away = organization.people(people), organization.away(people, day)
    row = WorkCalendar.objects.filter(office=unit).first()
    return {
        "office": unit,
        "seats": [
            (seat.position, [_holder(t, names, away) for t in seat.holders])
            for seat in seats
        ],
        "calendar": organization.calendar_from(row.data) if row else None,
        "version": row.version if row else None,
    }


def _holder(
    tenure: Tenure, names: dict[int, Person], away: dict[int, Absence]
) -> dict[str, Any]:
    return {
        "official": tenure.official,
        "name": names[tenure.person].name,
        "role": rules.acting_title(tenure.title, tenure.status, tenure.letter),
        "acting": tenure.status is not rules.Status.DEFINITIVE,
        "since": tenure.since,
        "until": tenure.until,
        "away": journey.away_words(away.get(tenure.person)),
    }
