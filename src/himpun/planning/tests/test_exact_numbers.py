"""A figure is read as it was saved, on whichever database the suite runs."""

from decimal import Decimal

import pytest
from django.core.exceptions import FieldError, ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from himpun.organization.tests.builders import make_office
from himpun.planning.models import Target
from himpun.planning.tests.builders import define

pytestmark = pytest.mark.django_db


@pytest.fixture
def target():
    indicator = define(make_office()).indicator
    return Target.objects.create(indicator=indicator, period_code="2024", value=1)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    number=st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**28), max_value=10**28
    )
)
@example(number=Decimal("12345678901234567890.12345678"))
@example(number=Decimal("106.9309099967152085842548998"))
@example(number=Decimal("0.1000000000000000055511151231"))
@example(number=Decimal("1E+25"))
@example(number=Decimal("1E-30"))
@example(number=Decimal("-0.00"))
def test_what_is_saved_is_what_is_read(target, number):
    target.value = number
    target.save()
    assert Target.objects.get().value == number
    assert Target.objects.filter(value=number).exists()
    assert list(Target.objects.values_list("value", flat=True)) == [number]


def test_trailing_zeros_say_nothing(target):
    Target.objects.update(value=Decimal("97.660000"))
    assert str(Target.objects.get().value) == "97.66"
    assert Target.objects.filter(value=Decimal("97.6600")).exists()


@pytest.mark.parametrize("number", [1.5, "NaN", Decimal("Infinity"), "sembilan"])
def test_what_is_no_exact_number_is_refused(target, number):
    target.value = number
    with pytest.raises(ValidationError):
        target.save()


@pytest.mark.parametrize("lookup", ["gt", "lte", "range", "contains"])
def test_a_question_that_text_answers_wrongly_is_refused(lookup):
    with pytest.raises(FieldError):
        Target.objects.filter(**{f"value__{lookup}": 1})
