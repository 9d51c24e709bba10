"""Who asks the HTTP API: a person who is signed in, or a program with a token."""

from django.contrib.auth import authenticate
from django.http import HttpRequest
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer, SessionAuth

from himpun.organization import queries as organization
from himpun.organization.models import Person
from himpun.shared import clock

from . import rules

TOO_MANY = 429


class Session(SessionAuth):
    """The session of the pages."""


class Token(HttpBearer):
    """``Authorization: Bearer <token>``: reads as its person, of this request alone."""

    def authenticate(self, request: HttpRequest, token: str) -> Person:
        """Return the token's person; the tries with its handle are counted and locked.

        Raises AuthenticationError for a token that does not work, whatever session there
        is beside it, and HttpError for a handle that is locked.
        """
        name = f"token {rules.handle_of(token)}"
        person = authenticate(request, username=name, token=token)
        if getattr(request, "axes_locked_out", False):
            request.axes_locked_out = False  # type: ignore[attr-defined]  # else a page
            raise HttpError(TOO_MANY, "")
        if not isinstance(person, Person):
            raise AuthenticationError
        organization.read_once(person, organization.local_day(clock.now()))
        request.user = person
        return person
