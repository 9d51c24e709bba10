"""What is odd about printed figures: a doubt names it, says where, and blocks nothing.

The defects are those of real plans of sub-districts (Renstra of Kecamatan Muncar and
Kecamatan Banyuwangi 2025-2029). Arithmetic only; what is odd about a promise, and about
codes, stands in `planning.rules`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from himpun.wording import Sentence, joined, say

from .arithmetic import EXACT, ZERO, check_part, say_figure
from .numbers import HUNDRED, WIDE, NumberProblem, say_number
from .targets import SheetError, read_target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .aggregation import Part
    from .polarity import Span
    from .targets import OutOf

CLOSE = Decimal("0.06")
"""How far a printed ratio may lie from the recomputed one: half of one decimal place,
and a hundredth for a source that rounded twice."""


ROUNDED = (ROUND_HALF_UP, ROUND_HALF_EVEN)
"""How a source may round to the decimals that it prints; 92 for 92,22 is no difference."""


class DoubtKind(StrEnum):
    """The name of a doubt; stable, for filters, exports and tests."""

    TABLES = "tabel-berbeda"
    NARRATIVE = "narasi-berbeda"
    SHEET_ERROR = "galat-lembar-kerja"
    NO_BASE = "tanpa-penyebut"
    TRUNCATED = "rasio-dipotong"
    RATIO = "rasio-berbeda"
    NUMBER = "format-angka"
    PARTS = "bagian-tidak-genap"
    CODE = "kode-keliru"
    COPIED = "selalu-sama-dengan-target"
    LOW_TARGET = "target-di-bawah-realisasi"
    FAR_ABOVE = "capaian-jauh-di-atas-100"


@dataclass(frozen=True)
class Doubt:
    """Something odd: its kind, one sentence what and what to do, and the cells."""

    kind: DoubtKind
    sentence: Sentence
    at: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedCell:
    """A cell as its source prints it: an address people find it by, and its text."""

    at: str
    text: str


def read_cell(
    cell: PrintedCell, *, decimals: int | None = None
) -> Decimal | OutOf | Span | Doubt | None:
    """Return what a cell says, None for an empty one, a doubt for one that asks."""
    if not cell.text.strip():
        return None
    try:
        return read_target(cell.text, decimals=decimals)
    except NumberProblem as problem:
        kind = DoubtKind.NUMBER
        if isinstance(problem, SheetError):
            kind = DoubtKind.SHEET_ERROR
        return Doubt(kind, _at(cell.at, str(problem)), (cell.at,))


def number_in(cell: PrintedCell) -> Decimal | None:
    """Return the plain number of a cell; None where it has none, or asks."""
    found = read_cell(cell)
    return found if isinstance(found, Decimal) else None


def ratio_doubt(
    printed: PrintedCell, actual: Decimal | None, base: Decimal | None
) -> Doubt | None:
    """Return what is odd about a printed ratio, in percent of its base.

    Nothing without a ratio, or without the figures to recompute it from.
    """
    check_part(actual)
    check_part(base)
    told = read_cell(printed)
    if isinstance(told, Doubt):
        return told
    if not isinstance(told, Decimal) or actual is None or base is None:
        return None
    if not base:
        return _without_base(printed)
    right = EXACT.divide(EXACT.multiply(actual, HUNDRED), base)
    return _compared(printed, told, right)


def growth_doubt(
    printed: PrintedCell, figures: Sequence[Decimal | None]
) -> Doubt | None:
    """Return what is odd about a printed mean growth of figures in their order.

    The mean of the yearly growths, in percent; with a year that starts from 0 there is
    none.
    """
    told = read_cell(printed)
    if isinstance(told, Doubt):
        return told
    known = [figure for figure in figures if figure is not None]
    if not isinstance(told, Decimal) or len(known) < max(len(figures), 2):
        return None
    if not all(known[:-1]):
        return _without_base(printed)
    grown = [
        EXACT.divide(EXACT.multiply(now - before, HUNDRED), before)
        for before, now in pairwise(known)
    ]
    return _compared(printed, told, EXACT.divide(sum(grown, ZERO), len(grown)))


def _without_base(printed: PrintedCell) -> Doubt:
    sentence = say(
        "Tercetak %(printed)s, padahal penyebutnya 0: tidak dapat dihitung. Kosongkan, "
        "atau periksa apakah penyebutnya belum diisi.",
        printed=printed.text.strip(),
    )
    return Doubt(DoubtKind.NO_BASE, _at(printed.at, sentence), (printed.at,))


def _compared(printed: PrintedCell, told: Decimal, right: Decimal) -> Doubt | None:
    step = Decimal(1).scaleb(int(told.as_tuple().exponent))
    rounded = {right.quantize(step, how, WIDE) for how in ROUNDED}
    if told in rounded or abs(EXACT.subtract(told, right)) <= CLOSE:
        return None
    if right.quantize(step, ROUND_DOWN, WIDE) == told:
        kind = DoubtKind.TRUNCATED
        sentence = say(
            "Tercetak %(printed)s, hasil hitung ulang %(right)s: angka dipotong, bukan "
            "dibulatkan. Pakai hasil hitung ulang.",
            printed=say_figure(told),
            right=say_number(right),
        )
    else:
        kind = DoubtKind.RATIO
        sentence = say(
            "Tercetak %(printed)s, hasil hitung ulang %(right)s. Periksa target dan "
            "realisasinya, salah satu mungkin keliru.",
            printed=say_figure(told),
            right=say_number(right),
        )
    return Doubt(kind, _at(printed.at, sentence), (printed.at,))


def parts_doubt(at: str, whole: Decimal | None, parts: Sequence[Part]) -> Doubt | None:
    """Return how a total and the sum of its parts differ; None when they agree.

    Nothing without a total or without parts. An empty part is named: it is not 0.
    """
    check_part(whole)
    if whole is None or not parts:
        return None
    found = sum((part.value for part in parts if part.value is not None), ZERO)
    if found == whole:
        return None
    empty = [part.label for part in parts if part.value is None]
    values = {
        "found": say_figure(found),
        "whole": say_figure(whole),
        "gap": say_figure(abs(whole - found)),
    }
    if empty:
        sentence = say(
            "Jumlah bagian %(found)s, totalnya %(whole)s, dan bagian ini belum terisi: "
            "%(empty)s. Lengkapi bagian itu.",
            empty=joined(empty, ", "),
            **values,
        )
    elif found < whole:
        sentence = say(
            "Jumlah bagian %(found)s kurang %(gap)s dari totalnya, %(whole)s. Mungkin "
            "ada bagian yang belum masuk tabel: tambahkan, atau betulkan totalnya.",
            **values,
        )
    else:
        sentence = say(
            "Jumlah bagian %(found)s lebih %(gap)s dari totalnya, %(whole)s. Mungkin "
            "ada bagian yang tercatat dua kali: hapus, atau betulkan totalnya.",
            **values,
        )
    return Doubt(DoubtKind.PARTS, _at(at, sentence), (at,))


def tables_doubt(
    name: str,
    first: tuple[str, Mapping[int, PrintedCell]],
    second: tuple[str, Mapping[int, PrintedCell]],
) -> Doubt | None:
    """Return where two tables (title, cells by year) say different things of one row.

    A table that repeats the other one a year later is called so.
    """
    one, other = (_numbers(cells) for _title, cells in (first, second))
    years = sorted(one.keys() & other.keys())
    differing = [year for year in years if one[year] != other[year]]
    if not differing:
        return None
    values = {
        "name": name,
        "first": first[0],
        "second": second[0],
        "years": joined([str(year) for year in differing], ", "),
    }
    if _is_shifted(one, other) or _is_shifted(other, one):
        sentence = say(
            "%(name)s: %(first)s dan %(second)s bergeser satu tahun (%(years)s). "
            "Tetapkan tabel mana yang berlaku, lalu samakan yang lain.",
            **values,
        )
    else:
        sentence = say(
            "%(name)s: %(first)s dan %(second)s berbeda pada %(years)s. Tetapkan tabel "
            "mana yang berlaku, lalu samakan yang lain.",
            **values,
        )
    places = [cells[year].at for year in differing for cells in (first[1], second[1])]
    return Doubt(DoubtKind.TABLES, sentence, tuple(places))


def narrative_doubt(name: str, table: PrintedCell, text: PrintedCell) -> Doubt | None:
    """Return that a text and a table give different figures for the same thing."""
    printed, written = number_in(table), number_in(text)
    if printed is None or written is None or printed == written:
        return None
    sentence = say(
        "%(name)s: tabel mencetak %(printed)s (%(table)s), narasi menyebut %(written)s "
        "(%(text)s). Periksa sumbernya, lalu samakan keduanya.",
        name=name,
        printed=table.text.strip(),
        written=text.text.strip(),
        table=table.at,
        text=text.at,
    )
    return Doubt(DoubtKind.NARRATIVE, sentence, (table.at, text.at))


def _numbers(cells: Mapping[int, PrintedCell]) -> dict[int, Decimal]:
    read = {year: number_in(cell) for year, cell in cells.items()}
    return {year: number for year, number in read.items() if number is not None}


def _is_shifted(one: Mapping[int, Decimal], other: Mapping[int, Decimal]) -> bool:
    """Whether every figure of one table stands in the other a year later.

    Figures that stay the same from year to year tell nothing of a shift.
    """
    pairs = [(one[year], other.get(year + 1)) for year in sorted(one)[:-1]]
    varied = len({here for here, _there in pairs}) > 1
    return varied and all(here == there for here, there in pairs)


def _at(at: str, sentence: str) -> Sentence:
    return joined([at, sentence], ": ") if at else joined([sentence], "")
