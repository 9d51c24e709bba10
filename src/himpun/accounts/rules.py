"""One-time codes and access tokens: how they look and when they hold."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from himpun.shared.refusals import Refusal, say

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


TOKEN = re.compile(r"himpun_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
"""A token: its handle, which says whose tries are counted, and 256 random bits."""
TOKEN_LIFE = timedelta(days=366)


def new_token() -> str:
    """Return a random token such as "himpun_0f3a…_Zk9…"."""
    return f"himpun_{secrets.token_hex(6)}_{secrets.token_urlsafe(32)}"


def handle_of(token: str) -> str:
    """Return the part of a token that may be known, "" for what is no token."""
    found = TOKEN.fullmatch(token)
    return found[1] if found else ""


def token_hash(token: str) -> str:
    """Return what is kept of a token. Nobody guesses 256 bits: no slow hash is needed."""
    return sha256(token.encode()).hexdigest()


def check_token(*, name: str, until: date, today: date) -> None:
    """Raise Refusal for a token without a name, of the past or of more than a year."""
    if not name:
        raise Refusal(
            say("Nama token belum ditulis. Sebutkan program yang memakainya."),
            field="name",
        )
    if not today <= until <= today + TOKEN_LIFE:
        raise Refusal(
            say("Token berlaku paling lama setahun. Pilih hari ini atau sesudahnya."),
            field="until",
        )


def token_holds(*, until: date, revoked_at: datetime | None, today: date) -> bool:
    """Whether a token may still be used on a day, the last one included."""
    return revoked_at is None and today <= until
