"""The HTTP API as a whole: its schema, and what it answers to whom it does not know."""

import json

import pytest
from django.urls import reverse

from himpun.organization.tests.builders import make_office
from himpun.shared.tests.clock import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return signed_in(make_office(calendar=False, villages=0).kasubbag)


@pytest.fixture
def schema(browser):
    address = browser.get("/api/").json()["skema"]
    return browser.get(address).json()


def test_the_schema_names_every_address_and_all_of_them_only_read(schema):
    assert len(schema["paths"]) == 13
    assert {m for methods in schema["paths"].values() for m in methods} == {"get"}
    for methods in schema["paths"].values():
        assert set(methods["get"]["responses"]) == {
            *("200", "401", "403", "404", "422", "429")
        }
        assert reverse(f"api:{methods['get']['operationId']}", kwargs=kwargs(methods))


def kwargs(methods):
    inside = [p["name"] for p in methods["get"]["parameters"] if p["in"] == "path"]
    return dict.fromkeys(inside, 1)


def test_the_schema_knows_no_floats(schema):
    assert '"number"' not in json.dumps(schema)
    amount = schema["components"]["schemas"]["MoneyOut"]["properties"]["pagu"]
    assert amount["anyOf"][0]["pattern"].startswith("^-?")


@pytest.mark.parametrize("address", ["/api/", "/api/openapi.json", "/api/capaian"])
def test_who_is_not_known_is_told_how_to_come_in(client, address):
    answer = client.get(address)
    assert answer.status_code == 401
    assert "token" in answer.json()["pesan"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/api/tidak-ada", "/api/capaian/1/2", "/api/%00"])
def test_an_address_that_there_is_not_is_told_as_json(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 404
    assert "Tidak ditemukan" in answer.json()["pesan"]
    assert "Halaman tidak ditemukan" in browser.get("/apa").content.decode()
