"""What changed between two versions of an SOP, part by part, in sentences."""

from collections.abc import Iterator

from himpun.sop.model import Langkah, Part, Sop
from himpun.wording import Sentence, say

_PARTS = {
    "identitas": say("Identitas berubah"),
    "label": say("Judul kolom berubah"),
    "dasar_hukum": say("Dasar hukum berubah"),
    "kualifikasi": say("Kualifikasi pelaksana berubah"),
    "keterkaitan": say("Keterkaitan berubah"),
    "peralatan": say("Peralatan berubah"),
    "peringatan": say("Peringatan berubah"),
    "pencatatan": say("Pencatatan berubah"),
    "artefak": say("Output bertipe berubah"),
    "operasional": say("Pengaturan kantor berubah"),
}
_STEP = {
    "kegiatan": say("kegiatan"),
    "jenis": say("jenis"),
    "penanggung_jawab": say("penanggung jawab"),
    "bersama": say("pelaksana lain"),
    "kelengkapan": say("kelengkapan"),
    "waktu": say("waktu"),
    "output": say("output"),
    "ket": say("keterangan"),
    "berikut": say("langkah berikut"),
    "cabang": say("hasil keputusan"),
}


def changes(old: Sop, new: Sop) -> list[Sentence]:
    """Return a sentence for each part that differs; [] when both say the same."""
    return [*_changes(old, new)]


def _changes(old: Sop, new: Sop) -> Iterator[Sentence]:
    for part, sentence in _PARTS.items():
        if getattr(old, part) != getattr(new, part):
            yield sentence
    yield from _actors(old, new)
    before = {step.id: step for step in old.langkah}
    after = {step.id: step for step in new.langkah}
    for step in new.langkah:
        if step.id not in before:
            yield say("Langkah %(n)s baru: %(what)s", n=step.nomor, what=_what(step))
        else:
            yield from _step(before[step.id], step)
    for step in old.langkah:
        if step.id not in after:
            yield say("Langkah %(n)s dihapus: %(what)s", n=step.nomor, what=_what(step))
    common = [name for name in before if name in after]
    if common != [name for name in after if name in before]:
        yield say("Urutan langkah berubah")


def _actors(old: Sop, new: Sop) -> Iterator[Sentence]:
    before = {actor.id: actor.label.teks for actor in old.pelaksana}
    after = {actor.id: actor.label.teks for actor in new.pelaksana}
    for name, label in after.items():
        if name not in before:
            yield say("Pelaksana baru: %(label)s", label=label)
        elif before[name] != label:
            yield say("Pelaksana %(old)s menjadi %(new)s", old=before[name], new=label)
    for name, label in before.items():
        if name not in after:
            yield say("Pelaksana dihapus: %(label)s", label=label)


def _step(old: Langkah, new: Langkah) -> Iterator[Sentence]:
    for part, name in _STEP.items():
        if getattr(old, part) != getattr(new, part):
            was, now = _told(getattr(old, part)), _told(getattr(new, part))
            if was and now and was != now:
                yield say(
                    "Langkah %(n)s, %(part)s: dari %(old)s menjadi %(new)s",
                    n=new.nomor,
                    part=name,
                    old=was,
                    new=now,
                )
            else:
                yield say("Langkah %(n)s, %(part)s berubah", n=new.nomor, part=name)


def _told(value: object) -> str:
    """Return a value that a sentence can hold in quotation marks; "" for others."""
    text = getattr(value, "teks", "") if isinstance(value, Part) else ""
    return f'"{text}"' if text else ""


def _what(step: Langkah) -> str:
    return step.kegiatan.teks
