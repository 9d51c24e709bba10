"""The parts of a formula, and how they are written again.

Numbers in a formula are not negative; a minus is a part of its own. ``at`` is the column
(from 1) that a part stood in; it does not count when parts are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.formula.arithmetic import TIMES
from himpun.wording import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


class Sign(StrEnum):
    """What stands between two parts of a chain."""

    PLUS = "+"
    MINUS = "-"
    TIMES = TIMES
    OVER = "/"


SUMS = frozenset({Sign.PLUS, Sign.MINUS})


class Function(StrEnum):
    """The functions, by the name that people write."""

    SUM = "jumlah"
    AVERAGE = "rata-rata"
    LOWEST = "min"
    HIGHEST = "maks"
    PERCENT = "persen"
    GROWTH = "pertumbuhan"


FUNCTIONS = {
    Function.SUM: say("jumlah semua isian"),
    Function.AVERAGE: say("jumlah semua isian dibagi banyaknya"),
    Function.LOWEST: say("isian terendah"),
    Function.HIGHEST: say("isian tertinggi"),
    Function.PERCENT: say("isian pertama dibagi isian kedua, kali 100%"),
    Function.GROWTH: say("selisih dari isian kedua dibagi isian kedua, kali 100%"),
}
"""What each function does, in words; all take parts divided by a semicolon."""
PAIRS = frozenset({Function.PERCENT, Function.GROWTH})
"""These take exactly two parts, the others two or more."""


@dataclass(frozen=True)
class Number:
    """A number as written; ``percent`` with a percent sign behind it: of unit %."""

    value: Decimal
    percent: bool = False


@dataclass(frozen=True)
class Name:
    """A component, by its code."""

    code: str
    at: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """The code as it is compared: A and a are one component."""
        return self.code.casefold()


@dataclass(frozen=True)
class Negative:
    """A minus before a part."""

    of: Node


@dataclass(frozen=True)
class Chain:
    """Parts joined by plus and minus, or by times and over, from left to right."""

    first: Node
    rest: tuple[tuple[Sign, Node], ...]
    at: int = field(default=0, compare=False)

    @property
    def adds(self) -> bool:
        """Whether it is a sum rather than a product."""
        return self.rest[0][0] in SUMS

    @property
    def parts(self) -> tuple[Node, ...]:
        """All parts, without what stands between them."""
        return (self.first, *(part for _sign, part in self.rest))


@dataclass(frozen=True)
class Call:
    """A function of two or more parts."""

    function: Function
    parts: tuple[Node, ...]
    at: int = field(default=0, compare=False)


Node = Number | Name | Negative | Chain | Call


def written(node: Node) -> str:
    """Return the text of a tree; reading it gives the same tree again."""
    match node:
        case Number():
            return say_literal(node.value) + ("%" if node.percent else "")
        case Name():
            return node.code
        case Negative():
            return f"-{_enclosed(node.of, inside_sum=False)}"
        case Chain():
            return chained(
                node, [_enclosed(p, inside_sum=node.adds) for p in node.parts]
            )
        case Call():
            return called(node.function, [written(part) for part in node.parts])


def say_literal(value: Decimal) -> str:
    """Return a number without dots for thousands, so that it reads only one way."""
    return f"{value:f}".replace(".", ",")


def chained(node: Chain, parts: list[str]) -> str:
    """Return the parts of a chain, already written, with its signs between them."""
    signs = [sign for sign, _part in node.rest]
    joined = zip(signs, parts[1:], strict=True)
    return parts[0] + "".join(f" {sign} {part}" for sign, part in joined)


def called(function: Function, parts: list[str]) -> str:
    """Return a call of parts already written."""
    return f"{function}({'; '.join(parts)})"


def _enclosed(node: Node, *, inside_sum: bool) -> str:
    """Return a part, in parentheses where it would be read another way without."""
    bare = not isinstance(node, Chain) or (inside_sum and not node.adds)
    return written(node) if bare else f"({written(node)})"


def names_in(node: Node) -> Iterator[Name]:
    """Yield every mention of a component, from left to right."""
    match node:
        case Name():
            yield node
        case Negative():
            yield from names_in(node.of)
        case Chain() | Call():
            for part in node.parts:
                yield from names_in(part)


def rule_of(node: Chain | Call) -> Sentence:
    """Return in words what a step does."""
    if isinstance(node, Call):
        return FUNCTIONS[node.function]
    if node.adds:
        return say("penjumlahan dan pengurangan, dari kiri")
    return say("perkalian dan pembagian, dari kiri")
