"""What the ledger knows of an act: who did it, in which capacity, for which office."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person acting in a position, as it stood at the moment of the act.

    ``role`` is printed as it is: "Camat Muncar" or "Plt. Camat Muncar berdasarkan SPT
    nomor 800/12". It holds no personal name: names lie in an erasable table (UU 27/2022).
    """

    person: int
    official: int | None
    role: str
    unit: int | None
    tenant: int | None


SYSTEM = Actor(person=0, official=None, role="Himpun", unit=None, tenant=None)
