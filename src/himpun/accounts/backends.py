"""Signing in with a one-time code, counted and locked by axes like a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import ModelBackend

from himpun.shared import clock

from . import queries

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
