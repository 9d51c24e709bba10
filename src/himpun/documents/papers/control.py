"""Lembar kendali: who did what in which time, the SOP's Pencatatan dan Pendataan.

PermenPANRB 35/2012: each actor records what was done and so passes the work on.
"""

from dataclasses import dataclass
from typing import ClassVar

from .parts import Head, Receipt


@dataclass(frozen=True)
class Act:
    """An act in a step: ``part`` is "mengerjakan", "paraf" or "mengetahui"."""

    part: str
    role: str
    opened_at: str
    started_at: str
    done_at: str
    round: int = 1


@dataclass(frozen=True)
class Step:
    """A step with its acts; ``actual`` against ``standard`` in working time."""

    number: str
    name: str
    standard: str
    actual: str
    state: str
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Return:
    """A return with its reason: the round it opened, from where to where."""

    round: int
    source: str
    to: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True)
class Brought:
    """A line of the kelengkapan that another case fulfilled: whose, from where."""

    step: str
    item: str
    source: str


@dataclass(frozen=True)
class Waiting:
    """A time in which a step waited for somebody outside: whom, why, from when to when."""

    step: str
    waits_for: str
    reason: str
    by: str
    since: str
    until: str


@dataclass(frozen=True)
class LembarKendali:
    """One A4 sheet; the type gets smaller before a second page is opened."""

    template: ClassVar[str] = "lembar-kendali"
    title: ClassVar[str] = "Lembar Kendali"

    head: Head
    steps: tuple[Step, ...]
    opened_at: str
    finished_at: str = ""
    returns: tuple[Return, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    brought: tuple[Brought, ...] = ()
    waiting: tuple[Waiting, ...] = ()
