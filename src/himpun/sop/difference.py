"""What changed between two versions of an SOP, part by part, in the words of the form.

Steps, actors, items and artefacts are compared by their ids: an id is the memory of a
part, a number only its place on paper. Whatever changes the fingerprint gives at least
one change; what the office may set without signing anew is told apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from himpun.wording import Sentence, joined, say

from .model import Artefak, Bersama, Butir, Langkah, Part, Sop


class Kind(StrEnum):
    """What happened to a part."""

    ADDED = "ditambah"
    REMOVED = "dihapus"
    CHANGED = "diubah"
    MOVED = "dipindah"


@dataclass(frozen=True)
class Change:
    """One change: to which part, of which step ("" when of none), in a sentence.

    ``part`` and ``name`` say the same in both directions; ``signed`` is False for the
    office's settings, which do not change the signed document.
    """

    kind: Kind
    part: str
    name: str
    sentence: Sentence
    step: str = ""
    signed: bool = True


IDENTITY = {
    "instansi": say("Instansi"),
    "alamat": say("Alamat"),
    "judul_kop": say("Judul kop"),
    "nomor": say("Nomor SOP"),
    "tgl_pembuatan": say("Tgl. Pembuatan"),
    "tgl_revisi": say("Tgl. Revisi"),
    "tgl_efektif": say("Tgl. Efektif"),
    "disahkan_oleh": say("Disahkan oleh"),
    "nama": say("Nama SOP"),
    "judul_tabel": say("Judul tabel"),
    "pengesahan": say("Pengesahan"),
}
LISTS = {
    "dasar_hukum": say("Dasar hukum"),
    "kualifikasi": say("Kualifikasi pelaksana"),
    "keterkaitan": say("Keterkaitan"),
    "peringatan": say("Peringatan"),
    "pencatatan": say("Pencatatan dan pendataan"),
}
FILE = {
    "id": say("Nama berkas SOP"),
    "versi": say("Nomor versi berkas"),
    "sumber": say("Naskah sumber"),
}
CELLS = {
    "jenis": say("Jenis"),
    "kegiatan": say("Kegiatan"),
    "penanggung_jawab": say("Pelaksana"),
    "waktu": say("Waktu"),
    "output": say("Output"),
    "ket": say("Keterangan"),
    "berikut": say("Langkah berikut"),
}
SETTINGS = {
    "tafsir_hari": say("arti satu hari"),
    "kalender": say("kalender"),
    "peran": say("jabatan setiap pelaksana"),
    "jadwal": say("jadwal mulai"),
    "verifikasi": say("verifikasi"),
    "pengembalian": say("pengembalian"),
    "batas_putaran": say("batas putaran"),
    "tembusan": say("tembusan"),
    "per_unit": say("pengumpulan per unit"),
    "tidak_berlaku": say("butir yang tidak berlaku"),
    "eskalasi": say("peringatan dan eskalasi"),
    "terkait": say("SOP terkait"),
    "mendahului": say("mulai sebelum periodenya"),
    "kertas": say("kertas rencana"),
}
STEP, ACTOR, ARTEFACT = "langkah", "pelaksana", "artefak"


def difference(old: Sop, new: Sop) -> tuple[Change, ...]:
    """Return the changes from `old` to `new`, in the order of the form."""
    return (
        *_fields(old.identitas, new.identitas, IDENTITY, "identitas"),
        *_labels(old, new),
        *(c for name in LISTS for c in _list(old, new, name)),
        *_equipment(old, new),
        *_actors(old, new),
        *_steps(old, new),
        *_artefacts(old, new),
        *_fields(old, new, FILE, "berkas"),
        *_settings(old, new),
    )


def _words(value: object) -> str:
    """Return what stands in a cell; a text, a date, several of them, or a name."""
    if isinstance(value, tuple):
        return "; ".join(filter(None, map(_words, value)))
    if isinstance(value, Part):
        text = getattr(value, "teks", None)
        if isinstance(text, str):
            return text
        named = (getattr(value, name) for name in type(value).model_fields)
        return "; ".join(filter(None, map(_words, named)))
    return "" if value is None else str(value)


def _replaced(what: str, old: object, new: object) -> Sentence:
    """Say that one wording took the place of another."""
    before, now = _words(old), _words(new)
    if before == now:
        return say(
            "%(what)s: rincian atau ejaan naskah asli berubah, bunyinya tetap.",
            what=what,
        )
    return say(
        '%(what)s: "%(old)s" menjadi "%(new)s".',
        what=what,
        old=before or say("kosong"),
        new=now or say("kosong"),
    )


def _fields(
    old: Part, new: Part, words: Mapping[str, Sentence], part: str
) -> Iterator[Change]:
    for name, what in words.items():
        before, now = getattr(old, name), getattr(new, name)
        if before != now:
            yield Change(Kind.CHANGED, part, name, _replaced(what, before, now))


def _labels(old: Sop, new: Sop) -> Iterator[Change]:
    for name in type(old.label).model_fields:
        before, now = getattr(old.label, name), getattr(new.label, name)
        if before != now:
            what = say("Judul kolom atau bagian")
            sentence = _replaced(what, before, now)
            yield Change(Kind.CHANGED, "label", name, sentence)


def _list(old: Sop, new: Sop, name: str) -> Iterator[Change]:
    before, now = getattr(old, name), getattr(new, name)
    found = list(_lines(LISTS[name], name, before, now))
    yield from found
    if before != now and not found:
        sentence = say(
            "%(what)s: urutan, rujukan, atau ejaan naskah asli berubah.",
            what=LISTS[name],
        )
        yield Change(Kind.CHANGED, name, "", sentence)


def _lines(
    what: str, part: str, old: Sequence[Part], new: Sequence[Part]
) -> Iterator[Change]:
    before, now = [_words(line) for line in old], [_words(line) for line in new]
    for text in dict.fromkeys(before):
        if text not in now:
            sentence = say('%(what)s: "%(text)s" dihapus.', what=what, text=text)
            yield Change(Kind.REMOVED, part, text, sentence)
    for text in dict.fromkeys(now):
        if text not in before:
            sentence = say('%(what)s: "%(text)s" ditambah.', what=what, text=text)
            yield Change(Kind.ADDED, part, text, sentence)


def _equipment(old: Sop, new: Sop) -> Iterator[Change]:
    what = say("Peralatan dan perlengkapan")
    before, now = old.peralatan, new.peralatan
    found = list(_lines(what, "peralatan", before.butir, now.butir))
    yield from found
    if before != now and not found:
        sentence = _replaced(what, before, now)
        yield Change(Kind.CHANGED, "peralatan", "", sentence)


def _actors(old: Sop, new: Sop) -> Iterator[Change]:
    before = {actor.id: actor.label for actor in old.pelaksana}
    now = {actor.id: actor.label for actor in new.pelaksana}
    for name, label in before.items():
        if name not in now:
            sentence = say('Kolom pelaksana "%(name)s" dihapus.', name=label.teks)
            yield Change(Kind.REMOVED, ACTOR, name, sentence)
        elif label != now[name]:
            sentence = _replaced(say("Kolom pelaksana"), label, now[name])
            yield Change(Kind.CHANGED, ACTOR, name, sentence)
    for name, label in now.items():
        if name not in before:
            sentence = say('Kolom pelaksana "%(name)s" ditambah.', name=label.teks)
            yield Change(Kind.ADDED, ACTOR, name, sentence)
    for name in _moved(list(before), list(now)):
        sentence = say('Kolom pelaksana "%(name)s" pindah.', name=now[name].teks)
        yield Change(Kind.MOVED, ACTOR, name, sentence)


def _moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return those of both that do not stand in the same order."""
    before = [name for name in old if name in new]
    now = [name for name in new if name in old]
    runs = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    kept = {name for run in runs for name in before[run.a : run.a + run.size]}
    return [name for name in now if name not in kept]


def _steps(old: Sop, new: Sop) -> Iterator[Change]:
    before = {step.id: step for step in old.langkah}
    now = {step.id: step for step in new.langkah}
    moved = set(_moved(list(before), list(now)))
    for name, step in before.items():
        if name not in now:
            yield _whole(Kind.REMOVED, step)
    for name, step in now.items():
        if name not in before:
            yield _whole(Kind.ADDED, step)
            continue
        found = [] if name not in moved else [_place(before[name], step)]
        found += _step(old, new, before[name], step)
        alike = before[name].model_copy(update={"nomor": step.nomor}) == step
        if not found and not alike:
            found.append(_cell(step, "rincian", _replaced(say("Rincian"), None, None)))
        yield from found
    if not moved and before.keys() == now.keys():
        yield from (
            _place(before[name], step)
            for name, step in now.items()
            if before[name].nomor != step.nomor
        )


def _whole(kind: Kind, step: Langkah) -> Change:
    text = {
        Kind.ADDED: say("Langkah %(n)s ditambah: %(work)s."),
        Kind.REMOVED: say("Langkah %(n)s dihapus: %(work)s."),
    }[kind]
    sentence = say(text, n=step.nomor, work=step.kegiatan.teks)
    return Change(kind, STEP, step.id, sentence, step.id)


def _place(old: Langkah, new: Langkah) -> Change:
    sentence = say(
        "Langkah %(old)s pindah menjadi langkah %(new)s: %(work)s.",
        old=old.nomor,
        new=new.nomor,
        work=new.kegiatan.teks,
    )
    return Change(Kind.MOVED, STEP, new.id, sentence, new.id)


def _step(old: Sop, new: Sop, before: Langkah, now: Langkah) -> list[Change]:
    """Return what changed in a step that both have."""
    found = []
    for name, what in CELLS.items():
        was, comes = getattr(before, name), getattr(now, name)
        if was != comes:
            sentence = _replaced(what, _told(old, name, was), _told(new, name, comes))
            found.append(_cell(now, name, sentence))
    found += _co_actors(old, new, before, now)
    found += _outcomes(old, new, before, now)
    return found + list(_needs(before, now))


def _told(sop: Sop, cell: str, value: object) -> object:
    """Return a cell as the form shows it: names for ids."""
    if cell == "penanggung_jawab":
        return _label(sop, str(value))
    if cell == "berikut" and isinstance(value, tuple):
        return "; ".join(_number(sop, step) for step in value)
    if cell == "output" and not _words(value):
        names = getattr(value, "artefak", ())
        return "; ".join(sop.artefak[a].nama.teks for a in names if a in sop.artefak)
    return value


def _label(sop: Sop, actor: str) -> str:
    return next((a.label.teks for a in sop.pelaksana if a.id == actor), actor)


def _number(sop: Sop, step: str) -> str:
    """Return a step's number and words: numbers alone may stay when the step changes."""
    found = (f"{s.nomor}. {s.kegiatan.teks}" for s in sop.langkah if s.id == step)
    return next(found, step)


def _cell(
    step: Langkah, name: str, what: Sentence, kind: Kind = Kind.CHANGED
) -> Change:
    """Return a change in a step, the step's number before it."""
    number = say("Langkah %(n)s", n=step.nomor)
    return Change(kind, STEP, name, joined([number, what], ". "), step.id)


def _co_actors(old: Sop, new: Sop, before: Langkah, now: Langkah) -> Iterator[Change]:
    was: dict[str, Bersama] = {other.pelaksana: other for other in before.bersama}
    comes: dict[str, Bersama] = {other.pelaksana: other for other in now.bersama}
    for actor, other in was.items():
        name = f"bersama.{actor}"
        values = {"who": _label(old, actor), "way": other.cara}
        if actor not in comes:
            sentence = say("%(who)s (%(way)s) tidak ikut lagi.", **values)
            yield _cell(now, name, sentence, Kind.REMOVED)
        elif other != comes[actor]:
            sentence = say(
                '%(who)s: "%(way)s" menjadi "%(new)s".',
                **values,
                new=comes[actor].cara,
            )
            yield _cell(now, name, sentence)
    for actor, other in comes.items():
        if actor not in was:
            sentence = say(
                "%(who)s (%(way)s) ikut.", who=_label(new, actor), way=other.cara
            )
            yield _cell(now, f"bersama.{actor}", sentence, Kind.ADDED)
    for actor in _moved(list(was), list(comes)):
        sentence = say("Urutan %(who)s berubah.", who=_label(new, actor))
        yield _cell(now, f"bersama.{actor}", sentence, Kind.MOVED)


def _outcomes(old: Sop, new: Sop, before: Langkah, now: Langkah) -> Iterator[Change]:
    was = {branch.hasil: branch.ke for branch in before.cabang}
    comes = {branch.hasil: branch.ke for branch in now.cabang}
    for name, to in was.items():
        values = {"name": name, "to": _number(old, to)}
        if name not in comes:
            sentence = say('Hasil "%(name)s" (ke "%(to)s") dihapus.', **values)
            yield _cell(now, f"cabang.{name}", sentence, Kind.REMOVED)
        elif to != comes[name]:
            sentence = say(
                'Hasil "%(name)s": ke "%(to)s" menjadi ke "%(new)s".',
                **values,
                new=_number(new, comes[name]),
            )
            yield _cell(now, f"cabang.{name}", sentence)
    for name, to in comes.items():
        if name not in was:
            sentence = say(
                'Hasil "%(name)s" (ke "%(to)s") ditambah.',
                name=name,
                to=_number(new, to),
            )
            yield _cell(now, f"cabang.{name}", sentence, Kind.ADDED)


def _needs(before: Langkah, now: Langkah) -> Iterator[Change]:
    was: dict[str, Butir] = {item.id: item for item in before.kelengkapan.butir}
    comes: dict[str, Butir] = {item.id: item for item in now.kelengkapan.butir}
    what = say("Kelengkapan")
    found = []
    for name, item in was.items():
        if name not in comes:
            text = say('Kelengkapan "%(name)s" dihapus.', name=item.nama.teks)
            found.append(_cell(now, f"butir.{name}", text, Kind.REMOVED))
        elif item != comes[name]:
            found.append(_cell(now, f"butir.{name}", _item(item, comes[name])))
    for name, item in comes.items():
        if name not in was:
            text = say('Kelengkapan "%(name)s" ditambah.', name=item.nama.teks)
            found.append(_cell(now, f"butir.{name}", text, Kind.ADDED))
    yield from found
    if before.kelengkapan != now.kelengkapan and not found:
        text = _replaced(what, before.kelengkapan, now.kelengkapan)
        yield _cell(now, "kelengkapan", text)


def _item(old: Butir, new: Butir) -> Sentence:
    """Say what changed of a thing that a step needs."""
    if old.nama != new.nama:
        return _replaced(say("Kelengkapan"), old.nama, new.nama)
    text = say('Kelengkapan "%(name)s" kini diambil dari tempat lain.')
    if old.wajib != new.wajib:
        text = say('Kelengkapan "%(name)s" tidak wajib lagi.')
        if new.wajib:
            text = say('Kelengkapan "%(name)s" menjadi wajib.')
    return say(text, name=new.nama.teks)


def _artefacts(old: Sop, new: Sop) -> Iterator[Change]:
    for name in dict.fromkeys((*old.artefak, *new.artefak)):
        before, now = old.artefak.get(name), new.artefak.get(name)
        if before is None and now:
            text = say('Hasil kerja "%(name)s" ditambah.', name=now.nama.teks)
            yield Change(Kind.ADDED, ARTEFACT, name, text)
        elif now is None and before:
            text = say('Hasil kerja "%(name)s" dihapus.', name=before.nama.teks)
            yield Change(Kind.REMOVED, ARTEFACT, name, text)
        elif before and now and before != now:
            yield Change(Kind.CHANGED, ARTEFACT, name, _artefact(before, now))


def _artefact(old: Artefak, new: Artefak) -> Sentence:
    if old.nama != new.nama:
        return _replaced(say("Hasil kerja"), old.nama, new.nama)
    text = say('Hasil kerja "%(name)s": jenis atau bentuknya berubah.')
    if old.tanda_tangan != new.tanda_tangan:
        text = say('Hasil kerja "%(name)s": penanda tangannya berubah.')
    return say(text, name=new.nama.teks)


def _settings(old: Sop, new: Sop) -> Iterator[Change]:
    for name, what in SETTINGS.items():
        if getattr(old.operasional, name) != getattr(new.operasional, name):
            text = say("Setelan kantor berubah: %(what)s.", what=what)
            yield Change(Kind.CHANGED, "setelan", name, text, signed=False)
    if old.temuan != new.temuan:
        text = say("Catatan temuan pada naskah berubah.")
        yield Change(Kind.CHANGED, "temuan", "", text, signed=False)
