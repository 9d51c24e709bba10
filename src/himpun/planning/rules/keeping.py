"""What keeping a part of the plan did: made something, changed it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from himpun.shared.refusals import Refusal
from himpun.wording import say

if TYPE_CHECKING:
    from himpun.wording import Sentence

Row = TypeVar("Row")


class Change(StrEnum):
    """What became of a thing that was handed in; a refused one raises Refusal."""

    CREATED = "baru"
    UPDATED = "diperbarui"
    UNCHANGED = "sama"


@dataclass(frozen=True)
class Kept(Generic[Row]):
    """The row as it stands now, with ``doubts`` that are told and do not hinder."""

    row: Row
    change: Change
    doubts: tuple[Sentence, ...] = ()


FIRST_YEAR, LAST_YEAR = 1945, 2100
"""The years that a plan may speak of; what lies beyond is a slip."""


def refuse_year(year: int, field: str = "year") -> None:
    """Refuse a year of which no plan speaks; raises Refusal."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(
            say("Tulis tahun antara %(first)s dan %(last)s, bukan %(year)s."),
            field=field,
            first=FIRST_YEAR,
            last=LAST_YEAR,
            year=year,
        )


def one_line(text: str) -> str:
    """Return a text without the blanks and line ends that a sheet or form put in."""
    return " ".join(text.split())


SHOWN = 60
"""Letters of a text that a sentence repeats."""


def cut(text: str) -> str:
    """Return the beginning of a text, so long as a sentence can repeat it."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}\N{HORIZONTAL ELLIPSIS}"
