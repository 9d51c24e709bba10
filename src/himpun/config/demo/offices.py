"""Tenants, offices and people of the demo. People are named by their position."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import resources
from typing import TYPE_CHECKING

from himpun import worktime
from himpun.ledger.rules import SYSTEM
from himpun.organization import actions
from himpun.organization.models import Person, Position, Unit
from himpun.organization.rules import PositionKind, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterator

SINCE = date(2024, 1, 2)
PASSWORD = "contoh-himpun-2026"  # noqa: S105 - the demo's, printed at its start
PASSPHRASE = "frasa sandi contoh"  # noqa: S105 - of the test certificate of Muncar's Camat
SECTIONS = (
    "Seksi Tata Pemerintahan",
    "Seksi Pemberdayaan Masyarakat dan Desa",
    "Seksi Ketenteraman dan Ketertiban Umum",
    "Seksi Pelayanan Umum",
)


@dataclass
class Office:
    """An office of the demo with its positions and people by short key."""

    unit: Unit
    regency: Unit
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """What distinguishes one demo office from another."""

    regions: str
    regency: tuple[str, str, str]
    code: str
    name: str
    short_name: str
    address: str


JEKULO = Recipe(
    "kudus_33_19.csv",
    ("33.19", "Kabupaten Kudus", "kudus"),
    "33.19.06",
    "Kecamatan Jekulo",
    "jekulo",
    "Jln. Raya Kudus-Pati Km. 10 No. 28 Jekulo Kudus",
)
MUNCAR = Recipe(
    "banyuwangi_muncar_35_10_05.csv",
    ("35.10", "Kabupaten Banyuwangi", "banyuwangi"),
    "35.10.05",
    "Kecamatan Muncar",
    "muncar",
    "Kecamatan Muncar, Kabupaten Banyuwangi",
)


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV of the demo's data."""
    text = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def make(recipe: Recipe, *, at: datetime) -> Office:
    """Make the tenant, the kecamatan, its sections, its desa and its people."""
    code, name, short = recipe.regency
    regency = actions.create_tenant(code, name, short, at=at)
    unit = actions.create_unit(
        regency,
        UnitKind.DISTRICT,
        recipe.code,
        recipe.name,
        short_name=recipe.short_name,
        address=recipe.address,
        at=at,
    )
    office = Office(unit, regency)
    place = recipe.name.removeprefix("Kecamatan ")
    parts = _parts(office, recipe, at)
    for seat in _seats(place):
        _fill(office, seat, parts, at)
    actions.set_calendar(unit, worktime.shipped_calendar(), by=SYSTEM, at=at)
    return office


def _parts(office: Office, recipe: Recipe, at: datetime) -> dict[str, Unit]:
    """Make secretariat, subbag, seksi and desa; return those that hold positions."""
    secretariat = actions.create_unit(
        office.unit,
        UnitKind.SECTION,
        f"{recipe.code}.S",
        "Sekretariat",
        short_name="sekretariat",
        at=at,
    )
    parts = {"kantor": office.unit, "sekretariat": secretariat}
    for key, letter, name in (
        ("perencanaan", "S1", "Subbagian Perencanaan dan Keuangan"),
        ("umum", "S2", "Subbagian Umum dan Kepegawaian"),
    ):
        parts[key] = actions.create_unit(
            secretariat,
            UnitKind.SECTION,
            f"{recipe.code}.{letter}",
            name,
            short_name=key,
            at=at,
        )
    for number, name in enumerate(SECTIONS, 1):
        parts[f"seksi{number}"] = actions.create_unit(
            office.unit,
            UnitKind.SECTION,
            f"{recipe.code}.K{number}",
            name,
            short_name=f"seksi-{number}",
            at=at,
        )
    for code, name in villages(recipe):
        actions.create_unit(
            office.unit,
            UnitKind.VILLAGE,
            code,
            f"Desa {name}",
            short_name=f"desa-{name.lower().replace(' ', '-')}",
            at=at,
        )
    return parts


def villages(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Yield (code, name) of the desa of the office's kecamatan."""
    for row in read_rows(recipe.regions):
        if row["parent_code"] == recipe.code:
            yield row["code"], row["name"]


@dataclass(frozen=True)
class Seat:
    """One jabatan of the demo with the account of its holder."""

    key: str
    kind: PositionKind
    title: str
    part: str
    superior: str = ""


def _seats(place: str) -> list[Seat]:
    return [
        Seat("camat", PositionKind.HEAD, f"Camat {place}", "kantor"),
        Seat(
            "sekcam",
            PositionKind.SECRETARY,
            f"Sekretaris Kecamatan {place}",
            "sekretariat",
            "camat",
        ),
        Seat(
            "kasubbag",
            PositionKind.SUBHEAD,
            "Kasubbag Perencanaan dan Keuangan",
            "perencanaan",
            "sekcam",
        ),
        Seat(
            "kasubbag2",
            PositionKind.SUBHEAD,
            "Kasubbag Umum dan Kepegawaian",
            "umum",
            "sekcam",
        ),
        Seat(
            "pelaksana",
            PositionKind.STAFF,
            "Pelaksana Perencanaan",
            "perencanaan",
            "kasubbag",
        ),
        Seat(
            "pelaksana2",
            PositionKind.STAFF,
            "Pelaksana Pengolah Data",
            "perencanaan",
            "kasubbag",
        ),
        Seat(
            "kasi",
            PositionKind.SECTION_HEAD,
            "Kasi Tata Pemerintahan",
            "seksi1",
            "camat",
        ),
        Seat("admin", PositionKind.ADMINISTRATOR, "Administrator SAKIP", "kabupaten"),
    ]


def _fill(office: Office, seat: Seat, parts: dict[str, Unit], at: datetime) -> None:
    unit = office.regency if seat.part == "kabupaten" else parts[seat.part]
    where = office.regency if seat.part == "kabupaten" else office.unit
    position = actions.create_position(
        unit, seat.kind, seat.title, superior=office.positions.get(seat.superior), at=at
    )
    person = Person.objects.create_user(
        f"{seat.key}.{where.short_name}", PASSWORD, name=f"{seat.title} (contoh)"
    )
    actions.appoint(person, position, since=SINCE, at=at)
    office.positions[seat.key] = position
    office.people[seat.key] = person
