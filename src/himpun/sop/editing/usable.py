"""Whether a form can show a file: ids to name its parts, lists and groups in place."""

import re
from collections.abc import Iterator

from himpun.sop.findings import Plain
from himpun.sop.model import MAX_STEPS
from himpun.wording import Sentence, say

from . import links
from .identity import LISTS
from .values import Tree, group, items

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_WORDS = frozenset(
    ("id", "jenis", "penanggung_jawab", "cara", "dari", "ke", "hasil", "tanda_tangan")
) | frozenset(
    ("pada", "oleh", "status", "di", "satuan", "selesai_bila", "periode", "sop")
)
"""Keys of the schema that hold one word."""


def editable(tree: Plain) -> Sentence | None:
    """Return why a form cannot show a file, None when it can."""
    if not isinstance(tree, dict):
        return say("Berkas ini bukan SOP berskema sop-ap/1: kuncinya tidak ada.")
    return next(_obstacles(tree), None)


def _obstacles(tree: Tree) -> Iterator[Sentence]:
    yield from _unnamed(tree, "pelaksana")
    yield from _unnamed(tree, "langkah")
    if len(items(tree, "langkah")) > MAX_STEPS:
        yield say("SOP paling banyak %(n)s langkah.", n=MAX_STEPS)
    for key in ("temuan", *LISTS):
        if not isinstance(tree.get(key), list | None):
            yield say("Isi %(key)s harus berupa daftar.", key=key)
    for place, ok in (*_groups(tree), *_steps(tree), *_settings(tree)):
        if not ok:
            yield say("Isi %(place)s tidak berbentuk seperti skema.", place=place)


def _unnamed(tree: Tree, key: str) -> Iterator[Sentence]:
    """Say why the parts of a list cannot be told from each other."""
    listed = tree.get(key)
    if not isinstance(listed, list | None):
        yield say("Isi %(key)s harus berupa daftar.", key=key)
        return
    names = [
        part.get("id") if isinstance(part, dict) else None for part in listed or ()
    ]
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names):
        yield say(
            "Setiap bagian %(key)s harus mempunyai id dari huruf, angka, - atau _.",
            key=key,
        )
    elif len(set(names)) < len(names):
        yield say("Ada id yang dipakai dua kali pada %(key)s.", key=key)


def _groups(tree: Tree) -> Iterator[tuple[str, bool]]:
    yield "temuan", _all(dict, items(tree, "temuan"))
    yield "artefak", _all(dict, list(group(tree, "artefak").values()))
    for key in ("pelaksana", "langkah", "artefak", "temuan", "operasional"):
        yield key, _in_words(tree.get(key), key)


def _steps(tree: Tree) -> Iterator[tuple[str, bool]]:
    for step in items(tree, "langkah"):
        at = f"langkah.{step['id']}"
        for key in ("bersama", "cabang"):
            listed = step.get(key)
            yield f"{at}.{key}", isinstance(listed, list | None) and _all(dict, listed)
        others = [o.get("pelaksana") for o in _dicts(items(step, "bersama"))]
        yield f"{at}.bersama", _all(str, others)
        onward = step.get("berikut")
        yield (
            f"{at}.berikut",
            isinstance(onward, list | str | None) and _all(str, onward),
        )
        needs = items(group(step, "kelengkapan"), "butir")
        yield f"{at}.kelengkapan", _all(dict, needs)
        yield f"{at}.output", _all(str, items(group(step, "output"), "artefak"))


def _settings(tree: Tree) -> Iterator[tuple[str, bool]]:
    settings = group(tree, "operasional")
    for key in ("pengembalian", "tidak_berlaku"):
        yield f"operasional.{key}", _all(dict, items(settings, key))
    units = group(settings, "per_unit")
    yield "operasional.per_unit", _all(dict, list(units.values()))
    for actors in group(settings, "tembusan").values():
        yield "operasional.tembusan", isinstance(actors, list) and _all(str, actors)
    for exception in _dicts(items(settings, "tidak_berlaku")):
        yield "operasional.tidak_berlaku", _all(str, exception.get("periode"))
    for titles in group(settings, "peran").values():
        yield "operasional.peran", isinstance(titles, list) and _all(str, titles)
    yield "operasional.terkait", all(links.shapes(settings))
    yield "operasional.kertas", _all(str, list(group(settings, "kertas").values()))
    late = items(group(settings, "eskalasi"), "lewat_tenggat")
    yield "operasional.eskalasi", _all(str, late)


def _all(kind: type, listed: object) -> bool:
    parts = listed if isinstance(listed, list) else ()
    return all(isinstance(part, kind) for part in parts)


def _dicts(listed: list[object]) -> Iterator[Tree]:
    return (part for part in listed if isinstance(part, dict))


def _in_words(value: object, key: str) -> bool:
    """Whether each key that holds one word does so, at every depth."""
    if isinstance(value, dict):
        return key not in _WORDS and all(
            _in_words(part, name) for name, part in value.items()
        )
    if isinstance(value, list):
        free = key not in _WORDS or key == "periode"
        return free and all(_in_words(part, "") for part in value)
    return True
