"""What answers carry and what no page holds; `test_visitors` asks it of every address."""

import re

import pytest

from himpun.organization.tests.builders import make_office
from himpun.portal.views import home
from tests.installation import ROOT
from tests.pages import NEVER, Page
from tests.visiting import header_faults, page_faults, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


def broken_page(office, monkeypatch):
    monkeypatch.setattr(home.queries, "jobs", lambda *_: 1 / 0)
    return visitor(office.pelaksana).get("/")


ERRORS = {
    "400": lambda o, _: visitor().get("/masuk", headers={"host": "lain.example"}),
    "403 of a role": lambda o, _: visitor(o.kasi).get("/pengaturan"),
    "403 of a form": lambda o, _: visitor(checks_forms=True).post("/masuk"),
    "404": lambda o, _: visitor(o.kasi).get("/tidak/ada"),
    "404 of a stranger": lambda o, _: visitor().get("/tidak/ada"),
    "405": lambda o, _: visitor(o.kasi).get("/keluar"),
    "422": lambda o, _: visitor().post("/masuk", {"username": "", "password": ""}),
    "500": broken_page,
    "302": lambda o, _: visitor().get("/"),
    "200 of a file": lambda o, _: visitor().get("/static/himpun.css"),
    "404 of a file": lambda o, _: visitor().get("/static/tidak-ada.css"),
}


@pytest.mark.parametrize("what", ERRORS)
def test_every_error_carries_the_headers_too(office, monkeypatch, what):
    response = ERRORS[what](office, monkeypatch)
    assert response.status_code == int(what[:3])
    assert header_faults(response) == []
    assert page_faults(response) == []


@pytest.mark.parametrize(
    "header",
    ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"],
)
def test_a_header_that_is_missing_is_noticed(header):
    response = visitor().get("/masuk")
    assert header_faults(response) == []
    del response.headers[header]
    assert header_faults(response)


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color:red">',
        '<button onclick="x()">',
        "<script>x()</script>",
        '<script nonce="lain">x()</script>',
        "<style>p{}</style>",
        '<a href="javascript:x()">',
        '<img src="https://cdn.example/a.png">',
    ],
)
def test_a_planted_fault_is_noticed(planted):
    assert Page(f"<html>{planted}</html>", "benar").faults


def test_a_script_with_the_right_nonce_is_none():
    assert Page('<script nonce="benar">x()</script>', "benar").faults == []


SOURCES = [
    path
    for path in (ROOT / "src").rglob("*")
    if path.suffix in {".py", ".html", ".js", ".typ", ".po", ".yaml", ".txt", ".svg"}
    and "tests" not in path.parts
]


def said(path):
    """Return a source's text without what only developers read."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        text = re.sub(r'"""(?:.|\n)*?"""|#[^\n]*', "", text)
    return text


def test_nothing_claims_a_signature_that_the_law_would_know():
    assert len(SOURCES) > 100
    claims = {str(p): NEVER.findall(said(p)) for p in SOURCES}
    assert {path: found for path, found in claims.items() if found} == {}


@pytest.mark.parametrize(
    "claim",
    [
        "Tanda tangan sah",
        "dokumen ini sah secara elektronik",
        "UU ITE No. 11 Tahun 2008 Pasal 5 ayat 1",
        "merupakan alat bukti hukum yang sah",
    ],
)
def test_such_a_claim_would_be_noticed(claim):
    assert NEVER.search(claim)
    assert not NEVER.search("CONTOH, bukan tanda tangan sah")
