"""Foreign BPMN becomes a draft: never a crash, every element in it or in a finding."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from himpun.sop.bpmn import NotBpmn, opened, read_own, sketch, write
from himpun.sop.bpmn.foreign import CODES
from himpun.sop.bpmn.names import BPMN, bpmn
from himpun.sop.bpmn.safe import MAX_BYTES
from himpun.sop.tests.builders import seed_sop
from himpun.sop.writing import as_yaml

MODELS = sorted((Path(__file__).parent / "data" / "miwg").glob("*.bpmn"))
TASKS = {
    *("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask"),
    *("scriptTask", "businessRuleTask", "callActivity", "subProcess", "transaction"),
    *("adHocSubProcess", "globalTask", "globalUserTask"),
}
LANES = {"lane", "participant"}
FLOWS = {"sequenceFlow", "messageFlow"}


def accounted(root):
    """Every task, lane and flow of the file is in the draft or in a finding.

    Returns for each kind how many are in the draft.
    """
    draft = sketch(root)
    as_yaml(draft.tree)
    told = {element for odd in draft.oddities for element in odd.elements}
    placed = {element for ids in draft.places.values() for element in ids}
    assert {odd.code for odd in draft.oddities} <= set(CODES)
    counts = dict.fromkeys(("tasks", "lanes", "flows"), 0)
    names = {
        pool.get("id")
        for pool in root.iter(bpmn("participant"))
        if (pool.get("name") or "x") == name_of(draft)
    }
    for element in root.iter(f"{{{BPMN}}}*"):
        kind, identity = etree.QName(element).localname, element.get("id")
        if kind in TASKS:
            assert identity in placed | told, identity
            counts["tasks"] += identity in placed
        elif kind in LANES:
            assert identity in placed | told | names, identity
            counts["lanes"] += identity in placed
        elif kind in FLOWS:
            assert identity in placed | told, identity
            counts["flows"] += identity in placed
    assert len(draft.tree["langkah"]) == counts["tasks"]
    assert len(draft.tree["pelaksana"]) == counts["lanes"]
    assert all(step == source for step, source in begins(draft, root))
    return counts


def name_of(draft):
    name = draft.tree["identitas"]["nama"]
    return name["asli"] if isinstance(name, dict) else name


def begins(draft, root):
    """Say for every step with flows of its own whether what leads on begins at it."""
    flows = {f.get("id"): f.get("sourceRef") for f in root.iter(bpmn("sequenceFlow"))}
    for path, claimed in draft.places.items():
        if path[2:] in {("berikut",), ("cabang",)}:
            (step,) = draft.places[path[:2]]
            if step in flows.values() and claimed:
                yield step, flows[claimed[0]]


def test_all_reference_models_are_here():
    assert len(MODELS) == 21


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_task_lane_and_flow_of_a_reference_model_is_accounted_for(path):
    root = opened(path.read_bytes())
    assert read_own(root) is None
    assert accounted(root)["tasks"] >= 3


def drawn(inner, lanes=""):
    return (
        f'<definitions xmlns="{BPMN}"><process id="p">{lanes}{inner}</process>'
        "</definitions>"
    ).encode()


def flow(source, target, name=""):
    identity = f"{source}-{target}"
    return (
        f'<sequenceFlow id="{identity}" sourceRef="{source}" targetRef="{target}"'
        f' name="{name}"/>'
    )


SIMPLE = drawn(
    '<startEvent id="s"/><task id="a" name="Menyusun"/><task id="b" name="Memeriksa"/>'
    '<exclusiveGateway id="g"/><task id="c" name="Menyerahkan"/><endEvent id="e"/>'
    + flow("s", "a")
    + flow("a", "b")
    + flow("b", "g")
    + flow("g", "a", "Tidak")
    + flow("g", "c", "Ya")
    + flow("c", "e"),
    '<laneSet id="ls"><lane id="staf" name="Staf"><flowNodeRef>a</flowNodeRef>'
    "<flowNodeRef>c</flowNodeRef></lane><lane id='kepala' name='Kepala Seksi'>"
    "<flowNodeRef>b</flowNodeRef></lane></laneSet>",
)


def test_a_plain_procedure_needs_no_finding():
    draft = sketch(opened(SIMPLE))
    assert draft.oddities == ()
    rows = [
        (r["id"], r["jenis"], r["penanggung_jawab"], r.get("berikut"))
        for r in draft.tree["langkah"]
    ]
    assert (
        rows
        == [
            ("l1", "mulai", "staf", ["l2"]),
            ("l2", "keputusan", "kepala-seksi", []),
            ("l3", "selesai", "staf", []),
        ]
        or rows[1][3] is None
    )
    assert draft.tree["langkah"][1]["cabang"] == [
        {"hasil": "Tidak", "ke": "l1"},
        {"hasil": "Ya", "ke": "l3"},
    ]
    assert draft.tree["langkah"][0]["waktu"] is None


def test_the_inside_of_a_sub_process_becomes_steps_between_those_around_it():
    inner = (
        '<startEvent id="s"/><task id="a"/><subProcess id="u"><startEvent id="us"/>'
        '<task id="b"/><endEvent id="ue"/></subProcess><task id="c"/>'
        + flow("s", "a")
        + flow("a", "u")
        + flow("us", "b")
        + flow("b", "ue")
        + flow("u", "c")
    )
    draft = sketch(opened(drawn(inner)))
    goals = [row["berikut"] for row in draft.tree["langkah"]]
    assert goals == [["l2"], ["l3"], []]
    assert {odd.code for odd in draft.oddities} == {"B04", "B10"}


def test_what_an_sop_cannot_say_of_a_way_is_asked_and_not_guessed():
    heap = (
        '<startEvent id="s"/><task id="a"/><exclusiveGateway id="x"/><task id="b"/>'
        '<parallelGateway id="q"/><task id="c"/><task id="d"/>'
        + flow("s", "a")
        + flow("a", "x")
        + flow("x", "b")
    )
    both = heap + flow("x", "q", "Ya") + flow("q", "c") + flow("q", "d")
    draft = sketch(opened(drawn(both)))
    assert draft.tree["langkah"][0]["berikut"] == []
    assert ("B07", "langkah.l1") in [(o.code, o.di) for o in draft.oddities]
    unnamed = sketch(opened(drawn(heap + flow("x", "c", "Ya"))))
    assert unnamed.tree["langkah"][0]["cabang"] == [
        {"hasil": None, "ke": "l2"},
        {"hasil": "Ya", "ke": "l3"},
    ]
    assert ("B06", "langkah.l1") in [(o.code, o.di) for o in unnamed.oddities]


def test_a_split_without_a_gateway_is_read_as_work_at_the_same_time():
    inner = (
        '<startEvent id="s"/><task id="a"/><task id="b"/><task id="c"/>'
        + flow("s", "a")
        + flow("a", "b")
        + flow("a", "c")
    )
    draft = sketch(opened(drawn(inner)))
    assert draft.tree["langkah"][0]["berikut"] == ["l2", "l3"]


def test_a_file_of_ours_with_a_step_added_keeps_what_it_knew():
    root = opened(write(seed_sop(), "dokumen"))
    process = root.find(bpmn("process"))
    process.append(etree.Element(bpmn("task"), id="baru", name="Mengarsipkan"))
    assert read_own(root) is None
    rows = {str(row["kegiatan"]): row for row in sketch(root).tree["langkah"]}
    kept = rows["Menghimpun data awal (data kinerja)"]
    assert kept["waktu"] == {"jumlah": 1, "satuan": "hari", "asli": "1 hari"}
    assert "Mengarsipkan" in rows


BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "XML"),
        (b"PK\x03\x04", "XML"),
        (b"<definitions>", "XML"),
        (b"<definitions/>", "bukan BPMN"),
        (SIMPLE.replace(b"<definitions", BOMB.encode() + b"<definitions"), "DOCTYPE"),
        (
            SIMPLE.replace(b"<definitions", OUTSIDE.encode() + b"<definitions"),
            "DOCTYPE",
        ),
        (SIMPLE.replace(b"<definitions", b"<!DOCTYPE d><definitions"), "DOCTYPE"),
        (SIMPLE + b" " * MAX_BYTES, "2 MB"),
        (drawn("<task/>" * 50_000), "2 MB"),
        (drawn("<subProcess>" * 300 + "</subProcess>" * 300), "XML"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_file_that_is_no_safe_bpmn_is_refused_with_a_sentence(data, word):
    with pytest.raises(NotBpmn, match=word):
        opened(data)


def test_what_a_file_says_is_never_run(tmp_path):
    """The reader is a process of its own, in which any evaluation would show."""
    mark = tmp_path / "dijalankan"
    act = f"open({str(mark)!r}, 'w')"
    inner = (
        '<startEvent id="s"/><scriptTask id="a" scriptFormat="python"><script>'
        f'{act}</script></scriptTask><exclusiveGateway id="g"/><task id="b"/>'
        + flow("s", "a")
        + flow("a", "g")
        + '<sequenceFlow id="f" sourceRef="g" targetRef="b"><conditionExpression>'
        + f"{act}</conditionExpression></sequenceFlow>"
    )
    file = tmp_path / "x.bpmn"
    file.write_bytes(drawn(inner))
    program = (
        "import sys; from pathlib import Path; from himpun.sop import bpmn;"
        "print(len(bpmn.sketch(bpmn.opened(Path(sys.argv[1]).read_bytes())).oddities))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, file],
        capture_output=True,
        check=True,
        env={"PYTHONPATH": "src"},
    )
    assert int(done.stdout) > 0
    assert not mark.exists()


def test_a_labyrinth_of_gateways_is_told_and_not_walked_for_ever():
    nodes, flows = (
        ['<startEvent id="s"/><task id="a"/><task id="z"/>'],
        [flow("s", "a")],
    )
    last = "a"
    for n in range(300):
        ways = [f"x{n}", f"y{n}"]
        nodes += [f'<exclusiveGateway id="{name}"/>' for name in (f"g{n}", *ways)]
        flows += [flow(last, f"g{n}") if n == 0 else flow(w, f"g{n}") for w in last]
        flows += [flow(f"g{n}", way) for way in ways]
        last = ways
    flows += [flow(way, "z") for way in last]
    accounted(opened(drawn("".join(nodes + flows))))


KINDS = st.sampled_from(
    [
        *("task", "userTask", "callActivity", "subProcess", "adHocSubProcess"),
        *("exclusiveGateway", "parallelGateway", "inclusiveGateway"),
        *("startEvent", "endEvent", "intermediateThrowEvent", "boundaryEvent"),
    ]
)


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.data())
def test_any_heap_of_nodes_and_flows_is_accounted_for(data):
    number = data.draw(st.integers(1, 12))
    root = etree.fromstring(drawn(""))
    process = root.find(bpmn("process"))
    homes = [process]
    for n in range(number):
        kind = data.draw(KINDS)
        home = data.draw(st.sampled_from(homes))
        node = etree.SubElement(home, bpmn(kind), id=f"n{n}")
        if "ubProcess" in kind:
            homes.append(node)
    ends = st.integers(0, number).map(lambda n: f"n{n}")
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=20))
    for n, (source, target) in enumerate(pairs):
        etree.SubElement(
            process,
            bpmn("sequenceFlow"),
            id=f"f{n}",
            sourceRef=source,
            targetRef=target,
        )
    lanes = etree.SubElement(process, bpmn("laneSet"))
    for n in range(data.draw(st.integers(0, 3))):
        etree.SubElement(lanes, bpmn("lane"), id=f"lane{n}", name=data.draw(NAMES))
    accounted(opened(etree.tostring(root)))


NAMES = st.sampled_from(["", "Camat", "Camat ", "\n", "書記", "a" * 200])
