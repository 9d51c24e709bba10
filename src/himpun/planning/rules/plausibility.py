"""What is odd about a plan: promises, what was reached, and codes. It never blocks.

Sentences say what is odd, where, and what to do. Arithmetic stands in
`formula.plausibility`; here is what one must know the field for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import Doubt, DoubtKind, Part, Polarity, PrintedCell
from himpun.wording import Sentence, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from himpun.formula import GradeScale

    from .aims import Figure

FAR = Decimal(120)
"""Percent from which a capaian is called far above 100: where offices' systems cap it."""
LEAST_PERIODS = 2
"""So many periods make "always"."""
LOWER = frozenset({Polarity.LOWER_RATIO, Polarity.LOWER_DIFFERENCE})
UPWARD = frozenset({Polarity.HIGHER})
CODE = re.compile(r"\d\.\d{2}\.\d{2}(?:\.\d\.\d{2}(?:\.\d{4})?)?", re.ASCII)
"""Program 7.01.01, kegiatan 7.01.01.2.06, sub kegiatan 7.01.01.2.06.0003.

Permendagri 90/2019 with Kepmendagri 050-5889/2021.
"""
CODE_PARTS = (5, 3)
"""The parts of a kegiatan's and of a program's code."""


@dataclass(frozen=True)
class PrintedYear:
    """A year of a printed row: target (or pagu), realisasi, and their ratio."""

    year: int
    target: PrintedCell
    actual: PrintedCell
    ratio: PrintedCell


@dataclass(frozen=True)
class PrintedRow:
    """A row of a printed table of several years, oldest first.

    ``growth`` are printed mean growths of target and of realisasi, if there are any.
    """

    name: str
    years: tuple[PrintedYear, ...]
    polarity: Polarity = Polarity.HIGHER
    growth: tuple[PrintedCell, PrintedCell] | None = None


@dataclass(frozen=True)
class Reached:
    """What was promised for a period, what was reached, and where each is found."""

    target: Decimal | None
    actual: Decimal | None
    target_at: str
    actual_at: str


@dataclass(frozen=True)
class CodedRow:
    """A row of a plan's programmes: its code and its amounts by column title."""

    code: PrintedCell
    name: str
    amounts: tuple[tuple[str, PrintedCell], ...] = ()


def doubts_of_indicators(rows: Iterable[PrintedRow]) -> tuple[Doubt, ...]:
    """Return what is odd in a table of indicators: formats, ratios, promises."""
    return tuple(
        doubt
        for row in rows
        for doubt in (*_formats(row), *_ratios(row), *_promises(row))
    )


def doubts_of_budget(rows: Iterable[PrintedRow]) -> tuple[Doubt, ...]:
    """Return what is odd in a table of pagu and realisasi: formats, ratios, growth.

    Spending all of a pagu every year is ordinary, and a pagu is no promise to exceed.
    """
    return tuple(doubt for row in rows for doubt in (*_formats(row), *_ratios(row)))


def _formats(row: PrintedRow) -> list[Doubt]:
    cells = [cell for year in row.years for cell in (year.target, year.actual)]
    found = [formula.read_cell(cell) for cell in cells]
    return [doubt for doubt in found if isinstance(doubt, Doubt)]


def _ratios(row: PrintedRow) -> list[Doubt]:
    figures = [_figures(year) for year in row.years]
    found = [
        formula.ratio_doubt(year.ratio, actual, target)
        for year, (target, actual) in zip(row.years, figures, strict=True)
    ]
    if row.growth is not None:
        columns = zip(*figures, strict=True)
        found += map(formula.growth_doubt, row.growth, columns)
    return [doubt for doubt in found if doubt]


def _figures(year: PrintedYear) -> tuple[Decimal | None, Decimal | None]:
    return formula.number_in(year.target), formula.number_in(year.actual)


def _promises(row: PrintedRow) -> tuple[Doubt, ...]:
    periods = [
        Reached(*_figures(year), year.target.at, year.actual.at) for year in row.years
    ]
    return doubts_of_periods(row.name, periods, row.polarity)


def doubts_of_periods(
    name: str, periods: Sequence[Reached], polarity: Polarity
) -> tuple[Doubt, ...]:
    """Return what is odd about the promises of an indicator, oldest period first.

    For a printed row, and for an indicator's own history.
    """
    found: list[Doubt] = []
    if sentence := always_as_promised([(p.target, p.actual) for p in periods]):
        places = tuple(period.actual_at for period in periods)
        found.append(_placed(DoubtKind.COPIED, name, sentence, places))
    for before, now in pairwise(periods):
        if sentence := low_target(now.target, before.actual, polarity):
            places = (now.target_at, before.actual_at)
            found.append(_placed(DoubtKind.LOW_TARGET, name, sentence, places))
    rule = formula.AchievementRule(polarity)
    for period in periods:
        reached = formula.achievement(period.actual, period.target, rule).value
        if sentence := far_above(reached):
            places = (period.actual_at, period.target_at)
            found.append(_placed(DoubtKind.FAR_ABOVE, name, sentence, places))
    return tuple(found)


def _placed(
    kind: DoubtKind, name: str, sentence: Sentence, places: tuple[str, ...]
) -> Doubt:
    where = joined([" (", joined(places, ", "), "): "], "")
    return Doubt(kind, joined([name, sentence], where), places)


def always_as_promised(
    periods: Sequence[tuple[Decimal | None, Decimal | None]],
) -> Sentence | None:
    """Return that realisasi equals target in every period: it looks copied.

    ``periods`` are (target, realisasi). None with fewer than two, or where one of the
    figures is missing.
    """
    if len(periods) < LEAST_PERIODS:
        return None
    if any(target is None or target != actual for target, actual in periods):
        return None
    return say(
        "Realisasi sama persis dengan target pada %(n)s periode berturut-turut, mungkin "
        "disalin. Cocokkan dengan data dukungnya.",
        n=len(periods),
    )


def low_target(
    target: Decimal | None, reached: Decimal | None, polarity: Polarity | None
) -> Sentence | None:
    """Return that a target asks for less than was reached the period before.

    None for ranges and exact targets, which have no such direction; grades have one of
    their own, `low_grade`.
    """
    if target is None or reached is None:
        return None
    values = {
        "target": formula.say_number(target, None),
        "reached": formula.say_number(reached, None),
    }
    if polarity in UPWARD and target < reached:
        return _below(**values)
    if polarity in LOWER and target > reached:
        return say(
            "Target %(target)s lebih longgar daripada realisasi periode sebelumnya, "
            "%(reached)s. Turunkan target, atau jelaskan alasannya pada dokumen rencana.",
            **values,
        )
    return None


def low_grade(
    target: Figure | None, reached: Figure | None, grades: GradeScale
) -> Sentence | None:
    """Return that a target is a lower grade than the one reached the period before.

    None where one of the two is missing or no grade of the scale.
    """
    if not isinstance(target, str) or not isinstance(reached, str):
        return None
    steps = grades.steps(target, reached)
    return (
        None if steps is None or steps >= 0 else _below(target=target, reached=reached)
    )


def _below(**values: str) -> Sentence:
    return say(
        "Target %(target)s di bawah realisasi periode sebelumnya, %(reached)s. "
        "Naikkan target, atau jelaskan alasannya pada dokumen rencana.",
        **values,
    )


def low_target_doubt(name: str, sentence: Sentence, at: tuple[str, ...]) -> Doubt:
    """Return `low_target` of an indicator as a doubt about cells."""
    return _placed(DoubtKind.LOW_TARGET, name, sentence, at)


def far_above(achievement: Decimal | None) -> Sentence | None:
    """Return that a capaian, in percent, lies far above 100."""
    if achievement is None or achievement < FAR:
        return None
    return say(
        "Capaian %(value)s%% jauh di atas 100. Periksa satuan dan angkanya; bila benar, "
        "targetnya mungkin terlalu rendah.",
        value=formula.say_number(achievement, 1),
    )


def doubts_of_codes(rows: Sequence[CodedRow]) -> tuple[Doubt, ...]:
    """Return codes that are misprinted, stand twice, or have no row above them."""
    known = [row.code.text.strip() for row in rows]
    found = [_misprinted(number, known, row) for number, row in enumerate(rows)]
    return tuple(doubt for doubt in found if doubt)


def _misprinted(number: int, known: Sequence[str], row: CodedRow) -> Doubt | None:
    code = known[number]
    above = parent_code(code)
    values = {"code": code, "name": row.name}
    if not CODE.fullmatch(code):
        meant = _between(known[number - 1] if number else "", known[number + 1 :])
        sentence = say(
            "Kode %(code)s (%(name)s) tidak lengkap. Program ditulis seperti 7.01.01, "
            "kegiatan 7.01.01.2.06, sub kegiatan 7.01.01.2.06.0003.",
            **values,
        )
        if meant:
            sentence = joined([sentence, say("Maksudnya %(meant)s?", meant=meant)], " ")
    elif code in known[:number]:
        sentence = say(
            "Kode %(code)s (%(name)s) sudah dipakai baris lain. Betulkan salah satunya.",
            **values,
        )
    elif above and above not in known:
        sentence = say(
            "Kode %(code)s (%(name)s) tidak mempunyai baris induk %(above)s. Tambahkan "
            "baris itu, atau betulkan kodenya.",
            above=above,
            **values,
        )
    else:
        return None
    at = row.code.at
    return Doubt(DoubtKind.CODE, joined([at, sentence], ": "), (at,))


def parent_code(code: str) -> str:
    """Return the code above one: of a sub kegiatan its kegiatan; empty for a program."""
    parts = code.split(".")
    return ".".join(next((parts[:n] for n in CODE_PARTS if len(parts) > n), []))


def _between(before: str, after: Sequence[str]) -> str:
    """Return the only code that lies between the rows before and after, else empty."""
    following = after[0] if after else ""
    if not (CODE.fullmatch(before) and CODE.fullmatch(following)):
        return ""
    head, _, last = before.rpartition(".")
    end = following.removeprefix(f"{head}.")
    if not end.isdigit() or int(end) - int(last) != 2:  # noqa: PLR2004 - one between
        return ""
    return f"{head}.{int(last) + 1:0{len(last)}}"


def doubts_of_amounts(rows: Sequence[CodedRow]) -> tuple[Doubt, ...]:
    """Return where the amount of a row is not the sum of the rows below its code.

    A misprinted code is counted where it begins like its neighbours. Amounts that are
    no plain number are doubts of their own.
    """
    found: list[Doubt | None] = []
    for row in rows:
        code = row.code.text.strip()
        below = [r for r in rows if parent_code(r.code.text.strip()) == code]
        for title, cell in row.amounts:
            read = formula.read_cell(cell)
            if isinstance(read, Doubt):
                found.append(read)
            parts = [Part(r.name, _amount(r, title)) for r in below]
            found.append(formula.parts_doubt(cell.at, formula.number_in(cell), parts))
    return tuple(doubt for doubt in found if doubt)


def _amount(row: CodedRow, title: str) -> Decimal | None:
    cell = dict(row.amounts).get(title)
    return formula.number_in(cell) if cell else None
