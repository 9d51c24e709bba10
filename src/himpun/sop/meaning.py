"""What the parts of an SOP mean together, the way through its steps apart.

Codes E01, E02, E05, E11, E14, E15 and W02 to W05.
"""

import re
from collections.abc import Iterable, Iterator

from himpun.wording import say

from .findings import Path, Remark
from .model import Langkah, Sop
from .routing import named

_NIP = re.compile("[0-9]{18}")


def ids_used_twice(sop: Sop) -> Iterator[Remark]:
    """E01 for steps, actors, items of one step, findings on the source."""
    groups: list[tuple[Path, Iterable[str]]] = [
        (("pelaksana",), (actor.id for actor in sop.pelaksana)),
        (("langkah",), (step.id for step in sop.langkah)),
        (("temuan",), (oddity.id for oddity in sop.temuan)),
    ]
    for i, step in enumerate(sop.langkah):
        items = (item.id for item in step.kelengkapan.butir)
        groups.append((("langkah", i, "kelengkapan", "butir"), items))
    for place, ids in groups:
        seen: set[str] = set()
        for i, name in enumerate(ids):
            if name in seen:
                yield Remark(
                    "E01",
                    (*place, i, "id"),
                    say(
                        'Id "%(name)s" sudah dipakai bagian lain pada %(part)s. Beri '
                        "id yang berbeda.",
                        name=name,
                        part=place[0],
                    ),
                )
            seen.add(name)


def numbers(sop: Sop) -> Iterator[Remark]:
    """E02, at the first number out of line."""
    for i, step in enumerate(sop.langkah):
        if step.nomor != i + 1:
            yield Remark(
                "E02",
                ("langkah", i, "nomor"),
                say(
                    'Nomor langkah "%(step)s" tertulis %(number)s, seharusnya '
                    "%(right)s. Nomor langkah urut mulai dari 1 tanpa lompatan.",
                    step=step.id,
                    number=step.nomor,
                    right=i + 1,
                ),
            )
            return


def actors(sop: Sop) -> Iterator[Remark]:
    """E05, or else W04: columns that are missing, columns that nobody needs."""
    missing = [*_missing_columns(sop)]
    yield from missing
    if missing:
        return
    marked = {actor for step in sop.langkah for actor in _marked(step)}
    for i, column in enumerate(sop.pelaksana):
        if column.id not in marked:
            yield Remark(
                "W04",
                ("pelaksana", i),
                say(
                    'Kolom pelaksana "%(column)s" tidak ditandai pada langkah mana '
                    "pun. Hapus kolom itu atau tandai langkahnya.",
                    column=column.id,
                ),
            )


def unknown_actor(sop: Sop, path: Path, actor: str | None) -> Iterator[Remark]:
    """E05 when `actor` is not None and no column has this id."""
    if actor is not None and actor not in {column.id for column in sop.pelaksana}:
        yield Remark(
            "E05",
            path,
            say(
                'Pelaksana "%(actor)s" tidak memiliki kolom. Tambahkan pada bagian '
                "pelaksana atau pakai id kolom yang ada.",
                actor=actor,
            ),
        )


def _missing_columns(sop: Sop) -> Iterator[Remark]:
    for name, artefact in sop.artefak.items():
        place: Path = ("artefak", name, "tanda_tangan")
        yield from unknown_actor(sop, place, artefact.tanda_tangan)
    for i, step in enumerate(sop.langkah):
        place = ("langkah", i, "penanggung_jawab")
        yield from unknown_actor(sop, place, step.penanggung_jawab)
        for k, other in enumerate(step.bersama):
            place = ("langkah", i, "bersama", k, "pelaksana")
            yield from unknown_actor(sop, place, other.pelaksana)


def _marked(step: Langkah) -> tuple[str, ...]:
    return (step.penanggung_jawab, *(other.pelaksana for other in step.bersama))


def co_actors(sop: Sop) -> Iterator[Remark]:
    """E14 for an actor who stands twice in one row."""
    for i, step in enumerate(sop.langkah):
        row = _marked(step)
        for k, actor in enumerate(row[1:]):
            if actor in row[: k + 1]:
                yield Remark(
                    "E14",
                    ("langkah", i, "bersama", k, "pelaksana"),
                    say(
                        'Pelaksana "%(actor)s" ditandai dua kali pada %(step)s. '
                        "Sisakan satu tanda untuk setiap pelaksana.",
                        actor=actor,
                        step=named(step),
                    ),
                )


def activities(sop: Sop) -> Iterator[Remark]:
    """E15 for a step that does not say what is done."""
    for i, step in enumerate(sop.langkah):
        if not step.kegiatan.teks.strip():
            yield Remark(
                "E15",
                ("langkah", i, "kegiatan"),
                say(
                    "Kegiatan pada %(step)s kosong. Tulis apa yang dikerjakan.",
                    step=named(step),
                ),
            )


def artefacts(sop: Sop) -> Iterator[Remark]:
    """E11."""
    for i, step in enumerate(sop.langkah):
        uses: list[tuple[Path, str | None]] = [
            (("output", "artefak", k), name)
            for k, name in enumerate(step.output.artefak)
        ]
        uses += [
            (("kelengkapan", "butir", k, "dari"), item.dari)
            for k, item in enumerate(step.kelengkapan.butir)
        ]
        for inner, name in uses:
            if name is not None and name not in sop.artefak:
                yield Remark(
                    "E11",
                    ("langkah", i, *inner),
                    say(
                        '%(step)s menyebut artefak "%(name)s" yang tidak ada. '
                        "Tambahkan pada bagian artefak atau perbaiki namanya.",
                        step=named(step),
                        name=name,
                    ),
                )


def identity(sop: Sop) -> Iterator[Remark]:
    """W02 and W03."""
    if sop.identitas.tgl_efektif is None:
        yield Remark(
            "W02",
            ("identitas", "tgl_efektif"),
            say(
                "Tanggal efektif belum diisi, sehingga awal berlakunya SOP tidak "
                "tercetak. Isi setelah ditetapkan."
            ),
        )
    block = sop.identitas.pengesahan
    nip = block.nip.teks if block and block.nip else None
    if nip is not None and not _NIP.fullmatch(nip.replace(" ", "")):
        digits = sum(letter.isdigit() for letter in nip)
        yield Remark(
            "W03",
            ("identitas", "pengesahan", "nip"),
            say(
                "NIP pejabat yang mengesahkan berisi %(digits)s angka, padahal NIP "
                "terdiri atas 18 angka. Cocokkan dengan SK pejabat itu.",
                digits=digits,
            ),
        )


def empty_cells(sop: Sop) -> Iterator[Remark]:
    """W05."""
    for i, step in enumerate(sop.langkah):
        needs, output = step.kelengkapan, step.output
        filled = {
            "kelengkapan": bool(needs.teks and needs.butir),
            "waktu": step.waktu.asli != "",
            "output": bool(output.teks and output.artefak),
        }
        for part, is_filled in filled.items():
            if not is_filled:
                yield Remark(
                    "W05",
                    ("langkah", i, part),
                    say(
                        "Mutu baku %(part)s pada %(step)s kosong atau belum lengkap. "
                        "%(advice)s",
                        part=part,
                        step=named(step),
                        advice=_FILL[part],
                    ),
                )


_FILL = {
    "kelengkapan": say("Isi kelengkapan dengan teks dan butir yang dapat diperiksa."),
    "waktu": say("Isi waktu dengan teks seperti pada formulir."),
    "output": say("Isi output dengan teks dan hasil (artefak) yang dibuat."),
}
