"""Who holds a position, in which capacity, and what the paper then says.

Acting officials: Plt. and Plh. hold a position for a time while its holder is away or
the position is empty (UU 30/2014 art. 14); Pj. fills an empty one by appointment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from himpun import worktime
from himpun.shared.refusals import Refusal, say


class UnitKind(StrEnum):
    """What a unit is in the tree of an office."""

    REGENCY = "kabupaten"
    AGENCY = "perangkat-daerah"
    DISTRICT = "kecamatan"
    SECTION = "bagian"
    VILLAGE = "desa"


OFFICES = frozenset({UnitKind.AGENCY, UnitKind.DISTRICT})
"""The kinds of unit that run cases and own figures; the rest are parts of one."""

CALENDAR_WARNING = timedelta(days=60)
"""So long before a confirmed calendar ends people are told."""


class PositionKind(StrEnum):
    """What a position is for; an SOP's actor is bound to positions, not to kinds."""

    HEAD = "camat"
    SECRETARY = "sekcam"
    SUBHEAD = "kasubbag"
    SECTION_HEAD = "kasi"
    STAFF = "pelaksana"
    VILLAGE_HEAD = "kepala-desa"
    ADMINISTRATOR = "administrator"


class Status(StrEnum):
    """In which capacity a person holds a position."""

    DEFINITIVE = "definitif"
    PLT = "plt"
    PLH = "plh"
    PJ = "pj"


PREFIX = {
    Status.DEFINITIVE: "",
    Status.PLT: "Plt. ",
    Status.PLH: "Plh. ",
    Status.PJ: "Pj. ",
}


@dataclass(frozen=True)
class Tenure:
    """One person in one position from a day until a day (inclusive; None: open)."""

    official: int
    person: int
    position: int
    title: str
    status: Status
    since: date
    until: date | None
    letter: str

    def covers(self, day: date) -> bool:
        """Whether the person holds the position on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


def acting_title(title: str, status: Status, letter: str) -> str:
    """Return what trail and print call the role: "Plt. Camat Muncar, SPT 800/12"."""
    named = f"{PREFIX[status]}{title}"
    return f"{named}, {letter}" if letter and status is not Status.DEFINITIVE else named


def holders(tenures: Iterable[Tenure], position: int, day: date) -> list[Tenure]:
    """Return who may act in a position on a day, the acting official first.

    While a Plt./Plh./Pj. is appointed, the definitive holder does not act: a position
    that only one person fills is never worked by two. Positions that several people
    fill (Pelaksana) have several definitive holders, and all of them may work.
    """
    here = [t for t in tenures if t.position == position and t.covers(day)]
    acting = [t for t in here if t.status is not Status.DEFINITIVE]
    return acting or here


def confirm_proposed(calendar: worktime.Calendar, decree: str) -> worktime.Calendar:
    """Return the calendar with the first proposed year confirmed by a decree.

    Raises Refusal when nothing is proposed or no decree is named.
    """
    if calendar.proposed is None:
        raise Refusal(say("Tidak ada usulan kalender yang menunggu ditetapkan."))
    year_end = date(calendar.proposed.first.year, 12, 31)
    if not decree.strip():
        raise Refusal(say("Isi nomor keputusan yang menetapkan hari libur."))
    until = min(year_end, calendar.proposed.last)
    return worktime.confirmed_through(calendar, until, decree.strip())
