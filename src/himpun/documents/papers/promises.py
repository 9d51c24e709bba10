"""Perjanjian Kinerja and Rencana Kinerja Tahunan: what a year is to bring.

The form of the PK is that of PermenPANRB 53/2014, anak lampiran I/2-6 (statement) and
I/4-6 or I/5-6 (annex of a unit kerja or SKPD).
"""

from dataclasses import dataclass
from typing import ClassVar

from .parts import Head, Initial, Signatory


@dataclass(frozen=True)
class Party:
    """A party of the statement: an official's name and position."""

    name: str
    title: str


@dataclass(frozen=True)
class Promise:
    """A row of the first table; ``outcome`` is empty where the row above has it."""

    outcome: str
    indicator: str
    target: str


@dataclass(frozen=True)
class Funding:
    """A row of the second table: "Rp100.000.000", and the Keterangan."""

    name: str
    amount: str
    note: str = ""


@dataclass(frozen=True)
class PerjanjianKinerja:
    """Statement and annex; ``agency`` chooses the SKPD form, else that of a unit kerja.

    ``dated`` is "Muncar, 15 Januari 2025"; ``signatories`` are the second party and the
    first, in the order in which they stand. ``change`` names version and reason of a
    revision, empty for the first.
    """

    template: ClassVar[str] = "perjanjian-kinerja"
    title: ClassVar[str] = "Perjanjian Kinerja"

    head: Head
    first: Party
    second: Party
    promises: tuple[Promise, ...]
    funding: tuple[Funding, ...]
    signatories: tuple[Signatory, ...]
    dated: str
    agency: bool = True
    change: str = ""


@dataclass(frozen=True)
class RencanaKinerja:
    """The RKT: sasaran, indicators, targets; programmes with their budget.

    ``version`` says which it is and on what it rests; ``signatories`` hold who sets it,
    nobody on a concept that no SOP conducts.
    """

    template: ClassVar[str] = "rencana-kinerja-tahunan"
    title: ClassVar[str] = "Rencana Kinerja Tahunan"

    head: Head
    promises: tuple[Promise, ...]
    funding: tuple[Funding, ...]
    version: str
    initials: tuple[Initial, ...] = ()
    signatories: tuple[Signatory, ...] = ()
