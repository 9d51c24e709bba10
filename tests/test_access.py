"""Who may reach which address: the table ``access.toml`` over the URL resolver."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver, reverse

from himpun.ledger.tests.kept import undone
from himpun.shared import clock
from tests.access_requests import REQUESTS, SWAPS, Ask
from tests.access_table import (
    METHODS,
    POSTS,
    ROWS,
    TABLE,
    able,
    foreign_words,
    left_in,
    outcome,
)
from tests.access_world import NOW
from tests.installation import ROOT
from tests.visiting import (
    read,
    send,
    visitor,
)

pytestmark = pytest.mark.django_db


def addresses(resolver, prefix=""):
    """Yield the name of every address."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern, prefix + inner)


@pytest.fixture(autouse=True)
def day_after():
    """Ask the pages on the day after everything happened."""
    clock.start_at(NOW)


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(addresses(get_resolver())) == sorted(TABLE)
    assert sorted(REQUESTS) == sorted(ROWS)


@pytest.mark.parametrize("name", TABLE)
def test_somebody_succeeds_at_every_address(name):
    rows = [TABLE[name][method].split() for method in METHODS if method in TABLE[name]]
    assert rows
    assert all("ok" in row for row in rows)


@pytest.mark.parametrize(("name", "method"), ROWS)
def test_an_address_answers_whom_it_is_for(world, name, method):
    """The others ask in test_visitors.py."""
    person, wanted = able(world, TABLE[name][method]), TABLE[name].get("event")
    with undone():
        asked = REQUESTS[name, method](world.own)
        response = send(visitor(person), name, method, asked)
        assert outcome(response) == "ok", read(response)[-2000:]
        if method == "POST" and wanted:
            assert wanted in {event.type for event in left_in(world)}


@pytest.mark.parametrize("name", TABLE)
def test_an_address_takes_no_other_method(world, name):
    method = next(m for m in METHODS if m in TABLE[name])
    person = able(world, TABLE[name][method])
    address = reverse(name, kwargs=REQUESTS[name, method](world.own).kwargs)
    for other in {"GET", "POST", "PUT"} - set(TABLE[name]):
        with undone():
            response = visitor(person).generic(other, address)
            assert response.status_code == 405, other
            assert not left_in(world)


@pytest.mark.parametrize("name", POSTS)
def test_a_form_without_its_token_does_nothing(world, name):
    person = able(world, TABLE[name]["POST"])
    with undone():
        client = visitor(person, checks_forms=True)
        response = send(client, name, "POST", REQUESTS[name, "POST"](world.own))
        assert response.status_code == 403
        assert "kedaluwarsa" in response.content.decode()
        assert not left_in(world)


@pytest.mark.parametrize(
    ("name", "method", "role", "what"), SWAPS, ids=["-".join(key) for key in SWAPS]
)
def test_nobody_reaches_things_of_others_through_an_address_of_the_own(
    world, name, method, role, what
):
    person = world.own.office.people[role]
    make = SWAPS[name, method, role, what]
    with undone():
        response = send(visitor(person), name, method, make(world.own, world.outsider))
        said = read(response)
        leaked = [w for w in foreign_words(world, person, {}) if w in said]
        assert response.status_code < 500
        assert not leaked
        assert not left_in(world)
        if method == "POST" and outcome(response) == "ok":
            assert name == "collection:accept-fitting"  # it accepts what fits: nothing


SCRIPT = "<script>alert(1)</script>\u202e"
HOSTILE = {
    "empty": "",
    "long": SCRIPT + "x" * 1_000_000,
    "exponent": "9e999",
    "many-digits": "9" * 5000,
    "other-digits": "\u0663\u0664",
    "no-text": b"a\x00b\xed\xa0\x80\xff",
}
OF_NUMBERS = {"exponent", "many-digits", "other-digits"}
"""What is hostile only where a number, a date or a code is asked."""


def is_number(value):
    """Tell whether a field is filled with something that is read as a number."""
    parts = value if isinstance(value, list) else [value]
    return any(str(part)[:1].isdigit() for part in parts)


def spoiled(value, text):
    """Return a field's value as somebody hostile would send it."""
    if isinstance(value, list):
        return [text]
    if isinstance(value, SimpleUploadedFile):
        name = text.decode("latin-1") if isinstance(text, bytes) else text[:150]
        return SimpleUploadedFile(name or "x", name.encode())
    return text


@pytest.mark.parametrize("name", POSTS)
def test_bad_input_never_breaks_a_page(world, name):
    person = able(world, TABLE[name]["POST"])
    broken = []
    for kind, text in HOSTILE.items():
        with undone():
            asked = REQUESTS[name, "POST"](world.own)
            if kind in OF_NUMBERS and not any(map(is_number, asked.data.values())):
                continue
            data = {key: spoiled(value, text) for key, value in asked.data.items()}
            response = send(visitor(person), name, "POST", Ask(asked.kwargs, data))
            if response.status_code >= 500:
                broken.append((kind, response.status_code))
            if "<script>alert(1)" in read(response):
                broken.append((kind, "runs"))
    with undone():
        asked = REQUESTS[name, "POST"](world.own)
        response = send(visitor(person), name, "POST", Ask(asked.kwargs))
        if response.status_code >= 500:
            broken.append(("nothing", response.status_code))
    assert not broken, broken


ASKED = {
    word
    for source in (ROOT / "src").rglob("*.py")
    for word in re.findall(
        r'GET\.get(?:list)?\(\s*"(\w+)"|"(\w+)" (?:not )?in request\.GET',
        source.read_text(),
    )
    for word in word
    if word
}
"""Every word that an address of the product may carry behind its question mark."""


def test_the_words_behind_the_question_mark_are_found():
    assert {"hal", "unit", "kasus", "unduh", "kode"} <= ASKED


@pytest.mark.parametrize("name", [name for name, method in ROWS if method == "GET"])
def test_a_bad_address_never_breaks_a_page(world, name):
    person = able(world, TABLE[name]["GET"])
    broken = []
    for kind, text in (("script", SCRIPT + "\0"), ("digits", HOSTILE["many-digits"])):
        with undone():
            asked = REQUESTS[name, "GET"](world.own)
            query = dict.fromkeys(ASKED, text)
            response = send(visitor(person), name, "GET", Ask(asked.kwargs, query))
            if response.status_code >= 500 or "<script>alert(1)" in read(response):
                broken.append((kind, response.status_code))
    assert not broken, broken
