"""What a BPMN diagram of an SOP shows: nodes in lanes, flows, uses of artefacts.

No XML and no geometry: `weave` makes a graph of an SOP, `own` reads one out of a file,
and two graphs can be compared.
"""

from dataclasses import dataclass
from typing import Literal

from ..model import Sop

Profile = Literal["dokumen", "jalan"]
"""`dokumen` is what was signed; `jalan` adds the office's settings that lead the work."""

NodeKind = Literal[
    "startEvent",
    "endEvent",
    "userTask",
    "exclusiveGateway",
    "parallelGateway",
    "boundaryEvent",
]
Part = Literal["", "langkah", "bersama", "per_unit"]
Direction = Literal["masuk", "keluar"]


@dataclass(frozen=True)
class Node:
    """A flow node: its lane (an actor), and for a task the step and part of it.

    `host` is the task that a boundary timer stands on.
    """

    id: str
    kind: NodeKind
    name: str
    lane: str
    step: str = ""
    part: Part = ""
    host: str = ""


@dataclass(frozen=True)
class Edge:
    """A sequence flow; `returns` marks the one that gives work back."""

    source: str
    target: str
    name: str = ""
    condition: str = ""
    returns: bool = False


@dataclass(frozen=True, order=True)
class Use:
    """An artefact that goes into a task or comes out of it."""

    task: str
    artefact: str
    direction: Direction


@dataclass(frozen=True)
class Graph:
    """The whole diagram; the edges of a node stand in the order of its outcomes."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    uses: tuple[Use, ...]


def task_id(step: str) -> str:
    """Return the id of a step's own task; a dot stands in no id of an SOP."""
    return f"langkah.{step}"


def title_of(sop: Sop) -> str:
    """Return the name that the pool carries."""
    return sop.identitas.nama.teks if sop.identitas.nama else sop.id


def shown(text: str, instead: str = "") -> str:
    """Return a text as a diagram shows it, on one line, or what stands for an empty one.

    Programs turn tabs and line ends in a name into spaces; the form keeps them.
    """
    return " ".join(text.split()) or instead
