"""Order and number of the steps: added and moved; what referred to them follows."""

from itertools import count, pairwise
from typing import Any

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
    return next(f"l{n}" for n in count(len(steps) + 1) if f"l{n}" not in taken)


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


def loose_things(tree: Tree) -> dict[str, Tree]:
    """Return the things that no step brings forth, by name: they come from outside."""
    made = {
        name
        for step in items(tree, "langkah")
        for name in items(group(step, "output"), "artefak")
    }
    return {k: v for k, v in group(tree, "artefak").items() if k not in made}
