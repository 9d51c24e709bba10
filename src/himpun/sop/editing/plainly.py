"""Errors of the file in the words of the form: who fills in fields knows no keys."""

import re
from collections.abc import Iterator

from himpun.sop.findings import Finding
from himpun.wording import Sentence, joined, opened, say

from .values import Tree, group, items, words

_TOKENS = re.compile(r"[^.\[\]]+")
_GROUPS = {
    "tidak_berlaku": say("Butir yang tidak berlaku"),
    "pengembalian": say("Pengembalian"),
    "batas_putaran": say("Batas putaran keputusan"),
    "per_unit": say("Dikerjakan per unit"),
    "tembusan": say("Tembusan"),
    "verifikasi": say("Pemeriksaan nilai"),
    "jadwal": say("Waktu dan jadwal"),
    "kalender": say("Nama kalender kerja"),
    "terkait": say("SOP yang terkait"),
    "kertas": say("Kertas rencana"),
    "peran": say("Jabatan setiap pelaksana"),
    "artefak": say("Hasil"),
    "pelaksana": say("Pelaksana"),
    "identitas": say("Identitas"),
    "pengesahan": say("Pengesahan"),
    "kelengkapan": say("Kelengkapan"),
    "bersama": say("Pelaksana lain"),
    "cabang": say("Hasil keputusan"),
    "berikut": say("Langkah berikut"),
    "waktu": say("Waktu baku"),
    "label": say("Judul bagian dan kolom"),
}
_FIELDS = {
    "alasan": say("Alasan"),
    "periode": say("jenis periode"),
    "butir": say("Butir"),
    "pada": say("langkahnya"),
    "oleh": say("pemeriksanya"),
    "dari": say("Dari"),
    "ke": say("tujuannya"),
    "maks": say("Paling banyak berapa kali"),
    "mulai": say("Hari kerja ke berapa"),
    "minimum": say("Jumlah unit"),
    "bentuk": say("bentuknya (Digital, Cetak, Fisik)"),
    "nama": say("Nama"),
    "nip": say("NIP"),
    "nomor": say("Nomor"),
    "tanggal": say("Tanggal"),
    "tgl_pembuatan": say("Tanggal pembuatan"),
    "tgl_revisi": say("Tanggal revisi"),
    "tgl_efektif": say("Tanggal efektif"),
    "id": say("Kode SOP"),
    "versi": say("Versi naskah"),
}
_WHOLE = (
    (
        re.compile(r"operasional\.terkait\[\d+\]"),
        say("%(place)s: pilih kasusnya, atau hasil yang dibawa ke sana."),
    ),
    (
        re.compile(r"operasional\.per_unit\.[^.]+"),
        say("%(place)s: isi Jumlah unit dengan angka."),
    ),
    (
        re.compile(r"operasional\.jadwal\.mulai"),
        say(
            "Waktu dan jadwal: isi hari kerja ke berapa dengan angka dari 1 sampai 99."
        ),
    ),
    (
        re.compile(r"langkah\.[^.]+\.waktu\b.*"),
        say("%(place)s: tulis jumlah dengan angka lebih dari 0, lalu pilih satuannya."),
    ),
    (
        re.compile(r"langkah\.[^.]+\.bersama\[\d+\]\.cara"),
        say(
            "%(place)s: pilih perannya; jumlah orang ditulis dengan angka, 1 sampai 99."
        ),
    ),
    (
        re.compile(r"identitas\..*(tgl_|tanggal).*"),
        say("%(place)s: tulis tanggal yang ada di kalender, misalnya 2 Maret 2020."),
    ),
    (
        re.compile(r"operasional\.eskalasi.*"),
        say("Pengingat: isi persen waktu dengan angka dari 1 sampai 100."),
    ),
)
"""Errors of a whole part, by where they stand."""
_NOTHING = (say("kosong"), say("daftar"), '""')
"""How the check writes what is not there, an empty list and an empty text."""


def plainly(error: Finding, tree: Tree) -> Sentence:
    """Return the sentence of an error with its place in the words of the form."""
    place = joined([*_place(error.path, tree)], ", ")
    for where, sentence in _WHOLE:
        if where.fullmatch(error.path):
            here = say(sentence, place=place) if "place" in sentence.text else sentence
            return opened(here)
    inner = _inner(error.sentence)
    if inner is None or not place:
        return error.sentence
    if inner.values["value"] in _NOTHING:
        return opened(say("%(place)s belum diisi.", place=place))
    return opened(say(inner, place=place))


def _inner(sentence: Sentence) -> Sentence | None:
    """Return the part of an opened sentence that names a place of the file."""
    for part in (sentence, *sentence.values.values()):
        if isinstance(part, Sentence) and {"place", "value"} <= part.values.keys():
            return part
    return None


def _place(path: str, tree: Tree) -> Iterator[str]:
    """Name each part of a path that the form shows; a number goes with its list."""
    steps = {step["id"]: step for step in items(tree, "langkah")}
    named: str = ""
    for token in _TOKENS.findall(path):
        if token.isdigit() and named:
            named = say("%(list)s %(n)s", list=named, n=token)
            continue
        if named:
            yield named
        named = _name(token, steps, tree)
    if named:
        yield named


def _name(token: str, steps: dict[str, Tree], tree: Tree) -> str:
    if token in steps:
        return say("langkah %(n)s", n=steps[token].get("nomor"))
    things = group(tree, "artefak")
    if token in things:
        return f'"{words(things[token].get("nama")) or token}"'
    return _GROUPS.get(token) or _FIELDS.get(token) or ""
