"""Two versions of an SOP, told apart in the words of the form."""

import copy
import datetime
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.sop.difference import (
    CELLS,
    FILE,
    IDENTITY,
    LISTS,
    SETTINGS,
    Kind,
    difference,
)
from himpun.sop.document import fingerprint
from himpun.sop.model import Identitas, Langkah, Operasional, Sop
from himpun.sop.reading import read

from .builders import OTHER_OFFICE, SEED, edited, seed_sop, sop_of
from .test_damaged_copies import DAMAGE

TREE = read(SEED).tree


def told(old, new):
    """Return (kind, part, name, sentence) of the changes of the signed document."""
    return [
        (str(c.kind), c.part, c.name, c.sentence)
        for c in difference(old, new)
        if c.signed
    ]


def revised(*edits, text=SEED):
    for old, new in edits:
        text = edited(old, new, text=text)
    return sop_of(text)


def test_nothing_changed_between_an_sop_and_itself():
    for source in (SEED, OTHER_OFFICE):
        assert difference(sop_of(source), sop_of(source)) == ()


@pytest.mark.parametrize(
    ("old", "new", "kind", "name", "words"),
    [
        ("jumlah: 3,", "jumlah: 4,", "diubah", "waktu", '"3 hari" menjadi "4 hari"'),
        (
            "teks: Membentuk tim",
            "teks: Menyusun tim",
            "diubah",
            "kegiatan",
            "Langkah 2. Kegiatan:",
        ),
        (
            "{pelaksana: camat, cara: mengetahui}",
            "{pelaksana: camat, cara: paraf}",
            "diubah",
            "bersama.camat",
            '"mengetahui" menjadi "paraf"',
        ),
        (
            "{pelaksana: camat, cara: mengetahui}",
            "",
            "dihapus",
            "bersama.camat",
            "Camat (mengetahui) tidak ikut lagi.",
        ),
    ],
)
def test_a_change_is_told_in_the_words_of_its_cell(old, new, kind, name, words):
    ((found, part, where, sentence),) = told(seed_sop(), revised((old, new)))
    assert (found, part, where) == (kind, "langkah", name)
    assert words in sentence
    assert sentence.endswith(".")


def test_a_removed_step_is_told_once_and_the_others_do_not_move():
    tree = copy.deepcopy(TREE)
    tree["langkah"].pop(1)
    tree["langkah"][0]["berikut"] = "l3"
    for number, row in enumerate(tree["langkah"], 1):
        row["nomor"] = number
    without = Sop.model_validate(tree)
    kinds = {(c.kind, c.name) for c in difference(seed_sop(), without) if c.signed}
    assert kinds == {(Kind.REMOVED, "l2"), (Kind.CHANGED, "berikut")}
    back = {(c.kind, c.name) for c in difference(without, seed_sop()) if c.signed}
    assert back == {(Kind.ADDED, "l2"), (Kind.CHANGED, "berikut")}


def test_steps_in_another_order_have_moved():
    tree = copy.deepcopy(TREE)
    rows = tree["langkah"]
    rows[2], rows[3] = rows[3], rows[2]
    for number, row in enumerate(rows, 1):
        row["nomor"] = number
    moved = difference(seed_sop(), Sop.model_validate(tree))
    assert [c.kind for c in moved] == [Kind.MOVED]


def test_settings_of_the_office_do_not_change_what_was_signed():
    changed = revised(("tafsir_hari: hari-kerja", "tafsir_hari: hari-kalender"))
    (found,) = difference(seed_sop(), changed)
    assert not found.signed
    assert fingerprint(changed) == fingerprint(seed_sop())


def test_every_part_of_the_form_is_compared():
    rest = {"label", "peralatan", "pelaksana", "artefak", "langkah", "temuan"}
    rest |= {"skema", "identitas", "operasional"}
    assert set(Sop.model_fields) == rest | set(LISTS) | set(FILE)
    assert set(Identitas.model_fields) == set(IDENTITY)
    assert set(Operasional.model_fields) == set(SETTINGS)
    others = {"id", "nomor", "bersama", "kelengkapan", "cabang"}
    assert set(Langkah.model_fields) == others | set(CELLS)


def places(value, way=()):
    """Yield the way to each leaf of a tree."""
    if isinstance(value, dict | list):
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield from places(value[key], (*way, key))
    else:
        yield way


PLACES = [
    way for way in places(TREE) if way[0] not in {"temuan", "operasional", "skema"}
]


def other(leaf):
    if isinstance(leaf, bool):
        return not leaf
    if isinstance(leaf, int | Decimal):
        return leaf + 1
    if isinstance(leaf, datetime.date):
        return leaf.replace(year=leaf.year + 1)
    return f"{leaf or ''} baru"


def mutated(way, *, drop):
    """Return the tree with one leaf changed, or one entry of a list taken out."""
    tree = copy.deepcopy(TREE)
    lists = [n for n, key in enumerate(way) if isinstance(key, int)]
    way = way[: lists[-1] + 1] if drop and lists else way
    inner = tree
    for key in way[:-1]:
        inner = inner[key]
    if drop and lists:
        inner.pop(way[-1])
    else:
        inner[way[-1]] = other(inner[way[-1]])
    return tree


def shape(tree):
    """Return the SOP of a tree, valid or not, None when it has not even the shape."""
    try:
        return Sop.model_validate(tree)
    except ValueError:
        return None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(PLACES), st.booleans())
def test_whatever_changes_the_fingerprint_is_told(way, drop):
    new, old = shape(mutated(way, drop=drop)), shape(TREE)
    if new is None or fingerprint(new) == fingerprint(old):
        return
    there, back = difference(old, new), difference(new, old)
    assert any(change.signed for change in there)

    def subjects(changes, kind):
        return {(c.part, c.name) for c in changes if c.kind is kind}

    assert subjects(there, Kind.ADDED) == subjects(back, Kind.REMOVED)
    assert subjects(there, Kind.REMOVED) == subjects(back, Kind.ADDED)
    assert subjects(there, Kind.CHANGED) == subjects(back, Kind.CHANGED)


def test_every_damage_that_still_has_the_shape_is_told():
    for old, new, *_ in DAMAGE.values():
        tree = read(edited(old, new)).tree
        other_sop = shape(tree) if isinstance(tree, dict) else None
        if other_sop and fingerprint(other_sop) != fingerprint(seed_sop()):
            assert told(seed_sop(), other_sop), json.dumps(new)
