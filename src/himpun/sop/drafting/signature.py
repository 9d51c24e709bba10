"""The signature: place, date, position, name, rank and NIP of who approved the SOP."""

import re
from collections.abc import Sequence

from himpun.sop.findings import Plain
from himpun.wording import say

from .findings import Ledger
from .source import Cell, Line
from .times import read_date
from .words import text

_PLACE_AND_DATE = re.compile(r"([^,0-9]{2,40}),\s*(.{6,30})")
_NIP = re.compile(r"NIP\b\s*[.:]?\s*(.*)", re.IGNORECASE)
_RANK = re.compile(r"(?:Pembina|Penata|Pengatur|Juru)\b", re.IGNORECASE)
NIP_DIGITS = 18
PARTS = ("tempat", "tanggal", "jabatan", "nama", "pangkat", "nip")
POSITION_AND_NAME = 2

Found = Sequence[tuple[Line, str]]
"""Lines with what they say, from top to bottom."""


def place_and_date(value: str) -> tuple[str, str] | None:
    """Return the two parts of `Kudus, 2 Maret 2020`; None for another line."""
    found = _PLACE_AND_DATE.fullmatch(value)
    if found is None or not any(letter.isdigit() for letter in found[2]):
        return None
    return found[1].strip(), found[2].strip()


def dated(written: str, cells: Sequence[Cell], di: str, ledger: Ledger) -> Plain:
    """Return a date of the file; None, with a finding, for what is no date."""
    if not written:
        return None
    day, why = read_date(written)
    if day is None:
        ledger.note("D16", cells, di, why, say("belum diisi"), [say("isi manual")])
        return None
    iso = day.isoformat()
    return iso if written == iso else {"nilai": iso, "asli": written}


def read_signature(found: Found, ledger: Ledger) -> Plain:
    """Return `pengesahan`, None without any; what is doubtful stays free."""
    block: dict[str, Plain] = dict.fromkeys(PARTS)
    rest = [*found]
    under_date = bool(rest) and place_and_date(rest[0][1])
    if under_date:
        line, _ = rest.pop(0)
        block["tempat"], day = under_date
        block["tanggal"] = dated(
            day, [line.cell], "identitas.pengesahan.tanggal", ledger
        )
        ledger.use_line(line, ("identitas", "pengesahan", "tempat"))
    end = next((n for n, (_, v) in enumerate(rest) if _marked(v)), None)
    _position_and_name(block, rest[:end], bool(under_date), end is not None, ledger)
    _rank_and_nip(block, rest[end:] if end is not None else [], ledger)
    return block if any(value is not None for value in block.values()) else None


def _marked(value: str) -> bool:
    return bool(_RANK.match(value) or _NIP.fullmatch(value))


def _position_and_name(
    block: dict[str, Plain],
    found: Found,
    under_date: bool,  # noqa: FBT001 - whether a position stands over the name
    followed: bool,  # noqa: FBT001 - whether rank or NIP follow
    ledger: Ledger,
) -> None:
    """The line over rank and NIP is the name; what stands over it, the position."""
    if not found or (not followed and len(found) > POSITION_AND_NAME):
        found = found[:1] if under_date else []
    named = len(found) >= POSITION_AND_NAME or (bool(found) and not under_date)
    over, name = (found[:-1], found[-1:]) if named else (found, ())
    if under_date and over:
        block["jabatan"] = text("\n".join(value for _, value in over))
        for line, _ in over:
            ledger.use_line(line, ("identitas", "pengesahan", "jabatan"))
    for line, value in name:
        block["nama"] = text(value)
        ledger.use_line(line, ("identitas", "pengesahan", "nama"))


def _rank_and_nip(block: dict[str, Plain], found: Found, ledger: Ledger) -> None:
    for line, value in found:
        nip = _NIP.fullmatch(value)
        key = "nip" if nip else "pangkat"
        if not _marked(value) or block[key] is not None:
            return
        written = nip[1] if nip else value
        block[key] = text(written) if written else None
        ledger.use_line(line, ("identitas", "pengesahan", key))
        if nip:
            _check(line.cell, written, ledger)
            return


def _check(cell: Cell, written: str, ledger: Ledger) -> None:
    digits = sum(letter.isdigit() for letter in written)
    if digits != NIP_DIGITS:
        ledger.note(
            "D17",
            [cell],
            "identitas.pengesahan.nip",
            say(
                'NIP "%(written)s" berisi %(digits)s angka, seharusnya %(right)s',
                written=written,
                digits=digits,
                right=NIP_DIGITS,
            ),
            say("disimpan apa adanya"),
            [say("isi manual")],
        )
