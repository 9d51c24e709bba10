"""Writes where everything stands: the diagram interchange part of a BPMN file."""

from collections.abc import Iterable, Sequence

from lxml import etree

from .graph import Graph
from .layout import Box, Point, lay_out
from .names import COLLABORATION, DC, DD, DI, POOL, edge_id, lane_id, use_id


def draw(root: etree._Element, graph: Graph, actors: Sequence[str]) -> None:
    """Add the diagram of a graph to a file: a shape or an edge for all that is seen."""
    places = lay_out(graph, actors)
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", id="diagram")
    plane = etree.SubElement(
        diagram, f"{{{DI}}}BPMNPlane", id="bidang", bpmnElement=COLLABORATION
    )
    _shape(plane, POOL, places.pool).set("isHorizontal", "true")
    for actor in actors:
        _shape(plane, lane_id(actor), places.lanes[actor]).set("isHorizontal", "true")
    for node in graph.nodes:
        shape = _shape(plane, node.id, places.nodes[node.id])
        if node.kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
    for use in graph.uses:
        _shape(plane, use_id(use), places.data[use])
        _edge(plane, f"{use_id(use)}.tali", places.associations[use])
    for number, edge in enumerate(graph.edges, 1):
        _edge(plane, edge_id(number), places.flows[edge])


def _shape(plane: etree._Element, of: str, box: Box) -> etree._Element:
    shape = etree.SubElement(
        plane, f"{{{DI}}}BPMNShape", id=f"{of}.bentuk", bpmnElement=of
    )
    etree.SubElement(
        shape,
        f"{{{DC}}}Bounds",
        x=str(box.x),
        y=str(box.y),
        width=str(box.width),
        height=str(box.height),
    )
    return shape


def _edge(plane: etree._Element, of: str, line: Iterable[Point]) -> None:
    edge = etree.SubElement(
        plane, f"{{{DI}}}BPMNEdge", id=f"{of}.garis", bpmnElement=of
    )
    for point in line:
        etree.SubElement(edge, f"{{{DD}}}waypoint", x=str(point.x), y=str(point.y))
