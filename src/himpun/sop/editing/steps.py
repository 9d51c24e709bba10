"""One row of the form: who, what, with what, in which time, where it leads."""

from typing import Any

from himpun.sop.drafting.words import slug

from .actors import index
from .rows import as_written
from .values import (
    Tree,
    Typed,
    cell,
    edited,
    group,
    is_sourced,
    items,
    number,
    one_line,
    rows,
    words,
)

UNDECIDED = "?"
"""What a co-actor's field sends while his way is not chosen."""
FORMS = ("digital", "cetak", "fisik")


def save_step(tree: Tree, name: str, typed: Typed) -> Tree:
    """Return the tree with one step as typed; raises NotEdited when it is gone."""
    sourced = is_sourced(tree)
    steps = list(items(tree, "langkah"))
    at = index(steps, name)
    old = steps[at]
    kind = typed.get("jenis", "")
    things, outputs = _outputs(tree, old, typed, sourced=sourced)
    new = {
        **old,
        "jenis": kind,
        "kegiatan": edited(
            old.get("kegiatan"), typed.get("kegiatan", ""), sourced=sourced
        ),
        "penanggung_jawab": typed.get("penanggung_jawab") or None,
        "bersama": _co_actors(tree, old, typed),
        "kelengkapan": _needs(old, typed, sourced=sourced),
        "waktu": _time(old, typed),
        "output": outputs,
        "ket": edited(old.get("ket"), typed.get("ket", ""), sourced=sourced),
    }
    _lead(new, kind, typed)
    steps[at] = _like(old, new)
    return {**tree, "langkah": steps, "artefak": things}


def _like(old: Tree, new: Tree) -> Tree:
    """Return the step without empty parts that it did not have before."""
    return {k: v for k, v in new.items() if k in old or v not in (None, [], {})}


def _co_actors(tree: Tree, step: Tree, typed: Typed) -> list[Any]:
    """Return who else takes part, those of before in their order."""
    before = {other.get("pelaksana"): other for other in items(step, "bersama")}
    order = [*before, *(a["id"] for a in items(tree, "pelaksana"))]
    made = []
    for actor in dict.fromkeys(order):
        way = typed.get(f"cara-{actor}", "")
        if not way:
            continue
        people = one_line(typed.get(f"orang-{actor}", ""))
        if way == "bersama" and people not in ("", "1"):
            way = f"bersama({people})"
        cara = None if way == UNDECIDED else way
        made.append({**before.get(actor, {}), "pelaksana": actor, "cara": cara})
    return made


def _needs(step: Tree, typed: Typed, *, sourced: bool) -> Tree:
    """Return the kelengkapan: its cell, and the items that still have a name."""
    old = group(step, "kelengkapan")
    made = cell(step.get("kelengkapan"), typed.get("kelengkapan", ""), sourced=sourced)
    before = {item.get("id"): item for item in items(old, "butir")}
    kept: list[Any] = []
    for row in rows(typed, "butir", "id", "nama", "wajib", "dari"):
        if not one_line(row["nama"]):
            continue
        own = before.get(row["id"], {})
        taken = {str(item["id"]) for item in kept} | {str(name) for name in before}
        item = {
            **own,
            "id": row["id"] if own else slug(row["nama"], taken, 40),
            "nama": edited(own.get("nama"), row["nama"], sourced=sourced),
            "wajib": bool(row["wajib"]),
            "dari": row["dari"] or None,
        }
        kept.append(_like({**own, "id": "", "nama": "", "wajib": ""}, item))
    if kept or "butir" in old:
        made = {**made, "butir": kept}
    return made


def _time(step: Tree, typed: Typed) -> Tree:
    """Return amount and unit; a wording of the source stays beside them.

    An empty cell of the paper is no longer empty once the office has filled it.
    """
    old = group(step, "waktu")
    amount = number(typed.get("jumlah", ""))
    if amount == old.get("jumlah"):
        amount = old.get("jumlah")  # 1.0 and 1 are one amount
    made = {**old, "jumlah": amount, "satuan": typed.get("satuan") or None}
    if amount is not None and made.get("asli") == "":
        del made["asli"]
    return made


def _outputs(
    tree: Tree, step: Tree, typed: Typed, *, sourced: bool
) -> tuple[Tree, Tree]:
    """Return all things of the SOP, and the output of this step."""
    things = dict(group(tree, "artefak"))
    old = group(step, "output")
    made = cell(step.get("output"), typed.get("output", ""), sourced=sourced)
    before = items(old, "artefak")
    kept: list[str] = []
    columns = ("id", "nama", "jenis", *FORMS, "tanda_tangan", "ada")
    for row in rows(typed, "artefak", *columns):
        if not one_line(row["nama"]):
            kept += [row["ada"]] if row["ada"] in things else []
            continue
        known = row["id"] in before and row["id"] in things
        name = row["id"] if known else slug(row["nama"], set(things), 40)
        own = things.get(name, {})
        thing = {
            **own,
            "nama": edited(own.get("nama"), row["nama"], sourced=sourced),
            "jenis": row["jenis"] or (None if known else "dokumen"),
            "bentuk": _same_order(own, [form for form in FORMS if row[form]]),
            "tanda_tangan": row["tanda_tangan"] or None,
        }
        things[name] = _like({**own, "nama": "", "jenis": "", "bentuk": ""}, thing)
        kept.append(name)
    for name in set(before) - set(kept):
        if not _needed(tree, name, step):
            things.pop(name, None)
    if kept or "artefak" in old:
        made = {**made, "artefak": list(dict.fromkeys(kept))}
    return things, made


def _same_order(thing: Tree, forms: list[str]) -> list[str]:
    before = items(thing, "bentuk")
    return before if sorted(before) == sorted(forms) else forms


def _needed(tree: Tree, thing: str, own: Tree) -> bool:
    """Whether another step brings a thing forth, or any step needs it."""
    return any(
        thing in items(group(step, "output"), "artefak")
        for step in items(tree, "langkah")
        if step.get("id") != own.get("id")
    ) or any(
        item.get("dari") == thing
        for step in items(tree, "langkah")
        for item in items(group(step, "kelengkapan"), "butir")
    )


def _lead(step: Tree, kind: str, typed: Typed) -> None:
    """Set where the step leads; a kind that leads nowhere keeps nothing."""
    if kind == "keputusan":
        step["berikut"] = None
        before = [b for b in items(step, "cabang") if isinstance(b, dict)]
        step["cabang"] = [
            {
                **(before[n] if n < len(before) else {}),
                "hasil": one_line(row["hasil"]) or None,
                "ke": row["ke"] or None,
            }
            for n, row in enumerate(rows(typed, "cabang", "hasil", "ke"))
            if one_line(row["hasil"]) or row["ke"]
        ]
        return
    step["cabang"] = []
    named = [row["ke"] for row in rows(typed, "berikut", "ke") if row["ke"]]
    new = as_written(list(dict.fromkeys(named)))
    if kind == "selesai":
        new = None
    old = step.get("berikut")
    if not (old in (None, []) and new is None) and old != [new]:
        step["berikut"] = new


def called(step: Tree) -> str:
    """Return how a list names a step: "3. Menyusun rencana"."""
    return f"{step.get('nomor')}. {words(step.get('kegiatan'))}".rstrip(". ")
