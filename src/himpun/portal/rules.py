"""What a page's frame says: greeting, initials, and which menu items a role has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.organization.rules import PositionKind
from himpun.procedures.rules import Part
from himpun.shared.refusals import say

if TYPE_CHECKING:
    from collections.abc import Collection

NOON, AFTERNOON, EVENING = 11, 15, 18


@dataclass(frozen=True)
class Door:
    """An item of the menu: its key, its words, its icon, its URL name, who has it.

    ``kinds`` empty means everybody. ``second`` items stand below the rule.
    """

    key: str
    label: str
    icon: str
    url: str
    kinds: frozenset[PositionKind] = frozenset()
    second: bool = False


STAFF = frozenset({PositionKind.STAFF})
CHECKERS = frozenset({PositionKind.SUBHEAD, PositionKind.SECRETARY})
DOORS = (
    Door("home", say("Tugas saya"), "inbox", "portal:home"),
    Door("entries", say("Isi data"), "table", "portal:entries", STAFF),
    Door("verify", say("Verifikasi"), "checklist", "portal:verify", CHECKERS),
    Door(
        "sign",
        say("Tanda tangan"),
        "signature",
        "portal:sign",
        frozenset({PositionKind.HEAD}),
    ),
    Door(
        "settings",
        say("Pengaturan"),
        "settings",
        "portal:settings",
        frozenset({PositionKind.ADMINISTRATOR}),
    ),
    Door("achievement", say("Capaian"), "chart-bar", "measurement:achievement"),
    Door("archive", say("Laporan"), "file-text", "reporting:archive"),
    Door("cases", say("Kasus"), "folder", "procedures:cases", second=True),
    Door(
        "indicators",
        say("Indikator"),
        "list-check",
        "measurement:indicators",
        second=True,
    ),
    Door(
        "agreements",
        say("Perjanjian Kinerja"),
        "certificate",
        "planning:agreements",
        second=True,
    ),
    Door("nodes", say("Pohon kinerja"), "hierarchy-2", "planning:nodes", second=True),
    Door("money", say("Anggaran"), "wallet", "planning:money", second=True),
    Door("plan", say("Rencana"), "clipboard", "planning:renstra", second=True),
    Door("procedures", say("SOP"), "sitemap", "procedures:procedures", second=True),
)


def doors(kinds: Collection[PositionKind]) -> list[Door]:
    """Return the menu of someone in positions of these kinds, in order."""
    return [d for d in DOORS if not d.kinds or d.kinds & set(kinds)]


def initials(name: str) -> str:
    """Return at most two letters for the round sign of a person."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def greeting(hour: int) -> str:
    """Return the greeting of a local hour, the Indonesian way."""
    if hour < NOON:
        return say("Selamat pagi")
    if hour < AFTERNOON:
        return say("Selamat siang")
    return say("Selamat sore") if hour < EVENING else say("Selamat malam")


@dataclass(frozen=True)
class Look:
    """How a task looks on Beranda: its button, its icon, its sign."""

    label: str
    icon: str
    chip: str = ""


BY_KIND = {
    "usulan": Look(say("Lanjutkan mengisi"), "folder"),
    "evaluasi": Look(say("Nilai usulan"), "list-check"),
    "pengumpulan": Look(say("Lanjutkan mengisi"), "table"),
    "tanda-tangan": Look(
        say("Baca dan tandatangani"), "signature", say("Tanda tangan")
    ),
    "penyampaian": Look(say("Lanjutkan laporan"), "send"),
}
BY_PART = {
    Part.PARAF: Look(say("Baca dan paraf"), "rubber-stamp", say("Paraf")),
    Part.ACKNOWLEDGE: Look(say("Baca dan catat mengetahui"), "eye", say("Mengetahui")),
}
PLAIN = Look(say("Kerjakan"), "file-text")


def look(kinds: Collection[str], part: Part) -> Look:
    """Return how a task of these kinds of work, or of this part beside it, looks."""
    if part is not Part.WORK:
        return BY_PART.get(part, PLAIN)
    return next((BY_KIND[kind] for kind in kinds if kind in BY_KIND), PLAIN)
