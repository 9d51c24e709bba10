"""The office's settings: how the SOP is run here, beside the signed document."""

from decimal import Decimal
from typing import Any

from .links import save_links
from .values import (
    Tree,
    Typed,
    edited_lines,
    group,
    items,
    number,
    one_line,
    rows,
)

PERCENT = 100
ESCALATED = ("penanggung_jawab", "atasan")
PERIODS = ("bulan", "triwulan", "semester", "tahun")


def save_office(tree: Tree, typed: Typed) -> Tree:
    """Return the tree with the settings as typed; what no field shows stays."""
    old = group(tree, "operasional")
    new: Tree = {
        "tafsir_hari": typed.get("tafsir_hari") or "hari-kerja",
        "jadwal": _schedule(typed),
        "verifikasi": _verification(typed),
        "pengembalian": _returns(old, typed),
        "batas_putaran": {
            row["langkah"]: number(row["kali"])
            for row in rows(typed, "putaran", "langkah", "kali")
            if row["langkah"]
        },
        "tembusan": _copies(typed),
        "per_unit": _per_unit(typed),
        "tidak_berlaku": _exceptions(old, typed),
        "kalender": one_line(typed.get("kalender", "")) or None,
        "mendahului": bool(typed.get("mendahului")),
        "peran": _roles(old, tree, typed),
        "terkait": save_links(old, typed),
        "kertas": {
            row["artefak"]: row["kertas"]
            for row in rows(typed, "kertas", "artefak", "kertas")
            if row["artefak"] and row["kertas"]
        },
        "eskalasi": _escalation(old, tree, typed),
    }
    made = dict(old)
    for key, value in new.items():
        known = old.get(key, _DEFAULTS.get(key))
        if key in old or value != known:
            made[key] = value
    return {**tree, "operasional": made} if made or "operasional" in tree else tree


_DEFAULTS: Tree = {
    "tafsir_hari": "hari-kerja",
    "jadwal": None,
    "verifikasi": None,
    "pengembalian": [],
    "batas_putaran": {},
    "tembusan": {},
    "per_unit": {},
    "tidak_berlaku": [],
    "kalender": None,
    "mendahului": False,
    "peran": {},
    "terkait": [],
    "kertas": {},
    "eskalasi": None,
}


def _schedule(typed: Typed) -> Tree | None:
    period = typed.get("jadwal-periode", "")
    if not period:
        return None
    day = one_line(typed.get("jadwal-hari", "")) or "1"
    return {"periode": period, "mulai": f"hari-kerja-ke-{day}-setelah-periode"}


def schedule_day(settings: Tree) -> str:
    """Return the working day in the rule `hari-kerja-ke-N-setelah-periode`."""
    rule = str(group(settings, "jadwal").get("mulai", ""))
    return rule.removeprefix("hari-kerja-ke-").removesuffix("-setelah-periode")


def _verification(typed: Typed) -> Tree | None:
    step, actor = typed.get("verifikasi-pada", ""), typed.get("verifikasi-oleh", "")
    return {"pada": step or None, "oleh": actor or None} if step or actor else None


def _returns(old: Tree, typed: Typed) -> list[Any]:
    before = items(old, "pengembalian")
    made = []
    columns = ("dari", "ke", "maks", "wajib_alasan")
    for n, row in enumerate(rows(typed, "kembali", *columns)):
        if not (row["dari"] or row["ke"]):
            continue
        own = before[n] if n < len(before) else {"nilai_diterima": "tetap-terkunci"}
        made.append(
            {
                **own,
                "dari": row["dari"] or None,
                "ke": row["ke"] or None,
                "wajib_alasan": bool(row["wajib_alasan"]),
                "maks": number(row["maks"]),
            }
        )
    return made


def _copies(typed: Typed) -> Tree:
    made: dict[str, list[str]] = {}
    for row in rows(typed, "tembusan", "langkah", "pelaksana"):
        if row["langkah"] and row["pelaksana"]:
            made.setdefault(row["langkah"], []).append(row["pelaksana"])
    return {step: list(dict.fromkeys(actors)) for step, actors in made.items()}


def _per_unit(typed: Typed) -> Tree:
    columns = ("langkah", "sumber", "selesai_bila", "minimum")
    return {
        row["langkah"]: {
            "sumber": one_line(row["sumber"]) or "unit-kecamatan",
            "selesai_bila": row["selesai_bila"] or "semua",
            "minimum": number(row["minimum"])
            if row["selesai_bila"] == "minimum"
            else None,
        }
        for row in rows(typed, "unit", *columns)
        if row["langkah"]
    }


def _exceptions(old: Tree, typed: Typed) -> list[Any]:
    before = items(old, "tidak_berlaku")
    made = []
    for n, row in enumerate(rows(typed, "kecuali", "butir", "alasan", *PERIODS)):
        reason = one_line(row["alasan"])
        if not (row["butir"] or reason):
            continue
        own = before[n] if n < len(before) else {}
        periods = [period for period in PERIODS if row[period]]
        known = items(own, "periode")
        made.append(
            {
                **own,
                "butir": row["butir"] or None,
                "periode": known if sorted(known) == sorted(periods) else periods,
                "alasan": reason or None,
            }
        )
    return made


def _roles(old: Tree, tree: Tree, typed: Typed) -> Tree:
    """Return the positions of each actor; who is no actor keeps only what is typed."""
    before = group(old, "peran")
    actors = [actor["id"] for actor in items(tree, "pelaksana")]
    made = {}
    for name in dict.fromkeys([*before, *actors]):
        lines = edited_lines(
            before.get(name), typed.get(f"peran-{name}", ""), sourced=False
        )
        if lines or (name in before and name in actors):
            made[name] = lines
    return made


def _escalation(old: Tree, tree: Tree, typed: Typed) -> Tree | None:
    share = number(typed.get("ingatkan", "").replace("%", ""))
    if share is None:
        return None
    if isinstance(share, int | Decimal):
        share = Decimal(share) / PERCENT
    known = [*ESCALATED, *(actor["id"] for actor in items(tree, "pelaksana"))]
    named = [name for name in known if typed.get(f"lewat-{name}")]
    before = items(group(old, "eskalasi"), "lewat_tenggat")
    same = sorted(before) == sorted(named)
    return {"ingatkan_pada": share, "lewat_tenggat": before if same else named}


def reminder_percent(settings: Tree) -> object:
    """Return after which percent of the time to remind, None where it is not set."""
    share = group(settings, "eskalasi").get("ingatkan_pada")
    if isinstance(share, int | Decimal) and not isinstance(share, bool):
        percent = Decimal(share) * PERCENT
        return int(percent) if percent == int(percent) else percent
    return share
