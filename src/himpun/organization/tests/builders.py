"""A fixed cast: one small office with everybody in it, and an outsider."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

from himpun import worktime
from himpun.ledger.rules import SYSTEM
from himpun.ledger.tests.kept import built_once
from himpun.organization import actions
from himpun.organization.models import Person, Position, Unit
from himpun.organization.rules import PositionKind, UnitKind

WHEN = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)
"""Thursday 2 January 2025, 08.00 WIB."""
SINCE = date(2024, 1, 1)
_number = count(1)


@dataclass
class Office:
    """An office and its people; ``position[kind]`` are the jabatan."""

    regency: Unit
    unit: Unit
    position: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def tenant(self):
        return self.unit.tenant


def make_person(name):
    n = next(_number)
    return Person.objects.create(username=f"{name}-{n}", name=f"{name} {n}")


CAST = [
    ("camat", PositionKind.HEAD, "Camat"),
    ("sekcam", PositionKind.SECRETARY, "Sekretaris Kecamatan"),
    ("kasubbag", PositionKind.SUBHEAD, "Kasubbag Perencanaan dan Keuangan"),
    ("kasubbag2", PositionKind.SUBHEAD, "Kasubbag Umum dan Kepegawaian"),
    ("pelaksana", PositionKind.STAFF, "Pelaksana Perencanaan"),
    ("pelaksana2", PositionKind.STAFF, "Pelaksana Data"),
    ("kasi", PositionKind.SECTION_HEAD, "Kasi Pemerintahan"),
]


@built_once
def make_office(name="Kecamatan Contoh", *, calendar=True, villages=2):
    """Make a kabupaten of its own with one kecamatan and the cast in it."""
    n = next(_number)
    regency = actions.create_tenant(
        f"99.{n:02}", f"Kabupaten Uji {n}", f"uji-{n}", at=WHEN
    )
    unit = actions.create_unit(
        regency,
        UnitKind.DISTRICT,
        f"99.{n:02}.01",
        name,
        short_name=f"contoh-{n}",
        address="Jalan Uji 1",
        at=WHEN,
    )
    for v in range(1, villages + 1):
        actions.create_unit(
            unit,
            UnitKind.VILLAGE,
            f"99.{n:02}.01.{2000 + v}",
            f"Desa Uji {v}",
            short_name=f"desa-{n}-{v}",
            at=WHEN,
        )
    office = Office(regency, unit)
    for key, kind, title in CAST:
        seat(office, key, kind, f"{title} {name.removeprefix('Kecamatan ')}", unit)
    seat(
        office, "admin", PositionKind.ADMINISTRATOR, "Administrator Kabupaten", regency
    )
    if calendar:
        actions.set_calendar(unit, worktime.shipped_calendar(), by=SYSTEM, at=WHEN)
    return office


def seat(office, key, kind, title, unit):
    """Add a position with one definitive holder to the office's cast."""
    person = make_person(key)
    position = actions.create_position(unit, kind, title, at=WHEN)
    actions.appoint(person, position, since=SINCE, at=WHEN)
    office.people[key] = person
    office.position[key] = position
    return person


def make_outsider():
    """Return the Pelaksana of an office in another tenant."""
    return make_office("Kecamatan Lain", villages=0).pelaksana
