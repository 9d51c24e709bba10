"""Reading accounts: which code of a person still holds, whom an administrator keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password

from . import rules
from .models import OneTimeCode

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


def tenant_of(person: Person) -> int | None:
    """Return the tenant in which the person sits or last sat; None when never."""
    last = person.tenures.select_related("position__unit").order_by("-since").first()
    return last.position.unit.tenant_id if last else None
