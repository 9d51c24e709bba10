"""Who may reach which address: the table ``access.toml`` over the URL resolver."""

import re
import tomllib
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver, reverse

from himpun.ledger.models import Event
from himpun.ledger.tests.kept import undone
from himpun.shared import clock
from tests import access_world
from tests.access_requests import REQUESTS, SWAPS, Ask
from tests.access_world import NOW
from tests.installation import ROOT
from tests.visiting import (
    Loader,
    header_faults,
    page_faults,
    read,
    send,
    visitor,
)

pytestmark = pytest.mark.django_db
TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text())
COLUMNS = TABLE.pop("columns").split()
METHODS = ("GET", "POST")
ROWS = [(name, m) for name, row in TABLE.items() for m in METHODS if m in row]
POSTS = [name for name, method in ROWS if method == "POST"]
STRANGERS = {
    "sibling": ("sibling", ("pelaksana", "kasubbag", "sekcam", "camat")),
    "outsider": ("outsider", ("pelaksana", "kasubbag", "sekcam", "camat")),
    "outadmin": ("outsider", ("admin",)),
}
"""Column -> whose people, and which of them: the first who would succeed at home."""
REFUSALS = {403, 409, 422}


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


@pytest.fixture(scope="module")
def loader():
    return Loader()


def outcome(response):
    """Return what an answer means: signin, ok, no, 404, 405 or the bare status."""
    if response.status_code == 302:
        if response["Location"].startswith(reverse("accounts:sign-in") + "?"):
            return "signin"
        shown = get_messages(response.wsgi_request)
        return "no" if any(m.level_tag == "error" for m in shown) else "ok"
    if response.status_code in REFUSALS:
        return "no"
    return {200: "ok", 404: "404", 405: "405"}.get(
        response.status_code, str(response.status_code)
    )


def visitors(world, row):
    """Yield (column, expected, person or None) of a row of the table."""
    expected = dict(zip(COLUMNS, row.split(), strict=True))
    for column, wanted in expected.items():
        if column == "anonymous":
            yield column, wanted, None
        elif column in STRANGERS:
            office, roles = STRANGERS[column]
            people = getattr(world, office).office.people
            chosen = [role for role in roles if expected[role] == "ok"] or roles
            for role in chosen[:1]:
                meant = expected[role] if wanted == "same" else wanted
                yield f"{column} {role}", meant, people[role]
        else:
            yield column, wanted, world.own.office.people[column]


def able(world, row):
    """Return somebody to whom the address is open."""
    return next(
        person for _who, wanted, person in visitors(world, row) if wanted == "ok"
    )


def left_in(world):
    """Return the events that came to the world since it was made, newest first."""
    return Event.objects.order_by("-at", "-seq")[: Event.objects.count() - world.events]


def foreign_words(world, person, row):
    """Return the words that this visitor must never read."""
    mine = {
        scenes.word
        for scenes in world.all
        if person and person.pk in {p.pk for p in scenes.office.people.values()}
    }
    if person in (world.own.office.admin, world.sibling.office.admin):
        mine = {world.own.word, world.sibling.word}
    others = {scenes.word for scenes in world.all} - mine
    words = {access_world.secret(word) for word in others}
    if not row.get("public"):
        words |= {access_world.public(word) for word in others}
    return words


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(addresses(get_resolver())) == sorted(TABLE)
    assert sorted(REQUESTS) == sorted(ROWS)


@pytest.mark.parametrize("name", TABLE)
def test_somebody_succeeds_at_every_address(name):
    rows = [TABLE[name][method].split() for method in METHODS if method in TABLE[name]]
    assert rows
    assert all("ok" in row for row in rows)


@pytest.mark.parametrize(("name", "method"), ROWS)
def test_an_address_is_open_to_whom_the_table_says(world, loader, name, method):
    row, wrong = TABLE[name], []
    for who, wanted, person in visitors(world, row[method]):
        with undone():
            client = visitor(person)
            response = send(client, name, method, REQUESTS[name, method](world.own))
            found, said = outcome(response), read(response)
            leaked = [w for w in foreign_words(world, person, row) if w in said]
            added = left_in(world)
            if found != wanted:
                wrong.append(f"{who}: {found}, not {wanted}")
            if leaked:
                wrong.append(f"{who}: reads {leaked}")
            faults = [*header_faults(response), *page_faults(response)]
            if faults := faults + loader.faults(response):
                wrong.append(f"{who}: {faults}")
            if wanted != "ok" and added:
                wrong.append(f"{who}: left {[e.type for e in added]}")
            done = method == "POST" and found == wanted == "ok"
            if done and row.get("event") not in {None, *(e.type for e in added)}:
                wrong.append(f"{who}: no {row['event']}")
    assert not wrong, "; ".join(wrong)


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
