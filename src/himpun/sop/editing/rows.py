"""Order and number of the steps: added, moved, removed; what referred to them follows."""

from itertools import pairwise
from typing import Any

from himpun.sop.drafting.words import slug
from himpun.sop.model import MAX_STEPS
from himpun.wording import say

from .actors import index, moved
from .values import NotEdited, Tree, group, items

ENDS = ("mulai", "selesai")


def targets(step: Tree) -> list[str]:
    """Return the steps that follow, as the file names them: a word, a list or none."""
    next_ = step.get("berikut")
    return [next_] if isinstance(next_, str) else [*(next_ or ())]


def as_written(names: list[str]) -> str | list[str] | None:
    """Return following steps as the file writes them."""
    return names[0] if len(names) == 1 else (names or None)


def add_step(tree: Tree, after: str) -> Tree:
    """Return the tree with an empty step under the step `after`; "" puts it first."""
    steps = items(tree, "langkah")
    if len(steps) >= MAX_STEPS:
        raise NotEdited(say("SOP paling banyak %(n)s langkah.", n=MAX_STEPS))
    new: Tree = {
        "id": _free(steps),
        "nomor": 0,
        "jenis": "proses" if len(steps) > 1 else ENDS[len(steps)],
        "kegiatan": None,
        "penanggung_jawab": None,
        "bersama": [],
        "kelengkapan": {},
        "waktu": {"jumlah": None, "satuan": "hari"},
        "output": {},
        "ket": None,
        "berikut": None,
    }
    at = index(steps, after) + 1 if after else 0
    if at:
        before = dict(steps[at - 1])
        if before.get("jenis") == "selesai":
            before["jenis"], new["jenis"] = "proses", "selesai"
        if before.get("jenis") != "keputusan":
            new["berikut"] = before.get("berikut")
            before["berikut"] = new["id"]
        elif at < len(steps):
            new["berikut"] = steps[at]["id"]
        steps = [*steps[: at - 1], before, *steps[at:]]
    elif steps:
        new["jenis"], new["berikut"] = "mulai", steps[0]["id"]
        steps = [_as_process(steps[0], "mulai"), *steps[1:]]
    return numbered(tree, [*steps[:at], new, *steps[at:]])


def _free(steps: list[Any]) -> str:
    taken = {str(step.get("id")) for step in steps}
    return slug(f"l{len(steps) + 1}", taken)


def _as_process(step: Tree, kind: str) -> Tree:
    return {**step, "jenis": "proses"} if step.get("jenis") == kind else step


def numbered(tree: Tree, steps: list[Any]) -> Tree:
    """Return the tree with these steps, numbered from 1."""
    made = [{**step, "nomor": n} for n, step in enumerate(steps, 1)]
    return {**tree, "langkah": made}


def move_step(tree: Tree, step: str, by: int) -> Tree:
    """Return the tree with a row one place up (-1) or down (1).

    Rows that lead to the row below go on doing so; other arrows stay. First and last
    symbol stay with the first and last row.
    """
    steps = items(tree, "langkah")
    straight = {s["id"] for s, below in _pairs(steps) if _leads(s, below)}
    made = moved(steps, step, by)
    if made == steps:
        return tree
    at = index(steps, step)
    one, other = at, at + by
    kinds = (steps[one].get("jenis"), steps[other].get("jenis"))
    if "keputusan" not in kinds and set(kinds) & set(ENDS):
        made[one] = {**made[one], "jenis": kinds[0]}
        made[other] = {**made[other], "jenis": kinds[1]}
    first, last = min(one, other) - 1, max(one, other)
    touched = range(max(first, 0), last + 1)
    if all(s["id"] in straight or targets(s) == [] for s in (made[n] for n in touched)):
        for n in touched:
            below = made[n + 1]["id"] if n + 1 < len(made) else None
            tail = targets(steps[last]) if n == last else [below]
            made[n] = {**made[n], "berikut": as_written([t for t in tail if t])}
    return numbered(tree, made)


def _pairs(steps: list[Any]) -> list[tuple[Tree, Tree]]:
    return list(pairwise(steps))


def _leads(step: Tree, below: Tree) -> bool:
    return targets(step) == [below["id"]] and not step.get("cabang")


def remove_step(tree: Tree, step: str) -> Tree:
    """Return the tree without a step; arrows to it lead to where it led.

    Raises NotEdited while the office's settings name it.
    """
    steps = items(tree, "langkah")
    at = index(steps, step)
    if _in_settings(group(tree, "operasional"), step):
        raise NotEdited(
            say(
                "Langkah %(n)s masih disebut di Pengaturan kantor. Ubah di sana lebih "
                "dahulu, lalu hapus.",
                n=steps[at].get("nomor"),
            )
        )
    onward = [name for name in targets(steps[at]) if name != step]
    kept = [_past(other, step, onward) for other in steps if other["id"] != step]
    kind = steps[at].get("jenis")
    if kept and kind in ENDS:
        end = 0 if kind == "mulai" else -1
        if kept[end].get("jenis") == "proses":
            kept[end] = {**kept[end], "jenis": kind}
    return numbered(_without_outputs(tree, steps[at], kept), kept)


def _past(step: Tree, gone: str, onward: list[str]) -> Tree:
    """Return a step whose arrows to the one that is gone lead to where that led."""
    if gone not in targets(step) and not any(
        branch.get("ke") == gone for branch in items(step, "cabang")
    ):
        return step
    names: list[str] = []
    for name in targets(step):
        names += onward if name == gone else [name]
    names = [name for name in dict.fromkeys(names) if name != step["id"]]
    made = {**step, "berikut": as_written(names)}
    if items(step, "cabang"):
        to = onward[0] if len(onward) == 1 else None
        made["cabang"] = [
            {**branch, "ke": to if branch.get("ke") == gone else branch.get("ke")}
            for branch in items(step, "cabang")
        ]
    return made


def _in_settings(settings: Tree, step: str) -> bool:
    named = [
        group(settings, "verifikasi").get("pada"),
        *group(settings, "tembusan"),
        *group(settings, "per_unit"),
        *group(settings, "batas_putaran"),
        *(row.get(end) for row in items(settings, "pengembalian") for end in _WAYS),
        *(
            str(row.get("butir")).partition(".")[0]
            for row in items(settings, "tidak_berlaku")
        ),
    ]
    return step in named


_WAYS = ("dari", "ke")


def _without_outputs(tree: Tree, gone: Tree, kept: list[Any]) -> Tree:
    """Return the tree without the things that only the removed step brought forth."""
    used = {
        name for step in kept for name in items(group(step, "output"), "artefak")
    } | {
        item.get("dari")
        for step in kept
        for item in items(group(step, "kelengkapan"), "butir")
    }
    own = set(items(group(gone, "output"), "artefak")) - used
    things = {k: v for k, v in group(tree, "artefak").items() if k not in own}
    return {**tree, "artefak": things}


def loose_things(tree: Tree) -> dict[str, Tree]:
    """Return the things that no step brings forth, by name: they come from outside."""
    made = {
        name
        for step in items(tree, "langkah")
        for name in items(group(step, "output"), "artefak")
    }
    return {k: v for k, v in group(tree, "artefak").items() if k not in made}


def remove_thing(tree: Tree, thing: str) -> Tree:
    """Return the tree without a thing; what was said to come from it no longer does."""
    steps = []
    for step in items(tree, "langkah"):
        needs = group(step, "kelengkapan")
        listed = items(needs, "butir")
        if any(item.get("dari") == thing for item in listed):
            kept = [
                {**item, "dari": None} if item.get("dari") == thing else item
                for item in listed
            ]
            steps.append({**step, "kelengkapan": {**needs, "butir": kept}})
        else:
            steps.append(step)
    things = {k: v for k, v in group(tree, "artefak").items() if k != thing}
    return {**tree, "langkah": steps, "artefak": things}
