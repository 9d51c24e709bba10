"""Codes of programmes, activities and sub-activities, and what is known of them.

A code is level by level: 7.01.01 is a programme, 7.01.01.2.06 an activity of it,
7.01.01.2.06.0001 a sub-activity. Source: Kepmendagri 050-5889/2021 as amended by
900.1.15.5-3406/2024. The list that is shipped is an extract for kecamatan (7.01): a
well-formed code that it lacks may be right, so it is doubted and not refused.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal
from himpun.wording import joined, say

from .definition import Level
from .keeping import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from himpun.wording import Sentence

FILE = "kecamatan_7_01_nomenklatur.csv"
KNOWN_FIELD = "7.01."
"""What the shipped list is about; of other fields nothing is known here."""
CODE = re.compile(
    r"(?P<programme>\d\.\d\d\.\d\d)"
    r"(?:(?P<activity>\.\d\.\d\d)(?P<sub>\.\d{4})?)?",
    re.ASCII,
)
LEVELS = {
    "program": Level.PROGRAMME,
    "kegiatan": Level.ACTIVITY,
    "sub_kegiatan": Level.SUB_ACTIVITY,
}
WORK = (Level.PROGRAMME, Level.ACTIVITY, Level.SUB_ACTIVITY)
"""The levels of work, each within the one before."""


@dataclass(frozen=True)
class Entry:
    """A line of the national list; ``result`` to ``unit`` for sub-activities only."""

    code: str
    level: Level
    name: str
    result: str = ""
    indicator: str = ""
    unit: str = ""


@lru_cache(maxsize=1)
def nomenclature() -> dict[str, Entry]:
    """Return the shipped list by code, in its order."""
    file = resources.files("himpun.planning").joinpath("data", FILE)
    lines = [x for x in file.read_text("utf-8").splitlines() if not x.startswith("#")]
    return {
        row["kode"]: Entry(
            row["kode"],
            LEVELS[row["level"]],
            row["nama"],
            row["sasaran_kinerja"],
            row["indikator"],
            row["satuan"],
        )
        for row in csv.DictReader(lines)
    }


@dataclass(frozen=True)
class Code:
    """A well-formed code: what it names, and the code of what that is part of."""

    text: str
    level: Level
    parent: str


def read_code(text: str, name: str = "") -> Code:
    """Read a code; ``name`` is what stands beside it and helps to find a misprint.

    Raises Refusal, with the nearest code that is known, for one that is misprinted.
    """
    found = CODE.fullmatch(text.strip())
    if found is None:
        wrong = say(
            "Kode %(code)s tidak lengkap atau salah ketik. Kode program ditulis seperti "
            "7.01.01, kegiatan 7.01.01.2.06, sub kegiatan 7.01.01.2.06.0001.",
            code=text.strip(),
        )
        raise Refusal(joined([wrong, *_near(text, name)], " "), field="code")
    code = found[0]
    if found["sub"]:
        return Code(code, Level.SUB_ACTIVITY, code.removesuffix(found["sub"]))
    if found["activity"]:
        return Code(code, Level.ACTIVITY, found["programme"])
    return Code(code, Level.PROGRAMME, "")


def nearest(text: str, name: str = "") -> Entry | None:
    """Return the known entry that a misprinted code most likely means, None if none.

    An entry of the same name comes first, then the likest of codes and names together.
    """
    wanted = name.casefold()
    best, score = None, 1.2 if name else 0.7
    for entry in nomenclature().values():
        called = _alike(wanted, entry.name.casefold()) if name else 0
        like = _alike(text.strip(), entry.code) + called + (called == 1)
        if like > score:
            best, score = entry, like
    return best


def code_doubt(code: str, name: str) -> Sentence | None:
    """Return what is odd about a well-formed code and its name, None for nothing."""
    if not code.startswith(KNOWN_FIELD):
        return None
    entry = nomenclature().get(code)
    if entry is None:
        unknown = say(
            "Kode %(code)s tidak ada dalam petikan nomenklatur yang dibawa Himpun. "
            "Periksa pada sumbernya; bila memang dipakai, biarkan.",
            code=code,
        )
        same = _near(code, name) if _is_named(nearest(code, name), name) else []
        return joined([unknown, *same], " ")
    if _is_named(entry, name):
        return None
    return say(
        "Kode %(code)s di nomenklatur bernama %(known)s, di sini %(name)s. Periksa kode "
        "atau namanya.",
        code=code,
        known=entry.name,
        name=name,
    )


def folded(name: str) -> str:
    """Return the letters and digits of a name: two spellings of one are then the same."""
    return "".join(filter(str.isalnum, name.casefold()))


def entries_named(name: str, within: str = "") -> list[Entry]:
    """Return what the shipped list knows by a name, ``within`` a programme's code."""
    wanted = folded(name)
    return [
        entry
        for entry in nomenclature().values()
        if entry.code.startswith(within) and folded(entry.name) == wanted
    ]


def _is_named(entry: Entry | None, name: str) -> bool:
    return entry is not None and one_line(entry.name).casefold() == name.casefold()


def _near(text: str, name: str) -> list[Sentence]:
    entry = nearest(text, name)
    if entry is None:
        return []
    return [say("Yang terdekat: %(code)s %(name)s.", code=entry.code, name=entry.name)]


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme, activity or sub-activity as an office's document prints it.

    ``parent`` is the id of what it is part of. Documents from before the national
    codes have none: then ``level`` says what it is, and name and parent which one.
    """

    name: str
    code: str = ""
    level: Level | None = None
    parent: int | None = None
    order: int = 0


def settle_line(line: ProgrammeLine) -> tuple[ProgrammeLine, str]:
    """Return the line as it is kept, and the code of its parent (empty without).

    Raises Refusal for a line without name, a misprinted code, and a level that the code
    or the parent contradicts.
    """
    name = one_line(line.name)
    if not name:
        raise Refusal(
            say("Isi nama program, kegiatan, atau sub kegiatan."), field="name"
        )
    if line.code.strip():
        return _by_code(line, name)
    if line.level not in WORK:
        raise Refusal(
            say("Tanpa kode, sebutkan program, kegiatan, atau sub kegiatan."),
            field="level",
        )
    if (line.parent is None) is not (line.level is Level.PROGRAMME):
        raise Refusal(
            say(
                "Program berdiri sendiri; kegiatan berada di dalam program, sub kegiatan "
                "di dalam kegiatan."
            ),
            field="parent",
        )
    return ProgrammeLine(name, "", line.level, line.parent, line.order), ""


def _by_code(line: ProgrammeLine, name: str) -> tuple[ProgrammeLine, str]:
    code = read_code(line.code, name)
    if line.level not in {None, code.level}:
        raise Refusal(
            say("Kode %(code)s adalah kode %(level)s. Periksa kode atau tingkatnya."),
            field="level",
            code=code.text,
            level=code.level.value,
        )
    kept = ProgrammeLine(name, code.text, code.level, line.parent, line.order)
    return kept, code.parent


def read_lines(text: str) -> list[ProgrammeLine]:
    """Return the programmes of a pasted list, "code name" a line, in order of the codes.

    A name that is missing comes from the shipped nomenclature. Raises Refusal with the
    number of a wrong line.
    """
    found: dict[str, ProgrammeLine] = {}
    for number, line in enumerate(text.splitlines(), 1):
        code, _blank, rest = one_line(line).partition(" ")
        if not code:
            continue
        try:
            read = read_code(code, one_line(rest))
        except Refusal as refusal:
            raise Refusal(
                say("Baris %(n)s: %(why)s", n=number, why=refusal.sentence),
                field="lines",
            ) from None
        found[read.text] = ProgrammeLine(one_line(rest) or _known(read.text), read.text)
        if not found[read.text].name:
            raise Refusal(
                say("Baris %(n)s: tulis nama di belakang kodenya.", n=number),
                field="lines",
            )
    return [found[code] for code in sorted(found)]


def with_wholes(
    lines: Iterable[ProgrammeLine], kept: Collection[str]
) -> list[ProgrammeLine]:
    """Return lines with codes, wholes before parts, and the wholes that neither they
    nor the office (``kept``: its codes) have, as the shipped nomenclature names them.
    """
    found = {line.code: line for line in lines}
    for code in list(found):
        whole = read_code(code).parent
        while whole and whole not in found and whole not in kept and _known(whole):
            found[whole] = ProgrammeLine(_known(whole), whole)
            whole = read_code(whole).parent
    return [found[code] for code in sorted(found)]


def _known(code: str) -> str:
    entry = nomenclature().get(code)
    return entry.name if entry else ""
