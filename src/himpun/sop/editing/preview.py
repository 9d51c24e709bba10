"""A draft made drawable: what is missing is shown as missing, nothing is invented."""

from decimal import Decimal
from typing import Any

from himpun.sop.model import Identitas, Sop, Tanggal, Waktu
from himpun.sop.shape import fit
from himpun.wording import Sentence, say

from .rows import as_written, targets
from .values import Tree, group, items, words

NOBODY = "belum-ditandai"
_KINDS = ("mulai", "proses", "keputusan", "selesai")
_NAMED = say("belum bernama")
_UNDATED = ("tgl_pembuatan", "tgl_revisi", "tgl_efektif")


class _NoTime(Waktu):
    """A time that is not known yet: its cell of the form stays empty."""

    @property
    def teks(self) -> str:
        """Nothing: the office has not said it."""
        return ""


def preview(tree: Tree) -> Sop | Sentence:
    """Return the draft as an SOP that can be drawn, or a sentence why it cannot yet.

    A step without an actor stands in a column of its own, a time that is missing is
    an empty cell, arrows to steps that are gone are left out. Only for looking at: it
    is neither checked nor kept.
    """
    steps = items(tree, "langkah")
    if not steps:
        return say("Gambar muncul setelah ada langkah. Tambahkan langkah pertama.")
    made = {**tree, "skema": "sop-ap/1", "id": "draf", "versi": 1}
    made["identitas"] = _identity(tree)
    names = [actor["id"] for actor in items(tree, "pelaksana")]
    made["langkah"] = [_step(step, names, steps) for step in steps]
    made["pelaksana"] = [
        {"id": actor["id"], "label": words(actor.get("label")) or actor["id"]}
        for actor in items(tree, "pelaksana")
    ]
    if any(step["penanggung_jawab"] == NOBODY for step in made["langkah"]):
        made["pelaksana"].append({"id": NOBODY, "label": say("(belum ditandai)")})
    made["artefak"] = {
        name: {
            "nama": words(thing.get("nama")),
            "jenis": "dokumen",
            "bentuk": ["cetak"],
        }
        for name, thing in group(tree, "artefak").items()
    }
    made["temuan"] = []
    made.pop("operasional", None)
    shaped = fit(made)
    if shaped.sop is None:
        first = shaped.remarks[0].sentence
        return say("Gambar belum dapat dibuat. %(why)s", why=first)
    return shaped.sop


def _identity(tree: Tree) -> Tree:
    old = group(tree, "identitas")
    made = {key: value for key, value in old.items() if value is not None}
    for key in Identitas.model_fields:
        made.setdefault(key, None)
    for key in _UNDATED:
        made[key] = _date(old.get(key))
    signer = made.get("pengesahan")
    if isinstance(signer, dict):
        made["pengesahan"] = {**signer, "tanggal": _date(signer.get("tanggal"))}
    return made


def _date(value: Any) -> Any:  # noqa: ANN401 - a date of the file
    try:
        Tanggal.model_validate(value)
    except ValueError:
        return None
    return value


def _step(step: Tree, actors: list[str], steps: list[Any]) -> Tree:
    known = {other["id"] for other in steps}
    kind = step.get("jenis")
    who = step.get("penanggung_jawab")
    return {
        **step,
        "nomor": next(n for n, s in enumerate(steps, 1) if s is step),
        "jenis": kind if kind in _KINDS else "proses",
        "kegiatan": words(step.get("kegiatan")) or "…",
        "penanggung_jawab": who if who in actors else NOBODY,
        "bersama": [
            {**other, "cara": other.get("cara") or "paraf"}
            for other in items(step, "bersama")
            if other.get("pelaksana") in actors and other.get("pelaksana") != who
        ],
        "waktu": _time(step),
        "ket": words(step.get("ket")),
        "berikut": as_written([t for t in targets(step) if t in known]),
        "cabang": [
            {"hasil": words(branch.get("hasil"))[:64] or _NAMED, "ke": branch["ke"]}
            for branch in items(step, "cabang")
            if branch.get("ke") in known
        ],
        "kelengkapan": {
            "teks": words(step.get("kelengkapan")),
            "butir": [
                {"id": f"b{n}", "nama": words(item.get("nama")), "wajib": True}
                for n, item in enumerate(items(group(step, "kelengkapan"), "butir"))
                if words(item.get("nama"))
            ],
        },
        "output": {
            "teks": words(step.get("output")),
            "artefak": items(group(step, "output"), "artefak"),
        },
    }


def _time(step: Tree) -> Any:  # noqa: ANN401 - a time of the file
    """Return the time, or one that is printed as nothing."""
    value = step.get("waktu")
    try:
        return Waktu.model_validate(value)
    except ValueError:
        return _NoTime(jumlah=Decimal(1), satuan="hari")
