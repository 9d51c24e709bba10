"""Reading accounts: which code or token holds, whom an administrator keeps."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password

from himpun.organization import queries as organization

from . import rules
from .models import AccessToken, OneTimeCode

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person


def code_of(username: str, typed: str, at: datetime) -> OneTimeCode | None:
    """Return the code that this person may use now, None when there is none.

    An unknown name costs the same time as a wrong code.
    """
    plain = rules.plain_code(typed)
    rows = OneTimeCode.objects.select_related("person").filter(
        person__username=username, person__is_active=True, used_at__isnull=True
    )
    row = rows.order_by("-made_at", "-pk").first()
    if row is None:
        make_password(plain)
        return None
    right = check_password(plain, row.hash)
    good = rules.holds(expires_at=row.expires_at, used_at=row.used_at, at=at)
    return row if right and good else None


def token_of(sent: str, at: datetime) -> AccessToken | None:
    """Return the token that holds at this moment, with its person; else None."""
    row = (
        AccessToken.objects.select_related("person")
        .filter(handle=rules.handle_of(sent))
        .first()
    )
    if row is None or not compare_digest(row.hash, rules.token_hash(sent)):
        return None
    today = organization.local_day(at)
    holds = rules.token_holds(until=row.until, revoked_at=row.revoked_at, today=today)
    return row if holds else None


def tokens_of(person: Person) -> list[AccessToken]:
    """Return the tokens that a person did not revoke, the newest first."""
    return list(person.tokens.filter(revoked_at=None))


def tenant_of(person: Person) -> int | None:
    """Return the tenant in which the person sits or last sat; None when never."""
    last = person.tenures.select_related("position__unit").order_by("-since").first()
    return last.position.unit.tenant_id if last else None
