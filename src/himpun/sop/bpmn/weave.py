"""Weaves an SOP into a BPMN graph: tasks, gateways where ways part and meet, lanes.

| SOP                        | BPMN                                                       |
|----------------------------|------------------------------------------------------------|
| step                       | userTask in the lane of the responsible actor              |
| co-actor                   | a following userTask in the co-actor's lane                |
| decision                   | exclusive gateway after the task, a named flow an outcome  |
| several ways in            | exclusive gateway before the task                          |
| several next steps         | parallel gateways at the split and at the join             |
| last step                  | end event                                                  |
| per unit (`jalan`)         | multi-instance userTask before the task                    |
| return (`jalan`)           | gateway after the task, a flow back to before its goal     |
| standard time (`jalan`)    | timer on the task's border that does not interrupt it      |

A return lands behind the collection per unit, which is not done again. BPMN cannot say
that a return out of a parallel block takes the other branches back, nor that one into a
branch leaves them done: such a return is drawn, but an engine would run it otherwise.
"""

from collections import defaultdict
from typing import NamedTuple, cast

from ..flow import Block, joins_of
from ..model import Bersama, Langkah, Sop
from ..plan import PlanError
from ..routing import find_way
from .graph import (
    Edge,
    Graph,
    Node,
    NodeKind,
    Part,
    Profile,
    Use,
    shown,
    task_id,
    title_of,
)

START = "mulai"
ONWARD = "teruskan"
_CO_NAMES = {
    "paraf": "Memaraf",
    "mengetahui": "Mengetahui",
    "bersama": "Bersama",
    "salah-satu": "Salah satu",
}


class _Way(NamedTuple):
    """A way on from a node of a step, whose target is not reached yet."""

    node: str
    step: str
    name: str = ""
    condition: str = ""
    returns: bool = False
    rank: int = 0
    """The place of this way among those that leave the node."""


def weave(sop: Sop, profile: Profile) -> Graph:
    """Return the BPMN graph of an SOP that `check` has accepted; PlanError otherwise."""
    way, _ = find_way(sop)
    if way is None:
        raise PlanError("the SOP has errors; check it first")
    loom = _Loom(sop, profile, joins_of(way.blocks))
    for step in sop.langkah:
        loom.follow(step)
    for step in sop.langkah:
        loom.enter(step)
    return loom.graph()


class _Loom:
    """Collects nodes and flows: first what leaves the steps, then what enters them."""

    def __init__(
        self, sop: Sop, profile: Profile, joins: dict[str, list[Block]]
    ) -> None:
        self.sop, self.joins = sop, joins
        self.running = profile == "jalan"
        self.steps = {step.id: step for step in sop.langkah}
        self.before: dict[str, list[Node]] = defaultdict(list)
        self.chain: dict[str, list[Node]] = defaultdict(list)
        self.edges: list[tuple[int, Edge]] = []
        self.ways: dict[str, list[_Way]] = defaultdict(list)
        self.returns: dict[str, list[_Way]] = defaultdict(list)
        first = next(step for step in sop.langkah if step.jenis == "mulai")
        self.start = Node(START, "startEvent", "Mulai", first.penanggung_jawab)
        self.ways[first.id].append(_Way(START, ""))

    def graph(self) -> Graph:
        """Return what was woven, in the order of the form."""
        nodes = [self.start]
        for step in self.sop.langkah:
            nodes += [*self.before[step.id], *self.chain[step.id]]
        place = {node.id: n for n, node in enumerate(nodes)}
        ordered = sorted(self.edges, key=lambda e: (place[e[1].source], e[0]))
        edges = tuple(edge for _, edge in ordered)
        title = shown(title_of(self.sop), self.sop.id)
        return Graph(title, tuple(nodes), edges, _uses(self.sop))

    def follow(self, step: Langkah) -> None:
        """Add the nodes of a step and note where the ways from its last one lead."""
        task = _node(step, "", "userTask", shown(step.kegiatan.teks), part="langkah")
        self.chain[step.id].append(task)
        here = _Way(task.id, step.id)
        if self.running:
            self._deadline(step, task)
            here = self._give_back(step, here)
        for other in step.bersama:
            here = self._add(step, here, _co_actor(step, other))
        self._leave(step, here)

    def enter(self, step: Langkah) -> None:
        """Bring every way into a step together, and let it into the step's task."""
        groups: _Groups = {}
        for way in self.ways[step.id]:
            groups.setdefault(frozenset({way.step}), []).append(way)
        for number, block in enumerate(self.joins.get(step.id, []), 1):
            groups = self._join(step, number, block, groups)
        ways = [way for group in groups.values() for way in group]
        meeting = "temu"
        if self.running and step.id in self.sop.operasional.per_unit:
            ways = [self._collection(step, ways)]
            meeting = "ulang"
        self._meet(step, meeting, ways + self.returns[step.id], task_id(step.id))

    def _add(self, step: Langkah, here: _Way, node: Node) -> _Way:
        """Let a way of a step into a new node of its chain; the way goes on there."""
        self.chain[step.id].append(node)
        self._lead(here, node.id)
        return _Way(node.id, step.id)

    def _lead(self, way: _Way, target: str) -> None:
        edge = Edge(way.node, target, way.name, way.condition, way.returns)
        self.edges.append((way.rank, edge))

    def _deadline(self, step: Langkah, task: Node) -> None:
        name = f"Lewat {step.waktu.teks}"
        timer = _node(step, "tenggat", "boundaryEvent", name, host=task.id)
        self.chain[step.id].append(timer)
        late = _node(step, "lewat", "endEvent", "Terlambat, diingatkan")
        self._add(step, _Way(timer.id, step.id), late)

    def _give_back(self, step: Langkah, here: _Way) -> _Way:
        rights = [r for r in self.sop.operasional.pengembalian if r.dari == step.id]
        if not rights:
            return here
        name = f"Dikembalikan dari langkah {step.nomor}?"
        here = self._add(step, here, _node(step, "kembali", "exclusiveGateway", name))
        for rank, right in enumerate(rights, 1):
            said = f"kembalikan ke langkah {self.steps[right.ke].nomor}"
            condition = compared("tindakan", said)
            way = _Way(here.node, step.id, said, condition, returns=True, rank=rank)
            self.returns[right.ke].append(way)
        return here._replace(name=ONWARD, condition=compared("tindakan", ONWARD))

    def _leave(self, step: Langkah, here: _Way) -> None:
        """Note the ways from the last node of a step."""
        if step.cabang:
            name = f"Hasil langkah {step.nomor}"
            here = self._add(step, here, _node(step, "hasil", "exclusiveGateway", name))
        elif len(step.berikut) > 1:
            here = self._add(step, here, _node(step, "sejajar", "parallelGateway", ""))
        elif step.jenis == "selesai":
            self._add(step, here, _node(step, "selesai", "endEvent", "Selesai"))
        for rank, branch in enumerate(step.cabang):
            condition = compared("hasil", branch.hasil)
            way = here._replace(name=branch.hasil, condition=condition, rank=rank)
            self.ways[branch.ke].append(way)
        for rank, target in enumerate(step.berikut):
            self.ways[target].append(here._replace(rank=rank))

    def _collection(self, step: Langkah, ways: list[_Way]) -> _Way:
        name = f"Setiap unit: {shown(step.kegiatan.teks)}"
        unit = _node(step, "unit", "userTask", name, part="per_unit")
        self._meet(step, "temu", ways, unit.id)
        self.before[step.id].append(unit)
        return _Way(unit.id, step.id)

    def _meet(self, step: Langkah, suffix: str, ways: list[_Way], target: str) -> None:
        """Let ways that exclude one another into a node, several by way of a gateway."""
        if len(ways) > 1:
            gate = _node(step, suffix, "exclusiveGateway", "")
            self.before[step.id].append(gate)
            for way in ways:
                self._lead(way, gate.id)
            ways = [_Way(gate.id, step.id)]
        self._lead(ways[0], target)

    def _join(
        self, step: Langkah, number: int, block: Block, groups: "_Groups"
    ) -> "_Groups":
        """Let the branches of a block into a parallel join: one way is left of them."""
        join = _node(step, f"gabung.{number}", "parallelGateway", "")
        used: list[frozenset[str]] = []
        for place, branch in enumerate(block.branches, 1):
            inside = [key for key in groups if key <= set(branch.arrivals)]
            ways = [way for key in inside for way in groups[key]]
            self._meet(step, f"temu.{number}.{place}", ways, join.id)
            used += inside
        self.before[step.id].append(join)
        left = {key: ways for key, ways in groups.items() if key not in used}
        return left | {frozenset().union(*used): [_Way(join.id, step.id)]}


_Groups = dict[frozenset[str], list[_Way]]
"""Ways into a step, by the steps that they come from."""


def compared(variable: str, value: str) -> str:
    """Return a plain comparison with a text, in the standard's language FEEL."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{variable} = "{escaped}"'


def _node(step: Langkah, suffix: str, kind: NodeKind, name: str, **more: str) -> Node:
    """Make a node of a step, in the lane of the responsible actor."""
    name_of = f"{task_id(step.id)}.{suffix}" if suffix else task_id(step.id)
    part = cast("Part", more.get("part", ""))
    belongs = step.id if part else ""
    host = more.get("host", "")
    return Node(name_of, kind, name, step.penanggung_jawab, belongs, part, host)


def _co_actor(step: Langkah, other: Bersama) -> Node:
    return Node(
        f"{task_id(step.id)}.bersama.{other.pelaksana}",
        "userTask",
        f"{_CO_NAMES[other.cara]}: {shown(step.kegiatan.teks)}",
        lane=other.pelaksana,
        step=step.id,
        part="bersama",
    )


def _uses(sop: Sop) -> tuple[Use, ...]:
    """Return the artefacts of every step's task, each once, what it takes in first."""
    uses: list[Use] = []
    for step in sop.langkah:
        task = task_id(step.id)
        taken = (item.dari for item in step.kelengkapan.butir if item.dari)
        uses += [Use(task, name, "masuk") for name in dict.fromkeys(taken)]
        uses += [Use(task, name, "keluar") for name in step.output.artefak]
    return tuple(uses)
