"""The words of the form, as offices write and misspell them.

The first of each list is the official word of the form (PermenPANRB 35/2012).
"""

import difflib
import re
from typing import NamedTuple

from himpun.sop.findings import Plain

IDENTITY = {
    "nomor": ("nomor sop", "nomor", "no sop", "nomor dokumen"),
    "tgl_pembuatan": ("tanggal pembuatan", "tgl pembuatan", "tanggal dibuat"),
    "tgl_revisi": ("tanggal revisi", "tgl revisi"),
    "tgl_efektif": ("tanggal efektif", "tgl efektif", "tanggal berlaku"),
    "disahkan_oleh": ("disahkan oleh", "disyahkan oleh", "ditetapkan oleh"),
    "nama": ("nama sop", "judul sop"),
}
BLOCKS = {
    "dasar_hukum": ("Dasar Hukum",),
    "kualifikasi": ("Kualifikasi Pelaksana", "kualifikasi pelaksanaan", "kualifikasi"),
    "keterkaitan": ("Keterkaitan", "keterkaitan sop", "keterkaitan dengan sop lain"),
    "peralatan": (
        *("Peralatan/Perlengkapan", "peralatan dan perlengkapan"),
        *("peralatan", "perlengkapan"),
    ),
    "peringatan": ("Peringatan",),
    "pencatatan": ("Pencatatan dan Pendataan", "pencatatan"),
}
COLUMNS = {
    "nomor": ("No", "nomor", "no urut"),
    "kegiatan": (
        *("Kegiatan", "aktivitas", "aktifitas", "uraian kegiatan", "uraian prosedur"),
        *("uraian", "langkah kegiatan", "uraian langkah", "prosedur", "tahapan"),
    ),
    "pelaksana": ("Pelaksana", "pelaksanaan", "aktor"),
    "mutu_baku": ("Mutu Baku",),
    "kelengkapan": ("Kelengkapan", "persyaratan kelengkapan", "persyaratan", "syarat"),
    "waktu": ("Waktu",),
    "output": ("Output", "keluaran", "hasil"),
    "ket": ("Keterangan", "ket"),
}
ACTIVITY = frozenset(
    ("kegiatan", "aktivitas", "aktifitas", "langkah", "prosedur", "tahap", "tahapan")
)
AROUND_ACTIVITY = frozenset(
    ("uraian", "rincian", "rangkaian", "deskripsi", "urutan", "alur", "kerja", "pokok")
)
"""Words of which offices make the title of the column of activities."""
NEAR = 0.8
MOST_LETTERS = 4
"""How many letters a misspelt title may have more or fewer."""
SHORTEST = 6
"""Shorter words are not guessed: too many others are near them."""
LONGEST = 60

_NOISE = re.compile(r"\([^)]*\)|[^a-z ]")
_SPACES = re.compile(r"\s+")
_LEADING = re.compile(r"^\s*[0-9]{1,2}[.)]\s*")
_DIGITS = re.compile("[0-9]")


class Match(NamedTuple):
    """The part of the form that a title names, and whether its spelling was guessed."""

    key: str
    guessed: bool


def bare(text: str) -> str:
    """Return the words of a title alone: lower case, no brackets, no signs."""
    lowered = _SPACES.sub(" ", text.lower())
    if len(lowered) > LONGEST:
        return ""
    spaced = _NOISE.sub(" ", lowered)
    return _SPACES.sub(" ", spaced).strip()


def spelled(text: str) -> str:
    """Return the title of an actor's column for comparing; a digit weighs nine letters.

    `Staf 1` is not a misspelt `Staf 2`.
    """
    words = _SPACES.sub(" ", text.casefold()).strip()
    return _DIGITS.sub(lambda digit: digit[0] * 9, words)


def titles(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the bare words of every title, and the part of the form each names."""
    return {bare(name): key for key, names in table.items() for name in names}


COLUMN_TITLES = titles(COLUMNS)
IDENTITY_TITLES = titles({**IDENTITY, **BLOCKS})


def match(text: str, known: dict[str, str]) -> Match | None:
    """Return which of the known titles a text is; None for other words."""
    words = bare(text)
    if _DIGITS.search(_LEADING.sub("", text)):
        return None  # "Kegiatan 1" is a step, no title
    if words in known:
        return Match(known[words], guessed=False)
    if len(words) < SHORTEST:
        return None
    alike = [name for name in known if abs(len(name) - len(words)) <= MOST_LETTERS]
    near = difflib.get_close_matches(words, alike, n=1, cutoff=NEAR)
    return Match(known[near[0]], guessed=True) if near else None


def names_activity(title: str) -> bool:
    """Whether a title is made of the words for an activity: `Langkah-langkah Kegiatan`."""
    words = frozenset(bare(title).split())
    return bool(words & ACTIVITY) and words <= ACTIVITY | AROUND_ACTIVITY


def official(key: str) -> str:
    """Return the official title of a block or column of the form."""
    return (BLOCKS | COLUMNS)[key][0]


def slug(text: str, taken: set[str], most: int = 64) -> str:
    """Return an id made of the words of a text, different from those taken."""
    base = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:most].strip("-") or "x"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base[: most - 5]}-{number}"
    return name


def text(source: str) -> Plain:
    """Return a text of the file: one line as shown, the source where it differs."""
    shown = _SPACES.sub(" ", source).strip()
    return shown if shown == source else {"teks": shown, "asli": source}
