"""How far a figure came: the one calculation of grid, paper and stored capaian."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import Grade, GradeRule, Span
from himpun.wording import say

if TYPE_CHECKING:
    from decimal import Decimal

    from himpun.formula import Achievement, AchievementRule, GradeScale, Scale

    from .aims import Aim, Figure


@dataclass(frozen=True)
class Yardstick:
    """By what a version of an indicator is judged.

    A qualitative indicator has ``grades`` and no ``rule``, any other the reverse.
    """

    scale: Scale
    rule: AchievementRule | None = None
    grades: GradeScale | None = None
    grade_rule: GradeRule = GradeRule.REACHED


@dataclass(frozen=True)
class Measured:
    """How far a figure came: ``value`` in percent, None with the ``reason`` why.

    ``averaged`` is what of it enters an average (a cap may hold there alone). ``band``
    is the rank on the scale, empty without a value.
    """

    value: Decimal | None
    averaged: Decimal | None
    formula: str
    steps: tuple[str, ...]
    reason: str
    band: str


def measure(
    yardstick: Yardstick, *, actual: Figure | None, target: Aim | None
) -> Measured:
    """Return achievement and rank of a figure.

    A figure or target of another kind than the indicator's (a grade where a number is
    measured, say, because a new version changed it) gives no value and says so.
    """
    reached = _reached(yardstick, actual, target)
    cap = yardstick.rule.average_cap if yardstick.rule else None
    value = reached.value
    band = formula.rate(yardstick.scale, value)
    return Measured(
        value=value,
        averaged=value if value is None or cap is None else min(value, cap),
        formula=reached.formula,
        steps=reached.steps,
        reason=reached.reason,
        band=band.name if band else "",
    )


def _reached(
    yardstick: Yardstick, actual: Figure | None, target: Aim | None
) -> Achievement:
    rule, grades = yardstick.rule, yardstick.grades
    if grades is not None:
        return _graded(yardstick, grades, actual, target)
    if rule is None:
        raise ValueError("an indicator has a rule or grades")
    if isinstance(actual, str) or isinstance(target, str):
        strange = say("target atau realisasi berupa tingkat, seharusnya angka")
        return _strange(formula.achievement(None, None, rule), strange)
    return formula.achievement(actual, target, rule)


def _graded(
    yardstick: Yardstick,
    grades: GradeScale,
    actual: Figure | None,
    target: Aim | None,
) -> Achievement:
    try:
        return formula.achievement_of_grade(
            _grade(grades, actual),
            _grade(grades, target),
            grades,
            yardstick.grade_rule,
        )
    except formula.UnknownGrade as unknown:
        empty = formula.achievement_of_grade(None, None, grades, yardstick.grade_rule)
        return _strange(empty, str(unknown))


def _grade(grades: GradeScale, code: Aim | None) -> Grade | None:
    """Return the grade of a code; raises UnknownGrade, for a number as well."""
    if code is None:
        return None
    if isinstance(code, Span):
        return grades.read(str(code))
    return grades.read(code if isinstance(code, str) else formula.say_number(code))


def _strange(empty: Achievement, reason: str) -> Achievement:
    """Return no value, with a reason that the library could not know."""
    line = say("Tidak dapat dihitung: %(reason)s", reason=reason)
    return replace(empty, reason=reason, steps=(empty.steps[0], line))
