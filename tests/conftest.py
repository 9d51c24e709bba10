import shutil

import pytest
from django.db import transaction

from tests.installation import Installation


@pytest.fixture
def installation(tmp_path, request):
    """An empty, initialised installation."""
    made = Installation(tmp_path / "rumah", "t")
    made.himpun("init")
    yield made
    made.remove()
    shutil.rmtree(made.home, ignore_errors=True)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """Three offices with cases at every step; tests take back what they change."""
    from tests import access_world

    with django_db_blocker.unblock(), transaction.atomic():
        yield access_world.build()
        transaction.set_rollback(True)
