"""What every answer carries, and what no page holds."""

import gzip
import re
import tomllib
from pathlib import Path

import pytest
from django.urls import reverse

from himpun.portal.views import home
from himpun.shared import clock
from tests.access_requests import REQUESTS
from tests.access_world import NOW
from tests.installation import ROOT
from tests.pages import Page, style_loads
from tests.visiting import header_faults, read, send, undone, visitor

pytestmark = pytest.mark.django_db
TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text())
COLUMNS = TABLE.pop("columns").split()
ROLES = COLUMNS[1:8]
GETS = [name for name, row in TABLE.items() if "GET" in row]
FIRST_LOAD = 150 * 1024
"""Bytes, packed, of a page with everything it loads."""
NEVER = re.compile(
    r"(?<!bukan )tanda tangan sah|sah secara elektronik|alat bukti hukum yang sah"
    r"|UU ITE|Pasal 5 ayat",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def day_after():
    clock.start_at(NOW)


def somebody(world, name, method="GET"):
    """Return a person of the own office for whom the address opens, None for all."""
    words = dict(zip(COLUMNS, TABLE[name][method].split(), strict=True))
    return next(world.own.office.people[role] for role in ROLES if words[role] == "ok")


def get(world, name):
    return send(
        visitor(somebody(world, name)), name, "GET", REQUESTS[name, "GET"](world.own)
    )


def nonce_of(response):
    found = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
    return found[1] if found else ""


def is_page(response):
    return response.headers.get("Content-Type", "").startswith("text/html")


def broken_page(world, monkeypatch):
    monkeypatch.setattr(home.queries, "jobs", lambda *_: 1 / 0)
    return visitor(world.own.office.pelaksana).get("/")


ERRORS = {
    "400": lambda w, _: visitor().get("/masuk", headers={"host": "lain.example"}),
    "403 of a role": lambda w, _: visitor(w.own.office.kasi).get("/pengaturan"),
    "403 of a form": lambda w, _: visitor(checks_forms=True).post("/masuk"),
    "404": lambda w, _: visitor(w.own.office.kasi).get("/tidak/ada"),
    "404 of a stranger": lambda w, _: visitor().get("/tidak/ada"),
    "405": lambda w, _: visitor(w.own.office.kasi).get("/keluar"),
    "422": lambda w, _: visitor().post("/masuk", {"username": "", "password": ""}),
    "500": broken_page,
    "302": lambda w, _: visitor().get("/"),
    "200 of a file": lambda w, _: visitor().get("/static/himpun.css"),
    "404 of a file": lambda w, _: visitor().get("/static/tidak-ada.css"),
}


@pytest.mark.parametrize("what", ERRORS)
def test_every_error_carries_the_headers_too(world, monkeypatch, what):
    with undone():
        response = ERRORS[what](world, monkeypatch)
        assert response.status_code == int(what[:3])
        assert header_faults(response) == []
        if is_page(response):
            assert Page(read(response), nonce_of(response)).faults == []


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


class Loader:
    """Fetches what a page loads, packed as the server packs it, each file once."""

    def __init__(self):
        self.client, self.sizes = visitor(), {}

    def size(self, address):
        if address not in self.sizes:
            response = self.client.get(address)
            assert response.status_code == 200, address
            content = b"".join(response.streaming_content)
            packed = content if address.endswith("woff2") else gzip.compress(content)
            inner = (
                style_loads(content.decode(), address)
                if address.endswith(".css")
                else []
            )
            self.sizes[address] = (len(packed), inner)
        return self.sizes[address]

    def all(self, addresses):
        """Return {address: bytes} of these files and of what they load in turn."""
        found, waiting = {}, list(addresses)
        while waiting:
            address = waiting.pop()
            if address not in found:
                found[address], inner = self.size(address)
                waiting += inner
        return found


@pytest.fixture(scope="module")
def loader():
    return Loader()


@pytest.mark.parametrize("name", GETS)
def test_every_page_carries_the_headers_and_loads_little(world, loader, name):
    with undone():
        response = get(world, name)
        while response.status_code == 302:
            response = response.client.get(response["Location"])
        assert response.status_code == 200
        assert header_faults(response) == []
        if not is_page(response):
            return
        text = response.content.decode()
        assert NEVER.findall(text) == []
        page = Page(text, nonce_of(response))
        assert page.faults == []
        files = loader.all(page.loads)
        total = len(gzip.compress(response.content)) + sum(files.values())
        assert total <= FIRST_LOAD, sorted(files.items(), key=lambda f: -f[1])


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


def test_the_public_page_of_a_signed_paper_is_for_everybody(world):
    with undone():
        response = get(world, "reporting:document")
        assert "tanda tangan basah, dipindai" in response.content.decode()
        asked = reverse(
            "reporting:document",
            kwargs=REQUESTS["reporting:document", "GET"](world.own).kwargs,
        )
        assert visitor().get(asked).status_code == 200
