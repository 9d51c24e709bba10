"""The table ``access.toml``: who asks which address, and what the answers mean."""

import tomllib
from pathlib import Path

from django.contrib.messages import get_messages
from django.urls import reverse

from himpun.ledger.models import Event
from tests import access_world

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
