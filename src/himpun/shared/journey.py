"""How far an SOP has come, in the words that the ribbon and the journey show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where one step stands; the words are also the CSS classes."""

    DONE = "selesai"
    NOW = "kini"
    AHEAD = "belum"
    SKIPPED = "dilewati"


@dataclass(frozen=True)
class Stop:
    """One step of an SOP on its way.

    ``name`` is the activity; ``who`` the actors or the holder; ``standard`` the *Waktu*
    in words ("standar 1 hari, lewat 0,3"); ``spent`` the working time used ("0,8 hari"),
    empty when it has not begun; ``light`` a `worktime.Light` or ``belum``; ``short`` the
    ribbon's second line ("0,8 hari dari 1"); ``round`` counts how often it was opened
    (0: not on the way that the case takes now).
    """

    step: str
    number: int
    name: str
    stage: Stage
    who: str = ""
    standard: str = ""
    spent: str = ""
    light: str = "belum"
    short: str = ""
    round: int = 0
