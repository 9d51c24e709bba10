"""The choices that a field of the plan offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enum import StrEnum


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the members of an enumeration as a field's choices."""
    return [(member.value, member.value) for member in enum]
