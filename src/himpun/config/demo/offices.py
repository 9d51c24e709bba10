"""The offices of the demo: the files in `data`, and one password for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from himpun.config.offices import Office, load, read

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person

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


def people_of(office: Office) -> dict[str, Person]:
    """Return the people of an office by the first word of their account."""
    return {name.partition(".")[0]: who for name, who in office.people.items()}
