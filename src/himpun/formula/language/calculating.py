"""The value of a formula for given components, with every step that led to it.

Calculated with exact fractions; the result and what a step shows are decimals of 28
digits. A component that is not filled, or a zero denominator, gives no value and says
why.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from himpun.formula.arithmetic import (
    LARGEST,
    SMALLEST,
    check_part,
    rounded,
    say_cut,
    say_figure,
)
from himpun.wording import Sentence, joined, say

from .tree import (
    PAIRS,
    Call,
    Chain,
    Function,
    Name,
    Negative,
    Node,
    Number,
    Sign,
    called,
    chained,
    rule_of,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from .checking import Component
    from .parsing import Formula

HUNDRED = Fraction(100)
NO_REASON = say("")


@dataclass(frozen=True)
class Input:
    """A component with the value that was put in; None: not filled."""

    code: str
    name: str
    unit: str
    value: Decimal | None


@dataclass(frozen=True)
class Step:
    """One step: what was calculated, with which values, by which rule, to what.

    ``expression`` is the part of the formula, ``inserted`` the same with values in it.
    ``result`` is None for the step that could not be done.
    """

    expression: str
    inserted: str
    rule: Sentence
    result: Decimal | None

    @property
    def line(self) -> str:
        """The step as one line: "45 / 50 × 100% = 90"."""
        shown = say("?") if self.result is None else say_cut(self.result)
        return f"{self.inserted} = {shown}"


@dataclass(frozen=True)
class Calculation:
    """The value with all that explains it.

    ``value`` is unrounded, or None with the ``reason``. ``inserted`` is the whole
    formula with the values in it.
    """

    value: Decimal | None
    reason: Sentence
    expression: str
    inserted: str
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of "bagaimana dihitung", for screen and paper."""
        last = (
            say("Tidak dapat dihitung: %(reason)s", reason=self.reason)
            if self.value is None
            else say("Hasil: %(value)s", value=say_cut(self.value))
        )
        return (
            say("Rumus: %(formula)s", formula=self.expression),
            *(_input_line(one) for one in self.inputs),
            *(step.line for step in self.steps),
            last,
        )

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values; decimals are texts such as "90.5"."""
        return {
            "value": _plain(self.value),
            "reason": str(self.reason),
            "expression": self.expression,
            "inserted": self.inserted,
            "inputs": [
                {
                    "code": i.code,
                    "name": i.name,
                    "unit": i.unit,
                    "value": _plain(i.value),
                }
                for i in self.inputs
            ],
            "steps": [
                {
                    "expression": s.expression,
                    "inserted": s.inserted,
                    "rule": str(s.rule),
                    "result": _plain(s.result),
                }
                for s in self.steps
            ],
        }


def calculate(
    formula: Formula,
    components: Sequence[Component],
    values: Mapping[str, Decimal | None],
) -> Calculation:
    """Return the value of ``formula`` for ``values`` (component code -> figure).

    A component without a value is missing, never 0: then there is no value at all.
    Raises TypeError for floats, ValueError for NaN, infinity, 10^30 and
    more, and more than 100 decimals.
    """
    given = {code.casefold(): value for code, value in values.items()}
    for value in given.values():
        check_part(value)
    known = {c.key: c for c in components}
    inputs = tuple(_input(code, known, given) for code in formula.codes)
    missing = [i.code for i in inputs if i.value is None]
    walk = _Walk({code: v for code, v in given.items() if v is not None})
    value, reason = None, NO_REASON
    if missing:
        reason = say("%(codes)s belum diisi", codes=joined(missing, ", "))
    else:
        try:
            value = walk.result(formula.tree)
        except _Stopped as stopped:
            reason = stopped.reason
    return Calculation(
        value=value,
        reason=reason,
        expression=formula.text,
        inserted=_with_values(formula.tree, given),
        inputs=inputs,
        steps=tuple(walk.steps),
    )


def _input(
    code: str, known: Mapping[str, Component], given: Mapping[str, Decimal | None]
) -> Input:
    key = code.casefold()
    component = known.get(key)
    name, unit = (component.name, component.unit) if component else ("", "")
    return Input(code, name, unit, given.get(key))


def _input_line(one: Input) -> Sentence:
    what = f"{one.code} ({one.name})" if one.name else one.code
    unit = f" {one.unit}" if one.unit and one.value is not None else ""
    return say(
        "%(what)s = %(value)s%(unit)s",
        what=what,
        value=say_figure(one.value),
        unit=unit,
    )


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


class _Stopped(Exception):
    """The calculation cannot go on; ``reason`` says why."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason


class _Walk:
    """Calculates a tree from the inside out and writes down each step."""

    def __init__(self, given: Mapping[str, Decimal]) -> None:
        self.given = given
        self.steps: list[Step] = []

    def result(self, tree: Node) -> Decimal:
        return rounded(self.value(tree))

    def value(self, node: Node) -> Fraction:
        match node:
            case Number():
                return Fraction(node.value)
            case Name():
                return Fraction(self.given[node.key])
            case Negative():
                return -self.value(node.of)
            case Chain() | Call():
                return self._step(node, [self.value(part) for part in node.parts])

    def _step(self, node: Chain | Call, values: list[Fraction]) -> Fraction:
        pairs = zip(node.parts, values, strict=True)
        shown = _inserted(node, [_shown(part, value) for part, value in pairs])
        what, rule = written(node), rule_of(node)
        try:
            found = (
                _chain(node, values) if isinstance(node, Chain) else _call(node, values)
            )
            _check_size(found, what)
        except _Stopped:
            self.steps.append(Step(what, shown, rule, None))
            raise
        self.steps.append(Step(what, shown, rule, rounded(found)))
        return found


def _chain(node: Chain, values: list[Fraction]) -> Fraction:
    found = values[0]
    for (sign, part), value in zip(node.rest, values[1:], strict=True):
        match sign:
            case Sign.PLUS:
                found += value
            case Sign.MINUS:
                found -= value
            case Sign.TIMES:
                found *= value
            case Sign.OVER:
                found = _over(found, value, part)
    return found


def _check_size(value: Fraction, what: str) -> None:
    if abs(value) >= LARGEST:
        raise _Stopped(say("%(what)s terlalu besar", what=what))
    if value and abs(value) < SMALLEST:
        raise _Stopped(say("%(what)s terlalu kecil", what=what))


def _sum(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction())


_PLAIN: Mapping[Function, Callable[[list[Fraction]], Fraction]] = {
    Function.SUM: _sum,
    Function.AVERAGE: lambda values: _sum(values) / len(values),
    Function.LOWEST: min,
    Function.HIGHEST: max,
}


def _call(node: Call, values: list[Fraction]) -> Fraction:
    if node.function in PAIRS:
        first, second = values
        above = first - second if node.function is Function.GROWTH else first
        return _over(above, second, node.parts[1]) * HUNDRED
    return _PLAIN[node.function](values)


def _over(above: Fraction, below: Fraction, part: Node) -> Fraction:
    if not below:
        raise _Stopped(say("pembagi %(what)s bernilai 0", what=written(part)))
    return above / below


def _inserted(node: Chain | Call, parts: list[str]) -> str:
    """Return a step with values in it; a negative one in parentheses beside a sign."""
    if isinstance(node, Call) and node.function not in PAIRS:
        return called(node.function, parts)
    parts = [f"({part})" if part.startswith("-") else part for part in parts]
    if isinstance(node, Chain):
        return chained(node, parts)
    above, below = parts
    if node.function is Function.GROWTH:
        above = f"({above} {Sign.MINUS} {below})"
    return f"{above} {Sign.OVER} {below} {Sign.TIMES} 100%"


def _shown(part: Node, value: Fraction) -> str:
    return written(part) if isinstance(part, Number) else say_cut(rounded(value))


def _with_values(tree: Node, given: Mapping[str, Decimal | None]) -> str:
    """Return the whole formula with the values of its components in it."""
    return written(_filled(tree, given))


def _filled(node: Node, given: Mapping[str, Decimal | None]) -> Node:
    match node:
        case Name():
            return _figure(node, given.get(node.key))
        case Negative():
            return Negative(_filled(node.of, given))
        case Chain():
            rest = tuple((sign, _filled(part, given)) for sign, part in node.rest)
            return Chain(_filled(node.first, given), rest)
        case Call():
            return Call(
                node.function, tuple(_filled(part, given) for part in node.parts)
            )
    return node


def _figure(name: Name, value: Decimal | None) -> Node:
    if value is None:
        return name
    return Number(value) if value >= 0 else Negative(Number(-value))
