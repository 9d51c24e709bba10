"""The offices of the demo: the files in `data`, and one password for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from himpun import sop
from himpun.config.offices import Office, load, read
from himpun.ledger.rules import SYSTEM
from himpun.procedures import actions as procedures

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person, Position

DATA = Path(__file__).parent / "data"
PASSWORD = "contoh-himpun-2026"  # noqa: S105 - the demo's, printed at its start
PASSPHRASE = "frasa sandi contoh"  # noqa: S105 - of the test certificate of Muncar's Camat


def make(name: str, *, at: datetime) -> Office:
    """Make an office of the demo ("jekulo", "muncar") with its people and its SOP."""
    kantor = read((DATA / f"{name}.yaml").read_bytes())
    office = load(kantor, beside=DATA, at=at)
    for person in office.people.values():
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return office


def adopt_templates(office: Office, *, at: datetime) -> None:
    """Let the shipped templates come into force beside the office's own SOP."""
    [own] = office.procedures
    actors: dict[str, list[Position]] = {}
    for row in own.bindings.select_related("position"):
        actors.setdefault(row.actor, []).append(row.position)
    for name, source in sop.shipped().items():
        if name.startswith("templat-"):
            version = procedures.adopt(office.unit, source, actors, by=SYSTEM, at=at)
            office.procedures.append(version)


def people_of(office: Office) -> dict[str, Person]:
    """Return the people of an office by the first word of their account."""
    return {name.partition(".")[0]: who for name, who in office.people.items()}
