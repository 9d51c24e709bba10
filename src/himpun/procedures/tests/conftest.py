"""Pages are tested on the morning of the cast's day."""

import pytest

from himpun.organization.tests.builders import WHEN
from himpun.shared.tests.clock import clock_at


@pytest.fixture
def morning():
    """Let the product's clock start at WHEN."""
    with clock_at(WHEN):
        yield WHEN
