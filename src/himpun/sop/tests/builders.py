"""Files of SOPs for tests: the shipped one, edited copies, small ones of few steps."""

import copy
import functools
import json
from pathlib import Path

from himpun.sop.check import check
from himpun.sop.reading import read
from himpun.sop.shipped import shipped

DATA = Path(__file__).parent / "data"
SEED = shipped()["jekulo-pengumpulan-data-kinerja"].decode()
OTHER_OFFICE = (DATA / "peminjaman-ruang.yaml").read_text(encoding="utf-8")


def edited(old, new, *, text=SEED):
    """Make one edit; the old text must stand in the file exactly once."""
    assert text.count(old) == 1, f"{text.count(old)} times: {old}"
    return text.replace(old, new)


def sop_of(source):
    """Return the SOP of a source without errors."""
    checked = check(source)
    assert checked.errors == ()
    return checked.sop


def seed_sop():
    return sop_of(SEED)


def codes(checked):
    """Return the codes found, but for the missing effective date of the seed."""
    return [found.code for found in checked.findings if found.code != "W02"]


def step(name, to=(), kind="proses", **parts):
    """Write one step: `to` is a list of next steps or a mapping outcome -> step."""
    made = {
        "id": name,
        "jenis": kind,
        "kegiatan": f"Kegiatan {name}",
        "penanggung_jawab": "petugas",
        "kelengkapan": {"teks": "Berkas", "butir": []},
        "waktu": {"jumlah": 1, "satuan": "hari"},
        "output": {"teks": "Berkas", "artefak": []},
    }
    if isinstance(to, dict):
        made |= {"jenis": "keputusan"}
        made["cabang"] = [{"hasil": h, "ke": ke} for h, ke in to.items()]
    else:
        made["berikut"] = list(to)
    return made | parts


def needs(**items):
    """Write the items of a step: id -> artefact (None: from outside)."""
    butir = [
        {"id": name, "nama": name, "wajib": True, "dari": source}
        for name, source in items.items()
    ]
    return {"teks": "Berkas", "butir": butir}


def yields(*artefacts):
    return {"teks": "Berkas", "artefak": list(artefacts)}


@functools.cache
def _office():
    return read(OTHER_OFFICE).tree


def source_of(steps, *, artefacts=(), **operasional):
    """Write a file of these steps; JSON is YAML too."""
    tree = copy.deepcopy(_office())
    tree["pelaksana"] = [{"id": "petugas", "label": "Petugas"}]
    tree["artefak"] = {
        name: {"nama": name, "jenis": "dokumen", "bentuk": ["digital"]}
        for name in artefacts
    }
    tree["langkah"] = [s | {"nomor": n} for n, s in enumerate(steps, start=1)]
    tree["operasional"] = operasional
    return json.dumps(tree, default=str, ensure_ascii=False)
