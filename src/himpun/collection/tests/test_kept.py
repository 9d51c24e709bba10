"""What is put back from memory is what was built, to the last column."""

import pytest
from django.db import connection

from himpun.collection.tests.builders import collecting
from himpun.ledger.tests import kept
from himpun.organization.models import Unit
from himpun.organization.tests.builders import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(kept, "_kept", {})


def test_every_row_comes_back_as_it_was_built():
    with kept.undone():
        collecting()
        built = kept.rows()
    assert not Unit.objects.exists()
    collecting()
    assert kept.rows() == built
    connection.check_constraints()


def test_what_one_caller_does_to_an_object_the_next_does_not_see():
    with kept.undone():
        office, _round = collecting()
        office.unit.name = "diubah"
    office, round_ = collecting()
    assert office.unit.name == round_.unit.name == "Kecamatan Contoh"


def test_a_second_office_is_built_beside_the_first():
    collecting()
    other, foreign = collecting(make_office("Kecamatan Lain"))
    assert foreign.unit == other.unit
    assert Unit.objects.filter(kind="kecamatan").count() == 2
