"""The elements of a BPMN file by id, whoever wrote it: flow nodes, flows, lanes, data."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..names import BPMN, bpmn

TASKS = frozenset(
    {
        *("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask"),
        *("scriptTask", "businessRuleTask", "callActivity"),
    }
)
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAYS = frozenset(
    {
        *("exclusiveGateway", "parallelGateway", "inclusiveGateway"),
        *("eventBasedGateway", "complexGateway"),
    }
)
EVENTS = frozenset(
    {
        *("startEvent", "endEvent", "boundaryEvent", "implicitThrowEvent"),
        *("intermediateCatchEvent", "intermediateThrowEvent"),
    }
)
DATA = frozenset(
    {"dataObjectReference", "dataStoreReference", "dataInput", "dataOutput"}
)
OTHERS = frozenset(
    {
        *("messageFlow", "association", "textAnnotation", "group", "conversation"),
        *(
            "choreographyTask",
            "subChoreography",
            "callChoreography",
            "conversationLink",
        ),
        *("globalTask", "globalUserTask", "globalManualTask", "globalScriptTask"),
        *("globalBusinessRuleTask", "subConversation", "callConversation"),
    }
)


@dataclass(frozen=True)
class Item:
    """A flow node: its kind, its name, and the process or sub-process it lies in."""

    id: str
    kind: str
    name: str
    container: str
    element: etree._Element = field(compare=False, repr=False)


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `conditional` when it is taken only sometimes.

    `condition` is the text of its condition, which is never evaluated.
    """

    id: str
    source: str
    target: str
    name: str
    conditional: bool
    condition: str


@dataclass(frozen=True)
class Lane:
    """A lane, or the pool of a process without lanes."""

    id: str
    name: str
    parent: str
    """The name of the lane around it, empty for an outer one."""
    nodes: tuple[str, ...]


class Scene:
    """All that a file shows. Elements without an id, or with one of others, get one."""

    def __init__(self, root: etree._Element) -> None:
        self._ids: dict[etree._Element, str] = {}
        taken: Counter[str] = Counter()
        for element in root.iter(f"{{{BPMN}}}*"):
            self._ids[element] = _free(element, taken)
        self.root = root
        self.processes = root.findall(bpmn("process"))
        self.items = {item.id: item for item in self._items()}
        self._inside: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            self._inside[item.container].append(item)
        self.flows = {flow.id: flow for flow in self._flows()}
        self.leaving: dict[str, list[Flow]] = defaultdict(list)
        self.entering: dict[str, list[Flow]] = defaultdict(list)
        for flow in self.flows.values():
            self.leaving[flow.source].append(flow)
            self.entering[flow.target].append(flow)
        self.lanes = [*self._lanes()]

    def id_of(self, element: etree._Element) -> str:
        """Return the id of an element of the model."""
        return self._ids[element]

    def inside(self, container: str) -> list[Item]:
        """Return the nodes that lie directly in a process or sub-process."""
        return self._inside.get(container, [])

    def of(self, kinds: frozenset[str]) -> Iterator[etree._Element]:
        """Return the elements of some kinds, in the order of the file."""
        for element in self._ids:
            if _kind(element) in kinds:
                yield element

    def data(self) -> Iterator[etree._Element]:
        """Return the data of the processes; those of a task are its own business."""
        for element in self.of(DATA):
            around = element.getparent().getparent()
            if _kind(element.getparent()) != "ioSpecification" or _kind(around) == (
                "process"
            ):
                yield element

    def _items(self) -> Iterator[Item]:
        for element in self.of(TASKS | SUBPROCESSES | GATEWAYS | EVENTS):
            parent = element.getparent()
            yield Item(
                self._ids[element],
                _kind(element),
                element.get("name", ""),
                self._ids.get(parent, ""),
                element,
            )

    def _flows(self) -> Iterator[Flow]:
        defaults = {item.element.get("default") for item in self.items.values()}
        for element in self.of(frozenset({"sequenceFlow"})):
            identity = self._ids[element]
            asks = element.find(bpmn("conditionExpression"))
            yield Flow(
                identity,
                element.get("sourceRef", ""),
                element.get("targetRef", ""),
                element.get("name", ""),
                conditional=asks is not None or identity in defaults,
                condition=(asks.text or "").strip() if asks is not None else "",
            )

    def _lanes(self) -> Iterator[Lane]:
        """Return every lane, and the pool of each process that has none."""
        pools = {
            pool.get("processRef"): pool for pool in self.root.iter(bpmn("participant"))
        }
        for process in self.processes:
            lanes = [*process.iter(bpmn("lane"))]
            for lane in lanes:
                nodes = [str(e.text).strip() for e in lane.findall(bpmn("flowNodeRef"))]
                yield Lane(
                    self._ids[lane], lane.get("name", ""), _outer(lane), tuple(nodes)
                )
            pool = pools.get(process.get("id"))
            if not lanes and pool is not None:
                nodes = [item.id for item in self.inside(self._ids[process])]
                name = pool.get("name") or process.get("name") or ""
                yield Lane(self._ids[pool], name, "", tuple(nodes))


def _kind(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _outer(lane: etree._Element) -> str:
    """Return the name of the lane that a lane divides."""
    around = lane.getparent().getparent()
    return str(around.get("name", "")) if _kind(around) == "lane" else ""


def _free(element: etree._Element, taken: Counter[str]) -> str:
    """Return the id of an element; a number follows where others have it already."""
    wanted = element.get("id") or f"{_kind(element)}-tanpa-id"
    name = wanted
    while taken[name]:
        taken[wanted] += 1
        name = f"{wanted} ({taken[wanted]})"
    taken[name] += 1
    return name
