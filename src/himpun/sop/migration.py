"""A running case moves to another version of its SOP: where it would stand there.

Pure: two plans, a position, and a map from the steps of the old plan to those of the
new one. What cannot be moved faithfully is refused with a sentence, never guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from himpun.wording import Sentence, say

from .flow import Block
from .kinds import Work, work_of
from .moves import Arrival, Position, ahead
from .plan import Plan, Step

Map = Mapping[str, str]
"""Old step id -> new step id; a step that is not among the keys has no successor."""


@dataclass(frozen=True)
class Destination:
    """Where a case stands in the new plan; `position` is None when it may not move.

    ``obstacles`` say why not; ``passed`` are the steps that the new plan has before the
    position and that the case never did: they are skipped by the revision.
    """

    position: Position | None
    obstacles: tuple[Sentence, ...]
    passed: tuple[str, ...]


def proposal(old: Plan, new: Plan) -> dict[str, str]:
    """Return a map of every old step that has a successor, each new step used once.

    The same id with the same words first, then the same words alone (an office may have
    numbered its ids anew), then the same id alone.
    """
    words: dict[str, list[str]] = {}
    for step in new.steps:
        words.setdefault(step.activity, []).append(step.id)
    texts = {step.id: step.activity for step in new.steps}
    found = {s.id: s.id for s in old.steps if texts.get(s.id) == s.activity}
    for step in old.steps:
        alike = words.get(step.activity, [])
        if step.id not in found and len(alike) == 1:
            _pair(found, step.id, alike[0])
    for step in old.steps:
        if step.id not in found and step.id in texts:
            _pair(found, step.id, step.id)
    return {step.id: found[step.id] for step in old.steps if step.id in found}


def _pair(found: dict[str, str], old: str, new: str) -> None:
    if new not in found.values():
        found[old] = new


def destination(
    old: Plan, new: Plan, position: Position, finished: Iterable[str], way: Map
) -> Destination:
    """Return where a case at `position` of the old plan stands in the new one.

    ``finished`` are the old steps that have had a round.
    """
    obstacles = [
        *_map_obstacles(old, new, way),
        *(o for step in sorted(position.open) for o in _open(old, new, step, way)),
    ]
    moved, joins = _moved(old, new, position, way)
    obstacles += joins
    if not obstacles:
        obstacles += _stand_obstacles(new, moved)
    if obstacles:
        return Destination(None, tuple(dict.fromkeys(obstacles)), ())
    done = {way[step] for step in finished if step in way}
    coming = ahead(new, moved.open) | moved.open | done
    return Destination(
        moved, (), tuple(step.id for step in new.steps if step.id not in coming)
    )


def _map_obstacles(old: Plan, new: Plan, way: Map) -> list[Sentence]:
    """Say what is wrong with the map itself."""
    before, after = {s.id for s in old.steps}, {s.id: s for s in new.steps}
    if not before >= set(way) or not set(after) >= set(way.values()):
        return [say("Peta menyebut langkah yang tidak ada. Muat ulang halaman ini.")]
    targets = list(way.values())
    return [
        say(
            "Langkah %(n)s versi baru dituju oleh lebih dari satu langkah lama. "
            "Pilih satu saja.",
            n=after[step].number,
        )
        for step in dict.fromkeys(targets)
        if targets.count(step) > 1
    ]


def _open(old: Plan, new: Plan, step: str, way: Map) -> list[Sentence]:
    """Say why an open step cannot go on in the new plan."""
    here = old.step(step)
    target = {s.id: s for s in new.steps}.get(way.get(step, ""))
    if target is None:
        return [
            say(
                "Langkah %(n)s (%(work)s) sedang terbuka dan tidak mempunyai tujuan di "
                "versi baru. Pilih tujuannya.",
                n=here.number,
                work=here.activity,
            )
        ]
    was, comes = work_of(old)[step], work_of(new)[target.id]
    if was != comes:
        return [
            say(
                "Langkah %(n)s sedang terbuka dan di versi baru meminta pekerjaan jenis "
                "lain. Selesaikan dulu langkah itu.",
                n=here.number,
            )
        ]
    if Work.SIGNATURE in was:
        return [
            say(
                "Langkah %(n)s sedang menunggu tanda tangan. Kembalikan dulu ke langkah "
                "sebelumnya.",
                n=here.number,
            )
        ]
    return _decided(here, target)


def _decided(here: Step, target: Step) -> list[Sentence]:
    """Say that a step under way decides in one version only."""
    if bool(here.outcomes) == bool(target.outcomes):
        return []
    return [
        say(
            "Langkah %(n)s sedang terbuka dan hanya di salah satu versi berupa "
            "keputusan. Selesaikan dulu langkah itu.",
            n=here.number,
        )
    ]


def _moved(
    old: Plan, new: Plan, position: Position, way: Map
) -> tuple[Position, list[Sentence]]:
    """Return the position by the new plan's ids, and which joins are gone."""
    joins = {
        (block.join, source)
        for block in new.blocks
        for branch in block.branches
        for source in branch.arrivals
    }
    arrived, obstacles = set(), []
    for waiting in sorted(position.arrived):
        there = (way.get(waiting.join, ""), way.get(waiting.source, ""))
        if there in joins:
            arrived.add(Arrival(*there))
        else:
            text = say(
                "Cabang yang selesai di langkah %(source)s menunggu di langkah %(join)s, "
                "dan pertemuan itu tidak ada lagi di versi baru.",
                source=old.step(waiting.source).number,
                join=old.step(waiting.join).number,
            )
            obstacles.append(text)
    steps = frozenset(way[step] for step in position.open if step in way)
    return Position(steps, frozenset(arrived)), obstacles


def _stand_obstacles(plan: Plan, position: Position) -> list[Sentence]:
    """Say why no case of this plan can stand there: branches missing or mixed up."""
    found = []
    numbers = {step.id: step.number for step in plan.steps}
    here = sorted(position.open, key=numbers.__getitem__)
    for at, one in enumerate(here):
        for other in here[at + 1 :]:
            if not any(_apart(block, one, other) for block in plan.blocks):
                text = say(
                    "Langkah %(one)s dan %(other)s sedang terbuka bersamaan, padahal di "
                    "versi baru yang satu menyusul yang lain. Selesaikan salah satunya.",
                    one=numbers[one],
                    other=numbers[other],
                )
                found.append(text)
    for block in plan.blocks:
        if block.join and (_halfway(block, position) or _twice(plan, block, position)):
            text = say(
                "Cabang sesudah langkah %(split)s di versi baru tidak cocok dengan "
                "cabang yang sedang berjalan. Selesaikan dulu langkah yang sejajar.",
                split=numbers[block.split],
            )
            found.append(text)
    return found


def _apart(block: Block, one: str, other: str) -> bool:
    """Whether two steps stand in different branches of a split."""
    first = {n for n, b in enumerate(block.branches) if one in b.members}
    second = {n for n, b in enumerate(block.branches) if other in b.members}
    return bool(first and second) and first.isdisjoint(second)


def _halfway(block: Block, position: Position) -> bool:
    """Whether a case is inside a split with a branch neither open nor arrived."""
    sources = {a.source for a in position.arrived if a.join == block.join}
    waiting = {a.source for a in position.arrived}

    def stands(members: Iterable[str], arrivals: Iterable[str]) -> bool:
        inside = set(members)
        open_here = inside & position.open
        return bool(open_here or inside & waiting or sources & set(arrivals))

    standing = [stands(b.members, b.arrivals) for b in block.branches]
    return any(standing) and not all(standing)


def _twice(plan: Plan, block: Block, position: Position) -> bool:
    """Whether a branch that has arrived still has a step open.

    A split within the branch may end at the same join: one of its branches has arrived
    while another is at work, and each is counted there.
    """
    sources = {a.source for a in position.arrived if a.join == block.join}
    inner = [one for one in plan.blocks if one.join == block.join]
    return any(
        not any(_beside(one, source, step) for one in inner)
        for branch in block.branches
        for source in sources & set(branch.arrivals)
        for step in position.open & set(branch.members)
    )


def _beside(block: Block, source: str, step: str) -> bool:
    """Whether a step stands in another branch than the one that arrives from a source."""
    return any(
        source in branch.arrivals and step not in branch.members
        for branch in block.branches
    ) and any(
        step in branch.members and source not in branch.arrivals
        for branch in block.branches
    )
