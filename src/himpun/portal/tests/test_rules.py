"""What the frame says: greeting, initials, menu by role."""

import pytest

from himpun.organization.rules import PositionKind
from himpun.portal import rules
from himpun.procedures.rules import Part


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (7, "Selamat pagi"),
        (11, "Selamat siang"),
        (15, "Selamat sore"),
        (19, "Selamat malam"),
    ],
)
def test_the_greeting_follows_the_hour(hour, words):
    assert rules.greeting(hour) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Camat Muncar (contoh)", "CM"), ("Sri", "S"), ("  ", "?"), ("7 (x)", "?")],
)
def test_initials_are_two_letters_at_most(name, letters):
    assert rules.initials(name) == letters


def keys(*kinds):
    return [door.key for door in rules.doors(kinds)]


def test_everybody_has_only_the_doors_of_the_own_role():
    every = {"home", "achievement", "archive"}
    every |= {"cases", "indicators", "agreements", "nodes", "money", "plan"}
    every |= {"procedures"}
    assert set(keys()) == every
    assert set(keys(PositionKind.STAFF)) == every | {"entries"}
    assert set(keys(PositionKind.SUBHEAD)) == every | {"verify"}
    assert set(keys(PositionKind.SECRETARY)) == every | {"verify"}
    assert set(keys(PositionKind.HEAD)) == every | {"sign"}
    assert set(keys(PositionKind.ADMINISTRATOR)) == every | {"settings"}


def test_the_first_four_doors_are_those_of_the_phone_and_the_work_of_the_day_leads():
    assert keys(PositionKind.SUBHEAD) == [
        "home",
        "verify",
        "achievement",
        "archive",
        "cases",
        "indicators",
        "agreements",
        "nodes",
        "money",
        "plan",
        "procedures",
    ]


def test_an_acting_camat_has_the_doors_of_both_positions():
    assert {"verify", "sign"} <= set(keys(PositionKind.SECRETARY, PositionKind.HEAD))


def test_tasks_look_like_their_work_and_co_actors_like_their_part():
    assert rules.look(["tanda-tangan"], Part.WORK).label == "Baca dan tandatangani"
    assert rules.look(["tanda-tangan"], Part.PARAF).chip == "Paraf"
    assert rules.look([], Part.WORK) == rules.PLAIN
    assert rules.look([], Part.TOGETHER) == rules.PLAIN
