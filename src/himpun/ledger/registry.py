"""Projections: event type -> function that updates derived tables of its own app.

A projection runs in the transaction of the event. It never decides or refuses; `himpun
ledger rebuild` empties its tables with ``reset`` and replays all events through it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .models import Event

Project = Callable[[Event, dict[str, object]], None]


@dataclass(frozen=True)
class Projection:
    """Derived tables of one app: which events they follow and how they are emptied."""

    name: str
    handlers: dict[str, Project]
    reset: Callable[[], None]


_projections: list[Projection] = []


def register(projection: Projection) -> None:
    """Add a projection; called once from an app's ``ready``."""
    if all(known.name != projection.name for known in _projections):
        _projections.append(projection)


def projections() -> tuple[Projection, ...]:
    """Return all projections in the order in which they were registered."""
    return tuple(_projections)


def project(event: Event, data: dict[str, object]) -> None:
    """Hand the event to every projection that follows its type."""
    for projection in _projections:
        handler = projection.handlers.get(event.type)
        if handler:
            handler(event, data)
