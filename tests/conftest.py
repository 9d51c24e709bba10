import shutil

import pytest
from django.conf import settings

from himpun.ledger.tests.kept import standing
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
def a_home(tmp_path_factory):
    """A home of its own for the world: keys and files outlive a test's transaction."""
    home = tmp_path_factory.mktemp("rumah-dunia")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "HIMPUN_HOME", home)
        yield home


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, a_home):
    """Three offices with cases at every step; tests take back what they change."""
    from tests import access_world

    with django_db_blocker.unblock(), standing(access_world.build) as made:
        yield made
