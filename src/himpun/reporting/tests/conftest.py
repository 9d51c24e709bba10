"""Cases that are carried once for a whole file of tests; each test undoes its own."""

import pytest

from himpun.ledger.tests.kept import standing

from . import builders


@pytest.fixture(scope="module")
def in_step_3(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing(builders.accepted) as made:
        yield made


@pytest.fixture(scope="module")
def in_step_4(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing(builders.reported) as made:
        yield made


@pytest.fixture(scope="module")
def in_step_5(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing(builders.signed) as made:
        yield made


@pytest.fixture(scope="module")
def sealed_case(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing(builders.closed) as made:
        yield made
