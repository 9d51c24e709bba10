"""The ways from step to step in foreign BPMN, through its gateways and events."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .scene import SUBPROCESSES, TASKS, Flow, Item, Scene

CHOICES = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
)
_START = frozenset({"startEvent"})
MAX_NODES = 100
"""So many gateways and events between two steps are no procedure; what lies behind
them stays unread, and is told."""
MAX_LOOKS, MAX_ALL_LOOKS = 2000, 200_000
"""Nodes passed on the ways from one step, and in a whole file."""


@dataclass(frozen=True)
class Exit:
    """One way on: to a step (None: to an end), its name, and the flows it follows.

    `splits` says how it parted from the others: by choice, all at once, or both.
    """

    to: str | None
    name: str = ""
    flows: tuple[str, ...] = ()
    splits: frozenset[str] = field(default_factory=frozenset)


class Ways:
    """Follows the flows of a scene; never twice through the same node on one way."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._looks = self._all_looks = 0
        links = (i for i in scene.items.values() if i.kind == "intermediateCatchEvent")
        self._links: dict[str, list[Item]] = defaultdict(list)
        for item in links:
            if not scene.entering[item.id]:
                self._links[item.name].append(item)
        self.steps = {
            item.id
            for item in scene.items.values()
            if item.kind in TASKS or is_leaf(scene, item)
        }

    def exits(self, step: str) -> list[Exit]:
        """Return the ways on from a step."""
        self._looks = 0
        return self._leave(self.scene.items[step], Exit(None), frozenset())

    def begin(self, start: str) -> list[Exit]:
        """Return the ways on from a start event."""
        self._looks = 0
        return self._leave(self.scene.items[start], Exit(None), frozenset({start}))

    def _leave(self, node: Item, way: Exit, seen: frozenset[str]) -> list[Exit]:
        """Follow the flows out of a node; without any, go on around it."""
        flows = self.scene.leaving[node.id]
        if not flows:
            return self._around(node, way, seen)
        split = _split(node, flows)
        found: list[Exit] = []
        for flow in flows:
            name = flow.name if split == "pilih" else ""
            onward = _onward(way, flow, name, split)
            found += self._enter(flow.target, onward, seen)
        return found

    def _around(self, node: Item, way: Exit, seen: frozenset[str]) -> list[Exit]:
        """An end inside a sub-process leads on behind the sub-process."""
        around = self.scene.items.get(node.container)
        if around is None or around.id in seen or len(seen) > MAX_NODES:
            return [way]
        return self._leave(around, way, seen | {around.id})

    def _enter(self, target: str, way: Exit, seen: frozenset[str]) -> list[Exit]:
        node = self.scene.items.get(target)
        self._looks += 1
        self._all_looks += 1
        if node is None or target in seen or self._is_lost(seen):
            return []
        if target in self.steps:
            return [Exit(target, way.name, way.flows, way.splits)]
        if node.kind in SUBPROCESSES:
            return self._into(node, way, seen | {target})
        if node.kind == "intermediateThrowEvent" and not self.scene.leaving[target]:
            return self._across(node, way, seen | {target})
        return self._leave(node, way, seen | {target})

    def _is_lost(self, seen: frozenset[str]) -> bool:
        return (
            len(seen) > MAX_NODES
            or self._looks > MAX_LOOKS
            or self._all_looks > MAX_ALL_LOOKS
        )

    def _into(self, node: Item, way: Exit, seen: frozenset[str]) -> list[Exit]:
        """Enter a sub-process at its starts, else at what nothing leads to."""
        inner = [i for i in self.scene.inside(node.id) if i.kind != "boundaryEvent"]
        starts = [i for i in inner if i.kind in _START] or [
            i for i in inner if not self.scene.entering[i.id] and not is_event_driven(i)
        ]
        split = {"serentak"} if len(starts) > 1 else set()
        onward = Exit(None, way.name, way.flows, way.splits | split)
        return [e for start in starts for e in self._enter(start.id, onward, seen)]

    def _across(self, node: Item, way: Exit, seen: frozenset[str]) -> list[Exit]:
        """A link leads on from the catching event of the same name."""
        catches = self._links.get(node.name, [])
        if len(catches) != 1:
            return self._around(node, way, seen)
        return self._enter(catches[0].id, way, seen)


def is_leaf(scene: Scene, item: Item) -> bool:
    """Say whether a sub-process shows nothing of its inside: it is one step."""
    return item.kind in SUBPROCESSES and not any(
        inner.kind in TASKS | SUBPROCESSES for inner in scene.inside(item.id)
    )


def is_event_driven(item: Item) -> bool:
    """Say whether a sub-process is started by an event instead of a flow."""
    return bool(item.element.get("triggeredByEvent") == "true")


def _split(node: Item, flows: list[Flow]) -> str:
    """Return how the ways out of a node part: not at all, by choice, or all at once."""
    if len(flows) == 1:
        return ""
    if node.kind in CHOICES or any(flow.conditional for flow in flows):
        return "pilih"
    return "serentak"


def _onward(way: Exit, flow: Flow, name: str, split: str) -> Exit:
    names = [part for part in (way.name, name.strip()) if part]
    splits = way.splits | {split} if split else way.splits
    return Exit(None, " / ".join(names), (*way.flows, flow.id), splits)


def flows_of(exits: Iterable[Exit]) -> tuple[str, ...]:
    """Return the flows of some ways, each once."""
    return tuple(dict.fromkeys(flow for way in exits for flow in way.flows))
