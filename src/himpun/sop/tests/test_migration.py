"""A case in another version of its SOP: where it stands there, and what is refused."""

from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.sop.migration import destination, proposal
from himpun.sop.moves import Arrival, Position, close, start
from himpun.sop.moves import after as follows
from himpun.sop.plan import plan

from .builders import edited, seed_sop, sop_of, source_of, step, yields
from .test_moves import at, branches, planned, random_steps


def chain(*names, words=None, **parts):
    """Return the plan of steps one after another."""
    words = words or {}
    steps = [
        step(
            name, [after] if after else [], kegiatan=words.get(name, f"Kegiatan {name}")
        )
        | parts.get(name, {})
        for name, after in zip(names, [*names[1:], ""], strict=True)
    ]
    steps[0]["jenis"], steps[-1]["jenis"] = "mulai", "selesai"
    return plan(sop_of(source_of(steps)))


def moved(old, new, position, done=(), way=None):
    return destination(
        old, new, position, done, proposal(old, new) if way is None else way
    )


def test_the_same_plan_leaves_a_case_where_it_stands():
    seed = plan(seed_sop())
    there = moved(seed, seed, at("l3"), ["l1", "l2", "l3"])
    assert (there.position, there.passed) == (at("l3"), ())


def test_steps_go_by_id_and_else_by_their_words():
    old = chain("a", "b", "c")
    assert proposal(old, chain("a", "x", "b", "c")) == {"a": "a", "b": "b", "c": "c"}
    words = {"b": "Kegiatan baru", "d": "Kegiatan b", "e": "Kegiatan c"}
    numbered_anew = chain("a", "b", "d", "e", words=words)
    assert proposal(old, numbered_anew) == {"a": "a", "b": "d", "c": "e"}
    reworded = chain("a", "b", "c", words={"b": "Kegiatan lain"})
    assert proposal(old, reworded)["b"] == "b"
    assert proposal(old, chain("a", "c")) == {"a": "a", "c": "c"}


def test_a_step_that_the_revision_puts_before_the_position_is_passed():
    old, new = chain("a", "b", "c"), chain("a", "x", "b", "y", "c")
    there = moved(old, new, at("b"), ["a", "b"])
    assert (there.position, there.passed) == (at("b"), ("x",))


def test_an_open_step_without_a_successor_is_refused():
    there = moved(chain("a", "b", "c"), chain("a", "c"), at("b"), ["a", "b"])
    assert there.position is None
    (why,) = there.obstacles
    assert "Langkah 2 (Kegiatan b) sedang terbuka" in why
    by_hand = moved(
        chain("a", "b", "c"), chain("a", "c"), at("b"), ["a"], {"a": "a", "b": "c"}
    )
    assert by_hand.position == at("c")


def test_a_map_uses_steps_that_exist_and_each_target_once():
    old = chain("a", "b", "c")
    for way in ({"z": "a"}, {"a": "z"}):
        assert "Muat ulang" in moved(old, old, at("a"), (), way).obstacles[0]
    twice = moved(old, old, at("a"), (), {"a": "a", "b": "c", "c": "c"})
    assert "lebih dari satu langkah lama" in twice.obstacles[0]


def test_a_step_whose_work_or_kind_is_another_is_refused_while_it_is_open():
    seed = plan(seed_sop())
    plain = chain("l1", "l2", "l3", "l4", "l5")
    there = moved(seed, plain, at("l3"), ["l1", "l2", "l3"], {"l3": "l3"})
    assert "pekerjaan jenis lain" in there.obstacles[0]
    decides = plan(
        sop_of(
            source_of(
                [
                    step("a", ["b"], kind="mulai"),
                    step("b", {"Ya": "c", "Tidak": "a"}),
                    step("c", kind="selesai"),
                ]
            )
        )
    )
    there = moved(chain("a", "b", "c"), decides, at("b"), ["a", "b"])
    assert "keputusan" in there.obstacles[0]


def test_a_case_that_waits_for_a_signature_is_not_moved():
    seed = plan(seed_sop())
    there = moved(seed, seed, at("l4"), ["l1", "l2", "l3", "l4"])
    assert "menunggu tanda tangan" in there.obstacles[0]


def test_a_branch_that_waits_needs_its_join():
    two = branches()
    waiting = Position(frozenset({"b"}), frozenset({Arrival("j", "c")}))
    assert moved(two, two, waiting).position == waiting
    line = chain("a", "s", "b", "b2", "c", "j", "z")
    (why,) = moved(two, line, waiting).obstacles
    assert "pertemuan itu tidak ada lagi" in why


def test_steps_side_by_side_are_not_put_one_after_the_other():
    two = branches()
    line = chain("a", "s", "b", "b2", "c", "j", "z")
    (why,) = moved(two, line, at("b", "c")).obstacles
    assert "yang satu menyusul yang lain" in why
    (why,) = moved(line, two, at("b")).obstacles
    assert "tidak cocok dengan cabang" in why
    assert moved(line, two, at("j")).position == at("j")


def test_a_split_within_a_branch_may_end_at_the_same_join():
    two = plan(
        sop_of(
            source_of(
                [
                    step("a", ["s"], kind="mulai"),
                    step("s", ["b", "c"]),
                    step("b", ["d", "e", "j"]),
                    step("c", ["j"]),
                    step("d", ["j"]),
                    step("e", ["j"]),
                    step("j", ["z"], output=yields()),
                    step("z", kind="selesai"),
                ]
            )
        )
    )
    waiting = frozenset({Arrival("j", "b"), Arrival("j", "c"), Arrival("j", "e")})
    here = Position(frozenset({"d"}), waiting)
    assert moved(two, two, here).position == here
    twice = Position(frozenset({"d"}), waiting | {Arrival("j", "d")})
    assert "tidak cocok dengan cabang" in moved(two, two, twice).obstacles[0]


def reachable(way, chance, most=12):
    """Return a position on some way through a plan."""
    position = start(way)
    for _ in range(chance.randint(0, most)):
        here = chance.choice(sorted(position.open))
        outcomes = [o.name for o in way.step(here).outcomes]
        later = close(
            way, position, here, chance.choice(outcomes) if outcomes else None
        )
        if not later.open:
            break
        position = later
    return position


@settings(max_examples=40, deadline=None, derandomize=True)
@given(random_steps(max_steps=14), st.randoms(use_true_random=False))
def test_every_position_of_a_plan_is_one_of_the_same_plan(steps, chance):
    _, way = planned(steps)
    here = reachable(way, chance)
    assert moved(way, way, here).position == here


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    random_steps(max_steps=14),
    random_steps(max_steps=14),
    st.randoms(use_true_random=False),
)
def test_a_case_that_was_moved_ends_with_nothing_left_waiting(before, after, chance):
    _, old = planned(before)
    _, new = planned(after)
    position = moved(old, new, reachable(old, chance)).position
    acts = 0
    while position and position.open:
        acts += 1
        here = chance.choice(sorted(position.open))
        names = [outcome.name for outcome in new.step(here).outcomes]
        if acts > 40 and "lanjut" in names:
            names = ["lanjut"]
        outcome = chance.choice(names) if names else None
        assert not position.open & set(follows(new, here, outcome))
        position = close(new, position, here, outcome)
        assert acts < 300
    assert position is None or position.arrived == frozenset()


def test_a_revision_of_the_seed_moves_its_cases():
    longer = plan(sop_of(edited("jumlah: 3,", "jumlah: 4,")))
    seed = plan(seed_sop())
    assert moved(seed, longer, at("l3"), ["l1", "l2", "l3"]).obstacles == ()
    assert moved(seed, longer, at("l1"), ["l1"]).position == at("l1")


def test_a_branch_taken_out_is_refused_while_it_is_open():
    two = branches()
    one = plan(
        sop_of(
            source_of(
                [
                    step("a", ["s"], kind="mulai"),
                    step("s", ["b"]),
                    step("b", ["b2"]),
                    step("b2", ["j"]),
                    step("j", ["z"], output=yields()),
                    step("z", kind="selesai"),
                ]
            )
        )
    )
    there = moved(two, one, at(*{"b", "c"}))
    assert any("tidak mempunyai tujuan" in why for why in there.obstacles)
    assert moved(two, one, at("j")).position == at("j")
