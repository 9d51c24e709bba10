"""The trail of a case (jejak): its events in order, in words, with their free texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from himpun.ledger import queries as ledger
from himpun.shared.templatetags.himpun import saat_tahun
from himpun.wording import joined, say

from ..models import Case
from ..rules import Part
from . import overview, past, running

if TYPE_CHECKING:
    from collections.abc import Iterable

    from himpun.sop.plan import Plan


WORDS = {
    "case.opened": say("Kasus dibuka"),
    "case.finished": say("Kasus selesai"),
    "case.migrated": say("Kasus dipindahkan ke versi SOP yang baru"),
    "case.cancelled": say("Kasus dibatalkan"),
    "step.opened": say("Langkah dibuka"),
    "step.returned": say("Dikembalikan"),
    "return_cap.raised": say("Batas pengembalian dinaikkan"),
    "round_cap.raised": say("Batas putaran dinaikkan"),
    "own_work.excepted": say("Yang mengerjakan diizinkan ikut menyetujui"),
    "task.started": say("Pekerjaan dimulai"),
    "task.done": say("Tugas ditutup"),
    "task.assigned": say("Tugas dialihkan"),
    "task.withdrawn": say("Ditarik kembali oleh yang menutupnya"),
    "task.confirmed": say("Bagian tercatat"),
    "item.attached": say("Kelengkapan dilampirkan"),
    "item.detached": say("Lampiran dilepas"),
    "item.waived": say("Kelengkapan dikecualikan"),
    "item.brought": say("Kelengkapan dibawa dari kasus terkait"),
    "artefact.made": say("Hasil langkah dibuat"),
    "copy.sent": say("Tembusan dikirim"),
    "copy.received": say("Tembusan diterima"),
    "deadline.recomputed": say("Tenggat dihitung ulang menurut kalender baru"),
    "pause.begun": say("Menunggu pihak luar, waktu dihentikan"),
    "pause.ended": say("Tidak lagi menunggu, waktu berjalan lagi"),
    "proposal.saved": say("Usulan disimpan"),
    "proposal.evaluated": say("Usulan dinilai"),
    "team.named": say("Tim ditetapkan"),
    "request.planned": say("Permintaan data direncanakan"),
    "request.sent": say("Permintaan data dikirim"),
    "request.closed": say("Permintaan data diterima"),
    "request.late": say("Data susulan diterima, sesudah langkahnya ditutup"),
    "request.waived": say("Permintaan data dikecualikan"),
    "request.added": say("Unit ditambahkan"),
    "request.removed": say("Unit dikeluarkan"),
    "request.reopened": say("Unit diminta lagi"),
    "value.saved": say("Nilai disimpan"),
    "note.saved": say("Catatan disimpan"),
    "evidence.added": say("Bukti ditambahkan"),
    "evidence.removed": say("Bukti dilepas"),
    "values.submitted": say("Nilai dikirim untuk diverifikasi"),
    "value.withdrawn": say("Nilai ditarik kembali oleh pengisinya"),
    "value.accepted": say("Nilai diterima"),
    "value.returned": say("Nilai dikembalikan"),
    "exemption.granted": say("Pemisahan tugas dikecualikan"),
    "document.made": say("Kertas disusun"),
    "document.printed": say("Kertas dicetak"),
    "document.prepared": say("Kertas disiapkan untuk ditandatangani"),
    "document.uploaded": say("Pindaian diunggah"),
    "document.signed": say("Kertas ditandatangani"),
    "document.withdrawn": say("Penandatanganan dibatalkan"),
}
"""What the trail calls each act of a case, whichever app records it."""
HASH = 64


@dataclass(frozen=True)
class Line:
    """One event as people read it."""

    seq: int
    at: datetime
    role: str
    what: str
    step: str
    about: str
    said: str
    fingerprint: str


def lines(case: Case) -> list[Line]:
    """Return the events of the case; the number of queries does not grow with them."""
    events = [(event, ledger.data_of(event)) for event in running.events_of(case)]
    acts = [(event.type, data) for event, data in events]
    about = running.told(case, acts)
    plans = past.plans_along(case, acts)
    texts = ledger.texts(h for _event, data in events for h in _hashes(data))
    labels = past.labels_of(case)
    others = _others(data for _event, data in events)
    return [
        Line(
            seq=event.seq,
            at=event.at,
            role=event.role,
            what=_(WORDS[event.type]) if event.type in WORDS else event.type,
            step=_step(plan, str(data.get("step", ""))),
            about=words
            or _tied(data, others)
            or _about(event.type, data, labels, plan),
            said="; ".join(texts[h] for h in _hashes(data) if h in texts),
            fingerprint=event.hash[:16],
        )
        for (event, data), words, plan in zip(events, about, plans, strict=True)
    ]


def _others(acts: Iterable[dict[str, Any]]) -> dict[int, str]:
    """Return the names of the other cases that events speak of; one query."""
    wanted = {
        data[key] for data in acts for key in ("cause", "from_case") if key in data
    }
    rows = Case.objects.filter(pk__in=wanted).select_related("procedure")
    return {row.pk: str(row) for row in rows}


def _tied(data: dict[str, Any], others: dict[int, str]) -> str:
    """Return from which other case something came, or that its end opened this one."""
    if "cause" in data:
        return _("karena %s selesai") % others[data["cause"]]
    if "from_case" not in data:
        return ""
    words = {"case": others[data["from_case"]], "number": data["from_case"]}
    return _("dari %(case)s (kasus %(number)s), sidik %(sha)s") % {
        **words,
        "sha": data["blob"][:12],
    }


def _step(plan: Plan, name: str) -> str:
    """Return the step as its own version numbers and words it."""
    return next((f"{s.number}. {s.activity}" for s in plan.steps if s.id == name), "")


def _about(kind: str, data: dict[str, Any], labels: dict[str, str], plan: Plan) -> str:
    """Return what an act of the machine itself is about: outcome, round, whose part."""
    said = _of_task(kind, data, labels) if kind.startswith("task.") else []
    if kind.endswith("_cap.raised"):
        said.append(_("menjadi %s") % data["limit"])
    if kind == "step.opened" and data["round"] > 1:
        said.append(_("putaran %s") % data["round"])
    return joined([*said, *_changed(kind, data, plan)], "; ")


def _changed(kind: str, data: dict[str, Any], plan: Plan) -> list[str]:
    """Return what a move to another version or a recomputed deadline changed."""
    if kind == past.MIGRATED:
        return _move(data, plan)
    moved = kind in {"pause.ended", "deadline.recomputed"} or (
        kind == "task.withdrawn" and data["before"] != data["deadline"]
    )
    return [_moved(data)] if moved else []


def _of_task(kind: str, data: dict[str, Any], labels: dict[str, str]) -> list[str]:
    """Return whose part an act was, how it ended, between whom the task went."""
    said: list[str] = []
    if kind in {"task.done", "task.confirmed"} and data["part"] != Part.WORK:
        part = overview.PARTS[Part(data["part"])]
        said.append(joined([part, labels[data["actor"]]], ": "))
    if kind == "task.assigned":
        said.append(_("dari %(from)s ke %(to)s") % data)
    if kind == "task.done" and data["outcome"]:
        said.append(_("Hasil: %s") % data["outcome"])
    if kind == "task.done" and data.get("spared"):
        names = ", ".join(labels[actor] for actor in data["spared"])
        said.append(_("%s tidak diperlukan lagi") % names)
    if kind == "task.confirmed":
        said.append(_("%(done)s dari %(wanted)s orang") % data)
    return said


def _moved(data: dict[str, Any]) -> str:
    """Return from when to when a deadline moved, as the event says it."""
    before, after = (
        saat_tahun(datetime.fromisoformat(data[name]))
        for name in ("before", "deadline")
    )
    return _("tenggat %(before)s menjadi %(after)s") % {
        "before": before,
        "after": after,
    }


def _move(data: dict[str, Any], plan: Plan) -> list[str]:
    """Return what a move to another version skipped, and which deadlines it changed."""
    numbers = {step.id: step.number for step in plan.steps}
    said = [
        _("langkah %s dilewati karena revisi") % numbers[step]
        for step in data["passed"]
    ]
    if data.get("assignments_ended"):
        said.append(_("pengalihan tugas berakhir, tugas kembali ke pelaksana SOP"))
    return said + [
        _("tenggat langkah %s dihitung ulang menurut waktu yang baru")
        % numbers[row["step"]]
        for row in data["deadlines"]
    ]


def _hashes(data: dict[str, Any]) -> list[str]:
    """Return what may be the name of a free text."""
    return [v for v in data.values() if isinstance(v, str) and len(v) == HASH]
