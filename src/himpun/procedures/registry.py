"""Step kinds: what the apps above this one know of the work within a step.

The SOP's data tells which kinds a step has (`himpun.sop.kinds`); the apps that know the
work register an implementation in their ``apps.py``. A step may have several kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from himpun.ledger.rules import Actor

    from .models import Case, Task


Act = tuple[str, dict[str, Any]]
"""Type and data of an event."""


@dataclass(frozen=True)
class Missing:
    """Something a task still lacks before it can be closed.

    ``sentence`` says what and what to do; ``link`` is the page where it is done.
    """

    sentence: str
    link: str = ""


@dataclass(frozen=True)
class Summary:
    """One line about a task for lists, and where its work is done.

    ``done`` of ``total`` feeds the meter; both 0 when there is nothing to count.
    """

    title: str
    text: str
    link: str
    done: int = 0
    total: int = 0


class StepKind(Protocol):
    """What an app answers about the tasks of its kind of step."""

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Return what the task lacks at this moment; empty means it may be closed."""

    def opened(self, task: Task, *, at: datetime) -> None:
        """Prepare the app's own rows when the work of the step opens."""

    def returned(self, task: Task, *, reason: str, values: list[int]) -> None:
        """Reopen what was named when the step is opened again by a return."""

    def closing(self, task: Task, *, by: Actor, at: datetime) -> None:
        """Bring forth the step's outputs in the transaction that closes the task."""

    def finished(self, case: Case, *, at: datetime) -> None:
        """Do what follows the last act of a case that has a step of this kind."""

    def summary(self, task: Task) -> Summary | None:
        """Return the line for lists, None when another kind of the step says it."""

    def renamed(self, case: Case, steps: Mapping[str, str]) -> None:
        """Name the app's rows by the steps' new ids; the case moved to a version."""

    def told(self, case: Case, acts: Sequence[Act]) -> list[str]:
        """Return for each event of the case what it is about, "" for those of others."""


class PlainKind:
    """Answers of a kind that has nothing to add; a base for the real ones."""

    def missing(self, task: Task, *, at: datetime) -> list[Missing]:
        """Lack nothing."""
        return []

    def opened(self, task: Task, *, at: datetime) -> None:
        """Prepare nothing."""

    def returned(self, task: Task, *, reason: str, values: list[int]) -> None:
        """Reopen nothing."""

    def closing(self, task: Task, *, by: Actor, at: datetime) -> None:
        """Bring forth nothing."""

    def finished(self, case: Case, *, at: datetime) -> None:
        """Do nothing at the end."""

    def summary(self, task: Task) -> Summary | None:
        """Say nothing."""
        return None

    def renamed(self, case: Case, steps: Mapping[str, str]) -> None:
        """Keep no step's id."""

    def told(self, case: Case, acts: Sequence[Act]) -> list[str]:
        """Know nothing of any event."""
        return [""] * len(acts)


_kinds: dict[str, list[StepKind]] = {}


def register(name: str, kind: StepKind) -> None:
    """Add what an app knows of the kind ``name``; called from ``ready``."""
    known = _kinds.setdefault(name, [])
    if all(type(other) is not type(kind) for other in known):
        known.append(kind)


def kinds(names: Iterable[str]) -> list[StepKind]:
    """Return the implementations for these kinds of step, in order."""
    return [kind for name in names for kind in _kinds.get(name, [])]
