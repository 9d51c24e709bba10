from decimal import Decimal

import pytest

from himpun.formula import OverUnits
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.measurement.tests.builders import kabupaten
from himpun.organization.tests.builders import WHEN
from himpun.planning import actions
from himpun.shared.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def weighted():
    office, [above], below = kabupaten(2, over_units=OverUnits.WEIGHTED)
    return office, above, list(below)


def weigh(office, version, weights):
    return actions.weigh_units(version, weights, by=office.admin, at=WHEN)


def test_weights_are_recorded_and_the_same_again_is_nothing_new(weighted):
    office, above, [first, second] = weighted
    weights = {first: Decimal(2), second: Decimal("1.5")}
    assert len(weigh(office, above, weights)) == 2
    assert weigh(office, above, weights) == []
    [event] = Event.objects.filter(type="weights.set")
    assert ledger.data_of(event)["weights"] == [
        {"unit": first.pk, "weight": "2"},
        {"unit": second.pk, "weight": "1.5"},
    ]


def test_a_weight_that_was_given_stays(weighted):
    office, above, [first, _second] = weighted
    weigh(office, above, {first: Decimal(2)})
    with pytest.raises(Refusal, match="Buat versi indikator yang baru"):
        weigh(office, above, {first: Decimal(3)})


def test_a_weight_is_a_plain_number_of_a_unit_below(weighted):
    office, above, [first, _second] = weighted
    with pytest.raises(Refusal, match="0 atau lebih"):
        weigh(office, above, {first: Decimal(-1)})
    with pytest.raises(Refusal, match="langsung di bawah"):
        weigh(office, above, {office.regency: Decimal(1)})


def test_only_a_weighted_mean_takes_weights():
    office, [above], below = kabupaten(1, over_units=OverUnits.AVERAGE)
    with pytest.raises(Refusal, match="menurut bobot"):
        weigh(office, above, dict.fromkeys(below, Decimal(1)))
