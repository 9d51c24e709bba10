"""A draft of an SOP out of foreign BPMN, with every element in it or in a finding."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from himpun.wording import joined, say

from ...findings import Path, Plain, shorten
from .. import extension
from ..names import BPMN, bpmn, sop
from .oddities import Oddity, quoted
from .scene import (
    DATA,
    EVENTS,
    GATEWAYS,
    OTHERS,
    SUBPROCESSES,
    TASKS,
    Item,
    Lane,
    Scene,
)
from .ways import Exit, Ways, flows_of

_PEOPLE = frozenset({"task", "userTask", "manualTask"})
_USUAL = frozenset({"incoming", "outgoing", "extensionElements"}) | {
    "dataInputAssociation",
    "dataOutputAssociation",
    "property",
}
_KEPT = ("kelengkapan", "waktu", "output", "ket")
"""What a file of ours that was changed elsewhere still tells of a step."""
_MEANT = {"exclusiveGateway", "parallelGateway"}
_ENDS = {"startEvent", "endEvent"}
_NODES = TASKS | SUBPROCESSES | GATEWAYS | EVENTS | DATA | {"sequenceFlow", "laneSet"}
_LONGEST = 48


@dataclass(frozen=True)
class Sketch:
    """The values of a draft, where each came from, and what was found.

    `tree` has the keys of `sop-ap/1`; what the source does not say is None or empty.
    `places` leads from a path in the tree to the ids of the elements it was read from.
    """

    tree: dict[str, Plain]
    places: Mapping[Path, tuple[str, ...]]
    oddities: tuple[Oddity, ...]


def sketch(root: etree._Element) -> Sketch:
    """Read any BPMN file that could be opened; never raises."""
    reader = _Reader(Scene(root))
    reader.read()
    return Sketch(reader.tree(), reader.places, tuple(reader.oddities))


class _Reader:
    """Fills the draft and notes what has no place in it."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.ways = scene, Ways(scene)
        self.exits = {step: self.ways.exits(step) for step in self.ways.steps}
        self.order = self._order()
        self.names = {step: f"l{n}" for n, step in enumerate(self.order, 1)}
        self.places: dict[Path, tuple[str, ...]] = {}
        self.oddities: list[Oddity] = []
        self.used: set[str] = set()
        self.actors: dict[str, str] = {}
        self.artefacts: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.columns: list[Plain] = []
        self.goods: dict[str, Plain] = {}
        self.steps: list[Plain] = []

    def read(self) -> None:
        """Read everything, and name in the end what is left."""
        self._lanes()
        self._data()
        self._begin()
        for number, step in enumerate(self.order):
            self.steps.append(self._step(number, self.scene.items[step]))
        self._rest()

    def tree(self) -> dict[str, Plain]:
        """Return the values of the draft."""
        root = self.scene.root
        pools = [e.get("name") for e in root.iter(bpmn("participant"))]
        names = [*pools, *(p.get("name") for p in self.scene.processes)]
        name = next((n for n in (*names, root.get("name")) if n and n.strip()), None)
        return {
            "skema": "sop-ap/1",
            "id": _slug(name, Counter()) if name else None,
            "versi": 1,
            "identitas": {"nama": _text(name) if name else None},
            "pelaksana": self.columns,
            "artefak": self.goods,
            "langkah": self.steps,
        }

    def note(
        self, code: str, di: str, said: tuple[str, str], elements: Iterable[str]
    ) -> None:
        """Keep a finding: the oddity and how it was read."""
        self.oddities.append(Oddity(code, di, *said, tuple(elements)))

    def _order(self) -> list[str]:
        """Return the steps as the ways meet them from the starts, then the others."""
        items = self.scene.items.values()
        starts = [i.id for i in items if i.kind == "startEvent"]
        todo = [e.to for start in starts for e in self.ways.begin(start)]
        todo += [item.id for item in items if item.id in self.ways.steps]
        order: dict[str, None] = {}
        todo.reverse()
        while todo:
            step = todo.pop()
            if step is not None and step not in order:
                order[step] = None
                todo += [way.to for way in reversed(self.exits[step])]
        return [*order]

    def _lanes(self) -> None:
        taken: Counter[str] = Counter()
        times = Counter(lane.name.strip() for lane in self.scene.lanes)
        for number, lane in enumerate(self.scene.lanes):
            actor = _slug(lane.name, taken)
            self.columns.append({"id": actor, "label": _text(lane.name)})
            self.places["pelaksana", number] = (lane.id,)
            for node in lane.nodes:
                self.actors[node] = actor
            self._odd_lane(lane, actor, times)

    def _odd_lane(self, lane: Lane, actor: str, times: Counter[str]) -> None:
        place = f"pelaksana.{actor}"
        said = quoted(say("jalur"), lane.name, lane.id)
        if not lane.name.strip():
            tafsir = say("dijadikan pelaksana tanpa nama")
            self.note(
                "B05",
                place,
                (say("%(lane)s tidak bernama", lane=said), tafsir),
                [lane.id],
            )
        elif times[lane.name.strip()] > 1:
            tafsir = say("dijadikan pelaksana tersendiri")
            masalah = say("%(lane)s bernama sama dengan jalur lain", lane=said)
            self.note("B05", place, (masalah, tafsir), [lane.id])
        if lane.parent:
            masalah = say(
                '%(lane)s berada di dalam jalur "%(outer)s"',
                lane=said,
                outer=lane.parent,
            )
            self.note(
                "B05", place, (masalah, say("keduanya menjadi pelaksana")), [lane.id]
            )

    def _data(self) -> None:
        taken: Counter[str] = Counter()
        for element in self.scene.data():
            identity, name = self.scene.id_of(element), element.get("name", "")
            artefact = _slug(name, taken)
            self.artefacts[identity], self.labels[identity] = artefact, name
            self.goods[artefact] = {"nama": _text(name), "jenis": None, "bentuk": []}
            self.places["artefak", artefact] = (identity,)
            said = quoted(say("data"), name, identity)
            masalah = say("jenis dan bentuk %(data)s tidak tertulis", data=said)
            self.note(
                "B12",
                f"artefak.{artefact}",
                (masalah, say("dibiarkan kosong")),
                [identity],
            )

    def _begin(self) -> None:
        """Take the only start that leads to one step; tell of every other."""
        starts = [
            i
            for i in self.scene.items.values()
            if i.kind == "startEvent" and i.container not in self.scene.items
        ]
        self.first: str | None = None
        ways = [way for start in starts for way in self.ways.begin(start.id)]
        if len(starts) == len(ways) == 1 and ways[0].to:
            self.first = ways[0].to
            place = ("langkah", self.order.index(self.first), "jenis")
            self.places[place] = (*ways[0].flows, starts[0].id)
            self.used |= {*ways[0].flows, starts[0].id}
            return
        named = [quoted(say("awal"), i.name, i.id) for i in starts]
        masalah = say(
            "kejadian awal: %(starts)s; SOP mempunyai tepat satu langkah mulai",
            starts=joined(named, ", ") or say("tidak ada"),
        )
        elements = [*(i.id for i in starts), *flows_of(ways)]
        self.note(
            "B08", "langkah", (masalah, say("langkah mulai belum dipilih")), elements
        )
        self.used |= {*elements}

    def _step(self, number: int, item: Item) -> Plain:
        name = self.names[item.id]
        self.places["langkah", number] = (item.id,)
        actor = self._actor(item)
        row: dict[str, Plain] = {
            "id": name,
            "nomor": number + 1,
            "jenis": "proses",
            "kegiatan": _text(item.name),
            "penanggung_jawab": actor,
            "bersama": [],
            "kelengkapan": self._taken(item),
            "waktu": None,
            "output": self._made(item),
            "ket": None,
        }
        row |= self._kept(item)
        row |= self._lead(number, item)
        self._odd_step(item, name, actor)
        return row

    def _actor(self, item: Item) -> str | None:
        """Return the actor of the lane around a node, or around its sub-process."""
        around: Item | None = item
        for _ in range(len(self.scene.items)):
            if around is None or around.id in self.actors:
                break
            around = self.scene.items.get(around.container)
        return self.actors.get(around.id) if around else None

    def _taken(self, item: Item) -> Plain:
        ends = item.element.findall(
            f"{bpmn('dataInputAssociation')}/{bpmn('sourceRef')}"
        )
        ids = [str(end.text) for end in ends if str(end.text) in self.artefacts]
        names = {self.artefacts[identity]: self.labels[identity] for identity in ids}
        return {
            "butir": [
                {"id": name, "nama": _text(label), "wajib": True, "dari": name}
                for name, label in names.items()
            ]
        }

    def _made(self, item: Item) -> Plain:
        ends = item.element.findall(
            f"{bpmn('dataOutputAssociation')}/{bpmn('targetRef')}"
        )
        names = dict.fromkeys(self.artefacts.get(str(end.text)) for end in ends)
        return {"artefak": [name for name in names if name]}

    def _kept(self, item: Item) -> dict[str, Plain]:
        """Return what the extension elements of a file once ours say of a step."""
        found = item.element.find(f"{bpmn('extensionElements')}/{sop('langkah')}")
        try:
            values = extension.read(found) if found is not None else None
        except ValueError:
            return {}
        values = values if isinstance(values, dict) else {}
        return {key: value for key, value in values.items() if key in _KEPT}

    def _lead(self, number: int, item: Item) -> dict[str, Plain]:
        """Return the kind of a step and where it leads, as far as an SOP can say it."""
        exits, name = self.exits[item.id], self.names[item.id]
        splits = {split for way in exits for split in way.splits}
        if len(splits) > 1:
            masalah = say("keputusan dan pekerjaan serentak bertumpuk")
            tafsir = say("tujuan dibiarkan kosong; tambahkan langkah di antaranya")
            self._spend("B07", name, (masalah, tafsir), exits)
            return {"berikut": []}
        self.used |= {*flows_of(exits)}
        part = "cabang" if "pilih" in splits else "berikut"
        self.places["langkah", number, part] = flows_of(exits)
        onward = [way for way in exits if way.to]
        if splits and len(onward) < len(exits):
            over = [way for way in exits if not way.to]
            masalah = say("satu jalan berakhir tanpa langkah selesai")
            tafsir = say("jalan itu tidak ikut; tambahkan langkah selesai")
            self._spend("B08", name, (masalah, tafsir), over)
        if "pilih" in splits:
            return {"jenis": "keputusan", "cabang": self._outcomes(name, onward)}
        goals: list[Plain] = [*dict.fromkeys(self.names[str(w.to)] for w in onward)]
        ends = bool(exits) and not goals
        kind = "mulai" if item.id == self.first else "selesai" if ends else "proses"
        return {"jenis": kind, "berikut": goals}

    def _outcomes(self, name: str, ways: list[Exit]) -> list[Plain]:
        unnamed = [way for way in ways if not way.name]
        if unnamed:
            said = (
                say("hasil keputusan tidak bernama"),
                say("nama hasil dibiarkan kosong"),
            )
            self._spend("B06", name, said, unnamed)
        return [
            {"hasil": way.name or None, "ke": self.names[str(way.to)]} for way in ways
        ]

    def _spend(
        self, code: str, step: str, said: tuple[str, str], ways: Iterable[Exit]
    ) -> None:
        flows = flows_of(ways)
        self.used |= {*flows}
        self.note(code, f"langkah.{step}", said, flows)

    def _odd_step(self, item: Item, name: str, actor: str | None) -> None:
        place, said = f"langkah.{name}", quoted(say("tugas"), item.name, item.id)
        lacks = [
            *([] if item.name.strip() else [say("nama")]),
            *([] if actor else [say("jalur")]),
        ]
        if lacks:
            masalah = say(
                "%(task)s tanpa %(lacks)s",
                task=said,
                lacks=say("nama dan jalur") if len(lacks) > 1 else lacks[0],
            )
            self.note("B04", place, (masalah, say("dibiarkan kosong")), [item.id])
        if item.kind not in _PEOPLE:
            masalah = say("%(task)s berjenis %(kind)s", task=said, kind=item.kind)
            self.note(
                "B03",
                place,
                (masalah, say("dibaca sebagai pekerjaan orang")),
                [item.id],
            )
        details = [*_details(item.element)]
        if details:
            masalah = say(
                "%(task)s juga memuat %(details)s",
                task=said,
                details=joined(details, ", "),
            )
            self.note("B09", place, (masalah, say("tidak ikut dalam draf")), [item.id])
        if item.id == self.first and len(self.exits[item.id]) > 1:
            splits = {split for way in self.exits[item.id] for split in way.splits}
            if "pilih" in splits:
                masalah = say("%(task)s adalah awal sekaligus keputusan", task=said)
                self.note(
                    "B08", place, (masalah, say("dibaca sebagai keputusan")), [item.id]
                )

    def _rest(self) -> None:
        """Name what became neither a step nor an actor nor a way."""
        for item in self.scene.items.values():
            self._odd_node(item)
        for element in self.scene.of(OTHERS):
            self._outside(element)
        lanes = {lane.id for lane in self.scene.lanes}
        for pool in self.scene.root.iter(bpmn("participant")):
            if self.scene.id_of(pool) not in lanes:
                self._outside(pool)
        self._rest_of_flows()
        if len(self.scene.processes) > 1:
            ids = [self.scene.id_of(process) for process in self.scene.processes]
            masalah = say("berkas memuat %(n)s proses", n=len(ids))
            tafsir = say("semua langkah dikumpulkan dalam satu draf")
            self.note("B11", "sumber", (masalah, tafsir), ids)
        self._top()

    def _rest_of_flows(self) -> None:
        for flow in self.scene.flows.values():
            said = quoted(say("alur"), flow.name, flow.id)
            if flow.id not in self.used:
                masalah = say(
                    "%(flow)s dari %(source)s ke %(target)s",
                    flow=said,
                    source=flow.source,
                    target=flow.target,
                )
                tafsir = say("tidak terbaca sebagai urutan langkah")
                self.note("B02", "sumber", (masalah, tafsir), [flow.id])
            elif flow.condition:
                masalah = say(
                    "%(flow)s bersyarat %(condition)s",
                    flow=said,
                    condition=shorten(flow.condition),
                )
                self.note(
                    "B09", "sumber", (masalah, say("syarat tidak dibaca")), [flow.id]
                )

    def _odd_node(self, item: Item) -> None:
        said = quoted(item.kind, item.name, item.id)
        if item.id in self.ways.steps:
            return
        if item.kind in SUBPROCESSES:
            tafsir = say("langkah di dalamnya menjadi langkah biasa")
            self.note("B10", "sumber", (said, tafsir), [item.id])
        elif item.kind in GATEWAYS - _MEANT:
            tafsir = say("dibaca sebagai pilihan")
            self.note("B13", "sumber", (said, tafsir), [item.id])
        elif item.kind in EVENTS - _ENDS or any(_details(item.element)):
            self.note("B01", "sumber", (said, say("tidak ikut dalam draf")), [item.id])
        elif item.name.strip() and item.kind in _MEANT:
            self.note("B09", "sumber", (said, say("namanya tidak ikut")), [item.id])

    def _outside(self, element: etree._Element) -> None:
        kind, identity = str(etree.QName(element).localname), self.scene.id_of(element)
        text = element.get("name") or element.findtext(bpmn("text")) or ""
        said = quoted(kind, text, identity)
        self.note("B01", "sumber", (said, say("tidak ikut dalam draf")), [identity])

    def _top(self) -> None:
        """Tell in one finding of all that a file declares beside its processes."""
        counts = Counter(
            str(etree.QName(element).localname)
            for element in self.scene.root.iterchildren(f"{{{BPMN}}}*")
            if etree.QName(element).localname not in {"process", "collaboration"}
        )
        if counts:
            kinds = ", ".join(f"{kind} ({n})" for kind, n in counts.items())
            said = (
                say("berkas juga memuat %(kinds)s", kinds=kinds),
                say("tidak ikut dalam draf"),
            )
            self.note("B01", "sumber", said, [])


def _details(element: etree._Element) -> Iterator[str]:
    """Return what else stands in a node, a documentation with its words."""
    for child in element.iterchildren(f"{{{BPMN}}}*"):
        kind = str(etree.QName(child).localname)
        if kind == "documentation":
            words = shorten((child.text or "").strip())
            yield say('keterangan "%(words)s"', words=words)
        elif kind not in _USUAL | _NODES:
            yield kind


def _text(name: str) -> Plain:
    """Return a name on one line, with the source beside it where it had several."""
    line = " ".join(name.split())
    return line if line == name else {"teks": line, "asli": name}


def _slug(name: str, taken: Counter[str]) -> str:
    """Return an id made of the words of a name, one that is not taken yet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST].strip("-")
    words = words or "tanpa-nama"
    slug = words
    while taken[slug]:
        taken[words] += 1
        slug = f"{words}-{taken[words]}"
    taken[slug] += 1
    return slug
