"""Capaian: how far an actual (realisasi) reached its target, in percent.

The formula belongs to the indicator and is named beside every figure, because the
lower-is-better forms differ (target 10, realisasi 12: 83,33 or 80,00). Nothing is ever
put in the place of a missing figure, and a zero denominator is "tidak dapat dihitung"
with its reason unless the indicator's rule says otherwise, which is then told in the
steps. Arithmetic is exact to 28 digits; rounding happens only when shown.
Source: PermenPANRB 53/2014 lampiran II E (comparison of target and realisasi).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from himpun.wording import Sentence, say

from .arithmetic import (
    EXACT,
    TIMES,
    ZERO,
    check_figure,
    say_cut,
    say_figure,
)
from .numbers import HUNDRED, say_number
from .polarity import (
    ZERO_ACTUAL,
    ZERO_TARGET,
    AchievementRule,
    Choice,
    Polarity,
    Span,
    ZeroActual,
    ZeroTarget,
)

Target = Decimal | Span | None


@dataclass(frozen=True)
class Achievement:
    """The result with all that explains it.

    ``value`` is unrounded, or None with the ``reason`` ("tidak dapat dihitung").
    ``raw`` is the value before floor and cap. ``formula`` is the form's printed name,
    ``steps`` are the lines of "bagaimana dihitung". ``actual`` and ``target`` are
    `himpun.formula.Grade` for a qualitative indicator, whose ``rule`` is None.
    """

    value: Decimal | None
    raw: Decimal | None
    formula: str
    steps: tuple[str, ...]
    reason: str
    actual: object
    target: object
    rule: AchievementRule | None


def achievement(
    actual: Decimal | None, target: Target, rule: AchievementRule | Polarity
) -> Achievement:
    """Return the achievement of ``actual`` against ``target`` in percent.

    A polarity alone stands for its rule without any choice made. None as input gives
    None with the reason; so do a zero denominator without a rule for it, a negative
    target (the forms would turn round), a negative realisasi below the fraction bar
    and a target of another kind than the polarity needs (`Span` for a range, else one
    number). All but the two plain ratios have the floor 0. Raises TypeError for
    floats, ValueError for NaN and infinity.
    """
    if isinstance(rule, Polarity):
        rule = AchievementRule(rule)
    check_figure(actual)
    if not isinstance(target, Span):
        check_figure(target)
    raw, lines, reason = _calculate(actual, target, rule)
    value, limits = _limit(raw, rule)
    shown = say("tidak dapat dihitung") if value is None else say_number(value)
    formula = rule.form.formula
    return Achievement(
        value=value,
        raw=raw,
        formula=formula,
        steps=(
            say("Rumus: %(formula)s", formula=formula),
            say(
                "Realisasi %(actual)s; target %(target)s",
                actual=say_figure(actual),
                target=str(target) if isinstance(target, Span) else say_figure(target),
            ),
            *lines,
            *limits,
            say("Capaian: %(achievement)s", achievement=shown),
        ),
        reason=reason,
        actual=actual,
        target=target,
        rule=rule,
    )


Calculated = tuple[Decimal | None, tuple[str, ...], str]

_ZERO = {
    "target": say("target 0, pembagian dengan nol"),
    "realisasi": say("realisasi 0, pembagian dengan nol"),
}
_BELOW = {
    "target": say("target kurang dari 0"),
    "realisasi": say("realisasi kurang dari 0"),
}

_KIND = {
    True: say("kisaran target belum ditetapkan"),
    False: say("target berupa kisaran, seharusnya satu angka"),
}


def _calculate(
    actual: Decimal | None, target: Target, rule: AchievementRule
) -> Calculated:
    """Return the raw value, the lines that show the sum, and why there is none."""
    if actual is None:
        return nothing(say("realisasi belum diisi"))
    if target is None:
        return nothing(say("target belum ditetapkan"))
    if isinstance(target, Span) is not (rule.polarity is Polarity.RANGE):
        return nothing(_KIND[rule.polarity is Polarity.RANGE])
    if isinstance(target, Span):
        return _near(actual, target, rule)
    return _one_number(actual, target, rule)


def _one_number(actual: Decimal, target: Decimal, rule: AchievementRule) -> Calculated:
    if target < 0:
        return nothing(_BELOW["target"])
    match rule.polarity:
        case Polarity.LOWER_RATIO:
            return _by_actual(actual, target, rule)
        case Polarity.LOWER_DIFFERENCE:
            above = EXACT.subtract(EXACT.multiply(Decimal(2), target), actual)
            term = f"(2 {TIMES} {say_figure(target)} - {say_figure(actual)})"
            return _by_target(above, term, target, rule, reached=actual <= 0)
        case Polarity.EXACT:
            return _near(actual, Span(target, target), rule)
        case _:
            term = say_figure(actual)
            return _by_target(actual, term, target, rule, reached=actual >= 0)


def _near(actual: Decimal, target: Span, rule: AchievementRule) -> Calculated:
    """Return 100 inside the range, else less by the distance from the nearest bound."""
    if target.low <= actual <= target.high:
        return HUNDRED, (say("Realisasi tepat sesuai target: 100"),), ""
    bound = target.low if actual < target.low else target.high
    away = abs(EXACT.subtract(actual, bound))
    above = EXACT.subtract(bound, away)
    term = f"({say_figure(bound)} - {say_figure(away)})"
    distance = say(
        "Jarak ke %(bound)s: %(away)s", bound=say_figure(bound), away=say_figure(away)
    )
    raw, lines, reason = _by_target(above, term, bound, rule, reached=False)
    return raw, (distance, *lines), reason


def nothing(reason: Sentence) -> Calculated:
    """Return no value, the line that says so, and why."""
    return None, (say("Tidak dapat dihitung: %(reason)s", reason=reason),), reason


def _by_target(
    above: Decimal, term: str, target: Decimal, rule: AchievementRule, *, reached: bool
) -> Calculated:
    if target < 0:
        return nothing(_BELOW["target"])
    if target:
        return _divided(above, term, target)
    if rule.zero_target is ZeroTarget.UNKNOWN:
        return nothing(_ZERO["target"])
    full = reached and rule.zero_target is ZeroTarget.REACHED
    return _chosen(say("Target 0"), ZERO_TARGET[rule.zero_target], full=full)


def _by_actual(actual: Decimal, target: Decimal, rule: AchievementRule) -> Calculated:
    if actual < 0:
        return nothing(_BELOW["realisasi"])
    if actual:
        return _divided(target, say_figure(target), actual)
    if rule.zero_actual is ZeroActual.UNKNOWN:
        return nothing(_ZERO["realisasi"])
    both = rule.zero_actual is ZeroActual.BOTH and not target
    full = both or rule.zero_actual is ZeroActual.FULL
    return _chosen(say("Realisasi 0"), ZERO_ACTUAL[rule.zero_actual], full=full)


def _chosen(what: Sentence, choice: Choice, *, full: bool) -> Calculated:
    value = HUNDRED if full else ZERO
    line = say(
        "%(what)s, menurut pilihan indikator ini (%(choice)s): %(value)s",
        what=what,
        choice=choice.name,
        value=say_figure(value),
    )
    return value, (line,), ""


def _divided(above: Decimal, term: str, below: Decimal) -> Calculated:
    raw = EXACT.divide(EXACT.multiply(above, HUNDRED), below)
    return raw, (f"{term} / {say_figure(below)} {TIMES} 100 = {say_cut(raw)}",), ""


_FLOORED = frozenset({Polarity.LOWER_DIFFERENCE, Polarity.RANGE, Polarity.EXACT})


def _limit(
    raw: Decimal | None, rule: AchievementRule
) -> tuple[Decimal | None, tuple[str, ...]]:
    if raw is None:
        return None, ()
    if rule.polarity in _FLOORED and raw < 0:
        return ZERO, (say("Hasil kurang dari 0 ditulis 0"),)
    cap = rule.value_cap
    if cap is not None and raw > cap:
        return cap, (say("Dibatasi paling tinggi %(cap)s", cap=say_figure(cap)),)
    return raw, ()
