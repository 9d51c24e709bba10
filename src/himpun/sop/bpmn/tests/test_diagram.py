"""What drawing tools ask of a file: valid, orderly, everything shown in a place of its own.

The rules are those of bpmnlint's recommended set that an SOP can break, and the schema of
the standard, of which SpiffWorkflow ships a copy.
"""

import random
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser
from lxml import etree

from himpun.sop.bpmn import opened, write
from himpun.sop.bpmn.layout import lay_out
from himpun.sop.bpmn.names import BPMN, DI, bpmn
from himpun.sop.bpmn.weave import weave
from himpun.sop.tests.builders import OTHER_OFFICE, seed_sop, sop_of
from himpun.sop.tests.random_sops import sop_of_chance

SCHEMA = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema" / "BPMN20.xsd"
NODES = ("startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway")
SEEN = {
    *NODES,
    *("boundaryEvent", "sequenceFlow", "lane", "participant", "dataObjectReference"),
    *("dataInputAssociation", "dataOutputAssociation"),
}


@pytest.fixture(scope="module")
def sops():
    some = [sop_of_chance(random.Random(seed), max_steps=12) for seed in range(25)]
    return [seed_sop(), sop_of(OTHER_OFFICE), *some]


@pytest.fixture(scope="module")
def files(sops):
    return [opened(write(sop, p)) for sop in sops for p in ("dokumen", "jalan")]


def test_every_file_is_valid_by_the_schema_of_the_standard(files):
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    for root in files:
        schema.assertValid(root)


def of(root, *kinds):
    return [e for kind in kinds for e in root.iter(bpmn(kind))]


def test_ids_are_unique_and_every_reference_leads_somewhere(files):
    for root in files:
        ids = Counter(e.get("id") for e in root.iter() if e.get("id"))
        assert set(ids.values()) == {1}
        references = [
            *(f.get(end) for f in of(root, "sequenceFlow") for end in ENDS),
            *(e.text for e in of(root, "flowNodeRef", "incoming", "outgoing")),
            *(e.text for e in of(root, "sourceRef", "targetRef")),
            *(e.get("attachedToRef") for e in of(root, "boundaryEvent")),
            *(e.get("bpmnElement") for e in root.iter(f"{{{DI}}}*") if places(e)),
        ]
        assert set(references) <= set(ids)


ENDS = ("sourceRef", "targetRef")


def places(element):
    return etree.QName(element).localname in {"BPMNShape", "BPMNEdge"}


def test_flows_part_and_meet_in_gateways_only_and_nothing_hangs_loose(files):
    for root in files:
        flows = of(root, "sequenceFlow")
        into = Counter(flow.get("targetRef") for flow in flows)
        out = Counter(flow.get("sourceRef") for flow in flows)
        assert len(of(root, "startEvent")) == 1
        assert of(root, "endEvent")
        for node in of(root, *NODES):
            kind, ends = etree.QName(node).localname, (into, out)
            ways = tuple(count[node.get("id")] for count in ends)
            listed = [len(node.findall(bpmn(e))) for e in ("incoming", "outgoing")]
            assert tuple(listed) == ways
            if kind.endswith("Gateway"):
                assert min(ways) == 1 < max(ways)
            else:
                assert ways == (kind != "startEvent", kind != "endEvent")


def test_what_a_reader_must_know_is_named(files):
    for root in files:
        forks = {
            e.get("id")
            for e in of(root, "exclusiveGateway")
            if len(e.findall(bpmn("outgoing"))) > 1
        }
        named = of(root, "userTask", "startEvent", "endEvent", "boundaryEvent", "lane")
        named += of(root, "participant", "dataObjectReference")
        named += [e for e in of(root, "exclusiveGateway") if e.get("id") in forks]
        choices = [f for f in of(root, "sequenceFlow") if f.get("sourceRef") in forks]
        assert all(e.get("name").strip() for e in (*named, *choices))
        for flow in of(root, "sequenceFlow"):
            asks = flow.find(bpmn("conditionExpression")) is not None
            assert asks == (flow in choices)


def test_everything_that_is_seen_has_one_place(files):
    for root in files:
        seen = {
            e.get("id")
            for e in root.iter(f"{{{BPMN}}}*")
            if etree.QName(e).localname in SEEN
        }
        drawn = [e.get("bpmnElement") for e in root.iter(f"{{{DI}}}*") if places(e)]
        assert sorted(drawn) == sorted(seen)


@pytest.fixture(scope="module")
def layouts(sops):
    return [
        (graph, lay_out(graph, [actor.id for actor in sop.pelaksana]))
        for sop in sops
        for graph in (weave(sop, "dokumen"), weave(sop, "jalan"))
    ]


def apart(a, b):
    beside = a.right <= b.x or b.right <= a.x
    return beside or a.bottom <= b.y or b.bottom <= a.y


def within(inner, outer):
    across = outer.x <= inner.x and inner.right <= outer.right
    return across and outer.y <= inner.y and inner.bottom <= outer.bottom


def test_shapes_lie_in_their_lane_and_never_on_one_another(layouts):
    for graph, layout in layouts:
        hosts = {node.id: node.host for node in graph.nodes}
        assert all(within(lane, layout.pool) for lane in layout.lanes.values())
        for node in graph.nodes:
            assert within(layout.nodes[node.id], layout.lanes[node.lane])
        shapes = [*layout.nodes.items(), *layout.data.items()]
        for (one, a), (other, b) in combinations(shapes, 2):
            assert apart(a, b) or one == hosts.get(other) or other == hosts.get(one)


def test_a_flow_leads_from_border_to_border_and_through_no_other_shape(layouts):
    for graph, layout in layouts:
        lates = {node.id for node in graph.nodes if node.host}
        for edge, line in layout.flows.items():
            source, target = layout.nodes[edge.source], layout.nodes[edge.target]
            assert on_border(line[0], source)
            assert on_border(line[-1], target)
            for a, b in pairwise(line):
                assert a.x == b.x or a.y == b.y
                for name, box in layout.nodes.items():
                    free = {edge.source, edge.target} | lates
                    assert name in free or not crosses(a, b, box)


def on_border(point, box):
    across = box.x <= point.x <= box.right and point.y in {box.y, box.bottom}
    return across or (box.y <= point.y <= box.bottom and point.x in {box.x, box.right})


def crosses(a, b, box):
    (left, right), (top, bottom) = sorted((a.x, b.x)), sorted((a.y, b.y))
    beside = right <= box.x or box.right <= left
    return not (beside or bottom <= box.y or box.bottom <= top)


def test_no_two_flows_share_a_track(layouts):
    for _, layout in layouts:
        level = [
            (a.y, *sorted((a.x, b.x)), edge)
            for edge, line in layout.flows.items()
            for a, b in pairwise(line)
            if a.y == b.y
        ]
        for (y, left, right, one), (z, begin, end, other) in combinations(level, 2):
            assert one == other or y != z or right <= begin or end <= left
