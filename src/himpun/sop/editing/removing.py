"""Parts taken away: what named them is refused, led on, or told; nothing is left dangling.

Settings that name a step refuse: they say what the office does in it. Arrows lead on to
where it led. What then still has to be decided is told by `left_behind`.
"""

from collections.abc import Iterator
from typing import Any

from himpun.wording import Sentence, joined, say

from . import links
from .actors import index
from .rows import ENDS, as_written, loose_things, numbered, targets
from .steps import called
from .values import NotEdited, Tree, group, items, words

_OUTCOME = say(
    'Hasil keputusan "%(name)s" pada langkah %(n)s kini belum bertujuan. Pilih langkahnya.'
)


def remove_step(tree: Tree, step: str) -> Tree:
    """Return the tree without a step; arrows to it lead to where it led.

    Raises NotEdited while the office's settings name it, with each of them.
    """
    steps = items(tree, "langkah")
    gone = steps[index(steps, step)]
    places = [*_settings(tree, gone)]
    if places:
        raise NotEdited(
            say(
                "Langkah %(n)s masih disebut di Pengaturan kantor: %(places)s. Ubah di "
                "sana lebih dahulu, lalu hapus.",
                n=gone.get("nomor"),
                places=joined(places, ", "),
            )
        )
    onward = [name for name in targets(gone) if name != step]
    kept = [_past(other, step, onward) for other in steps if other["id"] != step]
    kind = gone.get("jenis")
    if kept and kind in ENDS:
        end = 0 if kind == "mulai" else -1
        if kept[end].get("jenis") == "proses":
            kept[end] = {**kept[end], "jenis": kind}
    made = numbered(_without_outputs(tree, gone, kept), kept)
    return _settled(made, step)


def _settings(tree: Tree, step: Tree) -> Iterator[Sentence]:
    """Name each setting that speaks of a step or of what only this step brings forth."""
    of, name = group(tree, "operasional"), step["id"]
    returns = items(of, "pengembalian")
    excepted = [str(row.get("butir")) for row in items(of, "tidak_berlaku")]
    named = {
        say("Pemeriksaan nilai"): [group(of, "verifikasi").get("pada")],
        say("Pengembalian"): [
            row.get(end) for row in returns for end in ("dari", "ke")
        ],
        say("Batas putaran keputusan"): [*group(of, "batas_putaran")],
        say("Dikerjakan per unit"): [*group(of, "per_unit")],
        say("Tembusan"): [*group(of, "tembusan")],
        say("Butir yang tidak berlaku"): [path.partition(".")[0] for path in excepted],
    }
    yield from (place for place, names in named.items() if name in names)
    own = _own(tree, step)
    if any(links.carries(of, thing) for thing in own):
        yield say("Hasil yang dibawa ke SOP lain")
    if own.intersection(group(of, "kertas")):
        yield say("Kertas rencana")


def _own(tree: Tree, step: Tree) -> set[str]:
    """Return the things that this step alone brings forth."""
    others = {
        name
        for other in items(tree, "langkah")
        if other["id"] != step["id"]
        for name in items(group(other, "output"), "artefak")
    }
    return set(items(group(step, "output"), "artefak")) - others


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
        to = onward[0] if len(onward) == 1 and onward[0] != step["id"] else None
        made["cabang"] = [
            {**branch, "ke": to if branch.get("ke") == gone else branch.get("ke")}
            for branch in items(step, "cabang")
        ]
    return made


def _without_outputs(tree: Tree, gone: Tree, kept: list[Any]) -> Tree:
    """Return the tree without the things that only the removed step had to do with."""
    needed = {
        item.get("dari")
        for step in kept
        for item in items(group(step, "kelengkapan"), "butir")
    }
    own = _own(tree, gone) - needed
    things = {k: v for k, v in group(tree, "artefak").items() if k not in own}
    return {**tree, "artefak": things}


def _settled(tree: Tree, step: str) -> Tree:
    """Return the tree with the oddities of a removed row settled: it says nothing now."""
    places = (f"langkah.{step}", f"langkah.{step}.")
    made = []
    for found in items(tree, "temuan"):
        at = str(found.get("di"))
        if (at == places[0] or at.startswith(places[1])) and _is_open(found):
            why = say("langkah ini dihapus oleh kantor")
            made.append({**found, "tafsir": why, "status": "dipakai"})
        else:
            made.append(found)
    return {**tree, "temuan": made} if "temuan" in tree else tree


def _is_open(found: Tree) -> bool:
    return found.get("status") == "perlu-konfirmasi"


def left_behind(before: Tree, after: Tree) -> list[Sentence]:
    """Return what the removal of a step changed elsewhere, a sentence for each."""
    return [
        *_arrows(before, after),
        *_sources(before, after),
        *_oddities(before, after),
    ]


def _arrows(before: Tree, after: Tree) -> Iterator[Sentence]:
    old = {step["id"]: step for step in items(before, "langkah")}
    new = {step["id"]: step for step in items(after, "langkah")}
    for name, step in new.items():
        for branch, was in zip(
            items(step, "cabang"), items(old[name], "cabang"), strict=True
        ):
            to = branch.get("ke")
            if was.get("ke") and not to:
                yield say(_OUTCOME, name=words(branch.get("hasil")), n=step["nomor"])
            elif was.get("ke") != to:
                yield say(
                    'Hasil keputusan "%(name)s" kini menuju langkah %(to)s.',
                    name=words(branch.get("hasil")),
                    to=called(new[to]),
                )
        onward = targets(step)
        if onward and onward != targets(old[name]):
            to = joined([called(new[to]) for to in onward], "; ")
            yield say("Langkah %(n)s kini menuju %(to)s.", n=step["nomor"], to=to)
        elif targets(old[name]) and not onward:
            yield say("Langkah %(n)s kini tidak menuju langkah lain.", n=step["nomor"])


def _sources(before: Tree, after: Tree) -> Iterator[Sentence]:
    known = loose_things(before)
    for name, thing in loose_things(after).items():
        if name not in known:
            yield say(
                '"%(name)s" kini tidak dibuat oleh langkah mana pun, tetapi masih '
                "menjadi kelengkapan. Periksa butirnya.",
                name=words(thing.get("nama")) or name,
            )


def _oddities(before: Tree, after: Tree) -> Iterator[Sentence]:
    closed = sum(map(_is_open, items(before, "temuan"))) - sum(
        map(_is_open, items(after, "temuan"))
    )
    if closed:
        yield say("%(n)s temuan pada langkah itu ditutup.", n=closed)


def remove_thing(tree: Tree, thing: str) -> Tree:
    """Return the tree without a thing; what was said to come from it no longer does.

    Raises NotEdited while it is carried to another SOP.
    """
    known = group(tree, "artefak")
    if links.carries(group(tree, "operasional"), thing):
        raise NotEdited(
            say(
                '"%(name)s" masih dibawa ke SOP lain di Pengaturan kantor. Ubah di sana '
                "lebih dahulu, lalu hapus.",
                name=words(known.get(thing, {}).get("nama")) or thing,
            )
        )
    if thing in group(group(tree, "operasional"), "kertas"):
        raise NotEdited(
            say(
                '"%(name)s" masih menjadi kertas rencana di Pengaturan kantor. Ubah di '
                "sana lebih dahulu, lalu hapus.",
                name=words(known.get(thing, {}).get("nama")) or thing,
            )
        )
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
    things = {k: v for k, v in known.items() if k != thing}
    return {**tree, "langkah": steps, "artefak": things}
