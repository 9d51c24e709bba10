"""Whether a formula fits its components: names, units of measure, zero denominators."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.formula.periods import OverTime
from himpun.wording import Sentence, say

from . import signs
from .parsing import MAX_CODE, RESERVED, BadFormula, Formula, read_formula
from .tree import (
    PAIRS,
    Call,
    Chain,
    Name,
    Negative,
    Node,
    Number,
    Sign,
    written,
)
from .units import PERCENT, RATIO, Unit, read_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal


@dataclass(frozen=True)
class Component:
    """A variable of an indicator's formula: what somebody counts and fills in.

    ``code`` is its name in the formula, ``name`` what it is in words, ``unit`` its unit
    of measure, ``least`` the lowest value it can have (None: unknown; 0 for counts),
    ``over_time`` how it is combined over periods.
    """

    code: str
    name: str
    unit: str = ""
    least: Decimal | None = None
    over_time: OverTime = OverTime.SUM

    @property
    def key(self) -> str:
        """The code as it is compared."""
        return self.code.casefold()


class Kind(StrEnum):
    """What a finding is about."""

    BAD_CODE = "bad_code"
    TWICE = "twice"
    UNKNOWN = "unknown"
    UNUSED = "unused"
    UNITS = "units"
    RESULT_UNIT = "result_unit"
    ZERO = "zero"
    MAY_BE_ZERO = "may_be_zero"


NOTICES = frozenset({Kind.UNUSED, Kind.MAY_BE_ZERO})
"""These are told but do not hinder; all others do."""


@dataclass(frozen=True)
class Finding:
    """What does not fit, as a sentence; ``column`` counts from 1, 0 for no place."""

    kind: Kind
    sentence: Sentence
    column: int = 0

    @property
    def hinders(self) -> bool:
        """Whether the formula must not be used like this."""
        return self.kind not in NOTICES


def check_formula(
    formula: Formula, components: Sequence[Component], unit: str
) -> tuple[Finding, ...]:
    """Return all that does not fit between a formula, its components and its unit.

    ``unit`` is the indicator's unit of measure. Nothing found: the empty tuple.
    """
    found = [*_codes(components), *_mentions(formula, components)]
    units = {c.key: read_unit(c.unit) for c in components}
    walk = _Units(units)
    result = walk.of(formula.tree)
    found += walk.found
    if not any(f.hinders for f in found):
        found += _result(result, read_unit(unit))
    least = {c.key: c.least for c in components}
    return (*found, *_denominators(formula.tree, least))


def _codes(components: Sequence[Component]) -> Iterator[Finding]:
    seen = set()
    for component in components:
        values = {"code": component.code[:MAX_CODE]}
        if not _is_code(component.code):
            yield Finding(
                Kind.BAD_CODE,
                say(
                    "Kode komponen %(code)s tidak dapat dipakai: huruf tanpa spasi, "
                    "boleh dengan angka dan garis bawah, dan bukan nama fungsi.",
                    **values,
                ),
            )
        elif component.key in seen:
            yield Finding(
                Kind.TWICE, say("Kode komponen %(code)s dipakai dua kali.", **values)
            )
        seen.add(component.key)


def _is_code(code: str) -> bool:
    if code.casefold() in RESERVED:
        return False
    try:
        return read_formula(code).tree == Name(code)
    except BadFormula:
        return False


def _mentions(formula: Formula, components: Sequence[Component]) -> Iterator[Finding]:
    known = {c.key: c.code for c in components}
    used = {code.casefold() for code in formula.codes}
    for code in formula.codes:
        if code.casefold() not in known:
            yield Finding(Kind.UNKNOWN, _unknown(code, known), _column(formula, code))
    for key, code in known.items():
        if key not in used:
            yield Finding(
                Kind.UNUSED,
                say("Komponen %(code)s diisi tetapi tidak dipakai rumus.", code=code),
            )


def _unknown(code: str, known: Mapping[str, str]) -> Sentence:
    near = get_close_matches(code.casefold(), known, n=1)
    if near:
        return say(
            "Komponen %(code)s belum ada. Maksudnya %(near)s?",
            code=code,
            near=known[near[0]],
        )
    return say("Komponen %(code)s belum ada. Tambahkan, atau ubah rumusnya.", code=code)


def _column(formula: Formula, code: str) -> int:
    return next(n.at for n in _nodes(formula.tree) if n == Name(code))


class _Units:
    """Walks a tree and gathers where units do not fit; None is a bare number."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self.units = units
        self.found: list[Finding] = []

    def of(self, node: Node) -> Unit | None:
        match node:
            case Number():
                return PERCENT if node.percent else None
            case Name():
                return self.units.get(node.key)
            case Negative():
                return self.of(node.of)
            case Chain() if not node.adds:
                return self._product(node)
        unit = self._alike(node.parts, node.at)
        pair = isinstance(node, Call) and node.function in PAIRS
        return PERCENT if pair else unit

    def _alike(self, parts: Iterable[Node], at: int) -> Unit | None:
        """Return the one unit of parts that are added or compared.

        A bare number takes the unit of what it stands beside.
        """
        units = [(part, self.of(part)) for part in parts]
        known = [(part, unit) for part, unit in units if unit is not None]
        if not known:
            return None
        first, unit = known[0]
        for part, other in known[1:]:
            if other != unit:
                self.found.append(
                    Finding(Kind.UNITS, _differ(first, unit, part, other), at)
                )
                break
        return unit

    def _product(self, node: Chain) -> Unit | None:
        units = [self.of(part) for part in node.parts]
        if all(unit is None for unit in units):
            return None
        result = units[0] or RATIO
        for (sign, _part), unit in zip(node.rest, units[1:], strict=True):
            result = result.times(unit or RATIO, 1 if sign is Sign.TIMES else -1)
        return result


def _differ(first: Node, unit: Unit, part: Node, other: Unit) -> Sentence:
    return say(
        "%(first)s bersatuan %(unit)s dan %(part)s bersatuan %(other)s: yang berbeda "
        "satuan tidak dapat dijumlahkan atau dibandingkan.",
        first=written(first),
        unit=str(unit),
        part=written(part),
        other=str(other),
    )


def _result(found: Unit | None, wanted: Unit) -> Iterator[Finding]:
    """Compare the unit that a formula yields with the indicator's.

    An index may have any parts, but a percentage within it was not divided by 100%.
    """
    if found is None or found == wanted:
        return
    mixed = found != PERCENT and any(base == "%" for base, _n in found.powers)
    if wanted.is_index and not mixed:
        return
    if mixed:
        hint = say("Bobot 40% ditulis 0,4; komponen bersatuan % dibagi 100%.")
    elif wanted == PERCENT and found == RATIO:
        hint = say("Kalikan hasilnya dengan 100%, atau pakai persen(a; b).")
    else:
        hint = say("Periksa rumus, satuan komponen dan satuan indikator.")
    yield Finding(
        Kind.RESULT_UNIT,
        say(
            "Rumus menghasilkan %(found)s, sedangkan satuan indikator %(wanted)s. "
            "%(hint)s",
            found=str(found),
            wanted=str(wanted),
            hint=hint,
        ),
    )


def _denominators(tree: Node, least: Mapping[str, Decimal | None]) -> Iterator[Finding]:
    for node in _nodes(tree):
        for divisor in _divisors(node):
            possible = signs.possible(divisor, least)
            if possible == {0}:
                yield Finding(
                    Kind.ZERO,
                    say("Pembagi %(what)s selalu 0.", what=written(divisor)),
                    getattr(node, "at", 0),
                )
            elif 0 in possible:
                yield Finding(
                    Kind.MAY_BE_ZERO,
                    say(
                        "Pembagi %(what)s dapat bernilai 0; pada periode itu nilainya "
                        "tidak dapat dihitung. Bila tidak mungkin 0, isi nilai "
                        "terendah komponennya.",
                        what=written(divisor),
                    ),
                    getattr(node, "at", 0),
                )


def _divisors(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Chain):
        return tuple(part for sign, part in node.rest if sign is Sign.OVER)
    if isinstance(node, Call) and node.function in PAIRS:
        return node.parts[1:]
    return ()


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Negative():
            yield from _nodes(node.of)
        case Chain() | Call():
            for part in node.parts:
                yield from _nodes(part)
