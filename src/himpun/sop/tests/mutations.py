"""Systematic damages of the seed: each part removed, doubled, swapped, renamed, changed.

Each is a name and a function that edits the plain values of the file in place. What
becomes of each is frozen in `data/mutations.tsv`.
"""

import copy
import itertools
import json

from himpun.sop.reading import read

from .builders import SEED


def tree():
    return read(SEED).tree


def part(values, path):
    """Return the part at a path of keys, list positions and ids of list items."""
    for key in path:
        if isinstance(values, list) and isinstance(key, str):
            values = next(item for item in values if item["id"] == key)
        else:
            values = values[key]
    return values


def removed(*path):
    def damage(values):
        around, last = part(values, path[:-1]), path[-1]
        if isinstance(around, list):
            around.remove(part(around, [last]))
        else:
            del around[last]

    return f"{dotted(path)}: removed", damage


def doubled(*path):
    def damage(values):
        around, item = part(values, path[:-1]), part(values, path)
        around.insert(around.index(item) + 1, copy.deepcopy(item))

    return f"{dotted(path)}: doubled", damage


def swapped(place, one, other, key=None):
    """Swap two items of a list, or one part of two items."""

    def damage(values):
        items = part(values, place)
        a, b = part(items, [one]), part(items, [other])
        if key is None:
            i, j = items.index(a), items.index(b)
            items[i], items[j] = b, a
        else:
            a[key], b[key] = b[key], a[key]

    named = f".{key}" if key else ""
    return f"{dotted(place)}: {one}{named} and {other}{named} swapped", damage


def changed(*path, to):
    def damage(values):
        part(values, path[:-1])[path[-1]] = to

    return f"{dotted(path)}: {json.dumps(to, ensure_ascii=False)}", damage


def renamed(*path, to):
    """Write a key otherwise, or give an item another id."""

    def damage(values):
        around = part(values, path[:-1])
        if isinstance(around, list):
            part(around, [path[-1]])["id"] = to
        else:
            around[to] = around.pop(path[-1])

    return f"{dotted(path)}: renamed {to}", damage


def dotted(path):
    return ".".join(str(key) for key in path)


STEPS = ("l1", "l2", "l3", "l4", "l5")
ACTORS = ("pelaksana", "kasubbag", "sekcam", "camat")


def of_steps(seed):
    for step in STEPS:
        here = ("langkah", step)
        values = part(seed, here)
        for key in values:
            yield removed(*here, key)
        yield doubled(*here)
        yield removed(*here)
        yield renamed(*here, to="lain")
        yield renamed(*here, "kegiatan", to="kegiatn")
        yield changed(*here, "kegiatan", to="Kegiatan lain")
        yield changed(*here, "kegiatan", to="")
        yield changed(*here, "nomor", to=9)
        for kind in {"mulai", "proses", "keputusan", "selesai"} - {values["jenis"]}:
            yield changed(*here, "jenis", to=kind)
        for actor in ACTORS:
            if actor != values["penanggung_jawab"]:
                yield changed(*here, "penanggung_jawab", to=actor)
        yield changed(*here, "waktu", "jumlah", to=7)
        yield changed(*here, "waktu", "satuan", to="minggu")
        yield changed(*here, "waktu", "asli", to="")
        yield from of_ways(here, values)
        yield from of_standard(here, values)
    for one, other in itertools.pairwise(STEPS):
        yield swapped(("langkah",), one, other)
        for key in ("kegiatan", "penanggung_jawab", "waktu", "kelengkapan", "output"):
            yield swapped(("langkah",), one, other, key)


def of_ways(here, values):
    for goal in ("l1", "l5"):
        if goal not in {values["berikut"], here[1]}:
            yield changed(*here, "berikut", to=goal)
    yield changed(*here, "berikut", to=here[1])
    for n, other in enumerate(values.get("bersama", [])):
        yield changed(*here, "bersama", n, "cara", to="bersama")
        yield changed(*here, "bersama", n, "pelaksana", to="camat")
        yield removed(*here, "bersama", n, "cara")
        yield changed(*here, "bersama", to=[other, other])


def of_standard(here, values):
    yield changed(*here, "kelengkapan", "butir", to=[])
    yield changed(*here, "kelengkapan", "asli", to="")
    for item in values["kelengkapan"]["butir"]:
        there = (*here, "kelengkapan", "butir", item["id"])
        yield removed(*there)
        yield doubled(*there)
        yield changed(*there, "wajib", to=False)
        if "dari" in item:
            yield removed(*there, "dari")
            yield changed(*there, "dari", to="laporan-kumpul")
    yield changed(*here, "output", "artefak", to=[])
    yield changed(*here, "output", "artefak", to=["data-awal"])
    yield changed(*here, "output", "asli", to="")


def of_the_rest(seed):
    for key in seed:
        yield removed(key)
    for key in seed["identitas"]:
        yield removed("identitas", key)
    for actor in ACTORS:
        yield removed("pelaksana", actor)
        yield doubled("pelaksana", actor)
        yield changed("pelaksana", actor, "label", to="Jabatan lain")
    for one, other in itertools.pairwise(ACTORS):
        yield swapped(("pelaksana",), one, other)
    for name in seed["artefak"]:
        yield removed("artefak", name)
        yield changed("artefak", name, "jenis", to="barang")
        yield changed("artefak", name, "nama", to="Nama lain")
    yield removed("artefak", "laporan-ttd", "tanda_tangan")
    yield changed("artefak", "laporan-ttd", "tanda_tangan", to="sekcam")
    for finding in ("Q-DUA", "Q-L4"):
        yield removed("temuan", finding)
        yield changed("temuan", finding, "status", to="dipakai")
    yield from of_settings(seed["operasional"])


def of_settings(office):
    for key in office:
        yield removed("operasional", key)
    back = ("operasional", "pengembalian", 0)
    yield changed("operasional", "tafsir_hari", to="hari-kalender")
    yield changed(*back, "ke", to="l2")
    yield changed(*back, "dari", to="l5")
    yield changed(*back, "maks", to=None)
    yield changed(*back, "wajib_alasan", to=False)
    yield changed("operasional", "verifikasi", "oleh", to="sekcam")
    yield changed("operasional", "verifikasi", "pada", to="l4")
    yield changed("operasional", "tembusan", "l5", to=["kasubbag"])
    yield renamed("operasional", "tembusan", "l5", to="l4")
    yield renamed("operasional", "per_unit", "l3", to="l2")
    yield changed("operasional", "per_unit", "l3", "selesai_bila", to="tenggat")
    yield changed("operasional", "eskalasi", "lewat_tenggat", to=["atasan"])
    yield changed("operasional", "peran", "camat", to=["camat"])


def mutations():
    """Return the damages by name, without those that leave the seed as it is."""
    seed = tree()
    found = {}
    for name, damage in (*of_steps(seed), *of_the_rest(seed)):
        values = copy.deepcopy(seed)
        damage(values)
        if values != seed:
            found[name] = values
    return found
