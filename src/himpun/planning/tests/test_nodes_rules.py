"""A pohon kinerja as rules: its order, what is amiss, how it is drawn."""

import re
from dataclasses import replace
from itertools import pairwise
from random import Random
from xml.etree import ElementTree as ET

import pytest

from himpun.documents import fonts
from himpun.planning import rules
from himpun.planning.rules import Flaw, Node, NodeLevel, drawing
from himpun.shared.refusals import Refusal

ULTIMATE, INTERMEDIATE, IMMEDIATE, OUTPUT = NodeLevel


def node(number, parent=None, level=INTERMEDIATE, **more):
    parts = {"condition": f"Kondisi {number}", "indicators": ("IKM",)}
    return Node(number, parent, level, **{**parts, "position": "Camat", **more})


TREE = [
    node(1, None, ULTIMATE),
    node(2, 1, INTERMEDIATE),
    node(3, 1, INTERMEDIATE),
    node(4, 2, IMMEDIATE),
    node(5, 4, OUTPUT),
]


def changed(number, **parts):
    return [replace(n, **parts) if n.number == number else n for n in TREE]


def flaws(nodes, positions=()):
    return [(r.flaw, r.node) for r in rules.remarks(nodes, positions)]


def test_a_whole_tree_has_nothing_amiss():
    assert flaws(TREE, ["Camat"]) == []
    assert flaws([], ["Camat"]) == []


@pytest.mark.parametrize(
    ("number", "parts", "flaw", "words"),
    [
        (3, {"indicators": ()}, Flaw.NO_INDICATOR, "Pilih indikator"),
        (3, {"parent": None}, Flaw.ORPHAN, "Belum ada induknya"),
        (3, {"parent": 99}, Flaw.ORPHAN, "Belum ada induknya"),
        (3, {"level": ULTIMATE, "parent": 2}, Flaw.UPSIDE_DOWN, "di bawah Outcome"),
        (3, {"parent": 5}, Flaw.UPSIDE_DOWN, "tidak berada di bawah output"),
        (3, {"position": ""}, Flaw.NO_POSITION, "Pilih jabatannya"),
        (3, {"crosscutting": True}, Flaw.NO_PARTNER, "Tulis namanya"),
    ],
)
def test_each_thing_amiss_is_named_with_what_to_do(number, parts, flaw, words):
    nodes = changed(number, **parts)
    assert flaws(nodes) == [(flaw, number)]
    assert words in rules.remarks(nodes)[0].sentence


def test_what_another_unit_owns_needs_its_name_and_no_position_of_ours():
    shared = {"crosscutting": True, "partner": "Inspektorat", "position": ""}
    assert flaws(changed(3, **shared)) == []


def test_an_output_may_stand_below_an_output_and_a_root_is_an_ultimate_outcome():
    assert flaws([*TREE, node(6, 5, OUTPUT)]) == []
    assert flaws([node(1, None, OUTPUT)]) == [(Flaw.ORPHAN, 1)]


def test_a_position_without_a_condition_is_named_once_for_the_tree():
    [remark] = rules.remarks(TREE, ["Camat", "Sekcam", "Kasi"])
    assert (remark.flaw, remark.node) == (Flaw.NO_NODE, None)
    assert "Sekcam, Kasi" in remark.sentence


def test_a_circle_is_refused_and_told_and_never_walked_twice():
    with pytest.raises(Refusal, match="penyebab dirinya sendiri"):
        rules.refuse_circle(TREE, 2, 5)
    with pytest.raises(Refusal):
        rules.refuse_circle(TREE, 2, 2)
    rules.refuse_circle(TREE, 2, 3)
    rules.refuse_circle(TREE, 2, None)
    circle = changed(2, parent=4)
    told = [n for flaw, n in flaws(circle) if flaw is Flaw.CYCLE]
    assert told == [2, 4]
    assert sorted(n.number for _depth, n in rules.in_order(circle)) == [1, 2, 3, 4, 5]
    assert len(rules.sheets(circle, fonts.measure)) == 2


def test_nodes_come_from_the_root_down_with_their_depth():
    found = [(depth, n.number) for depth, n in rules.in_order(TREE)]
    assert found == [(0, 1), (1, 2), (2, 4), (3, 5), (1, 3)]
    assert rules.below(TREE, 2) == {2, 4, 5}
    assert [rules.level_below(level) for level in NodeLevel] == [
        *(INTERMEDIATE, IMMEDIATE, OUTPUT, OUTPUT)
    ]


# The drawing


def grown(seed):
    """Return a tree of up to 25 nodes with words of every length."""
    chance = Random(seed)

    def words(most):
        letters = "kinerja IKM <&> \N{DEVANAGARI LETTER KA}" + "panjang" * seed
        return "".join(chance.choices(letters, k=chance.randint(0, most)))

    return [
        node(
            n,
            chance.randrange(n) if n else None,
            condition=words(160),
            indicators=tuple(words(60) for _ in range(chance.randint(0, 3))),
        )
        for n in range(chance.randint(1, 25))
    ]


@pytest.mark.parametrize("seed", range(20))
def test_boxes_never_meet_hold_their_words_and_causes_stand_to_the_right(seed):
    ordered = [n for _depth, n in rules.in_order(grown(seed))]
    boxes = drawing.layout(ordered, fonts.measure)
    room = drawing.WIDE - 2 * drawing.PAD
    at = {box.node.number: box for box in boxes}
    columns = {}
    for box in boxes:
        columns.setdefault(box.left, []).append(box)
        assert box.top >= 0
        assert all(
            fonts.measure(line.words, line.size, bold=line.bold) <= room
            for line in box.lines
        )
        if box.node.parent is not None:
            effect = at[box.node.parent]
            assert box.left == effect.left + drawing.WIDE + drawing.GAP
    for column in columns.values():
        stacked = sorted(column, key=lambda box: box.top)
        for one, other in pairwise(stacked):
            gap = other.top - (one.top + one.height)
            assert gap >= drawing.APART - 0.001


def test_an_effect_stands_in_the_middle_of_its_causes():
    boxes = drawing.layout([n for _d, n in rules.in_order(TREE)], fonts.measure)
    at = {box.node.number: box for box in boxes}
    assert at[1].middle == pytest.approx((at[2].middle + at[3].middle) / 2)
    assert at[4].middle == pytest.approx(at[5].middle)


def test_the_drawing_is_plain_svg_without_styles_and_shows_hostile_words_as_text():
    bad = "<script>alert(1)</script> & 'x'"
    [(root, text)] = rules.sheets(
        [node(1, None, ULTIMATE, condition=bad)], fonts.measure
    )
    assert root.number == 1
    assert not re.search(r"style=|<script|\son\w+=", text)
    shown = "".join(x.text or "" for x in ET.fromstring(text).iter())
    assert "<script>alert(1)" in shown


def test_the_drawing_names_level_indicators_owner_and_position():
    shared = node(
        2, 1, IMMEDIATE, crosscutting=True, partner="Inspektorat", position=""
    )
    [(_root, text)] = rules.sheets([TREE[0], shared], fonts.measure)
    for words in ("Outcome akhir", "IKM", "Camat", "Milik: Inspektorat"):
        assert words in text
    assert text.count("stroke-dasharray") == 1


def test_each_root_is_a_drawing_of_its_own_and_a_long_chain_is_no_trouble():
    chain = [node(n, n - 1 if n else None) for n in range(1200)]
    assert len(rules.sheets([*chain, node(5000)], fonts.measure)) == 2
