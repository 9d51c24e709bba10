"""What every page's frame shows: who, where, the menu with counts, the working hours.

It is built when a template first asks for it, with a fixed number of queries, so that
fragments and plain pages cost nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from himpun.notices import queries as notices
from himpun.organization import queries as organization
from himpun.organization import rules as offices
from himpun.organization.models import WorkCalendar
from himpun.shared import clock, pages
from himpun.worktime import ZONES

from .. import rules
from . import work

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpRequest

    from himpun.organization.models import Person
    from himpun.organization.rules import PositionKind

UNTIL = "–"  # noqa: RUF001 - from one hour to another, as printed


@dataclass(frozen=True)
class Item:
    """One line of the menu; ``count`` is what this person has to do there."""

    key: str
    label: str
    icon: str
    url: str
    count: int
    rule_before: bool


@dataclass(frozen=True)
class Frame:
    """The frame of one request. ``counts``: the menu says how much waits behind it."""

    person: Person
    now: datetime
    demo_clock: bool
    initials: str
    role: str
    office: str
    above: str
    kinds: frozenset[PositionKind]
    unread: int
    hours: str
    counts: bool

    @property
    def name(self) -> str:
        """The reader's name."""
        return self.person.name

    @cached_property
    def desk(self) -> work.Desk:
        """What lies before the reader."""
        return work.desk(self.person, self.now)

    @cached_property
    def menu(self) -> tuple[Item, ...]:
        """The lines of the menu."""
        return _menu(self.kinds, work.counts(self.desk) if self.counts else {})


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame; nothing is asked before a template uses it."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"frame": None}
    return {"frame": SimpleLazyObject(lambda: of(request))}


def of(request: HttpRequest) -> Frame:
    """Return the frame of a signed-in person's request, made once."""
    known: Frame | None = getattr(request, "himpun_frame", None)
    made = known or _frame(request, cast("Person", request.user), clock.now())
    request.himpun_frame = made  # type: ignore[attr-defined]  # kept for this request
    return made


def _frame(request: HttpRequest, person: Person, at: datetime) -> Frame:
    known = organization.held_in_request(person, organization.local_day(at))
    held = known.tenures
    first = known.places[held[0].position] if held else None
    return Frame(
        person=person,
        now=at,
        demo_clock=bool(clock.shift()),
        initials=rules.initials(person.name),
        role=offices.acting_title(held[0].title, held[0].status, "")
        if held
        else _("Belum memegang jabatan"),
        office=first.office_name or first.unit_name if first else "",
        above=_("Pemerintah %s") % first.tenant_name if first else "",
        kinds=frozenset(known.kinds()),
        unread=notices.unread(person),
        hours=_hours(first.office, at) if first and first.office else "",
        counts=not pages.is_refused(request),
    )


def _menu(
    kinds: frozenset[PositionKind], counts: Mapping[str, int]
) -> tuple[Item, ...]:
    items, second = [], False
    for door in rules.doors(kinds):
        items.append(
            Item(
                door.key,
                _(door.label),
                door.icon,
                reverse(door.url),
                counts.get(door.key, 0),
                rule_before=door.second and not second,
            )
        )
        second = second or door.second
    return tuple(items)


def _hours(office: int, at: datetime) -> str:
    """Return from when until when people work today; "" when no calendar says."""
    row = WorkCalendar.objects.filter(office=office).first()
    if row is None:
        return ""
    calendar = organization.calendar_from(row.data)
    day = at.astimezone(calendar.tz).date()
    if not calendar.first <= day <= calendar.last:
        return ""
    hours = calendar.hours(day)
    if not hours:
        return _("libur")
    return f"{hours[0].start:%H.%M}{UNTIL}{hours[-1].end:%H.%M} {ZONES[calendar.zone]}"
