"""What the parts of an SOP mean together, the way through its steps apart.

Codes E01, E02, E05, E11, E14 and W02 to W05.
"""

import re
from collections.abc import Iterable, Iterator

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
                    f'Id "{name}" sudah dipakai bagian lain pada {place[0]}. Beri id '
                    "yang berbeda.",
                )
            seen.add(name)


def numbers(sop: Sop) -> Iterator[Remark]:
    """E02, at the first number out of line."""
    for i, step in enumerate(sop.langkah):
        if step.nomor != i + 1:
            yield Remark(
                "E02",
                ("langkah", i, "nomor"),
                f'Nomor langkah "{step.id}" tertulis {step.nomor}, seharusnya {i + 1}. '
                "Nomor langkah urut mulai dari 1 tanpa lompatan.",
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
                f'Kolom pelaksana "{column.id}" tidak ditandai pada langkah mana pun. '
                "Hapus kolom itu atau tandai langkahnya.",
            )


def unknown_actor(sop: Sop, path: Path, actor: str | None) -> Iterator[Remark]:
    """E05 when `actor` is not None and no column has this id."""
    if actor is not None and actor not in {column.id for column in sop.pelaksana}:
        yield Remark(
            "E05",
            path,
            f'Pelaksana "{actor}" tidak memiliki kolom. Tambahkan pada bagian '
            "pelaksana atau pakai id kolom yang ada.",
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
                    f'Pelaksana "{actor}" ditandai dua kali pada {named(step)}. '
                    "Sisakan satu tanda untuk setiap pelaksana.",
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
                    f'{named(step)} menyebut artefak "{name}" yang tidak '
                    "ada. Tambahkan pada bagian artefak atau perbaiki namanya.",
                )


def identity(sop: Sop) -> Iterator[Remark]:
    """W02 and W03."""
    if sop.identitas.tgl_efektif is None:
        yield Remark(
            "W02",
            ("identitas", "tgl_efektif"),
            "Tanggal efektif belum diisi, sehingga awal berlakunya SOP tidak "
            "tercetak. Isi setelah ditetapkan.",
        )
    block = sop.identitas.pengesahan
    nip = block.nip.teks if block and block.nip else None
    if nip is not None and not _NIP.fullmatch(nip.replace(" ", "")):
        digits = sum(letter.isdigit() for letter in nip)
        yield Remark(
            "W03",
            ("identitas", "pengesahan", "nip"),
            f"NIP pejabat yang mengesahkan berisi {digits} angka, padahal NIP terdiri "
            "atas 18 angka. Cocokkan dengan SK pejabat itu.",
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
                    f"Mutu baku {part} pada {named(step)} kosong atau belum lengkap. "
                    f"Isi {part} dengan teks{_WITH[part]}.",
                )


_WITH = {
    "kelengkapan": " dan butir yang dapat diperiksa",
    "waktu": " seperti pada formulir",
    "output": " dan artefak yang dihasilkan",
}
