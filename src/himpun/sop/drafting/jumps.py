"""Jumps, conditions and splits that stand in words: told, never carried out."""

import re

from himpun.wording import say

_JUMP = re.compile(
    r"\b(?:kembali|dikembalikan|ulangi?|diulang|lanjut|langsung|lompat|menuju|mengulang)"
    r"\b[^.;\n0-9]{0,40}?\b(?:langkah|nomor|no|kegiatan|tahap|butir|poin|aktivitas)"
    r"\b[. ]{0,3}(?:ke)?[ -]{0,2}([0-9]{1,3})\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\bkembali ke (?:no\.? ?)?([0-9]{1,3})\b", re.IGNORECASE)
_BACK = re.compile(r"\bkembali(?:kan)? ke\b|\bdikembalikan\b", re.IGNORECASE)
_IF = re.compile(
    r"\b(?:jika|bila|apabila|kalau|dalam hal)\b|\bya\b.{0,20}\btidak\b", re.IGNORECASE
)
_SPLIT = re.compile(
    r"\b(?:bersamaan|serentak|paralel|secara bersama|sekaligus)\b", re.IGNORECASE
)


def in_words(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return what the words of a row say of its way, and what could be made of it."""
    targets = dict.fromkeys(
        found[1] for pattern in (_JUMP, _SHORT) for found in pattern.finditer(text)
    )
    if targets:
        told = ", ".join(targets)
        options = tuple(
            say("keputusan dengan hasil ke langkah %(number)s", number=n)
            for n in targets
        )
        return say("menyebut lompatan ke langkah %(number)s", number=told), (
            *options,
            say("tanpa lompatan"),
        )
    if _BACK.search(text):
        return say("menyebut pengembalian tanpa nomor langkah"), (
            say("keputusan dengan hasil ke langkah sebelumnya"),
            say("tanpa lompatan"),
        )
    if _IF.search(text):
        return say("menyebut syarat"), (say("jadikan keputusan"), say("tanpa cabang"))
    if _SPLIT.search(text):
        return say("menyebut pekerjaan serentak"), (
            say("jadikan langkah sejajar"),
            say("urut"),
        )
    return None
