"""Cases that are carried once for a whole file of tests; each test undoes its own."""

from contextlib import contextmanager

import pytest

from himpun.ledger.tests.kept import undone

from . import builders


@contextmanager
def kept(blocker):
    """Keep what is built until the file's last test, then undo it."""
    with blocker.unblock(), undone():
        yield


@pytest.fixture(scope="module")
def in_step_3(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield builders.accepted()


@pytest.fixture(scope="module")
def in_step_4(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield builders.reported()


@pytest.fixture(scope="module")
def in_step_5(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield builders.signed()


@pytest.fixture(scope="module")
def sealed_case(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield builders.closed()
