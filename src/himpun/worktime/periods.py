"""Reporting periods: month, quarter (triwulan), semester, year.

PermenPANRB 53/2014 asks for quarterly and yearly measurement; monthly and semester
reports feed them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from himpun.wording import Sentence, say

MONTHS = (
    *(say("Januari"), say("Februari"), say("Maret"), say("April"), say("Mei")),
    *(say("Juni"), say("Juli"), say("Agustus"), say("September")),
    *(say("Oktober"), say("November"), say("Desember")),
)
ROMAN = ("", "I", "II", "III", "IV")


class PeriodKind(StrEnum):
    """The length of a period, in the words of an SOP's `jadwal.periode`."""

    MONTH = "bulan"
    QUARTER = "triwulan"
    SEMESTER = "semester"
    YEAR = "tahun"


LENGTH = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.SEMESTER: 6,
    PeriodKind.YEAR: 12,
}
LETTERS = {
    PeriodKind.MONTH: "B",
    PeriodKind.QUARTER: "TW",
    PeriodKind.SEMESTER: "S",
}


@dataclass(frozen=True, order=True)
class Period:
    """One period: ``Period(PeriodKind.QUARTER, 2026, 3)`` is Triwulan III 2026."""

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        """Refuse a number that the kind does not have; raises ValueError."""
        if not 1 <= self.number <= 12 // LENGTH[self.kind]:
            raise ValueError(f"{self.kind} {self.number}")

    @property
    def code(self) -> str:
        """The short form in URLs and commands: 2026-TW3, 2026-B07, 2026-S1, 2026."""
        if self.kind is PeriodKind.YEAR:
            return str(self.year)
        width = 2 if self.kind is PeriodKind.MONTH else 1
        return f"{self.year}-{LETTERS[self.kind]}{self.number:0{width}}"

    @property
    def label(self) -> Sentence:
        """The form that people read: "Triwulan III 2026"."""
        match self.kind:
            case PeriodKind.MONTH:
                return say(
                    "%(month)s %(year)s", month=MONTHS[self.number - 1], year=self.year
                )
            case PeriodKind.YEAR:
                return say("Tahun %(year)s", year=self.year)
            case PeriodKind.QUARTER:
                return say(
                    "Triwulan %(number)s %(year)s",
                    number=ROMAN[self.number],
                    year=self.year,
                )
        return say(
            "Semester %(number)s %(year)s", number=ROMAN[self.number], year=self.year
        )

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, (self.number - 1) * LENGTH[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """The last day."""
        month = self.number * LENGTH[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    def months(self) -> tuple[Period, ...]:
        """Return the months within, in order."""
        return self.within(PeriodKind.MONTH)

    def within(self, kind: PeriodKind) -> tuple[Period, ...]:
        """Return the periods of a kind within, in order; none when the kind is longer."""
        many = LENGTH[self.kind] // LENGTH[kind]
        first = (self.number - 1) * many + 1
        return tuple(Period(kind, self.year, first + n) for n in range(many))

    def holding(self) -> tuple[Period, ...]:
        """Return the periods that hold this one, itself first, then ever longer ones."""
        longer = (k for k in PeriodKind if LENGTH[k] >= LENGTH[self.kind])
        return tuple(period_of(kind, self.end) for kind in longer)

    def after(self) -> Period:
        """Return the period of the same kind just after."""
        if self.number < 12 // LENGTH[self.kind]:
            return Period(self.kind, self.year, self.number + 1)
        return Period(self.kind, self.year + 1)

    def before(self) -> Period:
        """Return the period of the same kind just before."""
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, 12 // LENGTH[self.kind])

    def year_before(self) -> Period:
        """Return the same period one year earlier."""
        return Period(self.kind, self.year - 1, self.number)


CODE = re.compile(
    r"(?P<year>[1-9][0-9]{3})(?:-(?P<letters>B|TW|S)(?P<number>[0-9]{1,2}))?"
)


def read_period(code: str) -> Period:
    """Return the period of a code such as "2026-TW3"; raises ValueError."""
    match = CODE.fullmatch(code)
    if not match:
        raise ValueError(code)
    if not match["letters"]:
        return Period(PeriodKind.YEAR, int(match["year"]))
    kind = next(k for k, letters in LETTERS.items() if letters == match["letters"])
    return Period(kind, int(match["year"]), int(match["number"]))


def period_of(kind: PeriodKind, day: date) -> Period:
    """Return the period of this kind that holds the day."""
    return Period(kind, day.year, (day.month - 1) // LENGTH[kind] + 1)
