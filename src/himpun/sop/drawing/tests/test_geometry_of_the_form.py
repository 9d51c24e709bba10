"""The rules of a readable form, measured on many SOPs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.sop.drawing import layout
from himpun.sop.drawing.tests import builders, measuring
from himpun.sop.drawing.tests.builders import make_sop, make_step, width

SMALL = "Ya", "Tidak", "Belum lengkap"


def make_many_actors_sop():
    """Fourteen actors: more than the paper has room for in full size."""
    letters = "abcdefghijklmn"
    steps = [make_step(i, a, f"l{i + 1}") for i, a in enumerate(letters, 1)]
    steps[7] = make_step(8, "ha", {"Ya": "l9", "Tidak": "l1", "Perlu perbaikan": "l4"})
    return make_sop([*steps, make_step(15, "na")])


def make_one_actor_sop():
    """Everything in one column: every return runs beside the symbols."""
    return make_sop(
        [
            make_step(1, "a", "l2"),
            make_step(2, "a", {"Ya": "l3", "Tidak": "l1"}),
            make_step(3, "a", {"Ya": "l4", "Tidak": "l2"}),
            make_step(4, "a", {"Ya": "l5", "Ulang": "l4", "Tidak": "l1"}),
            make_step(5, "a"),
        ]
    )


CASES = {
    "hard": builders.make_hard_sop,
    "parallel": builders.make_parallel_sop,
    "tangled": builders.make_tangled_sop,
    "crowded band": builders.make_crowded_band_sop,
    "many actors": make_many_actors_sop,
    "one actor": make_one_actor_sop,
    "one step": lambda: make_sop([make_step(1, "a")]),
}


@pytest.mark.parametrize("name", CASES)
def test_text_stays_in_cells_and_every_arrow_has_its_own_line_to_its_target(name):
    sop = CASES[name]()
    assert measuring.all_faults(sop, layout(sop, width)) == []


def test_the_hard_form_breaks_over_pages_and_hardly_crosses_itself():
    pages = layout(builders.make_hard_sop(), width)
    flow = [page for page in pages if page.symbols]
    assert len(flow) >= 2
    assert sum(measuring.crossings(page) for page in flow) <= 1


@st.composite
def small_sops(draw):
    """SOPs of up to nine steps with any targets at all, also foolish ones."""
    count = draw(st.integers(1, 9))
    target = st.integers(1, count).map(lambda number: f"l{number}")
    decision = st.dictionaries(st.sampled_from(SMALL), target, min_size=2)
    way = st.one_of(target, st.lists(target, min_size=2, unique=True), decision)
    actors = st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True)
    steps = [
        make_step(i, "".join(draw(actors)), draw(way) if i < count else None)
        for i in range(1, count + 1)
    ]
    return make_sop(steps)


@given(small_sops())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_small_sop_is_drawn_by_the_same_rules(sop):
    assert measuring.all_faults(sop, layout(sop, width)) == []
