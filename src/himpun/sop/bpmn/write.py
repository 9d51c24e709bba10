"""Writes an SOP as a BPMN 2.0 file, for other programs to show: never to be run here."""

from lxml import etree

from ..model import Sop
from ..writing import tree_of
from . import extension
from .diagram import draw
from .graph import Edge, Node, Profile, shown
from .names import (
    COLLABORATION,
    FEEL,
    POOL,
    PREFIXES,
    PROCESS,
    SOP,
    XSI,
    bpmn,
    data_id,
    edge_id,
    lane_id,
    use_id,
)
from .weave import weave

_UNITS = {
    "menit": "PT{}M",
    "jam": "PT{}H",
    "hari": "P{}D",
    "minggu": "P{}W",
    "bulan": "P{}M",
}
_ELSEWHERE = {"pelaksana", "artefak", "langkah"}
"""Parts that the diagram itself carries: as lanes, data objects, tasks."""
_IN_THE_DIAGRAM = {"penanggung_jawab", "bersama", "berikut", "cabang"}


def write(document: Sop, profile: Profile) -> bytes:
    """Return the file of an SOP that `check` has accepted; PlanError otherwise.

    The same SOP and profile give the same bytes, and `bring` gives the SOP back.
    """
    return _Writer(document, profile).write()


class _Writer:
    """Holds the SOP, its graph and the elements that are being made."""

    def __init__(self, document: Sop, profile: Profile) -> None:
        self.sop, self.profile = document, profile
        self.graph = weave(document, profile)
        self.steps = {step.id: step for step in document.langkah}

    def write(self) -> bytes:
        """Make the whole file."""
        root = etree.Element(bpmn("definitions"), nsmap=PREFIXES)
        root.set("id", "berkas")
        root.set("targetNamespace", SOP)
        root.set("expressionLanguage", FEEL)
        root.set("exporter", "Himpun")
        pool = _add(_add(root, "collaboration", COLLABORATION), "participant", POOL)
        pool.set("name", self.graph.title)
        pool.set("processRef", PROCESS)
        self._process(_add(root, "process", PROCESS))
        draw(root, self.graph, [actor.id for actor in self.sop.pelaksana])
        return bytes(
            etree.tostring(
                root, encoding="UTF-8", xml_declaration=True, pretty_print=True
            )
        )

    def _process(self, process: etree._Element) -> None:
        running = self.profile == "jalan"
        process.set("name", self.graph.title)
        process.set("isExecutable", str(running).lower())
        tree = tree_of(self.sop)
        kept = {key: value for key, value in tree.items() if key not in _ELSEWHERE}
        whole = extension.written(_extensions(process), "sop", kept)
        whole.set("profil", self.profile)
        self._lanes(_add(process, "laneSet", "pelaksana"))
        for node in self.graph.nodes:
            self._node(process, node)
        for number, edge in enumerate(self.graph.edges, 1):
            self._edge(_add(process, "sequenceFlow", edge_id(number)), edge)
        self._data(process)

    def _lanes(self, lanes: etree._Element) -> None:
        for actor in self.sop.pelaksana:
            lane = _add(lanes, "lane", lane_id(actor.id))
            lane.set("name", shown(actor.label.teks, actor.id))
            extension.written(_extensions(lane), "pelaksana", tree_of(actor))
            for node in self.graph.nodes:
                if node.lane == actor.id:
                    etree.SubElement(lane, bpmn("flowNodeRef")).text = node.id

    def _node(self, process: etree._Element, node: Node) -> None:
        element = _add(process, node.kind, node.id)
        if node.name:
            element.set("name", node.name)
        if node.host:
            element.set("attachedToRef", node.host)
            element.set("cancelActivity", "false")
        if node.part:
            self._part(_extensions(element), node)
        self._ends(element, node)
        if node.host:
            self._timer(element, node)
        if node.part == "langkah":
            self._uses(element, node)
        if node.part == "per_unit":
            _loop(element, self.sop.operasional.per_unit[node.step].minimum)

    def _part(self, extensions: etree._Element, node: Node) -> None:
        """Say which part of which step a task is, and what only the form says of it."""
        step = self.steps[node.step]
        if node.part == "langkah":
            tree = tree_of(step)
            rest = {k: v for k, v in tree.items() if k not in _IN_THE_DIAGRAM}
            extension.written(extensions, "langkah", rest)
        elif node.part == "bersama":
            way = next(o.cara for o in step.bersama if o.pelaksana == node.lane)
            extension.written(extensions, "bersama", {"langkah": step.id, "cara": way})
        else:
            extension.written(extensions, "per_unit", {"langkah": step.id})

    def _ends(self, element: etree._Element, node: Node) -> None:
        for number, edge in enumerate(self.graph.edges, 1):
            if edge.target == node.id:
                etree.SubElement(element, bpmn("incoming")).text = edge_id(number)
        for number, edge in enumerate(self.graph.edges, 1):
            if edge.source == node.id:
                etree.SubElement(element, bpmn("outgoing")).text = edge_id(number)

    def _timer(self, element: etree._Element, node: Node) -> None:
        """Give a timer the standard time; engines take it for wall clock time."""
        task = next(other for other in self.graph.nodes if other.id == node.host)
        time = self.steps[task.step].waktu
        amount = format(time.jumlah.normalize(), "f")
        timer = _add(element, "timerEventDefinition", f"{node.id}.waktu")
        _expression(timer, "timeDuration", _UNITS[time.satuan].format(amount))

    def _uses(self, element: etree._Element, node: Node) -> None:
        """Tie the artefacts to a task as bpmn.io does, inputs by way of a property."""
        uses = [use for use in self.graph.uses if use.task == node.id]
        taken = [use for use in uses if use.direction == "masuk"]
        goal = f"{node.id}.isian"
        if taken:
            _add(element, "property", goal).set("name", "__targetRef_placeholder")
        for use in taken:
            tie = _add(element, "dataInputAssociation", f"{use_id(use)}.tali")
            etree.SubElement(tie, bpmn("sourceRef")).text = use_id(use)
            etree.SubElement(tie, bpmn("targetRef")).text = goal
        for use in uses:
            if use.direction == "keluar":
                tie = _add(element, "dataOutputAssociation", f"{use_id(use)}.tali")
                etree.SubElement(tie, bpmn("targetRef")).text = use_id(use)

    def _edge(self, element: etree._Element, edge: Edge) -> None:
        if edge.name:
            element.set("name", edge.name)
        element.set("sourceRef", edge.source)
        element.set("targetRef", edge.target)
        if edge.returns:
            extension.written(_extensions(element), "kembali", True)  # noqa: FBT003 (a value of the file)
        if edge.condition:
            _expression(element, "conditionExpression", edge.condition)

    def _data(self, process: etree._Element) -> None:
        for name, artefact in self.sop.artefak.items():
            element = _add(process, "dataObject", data_id(name))
            element.set("name", shown(artefact.nama.teks, name))
            tree = {"id": name, **tree_of(artefact)}
            extension.written(_extensions(element), "artefak", tree)
        for use in self.graph.uses:
            element = _add(process, "dataObjectReference", use_id(use))
            artefact = self.sop.artefak[use.artefact]
            element.set("name", shown(artefact.nama.teks, use.artefact))
            element.set("dataObjectRef", data_id(use.artefact))


def _add(parent: etree._Element, name: str, identity: str) -> etree._Element:
    element = etree.SubElement(parent, bpmn(name))
    element.set("id", identity)
    return element


def _extensions(element: etree._Element) -> etree._Element:
    return etree.SubElement(element, bpmn("extensionElements"))


def _expression(parent: etree._Element, name: str, text: str) -> None:
    element = etree.SubElement(parent, bpmn(name))
    element.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
    element.text = text


def _loop(element: etree._Element, minimum: int | None) -> None:
    """Let a task be done for each unit at the same time, all of them or enough."""
    loop = _add(
        element, "multiInstanceLoopCharacteristics", f"{element.get('id')}.ulangan"
    )
    loop.set("isSequential", "false")
    _expression(loop, "loopCardinality", "jumlah_unit")
    if minimum is not None:
        _expression(loop, "completionCondition", f"unit_selesai >= {minimum}")
