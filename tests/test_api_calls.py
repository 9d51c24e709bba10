"""The API under calls that nobody would make: each visitor, each address (`make soak`).

The short form stands in `measurement/tests/test_api.py` and in `test_visitors.py`, which
holds every answer of the API against its table.
"""

import pytest
import schemathesis
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as conformance

from himpun.shared import clock
from tests.access_world import NOW

pytestmark = [pytest.mark.soak, pytest.mark.django_db]
CALLS = 5_000
"""In all, over visitors and addresses."""
CHECKS = [
    checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_schema_conformance,
]
VISITORS = ("nobody", "token", "pelaksana", "camat", "admin", "outsider")


def proof(world, visitor):
    """Return what a visitor sends with every call, as an HTTP client takes it."""
    if visitor == "nobody":
        return {}
    if visitor == "token":
        return {"headers": {"Authorization": f"Bearer {world.own.token}"}}
    scenes = world.outsider if visitor == "outsider" else world.own
    person = scenes.office.people["kasubbag" if visitor == "outsider" else visitor]
    return {"cookies": {settings.SESSION_COOKIE_NAME: person.cookie}}


def numbers(world):
    """Return numbers that there are, for addresses that name one."""
    own = world.own
    return {
        "explanation": own.achievement(),
        "indicator": own.indicator(),
        "agreement": own.agreement.pk,
    }


@pytest.fixture
def schema(world):
    clock.start_at(NOW)
    known = proof(world, "token")
    found = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", get_wsgi_application(), **known
    )
    found.config.generation.update(with_security_parameters=False)
    return found


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_call_breaks_the_api_or_leaves_its_schema(world, schema, visitor):
    known, sent = numbers(world), proof(world, visitor)
    operations = [result.ok() for result in schema.get_all_operations()]
    each = CALLS // len(VISITORS) // len(operations)
    seen = set()
    for operation in operations:
        name = operation.definition.raw["operationId"]
        cases = [
            operation.as_strategy(schemathesis.GenerationMode.POSITIVE),
            operation.as_strategy(schemathesis.GenerationMode.NEGATIVE),
        ]
        if name in known:
            real = {"nomor": known[name]}
            cases[0] = operation.as_strategy(path_parameters=real) | cases[0]

        @examples(
            max_examples=each,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.one_of(cases))
        def call(case):
            response = case.call_and_validate(checks=CHECKS, **sent)
            seen.add(response.status_code)

        call()
    if visitor == "nobody":
        assert seen == {401}
    else:
        assert {200, 422} <= seen <= {200, 403, 404, 422}
