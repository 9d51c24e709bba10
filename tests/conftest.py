import shutil

import pytest

from tests.installation import Installation


@pytest.fixture
def installation(tmp_path, request):
    """An empty, initialised installation."""
    made = Installation(tmp_path / "rumah", "t")
    made.himpun("init")
    yield made
    made.remove()
    shutil.rmtree(made.home, ignore_errors=True)
