"""The steps of an SOP as a graph: ways, parallel blocks, what is surely produced.

Everything here takes a graph whose targets exist and whose first step is known;
`routing` sees to that first.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from .model import Sop

_END = "\N{END OF TEXT}"
"""A stand-in step after every last step; no id of a file can be this."""


@dataclass(frozen=True)
class Branch:
    """One way out of a parallel split, up to the join.

    `members` are the steps on it, `arrivals` those of them that lead into the join
    (the split itself when the branch is a bare arrow): one of them suffices.
    """

    start: str
    members: tuple[str, ...]
    arrivals: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A parallel split, its branches, and the join that waits for each of them.

    `join` is None when the branches end apart, each in a last step of its own.
    """

    split: str
    join: str | None
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Flow:
    """The graph of an SOP."""

    first: str
    order: tuple[str, ...]
    after: Mapping[str, tuple[str, ...]]
    ends: Set[str]
    splits: tuple[str, ...]
    before: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        before: dict[str, list[str]] = {step: [] for step in self.order}
        for step in self.order:
            for target in self.after[step]:
                before[target].append(step)
        arrows = {step: tuple(sources) for step, sources in before.items()}
        object.__setattr__(self, "before", arrows)

    def reached(
        self, starts: Iterable[str], *, short_of: Set[str] = frozenset()
    ) -> set[str]:
        """Return the steps on any way from `starts`, never passing `short_of`."""
        return walk(self.after, starts, short_of=short_of)

    def reaching(self, targets: Iterable[str]) -> set[str]:
        """Return the steps from which some way leads to one of `targets`."""
        return walk(self.before, targets)


def flow_of(sop: Sop) -> Flow:
    """Return the graph of an SOP with one first step and targets that exist."""
    steps = sop.langkah
    return Flow(
        first=next(step.id for step in steps if step.jenis == "mulai"),
        order=tuple(step.id for step in steps),
        after={step.id: step.tujuan for step in steps},
        ends={step.id for step in steps if step.jenis == "selesai"},
        splits=tuple(step.id for step in steps if len(step.berikut) > 1),
    )


def blocks_of(flow: Flow) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the parallel blocks, and the splits whose branches are entangled.

    The join of a split is the first step that every way from it passes. Branches are
    entangled when they share a step before the join, when a way leads into one from
    outside, or when one can leave without passing the join: then the join could wait
    for ever. So are those of which one leads back to the split, which would begin all of
    them anew each time round, or to the first step, into which every case comes from
    outside. Needs a graph in which every step reaches an end.
    """
    certain = _passed_on_every_way(flow)
    blocks, entangled = [], []
    for split in flow.splits:
        block = _block(flow, split, _nearest(certain, split))
        if _is_orderly(flow, block):
            blocks.append(block)
        else:
            entangled.append(split)
    return tuple(blocks), tuple(entangled)


def walk(
    arrows: Mapping[str, tuple[str, ...]],
    starts: Iterable[str],
    *,
    short_of: Set[str] = frozenset(),
) -> set[str]:
    """Return what following `arrows` from `starts` meets, never passing `short_of`."""
    seen: set[str] = set()
    todo = [step for step in starts if step not in short_of]
    while todo:
        step = todo.pop()
        if step not in seen:
            seen.add(step)
            todo += (target for target in arrows[step] if target not in short_of)
    return seen


def _passed_on_every_way(flow: Flow) -> dict[str, frozenset[str]]:
    """Return for each step what every way from it to an end passes (itself too)."""
    everything = frozenset((*flow.order, _END))
    passed = dict.fromkeys(flow.order, everything) | {_END: frozenset({_END})}
    changed = True
    while changed:
        changed = False
        for step in reversed(flow.order):
            targets = (*flow.after[step], *([_END] if step in flow.ends else []))
            now = reduce(and_, (passed[target] for target in targets)) | {step}
            changed |= now != passed[step]
            passed[step] = now
    return passed


def _nearest(certain: Mapping[str, frozenset[str]], split: str) -> str | None:
    """Return the first step that all ways from `split` pass; None: only the end."""
    join = max(certain[split] - {split}, key=lambda step: len(certain[step]))
    return None if join == _END else join


def _block(flow: Flow, split: str, join: str | None) -> Block:
    closed = frozenset({join} if join else ())
    branches = []
    for start in flow.after[split]:
        members = flow.reached([start], short_of=closed)
        sources = flow.before[join] if join else ()
        arrivals = [step for step in sources if step in members]
        if start == join:
            arrivals = [split]
        branches.append(
            Branch(start, tuple(s for s in flow.order if s in members), tuple(arrivals))
        )
    return Block(split, join, tuple(branches))


def _is_orderly(flow: Flow, block: Block) -> bool:
    seen = {block.split, flow.first}
    for branch in block.branches:
        members = set(branch.members)
        if members & seen:
            return False
        seen |= members
        for step in branch.members:
            doors = members | ({block.split} if step == branch.start else set())
            if not doors.issuperset(flow.before[step]):
                return False
    return True


def surely_produced(
    flow: Flow, blocks: Iterable[Block], produced: Mapping[str, Set[str]]
) -> dict[str, Set[str]]:
    """Return for each step the artefacts there on *every* way to it (must-dataflow).

    Ways that exclude one another (outcomes, loops) must agree; branches that run
    side by side add up at their join.
    """
    everything: Set[str] = frozenset().union(*produced.values())
    joins = joins_of(blocks)
    ready: dict[str, Set[str]] = dict.fromkeys(flow.order, everything)
    ready[flow.first] = frozenset()
    changed = True
    while changed:
        changed = False
        for step in flow.order:
            if step == flow.first:
                continue
            sources = {
                frozenset({s}): ready[s] | produced[s] for s in flow.before[step]
            }
            now = _together(joins.get(step, []), sources)
            changed |= now != ready[step]
            ready[step] = now
    return ready


def joins_of(blocks: Iterable[Block]) -> dict[str, list[Block]]:
    """Return the blocks that end at each join, the inner ones first."""
    joins: dict[str, list[Block]] = {}
    for block in sorted(blocks, key=lambda b: sum(len(x.members) for x in b.branches)):
        if block.join:
            joins.setdefault(block.join, []).append(block)
    return joins


def _together(
    blocks: Iterable[Block], sources: dict[frozenset[str], Set[str]]
) -> Set[str]:
    """Return what several arrows into one step bring for sure."""
    for block in blocks:
        brought = []
        for branch in block.branches:
            inside = [key for key in sources if key <= set(branch.arrivals)]
            brought.append((inside, reduce(and_, (sources[key] for key in inside))))
        used = [key for inside, _ in brought for key in inside]
        sources = {key: sources[key] for key in sources if key not in used} | {
            frozenset().union(*used): reduce(or_, (value for _, value in brought))
        }
    return reduce(and_, sources.values())
