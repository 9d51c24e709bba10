"""Who holds a position, in which capacity, and what the paper then says.

Acting officials: Plt. and Plh. hold a position for a time while its holder is away or
the position is empty (UU 30/2014 art. 14); Pj. fills an empty one by appointment.
"""

import re
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
    TREASURER = "bendahara"
    VILLAGE_HEAD = "kepala-desa"
    ADMINISTRATOR = "administrator"


SHARED = frozenset({PositionKind.STAFF, PositionKind.ADMINISTRATOR})
"""Kinds of position that several people may hold; the others are one person's."""


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


class AbsenceKind(StrEnum):
    """Why a person is away. Illness is a leave like others: health is nobody's business."""

    LEAVE = "cuti"
    DUTY = "dinas-luar"
    TRAINING = "pelatihan"
    OTHER = "lain"


AWAY = {
    AbsenceKind.LEAVE: say("cuti"),
    AbsenceKind.DUTY: say("dinas luar"),
    AbsenceKind.TRAINING: say("pelatihan"),
    AbsenceKind.OTHER: say("berhalangan"),
}
"""What a sentence calls it: "sedang dinas luar sampai 3 Mei 2026"."""


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


NUMBER = re.compile(r"^([^\d]*?)(?:(?:nomor|no)\b[.:\s]*)?(\d.*)$", re.IGNORECASE)
BASIS = {Status.PLT: "SPT", Status.PLH: "SPT", Status.PJ: "Keputusan"}
"""What a letter is of which only the number was written: Plt. and Plh. act by a *surat
perintah tugas*, a Pj. by a decree.
"""
LONGEST_ROLE = 240
"""Letters of a role as the record keeps it."""


def by_letter(letter: str, kind: str) -> str:
    """Return a letter as papers name it: "SPT nomor 800/12".

    ``kind`` is put before a number that stands alone; words that stand there already
    ("Surat Perintah Bupati No. 800/12") are kept. A text without a number stays as it is.
    """
    found = NUMBER.match(letter)
    if found is None:
        return letter
    return f"{found[1].strip() or kind} nomor {found[2]}"


def acting_title(title: str, status: Status, letter: str) -> str:
    """Return the role of trail and print: "Plt. Camat Muncar berdasarkan SPT nomor 8"."""
    named = f"{PREFIX[status]}{title}"
    if not letter or status is Status.DEFINITIVE:
        return named
    return fitting(f"{named} berdasarkan {by_letter(letter, BASIS[status])}")


def mandate_title(giver: str, receiver: str, letter: str) -> str:
    """Return the role of who acts by mandate: "a.n. Camat Muncar, Sekretaris Kecamatan".

    Whoever acts by mandate names the one who gave it (UU 30/2014 art. 14); both come as
    `acting_title` without letter.
    """
    named = f"a.n. {giver}, {receiver}"
    return fitting(
        f"{named} berdasarkan {by_letter(letter, 'Surat')}" if letter else named
    )


def fitting(role: str) -> str:
    """Return a role so long as the record keeps it, with a sign where it was cut."""
    return role if len(role) <= LONGEST_ROLE else f"{role[: LONGEST_ROLE - 1]}…"


def holders(tenures: Iterable[Tenure], position: int, day: date) -> list[Tenure]:
    """Return who may act in a position on a day, who came last first.

    While a Plt./Plh./Pj. is appointed, the definitive holder does not act, and of two
    only one does: a Plh. for a Plt. or Pj. who is away, else who was appointed last.
    Positions that several people fill (Pelaksana) have several definitive holders, and
    all of them may work.
    """
    here = [t for t in tenures if t.position == position and t.covers(day)]
    here.sort(key=lambda t: t.since, reverse=True)
    acting = [t for t in here if t.status is not Status.DEFINITIVE]
    if acting:
        last = max(acting, key=lambda t: (t.status is Status.PLH, t.since, t.official))
        return [last]
    return here


def appointment_obstacle(new: Tenure, others: Iterable[Tenure], *, alone: bool) -> str:
    """Return why somebody may not be put beside these others, empty when allowed.

    Two may not act for the same position, but a Plh. for a Plt. or Pj. who is away.
    ``alone``: only one person holds it definitively. On the day on which one hands over
    to the next both may be recorded.
    """
    for other in others:
        last = min(new.until or date.max, other.until or date.max)
        days = (last - max(new.since, other.since)).days + 1
        definitive = {new.status, other.status} == {Status.DEFINITIVE}
        both_act = Status.DEFINITIVE not in {new.status, other.status}
        if definitive and alone and days > 1:
            return say(
                "Jabatan ini masih dijabat orang lain pada hari-hari itu. Akhiri dahulu "
                "masa jabatan pejabat yang lama."
            )
        if both_act and days > 1 and (new.status, other.status).count(Status.PLH) != 1:
            return say(
                "Sudah ada %(role)s pada hari-hari itu. Akhiri dahulu masa tugasnya; "
                "satu jabatan dijabat oleh satu pelaksana.",
                role=acting_title(other.title, other.status, other.letter),
            )
    return ""


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
