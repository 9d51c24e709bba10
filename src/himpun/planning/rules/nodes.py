"""The pohon kinerja: conditions that cause one another, and what is amiss with a tree.

Terms and steps of PermenPANRB 89/2021 (penjenjangan kinerja): outcomes in three levels
and outputs below them; each child is a cause of its parent; every condition has an
indicator and somebody in charge; one that another unit owns (crosscutting) names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal
from himpun.wording import Sentence, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class NodeLevel(StrEnum):
    """How far a condition is from what the office does itself; highest first."""

    ULTIMATE = "ultimate outcome"
    INTERMEDIATE = "intermediate outcome"
    IMMEDIATE = "immediate outcome"
    OUTPUT = "output"


NODE_WORDS = {
    NodeLevel.ULTIMATE: say("Outcome akhir (ultimate outcome)"),
    NodeLevel.INTERMEDIATE: say("Outcome antara (intermediate outcome)"),
    NodeLevel.IMMEDIATE: say("Outcome awal (immediate outcome)"),
    NodeLevel.OUTPUT: say("Output"),
}
_RANK = {level: rank for rank, level in enumerate(NodeLevel)}


def level_below(level: NodeLevel) -> NodeLevel:
    """Return the level next below one; of an output, output."""
    levels = list(NodeLevel)
    return levels[min(_RANK[level] + 1, len(levels) - 1)]


@dataclass(frozen=True)
class Node:
    """A condition of a tree as rules and drawing see it.

    ``parent`` is the number of what it causes. ``indicators`` are names; ``position``
    is a title, empty without one. ``partner`` names the owner of a crosscutting one.
    """

    number: int
    parent: int | None
    level: NodeLevel
    condition: str
    indicators: tuple[str, ...] = ()
    position: str = ""
    crosscutting: bool = False
    partner: str = ""


class Flaw(StrEnum):
    """The name of what is amiss with a tree; stable."""

    NO_INDICATOR = "tanpa-indikator"
    ORPHAN = "tanpa-induk"
    CYCLE = "melingkar"
    UPSIDE_DOWN = "jenjang-terbalik"
    NO_POSITION = "tanpa-jabatan"
    NO_PARTNER = "crosscutting-tanpa-nama"
    NO_NODE = "jabatan-tanpa-kondisi"


@dataclass(frozen=True)
class Remark:
    """Something amiss, with a sentence what to do; ``node`` is None for the tree."""

    flaw: Flaw
    node: int | None
    sentence: Sentence


def in_order(nodes: Sequence[Node]) -> list[tuple[int, Node]]:
    """Return (depth, node) from each root down, causes in the order given.

    A node whose parent is not there begins a tree of its own; of a circle, the one that
    was given first does. Every node comes once.
    """
    below = children_of(nodes)
    known = {node.number for node in nodes}
    roots = [node for node in nodes if node.parent not in known]
    found: list[tuple[int, Node]] = []
    seen: set[int] = set()
    for start in (*roots, *nodes):
        waiting = [(0, start)]
        while waiting:
            depth, node = waiting.pop()
            if node.number in seen:
                continue
            seen.add(node.number)
            found.append((depth, node))
            waiting += [(depth + 1, n) for n in reversed(below.get(node.number, ()))]
    return found


def children_of(nodes: Iterable[Node]) -> dict[int, list[Node]]:
    """Return the causes of each node by its number, in the order given."""
    found: dict[int, list[Node]] = {}
    for node in nodes:
        if node.parent is not None:
            found.setdefault(node.parent, []).append(node)
    return found


def below(nodes: Sequence[Node], number: int) -> set[int]:
    """Return a node and all that is below it, by number."""
    causes = children_of(nodes)
    found: set[int] = set()
    waiting = [number]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [child.number for child in causes.get(one, ())]
    return found


def refuse_circle(nodes: Sequence[Node], number: int, parent: int | None) -> None:
    """Raise Refusal where a node would be put under itself or under its own cause."""
    if parent is not None and parent in below(nodes, number):
        raise Refusal(
            say(
                "Kondisi ini tidak dapat menjadi penyebab dirinya sendiri. Pilih induk "
                "di luar cabangnya."
            ),
            field="parent",
        )


def remarks(nodes: Sequence[Node], positions: Iterable[str] = ()) -> tuple[Remark, ...]:
    """Return what is amiss with a tree, node by node in its order, then as a whole.

    ``positions`` are the titles of the office: each should answer for a condition.
    """
    named = {node.number: node for node in nodes}
    found = [
        Remark(flaw, node.number, sentence)
        for _depth, node in in_order(nodes)
        for flaw, sentence in _flaws(node, named)
    ]
    answering = {node.position for node in nodes}
    idle = [title for title in positions if title not in answering]
    if nodes and idle:
        sentence = say(
            "Jabatan ini belum mempunyai kondisi pada pohon: %(positions)s. Petakan, "
            "atau pastikan kinerjanya sudah tercakup jabatan lain.",
            positions=joined(idle, ", "),
        )
        found.append(Remark(Flaw.NO_NODE, None, sentence))
    return tuple(found)


def _flaws(node: Node, named: Mapping[int, Node]) -> Iterable[tuple[Flaw, Sentence]]:
    if _is_in_circle(node, named):
        yield (
            Flaw.CYCLE,
            say("Kondisi ini menyebabkan dirinya sendiri. Ganti induknya."),
        )
    above = named.get(node.parent) if node.parent is not None else None
    if above is None and node.level is not NodeLevel.ULTIMATE:
        yield (
            Flaw.ORPHAN,
            say("Belum ada induknya. Pilih kondisi yang disebabkannya."),
        )
    if above is not None and _RANK[node.level] < _RANK[above.level]:
        yield Flaw.UPSIDE_DOWN, _upside_down(node, above)
    if not node.indicators:
        yield (
            Flaw.NO_INDICATOR,
            say("Belum mempunyai indikator. Pilih indikator, atau tulis rumusannya."),
        )
    if node.crosscutting and not node.partner.strip():
        yield (
            Flaw.NO_PARTNER,
            say("Crosscutting, tetapi unit pemiliknya belum disebut. Tulis namanya."),
        )
    if not node.position and not node.crosscutting:
        yield (
            Flaw.NO_POSITION,
            say("Belum ada jabatan yang bertanggung jawab. Pilih jabatannya."),
        )


def _upside_down(node: Node, above: Node) -> Sentence:
    if above.level is NodeLevel.OUTPUT:
        return say(
            "Outcome tidak berada di bawah output. Pindahkan ke bawah sebuah outcome, "
            "atau betulkan jenjangnya."
        )
    return say(
        "%(level)s berada di bawah %(above)s. Betulkan jenjang salah satunya.",
        level=NODE_WORDS[node.level],
        above=NODE_WORDS[above.level],
    )


def _is_in_circle(node: Node, named: Mapping[int, Node]) -> bool:
    seen: set[int] = set()
    at = node.parent
    while at is not None and at in named and at not in seen:
        if at == node.number:
            return True
        seen.add(at)
        at = named[at].parent
    return False
