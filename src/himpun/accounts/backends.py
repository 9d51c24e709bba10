"""One-time codes and tokens, counted and locked by axes like a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import ModelBackend

from himpun.organization import queries as organization
from himpun.shared import clock

from . import actions, queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from himpun.organization.models import Person


class OneTimeCodeBackend(ModelBackend):
    """Knows who holds a slip. The code is used up by `actions.redeem_code`, not here."""

    def authenticate(  # type: ignore[override] # Django calls it with what was given
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        username: str = "",
        code: str = "",
    ) -> Person | None:
        """Return the person whose code this is."""
        found = queries.code_of(username, code, clock.now()) if code else None
        return found.person if found else None


class AccessTokenBackend(ModelBackend):
    """Knows whose a token of the API is. Nobody is signed in by it: there is no session."""

    def authenticate(  # type: ignore[override] # Django calls it with what was given
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        username: str = "",  # noqa: ARG002 - by it axes counts the tries
        token: str = "",
    ) -> Person | None:
        """Return the person whose token this is."""
        now = clock.now()
        found = queries.token_of(token, now) if token else None
        if found is None or not self.user_can_authenticate(found.person):
            return None
        actions.note_token_use(found, organization.local_day(now))
        return found.person
