"""Which signs a part of a formula can have: -1, 0 and 1.

Enough to say whether a denominator can be zero. It errs to the safe side: a sign is
left out only where it is impossible.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from .tree import Call, Chain, Function, Name, Negative, Node, Number, Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from decimal import Decimal

ALL = frozenset({-1, 0, 1})
Signs = frozenset[int]


def possible(node: Node, least: Mapping[str, Decimal | None]) -> Signs:
    """Return the signs that a part can have, given the lowest value of components."""
    match node:
        case Number():
            return frozenset({1 if node.value else 0})
        case Name():
            return _at_least(least.get(node.key))
        case Negative():
            return frozenset(-sign for sign in possible(node.of, least))
        case Chain():
            return _chain(node, least)
        case Call():
            return _call(node.function, [possible(part, least) for part in node.parts])


def _at_least(lowest: Decimal | None) -> Signs:
    if lowest is None or lowest < 0:
        return ALL
    return frozenset({1}) if lowest > 0 else frozenset({0, 1})


def _chain(node: Chain, least: Mapping[str, Decimal | None]) -> Signs:
    found = possible(node.first, least)
    for sign, part in node.rest:
        other = possible(part, least)
        if sign is Sign.MINUS:
            other = frozenset(-one for one in other)
        found = _joined([found, other], _sum if node.adds else _product)
    return found


def _call(function: Function, parts: list[Signs]) -> Signs:
    match function:
        case Function.SUM | Function.AVERAGE:
            return _joined(parts, _sum)
        case Function.LOWEST:
            return _joined(parts, lambda a, b: {min(a, b)})
        case Function.HIGHEST:
            return _joined(parts, lambda a, b: {max(a, b)})
        case Function.PERCENT:
            return _joined(parts, _product)
        case Function.GROWTH:
            return ALL


def _joined(parts: Iterable[Signs], join: Callable[[int, int], Iterable[int]]) -> Signs:
    found, *others = parts
    for other in others:
        found = frozenset(s for a, b in product(found, other) for s in join(a, b))
    return found


def _sum(a: int, b: int) -> Iterable[int]:
    return ALL if a * b < 0 else {a or b}


def _product(a: int, b: int) -> Iterable[int]:
    """Also the sign of a quotient, where it can be calculated."""
    return {a * b}
