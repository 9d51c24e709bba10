"""Who asks the HTTP API: a person who is signed in."""

from ninja.security import SessionAuth


class Session(SessionAuth):
    """The session of the pages."""
