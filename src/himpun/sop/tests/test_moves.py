"""A case on its way: what opens, what waits, what a return takes back."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from himpun.sop.check import check
from himpun.sop.flow import Flow, blocks_of, flow_of, surely_produced
from himpun.sop.moves import (
    Arrival,
    MoveError,
    Position,
    after,
    ahead,
    close,
    first,
    give_back,
    may_return,
    start,
)
from himpun.sop.plan import plan

from .builders import OTHER_OFFICE, seed_sop, sop_of, source_of, step
from .random_sops import CHANCES, accepted_returns, planned, random_steps, right


def at(*steps):
    return Position(frozenset(steps))


def test_the_seed_runs_from_first_to_last():
    seed = plan(seed_sop())
    position, order = start(seed), []
    while position.open:
        (here,) = position.open
        order.append(here)
        position = close(seed, position, here)
    assert order == ["l1", "l2", "l3", "l4", "l5"]


def test_camat_may_return_the_report_to_step_three_only():
    seed = plan(seed_sop())
    (given_back,) = may_return(seed, "l4")
    assert (given_back.to, given_back.limit) == ("l3", 3)
    assert may_return(seed, "l3") == ()
    assert give_back(seed, at("l4"), "l4", "l3") == at("l3")
    with pytest.raises(MoveError):
        give_back(seed, at("l4"), "l4", "l2")


def test_a_decision_needs_one_of_its_outcomes_and_other_steps_none():
    rooms = plan(sop_of(OTHER_OFFICE))
    assert first(rooms) == "terima"
    assert after(rooms, "periksa", "Ya") == ("serah",)
    assert after(rooms, "periksa", "Tidak") == ("terima",)
    assert after(rooms, "terima") == ("periksa",)
    assert after(rooms, "serah") == ()
    for step_id, outcome in (
        ("periksa", None),
        ("periksa", "ya"),
        ("terima", "Ya"),
        ("gudang", None),
    ):
        with pytest.raises(MoveError):
            after(rooms, step_id, outcome)


def test_only_an_open_step_can_close_or_be_given_back():
    seed = plan(seed_sop())
    with pytest.raises(MoveError):
        close(seed, at("l1"), "l2")
    with pytest.raises(MoveError):
        give_back(seed, at("l3"), "l4", "l3")


def branches(**operasional):
    return plan(
        sop_of(
            source_of(
                [
                    step("a", ["s"], kind="mulai"),
                    step("s", ["b", "c"]),
                    step("b", ["b2"]),
                    step("b2", ["j"]),
                    step("c", ["j"]),
                    step("j", ["z"]),
                    step("z", kind="selesai"),
                ],
                **operasional,
            )
        )
    )


def test_a_join_waits_for_its_last_branch():
    two = branches()
    position = close(two, close(two, start(two), "a"), "s")
    assert position == at("b", "c")
    position = close(two, position, "c")
    assert position == Position(frozenset({"b"}), frozenset({Arrival("j", "c")}))
    position = close(two, close(two, position, "b"), "b2")
    assert position == at("j")


def test_a_return_into_a_branch_leaves_the_other_branch_done():
    two = branches(pengembalian=[right("j", "b")])
    position = give_back(two, at("j"), "j", "b")
    assert position == Position(frozenset({"b"}), frozenset({Arrival("j", "c")}))
    assert close(two, close(two, position, "b"), "b2") == at("j")


def test_a_return_out_of_a_block_takes_its_other_branches_back():
    two = branches(pengembalian=[right("b2", "a"), right("b2", "s")])
    waiting = Position(frozenset({"b2"}), frozenset({Arrival("j", "c")}))
    assert give_back(two, waiting, "b2", "a") == at("a")
    assert give_back(two, at("b2", "c"), "b2", "s") == at("s")


def test_a_return_out_of_a_block_forgets_a_bare_arrow_that_waited():
    bare = plan(
        sop_of(
            source_of(
                [
                    step("a", ["s"], kind="mulai"),
                    step("s", ["b", "j"]),
                    step("b", ["j"]),
                    step("j", kind="selesai"),
                ],
                pengembalian=[right("b", "a")],
            )
        )
    )
    position = close(bare, close(bare, start(bare), "a"), "s")
    assert position == Position(frozenset({"b"}), frozenset({Arrival("j", "s")}))
    assert give_back(bare, position, "b", "a") == at("a")


def test_a_return_to_an_earlier_row_on_another_way_is_refused():
    sop = source_of(
        [
            step("a", ["b"], kind="mulai"),
            step("b", {"Ya": "c", "Tidak": "d"}),
            step("c", ["e"]),
            step("d", ["e"]),
            step("e", kind="selesai"),
        ],
        pengembalian=[right("d", "c"), right("d", "b")],
    )
    (found,) = check(sop).errors
    assert (found.code, found.path) == ("E12", "operasional.pengembalian[1].ke")


def test_a_return_within_a_branch_touches_nothing_else():
    two = branches(pengembalian=[right("b2", "b")])
    waiting = Position(frozenset({"b2"}), frozenset({Arrival("j", "c")}))
    assert give_back(two, waiting, "b2", "b") == Position(
        frozenset({"b"}), waiting.arrived
    )


@pytest.mark.parametrize(("dari", "ke"), [("c", "b"), ("c", "b2"), ("b", "b")])
def test_a_return_to_work_that_runs_beside_is_refused(dari, ke):
    sop = source_of(
        [
            step("a", ["b", "c"], kind="mulai"),
            step("b", ["b2"]),
            step("b2", ["j"]),
            step("c", ["j"]),
            step("j", {"Ya": "z", "Tidak": "a"}),
            step("z", kind="selesai"),
        ],
        pengembalian=[right(dari, ke)],
    )
    assert [found.code for found in check(sop).errors] == ["E12"]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    random_steps(),
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=6),
    st.randoms(use_true_random=False),
)
def test_every_case_ends_from_every_position_with_nothing_left_waiting(
    steps, pairs, chance
):
    rights = accepted_returns(steps, pairs)
    _, way = planned(steps, rights)
    position, acts = start(way), 0
    while position.open:
        acts += 1
        here = chance.choice(sorted(position.open))
        backs = may_return(way, here)
        if backs and acts < 40 and chance.random() < 0.3:
            position = give_back(way, position, here, chance.choice(backs).to)
            continue
        names = [outcome.name for outcome in way.step(here).outcomes]
        if acts > 60 and "lanjut" in names:
            names = ["lanjut"]
        outcome = chance.choice(names) if names else None
        followers = after(way, here, outcome)
        assert not position.open & set(followers)
        position = close(way, position, here, outcome)
        assert acts < 500
    assert position.arrived == frozenset()
    assert here == steps[-1]["id"]


def any_graph(chance):
    """Return three to six steps with arrows to anywhere, many splits among them."""
    names = [f"n{n}" for n in range(chance.randint(3, 6))]
    steps = [step(names[0], chance.sample(names[1:], 2), kind="mulai")]
    if chance.random() < 0.5:
        steps = [step(names[0], [chance.choice(names[1:])], kind="mulai")]
    for name in names[1:-1]:
        one, other = chance.sample([n for n in names if n != name], 2)
        to = chance.choice([[one], [one, other], {"Ya": one, "Tidak": other}])
        steps.append(step(name, to))
    return [*steps, step(names[-1], kind="selesai")]


def sound_graph(chance):
    """Return such steps of which each is reached and reaches the end, with a split."""
    while True:
        steps = any_graph(chance)
        names = tuple(s["id"] for s in steps)
        arrows = {s["id"]: tuple(targets(s)) for s in steps}
        splits = tuple(s["id"] for s in steps if len(s.get("berikut") or ()) > 1)
        flow = Flow(names[0], names, arrows, {names[-1]}, splits)
        whole = flow.reached([names[0]]) == flow.reaching([names[-1]]) == {*names}
        if whole and splits and not blocks_of(flow)[1]:
            return steps


def targets(one):
    return one.get("berikut") or [branch["ke"] for branch in one.get("cabang") or ()]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(CHANCES)
def test_whatever_graph_the_check_accepts_ends_from_every_position(chance):
    checked, way = planned(sound_graph(chance))
    assert checked.errors == ()
    todo, met = [start(way)], {start(way): set()}
    while todo:
        position = todo.pop()
        for here in position.open:
            for outcome in [o.name for o in way.step(here).outcomes] or [None]:
                then = close(way, position, here, outcome)
                if then not in met:
                    met[then] = set()
                    todo.append(then)
                    assert len(met) < 500
                met[then].add(position)
    ended = {position for position in met if not position.open}
    assert not any(position.arrived for position in ended)
    reaching, todo = set(ended), [*ended]
    while todo:
        for position in met[todo.pop()] - reaching:
            reaching.add(position)
            todo.append(position)
    assert reaching == set(met)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(random_steps(max_steps=12))
def test_surely_produced_is_exactly_what_every_run_has_produced(steps):
    checked, way = planned(steps)
    flow = flow_of(checked.sop)
    made = {s["id"]: frozenset(s["output"]["artefak"]) for s in steps}
    sure = surely_produced(flow, blocks_of(flow)[0], made)
    assert sure == seen_on_every_run(way, made)


def seen_on_every_run(way, made):
    """Walk every run there is and intersect what each step has found produced."""
    begin = (start(way), frozenset())
    todo, known, found = [begin], {begin}, {first(way): frozenset()}
    while todo:
        position, so_far = todo.pop()
        for here in position.open:
            outcomes = [o.name for o in way.step(here).outcomes] or [None]
            for outcome in outcomes:
                later = close(way, position, here, outcome)
                now = so_far | made[here]
                for opened in later.open - (position.open - {here}):
                    found[opened] = found.get(opened, now) & now
                if (later, now) not in known:
                    known.add((later, now))
                    todo.append((later, now))
                    assume(len(known) < 3000)
    return found


def test_what_lies_ahead_is_what_can_still_come():
    loop = plan(
        sop_of(
            source_of(
                [
                    step("a", ["b"], "mulai"),
                    step("b", ["c"]),
                    step("c", {"Ulang": "b", "Lewati": "e", "Terus": "d"}),
                    step("d", ["e"]),
                    step("e", kind="selesai"),
                ]
            )
        )
    )
    assert ahead(loop, ["a"]) == {"b", "c", "d", "e"}
    assert ahead(loop, ["b"]) == {"c", "d", "e"}
    assert ahead(loop, ["c"]) == {"d", "e"}
    assert ahead(loop, ["e"]) == frozenset()


def test_only_the_own_branch_and_the_join_lie_ahead_of_a_branch():
    split = plan(
        sop_of(
            source_of(
                [
                    step("a", ["b", "c"], "mulai"),
                    step("b", ["d"]),
                    step("c", ["d"]),
                    step("d", kind="selesai"),
                ]
            )
        )
    )
    assert ahead(split, ["c"]) == {"d"}
    assert ahead(split, ["b", "c"]) == {"d"}
