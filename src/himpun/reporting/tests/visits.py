"""Visiting pages of a case inside a test, with the clock standing in the case's time."""

from __future__ import annotations

from django.test import Client

from himpun.shared import clock

from .builders import after


def visitor(person, monkeypatch, *, at=None):
    """Return a browser of a signed-in person, in which it is ``at``."""
    moment = at or after(20)
    monkeypatch.setattr(clock, "now", lambda: moment)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
