"""What is put back from memory is what was built, to the last column."""

import pytest
from django.db import connection, transaction

from himpun.collection.tests.builders import collecting
from himpun.ledger.tests.kept import rows
from himpun.organization.models import Unit
from himpun.organization.tests.builders import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_built():
    """Return all rows of a case that was built, or put back, and then undone."""
    with transaction.atomic():
        collecting()
        found = rows()
        transaction.set_rollback(True)
    return found


def test_every_row_comes_back_as_it_was_built(as_built):
    assert not Unit.objects.exists()
    collecting()
    assert rows() == as_built
    connection.check_constraints()


def test_what_one_caller_does_to_an_object_the_next_does_not_see(as_built):
    with transaction.atomic():
        office, _round = collecting()
        office.unit.name = "diubah"
        transaction.set_rollback(True)
    office, round_ = collecting()
    assert office.unit.name == round_.unit.name == "Kecamatan Contoh"


def test_a_second_office_is_built_beside_the_first():
    collecting()
    other, foreign = collecting(make_office("Kecamatan Lain"))
    assert foreign.unit == other.unit
    assert Unit.objects.filter(kind="kecamatan").count() == 2
