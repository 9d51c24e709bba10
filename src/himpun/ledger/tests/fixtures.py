"""Worlds as fixtures; apart from `kept`, which programs without pytest use as well."""

import pytest

from himpun.ledger.tests.kept import standing


def for_a_file(build):
    """Return a fixture of what is built once for a whole file; each test undoes its own."""

    @pytest.fixture(scope="module")
    def made(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), standing(build) as world:
            yield world

    return made
