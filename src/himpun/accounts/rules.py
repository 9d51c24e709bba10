"""One-time codes: how they look and when they hold."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

LIFE = timedelta(hours=24)
"""A slip that was not used by then is worthless."""
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that no printer or reader takes for one another."""
GROUPS, GROUP = 3, 4


def new_code() -> str:
    """Return a random code such as "7KQ2-M9TD-X4HB": 59 bits."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS)
    )


def plain_code(typed: str) -> str:
    """Return the code as it is compared: capitals, without spaces and strokes."""
    return "".join(c for c in typed.upper() if c in ALPHABET)


def expires(made_at: datetime) -> datetime:
    """Return when a code made at this moment stops working."""
    return made_at + LIFE


def holds(*, expires_at: datetime, used_at: datetime | None, at: datetime) -> bool:
    """Whether a code may still be used."""
    return used_at is None and at < expires_at
