"""Reads a file that `write` made, also after another program has stored it again.

The diagram counts: names, lanes and ways are taken from what is drawn, the rest of the
form from the extension elements. What comes out is woven again and must give the same
graph; a diagram that says more or other than an SOP can is no file of ours any more.
"""

from typing import cast, get_args

from lxml import etree

from ..findings import Plain
from ..model import Sop
from . import extension
from .graph import Direction, Edge, Graph, Node, NodeKind, Part, Profile, Use, shown
from .names import bpmn, data_id, sop
from .weave import weave

Group = dict[str, Plain]
_KINDS = get_args(NodeKind)
_ALSO = {"extensionElements", "laneSet", "dataObject", "dataObjectReference"}


class _OtherError(Exception):
    """The file says something that Himpun does not write."""


def read_own(root: etree._Element) -> Sop | None:
    """Return the SOP of a file of ours, None for any other or one that was changed."""
    try:
        drawn = _Drawn(root)
        document = Sop.model_validate(drawn.tree())
        again = weave(document, drawn.profile)
    except (_OtherError, ValueError, KeyError):
        return None
    return document if _same(again, drawn.graph()) else None


def _same(one: Graph, other: Graph) -> bool:
    """Say whether two graphs show the same; only ways out of a node have an order."""
    return (
        one.title == other.title
        and set(one.nodes) == set(other.nodes)
        and sorted(map(str, one.edges)) == sorted(map(str, other.edges))
        and sorted(one.uses) == sorted(other.uses)
    )


class _Drawn:
    """What is drawn in a file, and the values that hang on it."""

    def __init__(self, root: etree._Element) -> None:
        pools = root.findall(f"{bpmn('collaboration')}/{bpmn('participant')}")
        processes = root.findall(bpmn("process"))
        if len(processes) != 1 or len(pools) != 1:
            raise _OtherError
        self.title = pools[0].get("name", "")
        self.process = processes[0]
        self.profile = self._profile()
        self.lanes: dict[str, str] = {}
        self.actors = [self._lane(e) for e in self.process.iter(bpmn("lane"))]
        self.artefacts = [
            _named(e, "artefak", "nama", str(_values(e, "artefak").get("id")))
            for e in self.process.findall(bpmn("dataObject"))
        ]
        self.values: dict[str, Group] = {}
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.uses: list[Use] = []
        references = {
            e.get("id", ""): e.get("dataObjectRef", "").removeprefix(data_id(""))
            for e in self.process.findall(bpmn("dataObjectReference"))
        }
        for element in self.process:
            self._take(element, references)
        if len(references) != len(self.uses):
            raise _OtherError

    def _profile(self) -> Profile:
        profile = _extension(self.process, "sop").get("profil")
        if profile not in get_args(Profile):
            raise _OtherError
        return cast("Profile", profile)

    def graph(self) -> Graph:
        """Return the drawing."""
        nodes = tuple(self.nodes.values())
        return Graph(self.title, nodes, tuple(self.edges), tuple(self.uses))

    def tree(self) -> Group:
        """Return the values of the whole SOP."""
        whole = _values(self.process, "sop")
        steps = [n for n in self.nodes.values() if n.part == "langkah"]
        artefacts: Group = {}
        for artefact in self.artefacts:
            artefacts[str(artefact.pop("id", ""))] = artefact
        rows: list[Plain] = [self._step(node) for node in steps]
        actors: list[Plain] = [*self.actors]
        return whole | {"pelaksana": actors, "artefak": artefacts, "langkah": rows}

    def _lane(self, element: etree._Element) -> Group:
        actor = str(_values(element, "pelaksana").get("id"))
        for reference in element.findall(bpmn("flowNodeRef")):
            self.lanes[str(reference.text).strip()] = actor
        return _named(element, "pelaksana", "label", actor)

    def _take(self, element: etree._Element, references: dict[str, str]) -> None:
        kind = etree.QName(element).localname
        if kind in _KINDS:
            self._node(element, cast("NodeKind", kind))
            task = element.get("id", "")
            for artefact, direction in _ties(element, references):
                self.uses.append(Use(task, artefact, direction))
        elif kind == "sequenceFlow":
            self.edges.append(_edge(element))
        elif kind not in _ALSO:
            raise _OtherError

    def _node(self, element: etree._Element, kind: NodeKind) -> None:
        identity = element.get("id", "")
        name, part, step = element.get("name", ""), "", ""
        if kind == "userTask":
            part = _part(element)
            values = _values(element, part)
            step = str(values.get("id" if part == "langkah" else "langkah"))
            if part == "langkah":
                values = _named(element, part, "kegiatan", "")
            self.values[identity] = values
        lane, host = self.lanes.get(identity, ""), element.get("attachedToRef", "")
        self.nodes[identity] = Node(
            identity, kind, name, lane, step, cast("Part", part), host
        )

    def _step(self, task: Node) -> Group:
        """Return a row of the form: the values of its task, and what follows it."""
        row = self.values[task.id] | {"penanggung_jawab": task.lane}
        here, others = task, list[Plain]()
        while following := self._following(task, here):
            here = following
            if here.part == "bersama":
                way = self.values[here.id].get("cara")
                others.append({"pelaksana": here.lane, "cara": way})
            if len(others) > len(self.nodes):
                raise _OtherError
        if others:
            row["bersama"] = others
        return row | self._exits(here)

    def _following(self, task: Node, here: Node) -> Node | None:
        """Return the next node of the same step, None after the last one."""
        ways = self._ways(here)
        if len(ways) != 1:
            return None
        node = self.nodes[ways[0].target]
        own = node.part == "bersama" and node.step == task.step
        parts = node.kind in {"exclusiveGateway", "parallelGateway"} and (
            len([edge for edge in self.edges if edge.source == node.id]) > 1
        )
        return node if own or parts else None

    def _ways(self, node: Node) -> list[Edge]:
        return [e for e in self.edges if e.source == node.id and not e.returns]

    def _exits(self, last: Node) -> Group:
        ways = self._ways(last)
        if last.kind == "exclusiveGateway" and len(ways) > 1:
            return {
                "cabang": [
                    {"hasil": way.name, "ke": self._goal(way.target)} for way in ways
                ]
            }
        goals: list[Plain] = [
            self._goal(way.target)
            for way in ways
            if self.nodes[way.target].kind != "endEvent"
        ]
        return {"berikut": goals} if goals else {}

    def _goal(self, identity: str) -> str:
        """Return the step that a way leads to, through gateways and collections."""
        for _ in self.nodes:
            node = self.nodes[identity]
            if node.part == "langkah":
                return node.step
            (way,) = self._ways(node)
            identity = way.target
        raise _OtherError


def _part(element: etree._Element) -> str:
    for part in get_args(Part):
        if part and _find(element, part) is not None:
            return str(part)
    raise _OtherError


def _find(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(f"{bpmn('extensionElements')}/{sop(name)}")


def _extension(element: etree._Element, name: str) -> etree._Element:
    found = _find(element, name)
    if found is None:
        raise _OtherError
    return found


def _values(element: etree._Element, name: str) -> Group:
    values = extension.read(_extension(element, name))
    if not isinstance(values, dict):
        raise _OtherError
    return values


def _named(element: etree._Element, part: str, key: str, instead: str) -> Group:
    """Return the values of a part; where the drawn name is another one, it counts."""
    values = _values(element, part)
    text = values.get(key)
    text = text.get("teks") if isinstance(text, dict) else text
    name = shown(element.get("name", ""))
    if name != shown(str(text), instead):
        values[key] = name
    return values


def _edge(element: etree._Element) -> Edge:
    condition = element.findtext(bpmn("conditionExpression"), "")
    return Edge(
        element.get("sourceRef", ""),
        element.get("targetRef", ""),
        element.get("name", ""),
        condition,
        returns=_find(element, "kembali") is not None,
    )


def _ties(
    element: etree._Element, references: dict[str, str]
) -> list[tuple[str, Direction]]:
    """Return the artefacts that are tied to a task, each with its direction."""
    taken = element.findall(f"{bpmn('dataInputAssociation')}/{bpmn('sourceRef')}")
    made = element.findall(f"{bpmn('dataOutputAssociation')}/{bpmn('targetRef')}")
    ties: list[tuple[str, Direction]] = []
    ties += [(references[str(end.text)], "masuk") for end in taken]
    return ties + [(references[str(end.text)], "keluar") for end in made]
