"""Tests of pages run at a time of their own: the demo's clock is set, and let go again."""

from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import Client

from himpun.shared import clock


@contextmanager
def clock_at(moment):
    """Let the product's clock start at a moment and run on from there."""
    path = Path(settings.HIMPUN_HOME) / clock.FILE
    before = path.read_text() if path.exists() else None
    clock.start_at(moment)
    try:
        yield
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before)


def signed_in(person):
    """Return a browser in which the person is signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
