"""The office's settings: that they speak of steps, actors and items that exist.

Codes E05, E06, E11, E12 and E15, all under `operasional`.
"""

from collections.abc import Iterator

from himpun.wording import Sentence, say

from .findings import Path, Remark
from .meaning import unknown_actor
from .model import Pengembalian, Sop
from .routing import Way, named

_NOT_ACTORS = {"penanggung_jawab", "atasan"}


def actors_named(sop: Sop) -> Iterator[Remark]:
    """E05 for roles, verifier, receivers of copies and who is told of lateness."""
    office = sop.operasional
    uses: list[tuple[Path, str]] = [(("peran", actor), actor) for actor in office.peran]
    if office.verifikasi:
        uses.append((("verifikasi", "oleh"), office.verifikasi.oleh))
    for step, receivers in office.tembusan.items():
        uses += [(("tembusan", step, k), actor) for k, actor in enumerate(receivers)]
    if office.eskalasi:
        told = enumerate(office.eskalasi.lewat_tenggat)
        uses += [
            (("eskalasi", "lewat_tenggat", k), actor)
            for k, actor in told
            if actor not in _NOT_ACTORS
        ]
    for inner, actor in uses:
        yield from unknown_actor(sop, ("operasional", *inner), actor)


def steps_named(sop: Sop) -> Iterator[Remark]:
    """E06 for steps, E11 for items of *kelengkapan*."""
    office = sop.operasional
    uses: list[tuple[Path, str]] = [
        (("tembusan", step), step) for step in office.tembusan
    ]
    uses += [(("per_unit", step), step) for step in office.per_unit]
    uses += [(("batas_putaran", step), step) for step in office.batas_putaran]
    if office.verifikasi:
        uses.append((("verifikasi", "pada"), office.verifikasi.pada))
    items = {
        step.id: {item.id for item in step.kelengkapan.butir} for step in sop.langkah
    }
    for k, exception in enumerate(office.tidak_berlaku):
        path: Path = ("tidak_berlaku", k, "butir")
        step, item = exception.langkah_dan_butir
        uses.append((path, step))
        if step in items and item not in items[step]:
            yield Remark(
                "E11",
                ("operasional", *path),
                say(
                    'Butir kelengkapan "%(item)s" tidak ada pada langkah %(step)s. '
                    "Pakai id butir yang ada.",
                    item=item,
                    step=step,
                ),
            )
    for inner, step in uses:
        if step not in items:
            yield Remark(
                "E06",
                ("operasional", *inner),
                say(
                    'Setelan menyebut "%(step)s", langkah yang tidak ada. Pakai id '
                    "langkah yang ada.",
                    step=step,
                ),
            )


def returns(sop: Sop, way: Way | None) -> Iterator[Remark]:
    """E12, and E15 for a right given twice; without a way only numbers count."""
    seen: set[tuple[str, str]] = set()
    for k, right in enumerate(sop.operasional.pengembalian):
        path: Path = ("operasional", "pengembalian", k)
        if wrong := _wrong_return(sop, way, right):
            part, sentence = wrong
            yield Remark("E12", (*path, part), sentence)
        if (right.dari, right.ke) in seen:
            yield Remark(
                "E15",
                path,
                say(
                    "Pengembalian dari %(source)s ke %(target)s tertulis dua kali. "
                    "Hapus salah satunya.",
                    source=right.dari,
                    target=right.ke,
                ),
            )
        seen.add((right.dari, right.ke))


def round_limits(sop: Sop, way: Way | None) -> Iterator[Remark]:
    """E12 for a cap on rounds of a step to which no decision leads back."""
    if way is None:
        return
    decided = {(step.id, branch.ke) for step in sop.langkah for branch in step.cabang}
    steps = {step.id: step for step in sop.langkah}
    for name in sop.operasional.batas_putaran:
        later = way.flow.reached([name]) if name in steps else set()
        if name in steps and not any(to == name and by in later for by, to in decided):
            yield Remark(
                "E12",
                ("operasional", "batas_putaran", name),
                say(
                    "Batas putaran pada %(step)s tidak pernah berlaku: tidak ada "
                    "keputusan yang kembali ke langkah itu. Hapus batasnya, atau pakai "
                    "id langkah yang dituju cabang mundur.",
                    step=named(steps[name]),
                ),
            )


def links(sop: Sop) -> Iterator[Remark]:
    """E11 for artefacts carried on that do not exist; E15, E12 for the SOPs named.

    Whether the other SOP has the item is seen at the office that has adopted both.
    """
    seen: set[str] = set()
    for k, link in enumerate(sop.operasional.terkait):
        path: Path = ("operasional", "terkait", k)
        for name in link.bawa:
            if name not in sop.artefak:
                yield Remark(
                    "E11",
                    (*path, "bawa", name),
                    say(
                        'Keterkaitan membawa artefak "%(name)s" yang tidak ada. '
                        "Tambahkan pada bagian artefak atau perbaiki namanya.",
                        name=name,
                    ),
                )
        if link.sop in seen:
            yield Remark(
                "E15",
                (*path, "sop"),
                say(
                    "Keterkaitan dengan %(sop)s tertulis dua kali. Satukan isinya.",
                    sop=link.sop,
                ),
            )
        if link.sop == sop.id:
            yield Remark(
                "E12",
                (*path, "sop"),
                say(
                    "SOP ini terkait dengan dirinya sendiri. Pakai id SOP lain, atau "
                    "jadwal bila kasus berikutnya dibuka menurut waktu."
                ),
            )
        seen.add(link.sop)


def papers(sop: Sop) -> Iterator[Remark]:
    """E11 for papers of the plan that are no artefact; E12 where they cannot be made.

    One concept, alone the result of its step, comes before one paper that the actor of
    its step signs.
    """
    named = sop.operasional.kertas
    for name in named:
        if name not in sop.artefak:
            yield Remark(
                "E11",
                ("operasional", "kertas", name),
                say(
                    'Kertas rencana menyebut artefak "%(name)s" yang tidak ada. Pakai '
                    "nama artefak yang ada.",
                    name=name,
                ),
            )
    if named and all(name in sop.artefak for name in named):
        wrong = _wrong_papers(sop)
        if wrong:
            yield Remark("E12", ("operasional", "kertas"), wrong)


def _wrong_papers(sop: Sop) -> Sentence | None:
    office, named = sop.operasional, sop.operasional.kertas
    if office.verifikasi:
        return say(
            "SOP yang memeriksa nilai menandatangani Laporan Kinerja. Pakai SOP sendiri "
            "untuk kertas rencana, atau hapus setelan kertas."
        )
    steps = {name: s for s in sop.langkah for name in s.output.artefak if name in named}
    concepts = [n for n in named if sop.artefak[n].tanda_tangan is None]
    signed = [n for n in named if n not in concepts]
    whole = (
        len(concepts) == len(signed) == 1
        and len(set(named.values())) == 1
        and all(sop.artefak[n].jenis == "dokumen" and n in steps for n in named)
    )
    if not whole:
        return say(
            "Kertas rencana terdiri atas satu dokumen konsep tanpa tanda tangan dan satu "
            "dokumen bertanda tangan dari kertas yang sama, keduanya hasil sebuah langkah."
        )
    [concept], [paper] = concepts, signed
    made, done = steps[concept], steps[paper]
    if len(made.output.artefak) > 1 or sop.langkah.index(made) >= sop.langkah.index(
        done
    ):
        return say(
            "Konsep kertas rencana adalah satu-satunya hasil langkahnya, sebelum langkah "
            "yang menandatanganinya."
        )
    if sop.artefak[paper].tanda_tangan != done.penanggung_jawab:
        return say(
            "Kertas rencana ditandatangani pelaksana langkahnya. Samakan penanda tangan "
            "dengan pelaksana langkah itu."
        )
    return None


def _wrong_return(
    sop: Sop, way: Way | None, right: Pengembalian
) -> tuple[str, Sentence] | None:
    steps = {step.id: step for step in sop.langkah}
    for part, name in (("dari", right.dari), ("ke", right.ke)):
        if name not in steps:
            return part, say(
                'Pengembalian menyebut "%(name)s", langkah yang tidak ada. Pakai '
                "id langkah yang ada.",
                name=name,
            )
    source, target = steps[right.dari], steps[right.ke]
    earlier = sop.langkah.index(target) < sop.langkah.index(source)
    if way and earlier:
        leads = source.id in way.flow.reached([target.id])
        earlier = leads and not _side_by_side(way, source.id, target.id)
    if earlier:
        return None
    return "ke", say(
        "Pengembalian dari %(source)s ke %(target)s tidak mundur. Langkah tujuan "
        "harus lebih awal pada jalan yang sama.",
        source=named(source),
        target=named(target),
    )


def _side_by_side(way: Way, one: str, other: str) -> bool:
    """Say whether two steps lie on different branches of one parallel block."""
    for block in way.blocks:
        places = [
            [k for k, branch in enumerate(block.branches) if step in branch.members]
            for step in (one, other)
        ]
        if all(places) and places[0] != places[1]:
            return True
    return False
