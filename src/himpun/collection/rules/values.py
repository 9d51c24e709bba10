"""What may be typed, what makes a value odd, what it lacks before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun import formula
from himpun.planning.rules import (
    Aim,
    always_as_promised,
    far_above,
    fits,
    say_aim,
)
from himpun.wording import Sentence, say

from .states import REASON_LETTERS

if TYPE_CHECKING:
    from himpun.formula import GradeScale

LEAP = Decimal("0.25")
"""A change against the former period from which a value is called odd."""

DRAFT_LENGTH = 200
HUNDRED = Decimal(100)


class NotAValue(Exception):
    """Text that is not a value; ``str()`` is the sentence for the person."""


def read_value(text: str, *, decimals: int | None = None) -> Decimal | None:
    """Return the number that a person typed, None for nothing; raises NotAValue.

    ``decimals`` is what the indicator says: one without decimals (0) reads the dot of
    ``1.234`` as grouping, all others ask which was meant.
    """
    if not text.strip():
        return None
    try:
        value = formula.read_number(text, decimals=decimals)
    except formula.NumberProblem as problem:
        raise NotAValue(str(problem)) from None
    if not fits(value):
        raise NotAValue(
            say("Angka terlalu panjang, tulis paling banyak 8 angka desimal.")
        )
    return value


def read_figure(
    text: str, decimals: int, grades: GradeScale | None = None
) -> Decimal | str | None:
    """Return the number a person typed, or the code of a grade; raises NotAValue."""
    if grades is None or not text.strip():
        return read_value(text, decimals=decimals)
    try:
        return grades.read(text).code
    except formula.UnknownGrade as unknown:
        raise NotAValue(str(unknown)) from None


def explains(text: str) -> bool:
    """Whether a reason has at least ten letters."""
    return sum(letter.isalpha() for letter in text) >= REASON_LETTERS


@dataclass(frozen=True)
class Figure:
    """A value with what it is compared with; what is unknown is None.

    ``achievement`` is its capaian in percent.
    """

    value: Decimal
    unit_of_measure: str
    previous: Decimal | None = None
    target: Decimal | None = None
    previous_target: Decimal | None = None
    proposal: Decimal | None = None
    proposal_is_odd: bool = False
    achievement: Decimal | None = None


def oddities(figure: Figure) -> tuple[Sentence, ...]:
    """Return what is odd about a value; an odd one is sent with a note, not refused."""
    checks = (_slip, _negative, _leap, _copied, _far, _doubted)
    found = [check(figure) for check in checks]
    return tuple(remark for remark in found if remark)


def _slip(figure: Figure) -> Sentence | None:
    if figure.unit_of_measure.strip() != "%" or figure.value <= HUNDRED:
        return None
    slip = formula.likely_slip(figure.value)
    written = formula.say_number(figure.value, None)
    if slip is None:
        return say("Persentase di atas 100: %(written)s.", written=written)
    return say(
        "Persentase di atas 100. Anda menulis %(written)s, maksudnya %(meant)s?",
        written=written,
        meant=formula.say_number(slip.meant, None),
    )


def _negative(figure: Figure) -> Sentence | None:
    if figure.value >= 0:
        return None
    return say("Angka di bawah nol.")


def _leap(figure: Figure) -> Sentence | None:
    previous = figure.previous
    if not previous or abs(figure.value - previous) <= LEAP * abs(previous):
        return None
    return say(
        "Berubah lebih dari seperempat dibanding periode lalu (%(previous)s).",
        previous=formula.say_number(previous, None),
    )


def _copied(figure: Figure) -> Sentence | None:
    return always_as_promised(
        [
            (figure.previous_target, figure.previous),
            (figure.target, figure.value),
        ]
    )


def _far(figure: Figure) -> Sentence | None:
    return far_above(figure.achievement)


def _doubted(figure: Figure) -> Sentence | None:
    if not figure.proposal_is_odd or figure.value != figure.proposal:
        return None
    return AS_DOUBTED


AS_DOUBTED = say("Sama dengan usulan yang dinilai janggal pada langkah evaluasi.")


@dataclass(frozen=True)
class Graded:
    """A grade, by its code, with what it is compared with; what is unknown is None."""

    grade: str
    previous: str | None = None
    proposal: str | None = None
    proposal_is_odd: bool = False


def odd_grade(graded: Graded, scale: GradeScale) -> tuple[Sentence, ...]:
    """Return what is odd about a grade: a leap of more than one place, a doubted one."""
    found = []
    steps = scale.steps(graded.grade, graded.previous)
    if steps is not None and abs(steps) > 1:
        sentence = say(
            "Berubah %(steps)s tingkat dibanding periode lalu (%(previous)s).",
            steps=abs(steps),
            previous=graded.previous,
        )
        found.append(sentence)
    if graded.proposal_is_odd and graded.grade == graded.proposal:
        found.append(AS_DOUBTED)
    return tuple(found)


@dataclass(frozen=True)
class Readiness:
    """A value as it waits to be sent."""

    filled: bool
    draft: bool
    evidence: int
    evidence_required: bool
    odd: bool
    note: bool
    answered: bool = True


def lacking(entry: Readiness) -> tuple[str, ...]:
    """Return what a value lacks before it may be sent to the verifier."""
    checks = (
        (entry.draft, say("angka belum terbaca")),
        (not entry.filled and not entry.draft, say("belum diisi")),
        (entry.evidence_required and not entry.evidence, say("belum ada bukti")),
        (entry.odd and not entry.note, say("janggal, perlu catatan")),
        (not entry.answered, say("belum diperbaiki sejak dikembalikan")),
    )
    return tuple(sentence for holds, sentence in checks if holds)


def aim_shown(aim: Aim | None, decimals: int) -> str:
    """Return a target as a sheet shows it: a number with all its digits."""
    return shown(aim, decimals) if isinstance(aim, Decimal) else say_aim(aim, None)


def shown(value: Decimal | None, decimals: int) -> str:
    """Return a value as a cell shows it: all its digits, at least ``decimals`` of them.

    Nothing is rounded here, because what a cell shows is what it sends back.
    """
    if value is None:
        return ""
    exponent = int(value.normalize().as_tuple().exponent)
    return formula.say_number(value, max(decimals, -exponent))
