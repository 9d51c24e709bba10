"""Decisions of a running procedure, as plain functions of plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.organization.rules import PositionKind

if TYPE_CHECKING:
    from himpun.worktime.periods import Period


class CaseState(StrEnum):
    """Where a case stands."""

    RUNNING = "berjalan"
    FINISHED = "selesai"
    CANCELLED = "dibatalkan"


class VersionState(StrEnum):
    """Where a version of an SOP stands at its office."""

    ADOPTED = "berlaku"
    SUPERSEDED = "digantikan"


class Part(StrEnum):
    """What an actor does in a step: the work itself, or his part beside it."""

    WORK = "kerja"
    PARAF = "paraf"
    ACKNOWLEDGE = "mengetahui"
    TOGETHER = "bersama"
    EITHER = "salah-satu"


class ItemState(StrEnum):
    """How a line of the kelengkapan stands."""

    OPEN = "belum"
    ATTACHED = "ada"
    NOT_APPLICABLE = "tidak-berlaku"
    WAIVED = "dikecualikan"


STARTERS = frozenset({PositionKind.SUBHEAD, PositionKind.SECRETARY})


DECIDERS = STARTERS | {PositionKind.HEAD}
"""Who may confirm findings and cancel a case."""
CAP_RAISERS = frozenset({PositionKind.SECRETARY})
"""Who may allow more returns in a case than the SOP does."""


def may_start(kinds: set[PositionKind]) -> bool:
    """Whether someone in positions of these kinds may start a case.

    Kasubbag and Sekcam do; Pelaksana is told to work, Camat is asked to sign.
    """
    return bool(kinds & STARTERS)


DOING = frozenset({Part.WORK, Part.EITHER})
"""Parts that bring forth the step's outputs; of these one is enough."""

ALONGSIDE = frozenset({Part.TOGETHER, Part.EITHER})
"""Parts opened together with the work; the others follow it one after the other."""


def lines(item: str, period: Period) -> tuple[Period | None, ...]:
    """Return the periods for which an item of the kelengkapan needs a line each.

    The item's id tells: ``...-bulanan`` one for each month of the case's period,
    ``...-periode`` one for the period itself, any other a single line without period.
    """
    if item.endswith("-bulanan"):
        return period.months()
    return (period,) if item.endswith("-periode") else (None,)
