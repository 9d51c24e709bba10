"""Which part of a draft is saved by what, and what each part still lacks."""

import hashlib
import json
from collections.abc import Callable

from himpun.sop import drafting
from himpun.sop.check import check
from himpun.sop.drafting import Gap
from himpun.sop.drafting.words import BLOCKS, COLUMNS, official
from himpun.sop.findings import Finding
from himpun.wording import say

from . import actors, identity, office, removing, rows, steps
from .plainly import plainly
from .values import Tree, Typed, group, items, one_line, shown_number, words

PARTS = ("identitas", "daftar", "pelaksana", "langkah", "kantor", "temuan", "yaml")
"""The parts of the editor, in the order in which they are worked through."""
_KEYS = {
    "identitas": ("id", "versi", "identitas"),
    "daftar": (*identity.LISTS, "peralatan", "label"),
    "pelaksana": ("pelaksana",),
    "kantor": ("operasional",),
    "temuan": ("temuan",),
}
_SAVERS: dict[str, Callable[[Tree, Typed], Tree]] = {
    "identitas": identity.save_identity,
    "daftar": identity.save_lists,
    "pelaksana": actors.save_actors,
    "kantor": office.save_office,
}


def save(tree: Tree, part: str, step: str, typed: Typed) -> Tree:
    """Return the tree with a part as typed; `step` names the one of part `langkah`."""
    if part == "langkah" and step:
        return steps.save_step(tree, step, typed)
    saver = _SAVERS.get(part)
    return saver(tree, typed) if saver else tree


def act(tree: Tree, deed: str, name: str) -> Tree:
    """Return the tree after a button of the form: a step or an actor moved, added.

    Raises NotEdited with why it cannot be done.
    """
    deeds: dict[str, Callable[[Tree], Tree]] = {
        "langkah-tambah": lambda t: rows.add_step(t, name),
        "langkah-naik": lambda t: rows.move_step(t, name, -1),
        "langkah-turun": lambda t: rows.move_step(t, name, 1),
        "langkah-hapus": lambda t: removing.remove_step(t, name),
        "pelaksana-kiri": lambda t: actors.move_actor(t, name, -1),
        "pelaksana-kanan": lambda t: actors.move_actor(t, name, 1),
        "pelaksana-hapus": lambda t: actors.remove_actor(t, name),
        "hasil-hapus": lambda t: removing.remove_thing(t, name),
        "temuan-pastikan": lambda t: confirm(t, name),
    }
    return deeds[deed](tree) if deed in deeds else tree


def confirm(tree: Tree, finding: str, reading: str = "") -> Tree:
    """Return the tree with a finding marked as settled, with the reading used."""
    made = []
    for found in items(tree, "temuan"):
        if isinstance(found, dict) and found.get("id") == finding:
            text = one_line(reading) or _filled(tree, found) or found.get("tafsir")
            made.append({**found, "tafsir": text, "status": "dipakai"})
        else:
            made.append(found)
    return {**tree, "temuan": made}


_ABSENT = ("D05", "D06", "D08", "D09", "D23")
"""Findings that something is not on the paper: the office fills it, or leaves it."""


def _filled(tree: Tree, found: Tree) -> str:
    """Return what the office has put where the paper said nothing clear."""
    part, name = part_at(str(found.get("di")))
    row = next((s for s in items(tree, "langkah") if s.get("id") == name), None)
    if part != "langkah" or row is None or str(found.get("id"))[:3] not in _ABSENT:
        return ""
    key = str(found.get("di")).rpartition(".")[2]
    value = words(row.get(key))
    if key == "waktu" and (time := group(row, key)).get("jumlah") is not None:
        value = f"{shown_number(time['jumlah'])} {words(time.get('satuan'))}"
    if key == "penanggung_jawab":
        labels = {a["id"]: words(a.get("label")) for a in items(tree, "pelaksana")}
        value = labels.get(value, "")
    return say("diisi kantor: %(value)s", value=value) if value else ""


def stamp(tree: Tree, part: str, step: str = "") -> str:
    """Return a fingerprint of a part as it stands: who saves names what they saw."""
    if part == "langkah" and step:
        row = next((s for s in items(tree, "langkah") if s.get("id") == step), None)
        names = items(group(row or {}, "output"), "artefak")
        things = group(tree, "artefak")
        seen: object = [row, {n: things.get(n) for n in names}]
    elif part == "langkah":
        seen = [step.get("id") for step in items(tree, "langkah")]
    else:
        seen = {key: tree.get(key) for key in _KEYS.get(part, tuple(tree))}
    text = json.dumps(seen, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def part_at(place: str) -> tuple[str, str]:
    """Return the part and the step of the editor where a place of the file is mended."""
    first, _, rest = place.partition(".")
    first = first.partition("[")[0]
    if first == "langkah":
        return "langkah", rest.partition(".")[0].partition("[")[0]
    for part, keys in _KEYS.items():
        if first in keys:
            return part, ""
    return ("langkah", "") if first == "artefak" else ("yaml", "")


def gaps(tree: Tree, source: str) -> tuple[list[Gap], list[Finding]]:
    """Return what keeps a draft from being adopted, and the warnings of the check.

    Missing parts first; the errors of the check once no part is missing or where
    they say something else, in the words of the form. `source` is the tree as a file.
    """
    found = drafting.gaps(tree)
    known = {gap.place for gap in found}
    checked = check(source)
    wrong = [
        Gap(error.path, plainly(error, tree), error.line)
        for error in checked.errors
        if not any(_same(error, place) for place in known)
    ]
    return [*found, *wrong], [*checked.warnings]


def _same(error: Finding, place: str) -> bool:
    """Whether a missing part was told already: its error is the same in other words."""
    return error.path == place or error.path.startswith((f"{place}.", f"{place}["))


def blank() -> Tree:
    """Return an SOP without content: the official titles and nothing else."""
    return {
        "skema": "sop-ap/1",
        "id": None,
        "versi": 1,
        "identitas": dict.fromkeys(_IDENTITY),
        "label": {key: official(key) for key in (*BLOCKS, *COLUMNS)},
        **{key: [] for key in ("dasar_hukum", "kualifikasi", "keterkaitan")},
        "peralatan": {"butir": []},
        "peringatan": [],
        "pencatatan": [],
        "pelaksana": [],
        "artefak": {},
        "langkah": [],
        "temuan": [],
    }


_IDENTITY = (
    *("instansi", "alamat", "judul_kop", "nomor", "tgl_pembuatan", "tgl_revisi"),
    *("tgl_efektif", "disahkan_oleh", "nama", "judul_tabel", "pengesahan"),
)
