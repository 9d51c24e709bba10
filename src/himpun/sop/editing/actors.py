"""The actors: the columns of the form, in their order."""

from typing import Any

from himpun.sop.drafting.words import slug
from himpun.wording import joined, say

from .values import (
    NotEdited,
    Tree,
    Typed,
    edited,
    group,
    is_sourced,
    items,
    one_line,
    rows,
    words,
)

LONGEST_NAME = 64


def save_actors(tree: Tree, typed: Typed) -> Tree:
    """Return the tree with the names of the actors as typed, a new one at the end."""
    sourced = is_sourced(tree)
    names = {row["id"]: row["label"] for row in rows(typed, "pelaksana", "id", "label")}
    made = [
        {**actor, "label": edited(actor["label"], names[actor["id"]], sourced=sourced)}
        if one_line(names.get(actor["id"], ""))
        else actor
        for actor in items(tree, "pelaksana")
    ]
    new = one_line(typed.get("pelaksana-baru", ""))
    if new:
        taken = {str(actor["id"]) for actor in made}
        label = edited(None, new, sourced=sourced)
        made.append({"id": slug(new, taken, LONGEST_NAME), "label": label})
    return {**tree, "pelaksana": made}


def move_actor(tree: Tree, actor: str, by: int) -> Tree:
    """Return the tree with a column one place to the left (-1) or right (1)."""
    return {**tree, "pelaksana": moved(items(tree, "pelaksana"), actor, by)}


def moved(listed: list[Any], name: str, by: int) -> list[Any]:
    """Return a list whose part of this id has changed places with its neighbour."""
    made = list(listed)
    at = index(made, name)
    if 0 <= at + by < len(made):
        made[at], made[at + by] = made[at + by], made[at]
    return made


def index(listed: list[Any], name: str) -> int:
    """Return the place of the part with this id; raises NotEdited without one."""
    for n, part in enumerate(listed):
        if part.get("id") == name:
            return n
    raise NotEdited(say("Bagian itu sudah tidak ada dalam draf. Muat ulang halaman."))


def remove_actor(tree: Tree, actor: str) -> Tree:
    """Return the tree without an actor; raises NotEdited while he is used."""
    listed = items(tree, "pelaksana")
    at = index(listed, actor)
    used = _uses(tree, actor)
    if used:
        raise NotEdited(
            say(
                "%(actor)s masih dipakai: %(places)s. Ganti di sana lebih dahulu, "
                "lalu hapus.",
                actor=words(listed[at].get("label")) or actor,
                places=joined(used, ", "),
            )
        )
    made = {**tree, "pelaksana": [*listed[:at], *listed[at + 1 :]]}
    settings = group(tree, "operasional")
    if actor in group(settings, "peran"):
        roles = {k: v for k, v in settings["peran"].items() if k != actor}
        made["operasional"] = {**settings, "peran": roles}
    return made


def _uses(tree: Tree, actor: str) -> list[str]:
    used: list[str] = [
        say("langkah %(n)s", n=step.get("nomor"))
        for step in items(tree, "langkah")
        if step.get("penanggung_jawab") == actor
        or any(o.get("pelaksana") == actor for o in items(step, "bersama"))
    ]
    signed = [thing.get("tanda_tangan") for thing in group(tree, "artefak").values()]
    if actor in signed:
        used.append(say("tanda tangan pada output"))
    settings = group(tree, "operasional")
    named = [
        group(settings, "verifikasi").get("oleh"),
        *(name for row in group(settings, "tembusan").values() for name in row or ()),
        *items(group(settings, "eskalasi"), "lewat_tenggat"),
    ]
    if actor in named:
        used.append(say("Pengaturan kantor"))
    return used
