"""Splits, joins, loops: which graphs are sound, and what is surely produced."""

import pytest

from himpun.sop.check import check
from himpun.sop.flow import Branch, blocks_of, flow_of

from .builders import needs, sop_of, source_of, step, yields

FIRST = {"kind": "mulai"}
LAST = {"kind": "selesai"}


def blocks(*steps):
    return blocks_of(flow_of(sop_of(source_of(steps))))[0]


def test_a_split_is_joined_where_all_its_branches_meet():
    (block,) = blocks(
        step("a", ["b", "c"], **FIRST),
        step("b", ["b2"]),
        step("b2", ["d"]),
        step("c", ["d"]),
        step("d", **LAST),
    )
    assert (block.split, block.join) == ("a", "d")
    assert block.branches == (
        Branch("b", ("b", "b2"), ("b2",)),
        Branch("c", ("c",), ("c",)),
    )


def test_a_branch_may_be_a_bare_arrow_to_the_join():
    (block,) = blocks(
        step("a", ["b", "c"], **FIRST), step("b", ["c"]), step("c", **LAST)
    )
    assert block.branches[1] == Branch("c", (), ("a",))


def test_a_decision_inside_a_branch_gives_two_ways_to_the_join():
    (block,) = blocks(
        step("a", ["b", "c"], **FIRST),
        step("b", {"Ya": "b2", "Tidak": "d"}),
        step("b2", ["d"]),
        step("c", ["d"]),
        step("d", **LAST),
    )
    assert block.branches[0] == Branch("b", ("b", "b2"), ("b", "b2"))


def test_branches_may_end_apart():
    (block,) = blocks(
        step("a", ["b", "c"], **FIRST), step("b", **LAST), step("c", **LAST)
    )
    assert block.join is None
    assert block.branches[0] == Branch("b", ("b",), ())


@pytest.mark.parametrize(
    "steps",
    [
        # back to the split itself: each time round both branches begin anew
        [step("a", ["s"], **FIRST), step("s", ["z", "a"]), step("z", **LAST)],
        [step("s", ["b", "z"], **FIRST), step("b", ["s"]), step("z", **LAST)],
        # back to the first step: every case enters the branch from outside
        [
            step("a", ["j"], **FIRST),
            step("j", {"Ya": "s", "Tidak": "z"}),
            step("s", ["a", "j"]),
            step("z", **LAST),
        ],
    ],
)
def test_a_branch_that_leads_back_out_is_refused(steps):
    assert [found.code for found in check(source_of(steps)).errors] == ["E10"]


def test_a_decision_that_only_one_branch_survives_is_no_join():
    # c and d exclude one another: e has two ways in, yet waits for nobody
    assert (
        blocks(
            step("a", ["b"], **FIRST),
            step("b", {"Ya": "c", "Tidak": "d"}),
            step("c", ["e"]),
            step("d", ["e"]),
            step("e", **LAST),
        )
        == ()
    )


ENTANGLED = {
    "a branch ends the case before the join": [
        step("a", ["b", "c"], **FIRST),
        step("b", {"Ya": "d", "Tidak": "e"}),
        step("c", ["d"]),
        step("d", **LAST),
        step("e", **LAST),
    ],
    "a branch goes back before the split": [
        step("a", ["b"], **FIRST),
        step("b", ["c", "d"]),
        step("c", {"Ya": "e", "Tidak": "a"}),
        step("d", ["e"]),
        step("e", **LAST),
    ],
    "a way leads into a branch from outside": [
        step("a", {"Ya": "b", "Tidak": "c2"}, **FIRST | {"jenis": "keputusan"}),
        step("b", ["c", "d"]),
        step("c", ["c2"]),
        step("c2", ["e"]),
        step("d", ["e"]),
        step("e", **LAST),
    ],
    "branches share a step": [
        step("a", ["b", "c"], **FIRST),
        step("b", ["d"]),
        step("c", {"Ya": "d", "Tidak": "e"}),
        step("d", ["e"]),
        step("e", **LAST),
    ],
}
ENTANGLED["a way leads into a branch from outside"].insert(
    0, step("awal", ["a"], **FIRST)
)


@pytest.mark.parametrize("name", ENTANGLED)
def test_parallel_branches_that_could_wait_for_ever_are_refused(name):
    checked = check(source_of(ENTANGLED[name]))
    (found,) = checked.errors
    assert found.code == "E10"
    assert "sejajar" in found.sentence
    assert found.path.endswith(".berikut")


def warned(*steps, artefacts=("x", "y")):
    """Return the items of which W01 warns, as `step.item`."""
    checked = check(source_of(steps, artefacts=artefacts))
    assert checked.errors == ()
    paths = [found.path.split(".") for found in checked.findings if found.code == "W01"]
    return [f"{path[1]}.{path[4]}" for path in paths]


def test_an_input_that_only_one_outcome_produces_is_warned_of():
    steps = [
        step("a", ["b"], **FIRST),
        step("b", {"Ya": "c", "Tidak": "d"}),
        step("c", ["d"], output=yields("x")),
        step("d", kelengkapan=needs(masukan="x"), **LAST),
    ]
    assert warned(*steps) == ["d.masukan"]
    steps[0] |= {"output": yields("x")}
    assert warned(*steps) == []


def test_both_outcomes_together_make_an_input_sure():
    assert (
        warned(
            step("a", ["b"], **FIRST),
            step("b", {"Ya": "c", "Tidak": "c2"}),
            step("c", ["d"], output=yields("x")),
            step("c2", ["d"], output=yields("x")),
            step("d", kelengkapan=needs(masukan="x"), **LAST),
        )
        == []
    )


def test_branches_side_by_side_add_up_at_their_join_but_not_before():
    assert warned(
        step("a", ["b", "c"], **FIRST),
        step("b", ["d"], output=yields("x")),
        step("c", ["d"], output=yields("y"), kelengkapan=needs(dini="x")),
        step("d", kelengkapan=needs(satu="x", dua="y"), **LAST),
    ) == ["c.dini"]


def test_an_input_made_later_in_a_loop_is_not_there_the_first_time():
    assert warned(
        step("a", ["b"], **FIRST),
        step("b", ["c"], kelengkapan=needs(masukan="x")),
        step("c", {"Ya": "d", "Tidak": "b"}, output=yields("x")),
        step("d", kelengkapan=needs(masukan="x"), **LAST),
    ) == ["b.masukan"]


def test_a_step_does_not_produce_its_own_input():
    assert warned(
        step("a", ["b"], **FIRST),
        step("b", kelengkapan=needs(masukan="x"), output=yields("x"), **LAST),
    ) == ["b.masukan"]


def test_the_first_step_can_rest_on_nothing_even_in_a_loop():
    assert warned(
        step("a", ["b"], kelengkapan=needs(masukan="x"), **FIRST),
        step("b", {"Ya": "c", "Tidak": "a"}, output=yields("x")),
        step("c", **LAST),
    ) == ["a.masukan"]
