"""What an import answers: counts, what hinders and what is only told, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from himpun.wording import Sentence

    from ..keeping import Change


@dataclass(frozen=True)
class Finding:
    """A sentence about a cell ("Target!B7") or about several, what to do included.

    ``kind`` names a doubt of `formula.DoubtKind`; empty for all else.
    """

    at: tuple[str, ...]
    sentence: Sentence
    kind: str = ""


@dataclass(frozen=True)
class Tally:
    """What became of the records of a sheet.

    A record is a row of Indikator and Program, a filled cell of Target and Anggaran, a
    whole document of Renstra and PK.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def plus(self, change: Change | None, many: int = 1) -> Tally:
        """Return it with ``many`` records more; None: rejected."""
        name = change.name.lower() if change else "rejected"
        return replace(self, **{name: getattr(self, name) + many})


@dataclass(frozen=True)
class Imported:
    """The answer: ``applied`` is False for a trial and where anything was refused."""

    tallies: Mapping[str, Tally]
    conflicts: tuple[Finding, ...]
    doubts: tuple[Finding, ...]
    applied: bool

    @property
    def total(self) -> Tally:
        """The records of all sheets together."""
        rows = self.tallies.values()
        return Tally(
            *(
                sum(getattr(row, name) for row in rows)
                for name in ("created", "updated", "unchanged", "rejected")
            )
        )
